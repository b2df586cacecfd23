/* The slopes of states on pieces of the sheet, and how they stretch it. */

/** @import { MeasuredSheet } from "./measuring.d.ts" */
/** @import { Layer, Limits } from "../lab.d.ts" */

import { MEASURING } from "../measuring.js";
import { FILLS, LAB } from "../known.js";
import { areasOf, piecesOf } from "../cutting/regions.js";
import { rectangleOf, tilingEdges } from "../cutting/tiling/tilings.js";
import { stepsOf } from "../cutting/steps.js";

/** What was stretched last: measures and words are of the same.
 * @type {{ layers: Layer[], limits: string, found: ReturnType<typeof stretched> } | null} */
let stretchedLast = null;

/** The sheet of layers in pieces, the slopes of every state on each, and how these stretch it.
 * @param {Layer[]} layers as they are played
 * @param {Limits} limits
 */
export function stretchedSheet(layers, limits) {
  const known = stretchedLast;
  if (known && known.limits === limits.join() && known.layers.length === layers.length && known.layers.every((layer, k) => layer === layers[k])) return known.found;
  const found = stretched(layers, limits);
  stretchedLast = { layers, limits: limits.join(), found };
  return found;
}

/** @param {Layer[]} layers @param {Limits} limits */
function stretched(layers, limits) {
  const sheet = measuredSheet(layers, limits);
  const slopes = slopesOf(sheet, layers);
  return { sheet, slopes, factors: slopes.map((slope) => areaFactor(slope, sheet.areas)) };
}

/** The sheet of layers in pieces: regions of straight ones, else squares.
 * @param {Layer[]} layers as they are played
 * @param {Limits} limits
 * @returns {MeasuredSheet}
 */
function measuredSheet(layers, limits) {
  const pieces = piecesOf(layers, limits);
  const tiling = pieces ? pieces.tiling : rectangleOf(limits, LAB.SAMPLED);
  const { columns: [x, y], corners, offsets } = tiling;
  const count = offsets.length - 1;
  const centres = new Float64Array(2 * count);
  for (let p = 0; p < count; p++) {
    for (let i = offsets[p]; i < offsets[p + 1]; i++) {
      centres[2 * p] += x[corners[i]];
      centres[2 * p + 1] += y[corners[i]];
    }
    centres[2 * p] /= offsets[p + 1] - offsets[p];
    centres[2 * p + 1] /= offsets[p + 1] - offsets[p];
  }
  return {
    tiling, areas: areasOf(tiling), centres, limits, exact: pieces !== null,
    counts: pieces ? pieces.counts : new Array(layers.length + 1).fill(null),
    bends: pieces && bendsIn(pieces, layers.length),
  };
}

/** For each layer the units that have a crease on the sheet, and which line it is: units that share
 * one have its number.
 * @param {import("../cutting/cutting.d.ts").Pieces} pieces
 * @param {number} layers
 */
function bendsIn({ tiling, codes, units }, layers) {
  /** @type {Map<number, number>[]} */
  const found = Array.from({ length: layers }, () => new Map());
  /** @type {Map<string, number>} */
  const lines = new Map();
  const edges = tilingEdges(tiling);
  codes.forEach((code, u) => {
    /** @type {number[]} */
    const own = [];
    for (let i = 0; i < edges.length; i += 4) {
      const [left, right] = [edges[i + 2], edges[i + 3]];
      if (left >= 0 && right >= 0 && Math.abs(code[left] - code[right]) >= 2) own.push(i);
    }
    if (!own.length) return;
    const key = own.join();
    const line = lines.get(key) ?? lines.size;
    lines.set(key, line);
    found[units[u][0]].set(units[u][1], line);
  });
  return found;
}

/** J = ∂state/∂(x, y) on every piece for every state, the input first: (R, D, 2) each.
 * @param {MeasuredSheet} sheet
 * @param {Layer[]} layers
 * @returns {Float64Array[]}
 */
function slopesOf({ centres }, layers) {
  const count = centres.length / 2;
  /** @type {Float64Array} */
  let state = centres;
  let width = 2;
  let slope = Float64Array.from({ length: 4 * count }, (_, i) => (i % 4 === 0 || i % 4 === 3 ? 1 : 0));
  /** @type {{ state: Float64Array, slope: Float64Array }[]} */
  const kept = [];
  const found = [slope];
  for (const layer of layers) {
    for (const { kind, weight, bias, record, width: wide } of stepsOf([layer], width)) {
      if (kind === "keep") kept.push({ state, slope });
      else if (kind === "add") {
        const before = /** @type {typeof kept[0]} */ (kept.pop());
        state = state.map((value, i) => value + before.state[i]);
        slope = slope.map((value, i) => value + before.slope[i]);
      } else {
        if (weight && bias) {
          const sums = new Float64Array(count * wide);
          const turned = new Float64Array(2 * count * wide);
          for (let r = 0; r < count; r++) {
            for (let i = 0; i < wide; i++) {
              let sum = bias[i];
              let across = 0;
              let up = 0;
              for (let j = 0; j < width; j++) {
                const factor = weight[i * width + j];
                sum += factor * state[r * width + j];
                across += factor * slope[2 * (r * width + j)];
                up += factor * slope[2 * (r * width + j) + 1];
              }
              sums[r * wide + i] = sum;
              turned[2 * (r * wide + i)] = across;
              turned[2 * (r * wide + i) + 1] = up;
            }
          }
          state = sums;
          slope = turned;
          width = wide;
        }
        if (record) ({ state, slope } = bentBy(record.name, state, slope, width));
      }
    }
    found.push(slope);
  }
  return found;
}

