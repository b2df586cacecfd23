/* Where a formula typed in has no value: the layer, and what comes to it there. */

/** @import { OwnColumn, OwnLayer, Setup } from "./room.js" */

import { ACTIVATIONS } from "../../formulas.js";
import { RECORDS } from "../known.js";
import { say } from "../../words/say.js";
import { plainNumber } from "../data/writing.js";

const TRIED = 9; // places of the sheet along each side

/** The first of places whose way through layers ends at a number that an activation has no finite
 * value for; null where all go through.
 * @param {OwnLayer[]} layers
 * @param {Float64Array} places (N, 2)
 * @returns {{ layer: number, activation: string, z: number, value: number } | null}
 */
function gapOf(layers, places) {
  if (layers.every(({ activation }) => RECORDS[activation].built)) return null; // those have values everywhere
  let rows = places;
  let width = 2;
  for (const [k, { weight, bias, activation }] of layers.entries()) {
    const units = bias.length;
    const out = new Float64Array((rows.length / width) * units);
    for (let p = 0; p * units < out.length; p++) {
      for (let i = 0; i < units; i++) {
        let z = bias[i];
        for (let j = 0; j < width; j++) z += weight[i][j] * rows[p * width + j];
        const value = activation === "identity" ? z : ACTIVATIONS[activation](z, i);
        if (!Number.isFinite(value)) return { layer: k + 1, activation, z, value };
        out[p * units + i] = value;
      }
    }
    rows = out;
    width = units;
  }
  return null;
}

/** @typedef {{ data: Setup["data"], points: string, sheet: string }} Told */
/** What is known of columns, which are never changed in place.
 * @type {WeakMap<OwnColumn, Told>} */
const toldOfGaps = new WeakMap();

/** Where a column has no value, in sentences, "" for nowhere: at its points, and anywhere on the sheet.
 * @param {Setup["data"]} data
 * @param {OwnColumn} column
 * @returns {Told}
 */
export function gapsTold(data, column) {
  const known = toldOfGaps.get(column);
  if (known?.data === data) return known;
  const points = sentenceOf(gapOf(column.layers, data.points.x));
  const told = { data, points, sheet: points || sentenceOf(gapOf(column.layers, latticeOf(data.limits))) };
  toldOfGaps.set(column, told);
  return told;
}

/** @param {Setup["data"]["limits"]} limits */
function latticeOf([x0, x1, y0, y1]) {
  const places = Array.from({ length: TRIED * TRIED }, (_, i) => [x0 + ((x1 - x0) * (i % TRIED)) / (TRIED - 1), y0 + ((y1 - y0) * Math.floor(i / TRIED)) / (TRIED - 1)]);
  return Float64Array.from(places.flat());
}

/** @param {ReturnType<typeof gapOf>} gap */
function sentenceOf(gap) {
  if (!gap) return "";
  const parts = { number: gap.layer, activation: gap.activation, z: plainNumber(gap.z) };
  return Number.isNaN(gap.value)
    ? say("Layer {number} ({activation}) is not defined at z = {z}; take another activation, or keep what is inside it in bounds, as in log(max(z, 0.01)).", parts)
    : say("Layer {number} ({activation}) overflows at z = {z}; take another activation, or keep what is inside it in bounds, as in log(max(z, 0.01)).", parts);
}
