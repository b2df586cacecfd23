import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

import warpviz as wv
from warpviz.errors import UNSEEN, WarpvizError
from warpviz.laboratory.handed import layers_of
from warpviz.laboratory.lessons import CHECKS, lesson_named, lesson_of, lessons
from warpviz.model import Chain, Dense

GOOD = {"title": "Fold it", "steps": [{"task": "Fold.", "check": {"regions": 2}}]}


def test_ours_are_the_six_and_their_networks_are_networks() -> None:
    names = [lesson.name for lesson in lessons()]
    assert names == ["quarter", "ring", "determinant", "gelu", "dead", "half-turn"]
    for lesson in lessons():
        assert lesson.title and lesson.steps and not lesson.own
        layers = lesson.start.get("layers")
        if layers:
            made = [Dense(each["weight"], each["bias"], each["activation"]) for each in layers]
            assert len(layers_of(Chain(made))) == len(layers)


def test_the_page_knows_every_check() -> None:
    text = (files("warpviz.player") / "js/lab/panels/checks.js").read_text("utf-8")
    table = text[text.index("const CHECKS") :].partition("\n};")[0]
    known = re.findall(r"^  (\w+)(?::|\()", table, re.MULTILINE)
    assert known == list(CHECKS)


def test_a_teachers_own_lesson_is_said_as_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(GOOD), encoding="utf-8")
    lesson = lesson_named(str(file))
    assert (lesson.name, lesson.own, lesson.tree()["title"]) == ("mine", True, "Fold it")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ([], 'Lesson \'x\' expects {"title": …, "steps": [{…}]}, got other JSON.'),
        ({"steps": []}, "Lesson 'x' expects at least one step, got none."),
        ({**GOOD, "title": 3}, "Lesson 'x' expects a title, a sentence, got 3."),
        ({**GOOD, "start": 3}, "Lesson 'x' expects start to be an object, got 3."),
        ({**GOOD, "start": {"dta": "xor"}}, "Unknown start in Lesson 'x' 'dta'"),
        ({"steps": [{"check": {}}]}, "Lesson 'x' expects step 1 to have a task"),
        ({"steps": [{"task": "a"}]}, "Lesson 'x' expects step 1 to have a check, got None."),
        ({"steps": [{"task": "a", "check": {"acuracy": 1}}]}, "did you mean 'accuracy'"),
        ({"steps": [{"task": "a" * 500, "check": {"dead": 1}}]}, "at most 400 letters in step 1."),
    ],
)
def test_what_is_no_lesson_is_told(content: object, says: str) -> None:
    with pytest.raises(WarpvizError, match=re.escape(says)):
        lesson_of(content, "x")


def test_a_lesson_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WarpvizError, match="did you mean 'ring'"):
        lesson_named("rings")
    with pytest.raises(WarpvizError, match="does not exist"):
        lesson_named(str(tmp_path / "none.json"))
    step = '{"steps": [{"task": "a", "check": {"accuracy": %s}}]}'
    for text in ("{", "[" * 99_999, step % "NaN", step % "1e999", "\xff"):
        (tmp_path / "bad.json").write_text(text, encoding="latin-1")
        with pytest.raises(WarpvizError, match=r"^Lesson '.*bad.json' expects JSON, got "):
            lesson_named(str(tmp_path / "bad.json"))
    (tmp_path / "bad.json").write_text(" " * 2**21)
    with pytest.raises(WarpvizError, match="expects at most 1,048,576 bytes, got 2,097,152"):
        lesson_named(str(tmp_path / "bad.json"))


def test_what_is_no_text_is_written_out_on_the_page(tmp_path: Path) -> None:
    steering = "a\ud800\n\u202eb"
    told = {"title": steering, "steps": [{"task": steering, "check": {"accuracy": 1}}]}
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(told))
    lesson = lesson_named(str(path))
    assert lesson.title == lesson.steps[0]["task"] == "a\\ud800\n\\u202eb"
    page = wv.lab(lesson=str(path), title=steering).to_html()
    assert not UNSEEN.search(page.replace("\n", "")) and "a\\ud800" in page
