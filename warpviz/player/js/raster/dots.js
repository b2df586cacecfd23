/* Dots: sprites by sub-pixel phase; a dot adds log-transmittance, in any order
 * (see warpviz/picture/raster/dots.py). */

/** @import { Colour, Numbers, Sprite, Surface, Theme } from "../types.js" */

import { NUMBERS } from "../given.js";
import { CHANNELS, DENSITY, THROUGH, surfaceOf, laid, sweep } from "./surface.js";

export const { DOT, MARKERS } = NUMBERS;
const { DOT_PHASES } = NUMBERS;

/** The marker of a class, as a place in `MARKERS`; levels of a number are circles all.
 * @param {number} label
 * @param {Theme} theme
 */
export function markerOf(label, theme) {
  if (theme.ramp) return 0;
  return theme.markers.length ? theme.markers[label % theme.markers.length] : label % MARKERS.length;
}

/** @type {Map<string, Sprite>} */
const sprites = new Map();

/** Densities of a marker at 8 × 8 phases, (64, size, size).
 * @param {number} marker
 * @param {number} radius
 * @param {number} opacity
 */
export function spriteOf(marker, radius, opacity) {
  const key = `${marker} ${radius.toFixed(3)} ${opacity}`;
  const known = sprites.get(key);
  if (known) return known;
  if (sprites.size > 200) sprites.clear();
  const outline = MARKERS[marker].map(([x, y]) => [x * radius, y * radius]);
  const furthest = Math.max(...outline.flat().map(Math.abs));
  const reach = Math.ceil(furthest) + 1;
  const size = 2 * reach + 1;
  const data = new Float32Array(DOT_PHASES * DOT_PHASES * size * size);
  const ground = surfaceOf(size, size);
  for (let phase = 0; phase < DOT_PHASES * DOT_PHASES; phase++) {
    const x = reach + ((phase % DOT_PHASES) + 0.5) / DOT_PHASES;
    const y = reach + (Math.floor(phase / DOT_PHASES) + 0.5) / DOT_PHASES;
    ground.sums.fill(0);
    outline.forEach(([u, v], i) => {
      const [p, q] = outline[(i + 1) % outline.length];
      sweep(ground, x + u, y + v, x + p, y + q, 1, 0, 0, 0, 0);
    });
    for (let row = 0; row < size; row++) {
      let cover = 0;
      for (let column = 0; column < size; column++) {
        cover += ground.sums[(row * ground.stride + column) * CHANNELS];
        const density = -Math.log1p(-opacity * Math.min(Math.abs(cover), 1)) * DENSITY;
        data[(phase * size + row) * size + column] = Math.round(density);
      }
    }
  }
  const sprite = { data, size, reach, spans: spansOf(data, size) };
  sprites.set(key, sprite);
  return sprite;
}

/** For each row of each picture where what is not 0 begins and ends.
 * @param {Float32Array} data
 * @param {number} size
 */
function spansOf(data, size) {
  const rows = data.length / size;
  const spans = new Uint8Array(2 * rows);
  for (let row = 0; row < rows; row++) {
    let first = 0;
    let last = size;
    while (first < size && data[row * size + first] === 0) first++;
    while (last > first && data[row * size + last - 1] === 0) last--;
    spans[2 * row] = first;
    spans[2 * row + 1] = last;
  }
  return spans;
}

/** Which of a sprite's pictures stands for a centre between the pixels.
 * @param {number} x
 * @param {number} y
 */
export function phaseOf(x, y) {
  const [u, v] = [x - Math.floor(x), y - Math.floor(y)];
  return Math.floor(v * DOT_PHASES) * DOT_PHASES + Math.floor(u * DOT_PHASES);
}

/** Add a marker at x, y to one channel; channels lie one behind the other here.
 * @param {Surface} surface
 * @param {Sprite} sprite
 * @param {number} x
 * @param {number} y
 * @param {number} channel
 */
function stamp(surface, sprite, x, y, channel) {
  const { sums, stride, clip, low, high } = surface;
  const block = channel * stride * surface.height;
  const { data, size, reach, spans } = sprite;
  const column = Math.floor(x) - reach;
  const row = Math.floor(y) - reach;
  const phase = phaseOf(x, y);
  const end = Math.min(row + size, clip.y1);
  for (let j = Math.max(row, clip.y0); j < end; j++) {
    const line = phase * size + j - row;
    const first = Math.max(column + spans[2 * line], clip.x0);
    const last = Math.min(column + spans[2 * line + 1], clip.x1);
    if (first >= last) continue;
    if (first < low[j]) low[j] = first;
    if (last > high[j] + 1) high[j] = last - 1;
    const place = block + j * stride;
    const from = line * size - column;
    for (let c = first; c < last; c++) sums[place + c] += data[from + c];
  }
}

