/* Convex polygons that tile the plane, cut by lines. Neighbours share vertices: the sign of a
 * vertex, and the crossing on an edge, are decided once for all polygons around it. */

/** @import { Cut, Tiling, Values } from "../cutting.d.ts" */

import { zerosBetween } from "./zeros.js";

const ON = 0;
const ABOVE = 1;
const BELOW = 2;
const BOTH = 3;
const SIDE = [0, 1, -1];

/** Cut every polygon along z = 0.
 *
 * A vertex nearer than `close` to the line counts as on it, for all polygons around it.
 * @param {Tiling} tiling
 * @param {Float64Array} z values at the vertices, exactly 0 where rounding decides
 * @param {Float64Array | null} steepness length of the gradient of z on each polygon
 * @param {number} close
 * @param {Values | null} [values] what they are where they are not affine along edges
 * @returns {Cut}
 */
export function split(tiling, z, steepness, close, values = null) {
  const { corners, offsets, count } = tiling;
  const polygons = offsets.length - 1;
  const marks = new Uint8Array(count);
  for (let v = 0; v < count; v++) marks[v] = z[v] > 0 ? ABOVE : z[v] < 0 ? BELOW : ON;
  const seen = new Uint8Array(polygons);
  for (;;) {
    let cuts = 0;
    for (let p = 0; p < polygons; p++) {
      let side = ON;
      for (let i = offsets[p]; i < offsets[p + 1]; i++) side |= marks[corners[i]];
      seen[p] = side;
      if (side === BOTH) cuts++;
    }
    if (!cuts) {
      return { tiling, parents: Uint32Array.from({ length: polygons }, (_, p) => p), sides: Int8Array.from(seen, (side) => SIDE[side]) };
    }
    if (steepness && markNear(tiling, z, steepness, close, marks, seen)) continue;
    const made = parts(tiling, z, marks, seen, cuts);
    if (made.wrong.length) {
      for (const v of made.wrong) marks[v] = ON;
      continue;
    }
    return assembled(tiling, z, seen, cuts, made, values);
  }
}

/** Let vertices of cut polygons that are near to the line lie on it; whether there are any.
 * @param {Tiling} tiling
 * @param {Float64Array} z
 * @param {Float64Array} steepness
 * @param {number} close
 * @param {Uint8Array} marks
 * @param {Uint8Array} seen
 */
function markNear({ corners, offsets }, z, steepness, close, marks, seen) {
  let some = false;
  for (let p = 0; p < seen.length; p++) {
    if (seen[p] !== BOTH) continue;
    const slack = close * steepness[p];
    for (let i = offsets[p]; i < offsets[p + 1]; i++) {
      const v = corners[i];
      if (marks[v] !== ON && Math.abs(z[v]) < slack) {
        marks[v] = ON;
        some = true;
      }
    }
  }
  return some;
}

/** The corners above and below of the cut polygons, with their crossings as new vertices; or the
 * vertices that have to count as on, where rounding lets a polygon cross the line more than twice.
 * @param {Tiling} tiling
 * @param {Float64Array} z
 * @param {Uint8Array} marks
 * @param {Uint8Array} seen
 * @param {number} cuts
 */
function parts({ corners, offsets, count }, z, marks, seen, cuts) {
  /** @type {Map<number, number>} */
  const crossing = new Map();
  /** @type {number[]} */
  const low = [];
  /** @type {number[]} */
  const high = [];
  /** @type {number[]} */
  const wrong = [];
  /** @type {number[][]} */
  const above = new Array(cuts);
  /** @type {number[][]} */
  const below = new Array(cuts);
  /** @type {number[]} */
  const ring = [];
  /** @type {number[]} */
  const own = [];
  let cut = 0;
  for (let p = 0; p < seen.length; p++) {
    if (seen[p] !== BOTH) continue;
    ring.length = own.length = 0;
    const from = offsets[p];
    const to = offsets[p + 1];
    for (let i = from; i < to; i++) {
      const a = corners[i];
      const b = corners[i + 1 < to ? i + 1 : from];
      ring.push(a);
      own.push(marks[a]);
      if ((marks[a] | marks[b]) !== BOTH) continue;
      const lower = Math.min(a, b);
      const key = lower * count + Math.max(a, b);
      let fresh = crossing.get(key);
      if (fresh === undefined) {
        fresh = count + low.length;
        crossing.set(key, fresh);
        low.push(lower);
        high.push(Math.max(a, b));
      }
      ring.push(fresh);
      own.push(ON);
    }
    const sides = sidesOfRing(ring, own);
    if (sides) {
      above[cut] = sides[0];
      below[cut++] = sides[1];
      continue;
    }
    let faintest = -1;
    ring.forEach((v, i) => {
      if (own[i] !== ON && (faintest < 0 || Math.abs(z[v]) < Math.abs(z[faintest]))) faintest = v;
    });
    wrong.push(faintest);
  }
  return { above, below, low, high, wrong };
}

