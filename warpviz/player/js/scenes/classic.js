/* The classic picture: a scatter plot whose axes follow the data (see warpviz/picture/classic.py). */

/** @import { Classic, ClassicPose, ClassicTree, Context, Scene, Surface, Theme } from "../types.js" */

import { NUMBERS } from "../given.js";
import { keyframesFrom } from "../keyframes.js";
import { outlined, paintSeries } from "../raster/discs.js";
import { THINNEST, css, textWidth, putText, putMarker } from "../marks/overlay.js";
import { niceStep, tickLabel } from "../marks/axes.js";

const { CLASSIC } = NUMBERS;

/** The scene of a classic film.
 * @param {ClassicTree} tree
 * @returns {Scene}
 */
export function classicScene(tree) {
  const picture = classicOf(tree);
  return {
    title: "", stops: tree.stops, acts: tree.stops.slice(1).map((stop) => `→ ${stop}`),
    parts: ["dots", "axes"], shown: ["dots", "axes", "legend"],
    size: tree.size, columns: 1,
    panels: () => [],
    tell: () => "",
    at({ k, t, theme, show }) {
      const pose = classicPose(picture, k, t);
      return {
        raster: (surface, detail) => { if (show.has("dots")) rasterClassic(surface, picture, pose, detail); },
        dress: (context) => { if (show.has("axes")) dressClassic(context, picture, pose, theme); },
      };
    },
    arrange() {},
    sizeIn: () => tree.size,
    bestIn: () => ({ columns: 1, size: tree.size }),
    pick: () => null,
    inputAt: () => null,
    states: () => null,
    acting: () => null,
    place: () => null,
  };
}

/** The film's dots, made ready.
 * @param {ClassicTree} tree
 */
function classicOf(tree) {
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
function classicPose(scene, k, t) {
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

/** The raster's part of the classic picture.
 * @param {Surface} surface
 * @param {Classic} scene
 * @param {ClassicPose} pose
 * @param {number} detail
 */
function rasterClassic(surface, scene, pose, detail) {
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
function dressClassic(context, scene, pose, theme) {
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
