/* Curves on a chart: some move up and down, some grow (see warpviz/picture/figure.py). */

/** @import { ChartTree, Context, CurveTree, Numbers, ScaleTree, Theme } from "../types.js" */

import { NUMBERS } from "../given.js";
import { putMarker } from "../marks/overlay.js";
import { markerOf } from "../raster/dots.js";
import { clipTo, inkOf } from "./still.js";

const { CURVE } = NUMBERS;
const FAR_ABOVE = 9; // heights of the axes

/** The points (m, 2) of a curve in act k at t; a place that is no number breaks it.
 * @param {CurveTree} curve
 * @param {number} k
 * @param {number} t
 * @returns {Numbers}
 */
export function curveAt(curve, k, t) {
  if ("rows" in curve) return moving(curve, k, t);
  const { points, progress } = curve;
  if (!progress) return points;
  const place = placeOn(progress, k, t);
  const whole = Math.floor(place);
  const next = Math.min(whole + 1, points.length / 2 - 1);
  const out = new Float64Array(2 * whole + 4);
  out.set(points.subarray(0, 2 * whole + 2));
  for (const axis of [0, 1]) {
    const start = points[2 * whole + axis];
    out[2 * whole + 2 + axis] = start + (place - whole) * (points[2 * next + axis] - start);
  }
  return out;
}

/** How far a curve has grown, counted in its points.
 * @param {Numbers} progress
 * @param {number} k
 * @param {number} t
 */
function placeOn(progress, k, t) {
  return (1 - t) * progress[k] + t * progress[Math.min(k + 1, progress.length - 1)];
}

/**
 * @param {Extract<CurveTree, { rows: unknown }>} curve
 * @param {number} k
 * @param {number} t
 */
function moving({ x, rows }, k, t) {
  const { low, step, steps } = rows;
  const [keyframes, count] = steps.shape;
  const here = k * count;
  const there = Math.min(k + 1, keyframes - 1) * count;
  const out = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    const [a, b] = [steps[here + i], steps[there + i]];
    out[2 * i] = a && b ? x[i] : NaN;
    out[2 * i + 1] = low + step * ((1 - t) * a + t * b - 1);
  }
  return out;
}

/** Draw a curve as far as it has come.
 * @param {Context} context
 * @param {CurveTree} curve
 * @param {number} k
 * @param {number} t
 * @param {Theme} theme
 */
export function putCurve(context, curve, k, t, theme) {
  const points = curveAt(curve, k, t);
  const { inside, width, head } = curve;
  const colour = inkOf(theme, curve.colour);
  const inks = "ink" in curve && curve.ink;
  context.save();
  clipTo(context, inside);
  context.lineWidth = width + CURVE.soft / context.getTransform().a;
  context.lineJoin = "round";
  context.lineCap = "butt";
  context.setLineDash([]);
  let from = 0;
  const last = points.length / 2 - 1;
  while (from < last) {
    // What has as much ink is one line: its pieces do not darken each other.
    let to = from + 1;
    while (inks && to < last && inks[to] === inks[from]) to++;
    if (!inks) to = last;
    context.strokeStyle = `rgba(${colour}, ${1 - Math.exp(-CURVE.ink * (inks ? inks[from] : 1))})`;
    strokeThrough(context, points, from, to);
    from = to;
  }
  context.restore();
  if (head === null) return;
  const [x, y] = [points[2 * last], points[2 * last + 1]];
  // A pixel more: a line that ends on a side of the box has its marker there.
  if (inside && !(inside.x0 - 1 <= x && x <= inside.x1 + 1 && inside.y0 - 1 <= y && y <= inside.y1 + 1)) return;
  const marker = markerOf(head, theme);
  putMarker(context, x, y, marker, CURVE.rim * CURVE.head * width, theme.outline);
  putMarker(context, x, y, marker, CURVE.head * width, colour);
}

/**
 * @param {Context} context
 * @param {Numbers} points
 * @param {number} from
 * @param {number} to
 */
function strokeThrough(context, points, from, to) {
  context.beginPath();
  let begun = false;
  for (let i = from; i <= to; i++) {
    const [x, y] = [points[2 * i], points[2 * i + 1]];
    if (x !== x || y !== y) begun = false;
    else if (begun) context.lineTo(x, y);
    else {
      context.moveTo(x, y);
      begun = true;
    }
  }
  context.stroke();
}

/** A value at a place between numbers, counted in them.
 * @param {Numbers} values
 * @param {number} place
 */
function between(values, place) {
  const here = Math.min(Math.floor(place), values.length - 1);
  return values[here] + (place - here) * (values[Math.min(here + 1, values.length - 1)] - values[here]);
}

/** The value at a part of an axis, 0 … 1.
 * @param {ScaleTree} scale
 * @param {number} part
 */
export function valueAt({ kind, low, high, straight, stretch }, part) {
  if (kind === "log") return low * (high / low) ** part;
  if (kind !== "symlog") return low + part * (high - low);
  // Linear up to `straight`, a decade as long as another beyond: as matplotlib has it.
  const half = stretch / (1 - 1 / 10);
  /** @param {number} value */
  const along = (value) => {
    const size = Math.abs(value);
    return Math.sign(value) * (size <= straight ? half * size : straight * (half + Math.log10(size / straight)));
  };
  const there = along(low) + part * (along(high) - along(low));
  const size = Math.abs(there);
  return Math.sign(there) * (size <= half * straight ? size / half : straight * 10 ** (size / straight - half));
}

/** What the growing curves of a chart with names have come to, such as "loss 0.0213".
 * @param {ChartTree} chart
 * @param {number} k
 * @param {number} t
 */
export function told({ curves, inside, scales, ground }, k, t) {
  return curves.flatMap((curve, i) => {
    if (!curve.name || "rows" in curve || !curve.progress) return [];
    const points = curveAt(curve, k, t);
    const y = points[points.length - 1];
    const part = (inside.y1 - y) / (inside.y1 - inside.y0);
    // What overflowed stands far above the axes: it is no number.
    const known = part < FAR_ABOVE ? valueAt(scales[1], part) : NaN;
    const value = ground ? between(ground.along[i], placeOn(curve.progress, k, t)) : known;
    return [`${curve.name} ${value === value ? Number(value.toPrecision(3)) : "–"}`];
  }).join(", ").replaceAll("-", "−");
}
