/* The sheet's cells: translucent cloth, tinted, shaded, denser where it overlaps (see cloth.py). */

/** @import { Colour, Numbers, Shaped, Sheet, Surface, Theme, Weave } from "../types.js" */

import { NUMBERS, STEPS } from "../given.js";
import { CHANNELS, DENSITY, THROUGH, packed, laid, sweep } from "./surface.js";

const { OPACITY, LIGHT, NEARER, DEPTHS, WEIGHT, SHADE, DOUBT } = NUMBERS;
const LAYER = Math.round(-Math.log1p(-OPACITY) * DENSITY);

/** The colour of each cell (cells, 3) from its predicted probabilities.
 * @param {Uint16Array & Shaped} chances
 * @param {Theme} theme
 * @param {boolean} sharp
 */
export function clothColours(chances, theme, sharp) {
  const [cells, classes] = chances.shape;
  const out = new Float64Array(3 * cells);
  for (let cell = 0; cell < cells; cell++) {
    const row = chances.subarray(cell * classes, (cell + 1) * classes);
    let best = 0;
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      sum += row[c];
      if (row[c] > row[best]) best = c;
    }
    const most = sharp ? 1 : row[best] / STEPS;
    const sure = theme.ramp ? 1 : Math.max((most - 1 / classes) / (1 - 1 / classes), 0) ** DOUBT.power;
    for (let i = 0; i < 3; i++) {
      let mix = 0;
      if (sharp) mix = theme.cloth[best % theme.cloth.length][i];
      else for (let c = 0; c < classes; c++) mix += (row[c] / sum) * theme.cloth[c % theme.cloth.length][i];
      out[3 * cell + i] = Math.round(mix + (theme.doubt[i] - mix) * (1 - sure) * DOUBT.most);
    }
  }
  return out;
}

/** Cells cut into triangles about their first corners, and each edge once.
 * @param {Sheet} sheet
 */
export function weaveOf(sheet) {
  const { corners, sizes } = sheet;
  const count = corners.length - 2 * sizes.length;
  const triangles = new Uint32Array(3 * count);
  const owners = new Uint32Array(count);
  let from = 0;
  let triangle = 0;
  sizes.forEach((size, cell) => {
    for (let i = 1; i < size - 1; i++) {
      triangles[3 * triangle] = corners[from];
      triangles[3 * triangle + 1] = corners[from + i];
      triangles[3 * triangle + 2] = corners[from + i + 1];
      owners[triangle++] = cell;
    }
    from += size;
  });
  return {
    triangles, owners, edges: edgesOf(triangles), cells: sizes.length,
    areas: new Float64Array(3 * sizes.length),
    near: new Float64Array(2 * sizes.length),
    weights: new Float64Array(sizes.length),
    shown: new Float64Array(3 * sizes.length),
    values: new Float64Array(CHANNELS * (count + 1)),
  };
}

/** (E, 4): start, end, triangle on the left, on the right; `count` of triangles is outside.
 * @param {Uint32Array} triangles
 */
function edgesOf(triangles) {
  const count = triangles.length / 3;
  /** @type {Map<number, number>} */
  const known = new Map();
  const edges = new Uint32Array(4 * triangles.length);
  let used = 0;
  for (let triangle = 0; triangle < count; triangle++) {
    for (let side = 0; side < 3; side++) {
      const start = triangles[3 * triangle + side];
      const end = triangles[3 * triangle + ((side + 1) % 3)];
      const key = Math.min(start, end) * 4294967296 + Math.max(start, end);
      let place = known.get(key);
      if (place === undefined) {
        place = used;
        used += 4;
        known.set(key, place);
        edges.set([Math.min(start, end), Math.max(start, end), count, count], place);
      }
      edges[place + (start < end ? 2 : 3)] = triangle;
    }
  }
  return edges.slice(0, used);
}

/** What every triangle adds: density, weight, weight × colour, signed by how it lies.
 * @param {Weave} woven
 * @param {Numbers} colours
 * @param {Numbers} points
 * @param {Numbers} flat
 * @param {Numbers} nearness
 * @param {number[]} turn
 * @param {Theme} theme
 */
