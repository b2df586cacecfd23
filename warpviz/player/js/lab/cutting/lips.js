/* Sides of jumps, and paths that keep to one of them. */

/** @import { Layer, Limits, Place, Sides } from "./cutting.d.ts" */

import { LAB } from "../known.js";
import { rectangleOf } from "./tiling/tilings.js";
import { labelled } from "./tiling/parted.js";
import { bendsOf, outputsAt } from "./steps.js";

/** What jumps on the sheet: activations, with those of their jumps that units reach.
 * @param {Layer[]} layers
 * @param {Limits} limits
 */
function jumping(layers, limits) {
  const found = layers.flatMap((_, k) => bendsOf(layers, k).filter(({ record }) => record.jumps.length).map((bend) => ({ ...bend, layer: k })));
  if (!found.length) return [];
  const { columns: [x, y] } = rectangleOf(limits, LAB.CELLS / 2);
  return found.flatMap((bend) => {
    const sums = outputsAt(bend.before, x, y);
    let low = Infinity;
    let high = -Infinity;
    for (const value of sums) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    const room = (high - low) / (LAB.CELLS / 2);
    const jumps = bend.record.jumps.filter((level) => low - room <= level && level <= high + room);
    return jumps.length ? [{ ...bend, jumps }] : [];
  });
}

/** On which side of every jump places are: a column a jump, and which lie on one; null where nothing
 * jumps, or too much.
 * @param {Layer[]} layers
 * @param {Limits} limits
 * @returns {Sides | null}
 */
