/* Loss and gradient of a chain, in reverse mode: arrays are feature-major, made once, and every loop
 * runs along the points. */

/** @import { Layer, Numbers, Penalties } from "../lab.d.ts" */
/** @import { Engine, Op, Rows } from "./training.d.ts" */

import { FILLS } from "../known.js";
import { affineRows, backRows, gradientRows } from "./rows.js";
import { lossOf, rightOnes } from "./losses.js";
import { evennessPenalty, normPenalty } from "./penalties.js";

/** Weight and bias of every affine layer, in order.
 * @param {Layer[]} layers
 * @returns {Float64Array}
 */
export function parametersOf(layers) {
  /** @param {Layer[]} some @returns {number[]} */
  const all = (some) => some.flatMap(({ weight, bias, inner }) => [...(inner ? all(inner) : []), ...Array.from(weight ?? []), ...Array.from(bias ?? [])]);
  return Float64Array.from(all(layers));
}

/** The same layers with other parameters.
 * @param {Layer[]} layers
 * @param {Numbers} parameters
 * @returns {Layer[]}
 */
export function withParameters(layers, parameters) {
  let at = 0;
  /** @param {import("../../types.js").Table} table */
  const next = (table) => {
    const from = at;
    at += table.length;
    return Object.assign(Float64Array.from({ length: table.length }, (_, i) => parameters[from + i]), { shape: table.shape });
  };
  /** @param {Layer} layer @returns {Layer} */
  const filled = (layer) => layer.inner
    ? { ...layer, inner: layer.inner.map(filled) }
    : { ...layer, weight: layer.weight && next(layer.weight), bias: layer.bias && next(layer.bias) };
  return layers.map(filled);
}

/** A chain made ready for so many points at once.
 * @param {Layer[]} layers
 * @param {string} loss
 * @param {Penalties} penalties
 * @param {number} features of a point
 * @param {number} room points
 * @returns {Engine}
 */
export function engineOf(layers, loss, penalties, features, room) {
  const whole = loss === "cross_entropy" && layers.at(-1)?.activation === "softmax" ? layers.slice(0, -1) : layers;
  const parameters = parametersOf(whole);
  const gradient = new Float64Array(parameters.length);
  /** @type {Rows[]} */
  const states = [{ values: new Float64Array(room * features), width: features }];
  const ops = opsOf(whole, states, room);
  const deltas = states.map(({ width }) => new Float64Array(room * width));
  const labels = new Uint8Array(room);
  const dense = ops.filter(({ kind }) => kind === "dense");
  const last = states.length - 1;
  const classes = states[last].width;
  let count = 0;

  const forward = () => { for (const op of ops) stepForward(op, states, parameters, room, count); };
  /** @param {Float64Array | null} slopes */
  const penalised = (slopes) => {
    let sum = 0;
    for (const { from, to, at } of penalties.evenness ? dense : []) {
      sum += evennessPenalty(parameters, at, states[to].width, states[from].width, penalties.evenness, slopes);
    }
    return penalties.penalty ? sum + normPenalty(parameters, penalties.penalty, slopes) : sum;
  };
  return {
    parameters, gradient,
    feed(points, given, order, from, many) {
      count = many;
      const { values } = states[0];
      for (let p = 0; p < many; p++) {
        const row = order ? order[from + p] : from + p;
        labels[p] = given[row];
        for (let i = 0; i < features; i++) values[i * room + p] = points[row * features + i];
      }
    },
    evaluate() {
      forward();
      const value = lossOf(loss, states[last].values, classes, labels, room, count, deltas[last]);
      for (let k = ops.length - 1; k >= 0; k--) stepBack(ops[k], states, deltas, parameters, gradient, room, count);
      return value + penalised(gradient);
    },
    look() {
      forward();
      const value = lossOf(loss, states[last].values, classes, labels, room, count, null);
      return { loss: value + penalised(null), accuracy: rightOnes(states[last].values, classes, labels, room, count) / count };
    },
  };
}

