"""What matplotlib draws, as shapes and words instead of pixels.

matplotlib asks a renderer for paths, markers and lines of text, and knows where each stands: this
renderer keeps them. Letters are measured as the pixels' own renderer measures them, so that all
stands where it does there.
"""

import math
from typing import Any

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from warpviz.arrays import Floats
from warpviz.colour import Colour
from warpviz.motion.framing import Box
from warpviz.picture.marks.still import Mark, Scale, Shape, Still, Word

_BREAK = np.full((1, 2), np.nan)


def recorded(figure: Any, axes: Any, corner: tuple[int, int]) -> Still:
    """What a figure of matplotlib's shows besides its ground.

    Args:
        figure: whose canvas is one of pixels.
        axes: its main axes; filled contours on them are left out, see `Ground`.
        corner: x, y in the whole picture of the figure's top left corner.
    """
    kept = _Recorder(figure.canvas.get_renderer(), corner)
    hidden = [figure.patch, axes.patch, *(c for c in axes.collections if hasattr(c, "levels"))]
    seen = [artist.get_visible() for artist in hidden]
    for artist in hidden:
        artist.set_visible(False)
    figure.draw(kept)
    for artist, visible in zip(hidden, seen, strict=True):
        artist.set_visible(visible)
    scales = (
        _scale(axes.xaxis, axes.get_xscale(), axes.get_xlim()),
        _scale(axes.yaxis, axes.get_yscale(), axes.get_ylim()),
    )
    return Still(tuple(kept.marks), scales)


def _scale(axis: Any, kind: str, limits: tuple[float, float]) -> Scale:
    low, high = map(float, limits)
    if kind != "symlog":
        return Scale(kind, low, high)
    made = axis.get_transform()
    return Scale(kind, low, high, float(made.linthresh), float(made.linscale))


def _colour(rgba: Any) -> Colour:
    red, green, blue = (round(255 * float(part)) for part in rgba[:3])
    return red, green, blue


class _Recorder(RendererBase):
    """matplotlib asks for a class; it keeps what it is told to draw."""

    def __init__(self, pixels: Any, corner: tuple[int, int]) -> None:
        super().__init__()
        self.marks: list[Mark] = []
        self._pixels, self._corner = pixels, corner
        self._height = float(pixels.height)
        self._within: list[str] = []

    def open_group(self, s: str, gid: Any = None) -> None:
        self._within.append(s)

    def close_group(self, s: str) -> None:
        self._within.remove(s)

    @property
    def _part(self) -> str:
        """What of the main axes is being drawn."""
        if "legend" in self._within:
            return "key"
        if self._within.count("axes") != 1:
            return ""
        if "matplotlib.axis" in self._within or self._within[-1] == "patch":
            return "axis"
        return "" if self._within[-1] == "text" else "data"

    def get_canvas_width_height(self) -> tuple[float, float]:
        return float(self._pixels.width), self._height

    def get_text_width_height_descent(self, s: Any, prop: Any, ismath: Any) -> Any:
        return self._pixels.get_text_width_height_descent(s, prop, ismath)

    def points_to_pixels(self, points: Any) -> Any:
        return self._pixels.points_to_pixels(points)

    def draw_path(self, gc: Any, path: Any, transform: Any, rgbFace: Any = None) -> None:
        self._keep(gc, self._placed(_outline(path, transform, rgbFace is not None)), rgbFace)

    def draw_markers(
        self,
        gc: Any,
        marker_path: Any,
        marker_trans: Any,
        path: Any,
        trans: Any,
        rgbFace: Any = None,
    ) -> None:
        places = trans.transform(path.vertices)
        places = places[np.isfinite(places).all(axis=1)]
        outline = _outline(marker_path, marker_trans, rgbFace is not None) * (1.0, -1.0)
        self._keep(gc, outline, rgbFace, self._placed(places))

    def draw_path_collection(self, gc: Any, *given: Any, **more: Any) -> None:
        transform, paths, own, offsets, offset_trans, faces, edges, widths = given[:8]
        one = len(paths) == 1 and len(own) < 2 and len(faces) < 2 and len(edges) < 2
        if not one or len(offsets) < 2:
            super().draw_path_collection(gc, *given, **more)
            return
        # Markers all alike: an outline and its places.
        turn = transform if len(own) == 0 else Affine2D(own[0]) + transform
        kept = self.new_gc()
        kept.copy_properties(gc)
        if len(edges):
            kept.set_foreground(edges[0])
            kept.set_linewidth(widths[0] if len(widths) else 1.0)
        else:
            kept.set_linewidth(0.0)
        places = Path(np.asarray(offsets))
        self.draw_markers(
            kept, paths[0], turn, places, offset_trans, faces[0] if len(faces) else None
        )

    def draw_text(
        self,
        gc: Any,
        x: Any,
        y: Any,
        s: Any,
        prop: Any,
        angle: Any,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        if ismath:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        wide, _, _ = self._pixels.get_text_width_height_descent(s, prop, False)
        align = {"center": 0.5, "right": 1.0}.get(
            mtext.get_horizontalalignment() if mtext else "", 0.0
        )
        turn = math.radians(angle)
        left, top = self._corner
        at = (
            left + float(x) + align * wide * math.cos(turn),
            top + float(y) - align * wide * math.sin(turn),
        )
        size = float(self.points_to_pixels(prop.get_size_in_points()))
        rgba = gc.get_rgb()
        opacity = float(rgba[3]) if len(rgba) > 3 else float(gc.get_alpha())
        self.marks.append(
            Word(s, at, align, size, float(angle), _colour(rgba), opacity, self._part)
        )

    def _keep(self, gc: Any, points: Floats, face: Any, places: Floats | None = None) -> None:
        width = float(self.points_to_pixels(gc.get_linewidth()))
        rgba, forced = gc.get_rgb(), gc.get_forced_alpha()
        edge = float(gc.get_alpha()) if forced or len(rgba) < 4 else float(rgba[3])
        filled = 1.0
        if face is not None:
            filled = float(gc.get_alpha()) if forced or len(face) < 4 else float(face[3])
        _, dashes = gc.get_dashes()
        mark = Shape(
            points,
            _colour(face) if face is not None and filled > 0 else None,
            _colour(rgba) if width > 0 and edge > 0 else None,
            width,
            (filled, edge),
            () if dashes is None else tuple(float(self.points_to_pixels(one)) for one in dashes),
            places,
            self._clip(gc),
            self._part,
        )
        if len(points) and (mark.fill is not None or mark.line is not None):
            self.marks.append(mark)

    def _placed(self, points: Floats) -> Floats:
        """From matplotlib's pixels, upwards, to the whole picture's, downwards."""
        left, top = self._corner
        return np.column_stack([points[:, 0] + left, self._height - points[:, 1] + top])

    def _clip(self, gc: Any) -> Box | None:
        box = gc.get_clip_rectangle()
        if box is None:
            return None
        (x0, y1), (x1, y0) = self._placed(np.array([[box.x0, box.y0], [box.x1, box.y1]])).tolist()
        return Box(x0, y0, x1, y1)


def _outline(path: Any, transform: Any, filled: bool) -> Floats:
    """A path's polygons (M, 2), curves cut into straight pieces, a break between two."""
    # An outline of two points has nothing to fill: it is a stroke all the same.
    parts = path.to_polygons(transform, closed_only=filled and len(path.vertices) > 2)
    rows = [row for part in parts for row in (np.asarray(part, dtype=np.float64), _BREAK)]
    return np.concatenate(rows[:-1]) if rows else np.zeros((0, 2))
