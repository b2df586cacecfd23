/* What training adds to the loss, as warpviz/training/penalties.py tells. */

/** The Euclidean norm of all parameters; its gradient, times a factor, is added.
 * @param {Float64Array} parameters
 * @param {number} factor
 * @param {Float64Array | null} gradient
 */
export function normPenalty(parameters, factor, gradient) {
  let square = 0;
  for (const value of parameters) square += value * value;
  const norm = Math.sqrt(square);
  if (gradient && norm > 0) for (let i = 0; i < parameters.length; i++) gradient[i] += factor * (parameters[i] / norm);
  return factor * norm;
}

const TINY = 2.2250738585072014e-308 ** 0.25;

/** How far a matrix is from stretching all directions alike: k ‖K‖²/t² − 1 with K = W Wᵀ or Wᵀ W,
 * whichever is smaller, and its trace t; its gradient, times a factor, is added.
 * @param {Float64Array} parameters the weight (n_out, n_in) from `at` on
 * @param {number} at
 * @param {number} n_out
 * @param {number} n_in
 * @param {number} factor
 * @param {Float64Array | null} gradient
 */
export function evennessPenalty(parameters, at, n_out, n_in, factor, gradient) {
  const k = Math.min(n_out, n_in);
  const wide = n_out <= n_in;
  const long = wide ? n_in : n_out;
  /** @param {number} short @param {number} along */
  const entry = (short, along) => parameters[at + (wide ? short * n_in + along : along * n_in + short)];
  const gram = new Float64Array(k * k);
  let trace = 0;
  let square = 0;
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++) {
      let sum = 0;
      for (let i = 0; i < long; i++) sum += entry(a, i) * entry(b, i);
      gram[a * k + b] = sum;
      square += sum * sum;
      if (a === b) trace += sum;
    }
  }
  trace = Math.max(trace, TINY);
  if (gradient) {
    for (let a = 0; a < k; a++) {
      for (let i = 0; i < long; i++) {
        let product = 0;
        for (let b = 0; b < k; b++) product += gram[a * k + b] * entry(b, i);
        const slope = 4 * k * (product / trace ** 2 - entry(a, i) * (square / trace ** 3));
        gradient[at + (wide ? a * n_in + i : i * n_in + a)] += factor * slope;
      }
    }
  }
  return factor * ((k * square) / trace ** 2 - 1);
}
