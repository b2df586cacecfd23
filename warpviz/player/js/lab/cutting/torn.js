/* A sheet that is torn where an activation jumps: no cell and no line crosses a tear, and what lies
 * on one lies on one side of it, a hair's breadth away. */

/** @import { Drawn, Layer, Line, Place, Sides, Tiling } from "./cutting.d.ts" */

import { LAB } from "../known.js";
import { labelled } from "./tiling/parted.js";
import { outputsAt, widthOf } from "./steps.js";
import { winnerOf } from "./levels.js";
import { finerPath, lipsOf, middlesOf, onWay, piecesOfPath, runsOf } from "./lips.js";

const ROUNDS = 3;

/** A tiling and its lines, each on one side of every jump.
 * @param {Tiling} tiling
 * @param {Line[]} lines
 * @param {Layer[]} layers
 * @param {Sides} sides
 * @param {boolean} boundary whether it is drawn where it runs along a tear
 */
export function torn(tiling, lines, layers, sides, boundary) {
  const made = tornCells(tiling, sides);
  const [x, y] = tiling.columns;
  const hair = (LAB.HAIR * Math.max(...[x, y].map((column) => spanOf(column, tiling.count)))) / LAB.CELLS;
  /** @type {Line[]} */
  const found = [];
  const { xs, ys } = made;
  /** @param {Line} line @param {Place[]} path */
  const take = (line, path) => {
    found.push({ ...line, path: path.map(([px, py]) => { ys.push(py); return xs.push(px) - 1; }) });
  };
  /** @param {Line} line @param {Place[]} path */
  const takePieces = (line, path) => { for (const piece of piecesOfPath(path, sides, ROUNDS)) take(line, piece); };
  for (const line of lines) {
    const path = Array.from(line.path, (v) => /** @type {Place} */ ([x[v], y[v]]))
      .filter(([px, py], i, all) => !i || px !== all[i - 1][0] || py !== all[i - 1][1]);
    if (path.length < 2) continue;
    if (line.kind === "boundary") {
      // Where it runs along a tear, the lips have it.
      const { at } = sides.of(path);
      for (const [from, to] of runsOf(path.length - 1, (i) => !(at[i] && at[i + 1]))) takePieces(line, path.slice(from, to + 2));
      continue;
    }
    const own = sides.columns.flatMap(({ layer, unit }, i) => (layer === line.layer && unit === line.unit ? [i] : []));
    const lips = line.kind === "crease" && own.length ? lipsOf(finerPath(path), hair) : null;
    if (!lips || !tearsApart(sides, lips, own)) {
      takePieces(line, path);
      continue;
    }
    for (const lip of lips) takePieces(line, lip);
    if (!boundary) continue;
    const [left, right] = lips.map((lip) => winnersAt(layers, middlesOf(lip)));
    for (const [from, to] of runsOf(left.length, (i) => left[i] !== right[i])) {
      for (const lip of lips) takePieces({ path: [], kind: "boundary", layer: 0, unit: -1, times: null }, lip.slice(from, to + 2));
    }
  }
  return {
    tiling: { columns: [Float64Array.from(xs), Float64Array.from(ys)], count: xs.length, corners: made.corners, offsets: tiling.offsets },
    lines: found,
  };
}

/** The parts of tears across which the prediction changes, as boundaries.
 * @param {Tiling} tiling
 * @param {Line[]} tears
 * @param {Layer[]} layers
 * @param {number} size of the sheet
 * @param {Drawn} drawn they are added to it
 */
export function tornBoundary({ columns: [x, y] }, tears, layers, size, drawn) {
  for (const tear of tears) {
    const path = finerPath(Array.from(tear.path, (v) => /** @type {Place} */ ([x[v], y[v]])));
    const [left, right] = lipsOf(path, (LAB.HAIR * size) / LAB.CELLS).map((lip) => winnersAt(layers, middlesOf(lip)));
    for (const [from, to] of runsOf(left.length, (i) => left[i] !== right[i])) {
      const own = path.slice(from, to + 2).map(([px, py]) => { drawn.y.push(py); return drawn.x.push(px) - 1; });
      drawn.lines.push({ path: own, kind: "boundary", layer: 0, unit: -1, times: null });
    }
  }
}

