import shutil
import subprocess
from pathlib import Path

import pytest
from argparse_manpage.cli import main as manual

from warpviz.cli.commands.shells.whole import NAMED, actions_of, whole_parser
from warpviz.cli.verbs import VERBS, parser_of


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_reads_the_same_words(verb: str) -> None:
    alone = {flag for action in parser_of(verb)._actions for flag in action.option_strings}
    whole = whole_parser()._subparsers
    assert whole is not None
    choices = whole._group_actions[0].choices
    assert isinstance(choices, dict) and list(choices) == list(VERBS)
    assert {flag for action in actions_of(choices[verb]) for flag in action.option_strings} == alone


def test_what_is_completed_by_name_is_a_flag() -> None:
    known = {flag for one in actions_of(whole_parser()) for flag in one.option_strings}
    words = {str(one.metavar) for one in actions_of(whole_parser())}
    assert set(NAMED) <= known | words


@pytest.mark.slow
def test_the_man_page_has_every_verb_and_flag(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "sys.argv",
        ["argparse-manpage", "--module", "warpviz.cli.commands.shells.whole",
         "--function", "whole_parser", "--project-name", "warpviz", "--prog", "warpviz",
         "--output", str(tmp_path / "warpviz.1")],
    )  # fmt: skip
    manual()
    page = (tmp_path / "warpviz.1").read_text(encoding="utf-8")
    plain = page.replace("\\-", "-")
    assert page.startswith(".TH") or ".TH WARPVIZ" in page.upper()
    for verb in VERBS:
        assert f"warpviz {verb}" in plain
    for action in actions_of(whole_parser()):
        assert all(flag in plain for flag in action.option_strings if flag != "--help")
    if shutil.which("man") is None:
        pytest.skip("man is not installed")
    shown = subprocess.run(
        ["man", "--warnings", "-l", str(tmp_path / "warpviz.1")], capture_output=True, text=True,
        env={"MANPAGER": "cat", "PATH": "/usr/bin:/bin", "MANWIDTH": "100", "LANG": "C.UTF-8"},
    )  # fmt: skip
    assert shown.returncode == 0 and "render" in shown.stdout
