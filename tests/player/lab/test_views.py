"""Wide states are seen in the page as in a film: along the same axes, from the same side."""

from pathlib import Path

import numpy as np
import pytest

import warpviz as wv
from tests.player.lab.nets import as_layers
from tests.player.modules import node
from warpviz.motion.projection import views_of

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
