/* Probe points: dropped on the plane, moved, removed. */

/** @import { Place } from "../types.js" */
/** @import { Player } from "./player.js" */

import { NUMBERS } from "../given.js";
import { element, ownNumbers, setHover } from "./hint.js";
import { say } from "../words/say.js";

const { LETTERS } = NUMBERS;

/** A click: on a probe chooses it, on a dot follows it, on the plane drops a new one.
 * @param {Player} player
 * @param {Place} at
 */
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

/**
 * @param {Player} player
 * @param {number} panel
 * @param {number[]} point
 */
export function addProbe(player, panel, point) {
  const { film, probes } = player;
  const used = new Set(probes.map(({ label }) => label));
  const label = [...LETTERS].find((letter) => !used.has(letter));
  if (!film.panels[panel].hasChain || !label) return;
  player.probes = [...probes, { panel, label, point: Array.from(point), extent: 2 }];
  player.chosen = player.probes.length - 1;
  element("said").textContent = say("Probe {name} at {place}", { name: label, place: ownNumbers(film.panels[panel], point) });
  player.redraw();
}

/** Have these probe points and no others; each on the first panel that takes so many numbers.
 * @param {Player} player
 * @param {unknown} value
 */
export function setProbes(player, value) {
  const points = Array.isArray(value) ? value.filter((one) => Array.isArray(one) && one.every(Number.isFinite)) : [];
  if (JSON.stringify(points) === JSON.stringify(player.probes.map(({ point }) => point))) return;
  player.probes = [];
  player.chosen = -1;
  for (const point of points) {
    const panel = player.film.panels.findIndex(({ hasChain, features }) => hasChain && features === point.length);
    if (panel >= 0) addProbe(player, panel, point);
  }
  player.redraw();
}

/** For the keyboard: a probe in the middle of the first panel's sheet.
 * @param {Player} player
 */
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
    const letters = lettersOf();
    if (letters.length) letters[letters.length - 1].focus();
  });
}

/**
 * @param {Player} player
 * @param {number} index
 * @param {number[]} point
 */
export function moveProbe(player, index, point) {
  player.probes = player.probes.map((probe, i) => (i === index ? { ...probe, point } : probe));
  player.chosen = index;
  player.redraw();
}

/** Say where a probe is.
 * @param {Player} player
 * @param {number} index
 */
export function tellProbe(player, index) {
  const { label, panel, point } = player.probes[index];
  element("said").textContent = say("Probe {name} at {place}", { name: label, place: ownNumbers(player.film.panels[panel], point) });
}

/** Remove a probe, by default the chosen one, or the last.
 * @param {Player} player
 * @param {number} [index]
 */
export function removeProbe(player, index = player.chosen >= 0 ? player.chosen : player.probes.length - 1) {
  if (!player.probes[index]) return;
  player.probes = player.probes.filter((_, i) => i !== index);
  player.chosen = Math.min(player.chosen, player.probes.length - 1);
  setHover(player, null);
  player.redraw();
}

/** The probes' letters: buttons, in the order of the probes. */
export function lettersOf() {
  return [...element("numbers").querySelectorAll("button")].filter(({ dataset }) => dataset.probe !== undefined);
}
