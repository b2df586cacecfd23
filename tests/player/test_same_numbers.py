"""Python and JavaScript draw by the same numbers: what one lays down, the other does."""

import base64
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.film.insets.test_basis import MAPS
from tests.model.residuals import nested
from tests.player.engine_page import psnr
from tests.player.modules import MODULES, node, write_modules
from tests.scenes import panel_of, scene_of
from warpviz.arrays import Floats
from warpviz.data import Dataset, load_data
from warpviz.film.build import animate, compare
from warpviz.film.classic import classic_film
from warpviz.film.reel.animation import Animation
from warpviz.model import ACTIVATIONS, mlp
from warpviz.motion.easing import EASINGS
from warpviz.picture import axes, classic, paint
from warpviz.picture.classic import ClassicPainter, ClassicScene, limits
from warpviz.picture.cloth import paint_cells, paint_lines
from warpviz.picture.marks import basis, overlay, triad
from warpviz.picture.marks.dots import paint_dots
from warpviz.picture.marks.overlay import paint_bar, paint_markers, paint_polygon, paint_strokes
from warpviz.picture.numbers import NUMBERS
from warpviz.picture.paint import paint_around, paint_panel
from warpviz.picture.raster.dots import MARKERS
from warpviz.picture.words import text
from warpviz.picture.words.fonts import bundled_font
from warpviz.picture.words.text import put_text
from warpviz.player.engine import module_texts
from warpviz.player.payload import payload, timeline_tree
from warpviz.training.classic import classic_start

CLOTH = {"sheet", "grid", "dots", "creases", "boundary", "regions"}
RINGS = load_data("rings", seed=0)
Mark = tuple[str, tuple[Any, ...], list[float]]
"""What is laid down: its kind, what must be equal, and numbers."""


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_modules(tmp_path_factory.mktemp("modules"))


@dataclass
class Recorder:
    """A canvas that only remembers what is laid on it."""

    marks: list[Mark] = field(default_factory=list)

    def stroke(self, line: list[float], width: float, colour: Any, opacity: float) -> None:
        self.marks.append(("stroke", tuple(colour), [*line, width, opacity]))


def _nothing(canvas: Recorder, *_: Any, **__: Any) -> None:
    """What the raster lays down is compared as pixels."""


def _text(
    canvas: Recorder, words: str, at: Any, colour: Any, font: Any, size: float,
    align: Any = (0.0, 0.0), opacity: float = 1.0,
) -> None:  # fmt: skip
    if words and opacity > 0:
        left = at[0] - align[0] * wide(words, font, size)
        canvas.marks.append(("text", (words, *colour), [left, at[1], align[1], size, opacity]))


def _strokes(
    canvas: Recorder, lines: Any, line_width: float, colour: Any, opacity: float = 1.0
) -> None:
    for (x0, y0), (x1, y1) in lines if opacity > 0 else ():
        canvas.stroke([x0, y0, x1, y1], line_width, colour, opacity)


def _bar(canvas: Recorder, x0: float, y0: float, x1: float, y1: float, colour: Any) -> None:
    canvas.stroke([x0, (y0 + y1) / 2, x1, (y0 + y1) / 2], y1 - y0, colour, 1.0)


def _markers(canvas: Recorder, at: Any, marker: str, radius: float, colour: Any) -> None:
    for place in at:
        _polygon(canvas, MARKERS[marker] * radius + place, colour)


def _polygon(canvas: Recorder, corners: Floats, colour: Any, opacity: float = 1.0) -> None:
    if opacity > 0:
        outline = corners.ravel().tolist()
        canvas.marks.append(("marker", (*colour, len(outline)), [*outline, opacity]))


put_text.register(Recorder, _text)
paint_strokes.register(Recorder, _strokes)
paint_bar.register(Recorder, _bar)
paint_markers.register(Recorder, _markers)
paint_polygon.register(Recorder, _polygon)
for brush in (paint_cells, paint_lines, paint_dots):
    brush.register(Recorder, _nothing)


