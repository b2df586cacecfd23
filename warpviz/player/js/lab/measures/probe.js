/* The linear probe: multinomial logistic regression of labels on a state, by Newton's method. */

/** @import { Cloud, Probe } from "./measuring.d.ts" */

import { MEASURING } from "../measuring.js";
import { solved } from "../scene/matrices.js";
import { standardisedCloud } from "./clouds.js";

/** Orthonormal columns orthogonal to the ones, Helmert's: (C, C − 1).
 * @param {number} count
 */
function contrastsOf(count) {
  return Array.from({ length: count }, (_, row) => Array.from({ length: count - 1 }, (__, column) => {
    const k = column + 1;
    const entry = row < k ? 1 : row === k ? -k : 0;
    return entry / Math.sqrt(k * (k + 1));
  }));
}

/** Fit a probe.
 * @param {Cloud} cloud (N, D)
 * @param {ArrayLike<number>} index class of each point, of C
 * @param {number} classes
 * @returns {Probe}
 */
export function fitProbe(cloud, index, classes) {
  const { rows, centre, scale } = standardisedCloud(cloud);
  const z = rows.map((row) => [...row, 1]);
  const width = z[0].length;
  const basis = contrastsOf(classes);
  const { theta, loss } = newtonFit(z, index, basis, width);
  const whole = basis.map((row) => Array.from({ length: width }, (_, j) => row.reduce((sum, value, a) => sum + value * theta[a][j], 0)));
  let right = 0;
  z.forEach((row, n) => {
    let best = 0;
    let most = -Infinity;
    whole.forEach((weights, c) => {
      const score = row.reduce((sum, value, j) => sum + value * weights[j], 0);
      if (score > most) {
        most = score;
        best = c;
      }
    });
    if (best === index[n]) right++;
  });
  return {
    weight: whole.map((row) => scale.map((size, i) => row[i] / size)), bias: whole.map((row) => row[width - 1]),
    centre, loss, accuracy: right / z.length,
  };
}

/** The minimiser (C − 1, D + 1) in the contrasts, and its loss; z has a last column of ones.
 * @param {Cloud} z
 * @param {ArrayLike<number>} index
 * @param {number[][]} basis
 * @param {number} width
 */
function newtonFit(z, index, basis, width) {
  const { ridge, steps, enough, armijo, bare, shortest } = MEASURING.PROBE;
  const count = z.length;
  const rank = basis.length - 1;
  const penalty = Array.from({ length: width }, (_, j) => (j < width - 1 ? ridge : 0));
  let theta = Array.from({ length: rank }, () => new Array(width).fill(0));
  let { loss, p } = entropyOf(z, index, basis, theta, penalty);
  for (let step = 0; step < steps; step++) {
    const gradient = new Float64Array(rank * width);
    const size = rank * width;
    const hessian = Array.from({ length: size }, () => new Array(size).fill(0));
    for (let n = 0; n < count; n++) {
      const row = z[n];
      const own = p[n];
      for (let a = 0; a < rank; a++) {
        let off = 0;
        for (let c = 0; c <= rank; c++) off += basis[c][a] * (own[c] - (c === index[n] ? 1 : 0));
        for (let j = 0; j < width; j++) gradient[a * width + j] += off * row[j];
        for (let b = 0; b <= a; b++) {
          let both = 0;
          let qa = 0;
          let qb = 0;
          for (let c = 0; c <= rank; c++) {
            both += own[c] * basis[c][a] * basis[c][b];
            qa += own[c] * basis[c][a];
            qb += own[c] * basis[c][b];
          }
          const weight = both - qa * qb;
          for (let j = 0; j < width; j++) {
            const line = hessian[a * width + j];
            const much = weight * row[j];
            for (let k = 0; k < width; k++) line[b * width + k] += much * row[k];
          }
        }
      }
    }
    for (let a = 0; a < rank; a++) {
      for (let j = 0; j < width; j++) {
        gradient[a * width + j] = gradient[a * width + j] / count + penalty[j] * theta[a][j];
        for (let b = 0; b <= a; b++) {
          for (let k = 0; k < width; k++) {
            const value = hessian[a * width + j][b * width + k] / count + (a === b && j === k ? Math.max(penalty[j], bare) : 0);
            hessian[a * width + j][b * width + k] = value;
            if (b < a) hessian[b * width + k][a * width + j] = value;
          }
        }
      }
    }
    const way = solved(hessian, Array.from(gradient, (value) => [value])).map(([value]) => value);
    const decrement = way.reduce((sum, value, i) => sum + value * gradient[i], 0);
    if (!(decrement > enough)) break;
    let length = 1;
    /** @type {ReturnType<typeof entropyOf> | null} */
    let better = null;
    let trial = theta;
    for (; length > shortest && !better; length /= 2) {
      const share = length;
      trial = theta.map((row, a) => row.map((value, j) => value - share * way[a * width + j]));
      const found = entropyOf(z, index, basis, trial, penalty);
      if (found.loss <= loss - armijo * share * decrement) better = found;
    }
    if (!better) break;
    theta = trial;
    ({ loss, p } = better);
  }
  return { theta, loss };
}

/** The ridged mean cross entropy and the softmax (N, C).
 * @param {Cloud} z
 * @param {ArrayLike<number>} index
 * @param {number[][]} basis
 * @param {number[][]} theta
 * @param {number[]} penalty
 */
function entropyOf(z, index, basis, theta, penalty) {
  const whole = basis.map((row) => penalty.map((_, j) => row.reduce((sum, value, a) => sum + value * theta[a][j], 0)));
  let loss = 0;
  const p = z.map((row, n) => {
    const scores = new Array(whole.length);
    let most = -Infinity;
    for (let c = 0; c < scores.length; c++) {
      let score = 0;
      for (let j = 0; j < row.length; j++) score += row[j] * whole[c][j];
      scores[c] = score;
      if (score > most) most = score;
    }
    const own = scores[index[n]] - most;
    let sum = 0;
    for (let c = 0; c < scores.length; c++) sum += scores[c] = Math.exp(scores[c] - most);
    for (let c = 0; c < scores.length; c++) scores[c] /= sum;
    loss += Math.log(sum) - own;
    return scores;
  });
  const ridge = theta.reduce((sum, row) => sum + row.reduce((at, value, j) => at + penalty[j] * value * value, 0), 0);
  return { loss: loss / z.length + ridge / 2, p };
}
