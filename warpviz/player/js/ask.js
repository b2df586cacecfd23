/* What lies in a panel under a place, and the numbers of a point through all layers. */

/** @import { Layer, Learnt, Lens, Moment, Origin, Panel, Path, Place, Pose, Table } from "./types.js" */
/** @import { Acting } from "./api.js" */

import { NUMBERS } from "./given.js";
import { statesOf, keyframesOf, onSheet } from "./chain.js";
import { pathOf, along } from "./motion.js";
import { projected } from "./camera.js";
import { panelMoment } from "./pose.js";
import { GRASP } from "./marks/overlay.js";

const AN_ACT = NUMBERS.TRAIL.steps; // pieces of a way

/** Numbers of an input point at every stop, or null without the chain.
 * @param {Panel} panel
 * @param {(ArrayLike<number> & Iterable<number>) | null} point
 */
export function statesAt(panel, point) {
  if (!panel || !panel.origin || !point) return null;
  return statesOf(panel.origin, Float64Array.from(point), 1).map(({ values }) => Array.from(values));
}

/** The layers with weights among layers, those within residual ones too.
 * @param {Layer[]} layers
 * @returns {{ weight: Table, bias: Table }[]}
 */
function mapsOf(layers) {
  return layers.flatMap(({ weight, bias, inner }) => (inner ? mapsOf(inner) : weight && bias ? [{ weight, bias }] : []));
}

/** What acts in a panel of a film of `acts` acts, see `Acting`.
 * @param {Panel} panel
 * @param {Moment} moment
 * @param {number} acts
 * @returns {Acting | null}
 */
export function actingAt(panel, { k, t }, acts) {
  if (!panel.formulas.length) return null;
  const [own, at] = panelMoment(panel, k, t, acts);
  const act = at > 0 ? own : Math.max(own - 1, 0);
  const { origin } = panel;
  const maps = origin && "acts" in origin ? mapsOf([origin.layers[origin.acts[act][0]]]) : null;
  return { act, name: panel.acts[act], formula: panel.formulas[act], maps };
}

/** The path of an input point through a panel, kept.
 * @param {Panel} panel
 * @param {Origin | Learnt} origin
 * @param {ArrayLike<number> & Iterable<number>} point
 */
function followed({ probes, swings }, origin, point) {
  const key = Array.from(point).join();
  let found = probes.get(key);
  if (!found) {
    if (probes.size > 100) probes.clear();
    const path = pathOf(keyframesOf(origin, Float64Array.from(point), 1), swings);
    found = { path, course: courseOf(path) };
    probes.set(key, found);
  }
  return found;
}

/** Where the one point of a path is, at equal steps of every act: (acts · pieces + 1, 3).
 * @param {Path} path
 */
function courseOf(path) {
  const acts = path.keyframes.length - 1;
  const course = new Float64Array(3 * (acts * AN_ACT + 1));
  for (let i = 0; i < acts * AN_ACT; i++) course.set(along(path, Math.floor(i / AN_ACT), (i % AN_ACT) / AN_ACT), 3 * i);
  course.set(path.keyframes[acts], 3 * acts * AN_ACT);
  return course;
}

/** The way that an input point has gone up to a moment, as it is seen now: (n, 2) in film pixels;
 * none without the chain. What learns has states at each snapshot, and no acts that lead there.
 * @param {Panel} panel
 * @param {ArrayLike<number> & Iterable<number>} point
 * @param {number} k
 * @param {number} t
 * @param {Lens} lens
 */
export function wayOf(panel, point, k, t, lens) {
  const { origin } = panel;
  if (!origin || !("acts" in origin)) return new Float64Array(0);
  const { path, course } = followed(panel, origin, point);
  const passed = k * AN_ACT + Math.ceil(t * AN_ACT);
  const points = new Float64Array(3 * (passed + 1));
  points.set(course.subarray(0, 3 * passed));
  points.set(along(path, k, t), 3 * passed);
  const flat = new Float64Array(2 * (passed + 1));
  projected(lens, points, flat, []);
  return flat;
}

/** Where an input point is seen, in film pixels; null without the chain.
 * @param {Panel} panel
 * @param {ArrayLike<number> & Iterable<number>} point
 * @param {number} k
 * @param {number} t
 * @param {Lens} lens
 * @returns {Place | null}
 */
export function placeOf(panel, point, k, t, lens) {
  if (!panel.origin) return null;
  const { path } = followed(panel, panel.origin, point);
  const flat = new Float64Array(2);
  projected(lens, along(path, k, t), flat, []);
  return flat[0] === flat[0] ? [flat[0], flat[1]] : null;
}

/** The dot nearest to x, y within reach: its index, or −1.
 * @param {Panel} panel
 * @param {Pose} pose
 * @param {number} x
 * @param {number} y
 */
export function dotAt(panel, pose, x, y) {
  let best = (GRASP * Math.max(panel.layout.unit, 0.6)) ** 2;
  let found = -1;
  for (let i = 0; i < panel.labels.length; i++) {
    const place = 2 * (panel.vertices + i);
    const away = (pose.flat[place] - x) ** 2 + (pose.flat[place + 1] - y) ** 2;
    if (away <= best) {
      best = away;
      found = i;
    }
  }
  return found;
}

/** The nearest part of the sheet under x, y: its cell and place in input coordinates, or null.
 * @param {Panel} panel
 * @param {Pose} pose
 * @param {number} x
 * @param {number} y
 */
export function sheetAt(panel, pose, x, y) {
  if (!panel.input) return null;
  const { flat, nearness } = pose;
  const { triangles, owners } = panel.woven;
  let found = null;
  for (let i = 0; i < owners.length; i++) {
    const [a, b, c] = [triangles[3 * i], triangles[3 * i + 1], triangles[3 * i + 2]];
    const ux = flat[2 * b] - flat[2 * a];
    const uy = flat[2 * b + 1] - flat[2 * a + 1];
    const vx = flat[2 * c] - flat[2 * a];
    const vy = flat[2 * c + 1] - flat[2 * a + 1];
    const area = ux * vy - uy * vx;
    if (area === 0) continue;
    const px = x - flat[2 * a];
    const py = y - flat[2 * a + 1];
    const p = (px * vy - py * vx) / area;
    const q = (ux * py - uy * px) / area;
    if (p < 0 || q < 0 || p + q > 1) continue;
    const near = (1 - p - q) * nearness[a] + p * nearness[b] + q * nearness[c];
    if (!found || near > found.near) {
      const { input } = panel;
      const place = [0, 1].map((axis) =>
        (1 - p - q) * input[2 * a + axis] + p * input[2 * b + axis] + q * input[2 * c + axis]);
      found = { near, cell: owners[i], place };
    }
  }
  return found && { cell: found.cell, point: Array.from(onSheet(panel.origin, found.place, 1)) };
}

/** Whether a film pixel lies in a panel.
 * @param {Panel} given
 * @param {number} x
 * @param {number} y
 */
export function within({ layout: { box } }, x, y) {
  return x >= box.x0 && x < box.x1 && y >= box.y0 && y < box.y1;
}
