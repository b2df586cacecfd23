/* The whole network beside its sheet, see warpviz/picture/marks/network.py. */

/** @import { Box, Column, Colour, Context, Layout, Network, Panel, Place, Pose, Theme } from "../types.js" */

import { NUMBERS } from "../given.js";
import { putMarker, putStrokes, putText, THINNEST } from "./overlay.js";

const { LEVELS, EDGE, UNIT } = NUMBERS.NETWORK;

/** A place of the drawing in film pixels.
 * @param {Box} box
 * @param {ArrayLike<number>} places
 * @param {number} i
 * @returns {Place}
 */
const drawnAt = (box, places, i) => [box.x0 + places[2 * i], box.y0 + places[2 * i + 1]];

/** How a unit is lit in act k at t.
 * @param {Column} column
 * @param {number} unit
 * @param {number} k
 * @param {number} t
 */
function litAt({ lit }, unit, k, t) {
  const [stops, units] = lit.shape;
  const next = Math.min(k + 1, stops - 1);
  return (1 - t) * lit[k * units + unit] + t * lit[next * units + unit];
}

/** The network at a moment.
 * @param {Context} context
 * @param {Panel} panel
 * @param {Pose} pose
 * @param {Theme} theme
 */
export function putNetwork(context, { network, layout }, { k, t }, theme) {
  const box = layout.network;
  if (!network || !box) return;
  const acts = t > 0 && t < 1 && network.acts.length;
  const [layer, first, last] = acts ? network.acts[k] : [-1, -1, -2];
  const much = acts ? Math.min(1, t / EDGE.ramp, (1 - t) / EDGE.ramp) : 0;
  putWeights(context, network, layout, box, layer, much, theme);
  for (const { points, act } of network.arounds) {
    const here = act === layer ? much : 0;
    const colour = here > 0 ? theme.text : theme.muted;
    const lines = [];
    for (let i = 1; 2 * i < points.length; i++) lines.push([...drawnAt(box, points, i - 1), ...drawnAt(box, points, i)]);
    const opacity = EDGE.arc + (1 - EDGE.arc) * here;
    putStrokes(context, lines, Math.max(THINNEST, UNIT.ring * layout.unit), colour, opacity);
    const [x, y] = drawnAt(box, points, points.length / 2 - 1);
    const size = Math.round(UNIT.sign * layout.small);
    putText(context, "+", x + UNIT.beside * size, y, colour, size, [0.5, 1]);
  }
  network.columns.forEach((column, index) => {
    // Where no weights act, the units themselves do.
    const rim = first === index && last === index ? theme.text : theme.muted;
    putUnits(context, network, column, layout, box, { k, t }, rim, theme);
  });
  const [left, right] = barOf(network, k, t);
  const y = box.y0 + network.foot;
  putStrokes(context, [[box.x0 + left, y, box.x0 + right, y]], Math.max(2 * THINNEST, UNIT.bar * layout.unit), theme.text);
}

/** From where to where the line below what acts is drawn.
 * @param {Network} network
 * @param {number} k
 * @param {number} t
 */
function barOf({ columns, stops, radius }, k, t) {
  const x0 = columns[stops[k]].places[0];
  const x1 = columns[stops[Math.min(k + 1, stops.length - 1)]].places[0];
  const left = x0 + (x1 - x0) * Math.max(0, 2 * t - 1);
  return [left - radius, x0 + (x1 - x0) * Math.min(1, 2 * t) + radius];
}

/**
 * @param {Context} context
 * @param {Network} network
 * @param {Layout} layout
 * @param {Box} box
 * @param {number} layer
 * @param {number} much
 * @param {Theme} theme
 */
function putWeights(context, { bundles, columns }, { unit }, box, layer, much, theme) {
  for (const { before, after, ends, sizes, act } of bundles) {
    const active = EDGE.rest + (act === layer ? (1 - EDGE.rest) * much : 0);
    for (let level = 1; level <= LEVELS; level++) {
      for (const size of [-level, level]) {
        const lines = [];
        for (let i = 0; i < sizes.length; i++) {
          if (sizes[i] !== size) continue;
          lines.push([...drawnAt(box, columns[before].places, ends[2 * i]), ...drawnAt(box, columns[after].places, ends[2 * i + 1])]);
        }
        const width = Math.max(THINNEST, (EDGE.thin + EDGE.more * level) * unit);
        if (lines.length) putStrokes(context, lines, width, theme.signs[size < 0 ? 1 : 0], (active * level) / LEVELS);
      }
    }
  }
}

/**
 * @param {Context} context
 * @param {Network} network
 * @param {Column} column
 * @param {Layout} layout
 * @param {Box} box
 * @param {{ k: number, t: number }} moment
 * @param {Colour} rim
 * @param {Theme} theme
 */
function putUnits(context, { radius }, column, { unit, small }, box, { k, t }, rim, theme) {
  const { places, more, cut } = column;
  const inner = radius - Math.max(THINNEST, UNIT.ring * unit);
  const count = places.length / 2;
  for (let i = 0; i < count; i++) {
    const value = litAt(column, i, k, t);
    const colour = theme.signs[value < 0 ? 1 : 0];
    const share = Math.min(Math.abs(value), 1);
    const [x, y] = drawnAt(box, places, i);
    putMarker(context, x, y, 0, radius, rim);
    putMarker(context, x, y, 0, inner, theme.background.map((from, c) => Math.floor(from + share * (colour[c] - from) + 0.5)));
  }
  if (!cut) return;
  const [x, y] = drawnAt(box, places, count - 1);
  const step = UNIT.step * radius;
  for (let i = 1; i <= 3; i++) putMarker(context, x, y + radius + i * step, 0, UNIT.dot * radius, theme.muted);
  putText(context, more, x, y + radius + 4 * step, theme.muted, small, [0.5, 0]);
}
