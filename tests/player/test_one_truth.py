"""No number stands on both sides: what Python draws by, the page's modules are given."""

import ast
import re
from pathlib import Path

import pytest

from warpviz.laboratory.given import MATHEMATICS
from warpviz.laboratory.measuring import MEASURES
from warpviz.player.engine import ENGINE, module_texts

PACKAGE = Path(__file__).parents[2] / "warpviz"

SAME_WORK = {
    "keyframes": ("player/packing.py",),
    "tint": ("picture/cloth.py", "player/packing.py", "player/panels.py"),
    "charts/around": ("picture/figure.py", "landscapes/ground.py", "landscapes/film.py"),
    "charts/curves": ("picture/figure.py", "figures/recorded.py", "player/charts.py"),
    "charts/ground": ("landscapes/ground.py", "landscapes/film.py", "player/charts.py"),
    "charts/pointed": ("picture/figure.py", "player/charts.py"),
    "charts/relaid": ("picture/figure.py", "player/charts.py"),
    "charts/names": ("picture/marks/overlay.py",),
    "charts/room": ("landscapes/film.py", "picture/marks/still.py"),
    "charts/still": ("figures/recorded.py", "player/charts.py"),
    "raster/discs": ("picture/raster/dots.py", "picture/marks/outlined.py"),
    "scenes/classic": ("picture/classic.py",),
    "scenes/cloth": ("picture/paint.py", "picture/scene.py", "player/payload.py"),
    "scenes/figure": ("picture/figure.py", "player/charts.py"),
    "scenes/ground": ("landscapes/ground.py", "player/charts.py"),
    "scenes/pick": ("picture/scene.py", "motion/framing.py"),
    "words/say": ("languages/language.py", "languages/plurals.py"),
    "payload": ("player/packing.py",),
    "functions": ("functions/normal.py",),
    "chain": ("model/chain.py", "picture/origin.py", "player/panels.py", "player/packing.py"),
    "motion": ("motion/interpolate.py", "motion/polar.py", "motion/rotation.py"),
    "camera": ("motion/camera.py", "motion/framing.py", "motion/fitted.py", "motion/zoom.py"),
    "raster/surface": (
        "picture/raster/area.py",
        "picture/raster/blend.py",
        "picture/raster/lines.py",
    ),
    "raster/lines": ("picture/raster/lines.py", "picture/cloth.py", "picture/paint.py"),
    "raster/dots": ("picture/raster/dots.py", "picture/marks/dots.py"),
    "raster/cloth": ("picture/cloth.py", "player/packing.py", "picture/raster/blend.py"),
    "marks/overlay": (
        "picture/marks/overlay.py",
        "picture/words/legend.py",
        "picture/words/text.py",
    ),
    "marks/axes": ("picture/axes.py", "picture/marks/overlay.py"),
    "marks/triad": ("picture/marks/triad.py", "picture/marks/overlay.py"),
    "marks/basis": ("picture/marks/basis.py", "picture/marks/overlay.py"),
    "marks/network": ("picture/marks/network.py", "picture/marks/overlay.py"),
    "marks/probe": ("picture/marks/probe.py", "picture/marks/followed.py"),
    "marks/dress": ("picture/paint.py", "picture/scene.py"),
    "arrange": ("picture/layout.py",),
    "panel": ("picture/paint.py", "picture/scene.py", "picture/cloth.py", "player/panels.py"),
    "classic": ("picture/classic.py", "picture/marks/outlined.py"),
    "clock": ("motion/timeline.py", "motion/easing.py", "player/payload.py"),
    "ask": ("picture/scene.py", "picture/marks/dots.py"),
    "pose": ("picture/scene.py", "motion/framing.py"),
    "paint": ("picture/paint.py", "picture/scene.py"),
    "pick": ("picture/scene.py", "motion/framing.py"),
    "film": ("picture/scene.py", "picture/classic.py", "player/payload.py"),
    "lab/cutting/tiling/tilings": (
        "geometry/sheet.py",
        "geometry/straight/polygons.py",
    ),
    "lab/cutting/tiling/zeros": ("geometry/straight/zeros.py",),
    "lab/cutting/tiling/polygons": (
        "geometry/straight/polygons.py",
        "geometry/straight/plain_cuts.py",
        "geometry/straight/cutting.py",
    ),
    "lab/cutting/tiling/joining": ("geometry/straight/joining.py",),
    "lab/cutting/tiling/parted": ("geometry/straight/parting.py",),
    "lab/cutting/steps": (
        "geometry/straight/bends.py",
        "model/residual.py",
    ),
    "lab/cutting/maps": ("geometry/straight/pieces.py",),
    "lab/cutting/pieces": ("geometry/straight/pieces.py",),
    "lab/cutting/regions": ("geometry/straight/regions.py",),
    "lab/cutting/winners": ("geometry/straight/winners.py",),
    "lab/cutting/levels": (
        "geometry/straight/levels.py",
        "geometry/boundary.py",
        "geometry/curved/tracing.py",
        "geometry/curved/squares.py",
    ),
    "lab/cutting/folds": (
        "geometry/folds.py",
        "geometry/extrema.py",
    ),
    "lab/cutting/hidden": ("geometry/curved/hidden.py",),
    "lab/cutting/bending": (
        "geometry/cells.py",
        "geometry/bisect.py",
        "geometry/sheet.py",
    ),
    "lab/cutting/smooth": (
        "geometry/fitting.py",
        "geometry/folds.py",
    ),
    "lab/cutting/tinted": ("geometry/tint.py",),
    "lab/cutting/lips": (
        "geometry/tears.py",
        "geometry/straight/sides.py",
    ),
    "lab/cutting/torn": ("geometry/tears.py",),
    "lab/cutting/sheet": (
        "geometry/fitting.py",
        "geometry/straight/regions.py",
        "geometry/boundary.py",
    ),
    "lab/data/random": ("data/synthetic.py",),
    "lab/data/nodes": ("functions/node.py",),
    "lab/data/reading": (
        "functions/reading.py",
        "functions/statements.py",
    ),
    "lab/data/formulas": ("functions/reading.py",),
    "lab/data/slopes": ("functions/slopes.py",),
    "lab/data/values": ("functions/numbers.py",),
    "lab/data/straight": ("functions/lines.py",),
    "lab/data/switches": ("functions/switches.py",),
    "lab/data/writing": ("functions/printing.py",),
    "lab/data/activation": (
        "model/activations/function.py",
        "model/activations/table.py",
    ),
    "lab/data/statements": ("functions/statements.py",),
    "lab/data/sets": (
        "data/synthetic.py",
        "data/lattice.py",
    ),
    "lab/data/table": (
        "data/reading/text.py",
        "data/reading/headers.py",
        "data/reading/choosing.py",
        "data/labels.py",
    ),
    "lab/data/formula": (
        "explain/formulas/writing.py",
        "film/words/formulas.py",
    ),
    "lab/training/rows": ("training/engine.py",),
    "lab/training/losses": ("training/losses.py",),
    "lab/training/penalties": ("training/penalties.py",),
    "lab/training/engine": (
        "training/engine.py",
        "training/tape.py",
    ),
    "lab/training/optimizers": (
        "training/optimizers.py",
        "training/engine.py",
    ),
    "lab/training/trainer": ("training/loop.py",),
    "lab/training/worker": ("training/loop.py",),
    "lab/training/fresh": ("model/weights.py",),
    "lab/training/hire": ("player/sealed.py",),
    "lab/measures/clouds": (
        "measure/probe.py",
        "measure/separability.py",
    ),
    "lab/measures/probe": ("measure/probe.py",),
    "lab/measures/separable": (
        "measure/separability.py",
        "measure/nearest_point.py",
    ),
    "lab/measures/stretch": (
        "measure/stretch.py",
        "measure/measured_sheet.py",
    ),
    "lab/measures/coverage": ("measure/coverage.py",),
    "lab/measures/measures": (
        "measure/state.py",
        "measure/layers.py",
    ),
    "lab/measures/numbers": ("film/words/numbers.py",),
    "lab/measures/affine": ("film/words/affine.py",),
    "lab/measures/bending": (
        "film/words/bending.py",
        "film/words/crossings.py",
    ),
    "lab/measures/telling": ("film/words/teaching.py",),
    "lab/measures/stops": ("film/words/stops.py",),
}
"""For each module of the engine and of the laboratory, what does the same work in Python."""

