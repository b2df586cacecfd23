/* Axes, ticks and scale bar: what the picture's lengths mean. */

/** @import { Axis, Context, Layout, Numbers, Place, Theme } from "../types.js" */

import { NUMBERS } from "../given.js";
import { THINNEST, css, textWidth, shortened, putText, putStrokes } from "./overlay.js";

const { ROUND, MOST_STEPS, FAR, PLAIN, BAR, AXES } = NUMBERS;

/** The smallest of 1, 2, 5 × 10ⁿ that divides a span into at most `most` steps.
 * @param {number} span
 * @param {number} most
 */
export function niceStep(span, most) {
  const raw = span / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  return (ROUND.find((factor) => factor * power >= raw * (1 - 1e-12)) ?? ROUND[ROUND.length - 1]) * power;
}

/** A tick's label with the digits that its step needs, and a true minus sign.
 * @param {number} value
 * @param {number} step
 * @param {boolean} [plain]
 */
export function tickLabel(value, step, plain = false) {
  const count = Math.round(value / step);
  if (count === 0) return "0";
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  let text = (count * step).toFixed(Math.min(digits, 100));
  if (!(PLAIN[0] <= step && step < PLAIN[1]) && !plain) {
    const power = Math.floor(Math.log10(Math.abs(count * step)) + 1e-12);
    const more = power - Math.floor(Math.log10(step) + 1e-12);
    const [mantissa, exponent] = (count * step).toExponential(Math.max(0, more)).split("e");
    text = `${mantissa}e${Number(exponent)}`;
  }
  return text.replaceAll("-", "−");
}

/** A bar of a round length, so that the zoom stays honest.
 * @param {Context} context
 * @param {Layout} layout
 * @param {number} units
 * @param {Theme} theme
 * @param {number} opacity
 */
export function putScale(context, layout, units, theme, opacity) {
  if (opacity <= 0 || !(units > 0 && units < Infinity)) return;
  const { small, unit, box } = layout;
  const y = layout.scale[1];
  const step = niceStep(units * BAR.least * (box.x1 - box.x0), 1);
  const label = tickLabel(step, step);
  const x1 = layout.scale[0] - textWidth(context, label, small) - BAR.gap * small;
  const x0 = x1 - step / units;
  const tick = BAR.end * small;
  putText(context, label, x1 + BAR.gap * small, y, theme.muted, small, [0, 0.5], opacity);
  const lines = [[x0, y, x1, y], [x0, y - tick, x0, y + tick], [x1, y - tick, x1, y + tick]];
  putStrokes(context, lines, Math.max(THINNEST, BAR.line * unit), theme.muted, opacity);
}

const GROUND = 0.86; // how much of the cloth the ground below words and axes hides

/** A ground around the safe area, so that what stands there is read also over cloth; and below
 * the names that reach into it: the upright axis', or the small axes'.
 * @param {Context} context
 * @param {Layout} layout
 * @param {Theme} theme
 * @param {boolean} planar
 */
export function putGround(context, { box, safe, small, track }, theme, planar) {
  const middle = { x0: safe.x0, y0: safe.y0, x1: safe.x1, y1: safe.y1 };
  const corner = planar
    ? { x0: safe.x0, y0: safe.y0, x1: safe.x0 + 2 * small, y1: safe.y0 + 1.3 * small }
    : { x0: safe.x0, y0: safe.y1 - 2.8 * small, x1: Math.max(track[0] + 5.2 * small, safe.x0), y1: safe.y1 };
  context.fillStyle = css(theme.background, GROUND);
  context.beginPath();
  for (const { x0, y0, x1, y1 } of [box, middle, corner]) context.rect(x0, y0, x1 - x0, y1 - y0);
  context.fill("evenodd");
}

/** Where an axis has ticks, and what they say: round numbers in its own units.
 * @param {Axis} axis
 * @param {number} low
 * @param {number} high
 * @param {number} span
 * @returns {[number, string][]}
 */
export function ticksOf({ shift, factor }, low, high, span) {
  const step = niceStep(span * factor, MOST_STEPS);
  const from = shift + factor * low;
  const to = shift + factor * high;
  // Far from 0 numbers are long anyway: an exponent would make them longer.
  const plain = Math.max(Math.abs(from), Math.abs(to)) >= FAR * step;
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.min(Math.max(Math.floor(to / step + 1e-9) - first + 1, 0), 200);
  return Array.from({ length: count }, (_, i) => {
    const value = (first + i) * step;
    return [(value - shift) / factor, tickLabel(value, step, plain)];
  });
}

/** The axes of a plane along the left and the lower side of the safe area.
 * @param {Context} context
 * @param {Layout} layout
 * @param {Numbers} origin
 * @param {number} units
 * @param {Axis[]} axes
 * @param {Theme} theme
 * @param {number} opacity
 */
export function putAxes(context, layout, origin, units, axes, theme, opacity) {
  const { safe, small, unit, box } = layout;
  const wide = safe.x1 - safe.x0;
  const span = units * Math.min(wide, safe.y1 - safe.y0);
  const tick = AXES.tick * small;
  const away = AXES.away * tick;
  const level = [[safe.x0, safe.y1, safe.x1, safe.y1]];
  const upright = axes[1] ? [[safe.x0, safe.y0, safe.x0, safe.y1]] : [];
  const name = shortened(context, axes[0].name, small, AXES.name * wide);
  const nameAt = safe.x1 - textWidth(context, name, small);
  let free = -Infinity;
  for (const [u, label] of ticksOf(axes[0], (safe.x0 - origin[0]) * units, (safe.x1 - origin[0]) * units, span)) {
    const x = origin[0] + u / units;
    level.push([x, safe.y1, x, safe.y1 + tick]);
    const half = textWidth(context, label, small) / 2;
    if (free < x - half && x + half < nameAt - AXES.apart * small) {
      putText(context, label, x, safe.y1 + tick, theme.muted, small, [0.5, 0], opacity);
      free = x + half + AXES.apart * small;
    }
  }
  for (const [u, label] of axes[1] ? ticksOf(axes[1], (origin[1] - safe.y1) * units, (origin[1] - safe.y0) * units, span) : []) {
    const y = origin[1] - u / units;
    upright.push([safe.x0 - tick, y, safe.x0, y]);
    if (y > safe.y0 + AXES.below * small) {
      const edge = Math.max(safe.x0 - away, box.x0 + AXES.border + textWidth(context, label, small));
      putText(context, label, edge, y, theme.muted, small, [1, 0.5], opacity);
    }
  }
  putStrokes(context, [...level, ...upright], Math.max(THINNEST, AXES.line * unit), theme.muted, AXES.ink * opacity);
  putText(context, name, safe.x1, safe.y1 + tick, theme.muted, small, [1, 0], opacity);
  if (axes[1]) {
    const upper = shortened(context, axes[1].name, small, AXES.upper * wide);
    putText(context, upper, safe.x0 + away, safe.y0, theme.muted, small, [0, AXES.rise], opacity);
  }
}
