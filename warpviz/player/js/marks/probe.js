/* Points that are followed: the way of each, a ring where it is, its letter (see marks/probe.py). */

/** @import { Colour, Context, Layout, Theme } from "../types.js" */

import { NUMBERS } from "../given.js";
import { ASCENT, GRASP, css, putText, textWidth } from "./overlay.js";

const { PROBE, TRAIL } = NUMBERS;

/** The colour of the way of a point, told by its letter: colours that no class has, then creases'.
 * @param {Theme} theme
 * @param {number} classes
 * @param {string} letter
 */
export function wayColour({ classes: colours, creases, ramp }, classes, letter) {
  const free = [...(ramp ? [] : colours.slice(classes)), ...creases];
  return free[Math.max(NUMBERS.LETTERS.indexOf(letter), 0) % free.length];
}

/** The way of a point, as far as it has come.
 * @param {Context} context
 * @param {Float64Array} flat places (n, 2) in film pixels
 * @param {Layout} layout
 * @param {Colour} own
 * @param {Theme} theme
 */
export function putTrail(context, flat, { box, unit }, own, theme) {
  const end = flat.length - 2;
  if (end < 2) return;
  context.save();
  context.beginPath();
  context.rect(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0);
  context.clip();
  context.lineJoin = "round";
  context.lineCap = "butt";
  const line = TRAIL.line * unit + TRAIL.soft;
  const radius = TRAIL.stop * unit;
  for (const [width, size, colour, ink] of /** @type {[number, number, Colour, number][]} */ ([
    [line + 2 * TRAIL.halo * unit, radius + TRAIL.rim * unit, theme.background, TRAIL.ground], [line, radius, own, TRAIL.ink],
  ])) {
    context.strokeStyle = css(colour, 1 - Math.exp(-ink));
    context.lineWidth = width;
    context.beginPath();
    for (let i = 0; i <= end; i += 2) context.lineTo(flat[i], flat[i + 1]);
    context.stroke();
    context.fillStyle = css(colour);
    for (let i = 0; i < end; i += 2 * TRAIL.steps) {
      context.beginPath();
      context.arc(flat[i], flat[i + 1], size, 0, 2 * Math.PI);
      context.fill();
    }
  }
  context.restore();
}

/** A point that somebody dropped, with its letter.
 * @param {Context} context
 * @param {number} x
 * @param {number} y
 * @param {string} label
 * @param {Layout} layout
 * @param {Theme} theme
 */
export function putProbe(context, x, y, label, layout, theme) {
  const { unit, small } = layout;
  for (const [width, colour] of /** @type {[number, Colour][]} */ ([[PROBE.ground, theme.background], [PROBE.line, theme.text]])) {
    context.strokeStyle = css(colour);
    context.lineWidth = width * unit;
    context.beginPath();
    context.arc(x, y, PROBE.ring * unit, 0, 2 * Math.PI);
    context.moveTo(x + PROBE.middle * unit, y);
    context.arc(x, y, PROBE.middle * unit, 0, 2 * Math.PI);
    context.stroke();
  }
  if (!label) return;
  const left = x + PROBE.across * unit;
  const foot = y - PROBE.up * unit;
  const beside = PROBE.beside * small;
  context.fillStyle = css(theme.background, PROBE.plate);
  context.fillRect(left - beside, foot - PROBE.rises * small,
    textWidth(context, label, small) + 2 * beside, (PROBE.rises + PROBE.falls) * small);
  putText(context, label, left, foot - ASCENT * small, theme.text, small);
}

/** Whether a place beside a probe's middle is on its ring or its letter.
 * @param {number} x
 * @param {number} y
 * @param {Layout} layout
 */
export function onProbe(x, y, { unit, small }) {
  if (Math.hypot(x, y) <= GRASP * unit + 2) return true;
  const left = PROBE.across * unit;
  const foot = -PROBE.up * unit;
  return x >= left - 3 && x <= left + PROBE.rises * small + 3 && y <= foot + 3 && y >= foot - PROBE.rises * small - 3;
}
