/* What activations are made of. Python writes them into `formulas.js`, and into `given.js` the
 * numbers of the normal distribution. */

import { TAIL } from "./given.js";

/** The normal distribution Φ(z), as in warpviz/functions/normal.py.
 * @param {number} z
 */
export function lowerTail(z) {
  const { polynomial, furthest, half, rise, down } = TAIL;
  const a = Math.min(Math.abs(z), furthest);
  const s = half / (a + half);
  const u = rise * s - down;
  let tail = 0;
  for (let i = polynomial.length - 1; i >= 0; i--) tail = tail * u + polynomial[i];
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
