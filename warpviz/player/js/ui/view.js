/* The view that a person turns, zooms and moves, beside the film's own camera. */

/** @import { Summary } from "../api.js" */
/** @import { Place, View } from "../types.js" */

const SMALLEST = 0.2; // of the film's own size
const LARGEST = 40;

/** Turn by radians; the pitch stays within a half turn.
 * @param {View} view
 * @param {number} yaw
 * @param {number} pitch
 */
export function turnView(view, yaw, pitch) {
  view.yaw += yaw;
  view.pitch = Math.min(Math.max(view.pitch + pitch, -Math.PI), Math.PI);
}

/** Zoom by a factor about a film pixel, by default the middle of the first panel.
 * @param {View} view
 * @param {Pick<Summary, "box" | "centre">[]} panels
 * @param {number} by
 * @param {Place | null} at
 */
export function zoomView(view, panels, by, at) {
  const panel = panels.find(({ box }) => at && at[0] >= box[0] && at[0] < box[2] && at[1] >= box[1] && at[1] < box[3]) || panels[0];
  if (!panel) return;
  const factor = Math.min(Math.max(view.zoom * by, SMALLEST), LARGEST) / view.zoom;
  const [x, y] = at || panel.centre;
  view.panX = x - panel.centre[0] - (x - panel.centre[0] - view.panX) * factor;
  view.panY = y - panel.centre[1] - (y - panel.centre[1] - view.panY) * factor;
  view.zoom *= factor;
}
