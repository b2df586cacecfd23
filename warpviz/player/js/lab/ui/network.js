/* Layers as a person changes them: units and layers come and go, the others keep their numbers. */

/** @import { Layer } from "../../types.js" */
/** @import { OwnColumn, OwnLayer, Setup } from "./room.js" */

import { tableOfRows } from "../scene/swing.js";
import { freshLayers } from "../training/fresh.js";

/** A generator of numbers in [0, 1) from a seed (mulberry32).
 * @param {number} seed
 */
export function chanceOf(seed) {
  let state = (seed * 2654435761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Fresh layers for widths, the input's first, and an activation each; the last one gives logits.
 * @param {number[]} widths
 * @param {string[]} activations
 * @param {number} seed
 */
export function layersOfWidths(widths, activations, seed) {
  const empty = widths.slice(1).map((n_out, k) => ({
    weight: Array.from({ length: n_out }, () => new Array(widths[k]).fill(0)), bias: new Array(n_out).fill(0),
    activation: activations[k] || "identity",
  }));
  return ownLayers(freshLayers(engineLayers(empty), seed));
}

/** A fresh layer.
 * @param {number} n_out
 * @param {number} n_in
 * @param {string} activation
 * @param {number} seed
 */
const layerOfWidth = (n_out, n_in, activation, seed) => layersOfWidths([n_in, n_out], [activation], seed)[0];

/** @param {OwnLayer[]} layers */
export const widthsOf = (layers) => [layers[0].weight[0].length, ...layers.map(({ bias }) => bias.length)];

/** The layers with so many units in one of them.
 * @param {OwnLayer[]} layers
 * @param {number} k
 * @param {number} units
 * @param {number} seed
 */
export function withUnits(layers, k, units, seed) {
  const own = layers[k];
  const more = layerOfWidth(units, own.weight[0].length, own.activation, seed + units);
  const rows = more.weight.map((row, i) => own.weight[i] || row);
  const out = layers.slice();
  out[k] = { ...own, weight: rows, bias: more.bias.map((value, i) => own.bias[i] ?? value) };
  const next = layers[k + 1];
  if (next) {
    const fresh = layerOfWidth(next.bias.length, units, next.activation, seed + units);
    out[k + 1] = { ...next, weight: next.weight.map((row, i) => fresh.weight[i].map((value, j) => row[j] ?? value)) };
  }
  return out;
}

/** The layers without a unit of one of them.
 * @param {OwnLayer[]} layers
 * @param {number} k
 * @param {number} unit
 */
export function withoutUnit(layers, k, unit) {
  /** @template T @param {T[]} all */
  const rest = (all) => all.filter((_, i) => i !== unit);
  return layers.map((layer, at) => {
    if (at === k) return { ...layer, weight: rest(layer.weight), bias: rest(layer.bias) };
    return at === k + 1 ? { ...layer, weight: layer.weight.map(rest) } : layer;
  });
}

/** The layers with one more behind layer k: as wide as that one, and it leaves everything in place.
 * @param {OwnLayer[]} layers
 * @param {number} k −1 is before the first
 * @param {string} activation
 */
export function withLayer(layers, k, activation) {
  const width = k < 0 ? layers[0].weight[0].length : layers[k].bias.length;
  const weight = Array.from({ length: width }, (_, i) => Array.from({ length: width }, (__, j) => Number(i === j)));
  return [...layers.slice(0, k + 1), { weight, bias: new Array(width).fill(0), activation }, ...layers.slice(k + 1)];
}

/** The layers without one; the next takes what came to it, keeping what fits.
 * @param {OwnLayer[]} layers
 * @param {number} k
 * @param {number} seed
 */
export function withoutLayer(layers, k, seed) {
  const gone = layers[k];
  const next = layers[k + 1];
  const fresh = layerOfWidth(next.bias.length, gone.weight[0].length, next.activation, seed + k);
  const joined = { ...next, weight: next.weight.map((row, i) => fresh.weight[i].map((value, j) => row[j] ?? value)) };
  return [...layers.slice(0, k), joined, ...layers.slice(k + 2)];
}

/** All that the rows of a moved layer had, with what did not fit where it is now: it comes back when
 * the layer does. Another edit makes another layer, of which nothing is known.
 * @type {WeakMap<OwnLayer, number[][]>}
 */
const wholeRows = new WeakMap();

/** The layers with two neighbours in the other order; what does not fit is cut, or filled.
 * @param {OwnLayer[]} layers
 * @param {number} k the first of the two
 * @param {number} seed
 */
export function swapped(layers, k, seed) {
  const widths = widthsOf(layers);
  const order = [...layers.slice(0, k), layers[k + 1], layers[k], ...layers.slice(k + 2)];
  [widths[k + 1], widths[k + 2]] = [widths[k + 2], widths[k + 1]];
  const fresh = layersOfWidths(widths, order.map(({ activation }) => activation), seed);
  return order.map((layer, at) => {
    const whole = wholeRows.get(layer) || layer.weight;
    const moved = { ...layer, weight: fresh[at].weight.map((row, i) => row.map((value, j) => whole[i][j] ?? value)) };
    wholeRows.set(moved, moved.weight.map((row, i) => [...row, ...whole[i].slice(row.length)]));
    return moved;
  });
}

/** The layers with one number of a layer changed: of unit i, input j, or its bias where j is −1.
 * @param {OwnLayer[]} layers
 * @param {number} k
 * @param {number} i
 * @param {number} j
 * @param {number} value
 */
export function withNumber(layers, k, i, j, value) {
  return layers.map((layer, at) => {
    if (at !== k) return layer;
    if (j < 0) return { ...layer, bias: layer.bias.map((one, unit) => (unit === i ? value : one)) };
    return { ...layer, weight: layer.weight.map((row, unit) => (unit === i ? row.map((one, input) => (input === j ? value : one)) : row)) };
  });
}

/** The layers with another activation in all hidden ones that have one of the old name.
 * @param {OwnLayer[]} layers
 * @param {string} activation
 */
export function withActivation(layers, activation) {
  return layers.map((layer, k) => (k === layers.length - 1 || layer.activation === "identity" ? layer : { ...layer, activation }));
}

/** Layers as the engine has them.
 * @param {OwnLayer[]} layers
 * @returns {Layer[]}
 */
export function engineLayers(layers) {
  return layers.map(({ weight, bias, activation }) => ({
    activation, weight: tableOfRows(weight), bias: Object.assign(Float64Array.from(bias), { shape: [bias.length] }),
  }));
}

/** Layers from those of the engine, in the shape of others.
 * @param {Layer[]} layers
 * @returns {OwnLayer[]}
 */
export function ownLayers(layers) {
  return layers.flatMap(({ activation, weight, bias }) => {
    if (!weight || !bias) return [];
    const [rows, columns] = weight.shape;
    return [{
      activation, bias: Array.from(bias),
      weight: Array.from({ length: rows }, (_, i) => Array.from(weight.subarray(i * columns, (i + 1) * columns))),
    }];
  });
}

/** The setup with other layers in the chosen column, or in each of them.
 * @param {Setup} setup
 * @param {(layers: OwnLayer[]) => OwnLayer[]} change
 * @param {boolean} [all]
 * @returns {{ columns: OwnColumn[] }}
 */
export function changedLayers({ columns, chosen }, change, all = false) {
  return { columns: columns.map((column, i) => (all || i === chosen ? { ...column, layers: change(column.layers) } : column)) };
}
