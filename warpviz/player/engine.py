"""The engine's JavaScript: one file a job, joined in the order in which they are needed."""

import json
import re
from collections.abc import Iterable
from importlib.resources import files

from warpviz.functions.normal import POLYNOMIAL
from warpviz.model.activations import ACTIVATIONS
from warpviz.picture.figure import AnyScene
from warpviz.picture.scene import Scene

ENGINE = (
    "payload", "functions", "chain", "motion", "camera", "raster", "lines", "dots", "cloth",
    "marks", "axes", "arrange", "panel", "classic", "clock", "ask", "film",
)  # fmt: skip
"""Names of the files in `js/`."""


_REMARK = re.compile(r"^[ \t]*(?://[^\n]*|/\*.*?\*/[ \t]*)\n", re.MULTILINE | re.DOTALL)


def engine_source(names: Iterable[str]) -> str:
    """The engine as one piece of script: its names are meant to live inside one function.

    It defines `load(payload)`, documented at the head of `film.js`.

    Args:
        names: the activations that it is to know.

    Raises:
        WarpvizError: one of them has no form in JavaScript.
    """
    return _activations(names) + joined(f"{name}.js" for name in ENGINE)


def joined(names: Iterable[str]) -> str:
    """Files of `js/` as one piece of script, without the lines that are remarks alone."""
    folder = files("warpviz.player") / "js"
    texts = (folder.joinpath(*name.split("/")).read_text(encoding="utf-8") for name in names)
    return "\n".join(_REMARK.sub("", text) for text in texts)


def _activations(names: Iterable[str]) -> str:
    """The functions by name, and the polynomial of the normal distribution, as script."""
    functions = (
        f"{_quoted(name)}: (z) => {ACTIVATIONS[name].source('javascript')},\n"
        for name in dict.fromkeys(names)
    )
    return (
        f"const TAIL = {json.dumps(POLYNOMIAL)};\nconst ACTIVATIONS = {{\n{''.join(functions)}}};\n"
    )


def _quoted(text: str) -> str:
    """A text as JavaScript that cannot end a script."""
    return json.dumps(text).replace("<", "\\u003c")


def used(scene: AnyScene) -> list[str]:
    """The activations of a scene's networks, each once."""
    if not isinstance(scene, Scene):
        return []
    recipes = [panel.recipe for panel in scene.panels if panel.recipe is not None]
    names = [step.activation for recipe in recipes for step in recipe.steps]
    return [name for name in dict.fromkeys(names) if name not in ("softmax", "log_softmax")]