export function clothValues(woven, colours, points, flat, nearness, turn, theme) {
  const { triangles, owners, areas, near, weights, shown, values } = woven;
  areas.fill(0);
  near.fill(0);
  for (let i = 0; i < owners.length; i++) {
    const [a, b, c] = [3 * triangles[3 * i], 3 * triangles[3 * i + 1], 3 * triangles[3 * i + 2]];
    const ux = points[b] - points[a];
    const uy = points[b + 1] - points[a + 1];
    const uz = points[b + 2] - points[a + 2];
    const vx = points[c] - points[a];
    const vy = points[c + 1] - points[a + 1];
    const vz = points[c + 2] - points[a + 2];
    const cell = owners[i];
    areas[3 * cell] += uy * vz - uz * vy;
    areas[3 * cell + 1] += uz * vx - ux * vz;
    areas[3 * cell + 2] += ux * vy - uy * vx;
    near[2 * cell] += nearness[triangles[3 * i + 1]];
    near[2 * cell + 1] += 1;
  }
  const sun = [0, 1, 2].map((i) => turn[i] * LIGHT[0] + turn[3 + i] * LIGHT[1] + turn[6 + i] * LIGHT[2]);
  for (let cell = 0; cell < woven.cells; cell++) {
    const [x, y, z] = [areas[3 * cell], areas[3 * cell + 1], areas[3 * cell + 2]];
    const size = Math.sqrt(x * x + y * y + z * z);
    const lit = size > 0 ? Math.abs(sun[0] * x + sun[1] * y + sun[2] * z) / size : LIGHT[2];
    const light = SHADE.dark + SHADE.light * Math.min(lit / LIGHT[2], SHADE.most);
    for (let i = 0; i < 3; i++) {
      const colour = colours[3 * cell + i] * light + theme.shade[i] * Math.max(1 - light, 0);
      shown[3 * cell + i] = Math.round(Math.min(Math.max(colour, 0), 255));
    }
    // In steps of depth, so that most neighbours weigh the same.
    const depth = Math.round((near[2 * cell] / near[2 * cell + 1]) * DEPTHS) / DEPTHS;
    weights[cell] = Math.round(WEIGHT * Math.exp(NEARER * depth));
  }
  for (let i = 0; i < owners.length; i++) {
    const [a, b, c] = [2 * triangles[3 * i], 2 * triangles[3 * i + 1], 2 * triangles[3 * i + 2]];
    const turned = (flat[b] - flat[a]) * (flat[c + 1] - flat[a + 1]) -
      (flat[b + 1] - flat[a + 1]) * (flat[c] - flat[a]);
    const sign = Math.sign(turned);
    const cell = owners[i];
    const place = CHANNELS * i;
    values[place] = LAYER * sign;
    values[place + 1] = weights[cell] * sign;
    for (let channel = 0; channel < 3; channel++) {
      values[place + 2 + channel] = shown[3 * cell + channel] * values[place + 1];
    }
  }
}

/** Lay the cells over the surface, with the values of `clothValues`; `flat` in its pixels.
 * @param {Surface} surface
 * @param {Weave} woven
 * @param {Numbers} flat
 * @param {Theme} theme
 */
export function paintCells(surface, woven, flat, theme) {
  const { edges, values } = woven;
  const { y0, y1 } = surface.clip;
  for (let i = 0; i < edges.length; i += 4) {
    const a = 2 * edges[i];
    const b = 2 * edges[i + 1];
    if ((flat[a + 1] <= y0 && flat[b + 1] <= y0) || (flat[a + 1] >= y1 && flat[b + 1] >= y1)) continue;
    const left = CHANNELS * edges[i + 2];
    const right = CHANNELS * edges[i + 3];
    const v0 = values[right] - values[left];
    const v1 = values[right + 1] - values[left + 1];
    const v2 = values[right + 2] - values[left + 2];
    const v3 = values[right + 3] - values[left + 3];
    const v4 = values[right + 4] - values[left + 4];
    if (v0 === 0 && v1 === 0 && v2 === 0 && v3 === 0 && v4 === 0) continue;
    sweep(surface, flat[a], flat[a + 1], flat[b], flat[b + 1], v0, v1, v2, v3, v4);
  }
  layCloth(surface, theme.background);
}

/** Sum along the rows, lay over one colour, and clear the accumulators.
 * @param {Surface} surface
 * @param {Colour} background
 */
function layCloth(surface, background) {
  const { clip, sums, low, high, pixels, width, stride } = surface;
  const ground = packed(background);
  for (let row = clip.y0; row < clip.y1; row++) {
    const end = Math.min(high[row], clip.x1 - 1);
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let s4 = 0;
    let colour = ground;
    let place = (row * stride + low[row]) * CHANNELS;
    for (let column = low[row]; column <= end; column++, place += CHANNELS) {
      const d0 = sums[place];
      const d1 = sums[place + 1];
      const d2 = sums[place + 2];
      if (d0 !== 0 || d1 !== 0 || d2 !== 0 || sums[place + 3] !== 0 || sums[place + 4] !== 0) {
        s0 += d0;
        s1 += d1;
        s2 += d2;
        s3 += sums[place + 3];
        s4 += sums[place + 4];
        const density = s0 < 0 ? 0 : s0 + 0.5;
        const through = THROUGH[density < THROUGH.length ? density | 0 : THROUGH.length - 1];
        const share = (1 - through) / (s1 > 1 ? s1 : 1);
        colour = laid(ground, through, share * s2, share * s3, share * s4);
      }
      pixels[row * width + column] = colour;
    }
    if (high[row] >= 0) {
      // Cloth whose right edge lies beyond the window goes on to the window's end.
      if (s0 >= 0.5) pixels.fill(colour, row * width + end + 1, row * width + clip.x1);
      sums.fill(0, (row * stride + low[row]) * CHANNELS, (row * stride + high[row] + 1) * CHANNELS);
    }
    low[row] = stride;
    high[row] = -1;
  }
}
