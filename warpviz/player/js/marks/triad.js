/* The small axes of a space in the corner: which way its coordinates lead. */

/** @import { Context, Layout, Theme } from "../types.js" */

import { NUMBERS } from "../given.js";
import { THINNEST, textWidth, shortened, putText, putStrokes } from "./overlay.js";

const { TRIAD } = NUMBERS;

/** Small axes with their names in the corner, to tell the directions of a space.
 * @param {Context} context
 * @param {Layout} layout
 * @param {number[]} turn
 * @param {string[]} given
 * @param {Theme} theme
 * @param {number} opacity
 */
export function putTriad(context, layout, turn, given, theme, opacity) {
  const { small, unit } = layout;
  const names = given.map((name) => shortened(context, name, small, TRIAD.longest * small));
  const ways = [0, 1, 2].map((axis) => [turn[axis], -turn[3 + axis]]);
  const longest = Math.max(...ways.map((way) => Math.hypot(...way)), 1e-9);
  const { tips, places } = triadPlaces(ways.slice(0, names.length).map(([x, y]) => [x / longest, y / longest]));
  const words = names.map((name) => ([...name].length > TRIAD.letter ? textWidth(context, name, small) / small : 0));
  const stands = namePlaces(places, words);
  const reach = (TRIAD.reach * small) / longest;
  const left = Math.min(0, ...ways.map((way) => way[0] * reach),
    ...stands.map(([x, , anchor], i) => (anchor === 1 ? small * (x - words[i]) : 0)));
  const below = Math.max(0, ...ways.map((way) => way[1] * reach),
    ...stands.map(([, y, anchor]) => (anchor === 0.5 ? 0 : small * y)));
  const corner = [layout.track[0] - left + TRIAD.margin * small, layout.scale[1] - below];
  /** @param {number[]} place */
  const from = (place) => corner.map((value, i) => value + small * place[i]);
  putStrokes(context, tips.map((tip) => [...corner, ...from(tip)]), Math.max(THINNEST, TRIAD.line * unit), theme.muted, opacity);
  names.forEach((name, axis) => {
    const [x, y] = from(stands[axis]);
    putText(context, name, x, y, theme.muted, small, [stands[axis][2], 0.5], opacity);
  });
}

/** Where names stand: a letter in its place, a word beside it, each of a side in a row.
 * @param {number[][]} places
 * @param {number[]} words
 */
function namePlaces(places, words) {
  const stands = places.map(([x, y]) => [x, y, 0.5]);
  for (const side of [0, 1]) {
    let row = -Infinity;
    for (const index of places.map((_, i) => i).sort((i, j) => places[i][1] - places[j][1])) {
      const [x, y] = places[index];
      if (!words[index] || (x < 0) !== Boolean(side)) continue;
      row = Math.max(y, row + TRIAD.apart);
      stands[index] = [side ? Math.min(x, -TRIAD.beside) : Math.max(x, TRIAD.beside), row, side];
    }
  }
  return stands;
}

/** Where small axes end and their names stand, see `triad_places` of triad.py.
 * @param {number[][]} ways
 */
export function triadPlaces(ways) {
  const tips = ways.map((way) => way.map((value) => TRIAD.length * value));
  const lengths = ways.map((way) => Math.hypot(...way));
  const places = [];
  const taken = [[0, 0]];
  for (const index of ways.map((_, i) => i).sort((i, j) => lengths[j] - lengths[i])) {
    const [u, v] = lengths[index] > TRIAD.end_on ? ways[index].map((value) => value / lengths[index]) : TRIAD.aside;
    let best = tips[index];
    let room = -1;
    for (const distance of [TRIAD.name, TRIAD.further * TRIAD.name]) {
      for (const turn of TRIAD.turns) {
        const [c, s] = [Math.cos(turn), Math.sin(turn)];
        const at = [tips[index][0] + distance * (c * u - s * v), tips[index][1] + distance * (s * u + c * v)];
        const near = Math.min(...taken.map((other) => Math.hypot(at[0] - other[0], at[1] - other[1])));
        if (near > room && room < TRIAD.apart) {
          best = at;
          room = near;
        }
      }
    }
    places[index] = best;
    taken.push(best);
  }
  return { tips, places };
}