/** The two sides of a ring of corners; null where they part in more or fewer than two places. A run
 * of corners on the line belongs to the side before it; at its last corner sides part.
 * @param {number[]} ring
 * @param {number[]} marks
 * @returns {[number[], number[]] | null}
 */
function sidesOfRing(ring, marks) {
  const size = ring.length;
  let begin = 0;
  while (marks[begin] === ON) begin++;
  /** @type {number[]} */
  const above = [];
  /** @type {number[]} */
  const below = [];
  const filled = new Array(size);
  let side = marks[begin];
  for (let i = 0; i < size; i++) {
    const at = (begin + i) % size;
    if (marks[at] !== ON) side = marks[at];
    filled[at] = side;
  }
  let partings = 0;
  for (let i = 0; i < size; i++) {
    const parting = marks[i] === ON && (marks[(i + 1) % size] | filled[i]) === BOTH;
    if (parting) partings++;
    if (parting || filled[i] === ABOVE) above.push(ring[i]);
    if (parting || filled[i] === BELOW) below.push(ring[i]);
  }
  return partings === 2 ? [above, below] : null;
}

/** The new tiling: what was left whole, then what is above, then what is below.
 * @param {Tiling} tiling
 * @param {Float64Array} z
 * @param {Uint8Array} seen
 * @param {number} cuts
 * @param {{ above: number[][], below: number[][], low: number[], high: number[] }} made
 * @param {Values | null} values
 * @returns {Cut}
 */
function assembled(tiling, z, seen, cuts, { above, below, low, high }, values) {
  const { corners, offsets, count } = tiling;
  const columns = grown(tiling.columns, count, low.length);
  const [x, y] = columns;
  const share = values
    ? zerosBetween(Float64Array.from(low, (v) => x[v]), Float64Array.from(low, (v) => y[v]),
      Float64Array.from(low, (v, i) => x[high[i]] - x[v]), Float64Array.from(low, (v, i) => y[high[i]] - y[v]),
      Float64Array.from(low, (v) => z[v]), Float64Array.from(high, (v) => z[v]), values)
    : Float64Array.from(low, (v, i) => {
      const part = z[v] / (z[v] - z[high[i]]);
      return part >= 0 && part <= 1 ? part : 0.5;
    });
  for (const column of columns) {
    for (let i = 0; i < low.length; i++) {
      const start = column[low[i]];
      column[count + i] = start + share[i] * (column[high[i]] - start);
    }
  }
  const polygons = seen.length;
  const total = polygons + cuts;
  const parents = new Uint32Array(total);
  const sides = new Int8Array(total);
  const begins = new Uint32Array(total + 1);
  let size = 0;
  for (const part of above) size += part.length;
  for (const part of below) size += part.length;
  for (let p = 0; p < polygons; p++) if (seen[p] !== BOTH) size += offsets[p + 1] - offsets[p];
  const found = new Uint32Array(size);
  let at = 0;
  let next = 0;
  let cut = 0;
  for (let p = 0; p < polygons; p++) {
    if (seen[p] === BOTH) {
      parents[polygons - cuts + cut] = parents[polygons + cut] = p;
      sides[polygons - cuts + cut] = 1;
      sides[polygons + cut++] = -1;
      continue;
    }
    parents[next] = p;
    sides[next++] = SIDE[seen[p]];
    for (let i = offsets[p]; i < offsets[p + 1]; i++) found[at++] = corners[i];
    begins[next] = at;
  }
  for (const part of [...above, ...below]) {
    for (const v of part) found[at++] = v;
    begins[++next] = at;
  }
  return { tiling: { columns, count: count + low.length, corners: found, offsets: begins }, parents, sides };
}

/** Columns with room for more; those that have it stay the same arrays.
 * @param {Float64Array[]} columns
 * @param {number} count
 * @param {number} more
 */
function grown(columns, count, more) {
  return columns.map((column) => {
    if (column.length >= count + more) return column;
    const wide = new Float64Array(2 * (count + more));
    wide.set(column.subarray(0, count));
    return wide;
  });
}
