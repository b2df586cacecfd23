"""What Python hands to the laboratory's mathematics in JavaScript, written once and here.

`lab/known.js` has the numbers by which sheets are cut, states measured and chains trained, all that
is known of each activation, and for each a loop that writes its values and slopes.
"""

import json
from collections.abc import Iterable
from typing import Any

import numpy as np

from warpviz.film.words import bending, crossings
from warpviz.laboratory.loops import HELPERS, loop
from warpviz.laboratory.numbers import NUMBERS
from warpviz.laboratory.squeezed import squeezed
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.activations.function import ActivationFunction
from warpviz.model.activations.records import FAMILIES
from warpviz.player.engine import flat, given_modules, joinable, joined, module_texts
from warpviz.player.packing import pack

MATHEMATICS = (
    "lab/cutting/tiling/tilings", "lab/cutting/tiling/zeros", "lab/cutting/tiling/polygons",
    "lab/cutting/tiling/joining", "lab/cutting/tiling/parted",
    "lab/cutting/steps", "lab/cutting/maps", "lab/cutting/pieces", "lab/cutting/regions",
    "lab/cutting/winners", "lab/cutting/folds", "lab/cutting/bending", "lab/cutting/hidden",
    "lab/cutting/levels", "lab/cutting/smooth", "lab/cutting/tinted", "lab/cutting/lips",
    "lab/cutting/torn", "lab/cutting/sheet",
    "lab/data/random", "lab/data/nodes", "lab/data/reading", "lab/data/formulas",
    "lab/data/slopes", "lab/data/values", "lab/data/straight", "lab/data/switches",
    "lab/data/writing", "lab/data/activation", "lab/data/statements", "lab/data/sets",
    "lab/data/table", "lab/data/formula",
    "lab/training/rows", "lab/training/losses", "lab/training/penalties", "lab/training/engine",
    "lab/training/optimizers", "lab/training/trainer", "lab/training/worker",
    "lab/training/fresh", "lab/training/hire",
)  # fmt: skip
"""Names of the files in `js/`, each after those that it imports from."""

ONE_SLOPE = 0.25
"""Of prelu without a number."""


def mathematics_source(names: Iterable[str] = tuple(ACTIVATIONS)) -> str:
    """The mathematics as one piece of script, to follow the engine's.

    Args:
        names: the activations that the page knows from the start.

    Raises:
        WarpvizError: one of them has no form in JavaScript.
    """
    return joinable(known_module(names)) + joined(f"{name}.js" for name in MATHEMATICS)


WORKER = (
    "words/say", "payload", "functions",
    *(name for name in MATHEMATICS if name.startswith("lab/data/") and name.rpartition("/")[2] in (
        "random", "nodes", "reading", "formulas", "slopes", "values", "straight", "switches",
        "writing", "activation",
    )),
    *(name for name in MATHEMATICS
      if name.startswith("lab/training/") and not name.endswith(("hire", "fresh"))),
)  # fmt: skip
"""Of them, what a worker needs that trains."""


def worker_source(names: Iterable[str] = tuple(ACTIVATIONS)) -> str:
    """A script that trains in a worker: `hire` of `lab/training/hire.js` takes it.

    Args:
        names: the activations that it knows from the start.

    Raises:
        WarpvizError: one of them has no form in JavaScript.
    """
    given = given_modules(names)
    texts = [given["given.js"], *module_texts(f"{name}.js" for name in WORKER[:3]).values()]
    texts += [given["formulas.js"], known_module(names)]
    texts += module_texts(f"{name}.js" for name in WORKER[3:]).values()
    body = "\n".join(map(joinable, texts))
    return flat(f'"use strict";\n(() => {{\n{body}\nserve(self);\n}})();\n')


def packed_worker(names: Iterable[str] = tuple(ACTIVATIONS)) -> str:
    """The same as a text of a third of its size: `unpack` of `payload.js` gives {worker}."""
    return pack({"worker": squeezed(worker_source(names))})


def known_module(names: Iterable[str] = tuple(ACTIVATIONS)) -> str:
    """The text of `lab/known.js`.

    Args:
        names: the activations that the page knows from the start.

    Raises:
        WarpvizError: one of them has no form in JavaScript.
    """
    records = {name: _record(name, ACTIVATIONS[name]) for name in names}
    fills = "".join(f"{_quoted(name)}: {loop(ACTIVATIONS[name])},\n" for name in names)
    used = [name for name in HELPERS if f"{name}(" in fills]
    return (
        f'import {{ {", ".join(used)} }} from "../functions.js";\n'
        f"export const LAB = {json.dumps(NUMBERS)};\n"
        "/** @type {Record<string, import('./lab.d.ts').ActivationRecord>} */\n"
        f"export const RECORDS = {_quoted(records)};\n"
        f"export const FAMILIES = {_quoted(_families())};\n"
        "/** @type {Record<string, import('./lab.d.ts').Fill>} */\n"
        f"export const FILLS = {{\n{fills}}};\n"
    )


def _record(name: str, function: ActivationFunction) -> dict[str, Any]:
    """All that is known of an activation, as plain values."""
    pieces_of = function.pieces if function.breakpoints is not None else None
    each = [[], []] if pieces_of is None else [_columns(part) for part in pieces_of]
    return {
        "name": name,
        "spoken": crossings.spoken(function),
        "latex": function.latex,
        "caption": function.caption,
        "breakpoints": function.breakpoints,
        "slopes": each[0],
        "shifts": each[1],
        "jumps": function.jumps,
        "sharp": function.sharp,
        "branches": function.branches,
        "squashes": bending.SQUASHING in function.does,
        "built": True,
        "gain": function.gain,
    }


def _families() -> dict[str, dict[str, Any]]:
    """Formulas of activations that take numbers, with places {0}, {1} for them."""
    found = {}
    for stem, make in FAMILIES.items():
        usual = make.__defaults__ or (ONE_SLOPE,)
        # Numbers that stand nowhere else, and within the domains of all.
        marks = [0.1234567 + 0.1 * k for k in range(len(usual))]
        formula = make(*marks).formula
        for k, mark in enumerate(marks):
            formula = formula.replace(repr(mark), f"{{{k}}}")
        found[stem] = {"formula": formula, "usual": usual}
    # Of slopes outside 0 … 1 the larger of both lines is another function.
    bent = "max(0, z) + {0}*min(0, z)"
    return found | {stem: {**found[stem], "formula": bent} for stem in ("leaky_relu", "prelu")}


def _columns(part: Any) -> list[list[float]]:
    """(P,) or (P, units) as rows of one number or several."""
    return np.asarray(part).reshape(len(part), -1).tolist()


def _quoted(value: Any) -> str:
    """A value as JavaScript that cannot end a script."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
