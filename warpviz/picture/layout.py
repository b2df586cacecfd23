"""Where everything goes: panels in a grid, and in each panel rows for caption, legend and track.

All sizes follow the panel's height, so that a film looks the same from 240×180 to 3840×2160.
"""

import math
from dataclasses import dataclass
from pathlib import Path

from warpviz.motion.framing import Box
from warpviz.picture.tiling import grid
from warpviz.picture.words.legend import LEGEND_ROW, legend_width, placed
from warpviz.picture.words.text import text_width

CAPTION = 0.05
"""The caption's em over the panel's height, where there is room."""
LEAST_CAPTION = 0.044
"""The least it may be; and 9 px at least."""
CAPTION_ROW = 1.3
"""Height of the row of a caption or a remark, in em."""
BESIDE = 0.15
"""How far a legend stands below the top of the row that it shares, in em."""
NARROW = 2.0
"""A panel that is higher than so many of its widths has words for so many widths."""


@dataclass(frozen=True)
class PanelLayout:
    """One panel's places, in pixels of the whole picture, y downwards.

    Attributes:
        box: the panel.
        safe: where the cloud may be.
        em: the size that rows are measured in.
        caption_em: caption size.
        small: size of legend, ticks and scale bar.
        unit: the length that dots and lines are multiples of: 1 at a height of 480.
        title: baseline box of the panel's title, None without.
        caption: top left corner of the caption.
        caption_width: what it may take.
        remark: top left corner of the remark below the caption, None where there is none.
        notes: top left corner of the line of measures, None where it is not drawn.
        notes_width: what it may take.
        basis: top left corner of the determinant, None where it is not drawn.
        legend: top right corner of the legend, None where it is not drawn.
        legend_names: the class names, shortened where they must be.
        legend_columns: in how many columns they stand, from the left; 0 is one row to the right.
        legend_small: size of their letters.
        track: x0, x1, y of the track's rail.
        scale: right end and y of the scale bar.
        network: where the network is drawn, None where it is not.
    """

    box: Box
    safe: Box
    em: int
    caption_em: int
    small: int
    unit: float
    title: tuple[float, float] | None
    caption: tuple[float, float]
    caption_width: float
    remark: tuple[float, float] | None
    notes: tuple[float, float] | None
    notes_width: float
    basis: tuple[float, float] | None
    legend: tuple[float, float] | None
    legend_names: tuple[str, ...]
    legend_columns: int
    legend_small: int
    track: tuple[float, float, float]
    scale: tuple[float, float]
    network: Box | None = None


def lay_out(
    size: tuple[int, int],
    titles: tuple[str, ...],
    captions: tuple[str, ...],
    class_names: tuple[str, ...],
    show: frozenset[str],
    font: Path,
    headline: str = "",
    remarks: tuple[str, ...] = (),
) -> tuple[PanelLayout, ...]:
    """Place one panel for each title.

    Args:
        size: width, height of the picture in pixels.
        titles: one a panel, "" for none.
        captions: the captions of all panels that will be shown, to find room for the longest.
        class_names: for the legend.
        show: the parts that are drawn.
        font: the font file.
        headline: over all panels, "" for none.
        remarks: of all panels, likewise; they stand below the captions; () for none.
    """
    width, height = size
    columns, rows = grid(len(titles), width, height)
    top = round(0.075 * height) if headline else 0
    layouts = []
    for index in range(len(titles)):
        row, column = divmod(index, columns)
        # A last row that is not full stands in the middle.
        missing = columns - (len(titles) - row * columns) if row == rows - 1 else 0
        shift = max(missing, 0) * width / columns / 2
        x0, x1 = (round(shift + width * (column + i) / columns) for i in (0, 1))
        y0, y1 = (round(top + (height - top) * (row + i) / rows) for i in (0, 1))
        box = Box(x0, y0, x1, y1)
        layouts.append(
            _panel(box, titles[index], titles, captions, remarks, class_names, show, font)
        )
    return tuple(layouts)


