/* How an affine act moves: it turns where its matrix turns (see warpviz/motion/interpolate.py). */

/** @import { Affine, Layer, Swing, Table } from "../../types.js" */

import { SEEING } from "../seeing.js";
import { inner, normalised, singular } from "./matrices.js";
import { planesOf, polarOf } from "./rotation.js";

const { UPRIGHT, FIT } = SEEING.TURNS;

/** Rows as the engine has its arrays.
 * @param {ArrayLike<number>[]} rows
 * @param {number[]} [shape]
 * @returns {Table}
 */
export function tableOfRows(rows, shape = [rows.length, rows.length ? rows[0].length : 0]) {
  return Object.assign(Float64Array.from(rows.flatMap((row) => Array.from(row))), { shape });
}

/** @param {ArrayLike<number>} values */
const lineOf = (values) => Object.assign(Float64Array.from(values), { shape: [values.length] });

/** A table as rows.
 * @param {Table} table
 */
function rowsOfTable(table) {
  const [rows, columns] = table.shape;
  return Array.from({ length: rows }, (_, i) => Array.from(table.subarray(i * columns, (i + 1) * columns)));
}

/** What acts straight, and what a full-rank reflection reverses.
 * @typedef {{ swing: Swing | null, reversed: number[] | null }} Moving
 */

/** The swing of W·x + b as it is seen where all axes are: `seen(Swing(Turn.of(…)))`.
 * @param {number[][]} weight
 * @param {ArrayLike<number>} bias
 * @returns {Moving}
 */
function turnOf(weight, bias) {
  const { stretch, orthogonal, size } = polarOf(weight);
  const { planes, angles, turning, flips } = planesOf(orthogonal);
  const deep = size + Number(flips);
  const reversed = flips ? planes[turning][0].slice(0, -1) : null;
  const swing = {
    stretch: tableOfRows(stretch), planes: tableOfRows(planes.flat(), [planes.length, 2, deep]),
    angles: lineOf(angles), trims: turning + Number(flips), offset: lineOf(bias), n_in: weight[0].length,
    aside: reversed && deep > 3 ? asideOf(reversed) : null, rest: false,
  };
  return { swing, reversed };
}

/** Where the axis beyond the third is seen: at right angles to what is reversed, as far up as can be.
 * @param {number[]} reversed
 */
function asideOf(reversed) {
  const up = Math.abs(reversed[2]) < UPRIGHT ? [0, 0, 1] : [0, 1, 0];
  const share = inner(up, reversed);
  return normalised(up.map((value, i) => value - share * reversed[i]));
}

/** The swing of the map that takes points (N, 3) nearest to others; what is left goes straight.
 * @param {Float64Array} start
 * @param {Float64Array} end
 * @returns {Moving}
 */
function fittedTurn(start, end) {
  const count = start.length / 3;
  /** @param {Float64Array} points */
  const columns = (points) => [0, 1, 2].map((axis) => {
    const column = new Float64Array(count);
    let sum = 0;
    for (let i = 0; i < count; i++) sum += column[i] = points[3 * i + axis];
    for (let i = 0; i < count; i++) column[i] -= sum / count;
    return { column, middle: sum / count };
  });
  const [from, to] = [columns(start), columns(end)];
  const { left, values, right } = singular(from.map(({ column }) => column));
  const weight = to.map(({ column }) => {
    const parts = values.map((value, j) => (value > FIT * values[0] ? inner(left[j], column) / value : 0));
    return right.map((row) => inner(row, parts));
  });
  const bias = to.map(({ middle }, i) => middle - inner(weight[i], from.map((one) => one.middle)));
  const { swing, reversed } = turnOf(weight, bias);
  return { swing: { .../** @type {Swing} */ (swing), rest: true }, reversed };
}

/** How each act of a play moves: activations go straight, affine layers swing, as all of them is
 * seen or as it is seen of them.
 * @param {Layer[]} layers
 * @param {{ view: Affine, whole: boolean }[]} views
 * @param {Float64Array[]} keyframes
 * @returns {Moving[]}
 */
export function movingOf(layers, views, keyframes) {
  return layers.map(({ weight, bias, activation }, k) => {
    if (!weight || !bias || activation !== "identity") return { swing: null, reversed: null };
    if (!views[k].whole || !views[k + 1].whole) return fittedTurn(keyframes[k], keyframes[k + 1]);
    return turnOf(rowsOfTable(weight), bias);
  });
}
