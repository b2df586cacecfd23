/* What a text says as a formula of variables, see functions/reading.py. */

/** @import { Node, Read } from "./data.d.ts" */

import { LAB } from "../known.js";
import { Trouble } from "../../payload.js";
import { say } from "../../words/say.js";
import { called, differenceNode, negativeNode, nodeOf, numberNode, quotientNode, sumNode, powerOf, productNode } from "./nodes.js";
import { readText, shownText } from "./reading.js";

const JOINED = { "+": sumNode, "-": differenceNode, "*": productNode, "/": quotientNode, "**": powerOf };

/** The formula of z of a text.
 * @param {string} text
 * @returns {Node}
 */
export function readFormula(text) {
  const found = formulaOf(readText(text), shownText(text), ["z"]);
  if (isComparison(found)) throw compares(shownText(text));
  return found;
}

/** @param {Node} node */
function isComparison({ kind }) {
  return kind === "<" || kind === "<=";
}

/** @param {string} text */
function compares(text) {
  return new Trouble(say("'{text}' compares; say what follows, as in where(z > 0, 1, 0)", { text }));
}

/** The formula of what was read, of these variables; a comparison only where one is wanted.
 * @param {Read} read
 * @param {string} text in a sentence
 * @param {string[]} variables
 * @param {number} [depth]
 * @returns {Node}
 */
export function formulaOf(read, text, variables, depth = 0) {
  const { deepest, largest, constants, functions } = LAB.GRAMMAR;
  const no = () => new Trouble(say("'{text}' has more in it than numbers, {names}, + - * / ** and functions ({functions})", { text, names: variables.join(", "), functions: functions.join(", ") }));
  if (depth > deepest) throw no();
  /** @param {Read} part */
  const valued = (part) => {
    const found = formulaOf(part, text, variables, depth + 1);
    if (isComparison(found)) throw compares(text);
    return found;
  };
  if (read.kind === "number") {
    if (!(Math.abs(read.number) <= largest)) throw no();
    return numberNode(read.number);
  }
  if (read.kind === "name") {
    if (variables.includes(read.name)) return nodeOf(read.name);
    if (!Object.hasOwn(constants, read.name)) throw no();
    return numberNode(/** @type {Record<string, number>} */ (constants)[read.name]);
  }
  if (read.kind === "neg") return negativeNode(valued(read.parts[0]));
  if (read.kind === "pos") return valued(read.parts[0]);
  if (read.kind === "compared" && read.signs.length === 1 && /^[<>]/.test(read.signs[0])) {
    const [left, right] = read.parts.map(valued);
    const sign = read.signs[0].replace(">", "<");
    return nodeOf(sign, read.signs[0][0] === "<" ? [left, right] : [right, left]);
  }
  if (read.kind === "call") return calledBy(read.name, read.parts.map((part) => formulaOf(part, text, variables, depth + 1)), text, no);
  if (Object.hasOwn(JOINED, read.kind) && "parts" in read && read.parts.length === 2) {
    return JOINED[/** @type {keyof typeof JOINED} */ (read.kind)](valued(read.parts[0]), valued(read.parts[1]));
  }
  throw no();
}

/** A function of parts.
 * @param {string} name
 * @param {Node[]} parts
 * @param {string} text
 * @param {() => Trouble} no
 * @returns {Node}
 */
function calledBy(name, parts, text, no) {
  if (!LAB.GRAMMAR.functions.includes(name)) throw no();
  const several = name === "max" || name === "min";
  const expected = name === "clip" || name === "where" ? 3 : 1;
  if (several ? parts.length < 2 : parts.length !== expected) throw no();
  const tests = parts.map(isComparison);
  if (name === "where") {
    if (!tests[0] || tests[1] || tests[2]) throw no();
    return called("where", ...parts);
  }
  if (tests.some((test) => test)) throw compares(text);
  if (name === "clip") return called("min", called("max", parts[0], parts[1]), parts[2]);
  return several ? parts.reduce((found, part) => called(name, found, part)) : called(name, ...parts);
}
