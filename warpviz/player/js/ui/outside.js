/* Driven from outside: the address's hash, messages from the page around, and what is told back. */

import { element } from "./hint.js";
import { setPart, setSpeed } from "./controls.js";

const FORWARDED = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Escape", "f", "o", "s", "b"]);

/** Without controls the film's own track tells how far it is; with them the scrubber does. */
export function setBare(player, bare) {
  element("player").classList.toggle("bare", bare);
  setPart(player, "track", bare && player.film.show.has("track"));
}

export function outside(player) {
  const { film } = player;
  const read = () => new URLSearchParams(location.hash.slice(1));
  const apply = (words) => {
    const get = (name) => (words.has(name) ? words.get(name) : null);
    if (get("theme")) player.setTheme(get("theme"));
    if (get("speed")) setSpeed(player, Number(get("speed")));
    if (get("loop")) player.looping = get("loop") !== "0";
    if (get("print")) player.printsStop = get("print") === "stop";
    if (get("controls")) setBare(player, get("controls") === "0");
    if (get("t") && isFinite(get("t"))) player.seek(Number(get("t")));
    if (get("step") && isFinite(get("step"))) player.seek(film.clock.of(film.moment(Number(get("step")))));
  };
  const words = read();
  apply(words);
  if (words.get("autoplay") !== "0" && (!player.calm || words.get("autoplay") === "1")) player.play();
  addEventListener("hashchange", () => {
    const changed = read();
    apply(changed);
    if (changed.get("autoplay") === "0") player.pause();
    if (changed.get("autoplay") === "1") player.play();
  });

  addEventListener("message", ({ data }) => {
    const asked = data && data.warpviz;
    if (!asked || typeof asked !== "object") return;
    if (typeof asked.theme === "string") player.setTheme(asked.theme);
    if (asked.speed !== undefined) setSpeed(player, Number(asked.speed));
    if (asked.loop !== undefined) player.looping = Boolean(asked.loop);
    if (isFinite(asked.step) && asked.step !== null) player.go(Number(asked.step));
    if (isFinite(asked.playTo) && asked.playTo !== null) player.playTo(Math.round(Number(asked.playTo)));
    if (asked.play) player.play();
    if (asked.pause) player.pause();
    if (asked.tell) tell();
  });

  let told = "";
  const tell = () => {
    const state = {
      step: Math.round(1e3 * player.step()) / 1e3, stops: film.stops.length,
      playing: player.playing, ended: player.ended,
    };
    told = JSON.stringify(state);
    if (parent !== window) parent.postMessage({ warpviz: state }, "*");
    return state;
  };
  let due = 0;
  player.listen(() => {
    const { playing, ended } = player;
    const step = Math.round(1e3 * player.step()) / 1e3;
    if (JSON.stringify({ step, stops: film.stops.length, playing, ended }) === told) return;
    // While things move, ten times a second are enough.
    const now = performance.now();
    if (playing && now < due && !player.resting()) return;
    due = now + 100;
    tell();
  });

  if (words.get("keys") === "parent" && parent !== window) {
    // In a deck the keys of the presentation belong to the presentation, whoever has the focus.
    document.addEventListener("keydown", (event) => {
      if (!FORWARDED.has(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      parent.postMessage({ warpviz: { key: event.key } }, "*");
    }, true);
  }
}
