/* What each layer has done, in numbers: the measures of every stop. */

/** @import { Cloud } from "./measuring.d.ts" */
/** @import { LabSheet, Layer, Numbers, StopMeasures } from "../lab.d.ts" */

import { through } from "../../chain.js";
import { MEASURING } from "../measuring.js";
import { eigen } from "../scene/matrices.js";
import { played } from "../cutting/steps.js";
import { affinePieces } from "../cutting/regions.js";
import { stretchedSheet } from "./stretch.js";
import { fitProbe } from "./probe.js";
import { separatorOf } from "./separable.js";
import { overlapOf, tooCoarse } from "./coverage.js";

/** Measures of the input, then after every act.
 * @param {Layer[]} layers
 * @param {Numbers} points (N, 2)
 * @param {Numbers} labels
 * @param {LabSheet} sheet
 * @returns {StopMeasures[]}
 */
export function measuresOf(layers, points, labels, sheet) {
  const own = played(layers);
  const { sheet: measured, slopes, factors } = stretchedSheet(own, sheet.limits);
  const { tiling, counts } = measured;
  const classes = [...new Set(Array.from(labels))].sort((a, b) => a - b);
  const index = Uint8Array.from(labels, (label) => classes.indexOf(label));
  const { columns: [x, y], count } = tiling;
  /** @type {import("../../types.js").State} */
  let state = { values: Float64Array.from(points), width: 2 };
  /** @type {import("../../types.js").State} */
  let image = { values: Float64Array.from({ length: 2 * count }, (_, i) => (i % 2 ? y : x)[i >> 1]), width: 2 };
  return slopes.map((slope, k) => {
    if (k) {
      state = through([own[k - 1]], state, index.length);
      image = through([own[k - 1]], image, count);
    }
    return {
      ...classMeasures(state, index, classes.length), ...factors[k], regions: counts[k],
      pieces: counts[k] === null ? null : affinePieces(tiling, slope),
      overlap: image.width > 2 ? null : layersOf(measured, image, slope),
    };
  });
}

/** How often a state's image lies over itself; null where cells are too coarse to tell.
 * @param {import("./measuring.d.ts").MeasuredSheet} measured
 * @param {import("../../types.js").State} image
 * @param {Float64Array} slope
 */
function layersOf({ tiling, areas, exact }, image, slope) {
  const [u, v] = [0, 1].map((axis) => axisOf(image, axis, tiling.count));
  if (!exact && image.width === 2 && tooCoarse(u, v, tiling, slope, areas)) return null;
  return overlapOf(u, v, tiling);
}

/** @param {import("../../types.js").State} state @param {number} axis @param {number} count */
function axisOf({ values, width }, axis, count) {
  return axis < width ? Float64Array.from({ length: count }, (_, i) => values[i * width + axis]) : new Float64Array(count);
}

/** What can be said of the classes in a state; nothing of one that is not finite.
 * @param {import("../../types.js").State} state
 * @param {Uint8Array} index
 * @param {number} classes
 */
function classMeasures({ values, width }, index, classes) {
  const none = { probe: null, separable: null, line: null, fisher: null };
  if (classes < 2 || !values.every(Number.isFinite)) return none;
  /** @type {Cloud} */
  const cloud = { values: /** @type {Float64Array} */ (values), width, count: index.length };
  const probe = fitProbe(cloud, index, classes);
  const separator = separatorOf(cloud, index, probe);
  return {
    // A fit that stops short of the last point is no news where there is a proof.
    probe: separator ? 1 : probe.accuracy, separable: separator !== null,
    line: width === 2 && classes === 2 ? tieLine(separator ?? probe) : null,
    fisher: fisherRatio(cloud, index, classes),
  };
}

/** The line on which both classes have the same score: n·p + c = 0.
 * @param {{ weight: number[][], bias: number[], centre: number[] }} scores
 * @returns {[number, number, number]}
 */
function tieLine({ weight: [first, second], bias, centre }) {
  const [a, b] = [second[0] - first[0], second[1] - first[1]];
  return [a, b, bias[1] - bias[0] - a * centre[0] - b * centre[1]];
}

/** tr(S_W⁺ S_B): how far the classes are apart in units of their own spread.
 * @param {Cloud} cloud
 * @param {Uint8Array} index
 * @param {number} classes
 */
function fisherRatio({ values, width, count }, index, classes) {
  let size = 0;
  for (const value of values) size = Math.max(size, Math.abs(value));
  size ||= 1;
  const counts = new Array(classes).fill(0);
  const all = new Array(width).fill(0);
  const means = counts.map(() => new Array(width).fill(0));
  for (let n = 0; n < count; n++) {
    counts[index[n]]++;
    for (let i = 0; i < width; i++) all[i] += values[n * width + i] / size;
  }
  all.forEach((sum, i) => { all[i] = sum / count; });
  for (let n = 0; n < count; n++) {
    const mean = means[index[n]];
    for (let i = 0; i < width; i++) mean[i] += values[n * width + i] / size - all[i];
  }
  means.forEach((mean, c) => mean.forEach((sum, i) => { mean[i] = sum / counts[c]; }));
  const within = all.map(() => new Array(width).fill(0));
  const rest = new Float64Array(width);
  for (let n = 0; n < count; n++) {
    const mean = means[index[n]];
    for (let i = 0; i < width; i++) rest[i] = values[n * width + i] / size - all[i] - mean[i];
    for (let i = 0; i < width; i++) for (let j = 0; j <= i; j++) within[i][j] += rest[i] * rest[j];
  }
  for (let i = 0; i < width; i++) for (let j = 0; j <= i; j++) within[j][i] = within[i][j] /= count;
  const { values: spreads, vectors } = eigen(within);
  const largest = spreads[width - 1];
  if (!(largest > MEASURING.SEPARABLE.rounding ** 2)) return null;
  let ratio = 0;
  spreads.forEach((value, k) => {
    if (!(value > MEASURING.FISHER * largest)) return;
    means.forEach((mean, c) => {
      const along = mean.reduce((sum, part, i) => sum + part * vectors[i][k], 0);
      ratio += ((counts[c] / count) * along * along) / value;
    });
  });
  return ratio;
}
