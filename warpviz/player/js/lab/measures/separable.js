/* Strict linear separability of all classes at once, decided with a proof: see
 * measure/separability.py and measure/nearest_point.py. */

/** @import { Cloud, Probe } from "./measuring.d.ts" */

import { MEASURING } from "../measuring.js";
import { inner, singular } from "../scene/matrices.js";
import { whitenedCloud } from "./clouds.js";

/** Whether scores W (x − centre) + b exist that put every point into its class; with them if so.
 * @param {Cloud} cloud
 * @param {ArrayLike<number>} index
 * @param {Probe} probe
 * @returns {{ weight: number[][], bias: number[], centre: number[] } | null}
 */
export function separatorOf(cloud, index, probe) {
  const { rows, centre, forward, backward } = whitenedCloud(cloud);
  const axes = forward[0].length;
  const guess = probe.weight.map((row, c) => [...Array.from({ length: axes }, (_, a) => row.reduce((sum, value, i) => sum + value * backward[i][a], 0)), probe.bias[c]]);
  // Should the probe's direction not survive the strict check, the search starts without it.
  for (const start of [guess, guess.map((row) => row.map(() => 0))]) {
    const found = nearestPoint(rows, index, start);
    if (!found) return null;
    const weight = found.map((row) => forward.map((to) => to.reduce((sum, value, a) => sum + value * row[a], 0)));
    const bias = found.map((row) => row[axes]);
    if (marginOf(cloud, index, weight, bias, centre) > 0) return { weight, bias, centre };
  }
  return null;
}

/** The smallest lead of a point's own score over a rival's, less a bound of its rounding.
 * @param {Cloud} cloud
 * @param {ArrayLike<number>} index
 * @param {number[][]} weight
 * @param {number[]} bias
 * @param {number[]} centre
 */
function marginOf(cloud, index, weight, bias, centre) {
  const unit = (centre.length + 6) * Number.EPSILON;
  const { values, width, count } = cloud;
  const classes = weight.length;
  const [scores, blurs] = [new Float64Array(classes), new Float64Array(classes)];
  let least = Infinity;
  for (let n = 0; n < count; n++) {
    for (let c = 0; c < classes; c++) {
      let score = bias[c];
      let size = Math.abs(bias[c]);
      for (let i = 0; i < width; i++) {
        const term = weight[c][i] * (values[n * width + i] - centre[i]);
        score += term;
        size += Math.abs(term);
      }
      scores[c] = score;
      blurs[c] = unit * size;
    }
    const own = index[n];
    for (let c = 0; c < classes; c++) if (c !== own) least = Math.min(least, scores[own] - blurs[own] - scores[c] - blurs[c]);
  }
  return least;
}

/** A direction (C, D) that leads for all rows (e_y − e_j) ⊗ x, or null where a combination of them
 * is nearly 0, by Wolfe's method.
 * @param {Cloud} points
 * @param {ArrayLike<number>} index
 * @param {number[][]} guess
 * @returns {number[][] | null}
 */
function nearestPoint(points, index, guess) {
  const { tolerance, patience: most } = MEASURING.SEPARABLE;
  const width = guess[0].length;
  if (guess.length === 1) return guess;
  /** @param {ArrayLike<number>} direction */
  const worst = (direction) => {
    let lead = Infinity;
    let point = 0;
    let rival = 0;
    for (let n = 0; n < points.count; n++) {
      let own = 0;
      for (let i = 0; i < width; i++) own += direction[index[n] * width + i] * points.values[n * width + i];
      for (let c = 0; c < guess.length; c++) {
        if (c === index[n]) continue;
        let score = 0;
        for (let i = 0; i < width; i++) score += direction[c * width + i] * points.values[n * width + i];
        if (own - score < lead) {
          lead = own - score;
          point = n;
          rival = c;
        }
      }
    }
    return { lead, point, rival };
  };
  /** @param {number} point @param {number} rival */
  const rowOf = (point, rival) => {
    const row = new Float64Array(guess.length * width);
    for (let i = 0; i < width; i++) {
      const value = points.values[point * width + i];
      row[index[point] * width + i] = value;
      row[rival * width + i] = -value;
    }
    return row;
  };
  /** @param {ArrayLike<number>} flat */
  const asRows = (flat) => guess.map((_, c) => Array.from({ length: width }, (__, i) => flat[c * width + i]));
  let { lead, point, rival } = worst(guess.flat());
  if (lead > tolerance * Math.sqrt(inner(guess.flat(), guess.flat()))) return guess;

  let names = [`${point} ${rival}`];
  let weights = [1];
  let rows = [rowOf(point, rival)];
  /** @type {Float64Array} */
  let nearest = rows[0];
  let best = Infinity;
  let patience = most;
  for (;;) {
    const square = inner(nearest, nearest);
    const size = Math.sqrt(square);
    ({ lead, point, rival } = worst(nearest));
    const apart = lead > Math.max(square / 2, tolerance * size);
    // The distance may have converged while the direction still turns: some patience.
    patience = square < best ? most : patience - 1;
    best = Math.min(best, square);
    const name = `${point} ${rival}`;
    if (apart || size <= 2 * tolerance || names.includes(name) || patience < 0) {
      return apart || (tolerance * size > 0 && lead > tolerance * size) ? asRows(nearest) : null;
    }
    names.push(name);
    rows.push(rowOf(point, rival));
    weights.push(0);
    // Towards the nearest point of the flat through the rows, but never out of their hull.
    for (;;) {
      const found = affineNearest(rows);
      nearest = found.point;
      const { goal } = found;
      if (goal.every((share) => share > MEASURING.SEPARABLE.none)) {
        weights = goal;
        break;
      }
      const shares = goal.map((share, i) => (share < weights[i] && share <= MEASURING.SEPARABLE.none ? weights[i] / (weights[i] - share) : Infinity));
      const step = Math.min(1, ...shares);
      const first = shares.indexOf(Math.min(...shares));
      weights = weights.map((weight, i) => (i === first ? 0 : weight + step * (goal[i] - weight)));
      const kept = weights.map((weight) => weight > MEASURING.SEPARABLE.none);
      names = names.filter((_, i) => kept[i]);
      rows = rows.filter((_, i) => kept[i]);
      const sum = weights.reduce((all, weight, i) => (kept[i] ? all + weight : all), 0);
      weights = weights.filter((_, i) => kept[i]).map((weight) => weight / sum);
    }
  }
}

/** The point nearest to 0 of the flat through rows, and its weights of sum 1.
 * @param {Float64Array[]} rows
 */
function affineNearest(rows) {
  const [first, ...others] = rows;
  if (!others.length) return { point: first, goal: [1] };
  const { left, values, right } = singular(others.map((row) => row.map((value, i) => value - first[i])));
  const kept = values.flatMap((value, k) => (value > MEASURING.SEPARABLE.none * values[0] ? [k] : []));
  /** @type {Float64Array} */
  let point = first.slice();
  const along = kept.map((k) => inner(left[k], first));
  // Twice, so that a point near 0 keeps its digits.
  for (let again = 0; again < 2; again++) {
    for (const k of kept) {
      const share = inner(left[k], point);
      point = point.map((value, i) => value - share * left[k][i]);
    }
  }
  const rest = others.map((_, j) => -kept.reduce((sum, k, at) => sum + (along[at] / values[k]) * right[j][k], 0));
  return { point, goal: [1 - rest.reduce((sum, share) => sum + share, 0), ...rest] };
}
