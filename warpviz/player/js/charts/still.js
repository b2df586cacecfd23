/* What stands still on a chart: outlines and words, as matplotlib placed them. */

/** @import { Box, Colour, Context, Ink, MarkTree, Numbers, ShapeTree, Theme, WordTree } from "../types.js" */

import { FONTS, css, directionOf, textWidth } from "../marks/overlay.js";

const PADDING = 0.25; // letters between a key's words and its frame

/** The colour that a theme has for a name such as "text" or "classes 2"; or the colour itself.
 * @param {Theme} theme
 * @param {Ink} ink
 * @returns {Colour}
 */
export function inkOf(theme, ink) {
  if (typeof ink !== "string") return ink;
  const [name, place] = ink.split(" ");
  const known = /** @type {Record<string, Colour | Colour[]>} */ (/** @type {unknown} */ (theme))[name];
  if (place === undefined) return /** @type {Colour} */ (known);
  const several = /** @type {Colour[]} */ (known);
  return several[Number(place) % several.length];
}

/** Let only a box be drawn on until the context is restored.
 * @param {Context} context
 * @param {Box | null} box
 */
export function clipTo(context, box) {
  if (!box) return;
  context.beginPath();
  context.rect(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0);
  context.clip();
}

/**
 * @param {Context} context
 * @param {MarkTree[]} marks
 * @param {Theme} theme
 */
export function putStill(context, marks, theme) {
  // The frame of a key is drawn before what is in it.
  const frame = marks.find((mark) => mark.part === "key");
  const edge = frame && "points" in frame && !frame.places ? frame.points.reduce((most, x, i) => (i % 2 ? most : Math.max(most, x)), 0) : Infinity;
  for (const mark of marks) {
    if ("text" in mark) putWord(context, mark.part === "key" ? fitted(context, mark, edge) : mark, theme);
    else putShape(context, mark, theme);
  }
}

/** A key's word, smaller where the page's letters are wider than those its frame was made for.
 * @param {Context} context
 * @param {WordTree} word
 * @param {number} edge of the frame
 * @returns {WordTree}
 */
function fitted(context, word, edge) {
  const { text, at, align, size, angle } = word;
  const room = edge - at[0] - PADDING * size;
  if (align || angle || !(room > 0) || room === Infinity) return word;
  return { ...word, size: size * Math.min(1, room / textWidth(context, text, size)) };
}

/**
 * @param {Context} context
 * @param {WordTree} word
 * @param {Theme} theme
 */
function putWord(context, { text, at, align, size, angle, colour, opacity }, theme) {
  context.save();
  context.font = `${size}px ${FONTS}`;
  context.fillStyle = css(inkOf(theme, colour), opacity);
  context.textBaseline = "alphabetic";
  context.direction = directionOf(text);
  context.textAlign = align === 0.5 ? "center" : align ? "right" : "left";
  context.translate(at[0], at[1]);
  if (angle) context.rotate((-angle * Math.PI) / 180);
  context.fillText(text, 0, 0);
  context.restore();
}

/**
 * @param {Context} context
 * @param {ShapeTree} shape
 * @param {Theme} theme
 */
function putShape(context, shape, theme) {
  const { points, places, fill, line, width, opacity, dashes, inside } = shape;
  const scale = context.getTransform().a;
  const upright = isUpright(points);
  const device = Math.max(Math.round(width * scale), 1);
  // Level and upright lines fall on whole device pixels.
  const shift = (device % 2) / 2;
  /** @param {number} at */
  const crisp = (at) => (upright ? (Math.floor(at * scale + 0.5) + (line ? shift : 0)) / scale : at);
  context.save();
  clipTo(context, inside);
  context.beginPath();
  for (let i = 0; i < (places ? places.length : 2); i += 2) {
    const [x, y] = places ? [places[i], places[i + 1]] : [0, 0];
    let begun = false;
    for (let j = 0; j < points.length; j += 2) {
      if (points[j] !== points[j]) {
        begun = false;
        continue;
      }
      const u = crisp(points[j] + x);
      const v = crisp(points[j + 1] + y);
      if (begun) context.lineTo(u, v);
      else context.moveTo(u, v);
      begun = true;
    }
  }
  if (fill !== null) {
    context.fillStyle = css(inkOf(theme, fill), opacity[0]);
    context.fill();
  }
  if (line !== null) {
    context.strokeStyle = css(inkOf(theme, line), opacity[1]);
    context.lineWidth = upright ? Math.max(width, 1 / scale) : width;
    context.lineJoin = "round";
    context.lineCap = "butt";
    context.setLineDash(dashes);
    context.stroke();
    context.setLineDash([]);
  }
  context.restore();
}

/** Whether all pieces of an outline are level or upright.
 * @param {Numbers} points
 */
function isUpright(points) {
  for (let i = 2; i < points.length; i += 2) {
    if (points[i] !== points[i - 2] && points[i + 1] !== points[i - 1] && points[i] === points[i] && points[i - 2] === points[i - 2]) return false;
  }
  return true;
}
