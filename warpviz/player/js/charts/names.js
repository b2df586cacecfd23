/* Names along the edges of a ground that was turned. */

/** @import { Box, Context, Theme } from "../types.js" */

import { ASCENT, DESCENT, css, directionOf, putText, textWidth } from "../marks/overlay.js";

const AWAY = 0.45; // letters that a name keeps from its edge
const ROW = 1.2; // letters from one row to the next
const LONGER = 1.3; // than its edge a row may be
const SHORTEST = 8; // letters that a row has room for, however short its edge
const HALO = 0.3; // letters around a name, which is also read where the surface hangs over it

/** A text in as few rows as its words allow.
 * @param {Context} context
 * @param {string} text
 * @param {number} size
 * @param {number} room
 */
function wordRows(context, text, size, room) {
  /** @type {string[]} */
  const rows = [];
  for (const word of text.split(" ")) {
    const longer = rows.length ? `${rows[rows.length - 1]} ${word}` : word;
    if (rows.length && textWidth(context, longer, size) <= room) rows[rows.length - 1] = longer;
    else rows.push(word);
  }
  return rows;
}

/** A name outside of an edge and along it, whole; it stays in its room.
 * @param {Context} context
 * @param {string} name
 * @param {number[]} edge
 * @param {number[]} middle of the ground
 * @param {Box} room
 * @param {number} size
 * @param {Theme} theme
 */
export function putAlong(context, name, [ax, ay, bx, by], middle, room, size, theme) {
  const long = Math.hypot(bx - ax, by - ay);
  let [u, v] = long < 1 ? [1, 0] : [(bx - ax) / long, (by - ay) / long];
  // Read from the left, and from below where it is upright.
  if (u < -1e-3 || (u < 1e-3 && v > 0)) [u, v] = [-u, -v];
  const out = Math.sign(v * (middle[0] - (ax + bx) / 2) - u * (middle[1] - (ay + by) / 2)) || 1;
  const rows = wordRows(context, name, size, Math.max(LONGER * long, SHORTEST * size));
  const wide = Math.max(...rows.map((row) => textWidth(context, row, size)));
  const high = ROW * size * rows.length;
  const reach = [(Math.abs(u) * wide + Math.abs(v) * high) / 2, (Math.abs(v) * wide + Math.abs(u) * high) / 2];
  const away = out * (AWAY * size + high / 2);
  /**
   * @param {number} at
   * @param {number} from
   * @param {number} to
   */
  const within = (at, from, to) => Math.min(Math.max(at, from), Math.max(from, to));
  const x = within((ax + bx) / 2 - v * away, room.x0 + reach[0], room.x1 - reach[0]);
  const y = within((ay + by) / 2 + u * away, room.y0 + reach[1], room.y1 - reach[1]);
  context.save();
  context.translate(x, y);
  context.rotate(Math.atan2(v, u));
  context.lineWidth = HALO * size;
  context.lineJoin = "round";
  context.strokeStyle = css(theme.background, 0.8);
  context.textBaseline = "alphabetic";
  context.textAlign = "left";
  context.direction = directionOf(name);
  rows.forEach((row, i) => {
    const down = (i - (rows.length - 1) / 2) * ROW * size;
    context.strokeText(row, -textWidth(context, row, size) / 2, down + size * (ASCENT - (ASCENT + DESCENT) / 2));
    putText(context, row, 0, down, theme.text, size, [0.5, 0.5]);
  });
  context.restore();
}
