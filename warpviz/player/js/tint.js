/* What the cloth of a panel is dyed with: the class that the model sees, as it is at a moment. */

/** @import { Learnt, Numbers, Panel, Shaped, Theme } from "./types.js" */

import { STEPS } from "./given.js";
import { layersAt, onSheet, through } from "./chain.js";
import { clothColours } from "./raster/cloth.js";

/** The probabilities (cells, C) at keyframe k, in steps.
 * @param {Panel} panel
 * @param {number} k
 * @returns {Uint16Array & Shaped}
 */
function chancesAt(panel, k) {
  const { chances } = panel.sheet;
  if (chances && chances.shape.length === 2) return chances;
  const known = panel.chances.get(k);
  if (known) return known;
  const found = chances ? shipped(chances, k) : computed(panel, k);
  panel.chances.set(k, found);
  return found;
}

/**
 * @param {Uint16Array & Shaped} chances
 * @param {number} k
 */
function shipped(chances, k) {
  const [, cells, classes] = chances.shape;
  const size = cells * classes;
  return Object.assign(chances.slice(k * size, (k + 1) * size), { shape: [cells, classes] });
}

/** What snapshot k says in the middle of every cell.
 * @param {Panel} panel
 * @param {number} k
 */
function computed(panel, k) {
  const origin = /** @type {Learnt} */ (panel.origin);
  const { sizes, classes } = panel.sheet;
  const { values, width } = through(layersAt(origin, k), { values: middles(panel), width: panel.features }, sizes.length);
  const out = new Uint16Array(sizes.length * classes);
  for (let cell = 0; cell < sizes.length; cell++) {
    const row = values.subarray(cell * width, (cell + 1) * width);
    const shares = origin.levels ? levelled(row[0], origin.levels, classes) : softened(row);
    shares.forEach((share, c) => { out[cell * classes + c] = Math.round(share * STEPS); });
  }
  return Object.assign(out, { shape: [sizes.length, classes] });
}

/** Probabilities from logits; one alone tells of none.
 * @param {Numbers} logits
 */
function softened(logits) {
  if (logits.length === 1) return [0.5, 0.5];
  const most = Math.max(...Array.from(logits));
  const powers = Array.from(logits, (z) => Math.exp(z - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** A number as shares of the two levels next to it.
 * @param {number} value
 * @param {number[]} levels
 * @param {number} count
 */
function levelled(value, [low, high], count) {
  const place = Math.min(Math.max((value - low) / (high - low), 0), 1) * (count - 1);
  const below = Math.min(Math.floor(place), count - 2);
  return Array.from({ length: count }, (_, i) => Math.max(0, 1 - Math.abs(place - i)) * (i === below || i === below + 1 ? 1 : 0));
}

/** The mean of each cell's corners, in input coordinates; kept.
 * @param {Panel} panel
 */
function middles(panel) {
  if (panel.middles) return panel.middles;
  const { corners, sizes } = panel.sheet;
  const input = /** @type {Float32Array} */ (panel.input);
  const places = new Float64Array(2 * sizes.length);
  let from = 0;
  sizes.forEach((size, cell) => {
    for (let i = from; i < from + size; i++) {
      places[2 * cell] += input[2 * corners[i]] / size;
      places[2 * cell + 1] += input[2 * corners[i] + 1] / size;
    }
    from += size;
  });
  panel.middles = onSheet(panel.origin, places, sizes.length);
  return panel.middles;
}

/** The colours of a keyframe; kept.
 * @param {Panel} panel
 * @param {Theme} theme
 * @param {string} name
 * @param {boolean} sharp
 * @param {number} k
 */
function dyed(panel, theme, name, sharp, k) {
  const moves = panel.sheet.chances === null || panel.sheet.chances.shape.length > 2;
  const key = `${name} ${sharp} ${moves ? k : ""}`;
  const known = panel.colours.get(key);
  if (known) return known;
  const colours = clothColours(chancesAt(panel, k), theme, sharp);
  panel.colours.set(key, colours);
  return colours;
}

/** The colours (cells, 3) of a panel's cells in act k at t.
 * @param {Panel} panel
 * @param {Theme} theme
 * @param {string} name
 * @param {boolean} sharp
 * @param {number} k
 * @param {number} t
 */
export function tints(panel, theme, name, sharp, k, t) {
  const here = dyed(panel, theme, name, sharp, k);
  if (t === 0) return here;
  const there = dyed(panel, theme, name, sharp, Math.min(k + 1, panel.stops.length - 1));
  if (here === there) return here;
  return Float64Array.from(here, (value, i) => Math.round(value + t * (there[i] - value)));
}

/** The class that the model finds likeliest on a cell, at the keyframe next to a moment.
 * @param {Panel} panel
 * @param {number} cell
 * @param {number} k
 */
export function classOfCell(panel, cell, k) {
  const chances = chancesAt(panel, Math.min(Math.round(k), panel.stops.length - 1));
  const classes = chances.shape[1];
  let best = 0;
  for (let c = 1; c < classes; c++) {
    if (chances[cell * classes + c] > chances[cell * classes + best]) best = c;
  }
  return best;
}
