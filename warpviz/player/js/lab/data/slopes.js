/* Derivatives of formulas, as formulas; at a kink the slope on the left: see functions/slopes.py. */

/** @import { Node } from "./data.d.ts" */

import { called, differenceNode, negativeNode, nodeOf, numberNode, ONE, quotientNode, sumNode, powerOf, productNode, ZERO } from "./nodes.js";

/** f′(z) of f(z).
 * @param {Node} node
 * @returns {Node}
 */
export function slopeOf(node) {
  return sloped(node, new Map());
}

/** @param {Node} node @param {Map<Node, Node>} known @returns {Node} */
function sloped(node, known) {
  if (node.kind === "z") return ONE;
  if (node.constant) return ZERO;
  const found = known.get(node);
  if (found) return found;
  const made = ruled(node, node.parts.map((part) => sloped(part, known)));
  known.set(node, made);
  return made;
}

/** @param {Node} node @param {Node[]} slopes @returns {Node} */
function ruled(node, slopes) {
  const [a, b] = node.parts;
  const [da, db] = slopes;
  switch (node.kind) {
    case "+": return sumNode(da, db);
    case "-": return differenceNode(da, db);
    case "*": return sumNode(productNode(da, b), productNode(a, db));
    // (a/b)′ = (a′ − (a/b) b′) / b: no square that could overflow.
    case "/": return db === ZERO ? quotientNode(da, b) : quotientNode(differenceNode(da, productNode(node, db)), b);
    case "**": {
      if (db === ZERO) return productNode(productNode(b, powerOf(a, b.kind === "number" ? numberNode(b.number - 1) : differenceNode(b, ONE))), da);
      return productNode(node, sumNode(productNode(db, called("log", a)), productNode(b, quotientNode(da, a))));
    }
    case "max": return larger(a, b, da, db);
    case "min": {
      const tie = da === db ? da : called("max", da, db);
      return called("where", nodeOf("<", [a, b]), da, called("where", nodeOf("<", [b, a]), db, tie));
    }
    case "abs": return larger(a, negativeNode(a), da, negativeNode(da));
    case "relu": return larger(ZERO, a, ZERO, da);
    case "where": return chosen(node, slopes);
    case "<": case "<=": return ZERO;
    default: return chained(node, da);
  }
}

/** @param {Node} a @param {Node} b @param {Node} da @param {Node} db */
function larger(a, b, da, db) {
  const tie = da === db ? da : called("min", da, db);
  return called("where", nodeOf("<", [b, a]), da, called("where", nodeOf("<", [a, b]), db, tie));
}

/** @param {Node} node @param {Node[]} slopes */
function chosen({ parts: [test] }, [, then, otherwise]) {
  if (then === otherwise) return then;
  // At a tie of a and b, on the left of z: a < b holds there if a rises more than b.
  const [a, b] = test.parts;
  const tie = called("where", nodeOf("<", [slopeOf(b), slopeOf(a)]), then, otherwise);
  return called("where", nodeOf("<", [a, b]), then, called("where", nodeOf("<", [b, a]), otherwise, tie));
}

/** Of functions of one number: f′(a) · a′.
 * @param {Node} node
 * @param {Node} slope
 */
function chained(node, slope) {
  const { kind, parts: [a] } = node;
  if (kind === "neg") return negativeNode(slope);
  const outer = outerSlope(node, kind, a);
  if (["sqrt", "log", "log1p"].includes(kind) && !slope.constant) {
    // Where what is inside does not move, nothing does, though the outer slope be infinite.
    return called("where", nodeOf("<", [ZERO, called("abs", slope)]), productNode(outer, slope), ZERO);
  }
  return productNode(outer, slope);
}

/** @param {Node} f @param {string} kind @param {Node} a @returns {Node} */
function outerSlope(f, kind, a) {
  switch (kind) {
    case "exp": return f;
    case "log": return quotientNode(ONE, a);
    case "log1p": return quotientNode(ONE, sumNode(ONE, a));
    case "expm1": return called("exp", a);
    case "sqrt": return quotientNode(numberNode(0.5), f);
    case "sin": return called("cos", a);
    case "cos": return negativeNode(called("sin", a));
    case "tanh": return differenceNode(ONE, productNode(f, f));
    case "sigmoid": return productNode(f, called("sigmoid", negativeNode(a)));
    case "softplus": return called("sigmoid", a);
    default: return productNode(numberNode(2 / Math.sqrt(Math.PI)), called("exp", negativeNode(productNode(a, a))));
  }
}
