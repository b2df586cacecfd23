/* Formulas that are made of straight pieces: where they bend or jump, exactly; see functions/lines.py. */

/** @import { Node, Piece, Straight } from "./data.d.ts" */

import { LAB } from "../known.js";
import { functionOf } from "./values.js";

/** The straight pieces of a formula; null if it has curved parts, or too many pieces.
 * @param {Node} node
 * @returns {Straight | null}
 */
export function straightOf(node) {
  const found = piecesIn(node);
  if (!found) return null;
  /** @type {Straight} */
  const merged = { breaks: [], lines: [found.lines[0]] };
  found.breaks.forEach((at, i) => {
    const line = found.lines[i + 1];
    const last = merged.lines[merged.lines.length - 1];
    if (line.rise === last.rise && line.at === last.at) return;
    merged.breaks.push(at + 0);
    merged.lines.push(line);
  });
  return merged;
}

/** @param {number} height @returns {Straight | null} */
function flatAt(height) {
  return Number.isFinite(height) ? { breaks: [], lines: [{ rise: 0, at: height }] } : null;
}

/** @param {Node} node @returns {Straight | null} */
function piecesIn(node) {
  if (node.kind === "z") return { breaks: [], lines: [{ rise: 1, at: 0 }] };
  if (node.constant) return flatAt(functionOf(node)(0));
  const parts = node.parts.filter(({ kind }) => kind !== "<" && kind !== "<=").map(piecesIn);
  const known = parts.flatMap((part) => part ?? []);
  if (known.length < parts.length) return null;
  const found = joinedPieces(node, known);
  return found && found.lines.length <= LAB.MOST_STRAIGHT ? found : null;
}

/** @param {Node} node @param {Straight[]} parts @returns {Straight | null} */
function joinedPieces(node, [a, b]) {
  switch (node.kind) {
    case "+": return joinedBy([a, b], ([one, other]) => ({ rise: one.rise + other.rise, at: one.at + other.at }));
    case "-": return joinedBy([a, b], ([one, other]) => ({ rise: one.rise - other.rise, at: one.at - other.at }));
    case "neg": return scaledBy(-1, a);
    case "*": return productOf(a, b) ?? productOf(b, a);
    case "/": {
      const [{ rise, at }] = b.lines;
      return b.lines.length > 1 || rise !== 0 || at === 0 ? null : { breaks: a.breaks, lines: a.lines.map((line) => ({ rise: line.rise / at, at: line.at / at })) };
    }
    case "max": return chosenBy(b, a, a, b);
    case "min": return chosenBy(a, b, a, b);
    case "abs": return chosenBy(a, NOTHING, scaledBy(-1, a), a);
    case "relu": return chosenBy(NOTHING, a, a, NOTHING);
    case "where": {
      const [left, right] = node.parts[0].parts.map(piecesIn);
      return left && right && chosenBy(left, right, a, b);
    }
    default: return null;
  }
}

/** @type {Straight} */
const NOTHING = { breaks: [], lines: [{ rise: 0, at: 0 }] };

/** All breaks of several functions, and their lines between them.
 * @param {Straight[]} parts
 */
function cutAll(parts) {
  const breaks = [...new Set(parts.flatMap((part) => part.breaks))].sort((a, b) => a - b);
  const lines = [-Infinity, ...breaks].map((low) => parts.map((part) => part.lines[part.breaks.filter((at) => at <= low).length]));
  return { breaks, lines };
}

/** @param {Straight[]} parts @param {(lines: Piece[]) => Piece} join @returns {Straight} */
function joinedBy(parts, join) {
  const { breaks, lines } = cutAll(parts);
  return { breaks, lines: lines.map(join) };
}

/** @param {number} factor @param {Straight} part @returns {Straight} */
function scaledBy(factor, { breaks, lines }) {
  return { breaks, lines: lines.map(({ rise, at }) => ({ rise: factor * rise, at: factor * at })) };
}

/** @param {Straight} heights @param {Straight} other @returns {Straight | null} */
function productOf(heights, other) {
  if (heights.lines.some(({ rise }) => rise !== 0)) return null;
  return joinedBy([heights, other], ([{ at }, line]) => ({ rise: at * line.rise, at: at * line.at }));
}

/** `then` where the first is below the second, else `otherwise`.
 * @param {Straight} first
 * @param {Straight} second
 * @param {Straight} then
 * @param {Straight} otherwise
 * @returns {Straight}
 */
function chosenBy(first, second, then, otherwise) {
  const { breaks, lines } = cutAll([first, second, then, otherwise]);
  const edges = [-Infinity, ...breaks, Infinity];
  /** @type {Straight} */
  const found = { breaks: [], lines: [] };
  lines.forEach(([a, b, yes, no], i) => {
    const [low, high] = [edges[i], edges[i + 1]];
    const rise = a.rise - b.rise;
    const at = a.at - b.at;
    const cross = rise ? -at / rise : Infinity;
    const places = low < cross && cross < high ? [low, cross, high] : [low, high];
    for (let k = 0; k + 1 < places.length; k++) {
      if (Number.isFinite(places[k])) found.breaks.push(places[k]);
      found.lines.push(rise * insideOf(places[k], places[k + 1]) + at < 0 ? yes : no);
    }
  });
  return found;
}

/** A place between two, which may be infinite.
 * @param {number} low
 * @param {number} high
 */
function insideOf(low, high) {
  if (low === -Infinity) return high === Infinity ? 0 : high - 1 - Math.abs(high);
  return high === Infinity ? low + 1 + Math.abs(low) : (low + high) / 2;
}
