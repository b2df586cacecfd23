/* What layers do, in order, and their values at places of the plane. */

/** @import { Layer, Step, Values } from "./cutting.d.ts" */
/** @import { ActivationRecord } from "../lab.d.ts" */

import { through } from "../../chain.js";
import { RECORDS } from "../known.js";

/** The record of an activation.
 * @param {string} name
 * @returns {ActivationRecord}
 */
export function recordOf(name) {
  return RECORDS[name];
}

/** Layers as they are played, one act each: an affine map, then its activation; a softmax at the
 * end is none of them.
 * @param {Layer[]} layers
 * @returns {Layer[]}
 */
export function played(layers) {
  const last = layers.at(-1)?.activation ?? "";
  return splitLayers(last.endsWith("softmax") ? layers.slice(0, -1) : layers);
}

/**
 * @param {Layer[]} layers
 * @returns {Layer[]}
 */
function splitLayers(layers) {
  return layers.flatMap((layer) => {
    const { activation, weight, bias, inner } = layer;
    if (inner) return [{ ...layer, inner: splitLayers(inner) }];
    if (!weight || activation === "identity") return [layer];
    return [{ activation: "identity", weight, bias }, { activation, weight: null, bias: null }];
  });
}

/** Steps of layers; residual ones put x aside, and add it. `width` is that of the state behind.
 * @param {Layer[]} layers
 * @param {number} width
 * @param {number} [number] of the layer that they are part of; their own unless told
 * @returns {Step[]}
 */
export function stepsOf(layers, width, number) {
  /** @type {Step[]} */
  const steps = [];
  let wide = width;
  layers.forEach(({ activation, weight, bias, inner }, k) => {
    const layer = number ?? k;
    if (bias) wide = bias.length;
    const none = { layer, weight: null, bias: null, record: null, width: wide };
    if (inner) {
      steps.push({ ...none, kind: "keep" }, ...stepsOf(inner, wide, layer), { ...none, kind: "add" });
      return;
    }
    steps.push({ kind: "layer", layer, weight, bias, record: activation === "identity" ? null : recordOf(activation), width: wide });
  });
  return steps;
}

/** Whether all is made of straight pieces.
 * @param {Layer[]} layers
 * @returns {boolean}
 */
export function isStraight(layers) {
  return layers.every(({ activation, inner }) => inner ? isStraight(inner) : !activation.endsWith("softmax") && recordOf(activation).breakpoints !== null);
}

/** Where something bends: the layers up to an activation, it, and the number of its first unit
 * among those of its layer that bend.
 * @param {Layer[]} layers as they are played
 * @param {number} k
 * @returns {{ before: Layer[], record: ActivationRecord, first: number, units: number }[]}
 */
export function bendsOf(layers, k) {
  const { activation, weight, bias, inner } = layers[k];
  const head = layers.slice(0, k);
  if (inner) {
    const inside = [...head, ...inner];
    /** @type {ReturnType<typeof bendsOf>} */
    const found = [];
    for (let i = k; i < inside.length; i++) {
      const first = found.reduce((sum, bend) => sum + bend.units, 0);
      found.push(...bendsOf(inside, i).map((bend) => ({ ...bend, first: first + bend.first })));
    }
    return found;
  }
  if (activation === "identity" || activation.endsWith("softmax")) return [];
  const before = weight ? [...head, { activation: "identity", weight, bias }] : head;
  return [{ before, record: recordOf(activation), first: 0, units: widthOf(before) }];
}

/** How wide what layers give is; of none that of the plane.
 * @param {Layer[]} layers
 * @returns {number}
 */
export function widthOf(layers) {
  for (let k = layers.length - 1; k >= 0; k--) {
    const { bias, inner } = layers[k];
    if (bias) return bias.length;
    if (inner) return widthOf([...layers.slice(0, k), ...inner]);
  }
  return 2;
}

/** All outputs (N, C) at places of the plane.
 * @param {Layer[]} layers
 * @param {Float64Array} x
 * @param {Float64Array} y
 */
export function outputsAt(layers, x, y) {
  const places = new Float64Array(2 * x.length);
  for (let i = 0; i < x.length; i++) {
    places[2 * i] = x[i];
    places[2 * i + 1] = y[i];
  }
  return /** @type {Float64Array} */ (through(layers, { values: places, width: 2 }, x.length).values);
}

/** What one output is above a level.
 * @param {Layer[]} layers
 * @param {number} unit
 * @param {number} level
 * @returns {Values}
 */
export function unitAt(layers, unit, level) {
  const width = widthOf(layers);
  return (x, y) => {
    const outputs = outputsAt(layers, x, y);
    return x.map((_, i) => outputs[i * width + unit] - level);
  };
}
