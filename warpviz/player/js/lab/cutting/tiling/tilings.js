/* Tilings of the plane: graph paper, and the edges between polygons. */

/** @import { Edges, Tiling } from "../cutting.d.ts" */
/** @import { Limits } from "../../lab.d.ts" */

/** A rectangle of cells² equal rectangles.
 * @param {Limits} limits
 * @param {number} cells
 * @returns {Tiling}
 */
export function rectangleOf([x0, x1, y0, y1], cells) {
  const side = cells + 1;
  const x = new Float64Array(side * side);
  const y = new Float64Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      x[row * side + column] = markOf(x0, x1, column, cells);
      y[row * side + column] = markOf(y0, y1, row, cells);
    }
  }
  const corners = new Uint32Array(4 * cells * cells);
  const offsets = Uint32Array.from({ length: cells * cells + 1 }, (_, i) => 4 * i);
  for (let cell = 0; cell < cells * cells; cell++) {
    const first = Math.floor(cell / cells) * side + (cell % cells);
    corners.set([first, first + 1, first + side + 1, first + side], 4 * cell);
  }
  return { columns: [x, y], count: side * side, corners, offsets };
}

/** Place i of so many equal parts of a way; the last is its end to the last bit.
 * @param {number} low
 * @param {number} high
 * @param {number} i
 * @param {number} parts
 */
export function markOf(low, high, i, parts) {
  return i === parts ? high : low + i * ((high - low) / parts);
}

/** Each edge once, by its vertices, with the polygons on its two sides.
 * @param {Tiling} tiling
 * @returns {Edges}
 */
export function tilingEdges({ corners, offsets, count }) {
  const begins = new Uint32Array(count + 1);
  /** @param {(low: number, high: number, polygon: number, forward: boolean) => void} take */
  const each = (take) => {
    for (let p = 0; p + 1 < offsets.length; p++) {
      const to = offsets[p + 1];
      for (let i = offsets[p]; i < to; i++) {
        const a = corners[i];
        const b = corners[i + 1 < to ? i + 1 : offsets[p]];
        take(Math.min(a, b), Math.max(a, b), p, a < b);
      }
    }
  };
  each((low) => { begins[low + 1]++; });
  for (let v = 0; v < count; v++) begins[v + 1] += begins[v];
  const used = new Uint32Array(count);
  const highs = new Uint32Array(corners.length);
  const left = new Int32Array(corners.length).fill(-1);
  const right = new Int32Array(corners.length).fill(-1);
  let total = 0;
  each((low, high, polygon, forward) => {
    const from = begins[low];
    let i = from;
    while (i < from + used[low] && highs[i] !== high) i++;
    if (i === from + used[low]) {
      highs[i] = high;
      used[low]++;
      total++;
    }
    (forward ? left : right)[i] = polygon;
  });
  const edges = new Int32Array(4 * total);
  let at = 0;
  for (let v = 0; v < count; v++) {
    for (let i = begins[v]; i < begins[v] + used[v]; i++, at += 4) edges.set([v, highs[i], left[i], right[i]], at);
  }
  return edges;
}
