/* The sheet that suits layers: cut exactly along creases where it can be, finer where it bends. */

/** @import { Drawn, Layer, LeftOut, Limits, Line, Tiling } from "./cutting.d.ts" */
/** @import { CutOptions, LabLines, LabSheet } from "../lab.d.ts" */

import { LAB } from "../known.js";
import { markOf, rectangleOf } from "./tiling/tilings.js";
import { taken } from "./maps.js";
import { creaseLines, subdivide } from "./pieces.js";
import { boundaryLines, byWinner } from "./winners.js";
import { bendsOf, isStraight, played, widthOf } from "./steps.js";
import { meshOf, straightBoundary, traceBoundary } from "./levels.js";
import { bendingSheet, foldTimeOf } from "./smooth.js";
import { chancesOf, cutForTint } from "./tinted.js";
import { sidesOfJumps } from "./lips.js";
import { torn, tornBoundary } from "./torn.js";

/** The sheet of layers on a rectangle of the plane.
 * @param {Layer[]} layers
 * @param {Limits} limits
 * @param {CutOptions} options
 * @returns {LabSheet}
 */
export function cutSheet(layers, limits, { coarse, boundary = true }) {
  const own = played(layers);
  const drawing = boundary && widthOf(own) > 1;
  const cells = coarse ? LAB.CELLS / 2 : LAB.CELLS;
  const folded = isStraight(own) ? foldSheet(own, limits, cells, drawing) : null;
  const made = folded ?? bendingSheet(own, limits, cells, drawing, coarse);
  let { tiling, lines } = made;
  const sides = sidesOfJumps(own, limits);
  if (sides) ({ tiling, lines } = torn(tiling, lines, own, sides, drawing));
  // Where the class changes everywhere, cells are tinted by what is true in their middle.
  const sampled = made.left.some(({ layer }) => layer < 0);
  const tinted = sampled || (coarse && (!folded || widthOf(own) > 2)) ? tiling : cutForTint(tiling, own, folded !== null);
  return { ...shippedSheet(tinted, lines, own, limits, folded !== null, coarse), left: made.left };
}

/** What a panel takes of a sheet.
 * @param {Tiling} tiling
 * @param {Line[]} lines
 * @param {Layer[]} layers
 * @param {Limits} limits
 * @param {boolean} exact
 * @param {boolean} coarse
 * @returns {Omit<LabSheet, "left">}
 */
function shippedSheet(tiling, lines, layers, limits, exact, coarse) {
  const { columns: [x, y], count, corners, offsets } = tiling;
  const input = new Float32Array(2 * count);
  const vertices = new Float64Array(2 * count);
  for (let v = 0; v < count; v++) {
    input[v] = vertices[2 * v] = x[v];
    input[count + v] = vertices[2 * v + 1] = y[v];
  }
  const total = lines.reduce((sum, { path }) => sum + path.length, 0);
  const indices = new Uint32Array(total);
  let at = 0;
  for (const { path } of lines) {
    indices.set(path, at);
    at += path.length;
  }
  const chances = chancesOf(tiling, layers);
  return {
    input: Object.assign(input, { shape: [2, count] }), vertices,
    sheet: {
      corners, sizes: Uint32Array.from({ length: offsets.length - 1 }, (_, cell) => offsets[cell + 1] - offsets[cell]),
      lines: indices, lengths: Uint32Array.from(lines, ({ path }) => path.length),
      kinds: lines.map(({ kind, layer, unit, times }) => [kind, layer, unit, times, null]),
      classes: chances.shape[1], chances,
    },
    creases: creasesOf(layers), limits, exact, coarse,
  };
}

/** For each layer and unit that folds: the act, and from when.
 * @param {Layer[]} layers
 */
function creasesOf(layers) {
  return layers.flatMap((_, k) => {
    const time = foldTimeOf(layers, k);
    if (time === null) return [];
    const units = bendsOf(layers, k).reduce((sum, bend) => sum + bend.units, 0);
    return Array.from({ length: units }, (__, unit) => [k, unit, k, time]);
  });
}

