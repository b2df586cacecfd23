/* Zoom and pan: the cloth always fills its room and never leaves it (see warpviz/motion/fitted.py
 * and zoom.py). */

/** @import { Box, Camera, Path, Table } from "../../types.js" */
/** @import { Directions } from "./directions.js" */

import { SEEING } from "../seeing.js";
import { NUMBERS } from "../../given.js";
import { rotation } from "../../camera.js";
import { along, pathOf } from "../../motion.js";
import { tableOfRows } from "./swing.js";

const { FILL, COLLAPSED, TIMES, JUMP } = SEEING.FRAMING;

/** The smallest concave curve above values at the samples' times: their upper hull.
 * @param {number[]} values
 */
function concaveCover(values) {
  /** @type {number[]} */
  const hull = [];
  values.forEach((value, i) => {
    while (hull.length > 1) {
      const [a, b] = hull.slice(-2);
      if ((values[b] - values[a]) * (TIMES[i] - TIMES[a]) > (value - values[a]) * (TIMES[b] - TIMES[a])) break;
      hull.pop();
    }
    hull.push(i);
  });
  let at = 0;
  return values.map((_, i) => {
    while (at < hull.length - 2 && hull[at + 1] < i) at++;
    const [a, b] = [hull[at], hull[Math.min(at + 1, hull.length - 1)]];
    return a === b ? values[a] : values[a] + ((values[b] - values[a]) * (TIMES[i] - TIMES[a])) / (TIMES[b] - TIMES[a]);
  });
}

/** What the camera turns about: the mean of the cloud, its own path.
 * @param {Path} path
 */
function centroidOf(path) {
  const means = path.keyframes.map((points) => {
    const mean = new Float64Array(3);
    for (let i = 0; i < points.length; i++) mean[i % 3] += (3 * points[i]) / points.length;
    return mean;
  });
  return pathOf(means, path.swings);
}

/** The middle of the box of points (n, width).
 * @param {ArrayLike<number>} points
 * @param {number} width
 */
function boxMiddle(points, width) {
  const [low, high] = [new Array(width).fill(Infinity), new Array(width).fill(-Infinity)];
  for (let i = 0; i < points.length; i++) {
    const axis = i % width;
    if (points[i] < low[axis]) low[axis] = points[i];
    if (points[i] > high[axis]) high[axis] = points[i];
  }
  return low.map((value, axis) => (value + high[axis]) / 2);
}

/** Points (n, 3) in perspective, (n, 2), before any zoom and from a middle.
 * @param {Float64Array} points
 * @param {number[]} turn
 * @param {number[]} pivot
 * @param {number} radius
 * @param {number[]} middle
 * @param {Float64Array} flat what is written to
 */
function inPerspective(points, turn, pivot, radius, middle, flat) {
  const [a, b, c, d, e, f, g, h, i] = turn;
  const [px, py, pz] = pivot;
  const [mx, my] = middle;
  const deep = 1 / (radius * NUMBERS.DISTANCE);
  const most = NUMBERS.NEAREST / NUMBERS.DISTANCE;
  for (let n = 0, m = 0; n < points.length; n += 3, m += 2) {
    const x = points[n] - px;
    const y = points[n + 1] - py;
    const z = points[n + 2] - pz;
    let near = (g * x + h * y + i * z) * deep;
    if (near > most) near = most;
    else if (near < -most) near = -most;
    const grow = 1 / (1 - near);
    flat[m] = (a * x + b * y + c * z) * grow - mx;
    flat[m + 1] = (d * x + e * y + f * z) * grow - my;
  }
  return flat;
}

/** A camera for a whole play: `fitted_camera`.
 * @param {Path} path of all that must be seen
 * @param {Directions} directions
 * @param {Box} safe
 * @returns {Camera}
 */