/** Add a marker at x, y to the channels 1 … 4: density, and density × colour.
 * @param {Surface} surface
 * @param {Sprite} sprite
 * @param {number} x
 * @param {number} y
 * @param {number} red
 * @param {number} green
 * @param {number} blue
 */
function stampColour(surface, sprite, x, y, red, green, blue) {
  const { sums, stride, clip } = surface;
  const { data, size, reach, spans } = sprite;
  const block = stride * surface.height;
  const column = Math.floor(x) - reach;
  const row = Math.floor(y) - reach;
  const phase = phaseOf(x, y);
  const end = Math.min(row + size, clip.y1);
  for (let j = Math.max(row, clip.y0); j < end; j++) {
    const line = phase * size + j - row;
    const last = Math.min(column + spans[2 * line + 1], clip.x1);
    for (let c = Math.max(column + spans[2 * line], clip.x0); c < last; c++) {
      const density = data[line * size + c - column];
      const place = block + j * stride + c;
      sums[place] += density;
      sums[place + block] += density * red;
      sums[place + 2 * block] += density * green;
      sums[place + 3 * block] += density * blue;
    }
  }
}

/** Lay dots over the surface, first all outlines, then all fillings; `flat` in its pixels.
 *
 * Up to four classes have a channel each; of more, density and colour are added up.
 * @param {Surface} surface
 * @param {Numbers} flat
 * @param {number} from
 * @param {ArrayLike<number> & Iterable<number>} labels
 * @param {number} unit
 * @param {Theme} theme
 */
export function paintDots(surface, flat, from, labels, unit, theme) {
  const radius = DOT.radius * unit;
  const fillings = [];
  const rims = [];
  let classes = 0;
  for (const label of labels) {
    if (rims[label]) continue;
    const marker = markerOf(label, theme);
    rims[label] = spriteOf(marker, radius + DOT.outline * unit, DOT.opacity);
    fillings[label] = spriteOf(marker, radius, DOT.opacity);
    classes = Math.max(classes, label + 1);
  }
  const colours = fillings.map((_, label) => theme.classes[label % theme.classes.length]);
  const few = classes < CHANNELS;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    const x = flat[2 * (from + i)];
    const y = flat[2 * (from + i) + 1];
    stamp(surface, rims[label], x, y, 0);
    if (few) stamp(surface, fillings[label], x, y, 1 + label);
    else stampColour(surface, fillings[label], x, y, colours[label][0], colours[label][1], colours[label][2]);
  }
  layDots(surface, theme.outline, few ? [0, 1, 2, 3].map((label) => colours[label] || [0, 0, 0]) : null);
}

/** Lay accumulated outlines, then fillings, and clear them; `colours` of the four classes, if so.
 * @param {Surface} surface
 * @param {Colour} outline
 * @param {Colour[] | null} colours
 */
function layDots(surface, outline, colours) {
  const { clip, sums, low, high, pixels, width, stride } = surface;
  const block = stride * surface.height;
  const [a, b, c, d] = colours || [];
  for (let row = clip.y0; row < clip.y1; row++) {
    for (let column = low[row]; column <= high[row]; column++) {
      const place = row * stride + column;
      const rim = sums[place];
      if (rim === 0) continue;
      let density = sums[place + block];
      let red = sums[place + 2 * block];
      let green = sums[place + 3 * block];
      let blue = sums[place + 4 * block];
      if (colours) {
        const one = density;
        const two = red;
        const three = green;
        const four = blue;
        density = one + two + three + four;
        red = one * a[0] + two * b[0] + three * c[0] + four * d[0];
        green = one * a[1] + two * b[1] + three * c[1] + four * d[1];
        blue = one * a[2] + two * b[2] + three * c[2] + four * d[2];
      }
      const thin = THROUGH[rim < THROUGH.length ? rim | 0 : THROUGH.length - 1];
      const through = THROUGH[density < THROUGH.length ? density | 0 : THROUGH.length - 1];
      const share = (1 - through) / (density > 1 ? density : 1);
      const under = (1 - thin) * through;
      const pixel = row * width + column;
      pixels[pixel] = laid(
        pixels[pixel], thin * through,
        under * outline[0] + share * red,
        under * outline[1] + share * green,
        under * outline[2] + share * blue,
      );
      for (let channel = 0; channel < CHANNELS; channel++) sums[place + channel * block] = 0;
    }
    low[row] = stride;
    high[row] = -1;
  }
}
