/* What an activation does to the sheet, in words: from where its units bend on it. */

/** @import { ActivationRecord } from "../lab.d.ts" */

import { MEASURING } from "../measuring.js";
import { FILLS, LAB } from "../known.js";
import { say } from "../../words/say.js";
import { foldPoints } from "../cutting/folds.js";
import { percentText, shortNumber } from "./numbers.js";

/** What is known of an act that bends: its input all over the sheet, (V, D); the units with a crease
 * and the number of its line; which share of the sheet collapses in it.
 * @typedef {{ z: Float64Array, width: number, bends: Map<number, number> | null, flat: number, exact: boolean }} Bent
 */

/** One sentence about an activation, the longest variant first.
 * @param {ActivationRecord} record
 * @param {Bent} bent
 * @returns {string[]}
 */
export function bendingWords(record, bent) {
  const { spoken: name, jumps } = record;
  if (changesNothing(record)) return [say("{name} changes nothing", { name }), name];
  if (record.breakpoints) return straightWords(record, bent);
  const count = crossingsOn(record, bent);
  const known = { name, count };
  if (count && jumps.length) {
    return [say("{name} tears the sheet along {count:# curve|# curves}", known), say("{name} tears along {count:# curve|# curves}", known), say("{name}: {count:# tear|# tears}", known)];
  }
  if (count) {
    return [say("{name} folds the sheet along {count:# curve|# curves}", known), say("{name} folds along {count:# curve|# curves}", known), say("{name}: {count:# fold|# folds}", known)];
  }
  const inside = bent.z.filter((value) => Math.abs(value) < MEASURING.WORDS.steep);
  const slope = new Float64Array(inside.length);
  FILLS[record.name](inside, new Float64Array(inside.length), slope, 0, inside.length, 0);
  if (slope.some((rise) => rise === 0)) return [say("{name} collapses part of the sheet", { name }), say("{name} collapses a part", { name }), name];
  if (record.squashes) return [say("{name} squashes the sheet; nothing folds", { name }), say("{name} squashes the sheet", { name }), say("{name} squashes", { name })];
  return [say("{name} bends the sheet; nothing folds", { name }), say("{name} bends the sheet", { name }), say("{name} bends", { name })];
}

/** @param {ActivationRecord} record */
function changesNothing({ breakpoints, slopes, shifts }) {
  return breakpoints !== null && slopes.flat().every((slope) => slope === 1) && shifts.flat().every((shift) => shift === 0);
}

/** The same of straight pieces.
 * @param {ActivationRecord} record
 * @param {Bent} bent
 * @returns {string[]}
 */
function straightWords(record, bent) {
  const { spoken: name, slopes } = record;
  const count = crossingsOn(record, bent);
  const part = collapsingText(bent);
  if (!count) return withoutLines(record, bent, part);
  const known = { name, count, part };
  if (record.jumps.length) {
    return [say("{name} tears the sheet along {count:# line|# lines}", known), say("{name} tears along {count:# line|# lines}", known), say("{name}: {count:# tear|# tears}", known)];
  }
  if (slopes.flat().every((slope) => slope > 0)) {
    return [say("{name} bends along {count:# line|# lines}, nothing is lost", known), say("{name} bends along {count:# line|# lines}", known), say("{name}: {count:# bend|# bends}", known)];
  }
  const shortest = say("{name}: {count:# fold|# folds}", known);
  if (part && slopes.flat().includes(0)) {
    return [
      say("{name} folds the sheet along {count:# line|# lines}; {part} collapses", known), say("{name} folds along {count:# line|# lines}; {part} collapses", known),
      say("{name}: {count:# fold|# folds}, {part} collapses", known), shortest,
    ];
  }
  return [say("{name} folds the sheet along {count:# line|# lines}", known), say("{name} folds along {count:# line|# lines}", known), shortest];
}

/** One sentence about x + f(x), the longest variant first.
 * @param {Bent} bent
 * @returns {string[]}
 */
export function residualWords({ bends, ...rest }) {
  const name = "x + f(x)";
  if (!bends) return [say("{name} bends the sheet", { name }), name];
  if (!bends.size) return [say("{name} moves the sheet, without a crease", { name }), say("{name} moves the sheet", { name }), name];
  const known = { name, count: new Set(bends.values()).size, part: collapsingText({ bends, ...rest }) };
  const long = known.part ? say("{name} bends along {count:# line|# lines}; {part} collapses", known) : say("{name} bends the sheet along {count:# line|# lines}", known);
  return [long, say("{name} bends along {count:# line|# lines}", known), name];
}

