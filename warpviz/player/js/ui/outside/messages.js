/* Driven by the page around, such as a deck or a notebook: what it asks for, and what it is told. */

/** @import { Asked, Player, State, Trait } from "../player.js" */

import { setSpeed } from "../controls.js";
import { setProbes } from "../probes.js";
import { setView } from "../view.js";
import { playAs, thousandth, wordsGiven } from "./address.js";

const FORWARDED = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Escape", "f", "o", "s", "b"]);
const PAUSE = 100; // ms between what is told while things move

/** What a player tells of itself.
 * @param {Player} player
 * @returns {State}
 */
export function stateOf(player) {
  const { film, name, seconds, ended, autoplay, seen, theme, speed } = player;
  return {
    name, step: thousandth(player.step()), seconds, stops: film.stops.length, names: [...film.stops],
    playing: player.running(), ended, autoplay, seen, theme, speed, loop: player.looping,
    view: { ...player.view }, show: [...player.show],
    probes: player.probes.map(({ panel, label, point }) => ({ panel, label, point: [...point] })),
  };
}

/** What a page around may keep equal on both sides, by name, in the order in which it is set.
 * @type {Record<string, Trait>}
 */
const TRAITS = {
  theme: {
    of: ({ followsSystem, theme }) => (followsSystem ? "auto" : theme),
    set: (player, value) => player.setTheme(String(value)),
  },
  speed: { of: ({ speed }) => speed, set: (player, value) => setSpeed(player, Number(value)) },
  view: { of: ({ view }) => ({ ...view }), set: setView },
  probes: { of: ({ probes }) => probes.map(({ point }) => point), set: setProbes },
  step: {
    of: (player) => player.step(),
    set: (player, value) => {
      if (isStop(value)) player.seek(player.film.clock.of(player.film.moment(Number(value))));
    },
  },
  playing: {
    of: ({ playing }) => playing,
    set: (player, value) => {
      if (Boolean(value) !== player.playing) player[value ? "play" : "pause"]();
    },
  },
};

/** Whether a page around names a place, counted in stops.
 * @param {unknown} value
 */
function isStop(value) {
  return value !== null && isFinite(Number(value));
}

/** Do as the page around asks; tell it where the film is, and the traits once it named some.
 * @param {Player} player
 * @param {Record<string, Trait>} [own] traits of what is shown, which are set first
 */
export function messages(player, own = {}) {
  const { film } = player;
  const all = { ...own, ...TRAITS };
  let heard = 0; // the number of the last message with traits; 0 before there was one
  addEventListener("message", ({ data }) => {
    if (!data || !data.warpviz || typeof data.warpviz !== "object") return;
    const asked = /** @type {Asked} */ (data.warpviz);
    // What is said to one film of a page, to all of its frames, leaves the others alone.
    if (asked.to !== undefined && asked.to !== player.name) return;
    if (typeof asked.theme === "string") player.setTheme(asked.theme);
    if (asked.speed !== undefined) setSpeed(player, Number(asked.speed));
    if (asked.loop !== undefined) player.looping = Boolean(asked.loop);
    if (isStop(asked.step)) player.go(Number(asked.step));
    if (isStop(asked.playTo)) player.playTo(Math.round(Number(asked.playTo)), isStop(asked.from) ? Math.round(Number(asked.from)) : null);
    if (typeof asked.autoplay === "string") playAs(player, asked.autoplay);
    if (asked.play) player.play();
    if (asked.pause) player.pause();
    if (asked.traits && typeof asked.traits === "object") {
      const given = /** @type {Record<string, unknown>} */ (asked.traits);
      for (const [name, trait] of Object.entries(all)) if (name in given) trait.set(player, given[name]);
      heard = Number(asked.number) || 1;
    }
    if (asked.tell || asked.traits) tell();
  });

  const now = () => ({
    name: player.name, step: thousandth(player.step()), stops: film.stops.length, playing: player.running(), ended: player.ended,
    ...(heard ? { heard, traits: Object.fromEntries(Object.entries(all).map(([name, { of }]) => [name, of(player)])) } : {}),
  });
  let told = "";
  let due = 0;
  let waiting = 0;
  const tell = () => {
    const state = now();
    told = JSON.stringify(state);
    due = performance.now() + PAUSE;
    clearTimeout(waiting);
    waiting = 0;
    if (parent !== window) parent.postMessage({ warpviz: state }, "*");
  };
  player.listen(() => {
    if (JSON.stringify(now()) === told) return;
    // While things move, ten times a second are enough; what rests is told at once, or soon.
    const left = due - performance.now();
    if (left <= 0 || (player.resting() && !heard) || (!player.running() && !heard)) tell();
    else if (heard && !waiting) waiting = setTimeout(tell, left);
  });

  if (wordsGiven().get("keys") === "parent" && parent !== window) {
    // In a deck the keys of the presentation belong to the presentation, whoever has the focus.
    document.addEventListener("keydown", (event) => {
      if (!FORWARDED.has(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
      // What takes keys of its own has them while it has the focus.
      if (/** @type {HTMLElement | null} */ (event.target)?.closest?.("[data-keys=own]")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      parent.postMessage({ warpviz: { key: event.key } }, "*");
    }, true);
  }
}
