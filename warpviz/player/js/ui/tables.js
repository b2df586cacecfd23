/* The numbers of probe points through all layers, in tables. */

/** @import { Film } from "../api.js" */
/** @import { Player, Probe } from "./player.js" */

import { element, numbers, ownNumbers } from "./hint.js";
import { lettersOf, removeProbe } from "./probes.js";
import { say } from "../words/say.js";

/** Probabilities from logits.
 * @param {number[]} logits
 */
function softmaxOf(logits) {
  const most = Math.max(...logits);
  const powers = logits.map((z) => Math.exp(z - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((p) => p / sum);
}

/** A table for each network: a row a stop, a column a probe, the present stop lit.
 * @param {Player} player
 */
export function probeTables(player) {
  const { film } = player;
  const board = element("numbers");
  /** @type {Probe[] | null} */
  let shown = null;
  player.listen(() => {
    const { probes, chosen } = player;
    board.hidden = probes.length === 0;
    if (probes !== shown) {
      const focused = lettersOf().findIndex((letter) => letter === document.activeElement);
      board.replaceChildren(...(probes.length ? tablesOf(player) : []));
      shown = probes;
      lettersOf()[focused]?.focus();
    }
    if (!probes.length) return;
    const part = film.part(player.moment());
    for (const table of board.querySelectorAll("table")) {
      const rows = [...table.tBodies[0].querySelectorAll("tr:not(.last)")];
      const stop = Math.round(part * (rows.length - 1));
      rows.forEach((row, i) => row.classList.toggle("lit", i === stop));
    }
    lettersOf().forEach((letter, i) => letter.setAttribute("aria-pressed", String(i === chosen)));
  });
}

/** The tables of all panels whose weights are known; the first one's letters are buttons.
 * @param {Player} player
 */
function tablesOf(player) {
  const known = player.film.panels.flatMap(({ hasChain }, panel) => (hasChain ? [panel] : []));
  return known.map((panel, i) => tableOf(player, panel, i === 0));
}

/**
 * @param {Player} player
 * @param {number} panel
 * @param {boolean} first
 */
function tableOf(player, panel, first) {
  const { film, probes } = player;
  const { stops, title } = film.panels[panel];
  const all = probes.map(({ point }) => film.states(panel, point));
  const table = document.createElement("table");
  if (film.panels.length > 1) table.createCaption().textContent = title;
  const head = table.createTHead().insertRow();
  head.append(cell("th", say("state")), ...probes.map((probe, i) => (first ? handles(player, probe, i) : cell("th", probe.label))));
  for (const top of head.cells) top.scope = "col";
  const body = table.createTBody();
  stops.forEach((stop, row) => {
    const line = body.insertRow();
    /** @param {number[][]} values */
    const told = (values) => (row ? numbers(values[row]) : ownNumbers(film.panels[panel], values[row]));
    line.append(rowName(stop), ...all.map((values) => cell("td", values && values[row] ? told(values) : "–")));
  });
  const ends = all.map((values) => (values ? values[stops.length - 1] : []));
  if (film.classNames.length > 1 && film.panels[panel].endsInClasses && ends.every((end) => end.length >= film.classNames.length)) {
    const line = body.insertRow();
    line.className = "last";
    line.append(rowName(say("predicted")), ...ends.map((end) => cell("td", predicted(film, panel, end))));
  }
  return table;
}

/** A probe's letter, which takes arrows, and the cross that removes it.
 * @param {Player} player
 * @param {Probe} probe
 * @param {number} i
 */
function handles(player, { label }, i) {
  const one = document.createElement("button");
  one.type = "button";
  one.textContent = label;
  one.dataset.probe = String(i);
  one.setAttribute("aria-label", say("Probe {name}: arrows move it, Delete removes it", { name: label }));
  one.addEventListener("focus", () => { player.chosen = i; });
  one.addEventListener("click", () => { player.chosen = i; player.redraw(); });
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "drop";
  drop.textContent = "×";
  drop.setAttribute("aria-label", say("Remove probe {name}", { name: label }));
  drop.addEventListener("click", () => removeProbe(player, i));
  const top = cell("th", "");
  top.append(one, drop);
  return top;
}

/** The likeliest class and its probability, from the state that a network ends in.
 * @param {Film} film
 * @param {number} panel
 * @param {number[]} end
 */
function predicted(film, panel, end) {
  const chances = film.panels[panel].endsInChances ? end : softmaxOf(end);
  const best = chances.indexOf(Math.max(...chances));
  return best < 0 ? "–" : `${film.classNames[best] || best} ${percent(chances[best])}`;
}

/**
 * @param {string} text
 */
function rowName(text) {
  const name = cell("th", text);
  name.scope = "row";
  name.title = text;
  return name;
}

/** A share 0 … 1 with one digit, rounded down: only the whole is all of it.
 * @param {number} share
 */
function percent(share) {
  return `${(Math.floor(1e3 * share + 1e-9) / 10).toFixed(1)} %`;
}

/** A cell of a table.
 * @param {"th" | "td"} kind
 * @param {string} text
 */
export function cell(kind, text) {
  const one = document.createElement(kind);
  one.textContent = text;
  return one;
}
