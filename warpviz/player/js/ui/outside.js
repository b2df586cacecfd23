/* Driven from outside: the address's hash, messages from the page around, and what is told back. */

/** @import { Asked, Autoplay, Player, State } from "./player.js" */

import { element } from "./hint.js";
import { setPart, setSpeed } from "./controls.js";
import { addProbe } from "./probes.js";
import { numbersOf, viewOf, viewWord } from "./view.js";

const FORWARDED = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Escape", "f", "o", "s", "b"]);
const TOLD = 2500; // ms that it is told what became of a link
const NAMED = "warpviz#"; // so begins the name of a frame with words for the film

/** @param {number} value */
const thousandth = (value) => Math.round(1e3 * value) / 1e3;

/** What is asked of the film: first by the address, then by the name of its frame, which stays where
 * a page takes its frames into itself and addresses are lost, then by the file.
 */
function wordsGiven() {
  const { name } = window;
  return new URLSearchParams([
    ...new URLSearchParams(location.hash.slice(1)),
    ...new URLSearchParams(name.startsWith(NAMED) ? name.slice(NAMED.length) : ""),
    ...Object.entries(/** @type {Record<string, string>} */ ({ ...document.body.dataset })),
  ]);
}

/** 1 is the older word for always; what is no word changes nothing.
 * @param {Player} player
 * @param {string | null} word
 */
function setAutoplay(player, word) {
  const found = word === "1" ? "always" : word;
  if (found !== "always" && found !== "seen" && found !== "0") return false;
  player.autoplay = /** @type {Autoplay} */ (found);
  return true;
}

/** What a player tells of itself.
 * @param {Player} player
 * @returns {State}
 */
export function stateOf(player) {
  const { film, seconds, ended, autoplay, seen, theme, speed } = player;
  return {
    step: thousandth(player.step()), seconds, stops: film.stops.length, names: [...film.stops],
    playing: player.running(), ended, autoplay, seen, theme, speed, loop: player.looping,
    view: { ...player.view }, show: [...player.show],
    probes: player.probes.map(({ panel, label, point }) => ({ panel, label, point: [...point] })),
  };
}

/** What the address says of this moment: where the film is, from where it is seen, its probes.
 * @param {Player} player
 */
export function momentWords(player) {
  const probes = player.probes.map(({ panel, point }) => `${panel}:${point.map((x) => +x.toPrecision(6))}`);
  const words = new URLSearchParams({ step: String(thousandth(player.step())), theme: player.theme, autoplay: "0" });
  if (player.viewed()) words.set("view", viewWord(player.view));
  if (probes.length) words.set("probes", probes.join(";"));
  return words.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%3B", ";");
}

/** Drop the probe points that the address tells, such as 0:0.5,-1;1:2,3 (panel: point).
 * @param {Player} player
 * @param {string} word
 */
function setProbes(player, word) {
  player.probes = [];
  for (const one of word.split(";")) {
    const [panel, place] = one.split(":");
    const point = numbersOf(place || "");
    const summary = player.film.panels[Number(panel)];
    if (summary && point.length === summary.features) addProbe(player, Number(panel), point);
  }
}

/** Without controls the film's own track tells how far it is; with them the scrubber does.
 * @param {Player} player
 * @param {boolean} bare
 */
export function setBare(player, bare) {
  element("player").classList.toggle("bare", bare);
  setPart(player, "track", bare && player.film.show.has("track"));
}

/** Put a link to this moment into the clipboard, and into the address where the page is its own.
 * @param {Player} player
 */
async function copyLink(player) {
  const link = location.href.split("#")[0] + `#${momentWords(player)}`;
  let told = "Link to this moment copied";
  try {
    await navigator.clipboard.writeText(link);
  } catch {
    told = "Link to this moment: in the address bar";
    if (parent !== window) told = "The browser lets no link be copied here";
  }
  if (parent === window) history.replaceState(null, "", link);
  element("said").textContent = told;
  element("link").dataset.told = told;
  setTimeout(() => { delete element("link").dataset.told; }, TOLD);
}

/**
 * @param {Player} player
 */
export function outside(player) {
  const { film } = player;
  /** @param {URLSearchParams} words */
  const apply = (words) => {
    const [theme, speed, loop, print, controls, view, probes, t, step] =
      ["theme", "speed", "loop", "print", "controls", "view", "probes", "t", "step"].map((name) => words.get(name));
    if (theme) player.setTheme(theme);
    if (speed) setSpeed(player, Number(speed));
    if (loop) player.looping = loop !== "0";
    if (print) player.printsStop = print === "stop";
    if (controls) setBare(player, controls === "0");
    const seen = view && viewOf(view);
    if (seen) Object.assign(player.view, seen);
    if (probes) setProbes(player, probes);
    if (t && isFinite(Number(t))) player.seek(Number(t));
    if (step && isFinite(Number(step))) player.seek(film.clock.of(film.moment(Number(step))));
  };
  element("link").addEventListener("click", () => copyLink(player));
  // A page without an address of its own, such as one inside a notebook, has no link.
  element("link").hidden = !/^(file|https?):$/.test(location.protocol);
  const words = wordsGiven();
  apply(words);
  setAutoplay(player, words.get("autoplay"));
  if (player.autoplay === "always" || (player.autoplay === "seen" && !player.calm)) player.play();
  /** @param {string | null} word */
  const playAs = (word) => {
    if (setAutoplay(player, word)) player[player.autoplay === "0" ? "pause" : "play"]();
  };
  addEventListener("hashchange", () => {
    const changed = new URLSearchParams(location.hash.slice(1));
    apply(changed);
    playAs(changed.get("autoplay"));
  });

  addEventListener("message", ({ data }) => {
    if (!data || !data.warpviz || typeof data.warpviz !== "object") return;
    const asked = /** @type {Asked} */ (data.warpviz);
    if (typeof asked.theme === "string") player.setTheme(asked.theme);
    if (asked.speed !== undefined) setSpeed(player, Number(asked.speed));
    if (asked.loop !== undefined) player.looping = Boolean(asked.loop);
    if (asked.step !== null && isFinite(Number(asked.step))) player.go(Number(asked.step));
    if (asked.playTo !== null && isFinite(Number(asked.playTo))) player.playTo(Math.round(Number(asked.playTo)));
    if (typeof asked.autoplay === "string") playAs(asked.autoplay);
    if (asked.play) player.play();
    if (asked.pause) player.pause();
    if (asked.tell) tell();
  });

  const now = () => ({
    step: thousandth(player.step()), stops: film.stops.length, playing: player.running(), ended: player.ended,
  });
  let told = "";
  const tell = () => {
    const state = now();
    told = JSON.stringify(state);
    if (parent !== window) parent.postMessage({ warpviz: state }, "*");
    return state;
  };
  let due = 0;
  player.listen(() => {
    if (JSON.stringify(now()) === told) return;
    // While things move, ten times a second are enough.
    const ms = performance.now();
    if (player.running() && ms < due && !player.resting()) return;
    due = ms + 100;
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
