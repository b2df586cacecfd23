/* Formulas as trees, with the little arithmetic that keeps them short: see functions/node.py. */

/** @import { Node } from "./data.d.ts" */

/** @type {Map<string, Node>} */
const interned = new Map();

/** A node; equal ones are one.
 * @param {string} kind
 * @param {Node[]} [parts]
 * @param {number} [number]
 * @returns {Node}
 */
export function nodeOf(kind, parts = [], number = 0) {
  const key = `${kind} ${Object.is(number, -0) ? "-0" : number} ${parts.map(({ id }) => id)}`;
  const known = interned.get(key);
  if (known) return known;
  const constant = kind === "number" || (parts.length > 0 && parts.every((part) => part.constant));
  const made = { id: interned.size, kind, parts, number, constant };
  interned.set(key, made);
  return made;
}

/** @param {number} value */
export const numberNode = (value) => nodeOf("number", [], value);
export const ZERO = numberNode(0);
export const ONE = numberNode(1);
/** @param {Node} node */
const isKnown = ({ kind }) => kind === "number";

/** @param {Node} a @param {Node} b @returns {Node} */
export function sumNode(a, b) {
  if (a === ZERO) return b;
  if (b === ZERO) return a;
  if (isKnown(a) && isKnown(b)) return numberNode(a.number + b.number);
  return b.kind === "neg" ? differenceNode(a, b.parts[0]) : nodeOf("+", [a, b]);
}

/** @param {Node} a @param {Node} b @returns {Node} */
export function differenceNode(a, b) {
  if (b === ZERO) return a;
  if (a === ZERO) return negativeNode(b);
  return isKnown(a) && isKnown(b) ? numberNode(a.number - b.number) : nodeOf("-", [a, b]);
}

/** @param {Node} a @returns {Node} */
export function negativeNode(a) {
  if (isKnown(a)) return numberNode(a.number === 0 ? 0 : -a.number);
  return a.kind === "neg" ? a.parts[0] : nodeOf("neg", [a]);
}

/** @param {Node} a @param {Node} b @returns {Node} */
export function productNode(a, b) {
  if (a === ZERO || b === ZERO) return ZERO;
  if (a === ONE) return b;
  if (b === ONE) return a;
  return isKnown(a) && isKnown(b) ? numberNode(a.number * b.number) : nodeOf("*", [a, b]);
}

/** A / b; 1/(1 + e^−u) is sigmoid(u).
 * @param {Node} a
 * @param {Node} b
 * @returns {Node}
 */
export function quotientNode(a, b) {
  if (b === ONE) return a;
  if (a === ZERO && b !== ZERO) return ZERO;
  const grown = onePlusExp(b);
  if (!grown) return nodeOf("/", [a, b]);
  const u = grown.kind === "*" && isKnown(grown.parts[0]) ? productNode(numberNode(-grown.parts[0].number), grown.parts[1]) : negativeNode(grown);
  const share = nodeOf("sigmoid", [u]);
  return a === ONE ? share : nodeOf("*", [a, share]);
}

/** @param {Node} a @param {Node} b @returns {Node} */
export function powerOf(a, b) {
  if (b === ONE) return a;
  return b === ZERO ? ONE : nodeOf("**", [a, b]);
}

/** A function of parts; ln(1 + e^u) and log1p(e^u) are softplus(u).
 * @param {string} name
 * @param {...Node} parts
 * @returns {Node}
 */
export function called(name, ...parts) {
  const grown = name === "log" ? onePlusExp(parts[0]) : null;
  if (grown) return nodeOf("softplus", [grown]);
  if (name === "log1p" && parts[0].kind === "exp") return nodeOf("softplus", parts[0].parts);
  return nodeOf(name, parts);
}

/** The u of 1 + e^u.
 * @param {Node} node
 */
function onePlusExp({ kind, parts }) {
  if (kind !== "+") return null;
  for (const [one, other] of [parts, [parts[1], parts[0]]]) if (one === ONE && other.kind === "exp") return other.parts[0];
  return null;
}
