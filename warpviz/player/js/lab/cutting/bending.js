/* Cells and grid lines for layers that bend: cut along every kink, finer where states leave the
 * flat. */

/** @import { Drawn, Layer, Limits, Tiling } from "./cutting.d.ts" */

import { LAB } from "../known.js";
import { through } from "../../chain.js";
import { markOf } from "./tiling/tilings.js";
import { split } from "./tiling/polygons.js";
import { subdivide } from "./pieces.js";
import { bendsOf, isStraight, outputsAt, unitAt } from "./steps.js";

/** How many layers act before anything bends smoothly.
 * @param {Layer[]} layers
 */
export function straightPart(layers) {
  let count = layers.length;
  while (!isStraight(layers.slice(0, count))) count--;
  return count;
}

/** Cells that no state bends by more than half a pixel, as far as can be.
 * @param {Layer[]} layers as they are played
 * @param {Limits} limits
 * @param {number} cells along each side, before any is cut
 * @param {boolean} coarse whether none is
 * @returns {Tiling}
 */
export function bendingCells(layers, limits, cells, coarse) {
  let detail = new Uint8Array(cells * cells).fill(1);
  const off = coarse ? null : offFlat(layers, limits, cells);
  if (off) detail = finerWhere(off);
  let tiling = mosaic(limits, cells, detail);
  const straight = straightPart(layers);
  const pieces = straight ? subdivide(layers.slice(0, straight), tiling, LAB.MOST_CELLS) : null;
  if (pieces) tiling = { ...pieces.tiling, columns: pieces.tiling.columns.slice(0, 2) };
  for (let k = straight; k < layers.length; k++) {
    for (const { before, record, units } of bendsOf(layers, k)) {
      if (record.sharp.length && units <= LAB.MOST_KINKED) tiling = withoutKinks(tiling, before, units, record.sharp);
    }
  }
  return tiling;
}

/** A tiling cut where units cross some levels.
 * @param {Tiling} given
 * @param {Layer[]} before what leads to the units
 * @param {number} units
 * @param {number[]} levels
 */
function withoutKinks(given, before, units, levels) {
  let tiling = given;
  let known = new Float64Array(0);
  for (let unit = 0; unit < units; unit++) {
    for (const level of levels) {
      if (tiling.offsets.length > LAB.MOST_CELLS) return tiling;
      const from = known.length / units;
      if (from < tiling.count) {
        const [x, y] = tiling.columns;
        const all = new Float64Array(tiling.count * units);
        all.set(known);
        all.set(outputsAt(before, x.subarray(from, tiling.count), y.subarray(from, tiling.count)), known.length);
        known = all;
      }
      const z = Float64Array.from({ length: tiling.count }, (_, v) => known[v * units + unit] - level);
      if (z.some((value) => value > 0) && z.some((value) => value < 0)) ({ tiling } = split(tiling, z, null, 0, unitAt(before, unit, level)));
    }
  }
  return tiling;
}

/** How far the middles of all squares and of their sides are off what their corners tell, over what
 * may remain.
 * @param {Layer[]} layers
 * @param {Limits} limits
 * @param {number} cells
 */
function offFlat(layers, limits, cells) {
  const side = 2 * cells + 1;
  const [x0, x1, y0, y1] = limits;
  const places = new Float64Array(2 * side * side);
  for (let i = 0; i < side * side; i++) {
    places[2 * i] = markOf(x0, x1, i % side, 2 * cells);
    places[2 * i + 1] = markOf(y0, y1, Math.floor(i / side), 2 * cells);
  }
  const off = new Float64Array(cells * cells);
  /** @type {import("../../types.js").State} */
  let state = { values: places, width: 2 };
  for (const layer of layers) {
    state = through([layer], state, side * side);
    const { values, width } = state;
    const extent = extentOf(values, width);
    if (!(extent > 0 && extent < Infinity)) continue;
    for (let cell = 0; cell < off.length; cell++) {
      const at = 2 * Math.floor(cell / cells) * side + 2 * (cell % cells);
      for (const [a, m, b] of [[0, 1, 2], [0, side, 2 * side], [0, side + 1, 2 * side + 2], [2, side + 1, 2 * side]]) {
        for (let i = 0; i < width; i++) {
          const chord = (values[(at + a) * width + i] + values[(at + b) * width + i]) / 2;
          off[cell] = Math.max(off[cell], Math.abs(chord - values[(at + m) * width + i]) / (extent * LAB.FLAT));
        }
      }
    }
  }
  return off;
}

/** The largest extent of a state along its axes.
 * @param {ArrayLike<number>} values
 * @param {number} width
 */
function extentOf(values, width) {
  let most = 0;
  for (let i = 0; i < width; i++) {
    let low = Infinity;
    let high = -Infinity;
    for (let at = i; at < values.length; at += width) {
      low = Math.min(low, values[at]);
      high = Math.max(high, values[at]);
    }
    most = Math.max(most, high - low);
  }
  return most;
}

/** Parts along each side of each square, given how far off it is.
 * @param {Float64Array} off
 */
