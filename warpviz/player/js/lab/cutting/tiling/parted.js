/* A tiling that comes apart where an activation jumps: the two sides share no vertices. */

/** @import { Tagged, Tiling } from "../cutting.d.ts" */

import { tilingEdges } from "./tilings.js";
import { joinSegments } from "./joining.js";

/** Let polygons come apart where units are on different sides of a jump: the same polygons, for
 * each old vertex a new one, and the lines by their units.
 * @param {Tiling} tiling
 * @param {Uint8Array[]} sides a column a unit, a number for each side of its jumps
 * @returns {{ tiling: Tiling, copy: Uint32Array, tears: Tagged[] }}
 */
export function parted(tiling, sides) {
  const edges = tilingEdges(tiling);
  /** @type {number[]} */
  const pairs = [];
  /** @type {number[]} */
  const tags = [];
  for (let i = 0; i < edges.length; i += 4) {
    const [left, right] = [edges[i + 2], edges[i + 3]];
    if (left < 0 || right < 0) continue;
    sides.forEach((side, unit) => {
      if (side[left] === side[right]) return;
      pairs.push(edges[i], edges[i + 1]);
      tags.push(unit);
    });
  }
  const { corners, offsets, count } = tiling;
  const label = labelled(sides, offsets.length - 1);
  /** @type {Map<string, number>} */
  const fresh = new Map();
  /** @type {number[]} */
  const origin = [];
  const copy = new Uint32Array(count);
  const found = new Uint8Array(count);
  const moved = new Uint32Array(corners.length);
  for (let p = 0; p + 1 < offsets.length; p++) {
    for (let i = offsets[p]; i < offsets[p + 1]; i++) {
      const v = corners[i];
      const key = `${v} ${label[p]}`;
      let number = fresh.get(key);
      if (number === undefined) {
        number = origin.length;
        fresh.set(key, number);
        origin.push(v);
        if (!found[v]) copy[v] = number;
        found[v] = 1;
      }
      moved[i] = number;
    }
  }
  const columns = tiling.columns.map((column) => Float64Array.from(origin, (v) => column[v]));
  return {
    tiling: { columns, count: origin.length, corners: moved, offsets },
    copy,
    tears: joinSegments(pairs, tags).map(({ tag, path }) => ({ tag, path: path.map((v) => copy[v]) })),
  };
}

/** A number for each polygon that those of the same sides share.
 * @param {ArrayLike<number>[]} sides
 * @param {number} count
 */
export function labelled(sides, count) {
  /** @type {Map<string, number>} */
  const known = new Map();
  return Uint32Array.from({ length: count }, (_, p) => {
    const key = sides.map((side) => side[p]).join();
    const number = known.get(key) ?? known.size;
    known.set(key, number);
    return number;
  });
}