/**
 * @param {string} name
 * @param {Float64Array} state
 * @param {Float64Array} slope
 * @param {number} width
 */
function bentBy(name, state, slope, width) {
  const count = state.length / width;
  const value = new Float64Array(state.length);
  const steep = new Float64Array(state.length);
  const [z, v, s] = [0, 0, 0].map(() => new Float64Array(count));
  for (let u = 0; u < width; u++) {
    for (let r = 0; r < count; r++) z[r] = state[r * width + u];
    FILLS[name](z, v, s, 0, count, u);
    for (let r = 0; r < count; r++) {
      value[r * width + u] = v[r];
      steep[r * width + u] = s[r];
    }
  }
  return { state: value, slope: slope.map((rise, i) => rise * steep[i >> 1]) };
}

/** Median of the area factors of what has not collapsed, and the share that has.
 * @param {Float64Array} slope (R, D, 2)
 * @param {Float64Array} areas
 * @returns {{ area: number | null, collapsed: number | null }}
 */
function areaFactor(slope, areas) {
  const wide = slope.length / areas.length;
  const larger = new Float64Array(areas.length);
  const smaller = new Float64Array(areas.length);
  let total = 0;
  let most = 0;
  for (let r = 0; r < areas.length; r++) {
    if (!(areas[r] > 0)) continue;
    stretchOf(slope, wide * r, wide * (r + 1), larger, smaller, r);
    if (!Number.isFinite(larger[r])) return { area: null, collapsed: null };
    total += areas[r];
    most = Math.max(most, larger[r]);
  }
  if (!(total > 0)) return { area: null, collapsed: null };
  const least = MEASURING.COLLAPSED * most;
  let flat = 0;
  /** @type {number[]} */
  const kept = [];
  for (let r = 0; r < areas.length; r++) {
    if (!(areas[r] > 0)) continue;
    if (smaller[r] > least) kept.push(r);
    else flat += areas[r];
  }
  if (!kept.length) return { area: null, collapsed: 1 };
  const logs = Float64Array.from(kept, (r) => Math.log(larger[r]) + Math.log(smaller[r]));
  const median = Math.exp(weightedMedian(logs, Float64Array.from(kept, (r) => areas[r])));
  return { area: Number.isFinite(median) ? median : null, collapsed: flat / total };
}

/** The larger and the smaller singular value of a Jacobian (D, 2), without loss of digits.
 * @param {Float64Array} slope
 * @param {number} from where the Jacobian begins
 * @param {number} to
 * @param {Float64Array} larger what is written to
 * @param {Float64Array} smaller
 * @param {number} r at which place
 */
function stretchOf(slope, from, to, larger, smaller, r) {
  let size = 0;
  for (let i = from; i < to; i++) {
    const value = Math.abs(slope[i]);
    if (!(value <= size)) size = value; // NaN too
  }
  const unit = size > 0 ? size : 1;
  let aa = 0;
  let bb = 0;
  let ab = 0;
  for (let i = from; i < to; i += 2) {
    const a = slope[i] / unit;
    const b = slope[i + 1] / unit;
    aa += a * a;
    bb += b * b;
    ab += a * b;
  }
  const longest = Math.max(aa, bb);
  const share = ab / (longest > 0 ? longest : 1);
  let across = 0;
  for (let i = from; i < to; i += 2) {
    const a = slope[i] / unit;
    const b = slope[i + 1] / unit;
    const rest = bb > aa ? a - b * share : b - a * share;
    across += rest * rest;
  }
  const large = Math.sqrt((aa + bb) / 2 + Math.hypot((aa - bb) / 2, ab));
  larger[r] = large * size;
  smaller[r] = (Math.sqrt(longest * across) / (large > 0 ? large : 1)) * size;
}

/** The value with half of the weight on each side; the middle of two where both have half.
 * @param {Float64Array} values
 * @param {Float64Array} weights
 */
function weightedMedian(values, weights) {
  const sorted = Uint32Array.from(values, (_, i) => i).sort((i, j) => values[i] - values[j]);
  const sums = new Float64Array(values.length);
  let sum = 0;
  sorted.forEach((at, i) => { sums[i] = sum += weights[at]; });
  // A hair's breadth, so that two equal halves are seen as such in spite of rounding.
  const low = sums.findIndex((below) => below >= sum / 2 - 1e-12 * sum);
  const high = sums.findIndex((below) => below >= sum / 2 + 1e-12 * sum);
  return (values[sorted[low]] + values[sorted[high < 0 ? sorted.length - 1 : high]]) / 2;
}
