import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "./engine.mjs";

const said = { textContent: "", querySelectorAll: () => [] };
globalThis.document = { getElementById: () => said };
globalThis.requestAnimationFrame = (call) => call();
const { clickAt, dropInTheMiddle, moveProbe, removeProbe, tellProbe } = await engine("ui/probes");

/** A player whose every place of the picture is an input point; `found` is what `pick` gives. */
function player({ hasChain = true, outside = false } = {}) {
  const one = {
    found: null, probes: [], chosen: -1, hover: null, drawn: 0,
    film: {
      panels: [{ hasChain, centre: [5, 5], features: 2, ownAxes: [] }],
      pick: () => one.found,
      inputAt: (x, y) => (outside ? null : { panel: 0, point: [x / 10, y / 10] }),
    },
    now: () => ({}), redraw: () => { one.drawn++; },
  };
  return one;
}
const labels = ({ probes }) => probes.map(({ label }) => label).join("");

test("clicks drop probes, each with the first letter that is free, eight at most", () => {
  const one = player();
  for (let i = 0; i < 10; i++) clickAt(one, [i, 1]);
  assert.equal(labels(one), "ABCDEFGH");
  assert.deepEqual([one.probes[3].point, one.chosen], [[0.3, 0.1], 7]);
  removeProbe(one, 1);
  clickAt(one, [4, 4]);
  assert.equal(labels(one), "ACDEFGHB");
  assert.equal(said.textContent, "Probe B at (0.40, 0.40)");
});

test("a click on a probe chooses it, on a dot follows the dot's input", () => {
  const one = player();
  clickAt(one, [1, 1]);
  clickAt(one, [2, 2]);
  one.found = { kind: "probe", index: 0, panel: 0, input: [9, 9] };
  clickAt(one, [1, 1]);
  assert.deepEqual([labels(one), one.chosen], ["AB", 0]);
  one.found = { kind: "dot", index: 7, panel: 0, input: [0.25, -0.5] };
  clickAt(one, [3, 3]);
  assert.deepEqual(one.probes[2].point, [0.25, -0.5]);
});

test("where no weights are, or no plane, nothing is dropped", () => {
  for (const one of [player({ hasChain: false }), player({ outside: true })]) {
    clickAt(one, [1, 1]);
    assert.deepEqual(one.probes, []);
  }
  const one = player({ hasChain: false });
  dropInTheMiddle(one);
  assert.deepEqual(one.probes, []);
});

test("the keyboard drops probes in the middle, beside each other", () => {
  const one = player();
  for (let i = 0; i < 3; i++) dropInTheMiddle(one);
  assert.deepEqual(one.probes.map(({ point }) => point), [[0.5, 0.5], [0.62, 0.5], [0.74, 0.5]]);
  const other = player({ outside: true });
  dropInTheMiddle(other);
  assert.deepEqual(other.probes[0].point, [0, 0]);
});

test("probes are replaced, never changed in place, and told of when they stand", () => {
  const one = player();
  clickAt(one, [1, 1]);
  clickAt(one, [2, 2]);
  const before = one.probes;
  moveProbe(one, 0, [0.7, 0.8]);
  assert.deepEqual([before[0].point, one.probes[0].point, one.chosen], [[0.1, 0.1], [0.7, 0.8], 0]);
  assert.equal(one.probes[1], before[1]);
  tellProbe(one, 0);
  assert.equal(said.textContent, "Probe A at (0.70, 0.80)");
});

test("the chosen probe is removed, the last one where none is chosen", () => {
  const one = player();
  for (let i = 0; i < 3; i++) clickAt(one, [i, i]);
  one.chosen = 0;
  removeProbe(one);
  assert.deepEqual([labels(one), one.chosen], ["BC", 0]);
  one.chosen = -1;
  removeProbe(one);
  assert.deepEqual([labels(one), one.chosen], ["B", -1]);
  removeProbe(one, 5);
  removeProbe(one);
  removeProbe(one);
  assert.equal(labels(one), "");
});
