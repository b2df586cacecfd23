/* Driven from outside: the address's hash, messages from the page around, and what is told back. */

/** @import { Asked, Player } from "./player.js" */

import { element } from "./hint.js";
import { setPart, setSpeed } from "./controls.js";

const FORWARDED = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Escape", "f", "o", "s", "b"]);

/** Without controls the film's own track tells how far it is; with them the scrubber does.
 * @param {Player} player
 * @param {boolean} bare
 */
export function setBare(player, bare) {
  element("player").classList.toggle("bare", bare);
  setPart(player, "track", bare && player.film.show.has("track"));
}

/**
 * @param {Player} player
 */
export function outside(player) {
  const { film } = player;
  const read = () => new URLSearchParams(location.hash.slice(1));
  /** @param {URLSearchParams} words */
  const apply = (words) => {
    const [theme, speed, loop, print, controls, t, step] =
      ["theme", "speed", "loop", "print", "controls", "t", "step"].map((name) => words.get(name));
    if (theme) player.setTheme(theme);
    if (speed) setSpeed(player, Number(speed));
    if (loop) player.looping = loop !== "0";
    if (print) player.printsStop = print === "stop";
    if (controls) setBare(player, controls === "0");
    if (t && isFinite(Number(t))) player.seek(Number(t));
    if (step && isFinite(Number(step))) player.seek(film.clock.of(film.moment(Number(step))));
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
    if (!data || !data.warpviz || typeof data.warpviz !== "object") return;
    const asked = /** @type {Asked} */ (data.warpviz);
    if (typeof asked.theme === "string") player.setTheme(asked.theme);
    if (asked.speed !== undefined) setSpeed(player, Number(asked.speed));
    if (asked.loop !== undefined) player.looping = Boolean(asked.loop);
    if (asked.step !== null && isFinite(Number(asked.step))) player.go(Number(asked.step));
    if (asked.playTo !== null && isFinite(Number(asked.playTo))) player.playTo(Math.round(Number(asked.playTo)));
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
