/* How often the sheet lies over itself: a scanline count of layers, see measure/coverage.py. */

/** @import { Tiling } from "../cutting/cutting.d.ts" */

import { MEASURING } from "../measuring.js";

/** Mean number of layers over a covered pixel of the image; null where none is.
 * @param {Float64Array} u the images of the tiling's vertices
 * @param {Float64Array} v
 * @param {Tiling} tiling
 * @returns {number | null}
 */
export function overlapOf(u, v, { corners, offsets }) {
  const resolution = MEASURING.RESOLUTION;
  const used = new Set(corners);
  const extent = Math.max(...[u, v].map((axis) => rangeOf(axis, used).span));
  if (!(extent > 0 && extent < Infinity)) return null;
  const [lowU, lowV] = [rangeOf(u, used).low, rangeOf(v, used).low];
  const flatU = u.map((value) => (value - lowU) / extent);
  const flatV = v.map((value) => (value - lowV) / extent);
  /** @type {number[]} */
  const triangles = [];
  for (let p = 0; p + 1 < offsets.length; p++) {
    const first = corners[offsets[p]];
    for (let i = offsets[p] + 1; i + 1 < offsets[p + 1]; i++) {
      const [a, b] = [corners[i], corners[i + 1]];
      if (thickness(flatU, flatV, first, a, b) > MEASURING.COLLAPSED) triangles.push(first, a, b);
    }
  }
  if (!triangles.length) return null;
  const laid = laidOutAs(flatU, flatV, new Set(triangles));
  const [across, up] = laid.map((axis) => axis.map((value) => value * resolution));
  const wide = resolution + 1;
  const steps = new Int32Array(resolution * wide);
  for (let t = 0; t < triangles.length; t += 3) addTriangle(across, up, triangles.slice(t, t + 3), steps, resolution);
  let layers = 0;
  let covered = 0;
  for (let row = 0; row < resolution; row++) {
    let here = 0;
    for (let column = 0; column < resolution; column++) {
      here += steps[row * wide + column];
      layers += here;
      if (here !== 0) covered++;
    }
  }
  return covered ? layers / covered : null;
}

/** Whether cells are too coarse to tell how often the sheet lies over itself: their triangles' area
 * is not that of the map.
 * @param {Float64Array} u the images of the tiling's vertices
 * @param {Float64Array} v
 * @param {Tiling} tiling
 * @param {Float64Array} slope (R, 2, 2)
 * @param {Float64Array} areas (R,) on the sheet
 */
export function tooCoarse(u, v, { corners, offsets }, slope, areas) {
  let drawn = 0;
  for (let p = 0; p + 1 < offsets.length; p++) {
    const first = corners[offsets[p]];
    for (let i = offsets[p] + 1; i + 1 < offsets[p + 1]; i++) {
      drawn += Math.abs(doubledArea(u, v, first, corners[i], corners[i + 1])) / 2;
    }
  }
  let told = 0;
  areas.forEach((area, r) => {
    const [a, b, c, d] = slope.subarray(4 * r, 4 * r + 4);
    told += Math.abs(a * d - b * c) * area;
  });
  return !(told / MEASURING.FAITHFUL <= drawn && drawn <= told * MEASURING.FAITHFUL);
}

/** @param {Float64Array} axis @param {Iterable<number>} used */
function rangeOf(axis, used) {
  let low = Infinity;
  let high = -Infinity;
  for (const i of used) {
    low = Math.min(low, axis[i]);
    high = Math.max(high, axis[i]);
  }
  return { low, span: high - low };
}

/** Twice the signed area of a triangle.
 * @param {Float64Array} x
 * @param {Float64Array} y
 * @param {number} a
 * @param {number} b
 * @param {number} c
 */
function doubledArea(x, y, a, b, c) {
  return (x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a]);
}

/** The least height of a triangle; 0 for one without extent.
 * @param {Float64Array} x
 * @param {Float64Array} y
 * @param {number} a
 * @param {number} b
 * @param {number} c
 */
function thickness(x, y, a, b, c) {
  const side = Math.max(Math.hypot(x[a] - x[b], y[a] - y[b]), Math.hypot(x[b] - x[c], y[b] - y[c]), Math.hypot(x[c] - x[a], y[c] - y[a]));
  return Math.abs(doubledArea(x, y, a, b, c)) / (side > 0 ? side : 1);
}

/** In the unit square: sheared until the axes are uncorrelated, then stretched.
 * @param {Float64Array} x
 * @param {Float64Array} y
 * @param {Set<number>} used
 * @returns {Float64Array[]}
 */
function laidOutAs(x, y, used) {
  const inner = [x, y].map((axis) => {
    let sum = 0;
    for (const i of used) sum += axis[i];
    return axis.map((value) => value - sum / used.size);
  });
  const squares = inner.map((axis) => { let sum = 0; for (const i of used) sum += axis[i] ** 2; return sum; });
  const wide = squares[1] > squares[0] ? 1 : 0;
  const [u, v] = [inner[wide], inner[1 - wide]];
  let product = 0;
  for (const i of used) product += u[i] * v[i];
  const sheared = [u, v.map((value, i) => value - u[i] * (product / squares[wide]))];
  return sheared.map((axis) => {
    const { low, span } = rangeOf(axis, used);
    return axis.map((value) => (value - low) / span);
  });
}

/** Let a triangle step the counts of all pixels to the right of its edges.
 * @param {Float64Array} x
 * @param {Float64Array} y
 * @param {number[]} corners
 * @param {Int32Array} steps
 * @param {number} resolution
 */
function addTriangle(x, y, corners, steps, resolution) {
  const turn = Math.sign(doubledArea(x, y, corners[0], corners[1], corners[2]));
  /** @param {number} at */
  const pixel = (at) => Math.min(Math.max(Math.ceil(at - 0.5), 0), resolution);
  for (let side = 0; side < 3; side++) {
    const start = corners[side];
    const end = corners[(side + 1) % 3];
    const rising = y[start] < y[end];
    const step = turn * (y[end] < y[start] ? 1 : -1);
    const [low, high] = rising ? [start, end] : [end, start];
    const slope = (x[high] - x[low]) / (y[high] - y[low]);
    const last = pixel(y[high]);
    for (let row = pixel(y[low]); row < last; row++) {
      steps[row * (resolution + 1) + pixel(x[low] + (row + 0.5 - y[low]) * slope)] += step;
    }
  }
}