COUNTED = {0, 0.5, 1, 2, 3, 4, 10, 255}
"""Halves, axes, channels, digits, bytes: what they count is the same everywhere, and no choice."""
ROUNDING = {1e-12, 1e-9, 1e-3}
"""What is no more than the rounding of a sum, or as good as nothing."""

OTHERS: dict[str, set[float]] = {
    "lab/cutting/folds": {5},  # of the golden ratio
    "lab/data/writing": {6},  # digits
    "lab/training/penalties": {0.25},  # a fourth root
    "lab/training/fresh": {6},  # of Glorot's variance, a formula
    "lab/measures/separable": {6},  # roundings of a sum besides its terms
    "lab/measures/numbers": {100},  # per cent
    "lab/measures/bending": {1e9},  # what rounding leaves
    "charts/ground": {6, 7, 8},  # entries of a turn
    "charts/room": {8},  # an entry of a turn
    "marks/axes": {100},  # digits that `toFixed` takes
    "raster/lines": {64},  # widths in a pixel for which a kernel is kept
}
"""Numbers that mean something else than what Python has of the same size."""


def numbers_of_python(text: str) -> set[float]:
    """Every number that is written in a module of Python."""
    found = (node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant))
    numbers = (value for value in found if isinstance(value, int | float))
    return {float(value) for value in numbers if not isinstance(value, bool)}


def numbers_of_javascript(text: str) -> set[float]:
    """Every number that is written in a module of JavaScript, without its remarks and texts."""
    text = re.sub(r'/\*.*?\*/|//[^\n]*|"[^"\n]*"', " ", text, flags=re.DOTALL)
    found = re.findall(r"(?<![\w.$])(?:0x[\da-f]+|\d+\.?\d*(?:e[+-]?\d+)?)", text)
    return {float(int(each, 16)) if each.startswith("0x") else float(each) for each in found}


def test_numbers_are_found_where_they_are_written() -> None:
    text = 'const a = [0x1f, 2.5e-3, b2, x.y3, "7"]; // 8\n/* 9\n10 */ f(.5, 1e9, 40);'
    assert numbers_of_javascript(text.replace(".5,", "0.5,")) == {31, 2.5e-3, 0.5, 1e9, 40}
    assert numbers_of_python('a = {"b": -2.5, "c": (1, True)}\n"7"') == {2.5, 1}


@pytest.mark.parametrize("name", [*ENGINE, *MATHEMATICS, *MEASURES])
def test_no_number_stands_on_both_sides(name: str) -> None:
    (text,) = module_texts([f"{name}.js"]).values()
    there = {
        number
        for file in SAME_WORK[name]
        for number in numbers_of_python((PACKAGE / file).read_text(encoding="utf-8"))
    }
    both = (numbers_of_javascript(text) & there) - COUNTED - ROUNDING - OTHERS.get(name, set())
    assert not both, f"{name}.js and {', '.join(SAME_WORK[name])}"