/** Graph paper cut along every crease; null where even fewer cells would be too many.
 * @param {Layer[]} layers
 * @param {Limits} limits
 * @param {number} most cells along each side
 * @param {boolean} boundary
 * @returns {{ tiling: Tiling, lines: Line[], left: LeftOut[] } | null}
 */
function foldSheet(layers, limits, most, boundary) {
  let cells = most;
  let pieces = subdivide(layers, rectangleOf(limits, cells), LAB.MOST_CELLS);
  while (!pieces && cells > 1) {
    cells = Math.floor(cells / 2);
    pieces = subdivide(layers, rectangleOf(limits, cells), LAB.MOST_CELLS);
  }
  if (!pieces) return null;
  let { tiling, codes } = pieces;
  /** @type {Line[]} */
  let between = [];
  if (boundary) {
    const found = byWinner(tiling, pieces.maps, pieces.outputs);
    between = boundaryLines(found.tiling, found.winners);
    // Creases have a vertex where the boundary crosses them.
    codes = codes.map((column) => taken(column, found.parents));
    ({ tiling } = found);
  }
  const creases = creaseLines({ ...pieces, tiling, codes });
  const every = Math.max(1, Math.floor((LAB.EVERY * cells) / LAB.CELLS));
  const plain = { ...tiling, columns: tiling.columns.slice(0, 2) };
  return { tiling: plain, lines: [...gridLines(plain, limits, cells, every), ...creases, ...between], left: [] };
}

/** Border and grid lines through all vertices that lie on them.
 * @param {Tiling} tiling
 * @param {Limits} limits
 * @param {number} cells
 * @param {number} every
 * @returns {Line[]}
 */
function gridLines({ columns, count }, limits, cells, every) {
  /** @type {Line[]} */
  const lines = [];
  for (const axis of [0, 1]) {
    const [low, high] = limits.slice(2 * axis, 2 * axis + 2);
    const own = columns[axis];
    const other = columns[1 - axis];
    const marks = Array.from({ length: cells + 1 }, (_, k) => markOf(low, high, k, cells));
    /** @type {number[][]} */
    const on = marks.map(() => []);
    for (let v = 0; v < count; v++) {
      // Crossings keep the coordinate of their line to the last bit.
      const k = Math.round(((own[v] - low) / (high - low)) * cells);
      if (marks[k] === own[v] && (k % every === 0 || k === cells)) on[k].push(v);
    }
    on.forEach((path, k) => {
      if (k % every && k < cells) return;
      path.sort((a, b) => other[a] - other[b]);
      lines.push({ path, kind: k === 0 || k === cells ? "border" : "grid", layer: 0, unit: -1, times: null });
    });
  }
  return lines.sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0));
}

/** The boundary between the classes, exactly where layers are made of straight pieces.
 * @param {Layer[]} layers
 * @param {Limits} limits
 * @param {number} [fine] squares along each side where it is traced
 * @returns {LabLines}
 */
export function boundaryOf(layers, limits, fine = 2 * LAB.CELLS) {
  const own = played(layers);
  /** @type {Drawn} */
  const drawn = { x: [], y: [], lines: [] };
  if (widthOf(own) > 1) {
    const exact = isStraight(own) ? straightBoundary(own, limits, drawn) : null;
    if (exact) tornBoundary(exact.tiling, exact.tears, own, Math.max(limits[1] - limits[0], limits[3] - limits[2]), drawn);
    else traceBoundary(own, meshOf(limits, fine), drawn);
  }
  return {
    vertices: Float64Array.from({ length: 2 * drawn.x.length }, (_, i) => (i % 2 ? drawn.y : drawn.x)[i >> 1]),
    lines: Uint32Array.from(drawn.lines.flatMap(({ path }) => Array.from(path))),
    lengths: Uint32Array.from(drawn.lines, ({ path }) => path.length),
  };
}
