/* From the picture's space to film pixels (see warpviz/motion/camera.py and framing.py). */

/** @import { Box, Camera, Lens, Numbers, Path, View, Writable } from "./types.js" */

import { NUMBERS } from "./given.js";
import { along } from "./motion.js";

const { DISTANCE, NEAREST, MOST_FILL } = NUMBERS;
export const STILL_VIEW = { yaw: 0, pitch: 0, zoom: 1, panX: 0, panY: 0 };

/** Whether a view is not the film's own.
 * @param {Partial<View> | null} view
 */
export function moved(view) {
  const { yaw, pitch, zoom, panX, panY } = { ...STILL_VIEW, ...view };
  const still = STILL_VIEW;
  return yaw !== still.yaw || pitch !== still.pitch || zoom !== still.zoom || panX !== still.panX || panY !== still.panY;
}

/** Rows: the screen's right, up and towards the viewer.
 * @param {number} azimuth
 * @param {number} tilt
 */
export function rotation(azimuth, tilt) {
  const ca = Math.cos(azimuth);
  const sa = Math.sin(azimuth);
  const ct = Math.cos(tilt);
  const st = Math.sin(tilt);
  return [ca, sa, 0, -sa * ct, ca * ct, st, sa * st, -ca * st, ct];
}

/**
 * @param {Numbers} table
 * @param {number} width
 * @param {number} k
 * @param {number} t
 */
function mixed(table, width, k, t) {
  const out = [];
  const more = table.length > width;
  for (let i = 0; i < width; i++) {
    const start = table[k * width + i];
    out.push(more ? (1 - t) * start + t * table[(k + 1) * width + i] : table[i]);
  }
  return out;
}

/** A curve of logarithms, given at `times` in every act.
 * @param {Numbers} table
 * @param {Numbers} times
 * @param {number} k
 * @param {number} t
 */
function curve(table, times, k, t) {
  let i = 1;
  while (i < times.length - 1 && times[i] < t) i++;
  const share = (t - times[i - 1]) / (times[i] - times[i - 1]);
  const row = k * times.length;
  return Math.exp(table[row + i - 1] + share * (table[row + i] - table[row + i - 1]));
}

/** The camera in act k at t: what projects points (n, 3), which all fit into the safe area.
 * @param {Camera} camera
 * @param {Path} centre
 * @param {number} k
 * @param {number} t
 * @param {Numbers} points
 * @param {Partial<View> | null | undefined} view
 */
export function lensAt(camera, centre, k, t, points, view) {
  const { azimuth, tilt, lift, safe, times } = camera;
  const swing = lift.length && tilt.length > 1 ? Math.sin(Math.PI * t) : 0;
  const around = mixed(azimuth, 1, k, t)[0] + (swing ? swing * lift[k][0] : 0);
  const lean = mixed(tilt, 1, k, t)[0] + (swing ? swing * lift[k][1] : 0);
  const moved = { ...STILL_VIEW, ...view };
  const middle = along(centre, k, t);
  const offset = mixed(camera.offset, 3, k, t);
  const own = {
    turn: rotation(around, lean),
    pivot: [0, 1, 2].map((axis) => middle[axis] + offset[axis]),
    radius: curve(camera.radius, times, k, t),
    middle: mixed(camera.middle, 2, k, t),
    centre: [(safe.x0 + safe.x1) / 2, (safe.y0 + safe.y1) / 2],
    scale: 1,
  };
  // Where a hand holds what is seen, the view stays.
  const needed = camera.still ? 0 : needs(own, points, safe) / MOST_FILL;
  const units = Math.max(curve(camera.extent, times, k, t), needed);
  const turn = moved.yaw || moved.pitch ? rotation(around + moved.yaw, lean + moved.pitch) : own.turn;
  const at = [own.centre[0] + moved.panX, own.centre[1] + moved.panY];
  return { ...own, turn, centre: at, units: units / moved.zoom };
}

/** Units per pixel at which points (n, 3) just fit.
 * @param {Omit<Lens, "units">} lens
 * @param {Numbers} points
 * @param {Box} safe
 */
function needs(lens, points, safe) {
  const [a, b, c, d, e, f, g, h, i] = lens.turn;
  const [px, py, pz] = lens.pivot;
  const [mx, my] = lens.middle;
  const depth = 1 / lens.radius;
  let across = 0;
  let down = 0;
  for (let n = 0; n < points.length; n += 3) {
    const x = points[n] - px;
    const y = points[n + 1] - py;
    const z = points[n + 2] - pz;
    const near = Math.min(Math.max((g * x + h * y + i * z) * depth, -NEAREST), NEAREST);
    const grow = 1 / (1 - near / DISTANCE);
    across = Math.max(across, Math.abs((a * x + b * y + c * z) * grow - mx));
    down = Math.max(down, Math.abs((d * x + e * y + f * z) * grow - my));
  }
  return Math.max((2 * across) / (safe.x1 - safe.x0), (2 * down) / (safe.y1 - safe.y0));
}

/** Points (n, 3) to film pixels `flat` (n, 2), y downwards, and nearness (n,).
 * @param {Lens} lens
 * @param {Numbers} points
 * @param {Writable} flat
 * @param {Writable} nearness
 */
export function projected(lens, points, flat, nearness) {
  const [a, b, c, d, e, f, g, h, i] = lens.turn;
  const [px, py, pz] = lens.pivot;
  const [mx, my] = lens.middle;
  const [cx, cy] = lens.centre;
  const depth = 1 / lens.radius;
  const scale = 1 / lens.units;
  for (let n = 0, m = 0; n < points.length; n += 3, m += 2) {
    const x = points[n] - px;
    const y = points[n + 1] - py;
    const z = points[n + 2] - pz;
    const near = Math.min(Math.max((g * x + h * y + i * z) * depth, -NEAREST), NEAREST);
    const grow = 1 / (1 - near / DISTANCE);
    flat[m] = cx + ((a * x + b * y + c * z) * grow - mx) * scale;
    flat[m + 1] = cy - ((d * x + e * y + f * z) * grow - my) * scale;
    nearness[n / 3] = near;
  }
}