def wide(words: str, font: Any, size: float) -> float:
    """Both sides measure text alike here: what is compared is where it stands."""
    return 0.6 * size * len(words)


@pytest.fixture
def same_letters(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    text.shortened.cache_clear()
    for place in (axes, triad, overlay, text, paint):
        monkeypatch.setattr(place, "text_width", wide)
    yield
    text.shortened.cache_clear()


PAINT = """
import { unpack } from "./payload.js";
import { filmOf } from "./film.js";
import { ASCENT, DESCENT } from "./marks/overlay.js";
globalThis.ImageData = class {
  constructor(width, height) { this.data = new Uint8ClampedArray(4 * width * height); }
};
const [payload, moments, parts] = given;
const tree = await unpack(payload);
const film = filmOf(tree);
const size = (context) => parseFloat(context.font);
const colour = (style) => style.match(/[\\d.]+/g).map(Number);
told(moments.map(([k, t]) => {
  const marks = [];
  let path = [];
  const pixels = [];
  const context = {
    canvas: { width: tree.size[0], height: tree.size[1] },
    setTransform() {},
    getTransform: () => ({ a: 1e6 }),
    putImageData: ({ data }) => pixels.push(Buffer.from(data).toString("base64")),
    measureText: (words) => ({ width: 0.6 * size(context) * [...words].length }),
    beginPath() { path = []; },
    moveTo: (x, y) => path.push([x, y]),
    lineTo: (x, y) => path.push([x, y]),
    fillText(words, x, y) {
      const [r, g, b, opacity] = colour(context.fillStyle);
      marks.push(["text", [words, r, g, b], [x, y, size(context), opacity]]);
    },
    fillRect(x, y, width, height) {
      marks.push(["bar", colour(context.fillStyle).slice(0, 3), [x, y, width, height]]);
    },
    stroke() {
      const [r, g, b, opacity] = colour(context.strokeStyle);
      for (let i = 0; i < path.length; i += 2) {
        marks.push(["stroke", [r, g, b], [...path[i], ...path[i + 1], context.lineWidth, opacity]]);
      }
    },
    fill() {
      const [r, g, b, opacity] = colour(context.fillStyle);
      marks.push(["marker", [r, g, b, 2 * path.length], [...path.flat(), opacity]]);
    },
  };
  film.paint(context, { k, t, show: new Set(parts) });
  return { marks, pixels, letters: [ASCENT, DESCENT] };
}));
"""


def theirs(film: Animation, moments: list[tuple[int, float]], modules: Path) -> list[list[Mark]]:
    """What the player lays down around the cloth at moments."""
    scene = film.scene
    parts = sorted(scene.show - CLOTH) if hasattr(scene, "show") else ["axes", "legend"]
    found = []
    for told in node(PAINT, modules, payload(film), moments, parts):
        marks: list[Mark] = [(kind, tuple(same), values) for kind, same, values in told["marks"]]
        found.append(marks)
        found[-1].append(("letters", (), told["letters"]))
    return found


def ours(film: Animation, k: int, t: float) -> list[Mark]:
    """The same of Python's own painter."""
    scene = scene_of(film)
    canvas: Any = Recorder()
    paint_around(canvas, scene)
    for panel in scene.panels:
        woven: Any = _Still()
        moment = panel.moment(k, t, scene.acts)
        paint_panel(canvas, scene, panel, woven, *moment)
    marks: list[Mark] = canvas.marks
    return marks


class _Still:
    """A sheet that is not drawn."""

    segments: dict[Any, Any] = {}  # noqa: RUF012

    def at(self, k: int, t: float) -> "_Still":
        return self


def assert_same(here: list[Mark], there: list[Mark], within: float = 2e-4) -> None:
    """That two lists of marks are the same but for their order."""
    ascent, descent = next(values for kind, _, values in there if kind == "letters")
    placed: list[Mark] = []
    for kind, same, values in here:
        if kind == "text":
            x, y, align, size, opacity = values
            base = y - align * (ascent + descent) * size + ascent * size
            placed.append((kind, same, [x, base, size, opacity]))
        else:
            placed.append((kind, same, values))

    def ordered(marks: list[Mark]) -> list[Mark]:
        known = [mark for mark in marks if mark[0] != "letters"]
        return sorted(known, key=lambda mark: (mark[0], mark[1], np.round(mark[2], 3).tolist()))

    left, right = ordered(placed), ordered(there)
    assert [mark[:2] for mark in left] == [mark[:2] for mark in right]
    for a, b in zip(left, right, strict=True):
        np.testing.assert_allclose(b[2], a[2], atol=within, err_msg=f"{a[0]} {a[1]}")


MANY = Dataset(
    np.random.default_rng(0).normal(size=(60, 2)) * [0.002, 300.0] + [0.01, 9e4],
    np.arange(60) % 9,
    class_names=tuple(f"class number {i}" for i in range(9)),
    feature_names=("thickness (mm)", "load (N)"),
)


FILMS: dict[str, Callable[[], Animation]] = {
    "plane to space": lambda: animate(
        mlp([2, 3, 3, 2], "relu", seed=1), RINGS, size=(640, 720)
    ),
    "small, light": lambda: animate(
        mlp([2, 2, 2], "tanh", seed=2), RINGS, size=(240, 180), theme="light", view="2d"
    ),
    "many classes, own axes, measures": lambda: animate(
        mlp([2, 3, 9], "tanh", seed=0), MANY.standardised(), size=(900, 700),
        show=("measures",),
    ),
    "three": lambda: compare(
        {name: mlp([2, 3, 2], name, seed=0) for name in ("relu", "sin", "tanh")},
        RINGS, size=(900, 360), title="Three activations",
    ),
    "unit vectors": lambda: animate(MAPS, RINGS, size=(480, 360), show=("basis",)),
    "short ones": lambda: animate(MAPS, Dataset(1e-5 * RINGS.x, RINGS.y), show=("basis",)),
    "network": lambda: animate(nested("relu"), RINGS, size=(480, 360), network=True),
    "networks, shortened": lambda: compare(
        {name: mlp([2, 40, 2], name, seed=0) for name in ("relu", "tanh")},
        RINGS, size=(720, 400), network=True, theme="light",
    ),
    "a title that must shrink, and be cut": lambda: compare(
        {name: mlp([2, 3, 2], name, seed=0) for name in ("relu", "tanh")},
        RINGS, size=(480, 240), title="What two activations do to the plane, and how " * 3,
    ),
}  # fmt: skip


@cache
def film_of(name: str) -> Animation:
    return FILMS[name]()


MOMENTS = [
    (0, 0.0),
    (0, 0.1),
    (0, 0.5),
    (0, 0.93),
    (1, 0.0),
    (1, 0.4),
    (1, 1.0),
    (2, 0.06),
    (3, 0.5),
]


@pytest.mark.many(quick=2)
@pytest.mark.usefixtures("same_letters")
@pytest.mark.parametrize("name", FILMS)
def test_words_and_strokes_stand_where_pythons_do(name: str, modules: Path) -> None:
    film = film_of(name)
    moments = [(k, t) for k, t in MOMENTS if k < film.timeline.acts]
    for (k, t), there in zip(moments, theirs(film, moments, modules), strict=True):
        assert_same(ours(film, k, t), there)
        assert {kind for kind, _, _ in there} >= {"text", "stroke", "marker"}


def test_the_classic_pictures_frame_legend_and_ticks_are_pythons(
    modules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = classic_film(classic_start("tanh"))
    scene = film.scene
    assert isinstance(scene, ClassicScene)
    painter = ClassicPainter.of(scene)
    bars: list[Mark] = []

    def bar(canvas: Any, x0: float, y0: float, x1: float, y1: float, colour: Any) -> None:
        bars.append(("bar", tuple(colour), [x0, y0, x1 - x0, y1 - y0]))

    monkeypatch.setattr(classic, "text_width", wide)
    monkeypatch.setattr(classic, "paint_bar", bar)
    monkeypatch.setattr(classic, "paint_outlined", _nothing)
    canvas: Any = Recorder()
    moment = (1, 0.3)
    low, high = limits(scene.path.at(*moment).T, painter.least)
    recording = ClassicPainter(scene, painter.box, painter.least, canvas)
    recording._frame_and_legend()
    recording._ticks(canvas, low, high)
    (there,) = theirs(film, [moment], modules)
    # Its keyframes are shipped in 65,536 steps.
    there = [mark for mark in there if mark[0] != "marker"]
    assert_same([*canvas.marks, *bars], there, within=0.01)


def test_cloth_lines_and_dots_are_pythons(modules: Path) -> None:
    film = animate(
        mlp([2, 3, 3, 2], "relu", seed=1), RINGS, size=(320, 240),
        hide=("axes", "caption", "track", "legend", "scale"),
    )  # fmt: skip
    moments = [(0, 0.0), (1, 0.5), (4, 0.4)]
    shown = sorted(scene_of(film).show)
    painted = node(PAINT, modules, payload(film), moments, shown)
    for (k, t), told in zip(moments, painted, strict=True):
        raw = np.frombuffer(base64.b64decode("".join(told["pixels"])), np.uint8)
        assert psnr(film.frame(k, t).pixels, raw.reshape(240, 320, 4)[..., :3]) > 45


def test_easings_are_pythons(modules: Path) -> None:
    at = np.linspace(0, 1, 33).tolist()
    code = 'import { EASINGS } from "./formulas.js";\n'
    code += (
        "told(Object.fromEntries(Object.entries(EASINGS).map(([n, f]) => [n, given[0].map(f)])))"
    )
    told = node(code, modules, at)
    assert list(told) == list(EASINGS)
    for name, ease in EASINGS.items():
        np.testing.assert_allclose(told[name], [ease(t) for t in at], atol=1e-15)


def test_a_film_eases_as_its_clock_says(modules: Path) -> None:
    film = animate(mlp([2, 3, 2], "relu"), RINGS, size=(240, 180))
    tree = timeline_tree(film.timeline)
    code = 'import { clockOf } from "./clock.js";\nconst clock = clockOf(given[0]);\n'
    code += "told([0.25, 0.5].map((u) => clock.at(given[0].holds[0] + u * given[0].moving[0]).t))"
    # By default smoothstep, 3u² − 2u³.
    np.testing.assert_allclose(node(code, modules, tree), [0.15625, 0.5], atol=1e-12)


def test_letters_reach_as_far_as_those_of_the_films_font(modules: Path) -> None:
    code = 'import { ASCENT, DESCENT } from "./marks/overlay.js";\ntold([ASCENT, DESCENT]);'
    told = np.array(node(code, modules))
    np.testing.assert_allclose(
        told, np.array(text.text_height(bundled_font(), 2048)) / 2048, atol=5e-4
    )


def test_steps_and_labels_are_pythons(modules: Path) -> None:
    spans = (10.0 ** np.linspace(-6, 6, 97)).tolist()
    code = 'import { niceStep, tickLabel } from "./marks/axes.js";\n'
    code += (
        "told(given[0].map((s) => [niceStep(s, 5), tickLabel(3 * niceStep(s, 5), niceStep(s, 5))]))"
    )
    for span, (step, label) in zip(spans, node(code, modules, spans), strict=True):
        assert step == pytest.approx(axes.nice_step(span, 5), rel=1e-12)
        assert label == axes.tick_label(3 * step, step)


def test_areas_and_their_numbers_are_pythons(modules: Path) -> None:
    rng = np.random.default_rng(0)
    values = [*rng.normal(0, 3, 20), *rng.normal(0, 1e7, 20), -1e-4, 0.0]
    vectors = [rng.normal(size=(n, 3)) for n in (1, 2, 3) for _ in range(5)]
    code = """import { plain, spanned } from "./marks/basis.js";
    told([given[0].map((value) => plain(value, 3)),
      given[1].flatMap((all) => [spanned(all, true), spanned(all, false)])]);"""
    told, sizes = node(code, modules, values, [each.tolist() for each in vectors])
    assert told == [basis.plain(value, 3) for value in values]
    want = [basis.spanned(each, square) for each in vectors for square in (True, False)]
    np.testing.assert_allclose(sizes, want, atol=1e-9)


def test_activations_are_pythons(modules: Path) -> None:
    at = np.linspace(-6, 6, 49)
    code = 'import { ACTIVATIONS } from "./formulas.js";\n'
    code += "told(Object.fromEntries(Object.entries(ACTIVATIONS).map(([n, f]) =>"
    code += " [n, given[0].map((z) => f(z))])))"
    told = node(code, modules, at.tolist())
    for name, values in told.items():
        want = ACTIVATIONS[name].f(at)
        np.testing.assert_allclose(values, want, rtol=1e-12, atol=1e-14, err_msg=name)


def test_every_number_is_read_and_none_is_owned_twice() -> None:
    source = re.sub(r"/\*.*?\*/", "", "\n".join(module_texts(MODULES).values()), flags=re.DOTALL)
    for name in NUMBERS:
        assert re.search(rf"\b{name}\b", source), f"no module reads {name}"
        assert not re.search(rf"\bconst {name} = (?!.*NUMBERS)", source), (
            f"a module has its own {name}"
        )


# What the numbers themselves must do, whoever reads them.


def marks_at(film: Animation, k: int, t: float, kind: str) -> list[Mark]:
    return [mark for mark in ours(film, k, t) if mark[0] == kind]


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    film = film_of("plane to space")
    panel = panel_of(film)
    stop = next(k for k, flat in enumerate(panel.flat) if not flat)
    layout = panel.layout
    units = panel.camera.look(panel.path.at(stop, 0.0), stop, 0.0)[0].units_per_pixel
    level = [
        v for _, _, v in marks_at(film, stop, 0.0, "stroke") if v[1] == v[3] == layout.scale[1]
    ]
    assert len(level) == 1
    length = level[0][2] - level[0][0]
    words = [(w[0], v) for _, w, v in marks_at(film, stop, 0.0, "text")]
    says = next(float(w.replace("−", "-")) for w, v in words if v[1] == layout.scale[1])
    assert length * units == pytest.approx(says)
    assert 0.08 <= length / layout.box.width <= 0.2


def test_axes_are_gone_after_fifteen_hundredths_of_an_act() -> None:
    film = film_of("plane to space")
    panel = panel_of(film)
    leaving = next(k for k in range(len(panel.flat)) if panel.flat[k] and not panel.flat[k + 1])

    def opacity(t: float) -> Floats:
        edge = panel.layout.safe.y1
        lines = [v for _, _, v in marks_at(film, leaving, t, "stroke") if v[1] == v[3] == edge]
        return np.array([v[5] for v in lines])

    full = opacity(0.0)
    assert len(full) == 1
    np.testing.assert_allclose(opacity(0.075), full / 2)
    assert len(opacity(0.1499)) == 1 and len(opacity(0.151)) == 0


def test_ticks_have_the_small_letters() -> None:
    # 3.4 % of the panel's height: 24 px of 720.
    film = film_of("plane to space")
    ticks = [v for _, (words, *_), v in marks_at(film, 0, 0.0, "text") if words[-1].isdigit()]
    assert len(ticks) > 6
    assert {v[3] for v in ticks} == {24}
