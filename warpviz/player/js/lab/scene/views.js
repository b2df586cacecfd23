/* States of any width to the picture's three axes (see warpviz/motion/projection.py). */

/** @import { Affine, State } from "../../types.js" */
/** @typedef {{ view: Affine, whole: boolean, principal: boolean, variance: number }} StateView */

import { SEEING } from "../seeing.js";
import { determinantOf, eigen, inner, normalised, singularSquare, times, turnedOver } from "./matrices.js";
import { tableOfRows } from "./swing.js";

const { TIED, PLANAR } = SEEING.VIEWS;

const SEEN_AXES = 3;

/** One projection for each state of the data's points: its own axes up to three units, else the
 * principal ones, turned so that the picture does not jump.
 * @param {State[]} clouds
 * @param {number} count
 * @returns {StateView[]}
 */
export function viewsOf(clouds, count) {
  /** @type {Float64Array | null} */
  let before = null;
  return clouds.map(({ values, width }, k) => {
    const found = width > SEEN_AXES ? principal(values, width, count, before) : ownAxes(width);
    // Only principal axes are turned to match what was seen before.
    before = k + 1 < clouds.length && clouds[k + 1].width > SEEN_AXES ? projectedState(values, width, count, found) : null;
    return found;
  });
}

/** @param {number} width */
function ownAxes(width) {
  const axes = Array.from({ length: width }, (_, i) => Array.from({ length: SEEN_AXES }, (__, j) => Number(i === j)));
  return viewFrom(new Array(width).fill(0), axes, { whole: true, principal: false, variance: 1 });
}

/**
 * @param {number[]} centre
 * @param {number[][]} axes
 * @param {Omit<StateView, "view">} known
 * @returns {StateView}
 */
function viewFrom(centre, axes, known) {
  const place = Object.assign(Float64Array.from(centre), { shape: [centre.length] });
  return { view: { centre: place, axes: tableOfRows(axes) }, ...known };
}

/** The first principal axes, turned to match the picture before (orthogonal Procrustes).
 * @param {ArrayLike<number>} values
 * @param {number} width
 * @param {number} count
 * @param {Float64Array | null} before
 */
function principal(values, width, count, before) {
  const centre = new Array(width).fill(0);
  for (let n = 0; n < count; n++) for (let i = 0; i < width; i++) centre[i] += values[n * width + i] / count;
  const spread = centre.map(() => new Array(width).fill(0));
  for (let n = 0; n < count; n++) {
    for (let i = 0; i < width; i++) {
      const away = values[n * width + i] - centre[i];
      for (let j = 0; j <= i; j++) spread[i][j] += away * (values[n * width + j] - centre[j]);
    }
  }
  for (let i = 0; i < width; i++) for (let j = 0; j < i; j++) spread[j][i] = spread[i][j];
  const { values: power, vectors } = eigen(spread);
  const directions = Array.from({ length: SEEN_AXES }, (_, axis) => {
    const direction = vectors.map((row) => row[width - 1 - axis]);
    const size = direction.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const largest = direction.find((value) => Math.abs(value) >= size - TIED) ?? 0;
    return direction.map((value) => (largest < 0 ? -value : value));
  });
  const total = power.reduce((a, b) => a + Math.max(b, 0), 0);
  const kept = power.slice(-SEEN_AXES).reduce((a, b) => a + Math.max(b, 0), 0);
  const known = { whole: false, principal: true, variance: total > 0 ? kept / total : 1 };
  const own = viewFrom(centre, turnedOver(directions), known);
  if (!before) return own;
  const mixed = togetherOf(projectedState(values, width, count, own), before);
  return viewFrom(centre, times(turnedOver(directions), turnToMatch(mixed)), known);
}

/** The orthogonal matrix nearest to seenᵀ·past, 3 × 3: of a flat picture with the third axis on the
 * side that films have.
 * @param {number[][]} mixed
 */
function turnToMatch(mixed) {
  const { left, values, right } = singularSquare(mixed, PLANAR);
  const turn = times(left, turnedOver(right));
  if (values[2] > PLANAR * values[0]) return turn;
  const third = mixed.reduce((most, row) => Math.max(most, Math.abs(row[2])), 0);
  let side = determinantOf(turn);
  if (third <= PLANAR * values[0]) {
    const [a, b] = [0, 1].map((axis) => mixed.map((row) => row[axis]));
    const first = householder(a, 0);
    const second = mixed.reduce((most, row) => Math.max(most, Math.abs(row[1])), third);
    if (second <= PLANAR * values[0]) return lineMatched(a, first, turn);
    const other = householder(first(b), 1);
    side = inner(first(other([0, 0, 1])), turn.map((row) => row[2])) * (third === 0 ? 1 : -1);
  }
  return side < 0 ? times(left.map((row) => [row[0], row[1], -row[2]]), turnedOver(right)) : turn;
}

/** What a line is matched by: its own direction, and where the reflection takes the other axes.
 * @param {number[]} line
 * @param {(vector: number[]) => number[]} reflect
 * @param {number[][]} turn where there is not even a line
 */
function lineMatched(line, reflect, turn) {
  if (!(inner(line, line) > 0)) return turn;
  return turnedOver([normalised(line), reflect([0, 1, 0]), reflect([0, 0, 1])]);
}

/** Householder's reflection that leaves nothing of a vector below one of its places.
 * @param {number[]} vector
 * @param {number} place
 * @returns {(vector: number[]) => number[]}
 */
function householder(vector, place) {
  if (!vector.slice(place + 1).some((value) => value !== 0)) return (other) => other;
  const mirror = vector.map((value, i) => (i < place ? 0 : value));
  const length = Math.sqrt(inner(mirror, mirror));
  mirror[place] += mirror[place] < 0 ? -length : length;
  const square = inner(mirror, mirror);
  return (other) => {
    const share = (2 * inner(mirror, other)) / square;
    return other.map((value, i) => value - share * mirror[i]);
  };
}

/** A state (count, 3) as it is seen.
 * @param {ArrayLike<number>} values
 * @param {number} width
 * @param {number} count
 * @param {StateView} seen
 */
function projectedState(values, width, count, { view: { centre, axes } }) {
  const out = new Float64Array(SEEN_AXES * count);
  for (let n = 0; n < count; n++) {
    for (let i = 0; i < width; i++) {
      const away = values[n * width + i] - centre[i];
      for (let axis = 0; axis < SEEN_AXES; axis++) out[SEEN_AXES * n + axis] += away * axes[SEEN_AXES * i + axis];
    }
  }
  return out;
}

/** aᵀ·b, b from its mean: 3 × 3.
 * @param {Float64Array} a
 * @param {Float64Array} b
 */
function togetherOf(a, b) {
  const middle = [0, 0, 0];
  for (let i = 0; i < b.length; i++) middle[i % SEEN_AXES] += (SEEN_AXES * b[i]) / b.length;
  const out = [[0, 0, 0], [0, 0, 0], [0, 0, 0]];
  for (let n = 0; n < a.length; n += SEEN_AXES) {
    for (let i = 0; i < SEEN_AXES; i++) for (let j = 0; j < SEEN_AXES; j++) out[i][j] += a[n + i] * (b[n + j] - middle[j]);
  }
  return out;
}
