"""The site, the README, the programs's help and the code cannot disagree: all from the tables."""

import ast
import inspect
import posixpath
import re
import shlex
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import warpviz as wv
from gallery.site import blocks, lists, names, pages, twins, verbs
from gallery.site.address import address
from warpviz.cli.commands.listing import TOPICS, names_of
from warpviz.cli.verbs import VERBS, parser_of
from warpviz.data import formats
from warpviz.measure.columns import NETWORK_COLUMNS, STOP_COLUMNS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DRAFTS = pages.drafts()
WRITTEN = {"README": README} | pages.written()
ALL_FLAGS = {flag for verb in VERBS for flag in verbs.flags_of(parser_of(verb))}
OTHERS = {"--count", "--write-readme", "--check", "--quiet", "--force-reinstall"}
"""Flags of pip and of the tests that pages name."""


def commands(text: str) -> Iterator[list[str]]:
    """The words of every command of ours in a page."""
    for block in blocks.blocks(text):
        if block.language in ("sh", "console"):
            for line in block.text.splitlines():
                words = shlex.split(line)
                if words[:1] == ["warpviz"]:
                    yield words[1:]
    for inline in re.findall(r"`warpviz ([^`\n…]+)`", text):
        yield shlex.split(inline)


@pytest.mark.parametrize("name", wv.__all__)
def test_every_public_name_has_a_section_with_its_signature(name: str) -> None:
    heading = f"({names.anchor(name)})=\n## {name}\n"
    (page,) = [page for page, text in DRAFTS.items() if heading in text]
    section = DRAFTS[page].partition(heading)[2].partition("\n## ")[0]
    signature, _, told = section.partition("```py\n")[2].partition("\n```")
    assert signature.startswith(name) and len(told) > 20
    value = getattr(wv, name)
    if inspect.isfunction(value):
        assert all(each in signature for each in inspect.signature(value).parameters)
    assert f"`{name}`](" in DRAFTS["reference/python/index"]


@pytest.mark.parametrize("name", wv.__all__)
def test_every_public_name_has_an_example(name: str) -> None:
    value = getattr(wv, name)
    told = inspect.getdoc(value) or ""
    code = names.examples().get(name, "")
    assert isinstance(value, dict) or (">>>" in told) != bool(code), (
        f"{name} needs an example: in its docstring, or in gallery/site/_examples.md"
    )
    ast.parse(code)


def test_places_on_a_page_are_told_apart() -> None:
    assert len({names.anchor(name) for name in wv.__all__}) == len(wv.__all__)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_a_page_with_every_flag_and_its_help(verb: str) -> None:
    page = DRAFTS[f"reference/verbs/{verb}"]
    terms = {flag for line in page.splitlines() for flag in re.findall(r"`(--?[\w-]+)", line)
             if line.startswith("`-")}  # fmt: skip
    assert terms == verbs.flags_of(parser_of(verb))
    assert page.count("\n: ") == len(parser_of(verb)._actions)
    assert f"({verb}.md)" in DRAFTS["reference/verbs/index"]


def test_every_name_of_every_table_is_told() -> None:
    for topic in TOPICS:
        title, _ = lists.WHAT.get(topic, (topic.capitalize(), ""))
        section = DRAFTS["reference/names"].partition(f"## {title}\n")[2]
        shown = re.findall(r"^\| `([^`]+)` \|", section.partition("\n## ")[0], re.MULTILINE)
        assert shown == list(names_of(topic))


@pytest.mark.parametrize("page", WRITTEN)
def test_flags_are_those_of_their_verbs(page: str) -> None:
    for words in commands(WRITTEN[page]):
        if words and words[0] in VERBS:
            used = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
            assert used <= verbs.flags_of(parser_of(words[0])), words
        else:
            assert set(words) <= {"--version", "--help", "VERB", "MODEL", "FILE"}, words
    named = set(re.findall(r"`[^`\n]*?(--[a-z][a-z-]+)", blocks.prose(WRITTEN[page])))
    assert named <= ALL_FLAGS | OTHERS


