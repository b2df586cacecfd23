"""The engine's JavaScript: one module a job, joined in the order in which they are needed."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from importlib.resources import files

from warpviz.functions.normal import TAIL
from warpviz.model.activations import ACTIVATIONS
from warpviz.motion.easing import EASINGS
from warpviz.picture.figure import AnyScene, FigureScene
from warpviz.picture.numbers import NUMBERS
from warpviz.player.packing import STEPS

ENGINE = (
    "words/say", "payload", "functions", "chain", "keyframes", "motion", "camera",
    "raster/surface", "raster/lines", "raster/dots", "raster/discs", "raster/cloth", "tint",
    "marks/overlay", "marks/axes", "marks/triad", "marks/basis", "marks/network", "marks/probe",
    "marks/dress",
    "arrange", "panel", "pose", "clock", "ask",
    "charts/still", "charts/curves", "charts/relaid", "charts/pointed",
    "charts/room", "charts/names", "charts/ground", "charts/around",
    "scenes/pick", "scenes/cloth", "scenes/classic", "scenes/ground", "scenes/figure",
    "paint", "film",
)  # fmt: skip
"""Names of the files in `js/`, each after those that it imports from."""
SCENES = {
    "cloth": "clothScene",
    "classic": "classicScene",
    "figure": "figureScene",
    "ground": "grounds",
}
"""Kind of scene → what makes it, in the file of `js/scenes/` that has the kind's name."""
ALONE = {
    "cloth": (
        "chain", "raster/cloth", "tint", "marks/triad", "marks/basis", "marks/network",
        "marks/probe", "marks/dress", "panel", "pose", "ask", "scenes/pick", "scenes/cloth",
    ),
    "classic": ("raster/discs", "scenes/classic"),
    "figure": (
        "charts/still", "charts/curves", "charts/relaid", "charts/pointed", "scenes/figure",
    ),
    "ground": (
        "charts/room", "charts/names", "charts/ground", "charts/around", "scenes/ground",
    ),
}  # fmt: skip
"""Kind of scene → the files that no other kind needs."""


_REMARK = re.compile(r"^[ \t]*(?://[^\n]*|/\*.*?\*/[ \t]*)\n", re.MULTILINE | re.DOTALL)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_TYPE = re.compile(r"/\*\* @type [^\n]*? \*/ ")
_IMPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=async function|function|const|class)", re.MULTILINE)


def engine_source(names: Iterable[str], kinds: Collection[str] = tuple(SCENES)) -> str:
    """The engine as one piece of script: its names are meant to live inside one function.

    It defines `load(payload)`, which gives a `Film` as `js/api.d.ts` tells.

    Args:
        names: the activations that it is to know.
        kinds: of scene that it is to draw, names of `SCENES`.

    Raises:
        WarpvizError: one of them has no form in JavaScript.
    """
    given = "".join(joinable(text) for text in given_modules(names, kinds).values())
    idle = {name for kind in SCENES if kind not in kinds for name in ALONE[kind]}
    return given + joined(f"{name}.js" for name in ENGINE if name not in idle)


def joined(names: Iterable[str]) -> str:
    """Modules of `js/` as one piece of script, without what only whoever reads them needs.

    A module imports from those before it, so what they export is known where it stands.
    """
    return "\n".join(joinable(text) for text in module_texts(names).values())


def module_texts(names: Iterable[str]) -> dict[str, str]:
    """Modules of `js/` as they are written, by name."""
    folder = files("warpviz.player") / "js"
    return {name: folder.joinpath(*name.split("/")).read_text(encoding="utf-8") for name in names}


def joinable(text: str) -> str:
    """A module without its imports, exports and lines that are remarks alone."""
    return _EXPORT.sub("", _IMPORT.sub("", _TYPE.sub("", _REMARK.sub("", text))))


def flat(script: str) -> str:
    r"""A script without indents, a sixteenth of it; no text of ours goes over lines.

    >>> flat("if (a) {\n  b();\n}")
    'if (a) {\nb();\n}'
    """
    return _INDENT.sub("", script)


def given_modules(names: Iterable[str], kinds: Collection[str] = tuple(SCENES)) -> dict[str, str]:
    """What Python knows and JavaScript needs, written once and there: modules by name.

    `given.js` has the numbers that pictures are drawn by, those of the normal distribution, and
    the steps of what is shipped in steps, `formulas.js` the activations and the easings, by name;
    `scenes.js` has what makes each kind of scene.

    Args:
        names: the activations.
        kinds: of scene, names of `SCENES`.

    Raises:
        WarpvizError: one of them has no form in JavaScript.
    """
    table = ", ".join(f"{kind}: {SCENES[kind]}" for kind in kinds)
    activations = {name: ACTIVATIONS[name].source("javascript") for name in names}
    easings = {name: easing.source("javascript") for name, easing in EASINGS.items()}
    return {
        "given.js": f"export const TAIL = {json.dumps(TAIL)};\n"
        f"export const STEPS = {STEPS};\n"
        f"export const NUMBERS = {json.dumps(NUMBERS)};\n",
        "formulas.js": 'import { erf, lowerTail, sigmoid, softplus } from "./functions.js";\n'
        + _functions("ACTIVATIONS", activations, "z", "i")
        + _functions("EASINGS", easings, "z"),
        "scenes.js": "".join(
            f'import {{ {SCENES[kind]} }} from "./scenes/{kind}.js";\n' for kind in kinds
        )
        + "/** @type {import('./types.js').Scenes} */\n"
        + f"export const SCENES = {{ {table} }};\n",
    }


def _functions(name: str, bodies: Mapping[str, str], *given: str) -> str:
    """Functions of numbers as an object of JavaScript."""
    typed = ", ".join(f"{one}: number" for one in given)
    made = (f"{_quoted(key)}: ({', '.join(given)}) => {text},\n" for key, text in bodies.items())
    return (
        f"/** @type {{Record<string, ({typed}) => number>}} */\n"
        f"export const {name} = {{\n{''.join(made)}}};\n"
    )


def _quoted(text: str) -> str:
    """A text as JavaScript that cannot end a script."""
    return json.dumps(text).replace("<", "\\u003c")


def kinds_of(scene: AnyScene) -> list[str]:
    """The kinds of scene that a scene consists of, names of `SCENES`."""
    if not isinstance(scene, FigureScene):
        return [scene.kind.name]
    cloth = [] if scene.cloth is None else [scene.cloth.kind.name]
    return [scene.kind.name, *cloth, *["ground"] * any(chart.ground for chart in scene.charts)]


def used(scene: AnyScene) -> list[str]:
    """The activations of a scene's networks, each once."""
    if isinstance(scene, FigureScene):
        return [] if scene.cloth is None else used(scene.cloth)
    panels = getattr(scene, "panels", ())
    origins = [panel.origin for panel in panels if panel.origin is not None]
    names = [layer.activation for origin in origins for layer in origin.every]
    return [name for name in dict.fromkeys(names) if name not in ("softmax", "log_softmax")]
