/* What activations are made of. Python writes them into `formulas.js`, and into `given.js` the
 * numbers of the normal distribution. */

import { TAIL } from "./given.js";

/** Coefficients of u⁰ first, with zeros behind them until there are four times as many as it takes.
 * @param {ArrayLike<number>} coefficients
 */
function padded(coefficients) {
  const out = new Float64Array(4 * Math.ceil(coefficients.length / 4));
  out.set(coefficients);
  return out;
}

/** A polynomial: four sums that a processor works on at the same time.
 * @param {Float64Array} coefficients `padded`
 * @param {number} u
 */
function polynomialAt(coefficients, u) {
  const square = u * u;
  const fourth = square * square;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = coefficients.length - 4; i >= 0; i -= 4) {
    a = a * fourth + coefficients[i];
    b = b * fourth + coefficients[i + 1];
    c = c * fourth + coefficients[i + 2];
    d = d * fourth + coefficients[i + 3];
  }
  return a + square * c + u * (b + square * d);
}

const POLYNOMIAL = padded(TAIL.polynomial);

/** What is above `a` of the normal distribution, over exp(−a²/2), as in warpviz/functions/normal.py.
 * @param {number} a
 */
function scaledTail(a) {
  const s = TAIL.half / (a + TAIL.half);
  return s * polynomialAt(POLYNOMIAL, TAIL.rise * s - TAIL.down);
}

/** The normal distribution Φ(z).
 * @param {number} z
 */
export function lowerTail(z) {
  const a = Math.min(Math.abs(z), TAIL.furthest);
  const tail = scaledTail(a) * Math.exp(-0.5 * a * a);
  return z < 0 ? tail : 1 - tail;
}

/** Of the series of erf: (2/√π) Σ (−1)ⁿ z²ⁿ⁺¹ / (n! (2n + 1)); so many that below ½ the rest is rounding. */
const SERIES = padded(Array.from({ length: 16 }, (_, n) => {
  let factorial = n % 2 ? -1 : 1;
  for (let i = 2; i <= n; i++) factorial *= i;
  return 2 / (Math.sqrt(Math.PI) * factorial * (2 * n + 1));
}));

/** The error function.
 * @param {number} z
 */
export function erf(z) {
  return erfBeside(z, Math.exp(-z * z));
}

/** The same where exp(−z²) is known; near 0 by its series, where 2Φ − 1 would lose its digits.
 * @param {number} z
 * @param {number} bell
 */
export function erfBeside(z, bell) {
  if (Math.abs(z) < 0.5) return z * polynomialAt(SERIES, z * z);
  const outside = 2 * bell * scaledTail(Math.min(Math.SQRT2 * Math.abs(z), TAIL.furthest));
  return z < 0 ? outside - 1 : 1 - outside;
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

/** tanh(softplus(z)), which squares of e^z would overflow, where exp(−|z|) is known.
 * @param {number} z
 * @param {number} e
 */
export function tanhSoftplusBeside(z, e) {
  const part = z > 0 ? 1 + 2 * e : e * (e + 2);
  return part / (part + 2 * (z > 0 ? e * e : 1));
}
