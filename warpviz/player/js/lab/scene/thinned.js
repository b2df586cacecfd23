/* The dots that are drawn: where many of a class would cover each other, fewer. */

/** @import { Layout } from "../../types.js" */

import { SEEING } from "../seeing.js";
import { NUMBERS } from "../../given.js";

const { ALL, EVEN, APART } = SEEING.DOTS;

/** Rows of points (N, 2) to draw, as `thinned` of film/panel.py has it.
 * @param {Float64Array} x
 * @param {ArrayLike<number>} labels
 * @param {Layout} layout
 */
export function thinned(x, labels, { safe, unit }) {
  const count = labels.length;
  if (count <= ALL) return Array.from({ length: count }, (_, i) => i);
  const share = (APART * NUMBERS.DOT.radius * unit) / Math.min(safe.x1 - safe.x0, safe.y1 - safe.y0);
  const [low, high] = [[Infinity, Infinity], [-Infinity, -Infinity]];
  for (let i = 0; i < 2 * count; i++) {
    low[i & 1] = Math.min(low[i & 1], x[i]);
    high[i & 1] = Math.max(high[i & 1], x[i]);
  }
  const reach = share * Math.max(high[0] - low[0], high[1] - low[1]);
  /** @type {Map<string, number[]>} */
  const taken = new Map();
  const kept = [];
  for (let i = 0; i < count; i++) {
    const [u, v] = [0, 1].map((axis) => Math.floor((x[2 * i + axis] - low[axis]) / Math.max(reach, 1e-12)));
    let free = true;
    for (let a = u - 1; a <= u + 1 && free; a++) {
      for (let b = v - 1; b <= v + 1 && free; b++) {
        const near = taken.get(`${labels[i]} ${a} ${b}`) || [];
        free = near.every((j) => (x[2 * i] - x[2 * j]) ** 2 + (x[2 * i + 1] - x[2 * j + 1]) ** 2 >= reach ** 2);
      }
    }
    if (!free) continue;
    const key = `${labels[i]} ${u} ${v}`;
    taken.set(key, [...(taken.get(key) || []), i]);
    kept.push(i);
  }
  return kept;
}

/** Which of a sheet's corners and dots a camera is framed by, and which it is led by: of the corners
 * one in each of `EVEN`² squares.
 * @param {ArrayLike<number> & Iterable<number>} corners
 * @param {Float64Array} vertices
 * @param {number} count of vertices, behind which the dots are
 * @param {number} all
 * @param {[number, number, number, number]} limits
 */
export function ledBy(corners, vertices, count, all, [x0, x1, y0, y1]) {
  const seen = new Uint8Array(count);
  for (const corner of corners) seen[corner] = 1;
  /** @type {number[]} */
  const framed = [];
  const square = new Map();
  const place = (/** @type {number} */ share) => Math.min(Math.max(Math.floor(share * EVEN), 0), EVEN - 1);
  for (let i = 0; i < count; i++) {
    if (!seen[i]) continue;
    framed.push(i);
    const at = place((vertices[2 * i + 1] - y0) / (y1 - y0)) * EVEN + place((vertices[2 * i] - x0) / (x1 - x0));
    if (!square.has(at)) square.set(at, i);
  }
  const dots = Array.from({ length: all - count }, (_, i) => count + i);
  const leaders = [...square.entries()].sort(([a], [b]) => a - b).map(([, i]) => i);
  return { framed: [...framed, ...dots], led: [...leaders, ...dots] };
}
