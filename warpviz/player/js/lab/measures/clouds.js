/* Clouds of points made even: each column of mean 0 and deviation 1, or along its principal axes. */

/** @import { Cloud, Whitened } from "./measuring.d.ts" */

import { MEASURING } from "../measuring.js";
import { singular } from "../scene/matrices.js";

/** The power of two just below a size, 1 for 0: to divide by it is exact.
 * @param {number} size
 */
function binaryUnit(size) {
  if (!(size > 0)) return 1;
  const power = 2 ** Math.floor(Math.log2(size));
  return power > size ? power / 2 : size >= 2 * power ? 2 * power : power;
}

/** Columns of mean 0 and deviation 1; constant ones become 0, and their scale is infinite.
 * @param {Cloud} cloud
 */
export function standardisedCloud(cloud) {
  const count = cloud.length;
  const width = cloud[0].length;
  const rows = cloud.map((row) => row.slice());
  /** @type {number[]} */
  const centre = [];
  /** @type {number[]} */
  const scale = [];
  for (let i = 0; i < width; i++) {
    const unit = binaryUnit(cloud.reduce((most, row) => Math.max(most, Math.abs(row[i])), 0));
    const mean = cloud.reduce((sum, row) => sum + row[i] / unit, 0) / count;
    const spread = Math.sqrt(cloud.reduce((sum, row) => sum + (row[i] / unit - mean) ** 2, 0) / count);
    const flat = spread <= MEASURING.PROBE.flat;
    for (let n = 0; n < count; n++) rows[n][i] = flat ? 0 : (cloud[n][i] / unit - mean) / spread;
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
  const width = centre.length;
  const noise = scale.map((size, i) => size < Infinity ? rounding * cloud.reduce((most, row) => Math.max(most, Math.abs(row[i])), 0) / size : 0);
  const columns = centre.map((_, i) => Float64Array.from(rows, (row) => row[i]));
  const { right } = singular(columns);
  /** @type {{ axis: number[], unit: number }[]} */
  const axes = [];
  for (let j = 0; j < width; j++) {
    const axis = right.map((row) => row[j]);
    const spread = Math.sqrt(rows.reduce((sum, row) => sum + row.reduce((at, value, i) => at + value * axis[i], 0) ** 2, 0) / rows.length);
    const blur = Math.sqrt(noise.reduce((sum, size, i) => sum + (size * axis[i]) ** 2, 0));
    if (spread > thinnest * blur) axes.push({ axis, unit: Math.max(spread, blur / tolerance) });
  }
  return {
    rows: rows.map((row) => [...axes.map(({ axis, unit }) => row.reduce((sum, value, i) => sum + value * (axis[i] / unit), 0)), 1]),
    centre,
    forward: scale.map((size, i) => axes.map(({ axis, unit }) => axis[i] / unit / size)),
    backward: scale.map((size, i) => axes.map(({ axis, unit }) => (size < Infinity ? size * axis[i] * unit : 0))),
  };
}
