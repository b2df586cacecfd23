/* Heights below a chart's curves, coloured in bands: a map from above, a surface when it is turned. */

/** @import { Box, ChartTree, Ground, GroundTree, Numbers, Place3, Standing, Surface, View } from "../types.js" */

import { NUMBERS, STEPS } from "../given.js";
import { STILL_VIEW, rotation } from "../camera.js";
import { packed } from "../raster/surface.js";
import { roomOf } from "./room.js";

const RISE = 0.55; // of the shorter side of the map, from the lowest to the highest
const MOST = 1.1; // of the rise that is seen of a path that runs above all levels
const DARKER = 0.5; // how much darker what is turned from the light is, of a surface on its edge
const SUN = NUMBERS.LIGHT;

/** Heights from their steps, and the colours of their bands.
 * @param {GroundTree} tree
 * @returns {Ground}
 */
export function groundOf({ heights, levels, colours, logarithmic, along, names }) {
  const { low, high, steps } = heights;
  const [rows, columns] = steps.shape;
  const values = Float64Array.from(steps, (step) => {
    const value = low + ((high - low) * step) / STEPS;
    return logarithmic ? Math.exp(value) : value;
  });
  const scale = logarithmic ? Math.log : Number;
  const [first, last] = [scale(levels[0]), scale(levels[levels.length - 1])];
  /** @param {number} value */
  const share = (value) => Math.min(Math.max((scale(value) - first) / (last - first), 0), MOST);
  const inks = Uint32Array.from({ length: levels.length }, (_, i) => packed(Array.from(colours.subarray(3 * i, 3 * i + 3))));
  // What is at a level, but for the rounding of its steps, is above it.
  const bounds = levels.map((level) => level - 1e-6 * Math.abs(level));
  return { values, rows, columns, bounds, inks, share, along, names, depth: new Float32Array(0), flat: new Float64Array(3 * rows * columns) };
}

/** How a map of px stands in the picture: x, y on it and its share of the height to film pixels.
 * @param {ChartTree} chart
 * @param {Partial<View> | null} view
 * @returns {Standing}
 */
export function standing(chart, view) {
  const { x0, y0, x1, y1 } = chart.inside;
  const { yaw, pitch, zoom, panX, panY } = { ...STILL_VIEW, ...view };
  const turn = rotation(yaw, pitch);
  const turned = yaw !== 0 || pitch !== 0;
  const [cx, cy] = [(x0 + x1) / 2, (y0 + y1) / 2];
  const half = [(x1 - x0) / 2, (y1 - y0) / 2, (RISE * Math.min(x1 - x0, y1 - y0)) / 2];
  // As large as it can be without leaving its room, however it is turned.
  const reach = [0, 1].map((row) => half.reduce((sum, side, axis) => sum + Math.abs(turn[3 * row + axis]) * side, 0));
  const room = turned ? roomOf(chart, turn) : chart.inside;
  const [wide, high] = [(room.x1 - room.x0) / 2, (room.y1 - room.y0) / 2];
  const fit = turned ? zoom * Math.min(1, wide / reach[0], high / reach[1]) : zoom;
  // It is moved and made larger about the middle of its map, wherever it stands.
  const mx = cx + panX + zoom * ((room.x0 + room.x1) / 2 - cx);
  const my = cy + panY + zoom * ((room.y0 + room.y1) / 2 - cy);
  return {
    turned, turn, fit, middle: [mx, my],
    at(x, y, share) {
      const [u, v, w] = [x - cx, cy - y, turned ? (2 * share - 1) * half[2] : 0];
      return /** @type {Place3} */ ([
        mx + fit * (turn[0] * u + turn[1] * v + turn[2] * w),
        my - fit * (turn[3] * u + turn[4] * v + turn[5] * w),
        turn[6] * u + turn[7] * v + turn[8] * w,
      ]);
    },
  };
}

/** The place in `bounds` of the band that a height is in.
 * @param {Numbers} bounds
 * @param {number} value
 */
function bandOf(bounds, value) {
  let [low, high] = [0, bounds.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (bounds[middle] <= value) low = middle;
    else high = middle;
  }
  return low;
}

/** Lay the ground over the rows that a surface holds from its `top` on.
 * @param {Surface} surface
 * @param {ChartTree} chart
 * @param {Ground} ground
 * @param {Standing} stands
 * @param {number} detail
 */
export function rasterGround(surface, { box, inside }, ground, stands, detail) {
  const { clip, top } = surface;
  const room = stands.turned ? box : inside;
  clip.x0 = Math.max(Math.round(room.x0 * detail), 0);
  clip.y0 = Math.max(Math.round(room.y0 * detail) - top, 0);
  clip.x1 = Math.min(Math.round(room.x1 * detail), surface.width);
  clip.y1 = Math.min(Math.round(room.y1 * detail) - top, surface.height);
  if (clip.y1 <= clip.y0) return;
  if (stands.turned) raised(surface, inside, ground, stands, detail);
  else mapped(surface, inside, ground, stands, detail);
}

/** From above: every pixel is in the band of the height below it.
 * @param {Surface} surface
 * @param {Box} inside
 * @param {Ground} ground
 * @param {Standing} stands
 * @param {number} detail
 */
