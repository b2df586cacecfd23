/* The numbers of what acts: W and b of an affine act, else the formula alone. */

/** @import { Acting } from "../api.js" */
/** @import { Table } from "../types.js" */
/** @import { Player } from "./player.js" */

import { element } from "./hint.js";
import { cell } from "./tables.js";
import { say } from "../words/say.js";

const ROWS = 8;
const COLUMNS = 5; // of a matrix that are shown

/** The button, and what it shows of every panel, as long as it is pressed.
 * @param {Player} player
 */
export function weightTables(player) {
  const { film } = player;
  const board = element("matrix");
  const button = element("weights");
  button.hidden = !film.panels.some(({ formulas }) => formulas.length);
  button.addEventListener("click", () => {
    if (button.hidden) return;
    player.matrices = !player.matrices;
    player.redraw();
  });
  let told = "";
  player.listen(() => {
    button.setAttribute("aria-pressed", String(player.matrices));
    board.hidden = !player.matrices;
    if (!player.matrices) return;
    const moment = player.moment();
    const acting = film.panels.map((_, panel) => film.acting(panel, moment));
    const now = acting.map((one) => one && one.act).join();
    if (now === told) return;
    told = now;
    board.replaceChildren(...acting.flatMap((one, panel) => (one ? [figureOf(one, film.panels[panel].title)] : [])));
  });
}

/** What a panel's act computes, with its matrices.
 * @param {Acting} acting
 * @param {string} title
 */
function figureOf({ name, formula, maps }, title) {
  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  caption.textContent = title ? `${title} · ${name}` : name;
  const law = document.createElement("p");
  law.textContent = formula;
  figure.append(caption, law, ...(maps || []).map(({ weight, bias }) => matrixOf(weight, bias)));
  if (!maps) {
    const missing = document.createElement("p");
    missing.textContent = say("Its numbers are not in this page.");
    figure.append(missing);
  }
  return figure;
}

/** W and b side by side, a row a unit; the first ones of many.
 * @param {Table} weight
 * @param {Table} bias
 */
function matrixOf(weight, bias) {
  const [rows, columns] = weight.shape;
  const wide = Math.min(columns, columns > COLUMNS ? COLUMNS - 1 : columns);
  const high = Math.min(rows, rows > ROWS ? ROWS - 1 : rows);
  const more = columns > wide;
  const [w, b] = [weight, bias].map(writer);
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  const corner = cell("th", "");
  const matrix = cell("th", `W ${rows}×${columns}`);
  matrix.colSpan = wide + Number(more);
  head.append(corner, matrix, cell("th", "b"));
  for (const top of [matrix, head.cells[2]]) top.scope = "col";
  const body = table.createTBody();
  for (let i = 0; i < high; i++) {
    const values = Array.from(weight.subarray(i * columns, i * columns + wide), (value) => cell("td", w(value)));
    body.insertRow().append(numbered(String(i + 1)), ...values, ...(more ? [cell("td", "…")] : []), cell("td", b(bias[i])));
  }
  if (rows > high) {
    body.insertRow().append(numbered("…"), ...Array.from({ length: wide + Number(more) + 1 }, () => cell("td", "…")));
  }
  return table;
}

/** The name of a row.
 * @param {string} text
 */
function numbered(text) {
  const name = cell("th", text);
  name.scope = "row";
  return name;
}

/** Writes numbers with three digits of the largest of them, and a real minus.
 * @param {Table} values
 * @returns {(value: number) => string}
 */
function writer(values) {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const digits = Math.floor(Math.log10(largest || 1));
  if (digits > 5 || digits < -4) return (value) => value.toExponential(1).replaceAll("-", "−").replace("+", "");
  const behind = Math.min(Math.max(2 - digits, 0), 6);
  return (value) => {
    const text = value.toFixed(behind);
    return Number(text) ? text.replace("-", "−") : text.replace("-", "");
  };
}
