/* Buttons, scrubber, menus: what shows the state, and changes it. */

/** @import { Film } from "../api.js" */
/** @import { Moment } from "../types.js" */
/** @import { Player } from "./player.js" */

import { element } from "./hint.js";
import { dropInTheMiddle } from "./probes.js";
import { otherTheme } from "./colours.js";
import { savePicture } from "./outside/picture.js";
import { say } from "../words/say.js";

const MANY = 16; // stops, whose marks on the scrubber are strokes

/** What a place is called: a stop's name, or the act's.
 * @param {Film} film
 * @param {Moment} moment
 */
function nameAt(film, moment) {
  const step = film.step(moment);
  const name = moment.t > 0 && moment.t < 1 ? film.actNames[Math.floor(step)] : film.stops[Math.round(step)];
  return [name, film.tell(moment)].filter(Boolean).join(" · ");
}

/**
 * @param {Player} player
 */
export function controls(player) {
  const { film } = player;
  const scrubber = element("scrubber");
  /** @type {Film["timeline"] | null} */
  let timeline = null;
  let end = 0;
  /** @type {HTMLElement[]} */
  let marks = [];
  /** The stops' marks; what is filmed live may have others from now on. */
  const mark = () => {
    timeline = film.timeline;
    end = film.clock.seconds;
    scrubber.max = String(end);
    element("ticks").classList.toggle("many", film.stops.length > MANY);
    marks.forEach((one) => one.remove());
    marks = timeline.stops.map(({ seconds, name }) => {
      const one = document.createElement("i");
      one.style.left = `${(100 * seconds) / end}%`;
      one.title = name;
      element("ticks").append(one);
      return one;
    });
    story(film);
  };
  mark();
  scrubber.addEventListener("input", () => {
    player.pause();
    player.seek(near(Number(scrubber.value)));
  });
  /** @param {number} seconds */
  const near = (seconds) => {
    // A stop draws the thumb a little, so that it is easily hit.
    const stop = film.timeline.stops.find((one) => Math.abs(one.seconds - seconds) < end * 0.006);
    return stop ? stop.seconds : seconds;
  };
  const label = element("label");
  scrubber.addEventListener("pointermove", (event) => {
    const box = scrubber.getBoundingClientRect();
    const part = Math.min(Math.max((event.clientX - box.left - 8) / (box.width - 16), 0), 1);
    label.textContent = nameAt(film, film.clock.at(near(part * end)));
    label.hidden = false;
    const half = label.offsetWidth / 2;
    label.style.left = `${Math.min(Math.max(event.clientX - box.left, half), box.width - half)}px`;
  });
  scrubber.addEventListener("pointerleave", () => { label.hidden = true; });
  element("previous").addEventListener("click", () => player.go(player.neighbour(-1)));
  element("next").addEventListener("click", () => player.go(player.neighbour(1)));
  element("play").addEventListener("click", player.toggle);
  const speed = element("speed");
  speed.addEventListener("change", () => setSpeed(player, Number(speed.value)));
  element("theme").addEventListener("click", () => otherTheme(player));
  element("theme").hidden = film.themes.length < 2;
  element("full").addEventListener("click", fullScreen);
  element("full").hidden = !document.fullscreenEnabled;
  element("help").addEventListener("click", showKeys);
  element("reset").addEventListener("click", player.reset);
  element("probe").addEventListener("click", () => dropInTheMiddle(player));
  element("parts").hidden = !film.parts.length;
  element("probe").hidden = !film.panels.some(({ hasChain }) => hasChain);
  element("png").addEventListener("click", () => savePicture(player, "png"));
  element("svg").addEventListener("click", () => savePicture(player, "svg"));
  toggles(player);
  menus();
  deeds();

  let stop = -1;
  player.listen(() => {
    if (film.timeline !== timeline) mark();
    const moment = player.moment();
    const name = nameAt(film, moment);
    scrubber.value = String(player.seconds);
    element("done").style.width = `${(100 * player.seconds) / end}%`;
    const [now, all] = [player.seconds, end].map((seconds) => Math.round(10 * seconds) / 10);
    scrubber.setAttribute("aria-valuetext", say("{place}, {now} of {all} seconds", { place: name, now, all }));
    element("now").textContent = name;
    element("player").classList.toggle("playing", player.running());
    element("play").setAttribute("aria-label", player.running() ? say("Pause") : say("Play"));
    element("reset").hidden = !player.viewed();
    film.stops.forEach((stop, i) => {
      marks[i].classList.toggle("done", film.clock.stop(i) <= player.seconds + 1e-9);
      if (marks[i].title !== stop) marks[i].title = stop;
    });
    const here = player.resting() ? Math.round(player.step()) : -1;
    if (here !== stop && here >= 0 && !player.playing) {
      element("said").textContent = say("Stop {number} of {all}: {name}", { number: here, all: film.acts, name });
    }
    stop = here;
  });
}

