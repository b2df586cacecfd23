/* Keyframes as they are shipped: steps of a box, see `quantised` of packing.py. */

/** @import { Quantised } from "./types.js" */

import { STEPS } from "./given.js";

/** Keyframes that were shipped quantised, one array a stop.
 * @param {Quantised} keyframes
 */
export function keyframesFrom({ low, span, steps }) {
  const [stops, axes, count] = steps.shape;
  return Array.from({ length: stops }, (_, k) => {
    const out = new Float64Array(axes * count);
    for (let axis = 0; axis < axes; axis++) {
      const from = (k * axes + axis) * count;
      const start = low[k * axes + axis];
      const scale = span[k * axes + axis] / STEPS;
      for (let i = 0; i < count; i++) out[i * axes + axis] = start + scale * steps[from + i];
    }
    return out;
  });
}
