/* What stands around the cloth, as vectors on the canvas: text, strokes, legend, track. */

/** @import { Colour, Context, Layout, Theme } from "../types.js" */

import { NUMBERS } from "../given.js";
import { DOT, MARKERS, markerOf } from "../raster/dots.js";

export const GRASP = 7; // how far from a mark a pointer still is on it
export const FONTS = '"DejaVu Sans", Verdana, "Bitstream Vera Sans", "Noto Sans", system-ui, sans-serif';
export const ASCENT = 0.928;
export const DESCENT = 0.236;

const { MARKS, TRACK } = NUMBERS;
export const { THINNEST } = NUMBERS;

/**
 * @param {Colour} colour
 * @param {number} [opacity]
 */
export function css(colour, opacity = 1) {
  return `rgba(${colour[0]}, ${colour[1]}, ${colour[2]}, ${opacity})`;
}

/**
 * @param {Context} context
 * @param {string} text
 * @param {number} size
 */
export function textWidth(context, text, size) {
  context.font = `${size}px ${FONTS}`;
  return context.measureText(text).width;
}

/** A text that fits into so many pixels, its end cut and marked "…" where it must be.
 * @param {Context} context
 * @param {string} text
 * @param {number} size
 * @param {number} room
 */
export function shortened(context, text, size, room) {
  if (textWidth(context, text, size) <= room) return text;
  let kept = text.length;
  while (kept > 1 && textWidth(context, `${text.slice(0, kept).trimEnd()}…`, size) > room) kept--;
  return `${text.slice(0, kept).trimEnd()}…`;
}

/** Which way a line runs: as its first letter does, whatever the page around it.
 * @param {string} text
 * @returns {"ltr" | "rtl"}
 */
export function directionOf(text) {
  const [first] = text.match(/\p{L}/u) || [""];
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(first) ? "rtl" : "ltr";
}

/** A line of text; `align` names the point of its box that stands at x, y.
 * @param {Context} context
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {Colour} colour
 * @param {number} size
 * @param {number[]} [align]
 * @param {number} [opacity]
 */
export function putText(context, text, x, y, colour, size, align = [0, 0], opacity = 1) {
  if (!text || opacity <= 0) return;
  const width = textWidth(context, text, size);
  context.fillStyle = css(colour, opacity);
  context.textBaseline = "alphabetic";
  context.textAlign = "left";
  context.direction = directionOf(text);
  context.fillText(text, x - align[0] * width, y - align[1] * (ASCENT + DESCENT) * size + ASCENT * size);
}

/** Straight lines [x0, y0, x1, y1]; upright and level ones fall on whole device pixels.
 * @param {Context} context
 * @param {number[][]} lines
 * @param {number} width
 * @param {Colour} colour
 * @param {number} [opacity]
 */
export function putStrokes(context, lines, width, colour, opacity = 1) {
  if (opacity <= 0) return;
  const scale = context.getTransform().a;
  const pixels = Math.max(Math.round(width * scale), 1);
  /** @param {number} at */
  const crisp = (at) => (Math.floor(at * scale) + (pixels % 2) / 2) / scale;
  context.strokeStyle = css(colour, opacity);
  context.lineWidth = pixels / scale;
  context.lineCap = "butt";
  context.beginPath();
  for (const [x0, y0, x1, y1] of lines) {
    context.moveTo(x0 === x1 ? crisp(x0) : x0, y0 === y1 ? crisp(y0) : y0);
    context.lineTo(x0 === x1 ? crisp(x1) : x1, y0 === y1 ? crisp(y1) : y1);
  }
  context.stroke();
}

/**
 * @param {Context} context
 * @param {number} x
 * @param {number} y
 * @param {number} marker
 * @param {number} radius
 * @param {Colour} colour
 */
export function putMarker(context, x, y, marker, radius, colour) {
  context.fillStyle = css(colour);
  context.beginPath();
  for (const [u, v] of MARKERS[marker % MARKERS.length]) context.lineTo(x + u * radius, y + v * radius);
  context.fill();
}

/** Markers and class names in one row or in columns, its right top corner given.
 * @param {Context} context
 * @param {Layout} layout
 * @param {Theme} theme
 */
export function putLegend(context, layout, theme) {
  const { legend_small: small, legend_names: names, legend_columns: columns, caption_width: room } = layout;
  if (!layout.legend) return;
  let x = layout.legend[0];
  const left = x - room + small;
  let y = layout.legend[1] + MARKS.down * small;
  const top = y;
  for (let label = names.length - 1; label >= 0; label--) {
    if (columns) {
      x = left + ((label % columns) * room) / columns;
      y = top + Math.floor(label / columns) * MARKS.row * small;
    } else x -= textWidth(context, names[label], small);
    putText(context, names[label], x, y, theme.text, small, [0, 0.5]);
    x -= MARKS.before * small;
    const radius = MARKS.radius * small;
    const marker = markerOf(label, theme);
    putMarker(context, x, y, marker, radius + DOT.outline * layout.unit, theme.outline);
    putMarker(context, x, y, marker, radius, theme.classes[label % theme.classes.length]);
    x -= MARKS.apart * small;
  }
}

/** The track's rail with its stops, filled up to `place`, counted in stops from 0.
 * @param {Context} context
 * @param {Layout} layout
 * @param {number} stops
 * @param {number} place
 * @param {Theme} theme
 */
export function putTrack(context, layout, stops, place, theme) {
  const [x0, x1, y] = layout.track;
  const radius = TRACK.stop * layout.em;
  /** @param {number} stop */
  const at = (stop) => x0 + ((x1 - x0) * stop) / Math.max(stops - 1, 1);
  putStrokes(context, [[x0, y, x1, y]], Math.max(THINNEST, TRACK.rail * layout.unit), theme.muted, TRACK.ink);
  for (let stop = 0; stop < stops; stop++) {
    putMarker(context, at(stop), y, 0, radius, theme.muted);
    putMarker(context, at(stop), y, 0, radius - Math.max(THINNEST, TRACK.ring * layout.unit), theme.background);
  }
  if (place > 0) {
    putStrokes(context, [[x0, y, at(place), y]], Math.max(2 * THINNEST, TRACK.line * layout.unit), theme.text);
  }
  for (let stop = 0; stop <= place + 1e-9 && stop < stops; stop++) {
    putMarker(context, at(stop), y, 0, radius, theme.text);
  }
}

/** What the pointer is on.
 * @param {Context} context
 * @param {number} x
 * @param {number} y
 * @param {Pick<Layout, "unit">} layout
 * @param {Theme} theme
 */
export function putHover(context, x, y, layout, theme) {
  const radius = (DOT.radius + 3) * layout.unit;
  for (const [width, colour] of /** @type {[number, Colour][]} */ ([[3.2, theme.background], [1.6, theme.text]])) {
    context.strokeStyle = css(colour);
    context.lineWidth = width * layout.unit;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.stroke();
  }
}