/** The same where each unit is on one piece all over the sheet.
 * @param {ActivationRecord} record
 * @param {Bent} bent
 * @param {string} part
 * @returns {string[]}
 */
function withoutLines({ spoken: name, breakpoints, slopes, shifts }, { z, width }, part) {
  const units = Array.from({ length: width }, (_, u) => {
    let seen = 0;
    for (let i = u; i < z.length; i += width) if (Math.abs(z[i]) > Math.abs(seen)) seen = z[i];
    const piece = /** @type {number[]} */ (breakpoints).filter((place) => place < seen).length;
    const column = Math.min(u, slopes[0].length - 1);
    return { seen, slope: slopes[piece][column], shift: shifts[piece][column] };
  });
  const changed = units.filter(({ seen, slope, shift }) => (slope !== 1 || shift !== 0) && (Math.abs(seen) > MEASURING.WORDS.sure || shift !== 0));
  if (!changed.length) return [say("{name} leaves the whole sheet as it is", { name }), say("{name} changes nothing", { name }), name];
  const known = { name, count: changed.length, all: width, part };
  const factors = new Set(changed.map(({ slope }) => slope));
  if (factors.size === 1 && factors.has(0)) {
    if (changed.length === width) return [say("{name} switches off {count} of {all} units: one point is left", known), say("{name}: a point", { name }), name];
    const long = part ? say("{name} switches off {count} of {all} units; {part} collapses", known) : say("{name} switches off {count} of {all} units, folds nothing", known);
    return [long, say("{name}: {count} of {all} units off", known), name];
  }
  if (factors.size === 1 && changed.every(({ shift }) => shift === 0)) {
    const scaled = { ...known, factor: shortNumber([...factors][0]) };
    return [say("{name} scales {count} of {all} units by {factor}, folds nothing", scaled), say("{name} scales {count} of {all} units by {factor}", scaled), name];
  }
  return [say("{name} stretches or shifts {count} of {all} units, folds nothing", known), say("{name} stretches or shifts {count} of {all} units", known), name];
}

/** Places of the sheet by which lines are told apart. */
const SOME = 200;

/** Along how many different lines of the sheet an activation bends or folds.
 * @param {ActivationRecord} record
 * @param {Bent} bent
 */
function crossingsOn(record, { z, width, bends }) {
  if (bends) return new Set(bends.values()).size;
  /** @type {Set<string>} */
  const seen = new Set();
  let largest = 0;
  for (const value of z) largest = Math.max(largest, Math.abs(value));
  const levels = record.breakpoints ?? [...foldPoints(record, 1, largest), ...record.jumps];
  let reached = 0;
  for (let u = 0; u < width; u++) {
    const own = new Float64Array(z.length / width);
    let low = Infinity;
    let high = -Infinity;
    for (let i = 0; i < own.length; i++) {
      own[i] = z[i * width + u];
      low = Math.min(low, own[i]);
      high = Math.max(high, own[i]);
    }
    const scale = Math.max(Math.abs(low), Math.abs(high));
    // The same zero line up to scale and sign, at some of all places: the same line.
    const some = own.filter((_, i) => i % Math.ceil(own.length / SOME) === 0);
    for (const level of levels) {
      const sure = MEASURING.WORDS.sure * (scale + Math.abs(level));
      if (low - level >= -sure || high - level <= sure) continue;
      reached++;
      if (levels.length > LAB.MOST_LINES) continue;
      const most = level - low > high - level ? low - level : high - level;
      seen.add(some.reduce((key, value) => `${key} ${Math.round(((value - level) / most) * 1e9) + 0}`, ""));
    }
  }
  // Of more than can be drawn, which are the same is not looked at.
  return levels.length > LAB.MOST_LINES ? reached : seen.size;
}

/** Which part of the sheet collapses, "" where it is next to nothing.
 * @param {Bent} bent
 */
function collapsingText({ flat, exact }) {
  if (!(flat >= MEASURING.WORDS.least)) return "";
  if (flat > 1 - 1e-12) return say("all");
  const share = percentText(Math.max(flat, 1 / 100), 0);
  return exact ? share : say("about {share}", { share });
}
