"""The names at the top: each is documented, has one home, and stands where one looks for it."""

import ast
import inspect
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

import warpviz as wv

PROMISED = {
    "Chain", "Dense", "Activation", "Softmax", "Dataset", "Fit", "Trajectory", "Timeline",
    "Frame", "Animation", "ACTIVATIONS", "DATASETS", "load_data", "mlp", "train", "animate",
    "compare", "save_model", "load_model", "activation", "animate_training", "formula", "graph",
    "regions", "loss_landscape", "Landscape", "Formula", "Trace", "Approximation", "Recorder",
}  # fmt: skip


def homes() -> dict[str, list[str]]:
    """Name → the modules that the table of the package says it is in."""
    found: dict[str, list[str]] = {}
    for home, names in wv._HOMES.items():
        for name in names:
            found.setdefault(name, []).append(home)
    return found


def test_dir_shows_public_names_and_pythons_own() -> None:
    shown = dir(wv)
    assert [name for name in shown if not name.startswith("__")] == sorted(wv.__all__)
    assert {"__all__", "__doc__", "__version__"} <= set(shown)
    # The same whatever has been loaded.
    code = "import warpviz as w, warpviz.cli.verbs; w.train; print(*dir(w))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    late = done.stdout.split()
    assert [name for name in late if not name.startswith("__")] == sorted(wv.__all__)


def test_every_name_has_one_home() -> None:
    assert {name: len(places) for name, places in homes().items()} == dict.fromkeys(wv.__all__, 1)
    assert len(wv.__all__) == len(set(wv.__all__)) and set(wv.__all__) >= PROMISED
    for name, (home,) in homes().items():
        value = getattr(wv, name)
        assert value is getattr(import_module(home), name), name
        if inspect.isclass(value) or inspect.isfunction(value):
            made = inspect.unwrap(value).__module__
            assert made == home or made.startswith(f"{home}."), f"{name} is made in {made}"


def test_a_type_checker_sees_the_same_names_in_the_same_places() -> None:
    tree = ast.parse(Path(str(wv.__file__)).read_text(encoding="utf-8"))
    (block,) = [n for n in tree.body if isinstance(n, ast.If) and "TYPE_CHECKING" in ast.dump(n)]
    seen = {
        alias.name: [str(node.module)]
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == homes()


def documented_table(home: str, name: str) -> bool:
    """Whether a table's line in its module, or its own type, says what it is."""
    for module in [home, *(n for n in sys.modules if n.startswith(f"{home}."))]:
        tree = ast.parse(inspect.getsource(import_module(module)))
        for node, after in zip(tree.body, [*tree.body[1:], None], strict=True):
            targets = getattr(node, "targets", [getattr(node, "target", None)])
            if name in [getattr(target, "id", None) for target in targets]:
                return isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
    return False


@pytest.mark.parametrize("name", wv.__all__)
def test_every_name_is_documented(name: str) -> None:
    value = getattr(wv, name)
    if isinstance(value, dict):
        assert documented_table(homes()[name][0], name)
        return
    text = inspect.getdoc(value) or ""
    assert len(text) > 20 and text.split("\n\n")[0].rstrip().endswith((".", "?", ":")), text
    # What dataclass writes where nobody did.
    assert not text.startswith(f"{name}("), text


def classes(hint: Any) -> Iterator[type]:
    """The classes that an annotation speaks of."""
    if isinstance(hint, type) and not get_args(hint):
        yield hint
    for part in get_args(hint):
        yield from classes(part)


def test_what_one_gets_back_can_be_named() -> None:
    unnamed = set()
    for name in wv.__all__:
        value = getattr(wv, name)
        # What is annotated with a library's own types is given by that library.
        if inspect.isfunction(value) and "Axes" not in str(value.__annotations__.get("return")):
            back = classes(get_type_hints(value)["return"])
            own = {kind for kind in back if kind.__module__.startswith("warpviz")}
            unnamed |= {f"{name} → {kind.__name__}" for kind in own
                        if getattr(wv, kind.__name__, None) is not kind}  # fmt: skip
    assert not unnamed


@pytest.mark.parametrize(("old", "new"), sorted(wv._OLD_NAMES.items()))
def test_old_names_work_and_say_what_they_are_called_now(old: str, new: str) -> None:
    with pytest.warns(DeprecationWarning, match=rf"warpviz\.{old} is called {new} now") as told:
        value = getattr(wv, old)
    assert value is getattr(wv, new) and told[0].filename == __file__
    assert old not in wv.__all__ and new in wv.__all__


def test_a_name_that_is_none_is_refused_as_python_does() -> None:
    with pytest.raises(AttributeError, match="module 'warpviz' has no attribute 'landscapee'"):
        wv.landscapee  # noqa: B018
