"""Where the names of classes stand: in a row, or in columns where they are many."""

from pathlib import Path

from warpviz.picture.words.text import shortened, text_width

FEW = 4
"""Classes whose names share one row even where they are shortened."""
LEGEND_ROW = 1.4
"""Height of a row of the legend, in its letters' size."""
MOST_LEGEND = 0.26
"""Of the panel's height that a legend in columns may take."""
SMALLEST_LETTERS = 9


def legend_width(names: tuple[str, ...], font: Path, small: int) -> int:
    """Width of a legend in one row, in pixels."""
    return sum(text_width(name, font, small) + round(1.9 * small) for name in names)


def shared(names: tuple[str, ...], font: Path, small: int, room: float) -> tuple[str, ...]:
    """Class names that fit into a row: short ones whole, the others sharing what is left."""
    left, shown = room, list(names)
    widths = [legend_width((name,), font, small) for name in names]
    for place, index in enumerate(sorted(range(len(names)), key=widths.__getitem__)):
        share = left / (len(names) - place)
        if widths[index] > share:
            extra = legend_width(("",), font, small)
            shown[index] = shortened(names[index], font, small, share - extra)
        left -= legend_width((shown[index],), font, small)
    return tuple(shown)


def placed(
    names: tuple[str, ...], font: Path, small: int, room: float, height: float
) -> tuple[int, int, tuple[str, ...]]:
    """Columns, letters' size and names of a legend; no columns are one row."""
    row = shared(names, font, small, room)
    if row != names and len(names) > FEW:
        return in_columns(names, font, small, room, height)
    if legend_width(row, font, small) > room:
        row = ("",) * len(names)  # Markers alone, where there is no room for words.
    return 0, small, row


def in_columns(
    names: tuple[str, ...], font: Path, small: int, room: float, height: float
) -> tuple[int, int, tuple[str, ...]]:
    """Columns, letters' size and names of a legend that is too wide for one row.

    Names stay whole where they can: first in more rows, then in smaller letters, then shortened.
    """
    for size in range(small, SMALLEST_LETTERS - 1, -1):
        widest = max(legend_width((name,), font, size) for name in names)
        columns = min(len(names), int(room // widest))
        most = max(2, int(MOST_LEGEND * height / (LEGEND_ROW * size)))
        if columns and -(-len(names) // columns) <= most:
            rows = -(-len(names) // columns)
            return -(-len(names) // rows), size, names
    columns = -(-len(names) // most)
    mark = legend_width(("",), font, size)
    if room / columns < legend_width(("a…",), font, size):
        return 0, size, ("",) * len(names)  # Markers alone, where there is no room for words.
    cut = tuple(shortened(name, font, size, room / columns - mark) for name in names)
    return columns, size, cut