/** @param {Float64Array} column @param {number} count */
function spanOf(column, count) {
  let low = Infinity;
  let high = -Infinity;
  for (let v = 0; v < count; v++) {
    low = Math.min(low, column[v]);
    high = Math.max(high, column[v]);
  }
  return high - low;
}

/** Vertices and corners: each side of a tear has its own, a little towards its cells.
 * @param {Tiling} tiling
 * @param {Sides} sides
 */
function tornCells({ columns: [x, y], corners, offsets }, sides) {
  const cells = offsets.length - 1;
  const centres = Array.from({ length: cells }, (_, cell) => {
    const own = corners.subarray(offsets[cell], offsets[cell + 1]);
    return /** @type {Place} */ ([own.reduce((sum, v) => sum + x[v], 0) / own.length, own.reduce((sum, v) => sum + y[v], 0) / own.length]);
  });
  const { above } = sides.of(centres);
  const label = labelled(above, cells);
  /** @type {Map<number, number>} */
  const fresh = new Map();
  /** @type {{ v: number, cell: number, sum: Place, count: number }[]} */
  const made = [];
  const copies = new Uint8Array(x.length);
  const moved = new Uint32Array(corners.length);
  for (let cell = 0; cell < cells; cell++) {
    for (let i = offsets[cell]; i < offsets[cell + 1]; i++) {
      const v = corners[i];
      const key = v * (cells + 1) + label[cell];
      let number = fresh.get(key);
      if (number === undefined) {
        number = made.push({ v, cell, sum: [0, 0], count: 0 }) - 1;
        fresh.set(key, number);
        copies[v]++;
      }
      made[number].sum[0] += centres[cell][0];
      made[number].sum[1] += centres[cell][1];
      made[number].count++;
      moved[i] = number;
    }
  }
  const old = made.map(({ v }) => /** @type {Place} */ ([x[v], y[v]]));
  const towards = made.map(({ sum, count }) => /** @type {Place} */ ([sum[0] / count, sum[1] / count]));
  const { at } = sides.of(old);
  const found = old.map(([px, py], i) => {
    const share = at[i] || copies[made[i].v] > 1 ? LAB.HAIR : 0;
    return /** @type {Place} */ ([px + share * (towards[i][0] - px), py + share * (towards[i][1] - py)]);
  });
  // Of a cell that a tear crosses there remains the side of its middle.
  /** @param {Uint8Array[]} here @param {number} i @param {number} number */
  const right = (here, i, number) => here.every((column, j) => column[i] === above[j][made[number].cell]);
  const there = sides.of(found).above;
  const wrong = made.flatMap((_, i) => (right(there, i, i) ? [] : [i]));
  const low = wrong.map(() => 0);
  const high = wrong.map(() => 1);
  for (let round = 0; wrong.length && round < LAB.HALVED; round++) {
    const places = wrong.map((number, i) => onWay(old[number], towards[number], (low[i] + high[i]) / 2));
    const here = sides.of(places).above;
    wrong.forEach((number, i) => {
      if (right(here, i, number)) high[i] = (low[i] + high[i]) / 2;
      else low[i] = (low[i] + high[i]) / 2;
    });
  }
  wrong.forEach((number, i) => { found[number] = onWay(old[number], towards[number], high[i]); });
  return { xs: found.map(([px]) => px), ys: found.map(([, py]) => py), corners: moved };
}

/** Whether a path's own unit is above a jump on one side of it, and below on the other.
 * @param {Sides} sides
 * @param {Place[][]} lips
 * @param {number[]} own
 */
function tearsApart(sides, lips, own) {
  const [left, right] = lips.map((lip) => sides.of(middlesOf(lip)).above);
  let apart = 0;
  for (let i = 0; i < left[0].length; i++) if (own.some((column) => left[column][i] !== right[column][i])) apart++;
  return 2 * apart > left[0].length;
}

/** @param {Layer[]} layers @param {Place[]} places */
function winnersAt(layers, places) {
  const classes = widthOf(layers);
  const outputs = outputsAt(layers, Float64Array.from(places, ([px]) => px), Float64Array.from(places, ([, py]) => py));
  return places.map((_, i) => winnerOf(outputs, i, classes, classes));
}
