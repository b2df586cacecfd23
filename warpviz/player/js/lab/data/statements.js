/* Statements about points, such as y > sin(x) and x < 2: where they hold; see
 * functions/statements.py. */

/** @import { Read } from "./data.d.ts" */

import { Trouble } from "../../payload.js";
import { say } from "../../words/say.js";
import { formulaOf } from "./formulas.js";
import { readText, shownText } from "./reading.js";
import { programOf } from "./values.js";

/** @typedef {{ holds: boolean, defined: boolean }} Truth */
/** @typedef {(x: number, y: number) => { value: number, truth: boolean | null, defined: boolean }} Asked */

/** What tells of a place whether a statement holds there, and whether it is defined.
 * @param {string} text
 * @returns {(x: number, y: number) => Truth}
 */
export function statementOf(text) {
  const asked = askedOf(readText(text), shownText(text));
  if (asked(0, 0).truth === null) throw new Trouble(say("'{text}' says nothing that is true or false; compare, as in y > sin(x)", { text: shownText(text) }));
  return (x, y) => {
    const { truth, defined } = asked(x, y);
    return { holds: Boolean(truth), defined };
  };
}

/** @type {Record<string, (a: number, b: number) => boolean>} */
const COMPARED = {
  "<": (a, b) => a < b, "<=": (a, b) => a <= b, ">": (a, b) => a > b, ">=": (a, b) => a >= b,
  "==": (a, b) => a === b, "!=": (a, b) => a !== b,
};

/** @param {Read} read @param {string} text @returns {Asked} */
function askedOf(read, text) {
  const mixed = () => new Trouble(say("'{text}' joins what are no comparisons; write x > 0 and y > 0", { text }));
  if (read.kind === "and" || read.kind === "or" || read.kind === "&" || read.kind === "|" || read.kind === "not") {
    const parts = read.parts.map((part) => askedOf(part, text));
    if (parts.some((part) => part(0, 0).truth === null)) throw mixed();
    const every = read.kind === "and" || read.kind === "&";
    return (x, y) => {
      const found = parts.map((part) => part(x, y));
      const truth = every ? found.every((one) => one.truth) : found.some((one) => one.truth);
      return { value: 0, truth: read.kind === "not" ? !truth : truth, defined: found.every((one) => one.defined) };
    };
  }
  if (read.kind === "compared") {
    const parts = read.parts.map((part) => askedOf(part, text));
    if (parts.some((part) => part(0, 0).truth !== null)) throw mixed();
    return (x, y) => {
      const found = parts.map((part) => part(x, y));
      const defined = found.every((one) => one.defined);
      const truth = read.signs.every((sign, i) => COMPARED[sign](found[i].value, found[i + 1].value));
      return { value: 0, truth: truth && defined, defined };
    };
  }
  const run = programOf([formulaOf(read, text, ["x", "y"])], ["x", "y"]);
  const out = [0];
  return (x, y) => {
    run([x, y], out);
    return { value: out[0], truth: null, defined: Number.isFinite(out[0]) };
  };
}

const OPPOSITE = /** @type {Record<string, string>} */ ({ "<": "≥", "<=": ">", ">": "≤", ">=": "<", "==": "≠", "!=": "=" });
const SHOWN = /** @type {Record<string, string>} */ ({ "<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠" });

/** A statement and its opposite, as names of what fulfils them.
 * @param {string} text
 * @returns {[string, string]}
 */
export function sidesOf(text) {
  const plain = text.trim().split(/\s+/).join(" ");
  const read = readText(text);
  const sign = /[<>]=?|[!=]=|[≤≥≠]/.exec(plain);
  if (read.kind !== "compared" || read.signs.length > 1 || !sign) return [plain, say("elsewhere")];
  const [left, right] = [plain.slice(0, sign.index).trim(), plain.slice(sign.index + sign[0].length).trim()];
  return [`${left} ${SHOWN[read.signs[0]]} ${right}`, `${left} ${OPPOSITE[read.signs[0]]} ${right}`];
}
