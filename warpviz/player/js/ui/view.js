/* The view that a person turns, zooms and moves, beside the film's own camera. */

/** @import { Summary } from "../api.js" */
/** @import { Place, View } from "../types.js" */
/** @import { Player } from "./player.js" */

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

/** A view as a word of the address: its five numbers.
 * @param {View} view
 */
export const viewWord = ({ yaw, pitch, zoom, panX, panY }) => [yaw, pitch, zoom, panX, panY].map((x) => +x.toFixed(4)).join(",");

/** The view that such a word tells; null where it tells none.
 * @param {string} word
 * @returns {View | null}
 */
export function viewOf(word) {
  const told = numbersOf(word);
  if (told.length !== 5) return null;
  const [yaw, pitch, zoom, panX, panY] = told;
  const view = { yaw: 0, pitch: 0, zoom: Math.min(Math.max(zoom, SMALLEST), LARGEST), panX, panY };
  turnView(view, yaw, pitch);
  return view;
}

/** Take the numbers of a view that are given.
 * @param {Pick<Player, "view" | "redraw">} player
 * @param {unknown} value
 */
export function setView({ view, redraw }, value) {
  const { yaw, pitch, zoom, panX, panY } = { ...view, ...(value && typeof value === "object" ? value : {}) };
  const seen = viewOf([yaw, pitch, zoom, panX, panY].join(","));
  if (seen) Object.assign(view, seen);
  redraw();
}

/** Numbers between commas; [] where one of them is none.
 * @param {string} word
 */
export function numbersOf(word) {
  const told = word.split(",").map((text) => (text.trim() ? Number(text) : NaN));
  return told.every(Number.isFinite) ? told : [];
}
