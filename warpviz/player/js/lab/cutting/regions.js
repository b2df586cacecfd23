/* The linear regions of layers of straight pieces. */

/** @import { Layer, Limits, Pieces, Tiling } from "./cutting.d.ts" */
/** @import { Regions } from "../lab.d.ts" */

import { LAB } from "../known.js";
import { tilingEdges, rectangleOf } from "./tiling/tilings.js";
import { subdivide } from "./pieces.js";
import { isStraight } from "./steps.js";

/** A rectangle in pieces on which layers are affine; null where they are not made of straight
 * pieces, or of too many.
 * @param {Layer[]} layers as they are played
 * @param {Limits} limits
 * @returns {Pieces | null}
 */
export function piecesOf(layers, limits) {
  return isStraight(layers) ? subdivide(layers, rectangleOf(limits, 1), LAB.MOST_REGIONS) : null;
}

/** The linear regions over a rectangle: activation patterns of positive area.
 * @param {Layer[]} layers as they are played
 * @param {Limits} limits
 * @returns {Regions | null}
 */
export function regionsOf(layers, limits) {
  const pieces = piecesOf(layers, limits);
  if (!pieces) return null;
  const { tiling, maps, outputs, codes, units, counts } = pieces;
  const { columns: [x, y], count, corners, offsets } = tiling;
  const regions = offsets.length - 1;
  return {
    vertices: Float64Array.from({ length: 2 * count }, (_, i) => (i % 2 ? y : x)[i >> 1]),
    corners, sizes: Uint32Array.from({ length: regions }, (_, r) => offsets[r + 1] - offsets[r]),
    maps: Float64Array.from({ length: regions * outputs * 2 }, (_, i) => maps[3 * outputs * Math.floor(i / (2 * outputs)) + (i % 2) * outputs + (i >> 1) % outputs]),
    shifts: Float64Array.from({ length: regions * outputs }, (_, i) => maps[3 * outputs * Math.floor(i / outputs) + 2 * outputs + i % outputs]),
    areas: areasOf(tiling),
    patterns: Uint8Array.from({ length: regions * units.length }, (_, i) => codes[i % units.length][Math.floor(i / units.length)] >> 1),
    units, counts,
  };
}

/** Areas, by the shoelace formula around each polygon's first corner.
 * @param {Tiling} tiling
 */
export function areasOf({ columns: [x, y], corners, offsets }) {
  return Float64Array.from({ length: offsets.length - 1 }, (_, p) => {
    const first = corners[offsets[p]];
    let doubled = 0;
    for (let i = offsets[p] + 1; i + 1 < offsets[p + 1]; i++) {
      const [a, b] = [corners[i], corners[i + 1]];
      doubled += (x[a] - x[first]) * (y[b] - y[first]) - (y[a] - y[first]) * (x[b] - x[first]);
    }
    return doubled / 2;
  });
}

/** How many pieces a map has, neighbours on which it is the same counted once.
 * @param {Tiling} tiling
 * @param {Float64Array} slopes so many numbers of each polygon
 */
export function affinePieces(tiling, slopes) {
  const count = tiling.offsets.length - 1;
  const wide = slopes.length / count;
  const edges = tilingEdges(tiling);
  const largest = slopes.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const parent = Uint32Array.from({ length: count }, (_, i) => i);
  /** @param {number} at */
  const root = (at) => {
    let here = at;
    while (parent[here] !== here) here = parent[here] = parent[parent[here]];
    return here;
  };
  let pieces = count;
  for (let i = 0; i < edges.length; i += 4) {
    const [left, right] = [edges[i + 2], edges[i + 3]];
    if (left < 0 || right < 0) continue;
    let apart = 0;
    for (let j = 0; j < wide; j++) apart = Math.max(apart, Math.abs(slopes[left * wide + j] - slopes[right * wide + j]));
    if (!(apart <= LAB.SAME * largest)) continue;
    const [one, other] = [root(left), root(right)];
    if (one === other) continue;
    parent[one] = other;
    pieces--;
  }
  return pieces;
}
