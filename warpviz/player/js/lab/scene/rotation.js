/* An orthogonal matrix as planes and angles (see warpviz/motion/rotation.py). */

/** @import { Rows } from "./matrices.js" */
/** @typedef {{ planes: number[][][], angles: number[], turning: number, flips: boolean }} Planes */

import { SEEING } from "../seeing.js";
import { completed, determinantOf, eigen, inner, normalised, plus, singularSquare, solved, times, turnedOver, unitRows, without, columnsOfRows } from "./matrices.js";

const { RANK, OPEN, EQUAL, STILL, HALF_TURN, NEW } = SEEING.TURNS;

/** Orthonormal rows that depend on the subspace alone, of any orthonormal basis, its columns (D, m).
 * @param {Rows} basis
 */
function canonicalAxes(basis) {
  const count = basis.length ? basis[0].length : 0;
  const least = NEW / (Math.PI * Math.max(basis.length, 1));
  /** @type {Rows} */
  const found = [];
  for (const axis of basis) {
    if (found.length === count) break;
    const rest = without(axis, found);
    if (inner(rest, rest) > least) found.push(normalised(without(rest, found)));
  }
  return found.map((row) => basis.map((axis) => inner(row, axis)));
}

/** P, R and the singular values of a matrix (n_out, n_in), padded with zeros to a square: see
 * `Turn.of` and `_orthogonal_factor` of polar.py.
 * @param {Rows} weight
 */
export function polarOf(weight) {
  const size = Math.max(weight.length, weight[0].length);
  const square = unitRows(size).map((row, i) => row.map((_, j) => weight[i]?.[j] ?? 0));
  const { left, values, right } = singularSquare(square, RANK);
  const rank = values[0] > 0 ? values.filter((value) => value > RANK * values[0]).length : 0;
  const known = values.map((value, i) => (i < rank ? value : 0));
  const stretch = times(right.map((row) => row.map((value, j) => value * known[j])), turnedOver(right));
  return { size, stretch, orthogonal: orthogonalFactor(left, right, rank), rank };
}

/** R of A = U·S·Vᵀ: on the range U·Vᵀ, the nearest way on the null space.
 * @param {Rows} left
 * @param {Rows} right
 * @param {number} rank
 */
function orthogonalFactor(left, right, rank) {
  const size = left.length;
  const ranged = times(columnsOfRows(left, (j) => j < rank), turnedOver(columnsOfRows(right, (j) => j < rank), rank));
  let total = rank ? ranged : unitRows(size).map((row) => row.map(() => 0));
  if (rank === size) return total;
  let sources = columnsOfRows(right, (j) => j >= rank);
  let targets = columnsOfRows(left, (j) => j >= rank);
  let unsure = sources;
  for (const hint of [unitRows(size), turnedOver(total).map((row) => row.map((value) => -value))]) {
    const count = sources[0].length;
    if (!count) break;
    const { left: u, values, right: v } = singularSquare(times(turnedOver(targets, count), times(hint, sources)), RANK);
    const sure = values.map((cosine) => cosine > OPEN);
    if (sure.some(Boolean)) {
      const [su, sv] = [u, v].map((all) => columnsOfRows(all, (j) => sure[j]));
      total = plus(total, times(times(targets, su), turnedOver(times(sources, sv))));
      const smallest = Math.min(...values.filter((_, j) => sure[j]));
      unsure = times(sources, columnsOfRows(v, (j) => sure[j] && values[j] < smallest + EQUAL));
    }
    sources = times(sources, columnsOfRows(v, (j) => !sure[j]));
    targets = times(targets, columnsOfRows(u, (j) => !sure[j]));
  }
  if (sources[0].length) {
    total = plus(total, times(turnedOver(canonicalAxes(targets), size), canonicalAxes(sources)));
    unsure = sources;
  }
  if (determinantOf(total) < 0) {
    const [reversed] = canonicalAxes(unsure);
    const image = total.map((row) => inner(row, reversed));
    total = total.map((row, i) => row.map((value, j) => value - 2 * image[i] * reversed[j]));
  }
  return total;
}

/** Take an orthogonal matrix apart: `Rotation.of`.
 * @param {Rows} orthogonal
 * @returns {Planes}
 */