function mapped({ clip, top, pixels, width }, inside, { values, rows, columns, bounds, inks }, { middle, fit }, detail) {
  const across = (columns - 1) / (inside.x1 - inside.x0);
  const up = (rows - 1) / (inside.y1 - inside.y0);
  const [cx, cy] = [(inside.x0 + inside.x1) / 2, (inside.y0 + inside.y1) / 2];
  for (let row = clip.y0; row < clip.y1; row++) {
    const y = ((row + top + 0.5) / detail - middle[1]) / fit + cy;
    const b = (inside.y1 - y) * up;
    if (b < 0 || b > rows - 1) continue;
    const j = Math.min(Math.floor(b), rows - 2);
    for (let column = clip.x0; column < clip.x1; column++) {
      const x = ((column + 0.5) / detail - middle[0]) / fit + cx;
      const a = (x - inside.x0) * across;
      if (a < 0 || a > columns - 1) continue;
      const i = Math.min(Math.floor(a), columns - 2);
      const [u, v] = [a - i, b - j];
      const here = j * columns + i;
      const near = values[here] * (1 - u) + values[here + 1] * u;
      const far = values[here + columns] * (1 - u) + values[here + columns + 1] * u;
      pixels[row * width + column] = inks[bandOf(bounds, near * (1 - v) + far * v)];
    }
  }
}

/** Turned: triangles, of which at every pixel the nearest is seen, lit as they lie.
 * @param {Surface} surface
 * @param {Box} inside
 * @param {Ground} ground
 * @param {Standing} stands
 * @param {number} detail
 */
function raised(surface, inside, ground, stands, detail) {
  const { values, rows, columns, share, flat } = ground;
  const size = surface.width * surface.height;
  if (ground.depth.length < size) ground.depth = new Float32Array(size);
  ground.depth.fill(-Infinity);
  for (let j = 0, n = 0; j < rows; j++) {
    const y = inside.y1 - ((inside.y1 - inside.y0) * j) / (rows - 1);
    for (let i = 0; i < columns; i++, n++) {
      const x = inside.x0 + ((inside.x1 - inside.x0) * i) / (columns - 1);
      const [u, v, near] = stands.at(x, y, share(values[n]));
      flat[3 * n] = u * detail;
      flat[3 * n + 1] = v * detail - surface.top;
      flat[3 * n + 2] = near * stands.fit * detail;
    }
  }
  const slant = Math.min(1, 2 * (1 - Math.abs(stands.turn[8])) + 0.2);
  for (let j = 0; j + 1 < rows; j++) {
    for (let i = 0; i + 1 < columns; i++) {
      const n = j * columns + i;
      triangle(surface, ground, n, n + 1, n + columns + 1, slant);
      triangle(surface, ground, n, n + columns + 1, n + columns, slant);
    }
  }
}

/**
 * @param {Surface} surface
 * @param {Ground} ground
 * @param {number} a
 * @param {number} b
 * @param {number} c
 * @param {number} slant
 */
function triangle({ clip, pixels, width }, { values, bounds, inks, flat, depth }, a, b, c, slant) {
  const [ax, ay, az] = [flat[3 * a], flat[3 * a + 1], flat[3 * a + 2]];
  const [ux, uy, uz] = [flat[3 * b] - ax, flat[3 * b + 1] - ay, flat[3 * b + 2] - az];
  const [vx, vy, vz] = [flat[3 * c] - ax, flat[3 * c + 1] - ay, flat[3 * c + 2] - az];
  const area = ux * vy - uy * vx;
  if (area === 0) return;
  const [x0, x1] = [ax + Math.min(0, ux, vx), ax + Math.max(0, ux, vx)];
  const [y0, y1] = [ay + Math.min(0, uy, vy), ay + Math.max(0, uy, vy)];
  const left = Math.max(Math.ceil(x0 - 0.5), clip.x0);
  const right = Math.min(Math.floor(x1 - 0.5), clip.x1 - 1);
  const end = Math.min(Math.floor(y1 - 0.5), clip.y1 - 1);
  // y leads downwards here, and towards the viewer is up from the page.
  const [nx, ny, nz] = [uy * vz - uz * vy, uz * vx - ux * vz, area];
  const lit = Math.abs(nx * SUN[0] - ny * SUN[1] + nz * SUN[2]) / Math.hypot(nx, ny, nz) / Math.hypot(...SUN);
  const light = 1 - DARKER * slant * (1 - lit);
  for (let row = Math.max(Math.ceil(y0 - 0.5), clip.y0); row <= end; row++) {
    for (let column = left; column <= right; column++) {
      const [x, y] = [column + 0.5 - ax, row + 0.5 - ay];
      const p = (x * vy - y * vx) / area;
      const q = (ux * y - uy * x) / area;
      if (p < 0 || q < 0 || p + q > 1) continue;
      const place = row * width + column;
      const near = az + p * uz + q * vz;
      if (near <= depth[place]) continue;
      depth[place] = near;
      const value = values[a] + p * (values[b] - values[a]) + q * (values[c] - values[a]);
      const ink = inks[bandOf(bounds, value)];
      pixels[place] = packed([(ink & 255) * light, ((ink >> 8) & 255) * light, ((ink >> 16) & 255) * light]);
    }
  }
}