def fits(captions: tuple[str, ...], layout: PanelLayout, font: Path) -> bool:
    """Whether captions have room at the layout's caption size."""
    return _longest(captions, font, layout.caption_em) <= layout.caption_width


def _longest(texts: tuple[str, ...], font: Path, size: int) -> int:
    return max((text_width(text, font, size) for text in texts), default=0)


def _caption_em(texts: tuple[str, ...], font: Path, em: int, height: float, room: float) -> int:
    """A caption may shrink a little to fit; then whoever wrote it must be brief."""
    least = max(9, math.ceil(LEAST_CAPTION * height))
    while em > least and _longest(texts, font, em) > room:
        em -= 1
    return em


def _panel(
    box: Box,
    title: str,
    titles: tuple[str, ...],
    captions: tuple[str, ...],
    remarks: tuple[str, ...],
    class_names: tuple[str, ...],
    show: frozenset[str],
    font: Path,
) -> PanelLayout:
    height = min(box.height, NARROW * box.width)
    em = max(9, round(CAPTION * height))
    small = max(9, round(0.034 * height))
    margin = 0.6 * em
    x0, x1, y = box.x0 + margin, box.x1 - margin, box.y0 + 0.35 * em
    room = x1 - x0

    caption_em = _caption_em((*captions, *remarks), font, em, height, room)
    title_at = None
    if title:
        title_at = (x0, y)
        y += 1.25 * em
    caption_at = (x0, y)
    columns, letters, names = placed(class_names, font, small, room, box.height)
    key = room if columns else legend_width(names, font, small)
    remark_at = None
    if "caption" in show:
        y += CAPTION_ROW * em
        if remarks:
            remark_at = (x0, y)
            y += CAPTION_ROW * em
    legend_at, own_row = None, False
    # Where not even the markers fit, a legend would only be in the way.
    if "legend" in show and key <= room:
        left = room - key - em
        rows = (
            # The longest title decides for all, so that rows are at one height in all panels.
            (title_at, titles, em),
            (caption_at if "caption" in show and not title else None, captions, caption_em),
            (remark_at, remarks, caption_em),
        )
        beside = (
            at[1] + BESIDE * em
            for at, texts, size in rows
            if at and _longest(texts, font, size) <= left
        )
        row = next(beside, None)
        legend_at, own_row = (x1, y if row is None else row), row is None
        if own_row:
            y += LEGEND_ROW * letters * (-(-len(names) // columns) if columns else 1)
    notes_at, notes_room = None, room
    if "measures" in show:
        notes_at = (x0, y)
        if legend_at and own_row and key <= 0.35 * room:
            notes_at, notes_room = (x0, legend_at[1]), room - key - em  # Both in one row.
        else:
            y += 1.4 * small
    basis_at = None
    if "basis" in show:
        basis_at = (x0, y)
        y += 1.4 * small
    top = y + 0.25 * em

    bottom = box.y1 - 0.35 * em
    track_y = bottom - 0.3 * em
    if "track" in show:
        bottom = track_y - 0.45 * em
    # Tick labels and the scale bar share a row: where there are axes the bar is not needed.
    scale_y = bottom - 0.6 * small
    if "scale" in show or "axes" in show:
        bottom = scale_y - 1.0 * small
    side = 3.3 * small if "axes" in show else margin
    return PanelLayout(
        box=box,
        safe=Box(box.x0 + side, top, box.x1 - side, bottom),
        em=em,
        caption_em=caption_em,
        small=small,
        unit=box.height / 480,
        title=title_at,
        caption=caption_at,
        caption_width=room,
        remark=remark_at,
        notes=notes_at,
        notes_width=notes_room,
        basis=basis_at,
        legend=legend_at,
        legend_names=names,
        legend_columns=columns,
        legend_small=letters,
        track=(x0 + 0.1 * em, x1 - 0.1 * em, track_y),
        scale=(x1, scale_y),
    )
