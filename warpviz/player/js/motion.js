/* From keyframe to keyframe: straight, or as the matrix turns (see warpviz/motion/polar.py). */

/** @import { Path, Swing, Table } from "./types.js" */

/** The linear part of a swing at t, as rows of a 3 × 3 matrix, the axes beyond folded in.
 * @param {Swing} swing
 * @param {number} t
 */
function swingMatrix(swing, t) {
  const { stretch, planes, angles, trims, n_in: width, aside } = swing;
  const size = stretch.shape[0];
  const deep = planes.shape[2] || size;
  let columns = new Float64Array(deep * width);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < width; j++) {
      columns[i * width + j] = (i === j ? 1 - t : 0) + t * stretch[i * size + j];
    }
  }
  for (const [first, last] of [[0, trims], [trims, angles.length]]) {
    columns = turned(columns, width, deep, planes, angles, first, last, t);
  }
  const matrix = new Float64Array(9);
  for (let j = 0; j < width; j++) {
    for (let i = 0; i < Math.min(deep, 3); i++) matrix[3 * i + j] = columns[i * width + j];
    for (let i = 3; i < deep && aside; i++) {
      for (let axis = 0; axis < 3; axis++) matrix[3 * axis + j] += aside[axis] * columns[i * width + j];
    }
  }
  return matrix;
}

/** Columns with the planes first … last − 1 turned by t times their angles.
 * @param {Float64Array} columns
 * @param {number} width
 * @param {number} deep
 * @param {Table} planes
 * @param {Table} angles
 * @param {number} first
 * @param {number} last
 * @param {number} t
 */
function turned(columns, width, deep, planes, angles, first, last, t) {
  const out = columns.slice();
  for (let plane = first; plane < last; plane++) {
    const a = 2 * plane * deep;
    const b = a + deep;
    const less = Math.cos(t * angles[plane]) - 1;
    const sine = Math.sin(t * angles[plane]);
    for (let j = 0; j < width; j++) {
      let along = 0;
      let across = 0;
      for (let i = 0; i < deep; i++) {
        along += planes[a + i] * columns[i * width + j];
        across += planes[b + i] * columns[i * width + j];
      }
      const p = less * along - sine * across;
      const q = sine * along + less * across;
      for (let i = 0; i < deep; i++) out[i * width + j] += planes[a + i] * p + planes[b + i] * q;
    }
  }
  return out;
}

/** start·Mᵀ + t·offset for points (n, 3).
 * @param {Swing} swing
 * @param {Float64Array} start
 * @param {number} t
 * @param {Float64Array} out
 */
function swung(swing, start, t, out) {
  const m = swingMatrix(swing, t);
  const [x, y, z] = [0, 1, 2].map((axis) => t * (swing.offset[axis] ?? 0));
  for (let i = 0; i < start.length; i += 3) {
    const a = start[i];
    const b = start[i + 1];
    const c = start[i + 2];
    out[i] = m[0] * a + m[1] * b + m[2] * c + x;
    out[i + 1] = m[3] * a + m[4] * b + m[5] * c + y;
    out[i + 2] = m[6] * a + m[7] * b + m[8] * c + z;
  }
  return out;
}

/** A path through keyframes [(n, 3)] with one swing (or null) an act.
 * @param {Float64Array[]} keyframes
 * @param {(Swing | null)[]} swings
 */
export function pathOf(keyframes, swings) {
  const rests = swings.map((swing, k) => {
    if (!swing || !swing.rest) return null;
    const rest = swung(swing, keyframes[k], 1, new Float64Array(keyframes[k].length));
    for (let i = 0; i < rest.length; i++) rest[i] = keyframes[k + 1][i] - rest[i];
    return rest;
  });
  return { keyframes, swings, rests, points: new Float64Array(keyframes[0].length) };
}

/** The points (n, 3) of a path in act k at t; the array is used again at the next call.
 * @param {Path} path
 * @param {number} k
 * @param {number} t
 */
export function along(path, k, t) {
  const { keyframes, swings, rests, points } = path;
  const start = keyframes[k];
  if (t === 0 || keyframes.length === 1) return start;
  const end = keyframes[k + 1];
  if (t === 1) return end;
  if (swings[k]) {
    swung(swings[k], start, t, points);
    const rest = rests[k];
    if (rest) for (let i = 0; i < points.length; i++) points[i] += t * rest[i];
  } else {
    for (let i = 0; i < points.length; i++) points[i] = (1 - t) * start[i] + t * end[i];
  }
  return points;
}
