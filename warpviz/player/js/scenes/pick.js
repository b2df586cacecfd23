/* What stands at a place of the picture. */

/** @import { Place, Staged } from "../types.js" */
/** @import { Found, Seen } from "../api.js" */

import { onProbe } from "../marks/probe.js";
import { poses } from "../pose.js";
import { statesAt, placeOf, dotAt, sheetAt, within } from "../ask.js";
import { classOfCell } from "../tint.js";

/** What is at x, y, see `pick` of `Film`: probes lie on dots, dots on the sheet.
 * @param {Staged} staged
 * @param {number} x
 * @param {number} y
 * @param {Seen} seen
 * @returns {Found | null}
 */
export function pick(staged, x, y, seen) {
  const { panels, tree } = staged;
  const index = panels.findIndex((panel) => within(panel, x, y));
  if (index < 0) return null;
  const panel = panels[index];
  const pose = poses(staged, seen)[index];
  for (const [i, { point, label }] of (seen.probes || []).entries()) {
    const place = placeOf(panel, point, pose.k, pose.t, pose.lens);
    if (place && onProbe(x - place[0], y - place[1], panel.layout)) {
      const values = statesAt(panel, point);
      return { panel: index, kind: "probe", index: i, label: null, name: label || "", input: Array.from(point), values, at: place };
    }
  }
  const dot = dotAt(panel, pose, x, y);
  if (dot >= 0) {
    const features = panel.features;
    const input = panel.dots && Array.from(panel.dots.subarray(dot * features, (dot + 1) * features));
    const label = panel.labels[dot];
    const place = 2 * (panel.vertices + dot);
    return {
      panel: index, kind: "dot", index: dot, label, name: tree.class_names[label] || "",
      input, values: statesAt(panel, input), at: [pose.flat[place], pose.flat[place + 1]],
    };
  }
  const sheet = sheetAt(panel, pose, x, y);
  if (!sheet) return null;
  const name = tree.class_names[classOfCell(panel, sheet.cell, pose.k + pose.t)] || "";
  const values = statesAt(panel, sheet.point);
  return { panel: index, kind: "sheet", index: sheet.cell, label: null, name, input: sheet.point, values, at: [x, y] };
}

/** The input point at x, y, see `inputAt` of `Film`.
 * @param {Staged} staged
 * @param {number} x
 * @param {number} y
 * @param {Seen} seen
 */
export function inputAt(staged, x, y, seen) {
  const { panels } = staged;
  const index = panels.findIndex((panel) => within(panel, x, y));
  if (index < 0) return null;
  const panel = panels[index];
  const pose = poses(staged, seen)[index];
  const sheet = sheetAt(panel, pose, x, y);
  if (sheet) return { panel: index, point: sheet.point };
  const { safe } = panel.layout;
  const outside = x < safe.x0 || x > safe.x1 || y < safe.y0 || y > safe.y1;
  if (outside || pose.k + pose.t > 0 || !panel.planar[0] || panel.features !== 2) return null;
  const { pivot, middle, centre, units, turn } = pose.lens;
  if (turn[8] !== 1) return null;
  const right = (x - centre[0]) * units + middle[0];
  const up = (centre[1] - y) * units + middle[1];
  const point = [pivot[0] + right * turn[0] + up * turn[3], pivot[1] + right * turn[1] + up * turn[4]];
  return { panel: index, point };
}

/** Where an input point is seen in a panel, see `place` of `Film`.
 * @param {Staged} staged
 * @param {number} index
 * @param {number[]} point
 * @param {Seen} seen
 * @returns {Place | null}
 */
export function placeIn(staged, index, point, seen) {
  const pose = poses(staged, seen)[index];
  return pose ? placeOf(staged.panels[index], point, pose.k, pose.t, pose.lens) : null;
}
