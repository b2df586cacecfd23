/* The slopes of states on pieces of the sheet, and how they stretch it. */

/** @import { MeasuredSheet } from "./measuring.d.ts" */
/** @import { Layer, Limits } from "../lab.d.ts" */

import { MEASURING } from "../measuring.js";
import { FILLS, LAB } from "../known.js";
import { areasOf, piecesOf } from "../cutting/regions.js";
import { rectangleOf, tilingEdges } from "../cutting/tiling/tilings.js";
import { stepsOf } from "../cutting/steps.js";

/** The sheet of layers in pieces: regions of straight ones, else squares.
 * @param {Layer[]} layers as they are played
 * @param {Limits} limits
 * @returns {MeasuredSheet}
 */
export function measuredSheet(layers, limits) {
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
export function slopesOf({ centres }, layers) {
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
export function areaFactor(slope, areas) {
  const wide = slope.length / (2 * areas.length);
  const pieces = Array.from(areas, (weight, r) => ({ weight, ...stretchOf(slope.subarray(2 * wide * r, 2 * wide * (r + 1))) })).filter(({ weight }) => weight > 0);
  const total = pieces.reduce((sum, { weight }) => sum + weight, 0);
  if (!(total > 0) || pieces.some(({ larger }) => !Number.isFinite(larger))) return { area: null, collapsed: null };
  const least = MEASURING.COLLAPSED * pieces.reduce((most, { larger }) => Math.max(most, larger), 0);
  const flat = pieces.filter(({ smaller }) => smaller <= least);
  if (flat.length === pieces.length) return { area: null, collapsed: 1 };
  const logs = pieces.filter(({ smaller }) => smaller > least).map(({ larger, smaller, weight }) => ({ log: Math.log(larger) + Math.log(smaller), weight }));
  const median = Math.exp(weightedMedian(logs));
  return { area: Number.isFinite(median) ? median : null, collapsed: flat.reduce((sum, { weight }) => sum + weight, 0) / total };
}

/** The larger and the smaller singular value of a Jacobian (D, 2), without loss of digits.
 * @param {Float64Array} jacobian
 */
function stretchOf(jacobian) {
  const size = jacobian.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const unit = size > 0 ? size : 1;
  let aa = 0;
  let bb = 0;
  let ab = 0;
  for (let i = 0; i < jacobian.length; i += 2) {
    const [a, b] = [jacobian[i] / unit, jacobian[i + 1] / unit];
    aa += a * a;
    bb += b * b;
    ab += a * b;
  }
  const longest = Math.max(aa, bb);
  const share = ab / (longest > 0 ? longest : 1);
  let across = 0;
  for (let i = 0; i < jacobian.length; i += 2) {
    const [a, b] = [jacobian[i] / unit, jacobian[i + 1] / unit];
    const rest = bb > aa ? a - b * share : b - a * share;
    across += rest * rest;
  }
  const larger = Math.sqrt((aa + bb) / 2 + Math.hypot((aa - bb) / 2, ab));
  return { larger: larger * size, smaller: (Math.sqrt(longest * across) / (larger > 0 ? larger : 1)) * size };
}

/** The value with half of the weight on each side; the middle of two where both have half.
 * @param {{ log: number, weight: number }[]} values
 */
function weightedMedian(values) {
  const sorted = [...values].sort((a, b) => a.log - b.log);
  const sums = [];
  let sum = 0;
  for (const { weight } of sorted) sums.push(sum += weight);
  // A hair's breadth, so that two equal halves are seen as such in spite of rounding.
  const low = sums.findIndex((below) => below >= sum / 2 - 1e-12 * sum);
  const high = sums.findIndex((below) => below >= sum / 2 + 1e-12 * sum);
  return (sorted[low].log + sorted[high < 0 ? sorted.length - 1 : high].log) / 2;
}
