/* The sheet of layers that bend smoothly: cells, grid lines, folds, boundary. */

/** @import { Drawn, Layer, LeftOut, Limits } from "./cutting.d.ts" */

import { LAB } from "../known.js";
import { markOf, rectangleOf } from "./tiling/tilings.js";
import { creaseLines, subdivide } from "./pieces.js";
import { bendsOf, isStraight, outputsAt, recordOf } from "./steps.js";
import { addLines, meshOf, straightBoundary, traceBoundary, traceLevels } from "./levels.js";
import { foldPoints, foldTime } from "./folds.js";
import { bendingCells, bentLines, straightPart } from "./bending.js";

/** The time from which a layer folds the sheet; null where it never does.
 * @param {Layer[]} layers
 * @param {number} k
 * @returns {number | null}
 */
export function foldTimeOf(layers, k) {
  const { activation, inner } = layers[k];
  // x + t·f(x) has the creases of f from its beginning on, and none where f is smooth.
  if (inner) return inner.some((_, i) => foldTimeOf(inner, i) === 0) ? 0 : null;
  return activation === "identity" || activation.endsWith("softmax") ? null : foldTime(recordOf(activation));
}

/** The sheet of layers that bend smoothly, or in too many pieces.
 * @param {Layer[]} layers
 * @param {Limits} limits
 * @param {number} cells
 * @param {boolean} boundary
 * @param {boolean} coarse
 */
export function bendingSheet(layers, limits, cells, boundary, coarse) {
  /** @type {Drawn} */
  const drawn = { x: [], y: [], lines: [] };
  /** @type {LeftOut[]} */
  const left = [];
  const [x0, x1, y0, y1] = limits;
  const every = Math.max(1, Math.floor((LAB.EVERY * cells) / LAB.CELLS));
  const rulings = Array.from({ length: Math.floor(cells / every) + 1 }, (_, i) => i * every).flatMap((k) => {
    const kind = k === 0 || k === cells ? "border" : "grid";
    const [x, y] = [markOf(x0, x1, k, cells), markOf(y0, y1, k, cells)];
    return /** @type {{ kind: string, from: [number, number], to: [number, number] }[]} */ ([
      { kind, from: [x0, y], to: [x1, y] }, { kind, from: [x, y0], to: [x, y1] },
    ]);
  });
  bentLines(layers, rulings, cells, coarse ? 0 : LAB.DEPTH, drawn);
  const mesh = meshOf(limits, cells);
  const fine = coarse ? mesh : meshOf(limits, 2 * cells);
  const straight = straightPart(layers);
  const known = straight ? subdivide(layers.slice(0, straight), rectangleOf(limits, 1), LAB.MOST_REGIONS) : null;
  const longest = (x1 - x0) / (2 * cells);
  if (known) for (const line of creaseLines(known)) addLines(drawn, known.tiling, [line.path], line, longest);
  layers.forEach((_, k) => {
    if (known && k < straight) return;
    left.push(...drawFolds(layers, k, limits, { mesh, fine }, coarse, drawn));
  });
  if (boundary) {
    const exact = isStraight(layers) ? straightBoundary(layers, limits, drawn) : null;
    if (!exact) left.push(...traceBoundary(layers, fine, drawn));
  }
  const tiling = bendingCells(layers, limits, cells, coarse);
  const { count } = tiling;
  const columns = [drawn.x, drawn.y].map((more, axis) => {
    const column = new Float64Array(count + more.length);
    column.set(tiling.columns[axis].subarray(0, count));
    column.set(more, count);
    return column;
  });
  return {
    tiling: { ...tiling, columns, count: count + drawn.x.length },
    lines: drawn.lines.map((line) => ({ ...line, path: Uint32Array.from(line.path, (v) => v + count) })), left,
  };
}

/** Whether lines cross more squares of a mesh, all together, than are followed.
 * @param {Float64Array} values
 * @param {number} units
 * @param {{ unit: number, level: number }[]} lines
 * @param {ReturnType<typeof meshOf>} mesh
 * @param {boolean} coarse
 */
