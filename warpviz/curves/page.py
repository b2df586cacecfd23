"""The straight way from z to f(z) as one page: a slider for t, nothing to load."""

import html
import json
import os
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np

from warpviz.arrays import Floats
from warpviz.atomic import check_writable, replacing
from warpviz.curves.drawable import Drawable, drawables, heights
from warpviz.curves.figure import name_of
from warpviz.curves.table import records_of
from warpviz.curves.words import fold_words, said
from warpviz.film.pace import SECONDS
from warpviz.model.activations import ActivationFunction
from warpviz.own_theme import ThemeLike, as_theme
from warpviz.player.sealed import sealed
from warpviz.theme import THEMES, Theme, scheme
from warpviz.version import __version__

TITLE = "How activations bend the line, from z to f(z)"


def save_page(
    names: Sequence[str | ActivationFunction],
    path: str | os.PathLike[str],
    *,
    theme_name: ThemeLike = "dark",
    limits: tuple[float, float] | None = None,
    seconds: float | None = None,
) -> Path:
    """Write the page; `path` ends in .html.

    Args:
        names: of activations, formulas, or records; all there are where it is empty.
        path: the file.
        theme_name: the theme with which it begins, see `as_theme`.
        limits: of z.
        seconds: that it plays; None is 8.

    Raises:
        WarpvizError: for a name that there is not, or a path that cannot be written.
    """
    own = replace(as_theme(theme_name), transparent=False)  # A page has a background.
    themes = dict(THEMES) if own in THEMES.values() else {"own": own, **THEMES}
    begins = next(name for name, known in themes.items() if known == own)
    where = check_writable(path)
    drawn = drawables(records_of(names), limits)
    bottom, top = heights(drawn)
    data = {
        "panels": [_panel(each) for each in drawn],
        "low": float(drawn[0].z[0]),
        "high": float(drawn[0].z[-1]),
        "bottom": bottom,
        "top": top,
        "seconds": seconds or SECONDS,
        "themes": list(themes),
    }
    told = "; ".join(f"{each.record.label} {fold_words(each.facts)}" for each in drawn)
    parts = {
        "theme": begins,
        "version": __version__,
        "title": TITLE,
        "description": html.escape(f"{TITLE}: {told}.", quote=True),
        "colours": "\n".join(_colours(*each) for each in themes.items()),
        # A name may hold anything; within a script "</" would end it.
        "data": json.dumps(data, ensure_ascii=False, allow_nan=False).replace("</", "<\\/"),
    }
    template = (files("warpviz.curves") / "page.html").read_text(encoding="utf-8")
    with replacing(where) as draft:
        draft.write_text(sealed(template, parts), "utf-8", newline="\n")
    return where


def _panel(each: Drawable) -> dict[str, object]:
    return {
        "name": name_of(each.record, 60),
        "words": "; ".join(said(each.facts)),
        "from": each.facts.folds_from,
        "z": _numbers(each.z),
        "values": _numbers(each.values),
        "slopes": _numbers(each.slopes),
    }


def _numbers(values: Floats) -> list[float | None]:
    """For JSON: five digits are less than a pixel; what is no number is null."""
    return [float(f"{v:.5g}") if np.isfinite(v) else None for v in values.tolist()]


def _colours(name: str, known: Theme) -> str:
    first, second = known.pair
    named = {
        "background": known.background, "text": known.text, "muted": known.muted,
        "f": first, "slope": second, "fold": known.creases[0],
    }  # fmt: skip
    said = "; ".join(f"--{key}: rgb({r}, {g}, {b})" for key, (r, g, b) in named.items())
    return f'[data-theme="{name}"] {{ color-scheme: {scheme(known)}; {said}; }}'
