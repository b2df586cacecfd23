/* What a pointer is on in a chart: a curve's point, with its numbers. */

/** @import { ChartTree, Place } from "../types.js" */
/** @import { Found } from "../api.js" */

import { GRASP } from "../marks/overlay.js";
import { curveAt, valueAt } from "./curves.js";

/** The point of a curve that is nearest to x, y, within reach; null without one.
 * @param {ChartTree[]} charts
 * @param {number} x
 * @param {number} y
 * @param {number} k
 * @param {number} t
 * @returns {Found | null}
 */
export function pointed(charts, x, y, k, t) {
  for (const chart of charts) {
    const { inside, scales, curves } = chart;
    if (x < inside.x0 - GRASP || x > inside.x1 + GRASP || y < inside.y0 - GRASP || y > inside.y1 + GRASP) continue;
    let least = GRASP ** 2;
    let found = null;
    for (const curve of curves) {
      const points = curveAt(curve, k, t);
      for (let i = 0; i < points.length; i += 2) {
        const away = (points[i] - x) ** 2 + (points[i + 1] - y) ** 2;
        if (away <= least) [least, found] = [away, { i, name: curve.name, at: /** @type {Place} */ ([points[i], points[i + 1]]) }];
      }
    }
    if (!found) continue;
    const { i, name, at } = found;
    const across = valueAt(scales[0], (at[0] - inside.x0) / (inside.x1 - inside.x0));
    const up = valueAt(scales[1], (inside.y1 - at[1]) / (inside.y1 - inside.y0));
    const told = `(${[across, up].map((value) => Number(value.toPrecision(3))).join(", ")})`.replaceAll("-", "−");
    return { panel: -1, kind: "curve", index: i, label: null, name, input: null, values: null, at, told };
  }
  return null;
}
