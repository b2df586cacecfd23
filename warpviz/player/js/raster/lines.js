/* Lines as ink: a fixed density per unit of length, splatted with a small smooth kernel
 * (see warpviz/picture/raster/lines.py). */

/** @import { Box, Colour, Kernel, Numbers, Surface } from "../types.js" */

import { NUMBERS } from "../given.js";
import { DENSITY, THROUGH, laid } from "./surface.js";

const { PHASES, SPACING, TAILS, SPARE } = NUMBERS;
/** @type {Map<number, Kernel>} */
const kernels = new Map();

/** The kernel's taps for each sub-pixel phase, for lines of a width in pixels.
 * @param {number} width
 */
function kernelOf(width) {
  const key = Math.round(width * 64) / 64;
  const known = kernels.get(key);
  if (known) return known;
  if (kernels.size > 100) kernels.clear();
  /** @param {number} u */
  const ramp = (u) => 0.5 * Math.max(u, 0) ** 2;
  /** @param {number} x */
  const tent = (x) => ramp(x + 1) - 2 * ramp(x) + ramp(x - 1);
  const reach = Math.floor(width / 2 + TAILS);
  const taps = 2 * reach + 1;
  const table = new Float32Array(PHASES * taps);
  for (let phase = 0; phase < PHASES; phase++) {
    const shift = (phase + 0.5) / PHASES - 0.5;
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const distance = tap - reach - shift;
      const value = (tent(distance + width / 2) - tent(distance - width / 2)) / width;
      table[phase * taps + tap] = value;
      sum += value;
    }
    for (let tap = 0; tap < taps; tap++) table[phase * taps + tap] /= sum;
  }
  const kernel = { table, taps, reach };
  kernels.set(key, kernel);
  return kernel;
}

/** Lay segments (S, 2) of vertices with ink (S,) over the surface; `flat` in its pixels.
 * @param {Surface} surface
 * @param {Numbers} pairs
 * @param {Numbers} inks
 * @param {Numbers} flat
 * @param {number} width
 * @param {Colour} colour
 * @param {number} opacity
 */
export function paintLines(surface, pairs, inks, flat, width, colour, opacity) {
  let fade = 1;
  if (width < 1) {
    fade = width;
    width = 1;
  }
  const { table, taps, reach } = kernelOf(width);
  const { sums, stride, clip, low, high } = surface;
  const spacing = width / Math.ceil(width / SPACING);
  for (let segment = 0; segment < inks.length; segment++) {
    const a = 2 * pairs[2 * segment];
    const b = 2 * pairs[2 * segment + 1];
    const x0 = flat[a];
    const y0 = flat[a + 1];
    const dx = flat[b] - x0;
    const dy = flat[b + 1] - y0;
    if (missed(clip, reach + 1, x0, y0, x0 + dx, y0 + dy)) continue;
    const length = Math.sqrt(dx * dx + dy * dy);
    const count = Math.max(Math.ceil(length / spacing - SPARE), 1);
    const amount = (fade * inks[segment] * length * width * DENSITY) / count;
    for (let i = 0; i < count; i++) {
      const x = x0 + ((i + 0.5) / count) * dx;
      const y = y0 + ((i + 0.5) / count) * dy;
      const column = Math.floor(x) - reach;
      const row = Math.floor(y) - reach;
      const first = Math.max(column, clip.x0);
      const last = Math.min(column + taps, clip.x1);
      const end = Math.min(row + taps, clip.y1);
      if (first >= last) continue;
      const across = Math.floor((x - Math.floor(x)) * PHASES) * taps - column;
      const down = Math.floor((y - Math.floor(y)) * PHASES) * taps - row;
      for (let j = Math.max(row, clip.y0); j < end; j++) {
        const share = amount * table[down + j];
        if (first < low[j]) low[j] = first;
        if (last > high[j] + 1) high[j] = last - 1;
        const from = j * stride;
        for (let c = first; c < last; c++) sums[from + c] += share * table[across + c];
      }
    }
  }
  layInk(surface, colour, opacity);
}

/** Whether a segment cannot touch the clip.
 * @param {Box} clip
 * @param {number} reach
 * @param {number} x0
 * @param {number} y0
 * @param {number} x1
 * @param {number} y1
 */
function missed(clip, reach, x0, y0, x1, y1) {
  return (
    (x0 < clip.x0 - reach && x1 < clip.x0 - reach) || (x0 > clip.x1 + reach && x1 > clip.x1 + reach) ||
    (y0 < clip.y0 - reach && y1 < clip.y0 - reach) || (y0 > clip.y1 + reach && y1 > clip.y1 + reach)
  );
}

/** Lay what has been accumulated, one value a pixel, and clear it.
 * @param {Surface} surface
 * @param {Colour} colour
 * @param {number} opacity
 */
function layInk(surface, [red, green, blue], opacity) {
  const { clip, sums, low, high, pixels, width, stride } = surface;
  for (let row = clip.y0; row < clip.y1; row++) {
    for (let column = low[row]; column <= high[row]; column++) {
      const place = row * stride + column;
      const density = sums[place];
      if (density === 0) continue;
      sums[place] = 0;
      const thin = THROUGH[density < THROUGH.length - 1 ? (density + 0.5) | 0 : THROUGH.length - 1];
      const through = 1 - opacity + opacity * thin;
      const covered = 1 - through;
      const pixel = row * width + column;
      pixels[pixel] = laid(pixels[pixel], through, covered * red, covered * green, covered * blue);
    }
    low[row] = stride;
    high[row] = -1;
  }
}
