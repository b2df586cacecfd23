"""What whoever made a film should know, by stand-ins: which sentence is said of which panel."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.picture.marks.written import FONT
from tests.player.laid_down import wide
from warpviz.film.words import notes
from warpviz.film.words.notes import _cut, _narrow, _one_output, _sampled, _texts
from warpviz.geometry.curved.hidden import NARROW
from warpviz.languages.language import ENGLISH
from warpviz.model import Chain, mlp
from warpviz.model.binary import as_classifier

BENT, SMOOTH = mlp([2, 3, 2], "relu"), mlp([2, 3, 2], "tanh")


def panel(title: str, **sheet: Any) -> Any:
    layout = SimpleNamespace(em=10, caption_width=60.0)
    return SimpleNamespace(title=title, sheet=SimpleNamespace(**sheet), layout=layout)


def plan(chain: Chain, title: str = "") -> Any:
    return SimpleNamespace(
        title=title, chain=chain, play=SimpleNamespace(chain=chain.logits().split()),
        look=SimpleNamespace(say=ENGLISH),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("chain", "exact", "said"),
    [(BENT, False, True), (BENT, True, False), (SMOOTH, False, False), (SMOOTH, True, False)],
)
def test_folds_that_are_sampled_though_they_are_straight_are_told(
    chain: Chain, exact: bool, said: bool
) -> None:
    told = _sampled([panel("relu", exact=exact)], [plan(chain)])
    assert [words[:24] for words in told] == (["relu: the network folds "] if said else [])
    alone = _sampled([panel("", exact=exact)], [plan(chain)])
    assert [words[:18] for words in alone] == (["the network folds "] if said else [])


def test_what_may_be_too_narrow_is_told_of_each_panel() -> None:
    panels = [panel("a", unsure=3), panel("b", unsure=0), panel("", unsure=1)]
    assert _narrow(panels, ENGLISH) == [f"a: {NARROW}", NARROW]


def test_a_zero_that_is_added_is_told() -> None:
    one = as_classifier(mlp([2, 3, 1], "tanh"), 2)
    told = _one_output([plan(one, "one"), plan(BENT, "two"), plan(mlp([2, 2])[:0])])
    assert len(told) == 1 and told[0].startswith("one: the model has one output z; its two logits")


def test_titles_that_are_cut_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "text_width", wide)
    panels = [panel("ten signs!"), panel("eleven more"), panel("twelve signs")]
    assert _cut(panels, FONT, ENGLISH) == [
        "The titles 'eleven more', 'twelve signs' are cut; a larger size shows them whole."
    ]
    assert _cut(panels[:1], FONT, ENGLISH) == []


def test_all_that_is_written_is_looked_at() -> None:
    play = SimpleNamespace(stops=("s",), doing=("d",), remarks=("r",))
    data = SimpleNamespace(class_names=("c1", "c2"))
    plans: Any = [SimpleNamespace(play=play, title=title, data=data) for title in ("a", "b")]
    assert _texts(plans, "t") == ["t", "a", "b", "s", "d", "r", "s", "d", "r", "c1", "c2"]
