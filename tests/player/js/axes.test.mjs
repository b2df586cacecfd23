import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "./engine.mjs";

const { niceStep, tickLabel, ticksOf } = await engine("marks/axes");

test("steps are 1, 2 or 5 times a power of ten, the smallest that is few enough", () => {
  for (const [span, most, step] of [[2.2, 5, 0.5], [37, 4, 10], [5, 5, 1], [5.1, 5, 2], [11, 5, 5]]) {
    assert.ok(Math.abs(niceStep(span, most) - step) < 1e-12, `${span} in ${most}`);
  }
});

test("labels have the digits that their step needs, and a true minus sign", () => {
  assert.deepEqual([tickLabel(-0.5, 0.5), tickLabel(1.1e6, 1e5), tickLabel(0, 0.5), tickLabel(3e-3, 1e-3)],
    ["−0.5", "1.1e6", "0", "3e−3"]);
});

test("far from 0 numbers have no exponent", () => {
  const found = ticksOf({ shift: 5000, factor: 100 }, -1, 2.1, 5);
  assert.deepEqual(found, [[-1, "4900"], [0, "5000"], [1, "5100"], [2, "5200"]]);
});
