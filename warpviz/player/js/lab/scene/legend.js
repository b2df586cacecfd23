/* Where the names of classes stand, when points are others (see warpviz/picture/layout.py). */

/** @import { Layout } from "../../types.js" */
/** @typedef {(text: string, size: number) => number} Measure the width of a text, in pixels */
/** @typedef {{ columns: number, letters: number, names: string[] }} Names no columns are one row */
/** @typedef {{ names: string[], titles: string[], captions: string[] }} Said in a panel, while it is shown */

import { SEEING } from "../seeing.js";
import { NUMBERS } from "../../given.js";

const { LEGEND } = SEEING;
const MARK_WIDE = NUMBERS.MARKS.before + NUMBERS.MARKS.apart; // of a letter's size

/** Width of a legend in one row.
 * @param {string[]} names
 * @param {number} size
 * @param {Measure} measure
 */
const keyWidth = (names, size, measure) =>
  names.reduce((sum, name) => sum + Math.ceil(measure(name, size)) + Math.round(MARK_WIDE * size), 0);

/** A text of which as much stays as has room.
 * @param {string} text
 * @param {number} size
 * @param {number} room
 * @param {Measure} measure
 */
function cutTo(text, size, room, measure) {
  if (text.length < 2 || Math.ceil(measure(text, size)) <= room) return text;
  const cut = (/** @type {number} */ kept) => `${text.slice(0, kept).trimEnd()}…`;
  let kept = text.length;
  while (kept > 1 && Math.ceil(measure(cut(kept), size)) > room) kept--;
  return cut(kept);
}

/** Names that share a row: short ones whole, the others what is left.
 * @param {string[]} names
 * @param {number} size
 * @param {number} room
 * @param {Measure} measure
 */
function inOneRow(names, size, room, measure) {
  const shown = names.slice();
  const widths = names.map((name) => keyWidth([name], size, measure));
  let left = room;
  const order = names.map((_, i) => i).sort((a, b) => widths[a] - widths[b]);
  order.forEach((index, place) => {
    const share = left / (names.length - place);
    if (widths[index] > share) shown[index] = cutTo(names[index], size, share - keyWidth([""], size, measure), measure);
    left -= keyWidth([shown[index]], size, measure);
  });
  return shown;
}

/** Names in a row, or in columns where they are many.
 * @param {string[]} names
 * @param {number} small
 * @param {number} room
 * @param {number} height
 * @param {Measure} measure
 * @returns {Names}
 */
function namesPlaced(names, small, room, height, measure) {
  const row = inOneRow(names, small, room, measure);
  const bare = names.map(() => ""); // markers alone, where there is no room for words
  if (names.length <= LEGEND.FEW || row.every((name, i) => name === names[i])) {
    return { columns: 0, letters: small, names: keyWidth(row, small, measure) > room ? bare : row };
  }
  // More rows first, then smaller letters, then shorter names.
  const most = (/** @type {number} */ size) => Math.max(2, Math.floor((LEGEND.MOST * height) / (LEGEND.ROW * size)));
  for (let size = small; size >= LEGEND.SMALLEST; size--) {
    const widest = Math.max(...names.map((name) => keyWidth([name], size, measure)));
    const rows = Math.ceil(names.length / Math.min(names.length, Math.floor(room / widest)));
    if (rows <= most(size)) return { columns: Math.ceil(names.length / rows), letters: size, names };
  }
  const least = LEGEND.SMALLEST;
  const columns = Math.ceil(names.length / most(least));
  const own = room / columns;
  if (own < keyWidth(["a…"], least, measure)) return { columns: 0, letters: least, names: bare };
  const free = own - keyWidth([""], least, measure);
  return { columns, letters: least, names: names.map((name) => cutTo(name, least, free, measure)) };
}

/** A panel's layout with the names of other classes: the picture makes room for their rows.
 * @param {Layout} layout
 * @param {Said} said
 * @param {Measure} measure
 * @returns {Layout}
 */
export function layoutNaming(layout, { names, titles, captions }, measure) {
  const { legend, title, caption, caption_width: room, caption_em: size, em, small, box, safe } = layout;
  if (!legend) return { ...layout, legend_names: names };
  const below = caption[1] + LEGEND.CAPTION * em;
  const rows = (/** @type {number} */ columns, /** @type {number} */ count) => (columns ? Math.ceil(count / columns) : 1);
  const had = legend[1] < below - LEGEND.BESIDE * em ? 0 : LEGEND.ROW * layout.legend_small * rows(layout.legend_columns, layout.legend_names.length);
  const placed = namesPlaced(names, small, room, box.y1 - box.y0, measure);
  const key = placed.columns ? room : keyWidth(placed.names, small, measure);
  if (key > room) return { ...layout, legend: null, safe: { ...safe, y0: safe.y0 - had } };
  const free = room - key - em;
  const [texts, letters, row] = title ? [titles, em, title[1]] : [captions, size, caption[1]];
  const beside = texts.every((text) => Math.ceil(measure(text, letters)) <= free);
  const takes = beside ? 0 : LEGEND.ROW * placed.letters * rows(placed.columns, names.length);
  return {
    ...layout, legend_names: placed.names, legend_columns: placed.columns, legend_small: placed.letters,
    legend: [legend[0], beside ? row + LEGEND.BESIDE * em : below], safe: { ...safe, y0: safe.y0 + takes - had },
  };
}
