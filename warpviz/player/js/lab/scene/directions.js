/* Where the camera stands: the calmest path of views that shows the cloth from its broad side (see
 * warpviz/motion/camera.py). */

/** @import { Path } from "../../types.js" */

import { SEEING } from "../seeing.js";
import { rotation } from "../../camera.js";
import { along } from "../../motion.js";

const { TILTS, AZIMUTHS, LIFT, CALM, BETWEEN, ON_THE_WAY, STEP: LEAST_TURN, TURNLESS, FLAT } = SEEING.CAMERA;

/** @typedef {{ azimuth: number[], tilt: number[], lift: number[][] }} Directions */
/** @typedef {[number, number]} Direction azimuth and tilt */

/** @type {Direction[]} */
const GRID = TILTS.flatMap((tilt) => AZIMUTHS.map((/** @type {number} */ azimuth) => /** @type {Direction} */ ([azimuth, tilt])));
/** @type {Direction[]} */
const FROM_ABOVE = [[0, 0]];
const SAME_VIEW = 1e9; // views whose angles are as near to each other are the same

/** The directions at each keyframe of a path: from above where a state is a plane.
 * @param {Path} path of the points that they go by
 * @param {boolean[]} space
 * @param {(number[] | null)[]} reversed what each act flips over
 * @returns {Directions}
 */
export function directionsOf(path, space, reversed) {
  const count = path.keyframes.length;
  const clouds = path.keyframes.map((points) => cloudOf(points));
  let best = [0];
  /** @type {number[][]} */
  const back = [];
  for (let k = 0; k < count; k++) {
    const here = space[k] ? GRID : FROM_ABOVE;
    const moments = momentsOf(clouds[k], clouds[k]);
    const most = broadest(moments);
    const gain = space[k] ? here.map((one) => seenOf(moments, most, one)) : [0];
    if (k === 0) {
      best = gain;
      continue;
    }
    const before = space[k - 1] ? GRID : FROM_ABOVE;
    const reach = reached(best, clouds[k - 1], clouds[k], before, here, space[k] && space[k - 1]);
    if (before.length > 1 || here.length > 1) lookedAt(reach, path, k - 1, before, here);
    const came = here.map((_, j) => reach.reduce((top, row, i) => (row[j] > reach[top][j] ? i : top), 0));
    back.push(came);
    best = here.map((_, j) => gain[j] + reach[came[j]][j]);
  }
  const choice = [best.reduce((top, value, i) => (value > best[top] ? i : top), 0)];
  for (const came of back.reverse()) choice.unshift(came[choice[0]]);
  const chosen = choice.map((c, k) => (space[k] ? GRID[c] : FROM_ABOVE[0]));
  const lift = reversed.map((flip, k) => (!flip || flip.length === 1 || space[k] || space[k + 1] ? [0, 0] : liftFor(flip)));
  return { azimuth: unwrapped(chosen.map(([azimuth]) => azimuth)), tilt: chosen.map(([, tilt]) => tilt), lift };
}

/** A cloud (N, 3) about its mean, of root mean square radius 1.
 * @param {ArrayLike<number>} points
 */
function cloudOf(points) {
  const out = Float64Array.from(points);
  const count = out.length / 3;
  let power = 0;
  for (let axis = 0; axis < 3; axis++) {
    let sum = 0;
    for (let i = axis; i < out.length; i += 3) sum += out[i];
    for (let i = axis; i < out.length; i += 3) power += (out[i] -= sum / count) ** 2;
  }
  const radius = Math.sqrt(power / count) || 1;
  for (let i = 0; i < out.length; i++) out[i] /= radius;
  return out;
}

/** aᵀ·b/N of two clouds: nine numbers.
 * @param {Float64Array} a
 * @param {Float64Array} b
 */
function momentsOf(a, b) {
  const out = new Float64Array(9);
  for (let n = 0; n < a.length; n += 3) {
    for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) out[3 * i + j] += a[n + i] * b[n + j];
  }
  return Array.from(out, (value) => (value * 3) / a.length);
}

/** The screen's right and up, six numbers.
 * @param {Direction} direction
 */
const screenOf = ([azimuth, tilt]) => rotation(azimuth, tilt).slice(0, 6);

/** The trace of p·m·qᵀ for two screens: how much points of one and the other go together.
 * @param {number[]} m
 * @param {number[]} p
 * @param {number[]} q
 */
function together(m, p, q) {
  let sum = 0;
  for (let a = 0; a < 6; a += 3) {
    for (let i = 0; i < 3; i++) sum += p[a + i] * (m[3 * i] * q[a] + m[3 * i + 1] * q[a + 1] + m[3 * i + 2] * q[a + 2]);
  }
  return sum;
}

/** The two largest of what a symmetric matrix of nine numbers stretches by, at least `FLAT`.
 * @param {number[]} m
 */
function broadest(m) {
  const trace = m[0] + m[4] + m[8];
  const minors = m[0] * m[4] - m[1] * m[3] + m[0] * m[8] - m[2] * m[6] + m[4] * m[8] - m[5] * m[7];
  const volume = m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6]);
  const p = Math.sqrt(Math.max(trace * trace - 3 * minors, 0));
  const r = 2 * trace ** 3 - 9 * trace * minors + 27 * volume;
  const angle = p > 0 ? Math.acos(Math.min(Math.max(r / (2 * p ** 3), -1), 1)) / 3 : 0;
  const root = (/** @type {number} */ k) => (trace + 2 * p * Math.cos(angle - (2 * Math.PI * k) / 3)) / 3;
  return Math.max(root(0), FLAT) * Math.max(root(1), FLAT);
}

