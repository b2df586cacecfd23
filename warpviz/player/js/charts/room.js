/* Where a ground stands that was turned: it leaves the chart's key alone, and its axes have names. */

/** @import { Box, ChartTree } from "../types.js" */

import { NUMBERS } from "../given.js";

const LEAST_EM = 9; // pixels that an em of the words has at least
const NAME_ROOM = 1.4; // em around a turned ground, for the names of its axes
const FREE = 0.12; // how far it is turned, as 3 less its rotation's trace, when it has left the key

/** An em of what stands around a ground.
 * @param {Pick<ChartTree, "box">} chart
 */
export function emOf({ box }) {
  return Math.max(LEAST_EM, NUMBERS.BESIDE_GROUND.em * (box.y1 - box.y0));
}

/** What the outlines of a chart's key reach over, null where it has none.
 * @param {Pick<ChartTree, "marks">} chart
 * @returns {Box | null}
 */
function keyOf({ marks }) {
  const reach = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
  for (const mark of marks) {
    if (mark.part !== "key" || !("points" in mark) || mark.places) continue;
    for (let i = 0; i + 1 < mark.points.length; i += 2) {
      const [x, y] = [mark.points[i], mark.points[i + 1]];
      if (!(x === x && y === y)) continue;
      reach.x0 = Math.min(reach.x0, x);
      reach.x1 = Math.max(reach.x1, x);
      reach.y0 = Math.min(reach.y0, y);
      reach.y1 = Math.max(reach.y1, y);
    }
  }
  return reach.x0 < reach.x1 ? reach : null;
}

/** All that a turned ground and the names around it may have: the largest part of the chart beside
 * its key, which keeps its place.
 * @param {ChartTree} chart
 * @returns {Box}
 */
export function besideKey(chart) {
  const { box, inside } = chart;
  const whole = { x0: box.x0, y0: inside.y0, x1: inside.x1, y1: (inside.y1 + box.y1) / 2 };
  const key = keyOf(chart);
  if (!key) return whole;
  const sides = [
    { ...whole, y0: Math.max(key.y1, whole.y0) }, { ...whole, y1: Math.min(key.y0, whole.y1) },
    { ...whole, x1: Math.min(key.x0, whole.x1) }, { ...whole, x0: Math.max(key.x1, whole.x0) },
  ];
  /** @param {Box} side */
  const least = ({ x0, y0, x1, y1 }) => Math.min(x1 - x0, y1 - y0);
  return sides.reduce((best, side) => (least(side) > least(best) ? side : best));
}

/** The room of a ground: that of its map from above, and the more it is turned that beside the key.
 * @param {ChartTree} chart
 * @param {number[]} turn
 * @returns {Box}
 */
export function roomOf(chart, turn) {
  const { inside } = chart;
  const { x0, y0, x1, y1 } = besideKey(chart);
  const named = Math.min(NAME_ROOM * emOf(chart), (x1 - x0) / 4, (y1 - y0) / 4);
  const share = Math.min((3 - turn[0] - turn[4] - turn[8]) / FREE, 1);
  /**
   * @param {number} from
   * @param {number} to
   */
  const mix = (from, to) => (1 - share) * from + share * to;
  return {
    x0: mix(inside.x0, x0 + named), y0: mix(inside.y0, y0 + named),
    x1: mix(inside.x1, x1 - named), y1: mix(inside.y1, y1 - named),
  };
}
