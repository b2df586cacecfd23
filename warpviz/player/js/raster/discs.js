/* Translucent discs with an outline: sprites of two layers (see warpviz/picture/marks/outlined.py). */

/** @import { Colour, Discs, Numbers, Sprite, Surface } from "../types.js" */

import { NUMBERS } from "../given.js";
import { THROUGH, laid } from "./surface.js";
import { spriteOf, phaseOf } from "./dots.js";

const ALPHA = NUMBERS.CLASSIC.alpha;

/** @type {Map<string, Discs>} */
const pairs = new Map();

/** Translucent discs with an outline, at 8 × 8 phases: densities of the filling and of it all.
 * @param {number} radius
 * @param {number} line
 */
export function outlined(radius, line) {
  const key = `${radius} ${line}`;
  const known = pairs.get(key);
  if (known) return known;
  if (pairs.size > 40) pairs.clear();
  const outer = spriteOf(0, radius + line / 2, ALPHA);
  const { size, reach } = outer;
  const filling = new Float32Array(outer.data.length);
  const all = outer.data.slice();
  /**
   * @param {Sprite} sprite
   * @param {(place: number, density: number) => void} use
   */
  const inside = (sprite, use) => {
    const margin = reach - sprite.reach;
    sprite.data.forEach((density, i) => {
      const column = i % sprite.size;
      const row = Math.floor(i / sprite.size) % sprite.size;
      const phase = Math.floor(i / (sprite.size * sprite.size));
      use((phase * size + row + margin) * size + column + margin, density);
    });
  };
  inside(spriteOf(0, radius, ALPHA), (place, density) => {
    filling[place] = density;
    all[place] += density;
  });
  inside(spriteOf(0, Math.max(radius - line / 2, 1e-3), ALPHA), (place, density) => {
    all[place] -= density;
  });
  const pair = { all, filling, size, reach };
  pairs.set(key, pair);
  return pair;
}

/** Lay one series over the surface.
 * @param {Surface} surface
 * @param {Numbers} flat
 * @param {number} from
 * @param {number} count
 * @param {Discs} given
 * @param {number} detail
 * @param {Colour} colour
 */
export function paintSeries(surface, flat, from, count, { all, filling, size, reach }, detail, colour) {
  const { sums, stride, clip, low, high } = surface;
  for (let i = from; i < from + count; i++) {
    const x = flat[2 * i] * detail;
    const y = flat[2 * i + 1] * detail - surface.top;
    const column = Math.floor(x) - reach;
    const row = Math.floor(y) - reach;
    const first = Math.max(column, clip.x0);
    const last = Math.min(column + size, clip.x1);
    const end = Math.min(row + size, clip.y1);
    if (first >= last) continue;
    const phase = phaseOf(x, y);
    for (let j = Math.max(row, clip.y0); j < end; j++) {
      if (first < low[j]) low[j] = first;
      if (last > high[j] + 1) high[j] = last - 1;
      let place = (phase * size + j - row) * size + first - column;
      let to = (j * stride + first) * 2;
      for (let c = first; c < last; c++, place++, to += 2) {
        sums[to] += all[place];
        sums[to + 1] += filling[place];
      }
    }
  }
  layOutlined(surface, colour);
}

/**
 * @param {Surface} surface
 * @param {Colour} colour
 */
function layOutlined(surface, [red, green, blue]) {
  const { clip, sums, low, high, pixels, width, stride } = surface;
  for (let row = clip.y0; row < clip.y1; row++) {
    let place = (row * stride + low[row]) * 2;
    for (let column = low[row]; column <= high[row]; column++, place += 2) {
      const density = sums[place];
      if (density === 0) continue;
      const through = THROUGH[density < THROUGH.length ? density | 0 : THROUGH.length - 1];
      const share = ((1 - through) * sums[place + 1]) / Math.max(density, 1);
      const pixel = row * width + column;
      pixels[pixel] = laid(pixels[pixel], through, share * red, share * green, share * blue);
      sums[place] = 0;
      sums[place + 1] = 0;
    }
    low[row] = stride;
    high[row] = -1;
  }
}