export function framedCamera(path, { azimuth, tilt, lift }, safe) {
  const { keyframes } = path;
  const acts = Math.max(keyframes.length - 1, 1);
  const centre = centroidOf(path);
  const offset = keyframes.map((points, k) => boxMiddle(points, 3).map((value, axis) => value - centre.keyframes[k][axis]));
  /** @param {ArrayLike<number>} a @param {number} k @param {number} t @param {number} axis */
  const step = (a, k, t, axis) => (t === 0 ? a[axis] : (1 - t) * offset[k][axis] + t * offset[k + 1][axis]);
  /** @param {number} k @param {number} t */
  const pivotAt = (k, t) => Array.from(along(centre, k, t), (value, axis) => value + step(offset[k], k, t, axis));
  /** @param {number} k @param {number} t */
  const turnAt = (k, t) => {
    if (keyframes.length === 1) return rotation(azimuth[0], tilt[0]);
    const there = Math.sin(Math.PI * t);
    return rotation(
      (1 - t) * azimuth[k] + t * azimuth[k + 1] + there * (lift[k] || [0])[0],
      (1 - t) * tilt[k] + t * tilt[k + 1] + there * (lift[k] || [0, 0])[1],
    );
  };
  const floor = COLLAPSED * (furthest(keyframes[0], pivotAt(0, 0)) || 1);
  const moments = keyframes.length === 1 ? TIMES.map(() => 0) : TIMES;
  const radius = Array.from({ length: acts }, (_, k) =>
    concaveCover(moments.map((t) => Math.log(Math.max(furthest(along(path, k, t), pivotAt(k, t)), floor)))));
  const again = new Float64Array((2 * keyframes[0].length) / 3);
  const middle = keyframes.map((points, k) => {
    const [act, t, sample] = k < acts ? [k, 0, 0] : [acts - 1, 1, TIMES.length - 1];
    return boxMiddle(inPerspective(points, turnAt(act, t), pivotAt(act, t), Math.exp(radius[act][sample]), [0, 0], again), 2);
  });
  /** The points of act k at a sample, from the middle of the view.
   * @param {number} k
   * @param {number} i
   */
  const flatAt = (k, i) => {
    const t = moments[i];
    const shift = [0, 1].map((axis) => (t === 0 ? middle[k][axis] : (1 - t) * middle[k][axis] + t * middle[k + 1][axis]));
    return inPerspective(along(path, k, t), turnAt(k, t), pivotAt(k, t), Math.exp(radius[k][i]), shift, again);
  };
  /** @param {number} k */
  const course = (k) => moments.map((_, i) => flatAt(k, i).slice());
  const [width, height] = [safe.x1 - safe.x0, safe.y1 - safe.y0];
  const needs = radius.map((_, k) => moments.map((__, i) => needOf(flatAt(k, i), width, height) / FILL));
  const smallest = floor / Math.max(width, height);
  const ends = stopScales(needs, smallest, course, height);
  const extent = needs.map((need, k) => extentsOf(need, smallest, ends[k], ends[k + 1]).map((units) => Math.log(units)));
  return {
    azimuth: tableOfRows([azimuth], [azimuth.length]), tilt: tableOfRows([tilt], [tilt.length]), lift, safe,
    centre: tableOfRows(centre.keyframes), offset: tableOfRows(offset), middle: tableOfRows(middle),
    radius: tableOfRows(radius), extent: tableOfRows(extent), times: tableOfRows([TIMES], [TIMES.length]),
  };
}

/**
 * @param {Float64Array} points
 * @param {number[]} pivot
 */
function furthest(points, [x, y, z]) {
  let most = 0;
  for (let n = 0; n < points.length; n += 3) {
    const [u, v, w] = [points[n] - x, points[n + 1] - y, points[n + 2] - z];
    const away = u * u + v * v + w * w;
    if (away > most) most = away;
  }
  return Math.sqrt(most);
}

/** Units per pixel at which a flat cloud about the middle just fits.
 * @param {Float64Array} flat
 * @param {number} width
 * @param {number} height
 */
function needOf(flat, width, height) {
  let [across, up] = [0, 0];
  for (let m = 0; m < flat.length; m += 2) {
    const [x, y] = [Math.abs(flat[m]), Math.abs(flat[m + 1])];
    if (x > across) across = x;
    if (y > up) up = y;
  }
  return Math.max((2 * across) / width, (2 * up) / height);
}

/**
 * @param {number[]} needs
 * @param {number} smallest
 * @param {number} from
 * @param {number} to
 */
function extentsOf(needs, smallest, from, to) {
  const least = needs.map((need) => Math.max(need, smallest));
  const last = least.length - 1;
  least[0] = Math.max(least[0], from);
  least[last] = Math.max(least[last], to);
  return concaveCover(least.map(Math.log)).map(Math.exp);
}

/** The least units per pixel at each stop: beside one that is a point nothing may jump.
 * @param {number[][]} needs
 * @param {number} smallest
 * @param {(act: number) => Float64Array[]} course
 * @param {number} height
 */
function stopScales(needs, smallest, course, height) {
  const found = new Array(needs.length + 1).fill(smallest);
  const points = [...needs.map((need) => need[0] < smallest), (needs.at(-1)?.at(-1) ?? 0) < smallest];
  points.forEach((point, k) => {
    if (!point) return;
    const beside = [k - 1, k].filter((act) => act >= 0 && act < needs.length);
    const courses = new Map(beside.map((act) => [act, course(act)]));
    const most = Math.max(...beside.flatMap((act) => needs[act]));
    /** @param {number} act */
    const jumps = (act) => {
      const scale = extentsOf(needs[act], smallest, found[act], found[act + 1]);
      return largestStep(/** @type {Float64Array[]} */ (courses.get(act)), scale) > JUMP * height;
    };
    while (found[k] < most && beside.some(jumps)) found[k] = Math.min(2 * found[k], most);
  });
  for (const k of [...found.keys(), ...[...found.keys()].reverse()]) {
    if (k > 0 && points[k - 1] && points[k]) found[k - 1] = found[k] = Math.max(found[k - 1], found[k]);
  }
  return found;
}

/** How far a point moves at most from one sample to the next.
 * @param {Float64Array[]} course
 * @param {number[]} scale
 */
function largestStep(course, scale) {
  let most = 0;
  for (let i = 1; i < course.length; i++) {
    for (let m = 0; m < course[i].length; m += 2) {
      const x = course[i][m] / scale[i] - course[i - 1][m] / scale[i - 1];
      const y = course[i][m + 1] / scale[i] - course[i - 1][m + 1] / scale[i - 1];
      most = Math.max(most, x * x + y * y);
    }
  }
  return Math.sqrt(most);
}
