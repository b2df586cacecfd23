/* Activations by their names, and those that are typed in as formulas. */

/** @import { Node } from "./data.d.ts" */

import { ACTIVATIONS } from "../../formulas.js";
import { FAMILIES, FILLS, LAB, RECORDS } from "../known.js";
import { Trouble } from "../../payload.js";
import { say } from "../../words/say.js";
import { readFormula } from "./formulas.js";
import { shownText } from "./reading.js";
import { slopeOf } from "./slopes.js";
import { straightOf } from "./straight.js";
import { branchesOf, sharpPlaces } from "./switches.js";
import { programOf } from "./values.js";
import { plainText } from "./writing.js";

/** The names that the page knows from the start. */
export function activationNames() {
  return Object.keys(FILLS).filter((name) => RECORDS[name].built);
}

/** An activation's name, once what it names is learnt: one of the table, with numbers behind a colon
 * where it takes some, or a formula of z, alone or after a name and =.
 * @param {string} text
 * @returns {string}
 */
export function knowActivation(text) {
  const name = text.trim();
  if (Object.hasOwn(FILLS, name)) return name;
  const named = /^([A-Za-z_]\w*)\s*=(?!=)(.*)$/.exec(name);
  const family = /^([A-Za-z_]\w*):(.*)$/.exec(name);
  if (named) {
    const key = `${named[1]}=${named[2].trim()}`;
    if (!Object.hasOwn(FILLS, key)) learn(key, named[1], readFormula(named[2]));
    return key;
  }
  if (family) learn(name, family[1].replaceAll("_", " "), ofFamily(family[1], family[2], name));
  else learn(name, name, readFormula(name));
  return name;
}

/** The formula of a family with other numbers.
 * @param {string} stem
 * @param {string} text
 * @param {string} name
 */
function ofFamily(stem, text, name) {
  const families = /** @type {Record<string, { formula: string, usual: number[] }>} */ (FAMILIES);
  const family = Object.hasOwn(families, stem) ? families[stem] : null;
  const numbers = text.split(":").map((part) => (part.trim() ? Number(part) : NaN));
  if (!family || numbers.length > family.usual.length || !numbers.every(Number.isFinite)) {
    throw new Trouble(say("There is no activation '{name}'", { name: shownText(name) }));
  }
  const all = [...numbers, ...family.usual.slice(numbers.length)];
  return readFormula(all.reduce((formula, value, i) => formula.replaceAll(`{${i}}`, `(${value})`), family.formula));
}

/** Let a formula be known by a name to all that looks activations up.
 * @param {string} name
 * @param {string} spoken
 * @param {Node} node
 */
function learn(name, spoken, node) {
  const both = programOf([node, slopeOf(node)], ["z"]);
  const out = [0, 0];
  const place = [0];
  /** @param {number} z */
  const at = (z) => {
    place[0] = z;
    both(place, out);
    return out;
  };
  FILLS[name] = (zs, value, slope, start, count) => {
    for (let i = start; i < start + count; i++) {
      at(zs[i]);
      value[i] = out[0];
      slope[i] = out[1];
    }
  };
  ACTIVATIONS[name] = (z) => at(z)[0];
  const pieces = straightOf(node);
  const { sharp, jumps } = sharpPlaces(node);
  const breakpoints = pieces && pieces.breaks;
  RECORDS[name] = {
    name, spoken, latex: `\\mathrm{${spoken.replaceAll("_", "\\_")}}(z)`, caption: plainText(node).replaceAll("z", "{z}"),
    breakpoints, slopes: pieces ? pieces.lines.map(({ rise }) => [rise]) : [], shifts: pieces ? pieces.lines.map((line) => [line.at]) : [],
    jumps: breakpoints ? jumps.map((place) => nearest(breakpoints, place)) : jumps,
    sharp: breakpoints ?? sharp, branches: branchesOf(node), squashes: !pieces && !jumps.length && squashing(at), built: false, gain: 1,
  };
}

/** @param {number[]} places @param {number} wanted */
function nearest(places, wanted) {
  return places.reduce((best, place) => (Math.abs(place - wanted) < Math.abs(best - wanted) ? place : best));
}

/** Whether a function goes one way, and by much less than z does.
 * @param {(z: number) => number[]} at
 */
function squashing(at) {
  const { large, nodes, part } = LAB.SQUASHING;
  let low = Infinity;
  let high = -Infinity;
  let way = 0;
  for (let i = 0; i <= nodes; i++) {
    const [value, slope] = at(-large + (2 * large * i) / nodes);
    if (slope * way < 0) return false;
    way ||= slope;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high - low < part * 2 * large;
}