export function planesOf(orthogonal) {
  const size = orthogonal.length;
  const { values, vectors } = eigen(plus(orthogonal, turnedOver(orthogonal)).map((row) => row.map((value) => value / 2)));
  const cut = widestGap(values);
  const near = columnsOfRows(vectors, (j) => values[j] > cut);
  const far = columnsOfRows(vectors, (j) => values[j] <= cut);
  const slow = smallTurns(actingIn(near, orthogonal), STILL);
  const fast = smallTurns(actingIn(far, orthogonal).map((row) => row.map((value) => -value)), HALF_TURN);
  const half = fast.rest.length ? canonicalAxes(times(far, turnedOver(fast.rest))) : [];
  const flips = half.length % 2 === 1;
  /** @param {Rows} basis @param {Rows} plane */
  const outside = (basis, plane) => times(plane, turnedOver(basis));
  const found = [
    ...Array.from({ length: (half.length - Number(flips)) / 2 }, (_, i) => ({ plane: [half[2 * i], half[2 * i + 1]], angle: Math.PI })),
    ...fast.planes.map(([a, b], i) => ({ plane: outside(far, [b, a]), angle: Math.PI - fast.angles[i] })),
    ...slow.planes.map((plane, i) => ({ plane: outside(near, plane), angle: slow.angles[i] })),
  ].sort((a, b) => b.angle - a.angle);
  let planes = found.map(({ plane }) => plane);
  const angles = found.map(({ angle }) => angle);
  const turning = angles.length;
  let goal = orthogonal;
  if (flips) {
    planes = planes.map((plane) => plane.map((row) => [...row, 0]));
    planes.push([[...half[half.length - 1], 0], [...half[0].map(() => 0), 1]]);
    angles.push(Math.PI);
    goal = [...orthogonal.map((row) => [...row, 0]), [...Array(size).fill(0), -1]];
  }
  const whole = planes.reduce((matrix, plane, i) => turnedIn(matrix, plane, angles[i]), unitRows(goal.length));
  const trims = smallTurns(times(goal, turnedOver(whole)), STILL);
  return { planes: [...planes, ...trims.planes], angles: [...angles, ...trims.angles], turning, flips };
}

/** Columns turned in a plane by an angle.
 * @param {Rows} columns
 * @param {Rows} plane
 * @param {number} angle
 */
function turnedIn(columns, [a, b], angle) {
  const [less, sine] = [Math.cos(angle) - 1, Math.sin(angle)];
  const [along] = times([a], columns);
  const [across] = times([b], columns);
  return columns.map((row, i) => row.map((value, j) =>
    value + a[i] * (less * along[j] - sine * across[j]) + b[i] * (sine * along[j] + less * across[j])));
}

/** A matrix as it acts within a subspace of orthonormal columns.
 * @param {Rows} basis
 * @param {Rows} matrix
 */
const actingIn = (basis, matrix) => times(turnedOver(basis), times(matrix, basis));

/** The middle of the widest gap between rising cosines, within [−½, ½].
 * @param {number[]} cosines
 */
function widestGap(cosines) {
  const edges = [-0.5, ...cosines.filter((cosine) => cosine > -0.5 && cosine < 0.5), 0.5];
  let widest = 1;
  for (let i = 2; i < edges.length; i++) if (edges[i] - edges[i - 1] > edges[widest] - edges[widest - 1]) widest = i;
  return (edges[widest - 1] + edges[widest]) / 2;
}

/** Planes that a rotation without angles near π turns by more than `above`, by falling angle, and
 * what stays. The Cayley transform S is skew: S·a = tan(θ/2)·b, so −S² has each plane twice.
 * @param {Rows} rotation
 * @param {number} above
 */
function smallTurns(rotation, above) {
  const size = rotation.length;
  /** @type {{ planes: number[][][], angles: number[], rest: Rows }} */
  const out = { planes: [], angles: [], rest: [] };
  if (!size) return out;
  const cayley = solved(plus(rotation, unitRows(size)), plus(rotation, unitRows(size), -1));
  const skew = plus(cayley, turnedOver(cayley), -1).map((row) => row.map((value) => value / 2));
  const { values, vectors } = eigen(times(turnedOver(skew), skew));
  /** @type {Rows} */
  const taken = [];
  for (let j = size - 1; j > 0 && taken.length < size - 1; j--) {
    const angle = 2 * Math.atan(Math.sqrt(Math.max(values[j], 0)));
    if (angle <= above) break;
    const left = without(vectors.map((row) => row[j]), taken);
    if (inner(left, left) < 1e-6) continue;
    const a = normalised(without(normalised(left), taken));
    const image = skew.map((row) => inner(row, a));
    const b = normalised(without(without(image, [a]), taken));
    taken.push(a, b);
    out.planes.push([a, b]);
    out.angles.push(2 * Math.atan(Math.abs(inner(image, b))));
  }
  out.rest = completed(taken, size).slice(taken.length);
  return out;
}
