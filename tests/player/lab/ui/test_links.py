"""Words of an address: what is not ours is refused in a sentence, and never half taken."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.player.modules import node
from warpviz.errors import WarpvizError
from warpviz.laboratory.handed import MOST_COLUMNS as MOST
from warpviz.laboratory.handed import MOST_LAYERS, MOST_POINTS, MOST_UNITS, data_tree, layers_of

CHAIN = layers_of(wv.mlp([2, 3, 2], "tanh", seed=1))
LAYERS = [[one["activation"], one["weight"], one["bias"]] for one in CHAIN]
TRAINING = {
    "optimizer": "adam", "rate": 0.02, "batch": 0, "penalty": 0.001, "evenness": 0.0,
    "epochs": 0, "pace": 5,
}  # fmt: skip
STATE: dict[str, Any] = {
    "form": 1, "chosen": 0, "seed": 0, "lesson": None, "columns": [LAYERS], "training": TRAINING,
    "points": None,
    "data": {"source": "set", "name": "moons", "count": 60, "noise": None, "seed": 0,
             "limits": [-1.0, 1.0, -1.0, 1.0]},
}  # fmt: skip
PAINTED = {"x": [-5000, 0, 5000, 0], "y": [0, 1], "classNames": ["1", "2"], "features": []}
OPEN = """
import { inflateRawSync } from "node:zlib";
const { setupOf, wordOf } = await import("./lab/ui/fragment.js");
const { makePoints, pointsOfStatement } = await import("./lab/data/sets.js");
const [states, words, ground, most] = given;
const setup = { layers: ground.columns[0].layers, data: ground.data };
const offered = { most, optimizers: [{ name: "adam" }, { name: "lbfgs" }], setup };
const made = (data) => (
  data.source === "formula" ? pointsOfStatement : makePoints)(data.name, data);