/** How much of a cloud's flat extent a view shows: log of projected over largest area; written out,
 * for it is asked many thousand times.
 * @param {number[]} m
 * @param {number} most
 * @param {Direction} direction
 */
function seenOf(m, most, [azimuth, tilt]) {
  const [x, y, st, ct] = [Math.cos(azimuth), Math.sin(azimuth), Math.sin(tilt), Math.cos(tilt)];
  const [u, v] = [-y * ct, x * ct];
  const across = m[0] * x + m[1] * y;
  const along = m[3] * x + m[4] * y;
  const up = m[6] * x + m[7] * y;
  const xx = x * across + y * along;
  const xy = u * across + v * along + st * up;
  const yy = u * (m[0] * u + m[1] * v + m[2] * st) + v * (m[3] * u + m[4] * v + m[5] * st) + st * (m[6] * u + m[7] * v + m[8] * st);
  return 0.5 * Math.log(Math.max((xx + FLAT) * (yy + FLAT) - xy * xy, FLAT ** 2) / most);
}

/** What comes before each pair of views, less what points move on the screen between them.
 * @param {number[]} best
 * @param {Float64Array} start
 * @param {Float64Array} end
 * @param {Direction[]} before
 * @param {Direction[]} here
 * @param {boolean} turning
 */
function reached(best, start, end, before, here, turning) {
  const [screens, ends] = [before.map(screenOf), here.map(screenOf)];
  /** @param {Float64Array} cloud @param {number[][]} all */
  const sizes = (cloud, all) => {
    const moments = momentsOf(cloud, cloud);
    return all.map((screen) => together(moments, screen, screen));
  };
  const [from, to, mixed] = [sizes(start, screens), sizes(end, ends), momentsOf(start, end)];
  return screens.map((p, i) => ends.map((q, j) => {
    const still = turning ? TURNLESS * Math.max(1 - Math.abs(wrapped(before[i][0] - here[j][0])) / LEAST_TURN, 0) : 0;
    return best[i] - CALM * (from[i] + to[j] - 2 * together(mixed, p, q)) - still;
  }));
}

/** Add what is seen on the way between each pair of views.
 * @param {number[][]} reach
 * @param {Path} path
 * @param {number} k
 * @param {Direction[]} before
 * @param {Direction[]} here
 */
function lookedAt(reach, path, k, before, here) {
  for (const t of BETWEEN) {
    const cloud = cloudOf(along(path, k, t));
    const moments = momentsOf(cloud, cloud);
    const most = broadest(moments);
    const { views, which } = viewsBetween(before, here, t);
    const seen = views.map((view) => ON_THE_WAY * seenOf(moments, most, view));
    for (let i = 0; i < before.length; i++) for (let j = 0; j < here.length; j++) reach[i][j] += seen[which[i * here.length + j]];
  }
}

/** @type {Map<string, { views: Direction[], which: Uint16Array }>} */
const viewsMade = new Map();

/** The views on the way from each to each, and which it is for each pair: of thousands of pairs some
 * hundred differ.
 * @param {Direction[]} before
 * @param {Direction[]} here
 * @param {number} t
 */
function viewsBetween(before, here, t) {
  const name = `${before.length} ${here.length} ${t}`;
  const known = viewsMade.get(name);
  if (known) return known;
  /** @type {Map<string, number>} */
  const places = new Map();
  /** @type {Direction[]} */
  const views = [];
  const which = Uint16Array.from({ length: before.length * here.length }, (_, pair) => {
    const [azimuth, tilt] = before[Math.floor(pair / here.length)];
    const [other, lean] = here[pair % here.length];
    /** @type {Direction} */
    const view = [wrapped(azimuth + t * wrapped(other - azimuth)), (1 - t) * tilt + t * lean];
    const key = view.map((angle) => Math.round(angle * SAME_VIEW)).join();
    const place = places.get(key) ?? views.push(view) - 1;
    places.set(key, place);
    return place;
  });
  const made = { views, which };
  viewsMade.set(name, made);
  return made;
}

/** The same angle within (−π, π].
 * @param {number} angle
 */
const wrapped = (angle) => Math.PI - (((Math.PI - angle) % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI);

/** The same directions, so that no step turns by more than half a circle.
 * @param {number[]} angles
 */
function unwrapped(angles) {
  const out = angles.slice(0, 1);
  for (const angle of angles.slice(1)) out.push(out[out.length - 1] + wrapped(angle - out[out.length - 1]));
  return out;
}

/** Half-way a page that flips stands on edge: look from the side.
 * @param {number[]} reversed
 */
function liftFor(reversed) {
  /** @param {number} azimuth */
  const shown = (azimuth) => Math.abs(reversed[0] * Math.sin(azimuth) - reversed[1] * Math.cos(azimuth));
  return [shown(LIFT[0]) >= shown(-LIFT[0]) ? LIFT[0] : -LIFT[0], LIFT[1]];
}
