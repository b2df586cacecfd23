/* What activations are made of. Python writes them into `formulas.js`, and into `given.js` the
 * polynomial of the normal distribution. */

import { TAIL } from "./given.js";

/** The normal distribution Φ(z), as in warpviz/functions/normal.py.
 * @param {number} z
 */
export function lowerTail(z) {
  const a = Math.min(Math.abs(z), 39);
  const s = 5 / (a + 5);
  const u = s * (88 / 39) - 49 / 39;
  let tail = 0;
  for (let i = TAIL.length - 1; i >= 0; i--) tail = tail * u + TAIL[i];
  tail *= s * Math.exp(-0.5 * a * a);
  return z < 0 ? tail : 1 - tail;
}

/** The error function; near 0 by its series, where 2Φ − 1 would lose its digits.
 * @param {number} z
 */
export function erf(z) {
  if (!(Math.abs(z) < 0.5)) return 2 * lowerTail(Math.SQRT2 * z) - 1;
  let term = z;
  let total = z;
  for (let n = 1; n < 16; n++) {
    term *= (-z * z) / n;
    total += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * total;
}

/** @param {number} z */
export function sigmoid(z) {
  const e = Math.exp(-Math.abs(z));
  return (z < 0 ? e : 1) / (1 + e);
}

/** @param {number} z */
export function softplus(z) {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}
