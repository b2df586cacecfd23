"""Code on pages: what runs, what a page shows, and what its faults say."""

import doctest
from pathlib import Path
from types import ModuleType

import pytest

from gallery.site import blocks, checks, docstrings, names, pages, polish, signatures, twins, verbs

PAGE = """# A page

<!-- file: points.csv -->
```csv
1,2
```

```python
from pathlib import Path
print(Path("points.csv").read_text().strip())
x = 1
```

<!-- output -->

```python
_ = Path("made.txt").write_text(str(x + 1))
```

[the file](made:made.txt)
"""


def test_blocks_run_one_after_the_other_and_print_into_the_page(tmp_path: Path) -> None:
    told = blocks.run("a", PAGE, tmp_path)
    assert told == ["", "1,2\n", ""] and (tmp_path / "made.txt").read_text() == "2"
    page = blocks.with_output(PAGE, told)
    assert page.count("```text\n1,2\n```") == 1 and blocks.OUTPUT not in page
    assert page.endswith("[the file](made:made.txt)\n")
    assert twins.twin("start/a", page).endswith("[the file](a/made.txt)\n")


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("```python\n1 / 0\n```\n", "a, line 3: ZeroDivisionError: division by zero"),
        ("```sh\nrm -rf x\n```\n", "no page can run 'rm -rf x'"),
        ("```sh\nwarpviz render --rellu\n```\n", "Unknown option '--rellu'"),
        ("```sh\npip install 'warpviz[vidoe]'\n```\n", "the extra 'vidoe'; there is none"),
        ("```python\nx = 1\n```\n\n![b](made:b.png)", "a shows b.png, which none of its blocks"),
    ],
)
def test_what_does_not_work_is_named_with_its_place(block: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=words.replace("[", r"\[")):
        blocks.run("a", f"# A\n\n{block}", tmp_path)


def test_a_page_depends_on_its_code_alone() -> None:
    assert blocks.key_of(PAGE, "1") == blocks.key_of(PAGE.replace("A page", "Another"), "1")
    assert blocks.key_of(PAGE, "1") != blocks.key_of(PAGE, "2")
    assert blocks.key_of(PAGE, "1") != blocks.key_of(PAGE.replace("x + 1", "x + 2"), "1")


def test_a_picture_in_both_themes_is_shown_in_the_pages_own(tmp_path: Path) -> None:
    made = tmp_path / "a"
    made.mkdir()
    assert twins.staged("![b](made:b.svg)", made) == "![b](a/b.svg)"
    for theme in blocks.THEMES:
        (made / blocks.themed("b.svg", theme)).touch()
    assert twins.staged("![b](made:b.svg)", made).split() == [
        "![b](a/b-dark.svg){.only-dark}", "![b](a/b-light.svg){.only-light}",
    ]  # fmt: skip


def test_a_docstrings_sections_are_lists() -> None:
    text = "One.\n\nArgs:\n    a: b,\n        c_d.\n    **e: f.\n\nRaises:\n    KeyError: g.\n"
    assert docstrings.markdown(text).splitlines() == [
        "One.", "", "**Arguments**", "", "- `a`: b, c\\_d.", "- `**e`: f.",
        "", "**Raises**", "", "- `KeyError`: g.",
    ]  # fmt: skip
    assert docstrings.escaped("chain[k](x)") == r"chain\[k\](x)"


MODULES = [blocks, docstrings, names, pages, polish, signatures, twins, verbs]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_examples_are_so(module: ModuleType) -> None:
    found = doctest.testmod(module)
    assert found.attempted and not found.failed


def site(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


def test_faults_of_a_site_are_told(tmp_path: Path) -> None:
    place = site(
        tmp_path,
        a='<h1 id="top">A</h1><a href="b.html#here">b</a><a href="b.html#there">b</a>'
        '<a href="c.html">c</a><a href="https://a.b/">out</a><img src="https://a.b/c.png">',
        b='<p id="here"></p><a href="a.html#top">a</a><img src="d%20e.png">',
    )
    (place / "d e.png").write_bytes(bytes(checks.MOST))
    assert sorted(checks.faults(place)) == [
        "a.html asks https://a.b/c.png of the network.",
        "a.html leads to b.html#there; there is no such place on that page.",
        "a.html leads to c.html, which is not there.",
        "b.html weighs 2.0 MB, more than 2.",
    ]
