/* What states and acts are called (see warpviz/model/captions.py), and the letters of formulas. */

/** @import { Layer } from "../../types.js" */

import { say } from "../../words/say.js";

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
export const LOWERED = "₀₁₂₃₄₅₆₇₈₉";

/** A number with its digits from others.
 * @param {number} value
 * @param {string} digits
 */
export const inDigits = (value, digits) => String(value).replace(/\d/g, (digit) => digits[Number(digit)]);

/** @param {Layer} layer */
const isAffine = ({ weight }) => weight !== null;

/** What is played of a chain whose layers are an affine map or an activation each.
 * @param {Layer[]} layers
 * @param {string[]} features of the input, [] for letters
 */
export function captionsOf(layers, features) {
  const columns = features.length === 2 ? features : ["x₁", "x₂"];
  const input = say("input ({columns})", { columns: columns.join(", ") });
  const stops = [input];
  const short = [input];
  const letters = ["x"];
  const signs = ["x"];
  /** @type {string[]} */
  const formulas = [];
  let depth = 0;
  layers.forEach((layer, k) => {
    const { weight, activation } = layer;
    if (isAffine(layer)) depth += 1;
    const number = say("layer {number}", { number: depth });
    const last = k === layers.length - 1;
    const doing = weight ? say("affine") : activation;
    const whole = weight ? say("affine {before}→{after}", { before: weight.shape[1], after: weight.shape[0] }) : activation;
    const named = (/** @type {string} */ does) => (last && weight ? say("logits") : depth ? `${number} · ${does}` : does);
    stops.push(named(whole));
    short.push(named(doing));
    const above = `⁽${inDigits(depth, RAISED)}⁾`;
    const letter = weight ? "z" : "h";
    letters.push(letter);
    signs.push(`${letter}${above}`);
    const before = signs[k];
    formulas.push(`${signs[k + 1]} = ${weight ? `W${above}·${before} + b${above}` : `${activation}(${before})`}`);
  });
  const acts = short.slice(1).map((after, k) =>
    say("{before} → {after}", { before: short[k], after: after.slice(after.lastIndexOf(" · ") + 1).replace(/^· /, "") }));
  return { stops, acts, letters, formulas };
}

/** The axes of a state of so many units, none where principal ones are seen.
 * @param {string} letter
 * @param {number} width
 * @returns {[string, number, number][]}
 */
export function axesNamed(letter, width) {
  if (!letter) return [];
  return Array.from({ length: Math.min(width, 3) }, (_, i) => /** @type {[string, number, number]} */ ([`${letter}${LOWERED[i + 1]}`, 0, 1]));
}
