/* Lines along which outputs have a given value, traced on triangles or, of straight pieces, exactly. */

/** @import { Drawn, Edges, Layer, Limits, Line, Tiling } from "./cutting.d.ts" */

import { LAB } from "../known.js";
import { markOf, rectangleOf, tilingEdges } from "./tiling/tilings.js";
import { split } from "./tiling/polygons.js";
import { joinSegments } from "./tiling/joining.js";
import { mosaic } from "./bending.js";
import { hiddenSquares } from "./hidden.js";
import { subdivide } from "./pieces.js";
import { boundaryLines, byWinner } from "./winners.js";
import { isStraight, outputsAt, widthOf } from "./steps.js";
import { zerosBetween } from "./tiling/zeros.js";

/** @typedef {{ x: Float64Array, y: Float64Array, edges: Edges, triangles: Uint32Array }} Mesh */

/** Squares of a rectangle, each cut into two triangles.
 * @param {Limits} limits
 * @param {number} fine
 * @returns {Mesh}
 */
export function meshOf(limits, fine) {
  const { columns: [x, y], count } = rectangleOf(limits, fine);
  const side = fine + 1;
  const triangles = new Uint32Array(6 * fine * fine);
  for (let cell = 0; cell < fine * fine; cell++) {
    const a = Math.floor(cell / fine) * side + (cell % fine);
    triangles.set([a, a + 1, a + side + 1, a, a + side + 1, a + side], 6 * cell);
  }
  const offsets = Uint32Array.from({ length: 2 * fine * fine + 1 }, (_, i) => 3 * i);
  return { x, y, triangles, edges: tilingEdges({ columns: [x, y], count, corners: triangles, offsets }) };
}

/** A mesh whose squares are cut further, those with vertices on their sides about their middles.
 * @param {Limits} limits
 * @param {number} fine
 * @param {Uint8Array} detail
 * @returns {Mesh}
 */
function finerMesh(limits, fine, detail) {
  const { columns, count, corners, offsets } = mosaic(limits, fine, detail);
  const [x, y] = columns.map((column) => Array.from(column.subarray(0, count)));
  /** @type {number[]} */
  const triangles = [];
  for (let cell = 0; cell + 1 < offsets.length; cell++) {
    const own = corners.subarray(offsets[cell], offsets[cell + 1]);
    if (own.length === 4) {
      triangles.push(own[0], own[1], own[2], own[0], own[2], own[3]);
      continue;
    }
    /** @param {number[]} column */
    const middle = (column) => own.reduce((sum, v) => sum + column[v], 0) / own.length;
    const about = x.push(middle(x)) - 1;
    y.push(middle(y));
    own.forEach((v, i) => triangles.push(about, v, own[(i + 1) % own.length]));
  }
  const places = { columns: [Float64Array.from(x), Float64Array.from(y)], count: x.length, corners: Uint32Array.from(triangles) };
  const edges = tilingEdges({ ...places, offsets: Uint32Array.from({ length: triangles.length / 3 + 1 }, (_, i) => 3 * i) });
  return { x: places.columns[0], y: places.columns[1], triangles: places.corners, edges };
}

/** Where some units cross some levels, as creases of a layer.
 * @param {Layer[]} before what leads to the units
 * @param {Mesh} mesh
 * @param {Limits} limits
 * @param {{ unit: number, level: number, number: number, times: [number, number] | null }[]} wanted
 * @param {number} layer
 * @param {Drawn} drawn the lines are added to it
 * @param {boolean} [hidden] whether to look for lines between the points of the mesh
 */
