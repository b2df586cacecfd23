"""The worker that trains takes orders and tells of progress."""

import json
from pathlib import Path

import numpy as np
import pytest

import warpviz as wv
from tests.player.lab.nets import as_layers, residual_net, settings_of
from tests.player.modules import node
from warpviz.laboratory.given import packed_worker, worker_source
from warpviz.player.packing import unpack


def test_a_worker_takes_orders(modules: Path) -> None:
    data = wv.load_data("xor", n=40, seed=0)
    settings = settings_of(wv.mlp([2, 4, 2], "tanh", seed=0), data, "adam", epochs=500)
    settings["layers"][0]["activation"] = "sin(z)/2 + z"
    code = """
const { serve } = await import("./lab/training/worker.js");
const heard = [];
const waiting = [];
const scope = { postMessage: (progress) => heard.push(progress), onmessage: null };
serve(scope, (work) => waiting.push(work));
const order = (data) => scope.onmessage({ data });
const settings = given[0];
const start = {
  ...settings, points: Float64Array.from(settings.points), labels: Uint8Array.from(settings.labels),
};
order({ play: true });
order({ start, run: 7 });
order({ step: 3 });
order({ play: true });
waiting.shift()();
order({ pause: true });
while (waiting.length) waiting.shift()();
const paused = heard.length;
order({ toEnd: true });
while (waiting.length) waiting.shift()();
order({ snapshot: true });
told({ epochs: heard.map(({ epoch }) => epoch), runs: heard.map(({ run }) => run), paused,
  done: heard.at(-1).done });
"""
    found = node(code, modules, settings)
    assert found["epochs"][:2] == [0, 3]
    assert found["epochs"][-1] == 500
    assert found["epochs"] == sorted(found["epochs"])
    assert found["paused"] == 3
    assert set(found["runs"]) == {7}
    assert found["done"]


def test_the_worker_s_script_runs_alone(modules: Path, tmp_path: Path) -> None:
    source = unpack(packed_worker())["worker"]
    assert len(source) < 0.9 * len(worker_source())
    (tmp_path / "worker.js").write_text(source, encoding="utf-8")
    data = wv.load_data("xor", n=40, seed=0)
    settings = settings_of(wv.mlp([2, 4, 2], "tanh", seed=0), data, "adam", epochs=20)
    code = f"""
const vm = await import("node:vm");
const heard = [];
const self = {{ postMessage: (progress) => heard.push(progress), onmessage: null }};
vm.runInNewContext(readFileSync("worker.js", "utf8"), {{ self, performance, setTimeout, Math }});
const settings = {json.dumps(settings)};
const points = Float64Array.from(settings.points);
const labels = Uint8Array.from(settings.labels);
self.onmessage({{ data: {{ start: {{ ...settings, points, labels }}, run: 1 }} }});
self.onmessage({{ data: {{ step: 20 }} }});
told(heard.map(({{ epoch, loss }}) => [epoch, loss]));
"""
    found = node(code, tmp_path)
    assert [epoch for epoch, _ in found] == [0, 20]
    assert found[1][1] < found[0][1]


def test_parameters_come_out_and_go_in_and_a_worker_is_hired(modules: Path) -> None:
    net = residual_net(1)
    code = """
const { parametersOf, withParameters } = await import("./lab/training/engine.js");
const { hire } = await import("./lab/training/hire.js");
const table = (rows) => rows && Object.assign(Float64Array.from(rows), { shape: [rows.length] });
const typed = (layers) => layers.map(({ weight, bias, inner, ...rest }) => (
  { ...rest, weight: table(weight), bias: table(bias), inner: inner && typed(inner) }));
const layers = typed(given[0]);
const numbers = parametersOf(layers);
const moved = withParameters(layers, numbers.map((value) => value + 1));
const seen = [];
globalThis.Worker = class {
  constructor(address) { seen.push(String(address).slice(0, 5)); }
  postMessage(order) { seen.push(order); this.onmessage({ data: { epoch: 3 } }); }
  terminate() { seen.push("gone"); }
};
globalThis.trustedTypes = { createPolicy: (_, rules) => (
  { createScriptURL: (url) => ({ toString: () => rules.createScriptURL(url) }) }) };
const hired = hire("self", (progress) => seen.push(progress.epoch));
hired.tell({ pause: true });
hired.dismiss();
told([[...numbers], [...parametersOf(moved)], seen]);
"""
    numbers, moved, seen = node(code, modules, as_layers(net))
    wanted = np.concatenate([array.ravel() for array in net.parameters()])
    assert numbers == wanted.tolist()
    assert np.array(moved) == pytest.approx(wanted + 1)
    assert seen == ["blob:", {"pause": True}, 3, "gone"]
