"""Names of other classes stand in the page where a film of them has them."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tests.player.modules import node
from warpviz.laboratory.handed import NARROW, SIZE
from warpviz.picture.layout import PanelLayout, lay_out
from warpviz.picture.words.fonts import bundled_font
from warpviz.picture.words.text import text_width

FONT = bundled_font()
NAMED = """
import { layoutNaming } from "./lab/scene/legend.js";
const [cases] = given;
told(cases.map(({ layout, said, widths }) =>
  layoutNaming(layout, said, (text, size) => widths[`${size} ${text}`])));
"""
SHOW = frozenset({"caption", "legend", "scale", "axes"})
CAPTIONS = ("input (x₁, x₂)", "layer 1 · affine 2→3", "layer 1 · tanh → logits")
FIRST = ("upper", "lower")
NAMES = (
    FIRST,
    tuple(map(str, range(1, 9))),
    ("upper", "lower", *map(str, range(3, 9))),
    ("a class whose name is long", "another one with a long name", "third"),
    tuple(f"a rather long class {i}" for i in range(8)),
)
SIZES = (SIZE, NARROW, (240, 180))
TITLES = ((), ("leaky_relu", "tanh"))


def laid(size: tuple[int, int], titles: tuple[str, ...], names: tuple[str, ...]) -> PanelLayout:
    return lay_out(size, titles or ("",), CAPTIONS, names, SHOW, FONT)[0]


def case(size: tuple[int, int], titles: tuple[str, ...], names: tuple[str, ...]) -> Any:
    """What the page is given, with the widths of all texts that it may ask for."""
    first = laid(size, titles, FIRST)
    cut = {f"{name[:kept].rstrip()}…" for name in names for kept in range(len(name) + 1)}
    texts = {*names, *cut, *titles, *CAPTIONS, "", "a…"}
    sizes = {*range(9, first.small + 1), first.em, first.caption_em}
    return {
        "layout": asdict(first),
        "said": {"names": names, "titles": titles, "captions": CAPTIONS},
        "widths": {f"{em} {text}": text_width(text, FONT, em) for em in sizes for text in texts},
    }


def test_names_have_the_rows_that_films_give_them(modules: Path) -> None:
    wanted = [(size, titles, names) for size in SIZES for titles in TITLES for names in NAMES]
    found = node(NAMED, modules, [case(*each) for each in wanted])
    for (size, titles, names), own in zip(wanted, found, strict=True):
        expected = asdict(laid(size, titles, names))
        if expected["legend"] is None:
            assert own["legend"] is None
            continue
        for part in ("legend_columns", "legend_small"):
            assert own[part] == expected[part], (size, titles, names, part)
        assert tuple(own["legend_names"]) == expected["legend_names"]
        assert own["legend"] == pytest.approx(expected["legend"])
        assert own["safe"] == pytest.approx(expected["safe"]), (size, titles, names)