export function traceLevels(before, mesh, limits, wanted, layer, drawn, hidden = false) {
  const width = widthOf(before);
  const fine = Math.round(Math.sqrt(mesh.triangles.length / 6));
  const longest = Math.max(limits[1] - limits[0], limits[3] - limits[2]) / fine;
  const pieces = isStraight(before) ? subdivide(before, rectangleOf(limits, 1), LAB.MOST_REGIONS) : null;
  if (pieces) {
    for (const { unit, level, number, times } of wanted) {
      const { tiling } = pieces;
      const z = Float64Array.from({ length: tiling.count }, (_, v) => tiling.columns[2 + unit][v] - level);
      const cut = split({ ...tiling, columns: tiling.columns.slice(0, 2).map((column) => column.slice(0, tiling.count)) }, z, null, 0);
      addLines(drawn, cut.tiling, borders(cut.tiling, cut.sides), { kind: "crease", layer, unit: number, times }, longest);
    }
    return;
  }
  const plain = outputsAt(before, mesh.x, mesh.y);
  const details = hidden ? hiddenSquares(before, limits, fine, wanted, plain) : [];
  wanted.forEach(({ unit, level, number, times }, line) => {
    const detail = details[line];
    const own = detail ? finerMesh(limits, fine, detail) : mesh;
    const outputs = detail ? outputsAt(before, own.x, own.y) : plain;
    crossed(own, (v) => outputs[v * width + unit] - level, (x, y) => {
      const found = outputsAt(before, x, y);
      return x.map((_, i) => found[i * width + unit] - level);
    }, { kind: "crease", layer, unit: number, times }, drawn);
  });
}

/** The line along which a value is 0 on a mesh.
 * @param {Mesh} mesh
 * @param {(vertex: number) => number} at
 * @param {import("./cutting.d.ts").Values} values
 * @param {Omit<Line, "path">} line
 * @param {Drawn} drawn
 */
function crossed({ x, y, edges }, at, values, line, drawn) {
  /** @type {number[]} */
  const cut = [];
  for (let i = 0; i < edges.length; i += 4) if ((at(edges[i]) >= 0) !== (at(edges[i + 1]) >= 0)) cut.push(i);
  const low = cut.map((i) => edges[i]);
  const high = cut.map((i) => edges[i + 1]);
  /** @param {(i: number) => number} take */
  const each = (take) => Float64Array.from(cut, (_, i) => take(i));
  const share = zerosBetween(each((i) => x[low[i]]), each((i) => y[low[i]]), each((i) => x[high[i]] - x[low[i]]),
    each((i) => y[high[i]] - y[low[i]]), each((i) => at(low[i])), each((i) => at(high[i])), values);
  /** @type {Map<number, number>} */
  const waiting = new Map();
  /** @type {number[]} */
  const pairs = [];
  cut.forEach((edge, i) => {
    for (const triangle of [edges[edge + 2], edges[edge + 3]]) {
      if (triangle < 0) continue;
      const other = waiting.get(triangle);
      if (other === undefined) waiting.set(triangle, i);
      else pairs.push(other, i);
    }
  });
  const from = drawn.x.length;
  cut.forEach((_, i) => {
    drawn.x.push(x[low[i]] + share[i] * (x[high[i]] - x[low[i]]));
    drawn.y.push(y[low[i]] + share[i] * (y[high[i]] - y[low[i]]));
  });
  for (const { path } of joinSegments(pairs, new Array(pairs.length / 2).fill(0))) {
    drawn.lines.push({ ...line, path: path.map((v) => v + from) });
  }
}

/** The lines between polygons of different sides.
 * @param {Tiling} tiling
 * @param {Int8Array} sides
 */
function borders(tiling, sides) {
  const edges = tilingEdges(tiling);
  /** @type {number[]} */
  const pairs = [];
  for (let i = 0; i < edges.length; i += 4) {
    if (edges[i + 2] >= 0 && edges[i + 3] >= 0 && sides[edges[i + 2]] * sides[edges[i + 3]] < 0) pairs.push(edges[i], edges[i + 1]);
  }
  return joinSegments(pairs, new Array(pairs.length / 2).fill(0)).map(({ path }) => path);
}

/** Add paths over a tiling's vertices, with vertices more so that no segment is too long.
 * @param {Drawn} drawn
 * @param {Tiling} tiling
 * @param {ArrayLike<number>[]} paths
 * @param {Omit<Line, "path">} line
 * @param {number} longest
 */
