/* The chain's forward pass, in double precision: states of any point, layer by layer. */

/** @import { Affine, Layer, Learnt, Origin, State, Table, Writable } from "./types.js" */

import { ACTIVATIONS } from "./formulas.js";

/** The function of a name, as in "leaky_relu:0.2".
 * @param {string} name
 */
export function activation(name) {
  return ACTIVATIONS[name];
}

/** Softmax of every row, or its logarithm, in place.
 * @param {Writable} rows
 * @param {number} count
 * @param {number} width
 * @param {boolean} log
 */
function softmax(rows, count, width, log) {
  for (let row = 0; row < count; row++) {
    const from = row * width;
    let largest = -Infinity;
    let sum = 0;
    for (let i = 0; i < width; i++) largest = Math.max(largest, rows[from + i]);
    for (let i = 0; i < width; i++) sum += Math.exp(rows[from + i] -= largest);
    for (let i = 0; i < width; i++) {
      rows[from + i] = log ? rows[from + i] - Math.log(sum) : Math.exp(rows[from + i]) / sum;
    }
  }
}

/** One layer on `count` rows {values, width}.
 * @param {Layer} layer
 * @param {State} state
 * @param {number} count
 * @returns {State}
 */
function acted(layer, state, count) {
  const { values, width } = state;
  if (layer.inner) {
    const { values: added } = through(layer.inner, state, count);
    return { values: Float64Array.from(values, (value, i) => value + added[i]), width };
  }
  let out = values;
  let wide = width;
  const { weight, bias } = layer;
  if (weight && bias) {
    wide = bias.length;
    out = new Float64Array(count * wide);
    for (let row = 0; row < count; row++) {
      for (let i = 0; i < wide; i++) {
        let sum = 0;
        for (let j = 0; j < width; j++) sum += weight[i * width + j] * values[row * width + j];
        out[row * wide + i] = sum + bias[i];
      }
    }
  } else {
    out = values.slice();
  }
  if (layer.activation === "softmax" || layer.activation === "log_softmax") {
    softmax(out, count, wide, layer.activation === "log_softmax");
  } else if (layer.activation !== "identity") {
    const f = activation(layer.activation);
    for (let i = 0; i < out.length; i++) out[i] = f(out[i], i % wide);
  }
  return { values: out, width: wide };
}

/** Several layers, one after the other.
 * @param {Layer[]} layers
 * @param {State} state
 * @param {number} count
 * @returns {State}
 */
export function through(layers, state, count) {
  return layers.reduce((before, layer) => acted(layer, before, count), state);
}

/** The layers with the weights of snapshot k.
 * @param {Learnt} origin
 * @param {number} k
 */
export function layersAt(origin, k) {
  return origin.layers.map((layer) => snapshotOf(layer, k));
}

/**
 * @param {Layer} layer
 * @param {number} k
 * @returns {Layer}
 */
function snapshotOf({ activation, weight, bias, inner }, k) {
  /** @param {Table | null} table */
  const at = (table) => {
    if (!table) return null;
    const shape = table.shape.slice(1);
    const size = shape.reduce((product, length) => product * length, 1);
    return Object.assign(table.subarray(k * size, (k + 1) * size), { shape });
  };
  return { activation, weight: at(weight), bias: at(bias), inner: inner && inner.map((one) => snapshotOf(one, k)) };
}

/** What snapshot k makes of points in the layers that are shown.
 * @param {Learnt} origin
 * @param {Float64Array | Float32Array} points
 * @param {number} count
 * @param {number} k
 */
function shownBy(origin, points, count, k) {
  return through(layersAt(origin, k).slice(0, origin.shown), { values: points, width: points.length / Math.max(count, 1) }, count);
}

/** All states of points at the stops of a film: K × {values, width}, the input first.
 * @param {Origin | Learnt} origin
 * @param {Float64Array | Float32Array} points
 * @param {number} count
 */
export function statesOf(origin, points, count) {
  if ("snapshots" in origin) {
    return Array.from({ length: origin.snapshots }, (_, k) => shownBy(origin, points, count, k));
  }
  const whole = [{ values: points, width: points.length / Math.max(count, 1) }];
  for (const layer of origin.layers) whole.push(acted(layer, whole[whole.length - 1], count));
  const states = [whole[0]];
  for (const [layer, unit] of origin.acts) {
    const before = whole[layer];
    const after = whole[layer + 1];
    if (unit < 0) {
      states.push(after);
      continue;
    }
    // Only the units up to this one have been acted on.
    const values = before.values.slice();
    for (let row = 0; row < count; row++) {
      for (let i = 0; i <= unit; i++) values[row * before.width + i] = after.values[row * before.width + i];
    }
    states.push({ values, width: before.width });
  }
  return states;
}

/** A state as it is seen, (count, 3): p = (x − centre)·axes.
 * @param {Affine} view
 * @param {State} state
 * @param {number} count
 */
function seen(view, state, count) {
  const { values, width } = state;
  const out = new Float64Array(3 * count);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < width; i++) {
      const away = values[row * width + i] - view.centre[i];
      for (let axis = 0; axis < 3; axis++) out[3 * row + axis] += away * view.axes[3 * i + axis];
    }
  }
  return out;
}

/** Keyframes (count, 3) of points in input coordinates, one for each stop; of what learns each is
 * computed when it is first seen.
 * @param {Origin | Learnt} origin
 * @param {Float64Array} points
 * @param {number} count
 */
export function keyframesOf(origin, points, count) {
  if ("snapshots" in origin) {
    return lazily(origin.snapshots, (k) => seen(origin.views[k], shownBy(origin, points, count, k), count));
  }
  return statesOf(origin, points, count).map((state, k) => seen(origin.views[k], state, count));
}

/** An array whose values are made when they are first asked for.
 * @template T
 * @param {number} length
 * @param {(index: number) => T} make
 * @returns {T[]}
 */
function lazily(length, make) {
  /** @type {T[]} */
  const all = new Array(length);
  for (let i = 0; i < length; i++) {
    Object.defineProperty(all, i, {
      configurable: true,
      get() {
        const value = make(i);
        Object.defineProperty(all, i, { value });
        return value;
      },
    });
  }
  return all;
}

/** Places (u, v) on the sheet in input coordinates, also where it lies among many features.
 * @param {Origin | Learnt | null} origin
 * @param {ArrayLike<number>} places
 * @param {number} count
 */
export function onSheet(origin, places, count) {
  const embedding = origin && origin.embedding;
  if (!embedding) return Float64Array.from(places);
  const { centre, axes } = embedding;
  const features = centre.length;
  const out = new Float64Array(count * features);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < features; i++) {
      out[row * features + i] = centre[i] + axes[2 * i] * places[2 * row] + axes[2 * i + 1] * places[2 * row + 1];
    }
  }
  return out;
}