function tooDense(values, units, lines, { triangles }, coarse) {
  const most = LAB.MOST_CROSSED / (coarse ? LAB.WANDERING : 1);
  const side = Math.round(Math.sqrt(triangles.length / 6)) + 1;
  const above = new Uint8Array(side * side);
  let crossed = 0;
  for (const { unit, level } of lines) {
    for (let v = 0; v < above.length; v++) above[v] = values[v * units + unit] > level ? 1 : 0;
    for (let v = 0; v + side < above.length; v++) {
      if (v % side === side - 1) continue;
      const sum = above[v] + above[v + 1] + above[v + side] + above[v + side + 1];
      if (sum && sum < 4) crossed++;
    }
    if (crossed > most) return true;
  }
  return false;
}

/** The folds of one layer when it has acted; smooth ones also while they form.
 * @param {Layer[]} layers
 * @param {number} k
 * @param {Limits} limits
 * @param {{ mesh: ReturnType<typeof meshOf>, fine: ReturnType<typeof meshOf> }} meshes for folds that form, and for those in the end
 * @param {boolean} coarse
 * @param {Drawn} drawn
 * @returns {LeftOut[]} what of them is not drawn
 */
function drawFolds(layers, k, limits, { mesh, fine }, coarse, drawn) {
  const onset = foldTimeOf(layers, k);
  if (onset === null) return [];
  /** @type {LeftOut[]} */
  const left = [];
  for (const { before, record, first, units } of bendsOf(layers, k)) {
    const values = outputsAt(before, fine.x, fine.y);
    const low = new Float64Array(units).fill(Infinity);
    const high = new Float64Array(units).fill(-Infinity);
    values.forEach((value, i) => {
      low[i % units] = Math.min(low[i % units], value);
      high[i % units] = Math.max(high[i % units], value);
    });
    const largest = Math.max(...high, ...low.map(Math.abs));
    if (!(largest < Infinity)) continue;
    /** @param {number[]} levels @param {[number, number] | null} times */
    const reached = (levels, times) => Array.from({ length: units }, (_, unit) => levels
      .filter((level) => low[unit] <= level && level <= high[unit])
      .map((level) => ({ unit, level, number: first + unit, times }))).flat();
    if (record.breakpoints || record.jumps.length) {
      traceLevels(before, fine, limits, reached(record.breakpoints ?? record.jumps, null), k, drawn, !coarse);
      continue;
    }
    if (layers[k].inner) continue;
    const last = reached(foldPoints(record, 1, largest), null);
    const wanted = evenly(last, LAB.MOST_LINES);
    // Traced lines that are denser than a picture can show would take seconds, and are left out.
    const none = !isStraight(before) && (last.length > LAB.MOST_CROSSED / (coarse ? LAB.CELLS : 1) || tooDense(values, units, last, fine, coarse));
    if (none || wanted.length < last.length) left.push({ layer: k, least: last.length, drawn: none ? 0 : wanted.length });
    if (none) continue;
    traceLevels(before, fine, limits, wanted, k, drawn, !coarse);
    if (coarse || units > LAB.WANDERING || last.length > LAB.MOST_LINES) continue;
    const times = LAB.FORMING.filter((time) => time > onset);
    /** @type {typeof last} */
    const forming = times.flatMap((time, i) => {
      const from = i ? (times[i - 1] + time) / 2 : onset;
      const to = i + 1 < times.length ? (time + times[i + 1]) / 2 : 1;
      return reached(foldPoints(record, time, largest), [from, to]);
    });
    if (!tooDense(values, units, forming, fine, false)) traceLevels(before, mesh, limits, forming, k, drawn);
  }
  return left;
}

/** All of some lines, or so many that lie evenly among them.
 * @template T
 * @param {T[]} all
 * @param {number} most
 */
function evenly(all, most) {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))]);
}
