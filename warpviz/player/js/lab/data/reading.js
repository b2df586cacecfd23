/* Texts to what they say: Python's expressions, as far as formulas and statements have them. */

/** @import { Read } from "./data.d.ts" */

import { LAB } from "../known.js";
import { Trouble } from "../../payload.js";
import { say } from "../../words/say.js";

const TOKEN = /\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|(\*\*|<=|>=|==|!=|[-+*/()<>,&|~]))/y;
const COMPARES = ["<", "<=", ">", ">=", "==", "!="];

/** What a text says; a trouble where it says nothing.
 * @param {string} text
 * @returns {Read}
 */
export function readText(text) {
  const { longest, signs } = LAB.GRAMMAR;
  const shown = shownText(text);
  if (text.length > longest) throw new Trouble(say("'{text}' is too long: a formula has at most {count} signs", { text: shown, count: longest }));
  let plain = text;
  for (const [sign, word] of Object.entries(signs)) plain = plain.replaceAll(sign, word);
  const tokens = tokensOf(plain.trim());
  const no = () => new Trouble(say("'{text}' cannot be read; write a formula such as max(z, 0.1*z), or a statement such as y > sin(x)", { text: shown }));
  if (!tokens) throw no();
  const parser = parserOf(tokens);
  const found = parser.whole();
  if (!found || !parser.atEnd()) throw no();
  return found;
}

/** As much of a text as a sentence has room for.
 * @param {string} text
 */
export function shownText(text) {
  return text.length <= LAB.GRAMMAR.shown ? text : `${text.slice(0, LAB.GRAMMAR.shown - 1)}…`;
}

/** @param {string} text @returns {string[] | null} */
function tokensOf(text) {
  /** @type {string[]} */
  const tokens = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text);
    if (!found) return null;
    tokens.push(found[1] ?? found[2] ?? found[3]);
  }
  return tokens;
}

/** Recursive descent; what is no expression is null.
 * @param {string[]} tokens
 */
function parserOf(tokens) {
  let at = 0;
  let depth = 0;
  /** @param {...string} wanted */
  const next = (...wanted) => (at < tokens.length && wanted.includes(tokens[at]) ? tokens[at++] : null);
  /** A run of operands with signs between them, from the left.
   * @param {() => Read | null} operand @param {...("+" | "-" | "*" | "/" | "&" | "|")} signs @returns {() => Read | null} */
  const joined = (operand, ...signs) => () => {
    let left = operand();
    for (let sign = left && next(...signs); left && sign; sign = left && next(...signs)) {
      const right = operand();
      left = right && /** @type {Read} */ ({ kind: sign, parts: [left, right] });
    }
    return left;
  };
  /** @returns {Read | null} */
  const atom = () => {
    if (++depth > LAB.GRAMMAR.deepest * LAB.GRAMMAR.deepest || at >= tokens.length) return null;
    const token = tokens[at++];
    if (/^[\d.]/.test(token)) return { kind: "number", number: Number(token) };
    if (token === "(") {
      const inside = whole();
      return next(")") ? inside : null;
    }
    if (!/^[A-Za-z_]/.test(token) || ["and", "or", "not"].includes(token)) return null;
    if (!next("(")) return { kind: "name", name: token };
    /** @type {Read[]} */
    const parts = [];
    while (!next(")")) {
      const part = parts.length && !next(",") ? null : whole();
      if (!part) return null;
      parts.push(part);
    }
    return { kind: "call", name: token, parts };
  };
  /** @returns {Read | null} */
  const power = () => {
    const base = atom();
    if (!base || !next("**")) return base;
    const exponent = signed();
    return exponent && { kind: "**", parts: [base, exponent] };
  };
  /** @returns {Read | null} */
  const signed = () => {
    const sign = next("-", "+", "~");
    if (!sign) return power();
    const inside = signed();
    return inside && { kind: sign === "-" ? "neg" : sign === "+" ? "pos" : "not", parts: [inside] };
  };
  const either = joined(joined(joined(joined(signed, "*", "/"), "+", "-"), "&"), "|");
  /** @returns {Read | null} */
  const compared = () => {
    const first = either();
    /** @type {string[]} */
    const signs = [];
    const parts = [first];
    for (let sign = first && next(...COMPARES); sign; sign = next(...COMPARES)) {
      signs.push(sign);
      parts.push(either());
    }
    const whole = parts.flatMap((part) => part ?? []);
    if (whole.length < parts.length) return null;
    return signs.length ? { kind: "compared", signs, parts: whole } : first;
  };
  /** @returns {Read | null} */
  const denied = () => {
    if (!next("not")) return compared();
    const inside = denied();
    return inside && { kind: "not", parts: [inside] };
  };
  /** @param {() => Read | null} operand @param {"and" | "or"} kind @returns {() => Read | null} */
  const bound = (operand, kind) => () => {
    const parts = [operand()];
    while (parts.at(-1) && next(kind)) parts.push(operand());
    const all = parts.flatMap((part) => part ?? []);
    if (all.length < parts.length) return null;
    return all.length > 1 ? { kind, parts: all } : all[0];
  };
  const whole = bound(bound(denied, "and"), "or");
  return { whole, atEnd: () => at === tokens.length };
}