function finerWhere(off) {
  for (let scale = 1; ; scale *= 2) {
    // A part half as wide leaves the flat a quarter as far.
    const detail = Uint8Array.from(off, (much) => Math.min(2 ** Math.ceil(Math.log2(Math.max(much / scale, 1)) / 2), LAB.FINEST));
    if (detail.reduce((sum, parts) => sum + parts * parts, 0) <= LAB.MOST_CELLS) return detail;
  }
}

/** Squares of which some are cut into 4, 16 or 64, without T-junctions.
 * @param {Limits} limits
 * @param {number} cells
 * @param {Uint8Array} detail parts along each side of each square
 * @returns {Tiling}
 */
export function mosaic([x0, x1, y0, y1], cells, detail) {
  const size = cells * LAB.FINEST + 1;
  const used = new Uint8Array(size * size);
  /** @type {[number, number, number][]} */
  const squares = [];
  for (let cell = 0; cell < detail.length; cell++) {
    const side = LAB.FINEST / detail[cell];
    for (let row = 0; row < detail[cell]; row++) {
      for (let column = 0; column < detail[cell]; column++) {
        const low = Math.floor(cell / cells) * LAB.FINEST + row * side;
        const left = (cell % cells) * LAB.FINEST + column * side;
        squares.push([low, left, side]);
        for (const y of [low, low + side]) for (const x of [left, left + side]) used[y * size + x] = 1;
      }
    }
  }
  /** @type {number[]} */
  const corners = [];
  const offsets = new Uint32Array(squares.length + 1);
  const number = new Int32Array(size * size).fill(-1);
  /** @type {number[]} */
  const places = [];
  squares.forEach(([low, left, side], square) => {
    for (let way = 0; way < 4; way++) {
      for (let step = 0; step < side; step++) {
        const y = low + [0, step, side, side - step][way];
        const x = left + [step, side, side - step, 0][way];
        const at = y * size + x;
        if (!used[at]) continue;
        if (number[at] < 0) number[at] = places.push(at) - 1;
        corners.push(number[at]);
      }
    }
    offsets[square + 1] = corners.length;
  });
  return {
    columns: [
      Float64Array.from(places, (at) => markOf(x0, x1, at % size, size - 1)),
      Float64Array.from(places, (at) => markOf(y0, y1, Math.floor(at / size), size - 1)),
    ],
    count: places.length, corners: Uint32Array.from(corners), offsets,
  };
}

/** Straight lines with as many vertices as their bent images need.
 * @param {Layer[]} layers
 * @param {{ kind: string, from: [number, number], to: [number, number] }[]} rulings
 * @param {number} parts of each to begin with
 * @param {number} rounds of halving
 * @param {Drawn} drawn they are added to it
 */
export function bentLines(layers, rulings, parts, rounds, drawn) {
  let pieces = rulings.flatMap((_, line) => Array.from({ length: parts }, (__, i) => ({ line, low: i / parts, high: (i + 1) / parts })));
  const marks = rulings.map(() => Array.from({ length: parts + 1 }, (_, i) => i / parts));
  let room = LAB.MOST_POINTS / 4 - rulings.length * (parts + 1);
  /** @type {number[]} */
  let extents = [];
  for (let round = 0; round < rounds && pieces.length; round++) {
    const middle = pieces.map(({ low, high }) => (low + high) / 2);
    const shares = [pieces.map(({ low }) => low), middle, pieces.map(({ high }) => high)].flat();
    const count = pieces.length;
    /** @param {0 | 1} axis */
    const along = (axis) => Float64Array.from(shares, (share, i) => {
      const { from, to } = rulings[pieces[i % count].line];
      return from[axis] + share * (to[axis] - from[axis]);
    });
    const [x, y] = [along(0), along(1)];
    const gap = new Float64Array(count);
    const places = new Float64Array(2 * x.length);
    for (let i = 0; i < x.length; i++) {
      places[2 * i] = x[i];
      places[2 * i + 1] = y[i];
    }
    /** @type {import("../../types.js").State} */
    let state = { values: places, width: 2 };
    const found = layers.map((layer) => (state = through([layer], state, x.length)));
    if (!round) extents = found.map(({ values, width }) => extentOf(values, width));
    found.forEach(({ values, width }, k) => {
      if (!(extents[k] > 0)) return;
      for (let i = 0; i < count; i++) {
        let square = 0;
        for (let j = 0; j < width; j++) {
          const away = values[(count + i) * width + j] - (values[i * width + j] + values[(2 * count + i) * width + j]) / 2;
          square += away * away;
        }
        gap[i] = Math.max(gap[i], Math.sqrt(square) / extents[k]);
      }
    });
    const cut = pieces.map((piece, i) => ({ ...piece, i })).filter(({ i }) => gap[i] > LAB.FLAT);
    if (cut.length > room) break;
    room -= cut.length;
    for (const { line, i } of cut) marks[line].push(middle[i]);
    pieces = cut.flatMap(({ line, low, high, i }) => [{ line, low, high: middle[i] }, { line, low: middle[i], high }]);
  }
  rulings.forEach(({ kind, from, to }, line) => {
    const path = marks[line].sort((a, b) => a - b).map((share) => {
      drawn.x.push(from[0] + share * (to[0] - from[0]));
      drawn.y.push(from[1] + share * (to[1] - from[1]));
      return drawn.x.length - 1;
    });
    drawn.lines.push({ path, kind, layer: 0, unit: -1, times: null });
  });
}