export function sidesOfJumps(layers, limits) {
  const bends = jumping(layers, limits);
  const count = bends.reduce((sum, { jumps, units }) => sum + jumps.length * units, 0);
  // More of them than cells along a side tear the sheet into shreds.
  if (!count || count > LAB.CELLS) return null;
  return {
    columns: bends.flatMap(({ layer, jumps, first, units }) => jumps.flatMap(() => Array.from({ length: units }, (_, unit) => ({ layer, unit: first + unit })))),
    of(places) {
      const x = Float64Array.from(places, ([px]) => px);
      const y = Float64Array.from(places, ([, py]) => py);
      /** @type {Uint8Array[]} */
      const above = [];
      const at = new Uint8Array(places.length);
      for (const { before, jumps, units } of bends) {
        const sums = outputsAt(before, x, y);
        const near = LAB.NEAR * (1 + sums.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
        for (const level of jumps) {
          for (let unit = 0; unit < units; unit++) {
            above.push(Uint8Array.from(places, (_, i) => (sums[i * units + unit] > level ? 1 : 0)));
            places.forEach((_, i) => { if (Math.abs(sums[i * units + unit] - level) <= near) at[i] = 1; });
          }
        }
      }
      return { above, at };
    },
  };
}

/** @param {Place} from @param {Place} to @param {number} share @returns {Place} */
export function onWay(from, to, share) {
  return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
}

/** @param {Place[]} path */
export function middlesOf(path) {
  return path.slice(1).map((place, i) => onWay(path[i], place, 0.5));
}

/** @param {Place[]} path */
export function finerPath(path) {
  return path.flatMap((place, i) => i ? Array.from({ length: LAB.LIP }, (_, part) => onWay(path[i - 1], place, (part + 1) / LAB.LIP)) : [place]);
}

/** First and last place of each run of what is kept.
 * @param {number} count
 * @param {(i: number) => boolean} kept
 */
export function runsOf(count, kept) {
  /** @type {[number, number][]} */
  const runs = [];
  for (let i = 0; i < count; i++) {
    if (!kept(i)) continue;
    if (i && kept(i - 1)) runs[runs.length - 1][1] = i;
    else runs.push([i, i]);
  }
  return runs;
}

/** The same path a hair's breadth to its left and to its right.
 * @param {Place[]} path
 * @param {number} hair
 */
export function lipsOf(path, hair) {
  const along = path.slice(1).map(([px, py], i) => {
    const [dx, dy] = [px - path[i][0], py - path[i][1]];
    return [dx / Math.hypot(dx, dy), dy / Math.hypot(dx, dy)];
  });
  const across = path.map((_, i) => {
    const [a, b] = [along[Math.max(i - 1, 0)], along[Math.min(i, along.length - 1)]];
    const [dx, dy] = i && i < along.length ? [a[0] + b[0], a[1] + b[1]] : b;
    const size = Math.hypot(dx, dy);
    return size > 0 ? [(-hair * dy) / size, (hair * dx) / size] : [0, 0];
  });
  return [1, -1].map((side) => path.map(([px, py], i) => /** @type {Place} */ ([px + side * across[i][0], py + side * across[i][1]])));
}

/** A path cut where it crosses a jump; on a jump it keeps beside it.
 * @param {Place[]} path
 * @param {Sides} sides
 * @param {number} rounds
 * @returns {Place[][]}
 */
export function piecesOfPath(path, sides, rounds) {
  const steps = path.length - 1;
  const start = path.slice(0, -1).map((place, i) => onWay(place, path[i + 1], LAB.HAIR));
  const end = path.slice(0, -1).map((place, i) => onWay(place, path[i + 1], 1 - LAB.HAIR));
  const all = [...start, ...end, ...path];
  const label = labelled(sides.of(all).above, all.length);
  const { shares, several } = cutsOf(path, start, end, (i) => label[i] !== label[steps + i], sides);
  /** @type {Place[][]} */
  const found = [];
  /** @param {number} i */
  const corner = (i) => label[2 * steps + i];
  let piece = [corner(0) === label[0] ? path[0] : start[0]];
  for (let i = 0; i < steps; i++) {
    const cut = shares.get(i);
    if (cut) {
      found.push([...piece, onWay(path[i], path[i + 1], cut[0])]);
      piece = [onWay(path[i], path[i + 1], cut[1])];
    }
    const last = label[steps + i];
    if (i + 1 === steps || last === label[i + 1]) {
      piece.push(corner(i + 1) === last ? path[i + 1] : end[i]);
    } else {
      found.push([...piece, end[i]]);
      piece = [start[i + 1]];
    }
  }
  found.push(piece);
  return several && rounds ? found.flatMap((each) => piecesOfPath(each, sides, rounds - 1)) : found;
}

/** For each segment that crosses a jump the shares of it just before and just behind; and whether
 * any crosses more than that one.
 * @param {Place[]} path
 * @param {Place[]} start
 * @param {Place[]} end
 * @param {(i: number) => boolean} crosses
 * @param {Sides} sides
 */
function cutsOf(path, start, end, crosses, sides) {
  const crossing = start.flatMap((_, i) => (crosses(i) ? [i] : []));
  /** @type {Map<number, [number, number]>} */
  const shares = new Map();
  if (!crossing.length) return { shares, several: false };
  const low = crossing.map(() => LAB.HAIR);
  const high = crossing.map(() => 1 - LAB.HAIR);
  const here = sides.of(crossing.map((i) => start[i])).above;
  for (let round = 0; round < LAB.HALVED; round++) {
    const middle = sides.of(crossing.map((i, j) => onWay(path[i], path[i + 1], (low[j] + high[j]) / 2))).above;
    crossing.forEach((_, j) => {
      const same = here.every((column, k) => column[j] === middle[k][j]);
      if (same) low[j] = (low[j] + high[j]) / 2;
      else high[j] = (low[j] + high[j]) / 2;
    });
  }
  crossing.forEach((i, j) => shares.set(i, [low[j], high[j]]));
  const behind = sides.of(crossing.map((i, j) => onWay(path[i], path[i + 1], high[j]))).above;
  const far = sides.of(crossing.map((i) => end[i])).above;
  return { shares, several: crossing.some((_, j) => behind.some((column, k) => column[j] !== far[k][j])) };
}