@pytest.mark.parametrize("page", WRITTEN)
def test_what_flags_take_is_in_the_tables(page: str) -> None:
    made = set(re.findall(r"^<!-- file: (\S+) -->$", WRITTEN[page], re.MULTILINE))
    tables = {
        "--data": {*names_of("datasets")},
        "--activation": {*names_of("activations")},
        "--optimizer": {*names_of("optimizers")},
        "--theme": {*names_of("themes")},
        "--language": {*names_of("languages")},
        "--for": {*names_of("hosts")},
        "--caption": {*names_of("captions")},
        "--motion": {*names_of("motions")},
    }
    kinds = {*names_of("formats"), ".csv", ".dot", ".py", ".c", ".md", ".parquet", ".txt", ""}
    for words in commands(WRITTEN[page]):
        for flag, value in pairwise(words):
            if flag in tables and re.fullmatch(r"[a-z_-]+(:\d+)?", value) and value not in made:
                assert value.partition(":")[0] in tables[flag], words
            if flag in ("-o", "--film"):
                assert Path(value).suffix in kinds, words


def test_the_suffixes_of_data_are_those_that_are_read() -> None:
    told = DRAFTS["how/data"].partition("\n\n")[2].partition("\n\n")[0]
    assert set(re.findall(r"`(\.\w+)`", told)) - {".gz"} == set(formats.READERS)


def test_the_table_of_flags_tells_the_real_defaults() -> None:
    from warpviz.cli.subjects import ACTIVATION, DATA
    from warpviz.data import LAYERS
    from warpviz.film.build import default_size
    from warpviz.film.options import Options
    from warpviz.motion.timeline import Timeline

    text = WRITTEN["how/films"]
    rows = dict(re.findall(r"^\| (`-.*?) \| .*? \| (.*?) ?\|$", text, re.MULTILINE))
    usual = Options()
    assert rows["`--data`"] == f"`{DATA}`"
    assert rows["`--layers`"] == f"`{LAYERS}`"
    assert rows["`--activation`"] == f"`{ACTIVATION}`"
    assert rows["`--motion`"] == f"`{usual.staging.motion}`"
    width, height = default_size(1)
    assert rows["`--size`, `--theme`"] == f"`{width}x{height}`, `{usual.look.theme}`"
    assert rows["`--seconds`, `--hold`"] == f"`{Timeline(1).seconds:g}`, `{usual.clock.rest:g}`"


def test_every_page_is_in_the_contents_once_and_leads_to_pages() -> None:
    order = pages.contents(DRAFTS)
    listed = Counter(name for caption in order.values() for name in caption)
    for index in ("reference/python/index", "reference/verbs/index"):
        listed.update(pages.below(DRAFTS, index))
    lectures = set(order["Lectures"])
    assert set(listed) == set(DRAFTS) - {"index"} | lectures and set(listed.values()) == {1}
    for name, text in DRAFTS.items():
        for link in re.findall(r"\]\(([^)#:\s]+\.md)", blocks.prose(text)):
            place = posixpath.normpath(posixpath.join(posixpath.dirname(name), link))
            assert place.removesuffix(".md") in {*DRAFTS, *lectures}, f"{name}: {link}"
        assert pages.title_of(text) and pages.summary_of(text), name


def test_figures_of_the_gallery_are_made_by_the_page_on_studies() -> None:
    figures = set(re.findall(r"\]\(study/([\w.-]+)\)", DRAFTS["gallery"]))
    assert figures and figures <= blocks.shown(DRAFTS["study"])
    assert "pictures/" not in DRAFTS["gallery"]


def test_the_list_for_programs_names_every_page() -> None:
    told = twins.llms(pages.contents(DRAFTS) | {"Lectures": []}, DRAFTS)
    assert all(f"]({name}.md)" in told for name in DRAFTS if name != "index")


def test_the_readme_is_short_and_the_address_stands_once() -> None:
    assert len(README.splitlines()) <= 110
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert address() == project["urls"]["Repository"]


def test_the_page_of_columns_tells_every_column_of_a_study() -> None:
    shown = re.findall(r"^\| `(\w+)` \|", DRAFTS["meaning/columns"], re.MULTILINE)
    assert shown == [*STOP_COLUMNS, *NETWORK_COLUMNS]
    rows = [line for line in DRAFTS["meaning/columns"].splitlines() if line.startswith("|")]
    assert {line.count("|") for line in rows} == {5}
