/* Numbers that are taken hold of: dragged, typed, moved by arrow keys. */

/** @typedef {{ of(): number, set(value: number): void, rest(): void, say(words: string): void, label: string, tight: boolean }} Held */

import { say } from "../../words/say.js";
import { shortNumber } from "../measures/numbers.js";

const WAY = 0.01; // a CSS pixel of dragging
const PRESS = 0.05; // a press of an arrow key
const FINER = 0.1;
const LOUD = 10;
const STRAY = 4; // CSS pixels after which a press is no click
const DECIMALS = 2; // decimals
const SAID_BACK = 20; // letters of what is no number, that are said back

/** A number for people.
 * @param {number} value
 */
export function numberText(value) {
  if (!isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size >= 1e6) return shortNumber(value);
  const text = size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : value.toFixed(DECIMALS);
  return text.replace(/^-(0\.?0*)$/, "$1").replace("-", "−");
}

/** A number in a narrow cell: two digits.
 * @param {number} value
 */
function tightText(value) {
  const size = Math.abs(value);
  if (!isFinite(value)) return numberText(value);
  if (size >= 1000) return value.toExponential(0).replace("e+", "e").replace("-", "−");
  const text = size >= 9.95 ? value.toFixed(0) : size >= 0.995 ? value.toFixed(1) : value.toFixed(DECIMALS);
  return text.replace(/^-(0\.?0*)$/, "$1").replace("-", "−").replace(/^(−?)0\.(?!0+$)/, "$1.").replace(/^0\.0+$/, "0");
}

/** What somebody typed, with a comma or a real minus; null where it is no number.
 * @param {string} text
 */
export function readNumber(text) {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  const value = Number(plain);
  return plain !== "" && isFinite(value) && Math.abs(value) < 1e6 ? value : null;
}

/** How far a pointer is to the right, and a mouse up too: with a finger that is to scroll.
 * @param {PointerEvent} event
 */
const handOf = ({ clientX, clientY, pointerType }) => (pointerType === "touch" ? clientX : clientX - clientY);

/** A field for a number.
 * @param {Held} held
 * @returns {HTMLInputElement}
 */
export function numberField(held) {
  const field = document.createElement("input");
  field.className = "cell";
  field.inputMode = "decimal";
  field.autocomplete = "off";
  field.spellcheck = false;
  field.setAttribute("role", "spinbutton");
  field.setAttribute("aria-label", held.label);
  let from = 0;
  let at = 0;
  let dragging = false;
  let typing = false;
  let before = 0; // what stands where no number was typed in the end
  const show = () => {
    if (!typing) field.value = (held.tight ? tightText : numberText)(held.of());
    field.setAttribute("aria-valuenow", String(held.of()));
    field.setAttribute("aria-valuetext", numberText(held.of()));
  };
  /** @param {number} value */
  const set = (value) => held.set(Number(value.toPrecision(12)));
  field.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    [from, at, dragging] = [held.of(), handOf(event), false];
    field.setPointerCapture(event.pointerId);
  });
  field.addEventListener("pointermove", (event) => {
    if (!field.hasPointerCapture(event.pointerId)) return;
    const way = handOf(event) - at;
    if (!dragging && Math.abs(way) < STRAY) return;
    dragging = true;
    field.classList.add("dragged");
    const pace = event.shiftKey ? LOUD : event.altKey ? FINER : 1;
    set(Math.round((from + way * WAY * pace) * 1000) / 1000);
  });
  const drop = () => {
    field.classList.remove("dragged");
    if (!dragging) return;
    dragging = false;
    held.rest();
    field.blur();
  };
  field.addEventListener("pointerup", drop);
  field.addEventListener("pointercancel", () => {
    if (dragging) held.set(from); // the page scrolls instead
    drop();
  });
  field.addEventListener("focus", () => field.select());
  field.addEventListener("input", () => {
    if (!typing) before = held.of();
    typing = true;
    const value = readNumber(field.value);
    field.setAttribute("aria-invalid", String(value === null));
    if (value !== null) set(value);
  });
  const done = (given = true) => {
    const none = typing && readNumber(field.value) === null;
    if (none) held.set(before);
    field.removeAttribute("aria-invalid");
    if (none && given) {
      field.setAttribute("aria-invalid", "true"); // until something else is done in it
      held.say(say("“{text}” is no number between −10⁶ and 10⁶; {number} stays", { text: field.value.trim().slice(0, SAID_BACK), number: numberText(before) }));
    }
    typing = false;
    show();
    held.rest();
  };
  field.addEventListener("blur", () => done());
  field.addEventListener("keydown", (event) => {
    const way = { ArrowUp: 1, ArrowDown: -1, PageUp: LOUD, PageDown: -LOUD }[event.key];
    if (event.key === "Enter" || event.key === "Escape") {
      done(event.key === "Enter");
      field.select();
    }
    if (way === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    typing = false;
    field.removeAttribute("aria-invalid");
    const pace = event.shiftKey ? LOUD : event.altKey ? FINER : 1;
    set(Math.round((held.of() + way * PRESS * pace) * 1e6) / 1e6);
    field.select();
  });
  show();
  return Object.assign(field, { refresh: show });
}

/** Show what a field's number is now.
 * @param {Element} field
 */
export function refreshed(field) {
  const own = /** @type {HTMLInputElement & { refresh?: () => void }} */ (field);
  own.refresh?.();
}
