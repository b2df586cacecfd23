/* Formulas in plain signs, see functions/printing.py. */

/** @import { Node } from "./data.d.ts" */

/** @type {Record<string, (a: string, b: string, c: string) => string>} */
const CALLS = {
  max: (a, b) => `max(${a}, ${b})`, min: (a, b) => `min(${a}, ${b})`, abs: (a) => `|${a}|`,
  where: (test, a, b) => `(${a} if ${test} else ${b})`, log: (a) => `ln(${a})`, sqrt: (a) => `√(${a})`,
  relu: (a) => `max(0, ${a})`, sigmoid: (a) => `σ(${a})`,
};
const LEVEL = /** @type {Record<string, number>} */ ({ "+": 1, "-": 1, "*": 2, "/": 2, neg: 3, "**": 4 });
const ATOM = 5;
const HIGH_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A formula as one writes it.
 * @param {Node} node
 * @returns {string}
 */
export function plainText(node) {
  return written(node).text;
}

/** A number with so many digits, its sign a minus.
 * @param {number} value
 * @param {number} [digits]
 */
export function plainNumber(value, digits = 6) {
  return String(Number(value.toPrecision(digits))).replace("-", "−").replace("e+", "e");
}

/** @param {Node} node @returns {{ text: string, level: number }} */
function written({ kind, parts, number }) {
  if (!parts.length) return kind === "number" ? { text: plainNumber(number), level: number < 0 ? 3 : ATOM } : { text: kind, level: ATOM };
  const texts = parts.map(written);
  /** @param {number} i @param {number} least */
  const held = (i, least) => (texts[i].level >= least ? texts[i].text : `(${texts[i].text})`);
  const level = LEVEL[kind];
  if (kind === "neg") return { text: `−${held(0, 4)}`, level };
  if (kind === "**") {
    const power = texts[1].text;
    const raised = /^\d+$/.test(power) ? [...power].map((digit) => HIGH_DIGITS[Number(digit)]).join("") : `^${held(1, ATOM)}`;
    return { text: `${held(0, ATOM)}${raised}`, level };
  }
  if (level) {
    const sign = { "+": " + ", "-": " − ", "*": "·", "/": "/" }[kind];
    const right = texts[1].level === 3 ? `(${texts[1].text})` : held(1, kind === "+" || kind === "*" ? level : level + 1);
    return { text: `${held(0, level)}${sign}${right}`, level };
  }
  if (kind === "<" || kind === "<=") {
    const turned = !texts[0].text.includes("z") && texts[1].text.includes("z");
    const [left, right] = turned ? [texts[1].text, texts[0].text] : [texts[0].text, texts[1].text];
    const sign = { "<": turned ? ">" : "<", "<=": turned ? "≥" : "≤" }[kind];
    return { text: `${left} ${sign} ${right}`, level: 0 };
  }
  const [a, b, c] = texts.map(({ text }) => text);
  return { text: CALLS[kind] ? CALLS[kind](a, b, c) : `${kind}(${a})`, level: ATOM };
}
