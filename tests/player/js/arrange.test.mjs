import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "./engine.mjs";

const { bestColumns } = await engine("arrange");

test("a wide room has one row, a narrow one a column", () => {
  assert.equal(bestColumns(4, 4, 3, 1600, 300), 4);
  assert.equal(bestColumns(4, 4, 3, 300, 1600), 1);
  assert.equal(bestColumns(4, 4, 3, 800, 600), 2);
});
