/* Where a formula goes over from one branch to another, and bends sharply or jumps there; see
 * functions/switches.py. */

/** @import { Node } from "./data.d.ts" */

import { LAB } from "../known.js";
import { differenceNode } from "./nodes.js";
import { slopeOf } from "./slopes.js";
import { straightOf } from "./straight.js";
import { functionOf, programOf } from "./values.js";

/** Where a formula goes over to another branch, rising.
 * @param {Node} node
 * @returns {number[]}
 */
export function branchesOf(node) {
  return [...new Set([...conditionsOf(node)].flatMap(crossingsOf).map((at) => at + 0))].sort((a, b) => a - b);
}

/** What changes its sign where a part of a formula goes over to another branch.
 * @param {Node} node
 * @returns {Set<Node>}
 */
function conditionsOf(node) {
  /** @type {Set<Node>} */
  const found = new Set();
  /** @type {Set<Node>} */
  const seen = new Set();
  /** @param {Node} part */
  const look = (part) => {
    if (seen.has(part)) return;
    seen.add(part);
    const { kind, parts } = part;
    if (kind === "max" || kind === "min") found.add(differenceNode(parts[0], parts[1]));
    else if (kind === "abs" || kind === "relu") found.add(parts[0]);
    else if (kind === "where") found.add(differenceNode(parts[0].parts[0], parts[0].parts[1]));
    parts.forEach(look);
  };
  look(node);
  return found;
}

/** Where a formula changes its sign, exactly if it is made of straight pieces.
 * @param {Node} node
 * @returns {number[]}
 */
function crossingsOf(node) {
  if (node.constant) return [];
  const pieces = straightOf(node);
  if (pieces) {
    const edges = [-Infinity, ...pieces.breaks, Infinity];
    const places = pieces.lines.flatMap(({ rise, at }, k) => (rise && edges[k] <= -at / rise && -at / rise <= edges[k + 1] ? [-at / rise] : []));
    return [...places, ...pieces.breaks];
  }
  const { span, nodes, halvings } = LAB.SWITCHES;
  const value = functionOf(node);
  /** @type {number[]} */
  const found = [];
  const at = (/** @type {number} */ i) => -span + (2 * span * i) / nodes;
  for (let i = 0; i < nodes; i++) {
    const above = value(at(i)) > 0;
    if (above === value(at(i + 1)) > 0) continue;
    let [low, high] = [at(i), at(i + 1)];
    for (let k = 0; k < halvings; k++) {
      const middle = (low + high) / 2;
      if (value(middle) > 0 === above) low = middle;
      else high = middle;
    }
    found.push(high);
  }
  return found;
}

/** Where a formula bends sharply or jumps, rising, and at which of these places it jumps.
 * @param {Node} node
 */
export function sharpPlaces(node) {
  const { beside, sure } = LAB.SWITCHES;
  const run = programOf([node, slopeOf(node)], ["z"]);
  /** @type {number[]} */
  const sharp = [];
  /** @type {number[]} */
  const jumps = [];
  for (const at of branchesOf(node)) {
    const away = beside * Math.max(1, Math.abs(at));
    const [left, right] = [[0, 0], [0, 0]];
    run([at - away], left);
    run([at + away], right);
    const rise = right[0] - left[0] - away * (left[1] + right[1]);
    const jumping = Math.abs(rise) > sure * (1 + Math.max(Math.abs(left[0]), Math.abs(right[0])));
    const turning = Math.abs(right[1] - left[1]) > sure * (1 + Math.max(Math.abs(left[1]), Math.abs(right[1])));
    if (jumping || turning) sharp.push(at);
    if (jumping) jumps.push(at);
  }
  return { sharp, jumps };
}
