import shutil
import subprocess
import sys

import pytest

from tests.cli.conftest import Run
from warpviz.motion.easing import EASINGS
from warpviz.theme import THEMES

ASK = """
eval "$("$0" -m warpviz completion bash)"
COMP_WORDS=(warpviz "$@"); COMP_CWORD=$#; COMPREPLY=()
_shtab_warpviz
printf '%s\\n' "${COMPREPLY[@]}"
"""


def completed(*words: str) -> set[str]:
    """What bash offers after the words."""
    done = subprocess.run(
        ["bash", "-c", ASK, sys.executable, *words], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.slow
def test_bash_completes_verbs_flags_and_names() -> None:
    assert completed("ren") == {"render"}
    assert {"--theme", "--themes"} & completed("render", "--the") == {"--theme"}
    assert completed("render", "--theme", "") == set(THEMES)
    assert completed("render", "--ease", "") == set(EASINGS)
    assert completed("render", "--activation", "tanh") == {"tanh", "tanhshrink"}


@pytest.mark.slow
@pytest.mark.parametrize(("shell", "check"), [("bash", ["bash", "-n"]), ("zsh", ["zsh", "-n"])])
def test_scripts_are_read_by_their_shells(run: Run, shell: str, check: list[str]) -> None:
    script = run(f"completion {shell}").out
    assert "render" in script and "--activation" in script
    if shutil.which(check[0]):
        subprocess.run(check, input=script, text=True, check=True)


def test_other_shells_are_named(run: Run) -> None:
    told = run("completion fish")
    assert told.code == 2 and "shell 'fish'" in told.err and "zsh" in told.err


def test_without_shtab_a_sentence_names_the_command(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "shtab", None)
    assert "pip install 'warpviz[completion]'" in run("completion bash").err
