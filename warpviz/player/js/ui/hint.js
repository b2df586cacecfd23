/* Numbers for people, and the hint that tells those of what the pointer is on. */

/** @import { Found, Summary } from "../api.js" */
/** @import { Elements, Player } from "./player.js" */

import { say } from "../words/say.js";

/** An element of the page: a test compares `Elements` with template.html, where all of them are.
 * @template {keyof Elements} Id
 * @param {Id} id
 */
export function element(id) {
  return /** @type {Elements[Id]} */ (document.getElementById(id));
}

/** A number for people: two decimals where they tell enough, a real minus.
 * @param {number} value
 */
function number(value) {
  const size = Math.abs(value);
  if (!(size < Infinity)) return size > 0 ? (value > 0 ? "∞" : "−∞") : "–";
  const text = size >= 1e4 ? value.toExponential(1) : size >= 100 ? value.toFixed(0) : value.toFixed(2);
  return text.replace("-0.00", "0.00").replace("-", "−");
}

/** Numbers in a bracket; the first few of many.
 * @param {number[]} values
 * @param {(value: number, index: number) => string} [told]
 */
export function numbers(values, told = number) {
  const some = values.slice(0, 4).map(told).join(", ");
  return values.length > 4 ? `(${some}, … ${values.length})` : `(${some})`;
}

/** The input's coordinates in a bracket, in the data's own units.
 * @param {Summary} panel
 * @param {number[]} values
 */
export function ownNumbers({ ownAxes }, values) {
  return numbers(values, (value, i) => {
    const [, shift, factor] = ownAxes[i] || ["", 0, 1];
    if (shift === 0 && factor === 1) return number(value);
    // Hundredths of a deviation tell points apart.
    const digits = Math.min(Math.max(2 - Math.floor(Math.log10(factor)), 0), 12);
    return (shift + factor * value).toFixed(digits).replace("-", "−");
  });
}

/** Mark a dot and tell its values in this layer.
 * @param {Player} player
 * @param {Found | null} found
 */
export function setHover(player, found) {
  const same = found && player.hover && found.kind === player.hover.kind && found.index === player.hover.index;
  if (!found && !player.hover) return;
  player.hover = found;
  const hint = element("hint");
  hint.hidden = !found;
  if (found) placeHint(player, found);
  if (!same) player.redraw();
}

/** What is told of what the pointer is on.
 * @param {Player} player
 * @param {Found} found
 */
function linesOf(player, found) {
  const panel = player.film.panels[found.panel];
  if (!panel) return [found.name, found.told];
  const last = panel.stops.length - 1;
  const own = Math.min(Math.round(player.film.part(player.moment()) * last), last);
  const lines = [found.kind === "probe" ? say("probe {name}", { name: found.name }) : found.name];
  if (found.input) lines.push(`${say("input")} ${ownNumbers(panel, found.input)}`);
  if (found.values && own > 0) lines.push(`${panel.stops[own]} ${numbers(found.values[own])}`);
  return lines;
}

/**
 * @param {Player} player
 * @param {Found} found
 */
function placeHint(player, found) {
  const { film, canvas } = player;
  const hint = element("hint");
  hint.textContent = linesOf(player, found).filter(Boolean).join("\n");
  const box = canvas.getBoundingClientRect();
  const stage = element("view").getBoundingClientRect();
  const ratio = box.width / film.size[0];
  const x = box.left - stage.left + found.at[0] * ratio + 14;
  const y = box.top - stage.top + found.at[1] * ratio + 14;
  hint.style.left = `${Math.max(Math.min(x, stage.width - hint.offsetWidth - 6), 4)}px`;
  hint.style.top = `${Math.max(Math.min(y, stage.height - hint.offsetHeight - 6), 4)}px`;
}