/** What layers do, in order; the states that come about are added.
 * @param {Layer[]} layers
 * @param {Rows[]} states
 * @param {number} room
 * @returns {Op[]}
 */
function opsOf(layers, states, room) {
  /** @type {Op[]} */
  const ops = [];
  let at = 0;
  /** @param {Op["kind"]} kind @param {number} width @param {Partial<Op>} [more] */
  const push = (kind, width, more = {}) => {
    ops.push({ kind, from: states.length - 1, to: states.length, at, name: "", slope: null, ...more });
    states.push({ values: new Float64Array(room * width), width });
  };
  /** @param {Layer[]} some */
  const walk = (some) => {
    for (const { activation, weight, bias, inner } of some) {
      const { width } = states[states.length - 1];
      if (inner) {
        const kept = states.length - 1;
        const keep = ops.push({ kind: "keep", from: kept, to: kept, at, name: "", slope: null }) - 1;
        walk(inner);
        push("add", width, { at: kept });
        ops[keep].to = states.length - 1;
        continue;
      }
      if (weight && bias) {
        push("dense", bias.length);
        at += weight.length + bias.length;
      }
      const wide = states[states.length - 1].width;
      if (activation === "softmax") push("softmax", wide);
      else if (activation !== "identity") push("bend", wide, { name: activation, slope: new Float64Array(room * wide) });
    }
  };
  walk(layers);
  return ops;
}

/**
 * @param {Op} op
 * @param {Rows[]} states
 * @param {Float64Array} parameters
 * @param {number} room
 * @param {number} count
 */
function stepForward({ kind, from, to, at, name, slope }, states, parameters, room, count) {
  if (kind === "keep") return;
  const { values, width } = states[from];
  const out = states[to].values;
  if (kind === "dense") affineRows(values, width, out, states[to].width, parameters, at, room, count);
  else if (kind === "bend") {
    for (let i = 0; i < width; i++) FILLS[name](values, out, /** @type {Float64Array} */ (slope), i * room, count, i);
  } else if (kind === "add") {
    const kept = states[at].values;
    for (let i = 0; i < out.length; i++) out[i] = values[i] + kept[i];
  } else {
    for (let p = 0; p < count; p++) {
      let top = -Infinity;
      let sum = 0;
      for (let i = 0; i < width; i++) top = Math.max(top, values[i * room + p]);
      for (let i = 0; i < width; i++) sum += out[i * room + p] = Math.exp(values[i * room + p] - top);
      for (let i = 0; i < width; i++) out[i * room + p] /= sum;
    }
  }
}

/**
 * @param {Op} op
 * @param {Rows[]} states
 * @param {Float64Array[]} deltas
 * @param {Float64Array} parameters
 * @param {Float64Array} gradient
 * @param {number} room
 * @param {number} count
 */
function stepBack({ kind, from, to, at, slope }, states, deltas, parameters, gradient, room, count) {
  const { values, width } = states[from];
  const delta = deltas[to];
  const before = deltas[from];
  if (kind === "dense") {
    const wide = states[to].width;
    gradientRows(delta, wide, values, width, gradient, at, room, count, 1 / count);
    if (from > 0) backRows(delta, wide, before, width, parameters, at, room, count);
  } else if (kind === "bend") {
    const rise = /** @type {Float64Array} */ (slope);
    for (let i = 0; i < width; i++) {
      for (let p = i * room; p < i * room + count; p++) before[p] = delta[p] * rise[p];
    }
  } else if (kind === "add") before.set(delta);
  else if (kind === "keep") {
    for (let i = 0; i < before.length; i++) before[i] += delta[i];
  } else {
    const p = states[to].values;
    for (let at2 = 0; at2 < count; at2++) {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += p[i * room + at2] * delta[i * room + at2];
      for (let i = 0; i < width; i++) before[i * room + at2] = p[i * room + at2] * (delta[i * room + at2] - sum);
    }
  }
}
