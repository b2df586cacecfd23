/* Probe points: dropped on the plane, followed with their numbers through all layers. */

import { element, numbers, ownNumbers, setHover } from "./hint.js";

const LETTERS = "ABCDEFGH";

/** A click: on a probe chooses it, on a dot follows it, on the plane drops a new one. */
export function clickAt(player, [x, y]) {
  const { film } = player;
  const found = film.pick(x, y, player.now());
  if (found && found.kind === "probe") {
    player.chosen = found.index;
    player.redraw();
    return;
  }
  const place = found && found.input ? { panel: found.panel, point: found.input } : film.inputAt(x, y, player.now());
  if (place) addProbe(player, place.panel, place.point);
}

function addProbe(player, panel, point) {
  const { film, probes } = player;
  if (!film.panels[panel].hasChain || probes.length >= LETTERS.length) return;
  const used = new Set(probes.map(({ label }) => label));
  const label = [...LETTERS].find((letter) => !used.has(letter));
  player.probes = [...probes, { panel, label, point: Array.from(point), extent: 2 }];
  player.chosen = player.probes.length - 1;
  element("said").textContent = `Probe ${label} at ${ownNumbers(film.panels[panel], point)}`;
  player.redraw();
}

/** For the keyboard: a probe in the middle of the first panel's sheet. */
export function dropInTheMiddle(player) {
  const { film } = player;
  const index = film.panels.findIndex(({ hasChain }) => hasChain);
  if (index < 0) return;
  const panel = film.panels[index];
  const place = film.inputAt(...panel.centre) || { panel: index, point: new Array(panel.features).fill(0) };
  // Beside those that are there already.
  const shift = 0.12 * player.probes.length;
  addProbe(player, place.panel, place.point.map((x, axis) => (axis ? x : x + shift)));
  requestAnimationFrame(() => {
    const letters = element("numbers").querySelectorAll("[data-probe]");
    if (letters.length) letters[letters.length - 1].focus();
  });
}

export function moveProbe(player, index, point) {
  player.probes = player.probes.map((probe, i) => (i === index ? { ...probe, point } : probe));
  player.chosen = index;
  player.redraw();
}

export function tellProbe(player, index) {
  const { label, panel, point } = player.probes[index];
  element("said").textContent = `Probe ${label} at ${ownNumbers(player.film.panels[panel], point)}`;
}

export function removeProbe(player, index = player.chosen >= 0 ? player.chosen : player.probes.length - 1) {
  if (!player.probes[index]) return;
  player.probes = player.probes.filter((_, i) => i !== index);
  player.chosen = Math.min(player.chosen, player.probes.length - 1);
  setHover(player, null);
  player.redraw();
}

/** Probabilities from logits. */
function softmaxOf(logits) {
  const most = Math.max(...logits);
  const powers = logits.map((z) => Math.exp(z - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((p) => p / sum);
}

/** A table for each network: a row a stop, a column a probe, the present stop lit. */
export function probeTables(player) {
  const { film } = player;
  const board = element("numbers");
  let shown = null;
  player.listen(() => {
    const { probes, chosen } = player;
    board.hidden = probes.length === 0;
    if (probes !== shown) {
      const focused = document.activeElement && document.activeElement.dataset.probe;
      board.replaceChildren(...(probes.length ? tablesOf(player) : []));
      shown = probes;
      const again = focused !== undefined && board.querySelector(`[data-probe="${focused}"]`);
      if (again) again.focus();
    }
    if (!probes.length) return;
    const part = player.step() / Math.max(film.acts, 1);
    for (const table of board.querySelectorAll("table")) {
      const rows = [...table.tBodies[0].querySelectorAll("tr:not(.last)")];
      const stop = Math.round(part * (rows.length - 1));
      rows.forEach((row, i) => row.classList.toggle("lit", i === stop));
    }
    board.querySelectorAll("[data-probe]").forEach((one, i) => one.setAttribute("aria-pressed", String(i === chosen)));
  });
}

/** The tables of all panels whose weights are known; the first one's letters are buttons. */
function tablesOf(player) {
  const known = player.film.panels.flatMap(({ hasChain }, panel) => (hasChain ? [panel] : []));
  return known.map((panel, i) => tableOf(player, panel, i === 0));
}

function tableOf(player, panel, first) {
  const { film, probes } = player;
  const { stops, title } = film.panels[panel];
  const all = probes.map(({ point }) => film.states(panel, point));
  const table = document.createElement("table");
  if (film.panels.length > 1) table.createCaption().textContent = title;
  const head = table.createTHead().insertRow();
  head.append(cell("th", "state"), ...probes.map((probe, i) => (first ? handles(player, probe, i) : cell("th", probe.label))));
  for (const top of head.cells) top.scope = "col";
  const body = table.createTBody();
  stops.forEach((stop, row) => {
    const line = body.insertRow();
    const told = (values) => (row ? numbers(values[row]) : ownNumbers(film.panels[panel], values[row]));
    line.append(rowName(stop), ...all.map((values) => cell("td", values && values[row] ? told(values) : "–")));
  });
  if (film.classNames.length > 1 && all.every((values) => values && values[stops.length - 1].length >= film.classNames.length)) {
    const line = body.insertRow();
    line.className = "last";
    line.append(rowName("predicted"), ...all.map((values) => cell("td", predicted(film, panel, values[stops.length - 1]))));
  }
  return table;
}

/** A probe's letter, which takes arrows, and the cross that removes it. */
function handles(player, { label }, i) {
  const one = document.createElement("button");
  one.type = "button";
  one.textContent = label;
  one.dataset.probe = i;
  one.setAttribute("aria-label", `Probe ${label}: arrows move it, Delete removes it`);
  one.addEventListener("focus", () => { player.chosen = i; });
  one.addEventListener("click", () => { player.chosen = i; player.redraw(); });
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "drop";
  drop.textContent = "×";
  drop.setAttribute("aria-label", `Remove probe ${label}`);
  drop.addEventListener("click", () => removeProbe(player, i));
  const top = cell("th", "");
  top.append(one, drop);
  return top;
}

/** The likeliest class and its probability, from the state that a network ends in. */
function predicted(film, panel, end) {
  const chances = film.panels[panel].endsInChances ? end : softmaxOf(end);
  const best = chances.indexOf(Math.max(...chances));
  return best < 0 ? "–" : `${film.classNames[best] || best} ${percent(chances[best])}`;
}

function rowName(text) {
  const name = cell("th", text);
  name.scope = "row";
  name.title = text;
  return name;
}

/** A share 0 … 1 with one digit, rounded down: only the whole is all of it. */
function percent(share) {
  return `${(Math.floor(1e3 * share + 1e-9) / 10).toFixed(1)} %`;
}

function cell(kind, text) {
  const one = document.createElement(kind);
  one.textContent = text;
  return one;
}
