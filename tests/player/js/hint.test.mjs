import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "./engine.mjs";

const { numbers, ownNumbers } = await engine("ui/hint");

test("numbers have as many digits as tell something, and a true minus sign", () => {
  assert.equal(numbers([0.5, -0.004, -1.234]), "(0.50, 0.00, −1.23)");
  assert.equal(numbers([150.4, -99999.5, Infinity, -Infinity]), "(150, −1.0e+5, ∞, −∞)");
  assert.equal(numbers([NaN]), "(–)");
});

test("of many numbers the first are told, and how many there are", () => {
  assert.equal(numbers([1, 2, 3, 4, 5, 6]), "(1.00, 2.00, 3.00, 4.00, … 6)");
});

test("inputs are told in their own units, to a hundredth of a deviation", () => {
  const panel = { ownAxes: [["load (N)", 9e4, 300], ["width (mm)", 0.01, 0.002]] };
  assert.equal(ownNumbers(panel, [-0.5, 1.25]), "(89850, 0.01250)");
  assert.equal(ownNumbers({ ownAxes: [] }, [-0.5, 1.25]), "(−0.50, 1.25)");
});