const squeezed = async (text) => {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return Buffer.from(await new Response(stream).arrayBuffer()).toString("base64url");
};
const opened = async (word) => {
  try {
    const again = await wordOf(await setupOf(word, ground, made, offered));
    return { state: JSON.parse(inflateRawSync(Buffer.from(again, "base64url")).toString()) };
  }
  catch (trouble) {
    if (trouble.constructor.name !== "Trouble") throw trouble;
    return { told: trouble.message };
  }
};
const found = [];
for (const state of states) {
  const word = await squeezed(state);
  found.push({ given: word, ...await opened(word) });
}
for (const word of [...words, found[0].given.slice(0, -9)]) found.push(await opened(word));
told(found);
"""


def changed(*path: Any, to: Any) -> str:
    """The state with another thing somewhere, as JSON."""
    state = json.loads(json.dumps(STATE))
    at = state
    for name in path[:-1]:
        at = at[name]
    at[path[-1]] = to
    return json.dumps(state)


def several(*values: Any) -> tuple[Any, ...]:
    return values


def wide(units: int) -> list[Any]:
    return [["relu", [[0.5, 0.5]] * units, [0.0] * units],
            ["identity", [[0.5] * units] * 2, [0.0, 0.0]]]  # fmt: skip


deep = [["relu", [[1.0, 0.0], [0.0, 1.0]], [0.0, 0.0]]] * MOST_LAYERS + [
    ["identity", [[1.0, 0.0], [0.0, 1.0]], [0.0, 0.0]]
]
painted = {"points": PAINTED, "data": {**STATE["data"], "source": "painted", "name": "painted"}}
GOOD = [
    json.dumps(STATE),
    json.dumps({**STATE, **painted}),
    changed("columns", to=[LAYERS] * MOST),
    changed("columns", to=[wide(MOST_UNITS)]),
    changed("columns", to=[deep]),
    changed("columns", 0, 0, 0, to="max(z, 0.1*z)"),
    changed("columns", 0, 0, 1, 0, 0, to=1e5),
    changed("data", "noise", to=0.3),
    changed("data", "count", to=MOST_POINTS),
    changed("lesson", to={"name": "ring", "step": 1}),
    json.dumps({**STATE, "data": {**STATE["data"], "source": "formula", "name": "y > sin(x)"}}),
]
BAD = [
    *(("columns[0][0][0]", changed("columns", 0, 0, 0, to=name)) for name in (
        "constructor", "__proto__", "toString", "softmax", "z +", 3, None, "hasOwnProperty:1")),
    *(("chosen", changed("chosen", to=value)) for value in several(-1, 1, 0.5, "0", None, 20)),
    *(("columns", changed("columns", to=value)) for value in several(
        [LAYERS] * (MOST + 1), [LAYERS] * 20, [], None, {}, [LAYERS, wide(2)])),
    ("columns[0]", changed("columns", to=[deep[:1] + deep])),
    ("columns[0][0][1]", changed("columns", to=[wide(1000)])),
    ("columns[0][0][1]", changed("columns", to=[wide(0)])),
    *(("columns[0][0][1][0][1]", changed("columns", 0, 0, 1, 0, 1, to=value))
      for value in several(1e308, -1e308, "1", None)),
    ("columns[0][0][2][0]", changed("columns", 0, 0, 2, 0, to=1e7)),
    ("columns[0][0]", changed("columns", 0, 0, 2, to=[0.0])),
    ("columns[0][1]", changed("columns", 0, 1, 0, to="relu")),
    *(("data.count", changed("data", "count", to=value)) for value in several(
        1e9, MOST_POINTS + 1, 0, -1, "a", 60.5, None)),
    *(("data.noise", changed("data", "noise", to=value)) for value in several(1e308, -0.1, 0.4)),
    *(("data.seed", changed("data", "seed", to=value)) for value in several("x", -1, 0.5, 1e300)),
    *(("data.source", changed("data", "source", to=value)) for value in several("valueOf", 1)),
    *(("data.name", changed("data", "name", to=value)) for value in several(
        "constructor", "__proto__", "spirals:1e9", "spirals:13", "rings:3", "spirals:3:3", 5, "")),
    ("columns", changed("data", "name", to="spirals:3")),
    *(("data.limits", changed("data", "limits", to=value)) for value in several(
        [1, -1, -1, 1], [0, 0, 0, 1], [0, 1], None)),
    ("data.limits[1]", changed("data", "limits", 1, to=1e308)),
    *(("seed", changed("seed", to=value)) for value in several("x", -1, None, 1.5)),
    *((f"training.{name}", changed("training", name, to=value)) for name, values in {
        "optimizer": ("sgd", "constructor", 1), "rate": (-1, 0, "a", None, 1e9),
        "batch": (-1, 0.5, "a"), "penalty": ("x", -1, 1e9, None), "evenness": ("x", -1),
        "epochs": (-1, "x"), "pace": ("x", -1, 1e9)}.items() for value in values),
    ("training", changed("training", to=None)),
    *(("lesson", changed("lesson", to=value)) for value in several("ring", 1, [])),
    ("lesson.step", changed("lesson", to={"name": "ring", "step": "a"})),
    ("points", changed("points", to=PAINTED)),
    ("points", json.dumps({**STATE, **painted, "points": {**PAINTED, "y": [0]}})),
    ("points", json.dumps({**STATE, **painted, "points": {**PAINTED, "y": [0, 2]}})),
    ("points.x[0]", json.dumps({**STATE, **painted, "points": {**PAINTED, "x": [1e308] * 4}})),
    ("points.y[1]", json.dumps({**STATE, **painted, "points": {**PAINTED, "y": [0, -1]}})),
]  # fmt: skip
DAMAGED = ["nonsense", "%%%", "AAAA", "a" * 500]


def test_every_field_of_a_link_is_checked(modules: Path) -> None:
    data = data_tree(wv.load_data("moons", n=60))
    data["points"] = {**data["points"], "x": [0.0] * 120, "y": [0, 1] * 30}
    ground = {**STATE, "columns": [{"layers": CHAIN}], "data": data}
    most = {"layers": MOST_LAYERS, "units": MOST_UNITS, "columns": MOST, "points": MOST_POINTS}
    no_form = [changed("form", to=2), "null", "[]", "3", '"constructor"']
    states = [*GOOD, *(state for _, state in BAD), *no_form]
    found = node(OPEN, modules, states, DAMAGED, ground, most)
    for state, made in zip(GOOD, found, strict=False):
        assert made.get("state") == json.loads(state), (state[:90], made.get("told"))
    for (field, state), made in zip(BAD, found[len(GOOD) :], strict=False):
        assert made.get("told", "").startswith(f"'{field}' of this link"), (state[-200:], made)
    rest = found[len(GOOD) + len(BAD) :]
    assert len(rest) == len(no_form) + len(DAMAGED) + 1
    assert all("cut short or damaged" in made["told"] for made in rest)


def test_names_that_objects_have_are_no_activations(modules: Path) -> None:
    names = ["constructor", "__proto__", "toString", "valueOf", "constructor:1", "__proto__:0.5",
             "hasOwnProperty(z)", "a=constructor", "z + constructor", "softmax"]  # fmt: skip
    code = """
const { knowActivation } = await import("./lab/data/activation.js");
told(given[0].map((name) => {
  try { return { known: knowActivation(name) }; }
  catch (trouble) { return { kind: trouble.constructor.name, told: trouble.message }; }
}));
"""
    for name, answer in zip(names, node(code, modules, names), strict=True):
        assert answer.get("kind") == "Trouble", name
        with pytest.raises(WarpvizError):
            wv.Dense(np.eye(2), np.zeros(2), name)


def test_what_python_gave_comes_back_however_far_it_reaches(modules: Path) -> None:
    limits = [-2e7, 3e7, -1.0, 1.0]
    points = {"x": [0.0] * 4, "y": [0, 1], "classNames": ["a", "b"], "features": []}
    told = {"name": "incomes", "count": 2, "noise": None, "seed": 0, "limits": limits}
    data = {**told, "points": points}
    large = json.loads(json.dumps(CHAIN))
    large[0]["weight"][0][0] = 4e6
    ground = {**STATE, "columns": [{"layers": large}], "data": data}
    layers = [[one["activation"], one["weight"], one["bias"]] for one in large]
    own = {**STATE["data"], "source": "own", "name": "incomes", "limits": limits}
    state = {**STATE, "columns": [layers], "data": own}
    worse = json.loads(json.dumps(state))
    worse["columns"][0][0][1][0][0] = 5e6
    most = {"layers": MOST_LAYERS, "units": MOST_UNITS, "columns": MOST, "points": MOST_POINTS}
    kept, refused, _ = node(OPEN, modules, [json.dumps(state), json.dumps(worse)], [], ground, most)
    assert kept.get("state") == state
    assert refused["told"].startswith("'columns[0][0][1][0][0]' of this link")
