"""Help, version, and how little is loaded to show them."""

import json
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

import warpviz
from tests.cli.conftest import Run
from warpviz import compiled
from warpviz.cli.verbs import VERBS, parser_of
from warpviz.film.options import Options
from warpviz.motion.interpolate import MOTIONS
from warpviz.motion.projection import VIEWS
from warpviz.theme import THEMES

CONSOLE = {"--quiet", "--no-color", "--debug", "--help"}
DATA = {"--data", "--seed", "--label", "--features", "--drop-missing", "--raw"} | {
    "--classes", "--regression", "--encoding"}  # fmt: skip
TRAINING = {
    "--activation", "--layers", "--epochs", "--optimizer", "--learning-rate", "--penalty",
    "--evenness",
} | DATA  # fmt: skip
STARTS = {"--starts"}
FILM = {
    "--model", "--view", "--motion", "--whole-layers", "--one-by-one", "--softmax", "--caption",
    "--show", "--hide", "--network", "--limits", "--colors", "--transparent", "--camera",
    "--turntable", "--trail",
    "--size", "--fps", "--seconds", "--hold", "--ease", "--loop", "--theme", "--title", "--font",
    "--language", "--jobs", "--output", "--start-hold", "--end-hold", "--hold-at",
    "--filmstrip",
}  # fmt: skip
FILES = {"--at", "--acts", "--frames", "--max-size", "--page", "--template", "--autoplay"}
FLAGS = {
    "render": TRAINING
    | STARTS
    | FILM
    | FILES
    | CONSOLE
    | {"--classic", "--rounds", "--plane", "--lab"},
    "compare": TRAINING
    | STARTS
    | FILM
    | FILES
    | CONSOLE
    | {"--table", "--training", "--film-layer"},
    "lab": DATA
    | CONSOLE
    | {"--model", "--lesson", "--activation", "--layers"}
    | {"--theme", "--language", "--title", "--output"},
    "gallery": {
        "--output",
        "--list",
        "--size",
        "--theme",
        "--font",
        "--language",
        "--fps",
        "--loop",
        "--jobs",
    }
    | CONSOLE,
    "train": TRAINING
    | STARTS
    | {"--output", "--film", "--film-layer", "--size", "--theme", "--font", "--fps", "--seconds"}
    | {"--loop", "--jobs", "--colors", "--transparent", "--language", "--view", "--camera"}
    | FILES
    | CONSOLE,
    "inspect": DATA | {"--json", "--limits", "--plane", "--at"} | CONSOLE,
    "regions": DATA | {"--json", "--limits", "--output", "--theme", "--plane", "--at"} | CONSOLE,
    "convert": {"--output"} | CONSOLE,
    "formula": {"--output", "--form", "--digits", "--letters", "--limits", "--theme"} | CONSOLE,
    "graph": {"--form", "--gradient", "--at", "--output", "--loss", "--target", "--numbers"}
    | {"--expression", "--share", "--theme"}
    | CONSOLE,
    "trace": {"--at", "--loss", "--target", "--learning-rate", "--format", "--style", "--digits"}
    | {"--steps", "--output"}
    | CONSOLE,
    "plot": {"--limits", "--output", "--transparent", "--theme", "--plane", "--at"} | CONSOLE,
    "export": {"--output"} | CONSOLE,
    "landscape": TRAINING
    | {"--output", "--model", "--line", "--directions", "--optimizers", "--kind", "--grid"}
    | {"--size", "--theme", "--colors", "--font", "--fps", "--seconds", "--loop", "--jobs"}
    | {"--language", "--transparent", "--view", "--camera"}
    | FILES
    | CONSOLE,
    "approximate": {"--output", "--limits", "--layers", "--activation", "--compare", "--at"}
    | {"--output-activation"}
    | {"--iterations", "--batch", "--learning-rate", "--seed", "--resume", "--size", "--theme"}
    | {"--font", "--language", "--fps", "--seconds", "--loop", "--jobs", "--axes", "--transparent"}
    | FILES
    | CONSOLE,
    "activations": {"--output", "--table", "--limits", "--size", "--theme", "--fps", "--seconds"}
    | {"--loop", "--jobs", "--language", "--transparent"}
    | (FILES - {"--autoplay"})
    | CONSOLE,
    "check": {"--json"} | CONSOLE,
    "study": {"--output", "--data", "--activation", "--layers", "--seeds", "--seed", "--epochs"}
    | {"--optimizer", "--learning-rate", "--penalty", "--evenness", "--points", "--holdout"}
    | {"--times", "--measure", "--plot", "--theme", "--jobs", "--resume", "--scheduler"}
    | {"--dry-run"}
    | CONSOLE,
    "embed": {"--for", "--autoplay", "--play", "--name"} | CONSOLE,
    "list": CONSOLE,
    "completion": CONSOLE,
}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_its_flags_and_help_for_each(verb: str) -> None:
    parser = parser_of(verb)
    actions = parser._actions
    flags = {name for action in actions for name in action.option_strings if name[:2] == "--"}
    assert flags == FLAGS[verb]
    assert all(action.help for action in actions)
    assert VERBS[verb].summary and VERBS[verb].examples


