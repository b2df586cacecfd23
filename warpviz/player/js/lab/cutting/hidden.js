/* What a grid may miss: squares whose corners agree though a line passes between them. The slopes of
 * a unit over a square bound how far its value goes: see warpviz/geometry/curved/hidden.py. */

/** @import { Layer, Limits, Step } from "./cutting.d.ts" */
/** @import { ActivationRecord } from "../lab.d.ts" */

import { FILLS, LAB } from "../known.js";
import { slopeTurns } from "./folds.js";
import { stepsOf, widthOf } from "./steps.js";

/** @typedef {{ unit: number, level: number }} Sought a line: where a unit has a level */
/** Values in the middles of squares (n, D), and centre and radius of their slopes (n, D, 2).
 * @typedef {{ value: Float64Array, centre: Float64Array, radius: Float64Array, width: number }} Bound
 */

/** For each line into how many parts along each side squares must be cut for it to be seen; null where
 * the grid sees all of it.
 * @param {Layer[]} before what leads to the units
 * @param {Limits} limits
 * @param {number} fine squares along each side
 * @param {Sought[]} lines
 * @param {ArrayLike<number>} values (side², D) of the units at the corners
 * @returns {(Uint8Array | null)[]}
 */
export function hiddenSquares(before, limits, fine, lines, values) {
  const units = widthOf(before);
  const steps = stepsOf(before, 2);
  const [x0, x1, y0, y1] = limits;
  const [across, up] = [(x1 - x0) / fine, (y1 - y0) / fine];
  /** @type {(Uint8Array | null)[]} */
  const details = lines.map(() => null);
  let width = fine % LAB.WIDE_SQUARES === 0 ? LAB.WIDE_SQUARES : 1;
  const first = fine / width;
  // Line, column and row, in squares of this width.
  let open = lines.flatMap((_, line) => Array.from({ length: first * first }, (__, i) => [line, i % first, Math.floor(i / first)]));
  for (; open.length && 2 / width <= LAB.FINEST; width /= 2) {
    open.length = Math.min(open.length, LAB.MOST_LOOKED);
    /** @type {Map<number, number>} */
    const places = new Map();
    const own = open.map(([, column, row]) => {
      const key = row * 4 * LAB.FINEST * fine + column;
      const place = places.get(key) ?? places.size;
      places.set(key, place);
      return place;
    });
    const middles = new Float64Array(2 * places.size);
    own.forEach((place, i) => {
      middles[2 * place] = x0 + (open[i][1] + 0.5) * width * across;
      middles[2 * place + 1] = y0 + (open[i][2] + 0.5) * width * up;
    });
    const half = [(width * across) / 2, (width * up) / 2];
    const bound = boundOf(steps, middles, half);
    open = open.flatMap(([line, column, row], i) => {
      const { unit, level } = lines[line];
      const at = own[i] * units + unit;
      const reach = reachOf(bound, at, half);
      if (!(Math.abs(bound.value[at] - level) <= reach)) return [];
      if (width <= 1) {
        const square = Math.floor(row * width) * fine + Math.floor(column * width);
        const base = sideOf(square, fine, values, units, lines[line]);
        if (base < 0) return []; // it is seen to cross
        if ((bound.value[at] > level ? 1 : 0) !== base) {
          const detail = details[line] ??= new Uint8Array(fine * fine).fill(1);
          detail[square] = Math.max(detail[square], 2 / width);
        }
      }
      return [[line, 2 * column, 2 * row], [line, 2 * column + 1, 2 * row], [line, 2 * column, 2 * row + 1], [line, 2 * column + 1, 2 * row + 1]];
    });
  }
  return details;
}

/** On which side of a line all corners of a square are, 1 above it; −1 where they differ.
 * @param {number} square
 * @param {number} fine
 * @param {ArrayLike<number>} values
 * @param {number} units
 * @param {Sought} line
 */
function sideOf(square, fine, values, units, { unit, level }) {
  const corner = Math.floor(square / fine) * (fine + 1) + (square % fine);
  let above = 0;
  for (const v of [corner, corner + 1, corner + fine + 1, corner + fine + 2]) if (values[v * units + unit] > level) above++;
  return above === 4 ? 1 : above ? -1 : 0;
}

/** How far a value goes over its square.
 * @param {Bound} bound
 * @param {number} at
 * @param {number[]} half
 */
