"""Charts drawn by matplotlib, in a theme's colours."""

import math
from collections.abc import Collection
from typing import Any

import numpy as np

from warpviz.colour import mixed
from warpviz.figures.style import MARKERS, dress, literal, rgb
from warpviz.picture.marks.dots import marker_of
from warpviz.studies.charts.chart import Chart, Line
from warpviz.theme import Theme, with_classes

PANEL = (3.5, 2.7)
"""Inches of one panel, and"""
ALONE = (5.6, 3.8)
"""of one that stands alone."""
COLUMNS = 3
WIDE = 300.0
"""Times the least value from which on an axis is logarithmic."""


def drawn(chart: Chart, theme: Theme, *, links: Collection[int] = (), title: bool = True) -> Any:
    """The figure.

    Args:
        chart: what is drawn.
        theme: the colours.
        links: of a scatter, the networks whose dots lead to "#run-17".
        title: whether it says what it is over itself.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    count = len(chart.panels)
    columns = 2 if count == 4 else min(count, COLUMNS)
    rows = math.ceil(count / columns)
    width, height = ALONE if count == 1 else (PANEL[0] * columns, PANEL[1] * rows)
    colours = with_classes(theme, max(len(lines) for _, lines in chart.panels))
    figure = Figure((width, height + 0.5), facecolor=rgb(colours.background), layout="constrained")
    FigureCanvasAgg(figure)
    grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
    names = list(dict.fromkeys(line.name for _, lines in chart.panels for line in lines))
    scale = None
    for k, axes in enumerate(grid.flat):
        if k >= count:
            axes.set_visible(False)
            continue
        dress(axes, colours)
        heading, lines = chart.panels[k]
        axes.set_title(literal(heading), fontsize=9.5, color=rgb(colours.text))
        if chart.kind == "heat":
            scale = _heat(axes, lines, chart, colours)
        else:
            for line in lines:
                _draw(axes, line, names.index(line.name), len(names), chart, colours, links)
            _axes(axes, chart, colours)
        if k >= count - columns:
            axes.set_xlabel(chart.labels[0])
            axes.xaxis.set_tick_params(labelbottom=True)
        if k % columns == 0:
            axes.set_ylabel("stop" if chart.kind == "heat" else chart.labels[1])
    if scale is not None:
        bar = figure.colorbar(scale, ax=grid, label=chart.labels[1], shrink=0.9)
        bar.ax.tick_params(colors=rgb(colours.muted), labelsize=9)
        bar.ax.yaxis.label.set_color(rgb(colours.muted))
        bar.outline.set_edgecolor(rgb(colours.muted))
    elif len(names) > 1:
        _legend(figure, chart.by, names, colours, width)
    if title:
        figure.suptitle(literal(_title(chart)), fontsize=10, color=rgb(colours.text))
    return figure


def _title(chart: Chart) -> str:
    what = chart.y.replace("_", " ")
    return f"{what} {chart.where}" if chart.where else what


def _draw(
    axes: Any, line: Line, k: int, of: int, chart: Chart, theme: Theme, links: Collection[int]
) -> None:
    colour = rgb(theme.classes[k % len(theme.classes)])
    marker = MARKERS[marker_of(k, theme)]
    style: Any = {"color": colour, "label": literal(line.name)}
    if chart.kind == "ribbon":
        axes.fill_between(line.x, line.low, line.high, color=colour, alpha=0.2, linewidth=0)
        axes.plot(line.x, line.middle, marker=marker, markersize=4, linewidth=1.6, **style)
    elif chart.kind == "points":
        # Beside each other, so that no interval hides another.
        aside = (k - (of - 1) / 2) * 0.7 / max(of, 1) * _step(chart)
        ends = np.abs(np.stack([line.middle - line.low, line.high - line.middle]))
        axes.errorbar(
            line.x + aside, line.middle, ends, fmt=marker, markersize=5.5, capsize=2.5,
            linewidth=1.3, **style,
        )  # fmt: skip
    else:
        dots = axes.scatter(
            line.x, line.middle, s=26, marker=marker, linewidths=0.5,
            edgecolors=[rgb(theme.outline)], **style,
        )  # fmt: skip
        ours = np.isin(line.runs, list(links))
        if ours.any():
            dots.set_urls([f"#run-{run}" if own else None
                           for run, own in zip(line.runs, ours, strict=True)])  # fmt: skip
            edges = [rgb(theme.text) if own else rgb(theme.outline) for own in ours]
            dots.set_edgecolors(edges)
            dots.set_linewidths(np.where(ours, 1.2, 0.5))


def _step(chart: Chart) -> float:
    """The least distance between places on x."""
    places = np.unique(np.concatenate([line.x for _, lines in chart.panels for line in lines]))
    return float(np.diff(places).min()) if len(places) > 1 else 1.0


def _axes(axes: Any, chart: Chart, theme: Theme) -> None:
    """Scales and ticks: epochs by their logarithm, 0 among them; shares from 0 to 1."""
    axes.grid(True, color=rgb(theme.muted), alpha=0.22, linewidth=0.6)
    axes.set_axisbelow(True)
    places = np.unique(np.concatenate([line.x for _, lines in chart.panels for line in lines]))
    if chart.x == "epoch" and places.max() > 20:
        axes.set_xscale("symlog", linthresh=1, linscale=0.4)
        ticks = [0, *(10.0**k for k in range(int(np.log10(places.max())) + 1))]
        axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
        axes.minorticks_off()
    elif chart.names:
        axes.set_xticks(range(len(chart.names)), list(map(literal, chart.names)), rotation=0)
        if sum(map(len, chart.names)) > 30:
            axes.tick_params(axis="x", rotation=35)
        axes.set_xlim(-0.6, len(chart.names) - 0.4)
    elif chart.kind != "scatter" and len(places) <= 12:
        axes.set_xticks(places, [f"{place:g}" for place in places])
    if chart.kind == "scatter" and places.min() > 0 and places.max() / places.min() > WIDE:
        axes.set_xscale("log")
    spread = _spread(chart)
    if chart.shares:
        axes.set_ylim(-0.04, 1.04)
    elif spread is not None and spread > WIDE:
        axes.set_yscale("log")


def _spread(chart: Chart) -> float | None:
    """The largest value over the least; None where some is not above 0."""
    lows = np.concatenate([line.low for _, lines in chart.panels for line in lines])
    highs = np.concatenate([line.high for _, lines in chart.panels for line in lines])
    return float(highs.max() / lows.min()) if lows.min() > 0 else None


def _heat(axes: Any, lines: tuple[Line, ...], chart: Chart, theme: Theme) -> Any:
    """Cells of one colour each: from the background to the text's colour by what they are."""
    from matplotlib.colors import LinearSegmentedColormap

    places = sorted({float(x) for line in lines for x in line.x})
    cells = np.full((len(lines), len(places)), np.nan)
    for k, line in enumerate(lines):
        cells[k, [places.index(float(x)) for x in line.x]] = line.middle
    known = [line.middle for _, each in chart.panels for line in each]
    ends = min(v.min() for v in known), max(v.max() for v in known)
    low, high = (0.0, 1.0) if chart.shares else ends
    # What is least is seen against what is not there.
    least = mixed(theme.background, theme.muted, 0.16)
    ramp = [rgb(least), rgb(theme.cloth[1]), rgb(theme.classes[0])]
    colours = LinearSegmentedColormap.from_list("study", ramp)
    mesh = axes.pcolormesh(
        np.arange(len(places) + 1), np.arange(len(lines) + 1), cells, cmap=colours, vmin=low,
        vmax=high, edgecolors=rgb(theme.background), linewidth=0.6,
    )  # fmt: skip
    every = max(1, math.ceil(len(places) / 6))
    ticks = range(0, len(places), every)
    axes.set_xticks([k + 0.5 for k in ticks], [f"{places[k]:g}" for k in ticks])
    axes.set_yticks([k + 0.5 for k in range(len(lines))], [line.name for line in lines])
    return mesh


def _legend(figure: Any, by: str, names: list[str], theme: Theme, width: float) -> None:
    """The colours below the panels; what they are of, unless their names say it themselves."""
    handles: dict[str, Any] = {}
    labels = [literal(name) for name in names]
    for one in figure.axes:
        for handle, label in zip(*one.get_legend_handles_labels(), strict=True):
            handles.setdefault(label, handle)
    legend = figure.legend(
        [handles[label] for label in labels], labels, loc="outside lower center", frameon=False,
        ncols=max(1, min(len(names), int(width / 1.3))), fontsize=9, labelcolor=rgb(theme.text),
        title=None if by in ("activation", "data") else by.replace("_", " "), title_fontsize=9,
    )  # fmt: skip
    legend.get_title().set_color(rgb(theme.muted))
