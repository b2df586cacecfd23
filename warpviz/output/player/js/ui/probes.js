/* Probe points: dropped on the plane, followed with their numbers through all layers. */

const LETTERS = "ABCDEFGH";

/** A click: on a probe chooses it, on a dot follows it, on the plane drops a new one. */
function clickAt(player, [x, y]) {
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
  element("said").textContent = `Probe ${label} at ${numbers(point)}`;
  player.redraw();
}

/** For the keyboard: a probe in the middle of the first panel's sheet. */
function dropInTheMiddle(player) {
  const { film } = player;
  const panel = film.panels[0];
  if (!panel) return;
  const place = film.inputAt(...panel.centre) || { panel: 0, point: new Array(panel.features).fill(0) };
  // Beside those that are there already.
  const shift = 0.12 * player.probes.length;
  addProbe(player, place.panel, place.point.map((x, axis) => (axis ? x : x + shift)));
  requestAnimationFrame(() => {
    const letters = element("numbers").querySelectorAll("[data-probe]");
    if (letters.length) letters[letters.length - 1].focus();
  });
}

function moveProbe(player, index, point) {
  player.probes = player.probes.map((probe, i) => (i === index ? { ...probe, point } : probe));
  element("said").textContent = `Probe ${player.probes[index].label} at ${numbers(point)}`;
  player.redraw();
}

function removeProbe(player, index = player.chosen >= 0 ? player.chosen : player.probes.length - 1) {
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

/** The table: a row a stop, a column a probe, the present stop lit. */
function probeTable(player) {
  const { film } = player;
  const board = element("numbers");
  let shown = null;
  player.listen(() => {
    const { probes, chosen } = player;
    board.hidden = probes.length === 0;
    if (probes !== shown) {
      const focused = document.activeElement && document.activeElement.dataset.probe;
      board.replaceChildren(...(probes.length ? [tableOf(player)] : []));
      shown = probes;
      const again = focused !== undefined && board.querySelector(`[data-probe="${focused}"]`);
      if (again) again.focus();
    }
    if (!probes.length) return;
    const stop = Math.round((player.step() / Math.max(film.acts, 1)) * (rowsOf(player) - 1));
    board.querySelectorAll("tbody tr:not(.last)").forEach((row, i) => row.classList.toggle("lit", i === stop));
    board.querySelectorAll("[data-probe]").forEach((one, i) => one.setAttribute("aria-pressed", String(i === chosen)));
  });
}

const rowsOf = ({ film, probes }) => film.panels[probes[0].panel].stops.length;

function tableOf(player) {
  const { film, probes } = player;
  const { stops, letters } = film.panels[probes[0].panel];
  const all = probes.map(({ panel, point }) => film.states(panel, point));
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  const { title } = film.panels[probes[0].panel];
  head.append(cell("th", title ? `state of ${title}` : "state"));
  probes.forEach(({ label }, i) => {
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
    top.scope = "col";
    top.append(one, drop);
    head.append(top);
  });
  const body = table.createTBody();
  stops.forEach((stop, row) => {
    const line = body.insertRow();
    const name = cell("th", stop);
    name.scope = "row";
    name.title = stop;
    line.append(name, ...all.map((values) => cell("td", values && values[row] ? numbers(values[row]) : "–")));
  });
  const last = stops.length - 1;
  if (film.classNames.length > 1 && all.every((values) => values && values[last].length >= film.classNames.length)) {
    const line = body.insertRow();
    line.className = "last";
    const name = cell("th", "predicted");
    name.scope = "row";
    line.append(name, ...all.map((values) => {
      const end = Array.from(values[last]);
      const chances = letters[last] === "p" ? end : softmaxOf(end);
      const best = chances.indexOf(Math.max(...chances));
      return cell("td", `${film.classNames[best] || best} ${(100 * chances[best]).toFixed(1)} %`);
    }));
  }
  return table;
}

function cell(kind, text) {
  const one = document.createElement(kind);
  one.textContent = text;
  return one;
}
