"""What Python's painter and the player's lay down around the cloth, as lists of marks."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from tests.player.modules import node
from tests.scenes import scene_of
from warpviz.arrays import Floats
from warpviz.film.reel.animation import Animation
from warpviz.picture.cloth import paint_cells, paint_lines
from warpviz.picture.marks.dots import paint_dots
from warpviz.picture.marks.overlay import paint_bar, paint_markers, paint_polygon, paint_strokes
from warpviz.picture.paint import paint_around, paint_panel
from warpviz.picture.raster.dots import MARKERS
from warpviz.picture.words.text import put_text
from warpviz.player.payload import payload

CLOTH = {"sheet", "grid", "dots", "creases", "boundary", "regions"}
Mark = tuple[str, tuple[Any, ...], list[float]]
"""What is laid down: its kind, what must be equal, and numbers."""


@dataclass
class Recorder:
    """A canvas that only remembers what is laid on it."""

    marks: list[Mark] = field(default_factory=list)

    def stroke(self, line: list[float], width: float, colour: Any, opacity: float) -> None:
        self.marks.append(("stroke", tuple(colour), [*line, width, opacity]))


def nothing(canvas: Recorder, *_: Any, **__: Any) -> None:
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
    brush.register(Recorder, nothing)


def wide(words: str, font: Any, size: float) -> float:
    """Both sides measure text alike here: what is compared is where it stands."""
    return 0.6 * size * len(words)


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