@pytest.mark.parametrize("verb", VERBS)
def test_help_begins_with_an_example_that_parses(run: Run, verb: str) -> None:
    ran = run(f"{verb} --help")
    assert (ran.code, ran.err) == (0, "")
    first, example = ran.out.splitlines()[:2]
    assert first == "Example:"
    assert example.strip() == VERBS[verb].examples[0]
    assert run(f"help {verb}").out == ran.out == run(f"{verb} --fps x -h").out
    for example in VERBS[verb].examples:
        program, name, *words = example.split()
        assert (program, name) == ("warpviz", verb)
        parser_of(verb).read(words)


def test_help_tells_the_defaults_that_the_library_has() -> None:
    flat = " ".join(parser_of("render").format_help().split())
    for each in fields(Options):
        if isinstance(each.default, float | str) and each.default and each.name != "motion":
            entry = flat[flat.rindex(f"--{each.name} ") :]
            assert re.search(rf"\({each.default:{'g' if each.type is float else ''}}[);]", entry)
    assert f"--view {'|'.join(VIEWS)}" in flat
    assert f"--theme {'|'.join(THEMES)}" in flat
    assert set(MOTIONS) <= {"polar", "lerp"}


def test_warpviz_alone_shows_the_short_help(run: Run) -> None:
    for command in ([], ["help"], ["--help"], ["-h"]):
        ran = run(*command) if command else run("")
        assert ran.code == 0
        assert ran.out.startswith("Example:\n  warpviz render")
        assert all(f"\n  {verb} " in ran.out for verb in VERBS)


def test_version(run: Run) -> None:
    used = "compiled kernels" if compiled.KERNELS else "numpy alone"
    assert run("--version").out == f"warpviz {warpviz.__version__} ({used})\n"


def modules_after(code: str) -> set[str]:
    code = f"import sys, json\n{code}\nprint()\nprint(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    return set(json.loads(ran.stdout.splitlines()[-1]))


HEAVY = {"numpy", "matplotlib", "imageio", "PIL", "tqdm"}


def test_import_and_help_load_nothing_heavy() -> None:
    helps = "from warpviz.cli import main\n" + "".join(
        f"main({words!r})\n" for words in (["--version"], ["render", "--help"], ["rendr"])
    )
    assert not modules_after(f"import warpviz\n{helps}") & HEAVY


def test_training_loads_numpy_alone() -> None:
    code = "import warpviz as wv\nwv.train, wv.load_data, wv.mlp, wv.load_model"
    assert modules_after(code) & HEAVY == {"numpy"}


UNUSED = {
    "matplotlib", "imageio", "tqdm", "sympy", "contourpy",
    "xml", "email", "socket", "concurrent", "fractions", "tomllib", "importlib.metadata",
}  # fmt: skip
"""What no default film needs, and takes time to load."""


@pytest.mark.slow
@pytest.mark.parametrize("look", [[], ["--classic", "--rounds", "0"]], ids=["cloth", "classic"])
def test_a_default_film_loads_what_it_needs(look: list[str], tmp_path: Path) -> None:
    words = ["render", *look, "--epochs", "3", "-o", str(tmp_path / "fold.gif"), "--quiet"]
    loaded = modules_after(f"from warpviz.cli import main\nassert main({words!r}) == 0")
    assert not loaded & UNUSED
    assert "subprocess" not in loaded or not compiled.KERNELS  # threads draw, no processes


def test_public_names() -> None:
    for name in warpviz.__all__:
        assert getattr(warpviz, name).__doc__ or name.isupper()
    assert set(warpviz.__all__) <= set(dir(warpviz))
    assert warpviz.train.__module__ == "warpviz.training.loop"
    with pytest.raises(AttributeError, match="no attribute 'trian'"):
        warpviz.trian  # noqa: B018


def test_lazy_names_are_those_that_type_checkers_see() -> None:
    source = Path(warpviz.__file__).read_text(encoding="utf-8")
    typed = dict.fromkeys(
        (home, name.strip())
        for home, names in re.findall(r"^    from (\S+) import (.+)$", source, re.M)
        for name in names.split(",")
    )
    lazy = {(home, name) for home, names in warpviz._HOMES.items() for name in names}
    assert set(typed) == lazy
    assert {name for _, name in lazy} == set(warpviz.__all__)


def test_python_m_warpviz() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "warpviz", "rendr"], capture_output=True, check=False, text=True
    )
    assert ran.returncode == 2
    assert ran.stderr == "warpviz: Unknown verb 'rendr'; did you mean 'render'?\n"
