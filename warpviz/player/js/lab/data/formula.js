/* The closed formula of a net, layer by layer. */

/** @import { Layer } from "../lab.d.ts" */

import { recordOf } from "../cutting/steps.js";
import { plainNumber } from "./writing.js";

const LOW = "₀₁₂₃₄₅₆₇₈₉";
const HIGH = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const DIGITS = 4;

/** @param {number} number @param {string} signs */
const small = (number, signs) => [...String(number)].map((digit) => signs[Number(digit)]).join("");

/** What a net computes, a line a unit: sums with their numbers, activations around them.
 * @param {Layer[]} layers
 * @param {"plain" | "latex"} form
 * @returns {string[]}
 */
export function formulaText(layers, form) {
  const latex = form === "latex";
  let letter = "x";
  let depth = 0;
  /** @param {string} name @param {number} level @param {number} unit */
  const sign = (name, level, unit) => {
    if (latex) return level ? `${name}^{(${level})}_{${unit}}` : `${name}_{${unit}}`;
    return `${name}${level ? `⁽${small(level, HIGH)}⁾` : ""}${small(unit, LOW)}`;
  };
  /** @type {string[]} */
  const lines = [];
  let width = 2;
  for (const { activation, weight, bias, inner } of layers) {
    if (inner) {
      lines.push(`${letter} + f(${letter})`);
      continue;
    }
    const before = letter;
    const from = depth;
    if (weight && bias) {
      depth++;
      letter = "z";
      const n = weight.length / bias.length;
      for (let i = 0; i < bias.length; i++) {
        const parts = Array.from({ length: n }, (_, j) => ({ factor: weight[i * n + j], of: sign(before, from, j + 1) }));
        lines.push(`${sign("z", depth, i + 1)} = ${sumText(parts, bias[i], latex)}`);
      }
      width = bias.length;
    }
    if (activation === "identity") continue;
    const after = activation === "softmax" ? "p" : "h";
    for (let i = 1; i <= width; i++) lines.push(`${sign(after, depth, i)} = ${activated(activation, sign(letter, depth, i), sign(letter, depth, 1).replace(/\{?1\}?$|₁$/, ""), latex)}`);
    letter = after;
  }
  return lines;
}

/** @param {string} name @param {string} z @param {string} all @param {boolean} latex */
function activated(name, z, all, latex) {
  if (name === "softmax") return latex ? `\\operatorname{softmax}(${z})` : `exp(${z})/Σ exp(${all})`;
  const record = recordOf(name);
  return latex ? record.latex.replace(/(?<![A-Za-z\\])z(?![A-Za-z])/g, z) : record.caption.replaceAll("{z}", z);
}

/** A weighted sum: what is 0 is left out, what is 1 is not multiplied by.
 * @param {{ factor: number, of: string }[]} parts
 * @param {number} bias
 * @param {boolean} latex
 */
function sumText(parts, bias, latex) {
  /** @type {{ minus: boolean, text: string }[]} */
  const terms = [];
  for (const { factor, of } of parts) {
    const size = plainNumber(Math.abs(factor), DIGITS);
    if (size !== "0") terms.push({ minus: factor < 0, text: size === "1" ? of : `${size}${latex ? " " : "·"}${of}` });
  }
  const size = plainNumber(Math.abs(bias), DIGITS);
  if (size !== "0" || !terms.length) terms.push({ minus: bias < 0, text: size });
  const minus = latex ? "-" : "−";
  return terms.map((term, i) => (i ? ` ${term.minus ? minus : "+"} ` : term.minus ? minus : "") + term.text).join("");
}
