/* Pixels: accumulators of optical density, exact coverage of polygons (as font rasterisers do it),
 * and colours laid over each other. Nothing is allocated while a film plays.
 *
 * An edge covers what lies to its right. In the pixel that it crosses it adds its share, and the
 * remainder to the next one; the running sum along a row is then the exact coverage. */

/** @import { Colour, Surface } from "../types.js" */

import { NUMBERS } from "../given.js";

export const CHANNELS = 5;
export const { DENSITY } = NUMBERS;

/** exp(−density), for densities in units of 1/4096. */
export const THROUGH = Float32Array.from({ length: 16 * DENSITY }, (_, i) => Math.exp(-i / DENSITY));

/** A picture in the making: packed pixels, accumulators, and in each row which were touched.
 * @param {number} width
 * @param {number} height
 */
export function surfaceOf(width, height) {
  const image = new ImageData(width, height);
  return {
    width, height, image,
    top: 0, // of the picture's rows the first that it holds
    pixels: new Uint32Array(image.data.buffer),
    stride: width + 2,
    sums: new Float32Array((width + 2) * height * CHANNELS),
    low: new Int32Array(height).fill(width + 2),
    high: new Int32Array(height).fill(-1),
    clip: { x0: 0, y0: 0, x1: width, y1: height },
  };
}

/**
 * @param {Colour} colour
 */
export function packed(colour) {
  return (0xff000000 | (colour[2] << 16) | (colour[1] << 8) | colour[0]) >>> 0;
}

/** The pixel with so much of it let through, and a colour added.
 * @param {number} pixel
 * @param {number} through
 * @param {number} red
 * @param {number} green
 * @param {number} blue
 */
export function laid(pixel, through, red, green, blue) {
  const r = (pixel & 255) * through + red + 0.5;
  const g = ((pixel >> 8) & 255) * through + green + 0.5;
  const b = ((pixel >> 16) & 255) * through + blue + 0.5;
  return (0xff000000 | (b << 16) | (g << 8) | r) >>> 0;
}

/** Accumulate an edge: five values times what lies to the right of it, positive downwards.
 * @param {Surface} surface
 * @param {number} xa
 * @param {number} ya
 * @param {number} xb
 * @param {number} yb
 * @param {number} v0
 * @param {number} v1
 * @param {number} v2
 * @param {number} v3
 * @param {number} v4
 */
export function sweep(surface, xa, ya, xb, yb, v0, v1, v2, v3, v4) {
  const { clip } = surface;
  if (ya === yb) return;
  let sign = 1;
  if (ya > yb) {
    sign = -1;
    let swap = xa;
    xa = xb;
    xb = swap;
    swap = ya;
    ya = yb;
    yb = swap;
  }
  if (yb <= clip.y0 || ya >= clip.y1 || (xa >= clip.x1 && xb >= clip.x1)) return;
  const slope = (xb - xa) / (yb - ya);
  let top = ya;
  let x = xa;
  if (top < clip.y0) {
    x += (clip.y0 - top) * slope;
    top = clip.y0;
  }
  const bottom = Math.min(yb, clip.y1);
  for (let row = Math.floor(top); row < bottom; row++) {
    const under = Math.min(row + 1, bottom);
    const next = xa + (under - ya) * slope;
    sweepRow(surface, row, x, next, sign * (under - top), v0, v1, v2, v3, v4);
    x = next;
    top = under;
  }
}

/** The part of an edge within one row, from x to next; `height` is signed.
 * @param {Surface} surface
 * @param {number} row
 * @param {number} x
 * @param {number} next
 * @param {number} height
 * @param {number} v0
 * @param {number} v1
 * @param {number} v2
 * @param {number} v3
 * @param {number} v4
 */
function sweepRow(surface, row, x, next, height, v0, v1, v2, v3, v4) {
  const { clip, sums, low, high, stride } = surface;
  let left = x < next ? x : next;
  let right = x < next ? next : x;
  if (left >= clip.x1) return;
  if (right > clip.x1) {
    height *= (clip.x1 - left) / (right - left);
    right = clip.x1;
  }
  if (left < clip.x0) {
    // What lies left of the window covers all of it.
    const outside = right <= clip.x0 ? 1 : (clip.x0 - left) / (right - left);
    add(sums, (row * stride + clip.x0) * CHANNELS, height * outside, v0, v1, v2, v3, v4);
    if (clip.x0 < low[row]) low[row] = clip.x0;
    if (clip.x0 > high[row]) high[row] = clip.x0;
    if (outside === 1) return;
    height *= 1 - outside;
    left = clip.x0;
  }
  const first = Math.floor(left);
  const last = Math.ceil(right) - 1;
  if (first < low[row]) low[row] = first;
  let place = (row * stride + first) * CHANNELS;
  if (last <= first) {
    const beyond = height * ((left + right) / 2 - first);
    add(sums, place, height - beyond, v0, v1, v2, v3, v4);
    add(sums, place + CHANNELS, beyond, v0, v1, v2, v3, v4);
    if (first + 1 > high[row]) high[row] = first + 1;
    return;
  }
  if (last + 1 > high[row]) high[row] = last + 1;
  const steep = height / (right - left);
  let part = first + 1 - left;
  add(sums, place, steep * part * part * 0.5, v0, v1, v2, v3, v4);
  let carry = steep * part * (1 - part * 0.5);
  for (let column = first + 1; column < last; column++) {
    place += CHANNELS;
    add(sums, place, carry + 0.5 * steep, v0, v1, v2, v3, v4);
    carry = 0.5 * steep;
  }
  part = right - last;
  add(sums, place + CHANNELS, carry + steep * part * (1 - part * 0.5), v0, v1, v2, v3, v4);
  add(sums, place + 2 * CHANNELS, steep * part * part * 0.5, v0, v1, v2, v3, v4);
}

/**
 * @param {Float32Array} sums
 * @param {number} place
 * @param {number} share
 * @param {number} v0
 * @param {number} v1
 * @param {number} v2
 * @param {number} v3
 * @param {number} v4
 */
function add(sums, place, share, v0, v1, v2, v3, v4) {
  sums[place] += share * v0;
  sums[place + 1] += share * v1;
  sums[place + 2] += share * v2;
  sums[place + 3] += share * v3;
  sums[place + 4] += share * v4;
}
