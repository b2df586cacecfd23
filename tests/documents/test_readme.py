"""All that the README says to type does what it says."""

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from warpviz.cli import main
from warpviz.cli.verbs import VERBS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("gallery/*.md"), *ROOT.glob("gallery/[!s]*/*.md")])
"""Those of the site are tested in `tests/site`."""


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def prose(page: str) -> str:
    """A page without its code blocks."""
    return re.sub(r"^```.*?^```$", "", page, flags=re.DOTALL | re.MULTILINE)


COMMANDS = [line for block in blocks("sh") for line in block.splitlines()]
OURS = [line for line in COMMANDS if line.startswith("warpviz ")]
QUICK = {
    "render": ["--size", "240x180", "--fps", "3", "--jobs", "1"],
    "compare": ["--size", "480x240", "--fps", "3", "--jobs", "1"],
    "approximate": ["--iterations", "100", "--size", "480x240", "--fps", "3", "--seconds", "1"],
    "landscape": ["--size", "480x240", "--fps", "3", "--seconds", "1"],
    "study": ["--epochs", "20", "--seeds", "0:2", "--points", "60", "--jobs", "1"],
}
"""Less of the same work; the last of two equal flags counts."""


def test_the_first_command_makes_the_gallery_in_a_fresh_environment() -> None:
    steps = [shlex.split(step) for step in COMMANDS[0].split(" && ")]
    assert steps == [
        ["python3", "-m", "venv", ".venv"],
        [".venv/bin/pip", "install", "--quiet", ".[progress]"],
        [".venv/bin/warpviz", "gallery"],
    ]


def test_the_last_command_runs_the_tests_in_a_fresh_environment() -> None:
    steps = [shlex.split(step) for step in COMMANDS[-1].split(" && ")]
    assert steps == [
        ["python3", "-m", "venv", ".venv"],
        [".venv/bin/pip", "install", "--quiet", "-e", ".[test]"],
        [".venv/bin/pytest", "-n", "2"],
    ]


def test_every_other_command_is_ours() -> None:
    assert COMMANDS[1:-1] == OURS


def test_every_verb_is_shown() -> None:
    shown = set(re.findall(r"\bwarpviz ([a-z]+)\b|`([a-z]+)`", README))
    shown = {word for pair in shown for word in pair}
    assert set(VERBS) <= shown


@pytest.mark.slow
def test_python_runs_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (code,) = blocks("python")
    assert len([line for line in code.splitlines() if line and not line.startswith("import")]) == 10
    exec(compile(code, "README.md", "exec"), {"__name__": "__main__"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["compare.gif", "fold.gif", "m.npz"]
    assert capsys.readouterr().out.startswith("(1800, 3)\nChain(")


@pytest.mark.slow
def test_commands_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for command in OURS:
        words = shlex.split(command)[1:]
        assert main([*words, *QUICK.get(words[0], [])]) == 0, command
        out = capsys.readouterr().out
        if words[0] in ("render", "compare", "train"):
            written = outputs(words) or ["fold.gif"]
            assert out.split() == written, command
            for name in written:
                assert (tmp_path / name).stat().st_size > 0


def outputs(words: Sequence[str]) -> list[str]:
    return [words[i + 1] for i, word in enumerate(words[:-1]) if word in ("-o", "--film")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_pictures_are_there(page: Path) -> None:
    text = prose(page.read_text(encoding="utf-8"))
    targets = re.findall(r"\]\(([^)]+)\)", text)
    targets += re.findall(r'(?:src|srcset)="([^"]+)"', text)
    for target in targets:
        if not target.startswith("https://"):
            assert (page.parent / target).exists(), target


def test_it_opens_with_the_comparison() -> None:
    first = re.search(r'src="([^"]+)"', README)
    assert first is not None and README.index("```") > first.start()
    with Image.open(ROOT / first[1]) as film:
        assert film.width > 2 * film.height
    assert "<!-- benchmark -->\n" in README and "<!-- /benchmark -->" in README
