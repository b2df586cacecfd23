/* Cells cut along the levels of a prediction, and what it says of each. */

/** @import { Layer, Tiling } from "./cutting.d.ts" */
/** @import { Shaped } from "../../types.js" */

import { LAB } from "../known.js";
import { STEPS } from "../../given.js";
import { split } from "./tiling/polygons.js";
import { outputsAt, widthOf } from "./steps.js";

/** Of the largest score: what is nearer to a level is on it. */
const ROUNDED = 1e-12;

/** What is level along a cut: z₁ − z₂ of two classes; of more the logarithm of the odds of each, then
 * its lead over the best other one.
 * @param {Layer[]} layers
 * @param {number} column
 * @returns {import("./cutting.d.ts").Values}
 */
function scoresOf(layers, column) {
  const classes = widthOf(layers);
  return (x, y) => {
    const z = outputsAt(layers, x, y);
    if (classes === 2) return x.map((_, i) => z[2 * i] - z[2 * i + 1]);
    const label = column % classes;
    return x.map((_, i) => {
      const at = i * classes;
      let best = -Infinity;
      for (let c = 0; c < classes; c++) if (c !== label) best = Math.max(best, z[at + c]);
      const lead = z[at + label] - best;
      if (column >= classes) return lead;
      let sum = 0;
      for (let c = 0; c < classes; c++) if (c !== label) sum += Math.exp(z[at + c] - best);
      return lead - Math.log(sum);
    });
  };
}

/** A tiling with its cells cut along the levels of the tint; what its other vertices mean stays.
 * @param {Tiling} tiling
 * @param {Layer[]} layers
 * @param {boolean} exact whether all states are affine on each cell
 * @returns {Tiling}
 */
export function cutForTint(tiling, layers, exact) {
  const classes = widthOf(layers);
  if (classes < 2) return tiling;
  const odds = LAB.LEVELS.map((level) => Math.log(level / (1 - level)));
  const snaps = LAB.LEVELS.map((level) => LAB.SNAP / (level * (1 - level)));
  const all = Array.from({ length: classes }, (_, c) => c);
  const cuts = classes === 2
    ? odds.map((level) => ({ column: 0, level, snap: 0 }))
    : [
      ...all.map((c) => ({ column: classes + c, level: 0, snap: 0 })),
      ...odds.flatMap((level, i) => all.map((c) => ({ column: c, level, snap: snaps[i] }))),
    ];
  const straight = exact && classes === 2;
  let cut = tiling;
  /** @type {Map<number, Float64Array>} */
  const known = new Map();
  for (const { column, level, snap } of cuts) {
    if (cut.offsets.length > (exact ? 2 : 1) * LAB.MOST_CELLS) break;
    const scores = scoresOf(layers, column);
    const [x, y] = cut.columns;
    const before = known.get(column) ?? new Float64Array(0);
    const told = new Float64Array(cut.count);
    told.set(before);
    if (before.length < cut.count) told.set(scores(x.subarray(before.length, cut.count), y.subarray(before.length, cut.count)), before.length);
    known.set(column, told);
    // What is on the boundary already is so to rounding.
    const near = Math.max(snap, ROUNDED * told.reduce((most, score) => Math.max(most, Math.abs(score)), 0));
    const z = told.map((score) => Math.abs(score - level) <= near ? 0 : score - level);
    if (!z.some((value) => value > 0) || !z.some((value) => value < 0)) continue;
    ({ tiling: cut } = split(cut, z, null, 0, straight ? null : (px, py) => scores(px, py).map((score) => score - level)));
  }
  return cut;
}

/** The probabilities (cells, C) of cells, in steps: one shade for all that lie between the same
 * levels.
 * @param {Tiling} tiling
 * @param {Layer[]} layers
 * @returns {Uint16Array & Shaped}
 */
export function chancesOf(tiling, layers) {
  const { corners, offsets, columns: [x, y] } = tiling;
  const cells = offsets.length - 1;
  const middle = [x, y].map((column) => {
    const found = new Float64Array(cells);
    for (let cell = 0; cell < cells; cell++) {
      let sum = 0;
      for (let i = offsets[cell]; i < offsets[cell + 1]; i++) sum += column[corners[i]];
      found[cell] = sum / (offsets[cell + 1] - offsets[cell]);
    }
    return found;
  });
  const outputs = widthOf(layers);
  const classes = Math.max(outputs, 2);
  const chances = new Float64Array(cells * classes).fill(1 / classes);
  if (outputs > 1) {
    const z = outputsAt(layers, middle[0], middle[1]);
    for (let at = 0; at < z.length; at += classes) {
      let most = -Infinity;
      for (let c = 0; c < classes; c++) most = Math.max(most, z[at + c]);
      let sum = 0;
      for (let c = 0; c < classes; c++) sum += chances[at + c] = Math.exp(z[at + c] - most);
      for (let c = 0; c < classes; c++) chances[at + c] /= sum;
    }
    settle(chances, classes);
  }
  const steps = new Uint16Array(chances.length);
  for (let i = 0; i < steps.length; i++) steps[i] = Math.round(chances[i] * STEPS);
  return Object.assign(steps, { shape: [cells, classes] });
}

/** One shade for all rows of the same bands, in place; of more than two classes the mean of all
 * with the same likeliest one.
 * @param {Float64Array} chances
 * @param {number} classes
 */
function settle(chances, classes) {
  const { LEVELS } = LAB;
  /** @param {number} share */
  const bandOf = (share) => {
    let band = 0;
    while (band < LEVELS.length && !(LEVELS[band] >= share)) band++;
    return band;
  };
  /** @type {Map<string, { sum: Float64Array, rows: number[] }>} */
  const groups = new Map();
  for (let at = 0; at < chances.length; at += classes) {
    if (classes === 2) {
      chances[at] = LAB.SHADES[bandOf(chances[at])];
      chances[at + 1] = 1 - chances[at];
      continue;
    }
    const row = chances.subarray(at, at + classes);
    const best = row.indexOf(row.reduce((a, b) => Math.max(a, b), -Infinity));
    const key = `${Array.from(row, bandOf)} ${best}`;
    const group = groups.get(key) ?? { sum: new Float64Array(classes), rows: [] };
    row.forEach((share, c) => { group.sum[c] += share; });
    group.rows.push(at);
    groups.set(key, group);
  }
  for (const { sum, rows } of groups.values()) {
    for (const at of rows) chances.set(sum.map((share) => share / rows.length), at);
  }
}