function reachOf({ centre, radius }, at, half) {
  return (Math.abs(centre[2 * at]) + radius[2 * at]) * half[0] + (Math.abs(centre[2 * at + 1]) + radius[2 * at + 1]) * half[1];
}

/** All values and slopes over squares.
 * @param {Step[]} steps
 * @param {Float64Array} middles (n, 2)
 * @param {number[]} half of a square's sides
 * @returns {Bound}
 */
function boundOf(steps, middles, half) {
  const count = middles.length / 2;
  /** @type {Bound} */
  let bound = {
    value: middles, width: 2, radius: new Float64Array(4 * count),
    centre: Float64Array.from({ length: 4 * count }, (_, i) => (i % 4 === 0 || i % 4 === 3 ? 1 : 0)),
  };
  /** @type {Bound[]} */
  const kept = [];
  for (const step of steps) {
    if (step.kind === "keep") kept.push(bound);
    else if (step.kind === "add") {
      const before = /** @type {Bound} */ (kept.pop());
      const added = (/** @type {"value" | "centre" | "radius"} */ part) => bound[part].map((value, i) => value + before[part][i]);
      bound = { value: added("value"), centre: added("centre"), radius: added("radius"), width: bound.width };
    } else {
      if (step.weight) bound = boundMapped(step, bound);
      if (step.record) bound = boundBent(step.record, bound, half);
    }
  }
  return bound;
}

/** @param {Step} step @param {Bound} bound @returns {Bound} */
function boundMapped({ weight, bias, width: wide }, { value, centre, radius, width }) {
  const count = value.length / width;
  const w = /** @type {ArrayLike<number>} */ (weight);
  const out = { value: new Float64Array(count * wide), centre: new Float64Array(2 * count * wide), radius: new Float64Array(2 * count * wide), width: wide };
  for (let n = 0; n < count; n++) {
    for (let i = 0; i < wide; i++) {
      const to = n * wide + i;
      out.value[to] = /** @type {ArrayLike<number>} */ (bias)[i];
      for (let j = 0; j < width; j++) {
        const factor = w[i * width + j];
        const size = Math.abs(factor);
        const from = n * width + j;
        out.value[to] += factor * value[from];
        out.centre[2 * to] += factor * centre[2 * from];
        out.centre[2 * to + 1] += factor * centre[2 * from + 1];
        out.radius[2 * to] += size * radius[2 * from];
        out.radius[2 * to + 1] += size * radius[2 * from + 1];
      }
    }
  }
  return out;
}

/** @param {ActivationRecord} record @param {Bound} bound @param {number[]} half @returns {Bound} */
function boundBent(record, bound, half) {
  const { value, centre, radius, width } = bound;
  const count = value.length / width;
  const out = { value: new Float64Array(value.length), centre: new Float64Array(centre.length), radius: new Float64Array(radius.length), width };
  const [z, low, high, height, rise, left, right] = Array.from({ length: 7 }, () => new Float64Array(count));
  for (let u = 0; u < width; u++) {
    let far = 1;
    for (let n = 0; n < count; n++) {
      const reach = reachOf(bound, n * width + u, half);
      z[n] = value[n * width + u];
      low[n] = z[n] - reach;
      high[n] = z[n] + reach;
      far = Math.max(far, -low[n], high[n]);
    }
    const fill = FILLS[record.name];
    fill(low, height, left, 0, count, u);
    fill(high, height, right, 0, count, u);
    fill(z, height, rise, 0, count, u);
    const turns = slopeTurns(record, far, u);
    const all = turns.length > LAB.FEW_TURNS ? [{ least: turns.reduce((a, one) => Math.min(a, one.least), Infinity), most: turns.reduce((a, one) => Math.max(a, one.most), -Infinity) }] : null;
    for (let n = 0; n < count; n++) {
      let least = Math.min(left[n], right[n]);
      let most = Math.max(left[n], right[n]);
      for (const { place, least: bottom, most: top } of turns) {
        if (low[n] > place || place > high[n]) continue;
        least = Math.min(least, all ? all[0].least : bottom);
        most = Math.max(most, all ? all[0].most : top);
        if (all) break;
      }
      const mean = (least + most) / 2;
      const spread = (most - least) / 2;
      const to = n * width + u;
      out.value[to] = height[n];
      for (let at = 2 * to; at < 2 * to + 2; at++) {
        out.radius[at] = Math.abs(mean) * radius[at] + spread * (Math.abs(centre[at]) + radius[at]);
        out.centre[at] = mean * centre[at];
      }
    }
  }
  return out;
}
