/* First weights, as warpviz/model/weights.py draws them, out of a seed of the page's own. */

/** @import { Layer } from "../lab.d.ts" */

import { RECORDS } from "../known.js";
import { randomOf } from "../data/random.js";

/** The same layers with fresh weights: uniform on ±√(6 / (n_in + n_out)), and wider before what is
 * flat at 0; biases are 0.
 * @param {Layer[]} layers
 * @param {number} seed
 * @returns {Layer[]}
 */
export function freshLayers(layers, seed) {
  const random = randomOf(seed);
  /** @param {Layer[]} some @returns {Layer[]} */
  const drawn = (some) => some.map((layer, k) => {
    const { activation, weight, bias, inner } = layer;
    if (inner) return { ...layer, inner: drawn(inner) };
    if (!weight || !bias) return layer;
    // An affine layer without an activation of its own may be followed by one.
    const after = some[k + 1];
    const name = activation === "identity" && after && !after.weight && !after.inner ? after.activation : activation;
    const limit = (RECORDS[name]?.gain ?? 1) * Math.sqrt(6 / (weight.length / bias.length + bias.length));
    const fresh = Float64Array.from(weight, () => random.uniform(-limit, limit));
    return { ...layer, weight: Object.assign(fresh, { shape: weight.shape }), bias: Object.assign(new Float64Array(bias.length), { shape: bias.shape }) };
  });
  return drawn(layers);
}
