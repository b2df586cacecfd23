/* The unit vectors of an affine act, see warpviz/picture/marks/basis.py. */

/** @import { Basis, BasisTree, Colour, Context, Layout, Lens, Panel, Place, Pose, Swing, Theme } from "../types.js" */

import { NUMBERS } from "../given.js";
import { along, pathOf } from "../motion.js";
import { projected } from "../camera.js";
import { css, putText, THINNEST } from "./overlay.js";

const { ARROW, TINT } = NUMBERS;
const { COME, EXPONENT } = NUMBERS.BASIS;

/** The vectors made ready: their paths go as the panel's acts go.
 * @param {(BasisTree | null)[]} trees
 * @param {(Swing | null)[]} swings
 * @returns {(Basis | null)[]}
 */
export function basesOf(trees, swings) {
  return trees.map((tree, k) => {
    if (!tree) return null;
    const [stops, points] = tree.keyframes.shape;
    const size = 3 * points;
    const keyframes = Array.from({ length: stops }, (_, i) => tree.keyframes.slice(i * size, (i + 1) * size));
    return { ...tree, path: pathOf(keyframes, swings.slice(k, k + stops - 1)) };
  });
}

/** @type {(rows: number[][]) => number} */
const determinant = (rows) => {
  if (rows.length === 1) return rows[0][0];
  return rows[0].reduce((sum, value, j) => {
    const rest = rows.slice(1).map((row) => row.filter((_, i) => i !== j));
    return sum + (j % 2 ? -value : value) * determinant(rest);
  }, 0);
};

/** The determinant of vectors, or the size of what they span.
 * @param {number[][]} vectors
 * @param {boolean} square
 */
export function spanned(vectors, square) {
  if (square) return determinant(vectors.map((vector) => vector.slice(0, vectors.length)));
  const products = vectors.map((a) => vectors.map((b) => a.reduce((sum, x, i) => sum + x * b[i], 0)));
  return Math.sqrt(Math.max(determinant(products), 0));
}

/** A number with so many digits, a real minus, an exponent if it is large.
 * @param {number} value
 * @param {number} digits
 */
export function plain(value, digits) {
  if (Math.abs(value) >= EXPONENT) return value.toExponential(1).replace("+", "").replace("-", "−");
  const text = value.toFixed(digits);
  return Number(text) ? text.replace("-", "−") : text.replace("-", "");
}

/** What is seen in act k at t: vectors, their act and time, and how clearly.
 * @param {(Basis | null)[]} bases
 * @param {number} k
 * @param {number} t
 * @returns {{ basis: Basis, k: number, t: number, opacity: number }[]}
 */
function shownBases(bases, k, t) {
  if (!bases.length) return [];
  if (t === 1) return shownBases(bases, k + 1, 0);
  const past = k > 0 ? bases[k - 1] : null;
  const own = bases[k] || null;
  const later = bases[k + 1] || null;
  if (t === 0) {
    if (past) return [{ basis: past, k: 0, t: 1, opacity: 1 }];
    return own ? [{ basis: own, k: 0, t: 0, opacity: 1 }] : [];
  }
  const found = [];
  if (past && t < COME) found.push({ basis: past, k: 1, t, opacity: 1 - t / COME });
  if (own) {
    const coming = past ? Math.min(Math.max(t / COME - 1, 0), 1) : 1;
    if (coming > 0) found.push({ basis: own, k: 0, t, opacity: coming });
  } else if (later && t > 1 - COME) {
    found.push({ basis: later, k: 0, t: 0, opacity: 1 - (1 - t) / COME });
  }
  return found;
}

/** Foot and tips of what is shown, and the number of what they span.
 * @param {{ basis: Basis, k: number, t: number }} shown
 */
function measured({ basis, k, t }) {
  const [foot, ...tips] = tripled(along(basis.path, k, t));
  const vectors = tips.map((tip) => tip.map((x, i) => (x - foot[i]) / basis.length));
  return { foot, tips, value: k ? basis.end : spanned(vectors, basis.square) };
}

/** The number of a moment, with its words.
 * @param {Context} context
 * @param {Panel} panel
 * @param {Pose} pose
 * @param {Theme} theme
 */
export function putDeterminant(context, { basis: bases, layout }, { k, t }, theme) {
  for (const shown of layout.basis ? shownBases(bases, k, t) : []) {
    const { before, behind, digits } = shown.basis;
    const told = `${before}${plain(measured(shown).value, digits)}${behind}`;
    putText(context, told, .../** @type {Place} */ (layout.basis), theme.text, layout.small, [0, 0], shown.opacity);
  }
}

/** The vectors of a moment, and what they span.
 * @param {Context} context
 * @param {Panel} panel
 * @param {Pose} pose
 * @param {Theme} theme
 */
export function putBasis(context, panel, { k, t, lens }, theme) {
  const { layout } = panel;
  for (const shown of shownBases(panel.basis, k, t)) {
    const { basis, opacity } = shown;
    const { foot, tips, value } = measured(shown);
    const colour = theme.signs[value < 0 ? 1 : 0];
    const faint = TINT.faint * (Math.min(1, Math.abs(basis.end)) || 1);
    const share = opacity * Math.min(1, Math.abs(value) / faint);
    const clear = share > 1e-3 ? share : 0;
    tips.forEach((a, i) => tips.slice(i + 1).forEach((b) => {
      const far = a.map((x, axis) => x + b[axis] - foot[axis]);
      putSpan(context, placesOf(lens, [foot, a, far, b]), layout, colour, clear, opacity);
    }));
    const places = placesOf(lens, [foot, ...tips]);
    putArrows(context, layout, places, theme, opacity);
    putNames(context, layout, basis.times, places, theme, opacity);
  }
}

