"""Parts of a report as HTML: everything that comes from outside is escaped here."""

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from html import escape
from io import BytesIO
from typing import Any

from warpviz.errors import WarpvizError
from warpviz.studies.charts.figure import StudyFigure
from warpviz.theme import THEMES


def section(title: str, *parts: str) -> str:
    """A heading with what belongs under it; nothing where there is nothing."""
    inside = "\n".join(part for part in parts if part)
    return f"<section>\n<h2>{escape(title)}</h2>\n{inside}\n</section>" if inside else ""


def paragraph(text: str) -> str:
    """A paragraph."""
    return f"<p>{escape(text)}</p>"


def in_both(make: Callable[[str], str]) -> str:
    """A picture in every theme of the page, of which the reader's is seen."""
    return "".join(f'<div class="{theme}">{make(theme)}</div>' for theme in ("light", "dark"))


def shown(make: Callable[[], StudyFigure], name: str, links: Sequence[int] = ()) -> str:
    """A figure with its meaning and its data; where it cannot be drawn, why."""
    try:
        figure = make()
    except WarpvizError as error:
        return paragraph(str(error))
    chart = figure.chart
    told = chart.meaning
    if chart.kind in ("ribbon", "points"):
        share = chart.labels[1].startswith("share ")
        told += " Share, with Wilson's interval of 95 %." if share else " Median and quartiles."
    pictures = in_both(lambda theme: figure.svg(theme, links))
    data = figure.table.to_csv(index=False, lineterminator="\n")
    return (
        f"<figure>{pictures}<figcaption>{escape(told.strip())} {data_link(data, name)}"
        "</figcaption></figure>"
    )


def data_link(text: str, name: str) -> str:
    """A table to be saved."""
    coded = b64encode(text.encode()).decode()
    address = f"data:text/csv;charset=utf-8;base64,{coded}"
    return f'<a download="{escape(name)}.csv" href="{address}">data</a>'


def picture(make: Callable[[str], Any], told: str) -> str:
    """A figure of matplotlib in pixels, by the name of its theme, with what it shows."""

    def drawn(theme: str) -> str:
        file = BytesIO()
        make(theme).savefig(file, format="png", dpi=150, metadata={"Software": None})
        coded = b64encode(file.getvalue()).decode()
        return f'<img alt="{escape(told)}" src="data:image/png;base64,{coded}">'

    return f"<figure>{in_both(drawn)}<figcaption>{escape(told)}</figcaption></figure>"


def facts_table(facts: Mapping[str, Any]) -> str:
    """Names with what they are."""
    rows = "".join(
        f"<tr><th>{escape(str(name))}</th><td>{escape(_said(value))}</td></tr>"
        for name, value in facts.items()
    )
    return f'<div class="wide"><table>{rows}</table></div>'


def columns_table(columns: Mapping[str, Mapping[str, str]]) -> str:
    """What every column of a table means."""
    rows = "".join(
        f"<tr><th><code>{escape(name)}</code></th><td>{escape(one['meaning'])}</td>"
        f"<td>{escape(one['unit'])}</td><td>{escape(one['source'])}</td></tr>"
        for name, one in columns.items()
    )
    return f'<div class="wide"><table>{rows}</table></div>'


def _said(value: Any) -> str:
    if isinstance(value, list):
        return " · ".join(",".join(map(str, v)) if isinstance(v, list) else str(v) for v in value)
    return str(value)


def colours() -> str:
    """The page's colours in both themes."""
    rules = []
    for name, rule in (
        ("light", ":root {{ {} }}"),
        ("dark", "@media (prefers-color-scheme: dark) {{ :root {{ {} }} }}"),
    ):
        theme = THEMES[name]
        own = {"background": theme.background, "text": theme.text, "muted": theme.muted,
               "link": theme.classes[1]}  # fmt: skip
        said = "; ".join(f"--{key}: rgb({r}, {g}, {b})" for key, (r, g, b) in own.items())
        rules.append(rule.format(said))
    return "\n".join(rules)  # fmt: skip
