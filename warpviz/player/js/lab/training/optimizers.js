/* Methods that move an engine's parameters, as warpviz/training/optimizers.py has them. An epoch sees
 * every point once; but for L-BFGS, in which it is a step that may be tried again. */

/** @import { Engine, Method } from "./training.d.ts" */

import { LAB } from "../known.js";

/** @typedef {(step: (engine: Engine) => void) => void} Epoch what runs an epoch, batch by batch */

/** θ ← θ − rate · g.
 * @param {number} rate
 * @param {Epoch} epoch
 * @returns {Method}
 */
function descent(rate, epoch) {
  return each(epoch, ({ parameters, gradient }) => {
    for (let i = 0; i < parameters.length; i++) parameters[i] -= rate * gradient[i];
  });
}

/** Descent with a velocity that keeps of itself what Adam's mean keeps.
 * @param {number} rate
 * @param {Epoch} epoch
 * @param {number} size
 * @returns {Method}
 */
function momentum(rate, epoch, size) {
  const velocity = new Float64Array(size);
  return each(epoch, ({ parameters, gradient }) => {
    for (let i = 0; i < size; i++) {
      velocity[i] = LAB.KEEP[0] * velocity[i] + gradient[i];
      parameters[i] -= rate * velocity[i];
    }
  });
}

/** Adam: θ ← θ − rate · m̂ / (√v̂ + ε). Source: Kingma & Ba, arXiv:1412.6980.
 * @param {number} rate
 * @param {Epoch} epoch
 * @param {number} size
 * @returns {Method}
 */
function adam(rate, epoch, size) {
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  const [first, second] = LAB.KEEP;
  let left = 1;
  let rest = 1;
  return each(epoch, ({ parameters, gradient }) => {
    left *= first;
    rest *= second;
    for (let i = 0; i < size; i++) {
      const g = gradient[i];
      mean[i] += (1 - first) * (g - mean[i]);
      square[i] += (1 - second) * (g * g - square[i]);
      parameters[i] -= ((rate / (1 - left)) * mean[i]) / (Math.sqrt(square[i] / (1 - rest)) + LAB.EPSILON);
    }
  });
}

/** A method that makes the same step for every batch.
 * @param {Epoch} epoch
 * @param {(engine: Engine) => void} move
 * @returns {Method}
 */
function each(epoch, move) {
  return {
    run(epochs) {
      for (let i = 0; i < epochs; i++) epoch((engine) => { engine.evaluate(); move(engine); });
      return { done: epochs, ended: false };
    },
  };
}

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
function dotProduct(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** L-BFGS with backtracking: Nocedal & Wright, Numerical Optimization, algorithm 7.4.
 * @param {Engine} engine fed with all points
 * @param {number} rate the length of the first step
 * @returns {Method}
 */
function lbfgs(engine, rate) {
  const { patience, gain, memory, armijo, shorter, useful, least } = LAB.LBFGS;
  const { parameters } = engine;
  let theta = parameters.slice();
  let loss = engine.evaluate();
  let gradient = engine.gradient.slice();
  let scale = rate / Math.max(Math.sqrt(dotProduct(gradient, gradient)), 1e-12);
  let direction = gradient.map((g) => -scale * g);
  let length = 1;
  /** @type {{ change: Float64Array, bend: Float64Array, weight: number }[]} */
  let pairs = [];
  const best = [loss];
  let ended = false;
  const step = () => {
    const trial = theta.map((value, i) => value + length * direction[i]);
    parameters.set(trial);
    const found = engine.evaluate();
    const good = found <= loss + armijo * length * dotProduct(gradient, direction);
    if (good) {
      const change = trial.map((value, i) => value - theta[i]);
      const bend = gradient.map((g, i) => engine.gradient[i] - g);
      theta = trial;
      gradient = engine.gradient.slice();
      loss = found;
      const curvature = dotProduct(change, bend);
      if (curvature > useful * Math.sqrt(dotProduct(change, change) * dotProduct(bend, bend))) {
        pairs = [...pairs.slice(1 - memory), { change, bend, weight: 1 / curvature }];
        scale = curvature / dotProduct(bend, bend);
      }
      direction = newton(gradient, pairs, scale);
      length = 1;
    } else {
      parameters.set(theta);
      length *= shorter;
    }
    best.push(loss);
    const before = best.at(-patience - 1);
    ended = !(length > least) || (before !== undefined && before - loss <= gain * Math.abs(before));
  };
  return {
    run(epochs) {
      let done = 0;
      for (; done < epochs && !ended; done++) step();
      return { done, ended };
    },
  };
}

/** −H g by the two-loop recursion.
 * @param {Float64Array} gradient
 * @param {{ change: Float64Array, bend: Float64Array, weight: number }[]} pairs
 * @param {number} scale
 */
function newton(gradient, pairs, scale) {
  const step = gradient.map((g) => -g);
  const shares = pairs.map(() => 0);
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { change, bend, weight } = pairs[k];
    shares[k] = weight * dotProduct(change, step);
    for (let i = 0; i < step.length; i++) step[i] -= shares[k] * bend[i];
  }
  for (let i = 0; i < step.length; i++) step[i] *= scale;
  pairs.forEach(({ change, bend, weight }, k) => {
    const share = shares[k] - weight * dotProduct(bend, step);
    for (let i = 0; i < step.length; i++) step[i] += share * change[i];
  });
  return step;
}

/** Which method, by its name.
 * @param {string} name
 * @param {number} rate
 * @param {Engine} whole fed with all points
 * @param {Epoch} epoch
 * @returns {Method}
 */
export function methodOf(name, rate, whole, epoch) {
  const size = whole.parameters.length;
  if (name === "lbfgs") return lbfgs(whole, rate);
  if (name === "adam") return adam(rate, epoch, size);
  return name === "momentum" ? momentum(rate, epoch, size) : descent(rate, epoch);
}
