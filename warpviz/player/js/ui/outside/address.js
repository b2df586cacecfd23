/* The address: how a film begins, and a link that leads back to this moment. */

/** @import { Autoplay, Player } from "../player.js" */

import { element } from "../hint.js";
import { setPart, setSpeed } from "../controls.js";
import { addProbe } from "../probes.js";
import { tell } from "./picture.js";
import { numbersOf, viewOf, viewWord } from "../view.js";
import { say } from "../../words/say.js";

const NAMED = "warpviz#"; // so begins the name of a frame with words for the film

/** @param {number} value */
export const thousandth = (value) => Math.round(1e3 * value) / 1e3;

/** What is asked of the film: first by the address, then by the name of its frame, which stays where
 * a page takes its frames into itself and addresses are lost, then by the file.
 */
export function wordsGiven() {
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

/** What the address says of this moment: where the film is, from where it is seen, its probes. What
 * is the film's own stands there empty, for the page may be open already with something else.
 * @param {Player} player
 */
export function momentWords(player) {
  const probes = player.probes.map(({ panel, point }) => `${panel}:${point.map((x) => +x.toPrecision(6))}`);
  const words = new URLSearchParams({
    step: String(thousandth(player.step())), theme: player.theme, autoplay: "0",
    view: player.viewed() ? viewWord(player.view) : "", probes: probes.join(";"),
  });
  return words.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%3B", ";");
}

/** Drop the probe points that the address tells, such as 0:0.5,-1;1:2,3 (panel: point), no others.
 * @param {Player} player
 * @param {string} word
 */
function dropTold(player, word) {
  player.probes = [];
  player.redraw();
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
 * @param {() => Promise<string>} more words
 */
export async function copyLink(player, more) {
  const link = location.href.split("#")[0] + `#${momentWords(player)}${await more()}`;
  let told = say("Link to this moment copied");
  try {
    await navigator.clipboard.writeText(link);
  } catch {
    told = say("Link to this moment: in the address bar");
    if (parent !== window) told = say("The browser lets no link be copied here");
  }
  if (parent === window) history.replaceState(null, "", link);
  tell(told);
}

/** Play or rest, as a word of autoplay says.
 * @param {Player} player
 * @param {string | null} word
 */
export function playAs(player, word) {
  if (setAutoplay(player, word)) player[player.autoplay === "0" ? "pause" : "play"]();
}

/** A film begins as it is asked to, and follows the address.
 * @param {Player} player
 * @param {() => Promise<string>} [more] words that a link tells of what is shown
 */
export function address(player, more = async () => "") {
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
    if (view === "") player.reset();
    const seen = view && viewOf(view);
    if (seen) Object.assign(player.view, seen);
    if (probes !== null) dropTold(player, probes);
    if (t && isFinite(Number(t))) player.seek(Number(t));
    if (step && isFinite(Number(step))) player.seek(film.clock.of(film.moment(Number(step))));
  };
  element("link").addEventListener("click", () => copyLink(player, more));
  // A page without an address of its own, such as one inside a notebook, has no link.
  element("link").hidden = !/^(file|https?):$/.test(location.protocol);
  const words = wordsGiven();
  apply(words);
  player.name = words.get("name") || "";
  setAutoplay(player, words.get("autoplay"));
  if (player.autoplay === "always" || (player.autoplay === "seen" && !player.calm)) player.play();
  addEventListener("hashchange", () => {
    const changed = new URLSearchParams(location.hash.slice(1));
    apply(changed);
    playAs(player, changed.get("autoplay"));
  });
}