/** @param {Float64Array} points */
function tripled(points) {
  return Array.from({ length: points.length / 3 }, (_, i) => Array.from(points.subarray(3 * i, 3 * i + 3)));
}

/** Film pixels of points.
 * @param {Lens} lens
 * @param {number[][]} points
 * @returns {Place[]}
 */
function placesOf(lens, points) {
  const flat = new Float64Array(2 * points.length);
  projected(lens, points.flat(), flat, []);
  return points.map((_, i) => [flat[2 * i], flat[2 * i + 1]]);
}

/**
 * @param {Context} context
 * @param {Place[]} corners
 * @param {Layout} layout
 * @param {Colour} colour
 * @param {number} clear
 * @param {number} opacity
 */
function putSpan(context, corners, { unit }, colour, clear, opacity) {
  putPolygon(context, corners, colour, TINT.opacity * clear);
  putLines(context, [corners.slice(1, 3), corners.slice(2, 4)], Math.max(THINNEST, TINT.edge * unit), colour, TINT.ink * opacity);
}

/**
 * @param {Context} context
 * @param {Place[]} corners
 * @param {Colour} colour
 * @param {number} opacity
 */
function putPolygon(context, corners, colour, opacity) {
  if (opacity <= 0) return;
  context.fillStyle = css(colour, opacity);
  context.beginPath();
  for (const [x, y] of corners) context.lineTo(x, y);
  context.fill();
}

/** Straight lines as they are, each by itself.
 * @param {Context} context
 * @param {Place[][]} lines
 * @param {number} width
 * @param {Colour} colour
 * @param {number} opacity
 */
function putLines(context, lines, width, colour, opacity) {
  context.strokeStyle = css(colour, opacity);
  context.lineWidth = width;
  context.lineCap = "butt";
  context.beginPath();
  for (const [[x0, y0], [x1, y1]] of lines) {
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
  }
  context.stroke();
}

/**
 * @param {Context} context
 * @param {Layout} layout
 * @param {Place[]} places
 * @param {Theme} theme
 * @param {number} opacity
 */
function putArrows(context, { unit }, [foot, ...tips], theme, opacity) {
  const line = Math.max(2 * THINNEST, ARROW.line * unit);
  for (const [more, colour] of /** @type {[number, Colour][]} */ ([[ARROW.halo * unit, theme.background], [0, theme.text]])) {
    for (const [x, y] of tips) {
      const length = Math.hypot(x - foot[0], y - foot[1]);
      if (length < THINNEST) continue;
      const [u, v] = [(x - foot[0]) / length, (y - foot[1]) / length];
      const head = Math.min(ARROW.head * Math.max(unit, ARROW.least), length);
      const end = head * (1 - ARROW.overlap);
      putLines(context, [[foot, [x - end * u, y - end * v]]], line + 2 * more, colour, opacity);
      const grown = 1 + (ARROW.grows * more) / head;
      const middle = [x - (head * u) / 2, y - (head * v) / 2];
      const [wide, deep] = [ARROW.wide * head * grown, (head * grown) / 2];
      putPolygon(context, [
        [middle[0] + deep * u, middle[1] + deep * v],
        [middle[0] - deep * u - wide * v, middle[1] - deep * v + wide * u],
        [middle[0] - deep * u + wide * v, middle[1] - deep * v - wide * u],
      ], colour, opacity);
    }
  }
}

/**
 * @param {Context} context
 * @param {Layout} layout
 * @param {string} times
 * @param {Place[]} places
 * @param {Theme} theme
 * @param {number} opacity
 */
function putNames(context, { safe, small }, times, [foot, ...tips], theme, opacity) {
  const placed = /** @type {Place[]} */ ([]);
  tips.forEach(([x, y], i) => {
    const reach = Math.max(Math.hypot(x - foot[0], y - foot[1]), 1e-9);
    const [u, v] = [(x - foot[0]) / reach, (y - foot[1]) / reach];
    const side = ARROW.aside * (i ? -1 : 1);
    const [across, down] = [x + small * (ARROW.name * u - side * v), y + small * (ARROW.name * v + side * u)];
    const at = Math.min(Math.max(across, safe.x0 + small), safe.x1 - small);
    let row = Math.min(Math.max(down, safe.y0 + small / 2), safe.y1 - small / 2);
    const name = `${times}e${"₁₂₃"[i]}`;
    const wide = ARROW.letter * small * name.length;
    placed.forEach(([beside, over]) => { if (Math.abs(at - beside) < wide && Math.abs(row - over) < small) row = over + small; });
    placed.push([at, row]);
    const [x0, y0, x1, y1] = [at - wide / 2, row - small / 2, at + wide / 2, row + small / 2];
    putPolygon(context, [[x0, y0], [x1, y0], [x1, y1], [x0, y1]], theme.background, ARROW.plate * opacity);
    putText(context, name, at, row, theme.text, small, [0.5, 0.5], opacity);
  });
}
