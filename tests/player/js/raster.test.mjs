import assert from "node:assert/strict";
import { test } from "node:test";
import { close, engine } from "./engine.mjs";

globalThis.ImageData = class {
  constructor(width, height) { this.data = new Uint8ClampedArray(4 * width * height); }
};
const { CHANNELS, laid, packed, surfaceOf, sweep } = await engine("raster/surface");

test("the coverage of a polygon sums to its area", () => {
  const surface = surfaceOf(12, 10);
  const corners = [[1.3, 1.1], [9.7, 2.4], [6.2, 8.6]];
  corners.forEach(([x, y], i) => {
    const [u, v] = corners[(i + 1) % 3];
    sweep(surface, x, y, u, v, 1, 0, 0, 0, 0);
  });
  let total = 0;
  for (let row = 0; row < 10; row++) {
    let cover = 0;
    for (let column = 0; column < 12; column++) {
      total += cover += surface.sums[(row * surface.stride + column) * CHANNELS];
    }
  }
  const [[a, b], [c, d], [e, f]] = corners;
  close([Math.abs(total)], [Math.abs((c - a) * (f - b) - (e - a) * (d - b)) / 2], 1e-4);
});

test("what is let through whole stays, what is covered is gone", () => {
  const ground = packed([10, 200, 30]);
  assert.equal(laid(ground, 1, 0, 0, 0), ground);
  assert.equal(laid(ground, 0, 1, 2, 3), packed([1, 2, 3]));
});
