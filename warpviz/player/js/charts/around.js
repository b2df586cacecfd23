/* What lies on a ground and stands around it, where it is not seen as the film has it. */

/** @import { ChartTree, Context, Ground, Numbers, ShapeTree, Standing, Theme } from "../types.js" */

import { NUMBERS } from "../given.js";
import { niceStep, tickLabel } from "../marks/axes.js";
import { putStrokes, putText } from "../marks/overlay.js";
import { putCurve } from "./curves.js";
import { putAlong } from "./names.js";
import { besideKey, emOf } from "./room.js";
import { clipTo, putStill } from "./still.js";

const { BESIDE_GROUND } = NUMBERS;
const TICKS = 5; // steps of an axis, about

/** The ground's own words and curves, moved as it is.
 * @param {Context} context
 * @param {ChartTree} chart
 * @param {Ground} ground
 * @param {Standing} stands
 * @param {number} k
 * @param {number} t
 * @param {Theme} theme
 */
export function putAround(context, chart, ground, stands, k, t, theme) {
  const { box, inside, marks, curves } = chart;
  const em = emOf(chart);
  if (stands.turned) edges(context, chart, ground, stands, em, theme);
  else {
    ticks(context, chart, stands, em, theme);
    putStill(context, marks.filter((mark) => mark.part === "axis" && "text" in mark && ground.names.includes(mark.text)), theme);
  }
  context.save();
  clipTo(context, stands.turned ? box : inside);
  curves.forEach((curve, i) => {
    if (!("points" in curve)) return;
    const points = curve.points.slice();
    for (let n = 0; n < points.length; n += 2) points.set(onGround(points, n, ground.along[i][n / 2]), n);
    putCurve(context, { ...curve, points, inside: stands.turned ? box : inside }, k, t, theme);
  });
  const lying = marks.filter((mark) => mark.part === "data" && "points" in mark && mark.places);
  putStill(context, /** @type {ShapeTree[]} */ (lying).map((mark) => ({ ...mark, places: ends(mark), inside: null })), theme);
  context.restore();
  putStill(context, marks.filter(({ part }) => part !== "axis" && part !== "data"), theme);

  /** A point of the map as it is seen at a height.
   * @param {Numbers} points
   * @param {number} n
   * @param {number} height
   */
  function onGround(points, n, height) {
    const [x, y] = stands.at(points[n], points[n + 1], ground.share(height));
    return [x, y];
  }
  /** Marks stand on the point of a curve that they are at.
   * @param {ShapeTree} mark
   */
  function ends({ places }) {
    const all = /** @type {Float32Array} */ (places);
    const out = all.slice();
    for (let n = 0; n < all.length; n += 2) out.set(onGround(all, n, heightAt(all[n], all[n + 1])), n);
    return out;
  }
  /**
   * @param {number} x
   * @param {number} y
   */
  function heightAt(x, y) {
    let [best, height] = [Infinity, ground.values[0]];
    curves.forEach((curve, i) => {
      if (!("points" in curve)) return;
      for (const n of [0, curve.points.length - 2]) {
        const away = Math.hypot(curve.points[n] - x, curve.points[n + 1] - y);
        if (away < best) [best, height] = [away, ground.along[i][n / 2]];
      }
    });
    return height;
  }
}

/** Frame and ticks of a map that was zoomed or moved.
 * @param {Context} context
 * @param {ChartTree} chart
 * @param {Standing} stands
 * @param {number} em
 * @param {Theme} theme
 */
function ticks(context, { inside, scales }, { middle, fit }, em, theme) {
  const { x0, y0, x1, y1 } = inside;
  const frame = [[x0, y0, x1, y0], [x0, y1, x1, y1], [x0, y0, x0, y1], [x1, y0, x1, y1]];
  const small = BESIDE_GROUND.small * em;
  scales.forEach(({ low, high }, axis) => {
    const [from, to] = axis ? [y1, y0] : [x0, x1];
    const units = (high - low) / (to - from) / fit;
    const first = (low + high) / 2 + (from - middle[axis]) * units;
    const last = (low + high) / 2 + (to - middle[axis]) * units;
    const step = niceStep(last - first, TICKS);
    for (let i = Math.ceil(first / step); i <= Math.floor(last / step); i++) {
      const at = middle[axis] + (i * step - (low + high) / 2) / units;
      const label = tickLabel(i * step, step);
      frame.push(axis ? [x0 - BESIDE_GROUND.tick * em, at, x0, at] : [at, y1, at, y1 + BESIDE_GROUND.tick * em]);
      if (axis) putText(context, label, x0 - 0.5 * em, at, theme.muted, small, [1, 0.5]);
      else putText(context, label, at, y1 + 0.45 * em, theme.muted, small, [0.5, 0]);
    }
  });
  putStrokes(context, frame, 1.1, theme.muted);
}

/** The nearer edges of a turned map at its lowest, posts to the heights above their corners, and the
 * names of its axes.
 * @param {Context} context
 * @param {ChartTree} chart
 * @param {Ground} ground
 * @param {Standing} stands
 * @param {number} em
 * @param {Theme} theme
 */
function edges(context, chart, { names, values, rows, columns, share }, stands, em, theme) {
  const { x0, y0, x1, y1 } = chart.inside;
  const corners = [[x0, y1, 0], [x1, y1, columns - 1], [x1, y0, rows * columns - 1], [x0, y0, (rows - 1) * columns]].map(([x, y, n]) => {
    const [foot, top] = [stands.at(x, y, 0), stands.at(x, y, share(values[n]))];
    return { foot, post: [foot[0], foot[1], top[0], top[1]] };
  });
  const sides = [0, 1, 2, 3].map((i) => {
    const [a, b] = [corners[i], corners[(i + 1) % 4]];
    return { axis: i % 2, ends: [a, b], line: [a.foot[0], a.foot[1], b.foot[0], b.foot[1]], near: a.foot[2] + b.foot[2] };
  });
  const nearer = [0, 1].map((axis) => sides.filter((side) => side.axis === axis).sort((p, q) => q.near - p.near)[0]);
  const posts = new Set(nearer.flatMap(({ ends }) => ends));
  context.save();
  clipTo(context, chart.box);
  putStrokes(context, [...nearer.map(({ line }) => line), ...[...posts].map(({ post }) => post)], 1.1, theme.muted, 0.8);
  const middle = stands.at((x0 + x1) / 2, (y0 + y1) / 2, 0);
  const room = besideKey(chart);
  nearer.forEach(({ line }, axis) => putAlong(context, names[axis], line, middle, room, BESIDE_GROUND.small * em, theme));
  context.restore();
}
