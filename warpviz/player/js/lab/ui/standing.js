/* How a column stands with the weights that are shown: loss and accuracy of all points. */

/** @import { OwnColumn, Setup } from "./room.js" */

import { engineOf } from "../training/engine.js";
import { engineLayers } from "./network.js";

/** @typedef {{ loss: number, accuracy: number }} Standing */

/** What was worked out, or told by a worker, of columns; they are never changed in place.
 * @type {WeakMap<OwnColumn, { data: Setup["data"], training: Setup["training"], standing: Standing }>} */
const standings = new WeakMap();

/** Note what a worker told.
 * @param {Setup} setup
 * @param {OwnColumn} column
 * @param {Standing} standing
 */
export function noteStanding({ data, training }, column, { loss, accuracy }) {
  standings.set(column, { data, training, standing: { loss, accuracy } });
}

/** The loss, with its penalties, and the share of points that are told right.
 * @param {Setup} setup
 * @param {number} column
 * @returns {Standing}
 */
export function standingOf(setup, column) {
  const { data, training, columns } = setup;
  const own = columns[column];
  const before = standings.get(own);
  if (before && before.data === data && before.training === training) return before.standing;
  const { points } = data;
  const count = points.y.length;
  const engine = engineOf(engineLayers(own.layers), "cross_entropy", training, points.x.length / count, count);
  engine.feed(points.x, points.y, null, 0, count);
  noteStanding(setup, own, engine.look());
  return standingOf(setup, column);
}
