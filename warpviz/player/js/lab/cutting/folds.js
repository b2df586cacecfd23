/* Where activations that bend smoothly fold: at time t of its act a unit is (1 − t) z + t f(z), and
 * where the slope of that changes its sign the map turns back on itself. */

/** @import { ActivationRecord } from "../lab.d.ts" */

import { FILLS, LAB } from "../known.js";

/** @type {Map<string, Float64Array>} */
const monotone = new Map();
/** @type {Map<string, number[]>} */
const foldsFound = new Map();

/** Slopes at places.
 * @param {string} name
 * @param {Float64Array} z
 */
function slopesAt(name, z) {
  const slope = new Float64Array(z.length);
  FILLS[name](z, new Float64Array(z.length), slope, 0, z.length, 0);
  return slope;
}

/** A grid from −reach to reach, so fine that twice as many nodes see hardly more of how far f′ goes up
 * and down; and f′ at its nodes.
 * @param {string} name
 * @param {number} reach
 */
function seenNodes(name, reach) {
  let count = Math.min(Math.max(Math.floor(2 * reach * LAB.PER_UNIT), 2), LAB.MOST_NODES);
  /** @param {number} parts */
  const grid = (parts) => Float64Array.from({ length: parts + 1 }, (_, i) => (i === parts ? reach : -reach + (2 * reach * i) / parts));
  let nodes = grid(count);
  let value = slopesAt(name, nodes);
  while (count < LAB.MOST_NODES) {
    count *= 2;
    const finer = grid(count);
    const more = slopesAt(name, finer);
    const enough = !(travelled(value) < LAB.SEEN * travelled(more));
    [nodes, value] = [finer, more];
    if (enough) break;
  }
  return { nodes, value };
}

/** How far values go up and down.
 * @param {Float64Array} values
 */
function travelled(values) {
  let way = 0;
  for (let i = 1; i < values.length; i++) way += Math.abs(values[i] - values[i - 1]);
  return way;
}

/** Nodes from −reach to reach between which f′ is monotone: a grid and all extrema of f′.
 * @param {ActivationRecord} record
 * @param {number} reach
 */
function monotoneNodes({ name, branches }, reach) {
  const key = `${name} ${reach}`;
  const known = monotone.get(key);
  if (known) return known;
  const { nodes, value } = seenNodes(name, reach);
  /** @type {number[]} */
  const found = [...nodes];
  const turns = [];
  for (let i = 1; i + 1 < nodes.length; i++) if ((value[i] - value[i - 1]) * (value[i + 1] - value[i]) < 0) turns.push(i);
  // Of waves without number the nodes have to do.
  if (turns.length <= MOST_TURNS) for (const i of turns) found.push(extremum(name, nodes[i - 1], nodes[i + 1], Math.sign(value[i] - value[i - 1])));
  for (const at of branches) if (Math.abs(at) < reach) found.push(at, at + Math.max(Math.abs(at), 1) * Number.EPSILON);
  const all = Float64Array.from(new Set(found)).sort();
  monotone.set(key, all);
  return all;
}

const MOST_TURNS = 1000;
/** Beyond so far from 0 nothing is looked for. */
const FARTHEST_NODE = 2 ** 14;
const GOLDEN = 0.5 * (Math.sqrt(5) - 1);

/** Where f′ has its extremum between two places, by golden sections.
 * @param {string} name
 * @param {number} from
 * @param {number} to
 * @param {number} peak 1 for a maximum, −1 for a minimum
 */
function extremum(name, from, to, peak) {
  let low = from;
  let high = to;
  for (let i = 0; i < LAB.HALVINGS; i++) {
    const a = high - GOLDEN * (high - low);
    const b = low + GOLDEN * (high - low);
    const [first, second] = slopesAt(name, Float64Array.of(a, b));
    if (peak * first > peak * second) high = b;
    else low = a;
  }
  return (low + high) / 2;
}

/** @type {Map<string, { place: number, least: number, most: number }[]>} */
const turnsFound = new Map();

/** Where within so much of 0 the slope of one unit has an extremum or jumps, and its least and largest
 * value there.
 * @param {ActivationRecord} record
 * @param {number} largest
 * @param {number} unit
 */
export function slopeTurns(record, largest, unit) {
  const { name, breakpoints, slopes } = record;
  if (breakpoints) {
    const column = Math.min(unit, slopes[0].length - 1);
    return breakpoints.map((place, i) => {
      const [left, right] = [slopes[i][column], slopes[i + 1][column]];
      return { place, least: Math.min(left, right), most: Math.max(left, right) };
    });
  }
  const reach = Math.min(2 ** Math.ceil(Math.log2(Math.max(largest, 1))), FARTHEST_NODE);
  const key = `${name} ${reach}`;
  const known = turnsFound.get(key);
  if (known) return known;
  const nodes = monotoneNodes(record, reach);
  const value = slopesAt(name, nodes);
  const size = value.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0);
  const found = [];
  let way = 0;
  for (let i = 1; i < nodes.length; i++) {
    // Where the slope stays the same, or trembles by rounding, it does not turn.
    const rise = value[i] - value[i - 1];
    if (!(Math.abs(rise) > LAB.TREMBLES * size)) continue;
    if (rise * way < 0) found.push({ place: nodes[i - 1], least: value[i - 1], most: value[i - 1] });
    way = rise;
  }
  turnsFound.set(key, found);
  return found;
}

/** All z within so much of 0 where (1 − t) + t f′(z) changes its sign, rising.
 * @param {ActivationRecord} record
 * @param {number} t
 * @param {number} largest
 */
export function foldPoints(record, t, largest) {
  const reach = Math.min(2 ** Math.ceil(Math.log2(Math.max(largest, 1))), FARTHEST_NODE);
  const key = `${record.name} ${t} ${reach}`;
  const known = foldsFound.get(key);
  if (known) return known;
  const nodes = monotoneNodes(record, reach);
  const turned = slopesAt(record.name, nodes).map((slope) => 1 - t + t * slope);
  /** @type {number[]} */
  const found = [];
  const most = LAB.MOST_LINES * LAB.MOST_LINES;
  for (let i = 0; i + 1 < nodes.length && found.length < most; i++) {
    if (i && turned[i] === 0 && turned[i - 1] * turned[i + 1] < 0) found.push(nodes[i]);
    if (turned[i] * turned[i + 1] < 0) found.push(root(record.name, t, nodes[i], nodes[i + 1], turned[i] < 0));
  }
  found.sort((a, b) => a - b);
  foldsFound.set(key, found);
  return found;
}

/**
 * @param {string} name
 * @param {number} t
 * @param {number} from
 * @param {number} to
 * @param {boolean} rising
 */
function root(name, t, from, to, rising) {
  let low = from;
  let high = to;
  for (let i = 0; i < LAB.HALVINGS; i++) {
    const middle = (low + high) / 2;
    const before = (1 - t + t * slopesAt(name, Float64Array.of(middle))[0] < 0) === rising;
    if (before) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The time from which the act of an activation folds the sheet; null where it never does.
 * @param {ActivationRecord} record
 */
export function foldTime(record) {
  const { name, breakpoints, jumps } = record;
  if (breakpoints && !breakpoints.length) return null;
  if (breakpoints || jumps.length) return 0;
  const reach = LAB.SPAN[1];
  const lowest = slopesAt(name, monotoneNodes(record, reach)).reduce((least, slope) => Math.min(least, slope), Infinity);
  return lowest < 0 ? 1 / (1 - lowest) : null;
}
