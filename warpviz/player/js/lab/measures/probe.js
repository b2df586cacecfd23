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
  const z = withOnes(rows);
  const { width, count } = z;
  const basis = contrastsOf(classes);
  const { theta, loss } = newtonFit(z, index, basis);
  const whole = allScores(basis, theta, width);
  let right = 0;
  for (let n = 0; n < count; n++) {
    let best = 0;
    let most = -Infinity;
    for (let c = 0; c < classes; c++) {
      let score = 0;
      for (let j = 0; j < width; j++) score += z.values[n * width + j] * whole[c * width + j];
      if (score > most) {
        most = score;
        best = c;
      }
    }
    if (best === index[n]) right++;
  }
  return {
    weight: basis.map((_, c) => scale.map((size, i) => whole[c * width + i] / size)),
    bias: basis.map((_, c) => whole[(c + 1) * width - 1]), centre, loss, accuracy: right / count,
  };
}

/** Rows with a last column of ones.
 * @param {Cloud} cloud
 * @returns {Cloud}
 */
function withOnes({ values, width, count }) {
  const out = new Float64Array((width + 1) * count).fill(1);
  for (let n = 0; n < count; n++) for (let i = 0; i < width; i++) out[n * (width + 1) + i] = values[n * width + i];
  return { values: out, width: width + 1, count };
}

/** (C, width): a row of weights for each class.
 * @param {number[][]} basis (C, C − 1)
 * @param {ArrayLike<number>} theta (C − 1, width)
 * @param {number} width
 */
function allScores(basis, theta, width) {
  const whole = new Float64Array(basis.length * width);
  basis.forEach((row, c) => {
    for (let j = 0; j < width; j++) for (let a = 0; a < row.length; a++) whole[c * width + j] += row[a] * theta[a * width + j];
  });
  return whole;
}

/** The minimiser (C − 1, D + 1) in the contrasts, and its loss; z has a last column of ones.
 * @param {Cloud} z
 * @param {ArrayLike<number>} index
 * @param {number[][]} basis
 */
function newtonFit(z, index, basis) {
  const { ridge, steps, enough, armijo, shortest } = MEASURING.PROBE;
  const size = (basis.length - 1) * z.width;
  const penalty = Float64Array.from({ length: size }, (_, i) => ((i + 1) % z.width ? ridge : 0));
  let theta = new Float64Array(size);
  let p = new Float64Array(z.count * basis.length);
  let tried = p.slice();
  let loss = entropyOf(z, index, basis, theta, penalty, p);
  for (let step = 0; step < steps; step++) {
    const { gradient, hessian } = curvature(z, index, basis, theta, penalty, p);
    const way = solved(hessian, Array.from(gradient, (value) => [value])).map(([value]) => value);
    const decrement = way.reduce((sum, value, i) => sum + value * gradient[i], 0);
    if (!(decrement > enough)) break;
    let better = false;
    for (let length = 1; length > shortest && !better; length /= 2) {
      const trial = theta.map((value, i) => value - length * way[i]);
      const found = entropyOf(z, index, basis, trial, penalty, tried);
      better = found <= loss - armijo * length * decrement;
      if (better) [theta, loss, p, tried] = [trial, found, tried, p];
    }
    if (!better) break;
  }
  return { theta, loss };
}

/** Gradient and Hessian of the ridged mean cross entropy.
 * @param {Cloud} z
 * @param {ArrayLike<number>} index
 * @param {number[][]} basis
 * @param {Float64Array} theta
 * @param {Float64Array} penalty
 * @param {Float64Array} p softmax (N, C)
 */
function curvature({ values, width, count }, index, basis, theta, penalty, p) {
  const classes = basis.length;
  const rank = classes - 1;
  const size = rank * width;
  const gradient = new Float64Array(size);
  const sums = new Float64Array(size * size); // of its blocks of two contrasts half: they are symmetric
  for (let n = 0; n < count; n++) {
    const from = n * width;
    const own = n * classes;
    for (let a = 0; a < rank; a++) {
      let off = 0;
      for (let c = 0; c < classes; c++) off += basis[c][a] * (p[own + c] - (c === index[n] ? 1 : 0));
      for (let j = 0; j < width; j++) gradient[a * width + j] += off * values[from + j];
      for (let b = 0; b <= a; b++) {
        let both = 0;
        let qa = 0;
        let qb = 0;
        for (let c = 0; c < classes; c++) {
          both += p[own + c] * basis[c][a] * basis[c][b];
          qa += p[own + c] * basis[c][a];
          qb += p[own + c] * basis[c][b];
        }
        const weight = both - qa * qb;
        for (let j = 0; j < width; j++) {
          const at = (a * width + j) * size + b * width;
          const much = weight * values[from + j];
          for (let k = 0; k <= j; k++) sums[at + k] += much * values[from + k];
        }
      }
    }
  }
  for (let i = 0; i < size; i++) gradient[i] = gradient[i] / count + penalty[i] * theta[i];
  const hessian = Array.from({ length: size }, (_, row) => Array.from({ length: size }, (__, column) => {
    const [i, j] = [row % width, column % width];
    const [a, b] = [(row - i) / width, (column - j) / width];
    const sum = sums[(Math.max(a, b) * width + Math.max(i, j)) * size + Math.min(a, b) * width + Math.min(i, j)];
    return sum / count + (row === column ? Math.max(penalty[row], MEASURING.PROBE.bare) : 0);
  }));
  return { gradient, hessian };
}

/** The ridged mean cross entropy; the softmax (N, C) is written.
 * @param {Cloud} z
 * @param {ArrayLike<number>} index
 * @param {number[][]} basis
 * @param {Float64Array} theta
 * @param {Float64Array} penalty
 * @param {Float64Array} p
 */
function entropyOf({ values, width, count }, index, basis, theta, penalty, p) {
  const classes = basis.length;
  const whole = allScores(basis, theta, width);
  let loss = 0;
  for (let n = 0; n < count; n++) {
    const at = n * classes;
    let most = -Infinity;
    for (let c = 0; c < classes; c++) {
      let score = 0;
      for (let j = 0; j < width; j++) score += values[n * width + j] * whole[c * width + j];
      p[at + c] = score;
      if (score > most) most = score;
    }
    const own = p[at + index[n]] - most;
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += p[at + c] = Math.exp(p[at + c] - most);
    for (let c = 0; c < classes; c++) p[at + c] /= sum;
    loss += Math.log(sum) - own;
  }
  const ridge = theta.reduce((sum, value, i) => sum + penalty[i] * value * value, 0);
  return loss / count + ridge / 2;
}
