/* Values of formulas: a list of what is worked out in order, what formulas have in common once. */

/** @import { Node } from "./data.d.ts" */

import { erf, sigmoid, softplus } from "../../functions.js";

/** @type {Record<string, (a: number, b: number, c: number) => number>} */
const WORK = {
  "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b, "/": (a, b) => a / b,
  "**": (a, b) => a ** b, neg: (a) => -a, max: (a, b) => Math.max(a, b), min: (a, b) => Math.min(a, b),
  abs: Math.abs,
  where: (a, b, c) => (a ? b : c), "<": (a, b) => (a < b ? 1 : 0), "<=": (a, b) => (a <= b ? 1 : 0),
  exp: Math.exp, log: Math.log, log1p: Math.log1p, expm1: Math.expm1, sqrt: Math.sqrt,
  sin: Math.sin, cos: Math.cos, tanh: Math.tanh, sigmoid, softplus, erf, relu: (a) => Math.max(a, 0),
};

/** What works out formulas, given the values of their variables: it writes their values.
 * @param {Node[]} nodes
 * @param {string[]} variables
 * @returns {(given: ArrayLike<number>, out: Float64Array | number[]) => void}
 */
export function programOf(nodes, variables) {
  /** @type {Map<Node, number>} */
  const place = new Map();
  /** @type {number[]} */
  const registers = variables.map(() => 0);
  /** @type {{ work: (a: number, b: number, c: number) => number, from: number[], to: number }[]} */
  const steps = [];
  /** @param {Node} node @returns {number} */
  const placed = (node) => {
    const known = variables.indexOf(node.kind);
    if (known >= 0) return known;
    const found = place.get(node);
    if (found !== undefined) return found;
    const from = node.parts.map(placed);
    const to = registers.push(node.number) - 1;
    if (node.kind !== "number") steps.push({ work: WORK[node.kind], from: [...from, 0, 0].slice(0, 3), to });
    place.set(node, to);
    return to;
  };
  const wanted = nodes.map(placed);
  const values = Float64Array.from(registers);
  const works = steps.map(({ work }) => work);
  const [first, second, third] = [0, 1, 2].map((k) => Uint16Array.from(steps, ({ from }) => from[k]));
  const target = Uint16Array.from(steps, ({ to }) => to);
  return (given, out) => {
    for (let i = 0; i < variables.length; i++) values[i] = given[i];
    for (let i = 0; i < works.length; i++) values[target[i]] = works[i](values[first[i]], values[second[i]], values[third[i]]);
    for (let i = 0; i < wanted.length; i++) out[i] = values[wanted[i]];
  };
}

/** A formula of z as a function.
 * @param {Node} node
 * @returns {(z: number) => number}
 */
export function functionOf(node) {
  const run = programOf([node], ["z"]);
  const out = [0];
  const place = [0];
  return (z) => {
    place[0] = z;
    run(place, out);
    return out[0];
  };
}