/** One box for each part of the picture.
 * @param {Player} player
 */
function toggles(player) {
  for (const part of player.film.parts) {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = player.show.has(part);
    box.dataset.part = part;
    box.addEventListener("change", () => setPart(player, part, box.checked));
    const label = document.createElement("label");
    label.append(box, say(part));
    element("toggles").append(label);
  }
}

/** Show or hide a part of the picture.
 * @param {Player} player
 * @param {string} part
 * @param {boolean} shown
 */
export function setPart(player, part, shown) {
  player.show[shown ? "add" : "delete"](part);
  const box = [...element("toggles").querySelectorAll("input")].find(({ dataset }) => dataset.part === part);
  if (box) box.checked = shown;
  player.redraw();
}

/** What happens, as a list for those who cannot see it.
 * @param {Film} film
 */
function story(film) {
  const list = document.createElement("ol");
  list.start = 0;
  film.stops.forEach((stop, i) => {
    const item = document.createElement("li");
    const numbers = film.tell(film.moment(i));
    const told = numbers ? `${stop} · ${numbers}` : stop;
    const moves = i > 0 && film.actNames[i - 1] !== film.stops[i - 1];
    item.textContent = moves ? say("{act}. Then: {stop}.", { act: film.actNames[i - 1], stop: told }) : say("{sentence}.", { sentence: told });
    list.append(item);
  });
  const notes = film.notes.map((note) => {
    const line = document.createElement("p");
    line.textContent = note;
    return line;
  });
  const [described] = element("story").children;
  element("story").replaceChildren(described, list, ...notes);
}

/** The last menu does what the bar has no room for, by the bar's own buttons; it closes when done. */
function deeds() {
  const more = element("more");
  const others = [...more.querySelectorAll("button")].filter(({ dataset }) => dataset.as);
  /** @param {HTMLElement} other */
  const own = (other) => document.getElementById(other.dataset.as || "");
  more.addEventListener("toggle", () => others.forEach((other) => { other.hidden = Boolean(own(other)?.hidden); }));
  for (const other of others) other.addEventListener("click", () => own(other)?.click());
  more.addEventListener("click", ({ target }) => {
    if (target instanceof HTMLButtonElement && !element("keys").open) closeMenus();
  });
}

/** A menu closes when another opens, or when one clicks elsewhere. */
function menus() {
  document.addEventListener("pointerdown", ({ target }) => {
    for (const menu of document.querySelectorAll("details")) {
      if (!(target instanceof Node && menu.contains(target))) menu.open = false;
    }
  });
}

/** Close the menu that is open; false without one. */
export function closeMenus() {
  const menu = [...document.querySelectorAll("details")].find(({ open }) => open);
  if (!menu) return false;
  menu.open = false;
  menu.querySelector("summary")?.focus();
  return true;
}

/**
 * @param {Player} player
 * @param {number} speed
 */
export function setSpeed(player, speed) {
  if (!(speed > 0)) return;
  player.speed = Math.min(speed, 8);
  const list = element("speed");
  let choice = [...list.options].find(({ value }) => Number(value) === player.speed);
  if (!choice) {
    // What none of them says was asked for from outside: it is shown, in its place.
    choice = new Option(`${+player.speed.toFixed(2)}×`, String(player.speed));
    list.add(choice, [...list.options].find(({ value }) => Number(value) > player.speed) || null);
  }
  choice.selected = true;
}

export function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen().catch(() => {});
}

export function showKeys() {
  const keys = element("keys");
  // A key whose button is not there does nothing.
  for (const term of /** @type {NodeListOf<HTMLElement>} */ (keys.querySelectorAll("dt[data-for]"))) {
    const button = document.getElementById(term.dataset.for || "");
    const description = /** @type {HTMLElement} */ (term.nextElementSibling);
    term.hidden = description.hidden = Boolean(button?.hidden);
  }
  if (keys.open) keys.close();
  else keys.showModal();
}