export function addLines(drawn, { columns: [x, y] }, paths, line, longest) {
  for (const path of paths) {
    /** @type {number[]} */
    const own = [];
    for (let i = 0; i < path.length; i++) {
      const [a, b] = [path[Math.max(i - 1, 0)], path[i]];
      const parts = i ? Math.max(Math.ceil(Math.hypot(x[b] - x[a], y[b] - y[a]) / longest), 1) : 1;
      for (let part = 1; part <= parts; part++) {
        own.push(drawn.x.length);
        drawn.x.push(markOf(x[a], x[b], part, parts));
        drawn.y.push(markOf(y[a], y[b], part, parts));
      }
    }
    drawn.lines.push({ ...line, path: own });
  }
}

/** The boundary between the classes of layers that bend smoothly.
 * @param {Layer[]} layers
 * @param {Mesh} mesh
 * @param {Drawn} drawn
 * @returns {import("./cutting.d.ts").LeftOut[]} that it is not drawn, where it is everywhere
 */
export function traceBoundary(layers, mesh, drawn) {
  const classes = widthOf(layers);
  const outputs = outputsAt(layers, mesh.x, mesh.y);
  const winner = mesh.x.map((_, v) => winnerOf(outputs, v, classes, classes));
  const { triangles } = mesh;
  /** @type {number[]} */
  const corners = [];
  let squares = 0;
  for (let i = 0; i < triangles.length; i += 6) {
    const before = corners.length;
    for (let at = i; at < i + 6; at += 3) {
      const [a, b, c] = [triangles[at], triangles[at + 1], triangles[at + 2]];
      if (winner[a] !== winner[b] || winner[a] !== winner[c]) corners.push(a, b, c);
    }
    if (corners.length > before) squares++;
  }
  if (squares > (LAB.TANGLED * triangles.length) / 6) return [{ layer: -1, least: squares, drawn: 0 }];
  /** @type {Tiling} */
  let tiling = {
    columns: [mesh.x.slice(), mesh.y.slice()], count: mesh.x.length, corners: Uint32Array.from(corners),
    offsets: Uint32Array.from({ length: corners.length / 3 + 1 }, (_, i) => 3 * i),
  };
  let winners = new Uint8Array(corners.length / 3);
  for (let label = 1; label < classes; label++) {
    /** @param {Float64Array} x @param {Float64Array} y */
    const lead = (x, y) => {
      const found = outputsAt(layers, x, y);
      return x.map((_, i) => found[i * classes + label] - found[i * classes + winnerOf(found, i, classes, label)]);
    };
    const [x, y] = tiling.columns;
    const cut = split(tiling, lead(x.subarray(0, tiling.count), y.subarray(0, tiling.count)), null, 0, lead);
    ({ tiling } = cut);
    winners = Uint8Array.from(cut.sides, (side, p) => side > 0 ? label : winners[cut.parents[p]]);
  }
  addLines(drawn, tiling, boundaryLines(tiling, winners).map(({ path }) => path), { kind: "boundary", layer: 0, unit: -1, times: null }, Infinity);
  return [];
}

/** The largest of the first outputs of a row.
 * @param {ArrayLike<number>} outputs
 * @param {number} row
 * @param {number} width
 * @param {number} count
 */
export function winnerOf(outputs, row, width, count) {
  let best = 0;
  for (let c = 1; c < count; c++) if (outputs[row * width + c] > outputs[row * width + best]) best = c;
  return best;
}

/** The same of straight pieces, exactly; null of too many.
 * @param {Layer[]} layers
 * @param {Limits} limits
 * @param {Drawn} drawn
 */
export function straightBoundary(layers, limits, drawn) {
  const pieces = subdivide(layers, rectangleOf(limits, 1), LAB.MOST_REGIONS);
  if (!pieces) return null;
  const { tiling, winners } = byWinner(pieces.tiling, pieces.maps, pieces.outputs);
  addLines(drawn, tiling, boundaryLines(tiling, winners).map(({ path }) => path), { kind: "boundary", layer: 0, unit: -1, times: null }, Infinity);
  return pieces;
}
