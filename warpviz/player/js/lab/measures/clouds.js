/* Clouds of points made even: each column of mean 0 and deviation 1, or along its principal axes. */

/** @import { Cloud, Whitened } from "./measuring.d.ts" */

import { MEASURING } from "../measuring.js";
import { inner, singular } from "../scene/matrices.js";

/** The power of two just below a size, 1 for 0: to divide by it is exact.
 * @param {number} size
 */
function binaryUnit(size) {
  if (!(size > 0)) return 1;
  const power = 2 ** Math.floor(Math.log2(size));
  return power > size ? power / 2 : size >= 2 * power ? 2 * power : power;
}

/** The largest size in a column.
 * @param {Cloud} cloud
 * @param {number} i
 */
function largestIn({ values, width }, i) {
  let most = 0;
  for (let at = i; at < values.length; at += width) most = Math.max(most, Math.abs(values[at]));
  return most;
}

/** Columns of mean 0 and deviation 1; constant ones become 0, and their scale is infinite.
 * @param {Cloud} cloud
 */
export function standardisedCloud(cloud) {
  const { values, width, count } = cloud;
  const rows = { values: new Float64Array(values.length), width, count };
  /** @type {number[]} */
  const centre = [];
  /** @type {number[]} */
  const scale = [];
  for (let i = 0; i < width; i++) {
    const unit = binaryUnit(largestIn(cloud, i));
    let mean = 0;
    for (let at = i; at < values.length; at += width) mean += values[at] / unit;
    mean /= count;
    let spread = 0;
    for (let at = i; at < values.length; at += width) spread += (values[at] / unit - mean) ** 2;
    spread = Math.sqrt(spread / count);
    const flat = spread <= MEASURING.PROBE.flat;
    if (!flat) for (let at = i; at < values.length; at += width) rows.values[at] = (values[at] / unit - mean) / spread;
    centre.push(mean * unit);
    scale.push(flat ? Infinity : spread * unit);
  }
  return { rows, centre, scale };
}

/** A state along its principal axes, each of deviation 1, as far as its rounding allows.
 * @param {Cloud} cloud
 * @returns {Whitened}
 */
export function whitenedCloud(cloud) {
  const { rows, centre, scale } = standardisedCloud(cloud);
  const { rounding, thinnest, tolerance } = MEASURING.SEPARABLE;
  const { width, count } = cloud;
  const noise = scale.map((size, i) => size < Infinity ? rounding * largestIn(cloud, i) / size : 0);
  const { right } = singular(triangleOf(rows));
  /** @type {{ axis: number[], unit: number }[]} */
  const axes = [];
  for (let j = 0; j < width; j++) {
    const axis = right.map((row) => row[j]);
    const spread = Math.sqrt(squaresAlong(rows, axis) / count);
    const blur = Math.sqrt(noise.reduce((sum, size, i) => sum + (size * axis[i]) ** 2, 0));
    if (spread > thinnest * blur) axes.push({ axis, unit: Math.max(spread, blur / tolerance) });
  }
  return {
    rows: alongAxes(rows, axes), centre,
    forward: scale.map((size, i) => axes.map(({ axis, unit }) => axis[i] / unit / size)),
    backward: scale.map((size, i) => axes.map(({ axis, unit }) => (size < Infinity ? size * axis[i] * unit : 0))),
  };
}

/** Columns of R of a cloud Q·R: they have its singular values, and its right directions. By modified
 * Gram and Schmidt, whose R is as true as any (Björck 1967).
 * @param {Cloud} cloud
 */
function triangleOf({ values, width, count }) {
  const columns = Array.from({ length: width }, (_, i) => {
    const column = new Float64Array(count);
    for (let n = 0; n < count; n++) column[n] = values[n * width + i];
    return column;
  });
  const triangle = columns.map(() => new Float64Array(width));
  columns.forEach((column, j) => {
    const length = Math.sqrt(inner(column, column));
    triangle[j][j] = length;
    if (!(length > 0)) return;
    for (let n = 0; n < count; n++) column[n] /= length;
    for (let k = j + 1; k < width; k++) {
      const other = columns[k];
      const share = inner(column, other);
      triangle[k][j] = share;
      for (let n = 0; n < count; n++) other[n] -= share * column[n];
    }
  });
  return triangle;
}

/** Σ (row · axis)².
 * @param {Cloud} cloud
 * @param {number[]} axis
 */
function squaresAlong({ values, width }, axis) {
  let squares = 0;
  for (let from = 0; from < values.length; from += width) {
    let along = 0;
    for (let i = 0; i < width; i++) along += values[from + i] * axis[i];
    squares += along * along;
  }
  return squares;
}

/** Rows along axes, in their units, with a last column of ones.
 * @param {Cloud} cloud
 * @param {{ axis: number[], unit: number }[]} axes
 * @returns {Cloud}
 */
function alongAxes({ values, width, count }, axes) {
  const factors = axes.map(({ axis, unit }) => axis.map((value) => value / unit));
  const wide = axes.length + 1;
  const out = new Float64Array(wide * count).fill(1);
  for (let n = 0; n < count; n++) {
    for (let a = 0; a < factors.length; a++) {
      const factor = factors[a];
      let sum = 0;
      for (let i = 0; i < width; i++) sum += values[n * width + i] * factor[i];
      out[n * wide + a] = sum;
    }
  }
  return { values: out, width: wide, count };
}
