"""Wide states are seen in the page as in a film: along the same axes, from the same side.

Names of other classes stand where a film of them has them.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.player.lab.nets import as_layers
from tests.player.modules import node
from warpviz.laboratory.handed import NARROW, SIZE
from warpviz.motion.projection import views_of
from warpviz.picture.layout import PanelLayout, lay_out
from warpviz.picture.words.fonts import bundled_font
from warpviz.picture.words.text import text_width

SEEN = """
const { viewsOf } = await import("./lab/scene/views.js");
const { statesOf } = await import("./chain.js");
const shaped = (values, shape) => values && Object.assign(Float64Array.from(values), { shape });
told(given[0].map(({ layers, x }) => {
  const own = layers.map(({ activation, weight, bias }) => ({
    activation, weight: weight && shaped(weight, [bias.length, weight.length / bias.length]),
    bias: bias && shaped(bias, [bias.length]),
  }));
  const acts = own.map((_, k) => [k, -1]);
  const clouds = statesOf({ layers: own, acts, views: [] }, Float64Array.from(x), x.length / 2);
  return viewsOf(clouds, x.length / 2).map(({ view: { centre, axes } }, k) => {
    const { values, width } = clouds[k];
    return Array.from({ length: (3 * x.length) / 2 }, (_, i) => {
      const [row, axis] = [Math.floor(i / 3), i % 3];
      let sum = 0;
      for (let j = 0; j < width; j++) {
        sum += (values[row * width + j] - centre[j]) * axes[3 * j + axis];
      }
      return sum;
    });
  });
}));
"""


@pytest.mark.parametrize(
    "seeds", [range(24), pytest.param(range(24, 200), marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_wide_states_are_seen_from_the_same_side(seeds: range, modules: Path) -> None:
    asked, wanted = [], []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        # Narrow ones between: what lies on a line or in a plane has no third axis of its own.
        widths: list[int] = [2, *rng.integers((2, 1, 2), 9).tolist(), 2]
        net = wv.mlp(widths, ("relu", "tanh", "gelu")[seed % 3], seed=seed)
        chain = net.logits().split()
        x = wv.load_data(("rings", "moons", "spirals", "blobs")[seed % 4], n=120, seed=seed).x
        states = chain.states(x)
        views = views_of(states)
        asked.append({"layers": as_layers(chain), "x": x.ravel().tolist()})
        wanted.append([view(state) for view, state in zip(views, states, strict=True)])
    for ours, theirs in zip(node(SEEN, modules, asked), wanted, strict=True):
        for own, other in zip(ours, theirs, strict=True):
            away = np.abs(np.reshape(own, (-1, 3)) - other).max()
            assert away <= 1e-7 * max(float(np.abs(other).max()), 1e-12)


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
