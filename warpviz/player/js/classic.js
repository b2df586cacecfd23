/* The classic picture: a scatter plot whose axes follow the data (see warpviz/picture/classic.py). */

/** @import { Classic, ClassicPose, ClassicTree, Colour, Context, Discs, Numbers, Sprite, Surface, Theme } from "./types.js" */

import { NUMBERS } from "./given.js";
import { keyframesFrom } from "./chain.js";
import { THROUGH, laid } from "./raster/surface.js";
import { spriteOf, phaseOf } from "./raster/dots.js";
import { THINNEST, css, textWidth, putText, putMarker } from "./marks/overlay.js";
import { niceStep, tickLabel } from "./marks/axes.js";

const { CLASSIC } = NUMBERS;

/** The film's dots, made ready.
 * @param {ClassicTree} tree
 */
export function classicOf(tree) {
  const keyframes = keyframesFrom(tree.keyframes);
  const [width, height] = tree.size;
  const unit = Math.min(width / CLASSIC.size[0], height / CLASSIC.size[1]);
  let largest = 0;
  keyframes.forEach((_, k) => {
    for (let axis = 0; axis < 2; axis++) largest = Math.max(largest, tree.keyframes.span[2 * k + axis]);
  });
  return {
    ...tree, keyframes, unit,
    least: CLASSIC.flattest * largest || 1,
    box: {
      x0: Math.round(CLASSIC.margins.x0 * unit), y0: Math.round(CLASSIC.margins.y0 * unit),
      x1: width - Math.round(CLASSIC.margins.x1 * unit), y1: height - Math.round(CLASSIC.margins.y1 * unit),
    },
    points: new Float64Array(keyframes[0].length),
  };
}

/** Dots and the axes' range at a moment: film pixels, low, high.
 * @param {Classic} scene
 * @param {number} k
 * @param {number} t
 */
export function classicPose(scene, k, t) {
  const { keyframes, points, box, least } = scene;
  const start = keyframes[k];
  const end = keyframes[Math.min(k + 1, keyframes.length - 1)];
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  for (let i = 0; i < points.length; i++) {
    const value = (1 - t) * start[i] + t * end[i];
    points[i] = value;
    if (value < low[i & 1]) low[i & 1] = value;
    if (value > high[i & 1]) high[i & 1] = value;
  }
  for (let axis = 0; axis < 2; axis++) {
    const middle = (low[axis] + high[axis]) / 2;
    const reach = Math.max(high[axis] - low[axis], least) * (CLASSIC.widen / 2);
    low[axis] = middle - reach;
    high[axis] = middle + reach;
  }
  const across = (box.x1 - box.x0) / (high[0] - low[0]);
  const up = (box.y1 - box.y0) / (high[1] - low[1]);
  for (let i = 0; i < points.length; i += 2) {
    points[i] = box.x0 + (points[i] - low[0]) * across;
    points[i + 1] = box.y1 - (points[i + 1] - low[1]) * up;
  }
  return { flat: points, low, high };
}

/** @type {Map<string, Discs>} */
const pairs = new Map();

/** Translucent discs with an outline, at 8 × 8 phases: densities of the filling and of it all.
 * @param {number} radius
 * @param {number} line
 */
function outlined(radius, line) {
  const key = `${radius} ${line}`;
  const known = pairs.get(key);
  if (known) return known;
  if (pairs.size > 40) pairs.clear();
  const outer = spriteOf(0, radius + line / 2, CLASSIC.alpha);
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
  inside(spriteOf(0, radius, CLASSIC.alpha), (place, density) => {
    filling[place] = density;
    all[place] += density;
  });
  inside(spriteOf(0, Math.max(radius - line / 2, 1e-3), CLASSIC.alpha), (place, density) => {
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
function paintSeries(surface, flat, from, count, { all, filling, size, reach }, detail, colour) {
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

/** The raster's part of the classic picture.
 * @param {Surface} surface
 * @param {Classic} scene
 * @param {ClassicPose} pose
 * @param {number} detail
 */
export function rasterClassic(surface, scene, pose, detail) {
  Object.assign(surface.clip, { x0: 0, y0: 0, x1: surface.width, y1: surface.height });
  let from = 0;
  for (const { colour, radius, count } of scene.series) {
    const discs = outlined(radius * scene.unit * detail, CLASSIC.line * scene.unit * detail);
    paintSeries(surface, pose.flat, from, count, discs, detail, colour);
    from += count;
  }
}

/** Frame, legend, ticks and numbers.
 * @param {Context} context
 * @param {Classic} scene
 * @param {ClassicPose} pose
 * @param {Theme} theme
 */
export function dressClassic(context, scene, pose, theme) {
  const { box, unit } = scene;
  const thin = Math.max(THINNEST, unit);
  const small = Math.max(CLASSIC.least, Math.round(CLASSIC.tick.size * unit));
  const length = CLASSIC.tick.length * unit;
  /** @type {(x0: number, y0: number, x1: number, y1: number) => void} */
  const bar = (x0, y0, x1, y1) => context.fillRect(x0, y0, x1 - x0, y1 - y0);
  context.fillStyle = css(theme.text);
  for (const x of [box.x0, box.x1]) bar(x, box.y0, x + thin, box.y1 + thin);
  for (const y of [box.y0, box.y1]) bar(box.x0, y, box.x1 + thin, y + thin);
  for (const axis of [0, 1]) {
    const span = pose.high[axis] - pose.low[axis];
    const step = niceStep(span, CLASSIC.most_steps[axis]);
    const last = Math.floor(pose.high[axis] / step);
    for (let i = Math.ceil(pose.low[axis] / step); i <= last; i++) {
      const share = (i * step - pose.low[axis]) / span;
      const label = tickLabel(i * step, step);
      context.fillStyle = css(theme.text);
      if (axis === 0) {
        const x = box.x0 + share * (box.x1 - box.x0);
        bar(x, box.y1 + thin, x + thin, box.y1 + thin + length);
        putText(context, label, x + thin / 2, box.y1 + thin + length + CLASSIC.tick.below * unit, theme.text, small, [0.5, 0]);
      } else {
        const y = box.y1 - share * (box.y1 - box.y0);
        bar(box.x0 - length, y, box.x0, y + thin);
        putText(context, label, box.x0 - length - CLASSIC.tick.beside * unit, y + thin / 2, theme.text, small, [1, 0.5]);
      }
    }
  }
  classicLegend(context, scene, theme);
}

/**
 * @param {Context} context
 * @param {Classic} given
 * @param {Theme} theme
 */
function classicLegend(context, { series, box, unit }, theme) {
  const small = Math.max(CLASSIC.least, Math.round(CLASSIC.legend.size * unit));
  const y = box.y0 - CLASSIC.legend.up * unit;
  let x = box.x1;
  for (const { name, radius, colour } of [...series].reverse()) {
    x -= textWidth(context, name, small);
    putText(context, name, x, y, theme.text, small, [0, 0.5]);
    x -= (radius + CLASSIC.legend.before) * unit;
    // As many dots as it takes to be seen as well as a cloud is.
    const through = (1 - CLASSIC.alpha) ** CLASSIC.legend.dots;
    /** @param {number[]} part */
    const over = (part) => part.map((value, i) => value * (1 - through) + theme.background[i] * through);
    putMarker(context, x, y, 0, (radius + CLASSIC.line / 2) * unit, over([0, 0, 0]));
    putMarker(context, x, y, 0, (radius - CLASSIC.line / 2) * unit, over(colour));
    x -= (radius + CLASSIC.legend.apart) * unit;
  }
}
