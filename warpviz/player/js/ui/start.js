/* From the payload to a player that runs. */

/** @import { Player } from "./player.js" */

import { Trouble } from "../payload.js";
import { load } from "../film.js";
import { playerOf } from "./state.js";
import { probeTables } from "./tables.js";
import { weightTables } from "./weights.js";
import { element } from "./hint.js";
import { controls } from "./controls.js";
import { dress } from "./colours.js";
import { keyboard } from "./keyboard.js";
import { pointer } from "./pointer.js";
import { setBare, address } from "./outside/address.js";
import { messages } from "./outside/messages.js";
import { watch } from "./seen.js";
import { printing } from "./print.js";
import { say } from "../words/say.js";

const IDLE = 2500; // ms after which the controls of a full screen film step back

const NARROW = 560; // CSS pixels

/** Play a film in the page.
 * @param {string | Element} source
 */
export async function start(source) {
  const film = await load(source);
  const canvas = element("picture");
  const player = playerOf(film, canvas);
  const view = element("view");
  element("player").classList.toggle("framed", window !== window.top);
  const fit = () => {
    // Numbers stand below a film that is wider than the window, or in a narrow one, else beside it.
    const [w, h] = film.bestIn(innerWidth, innerHeight).size;
    const wide = innerWidth < NARROW || innerWidth / innerHeight < (1.15 * w) / h;
    element("stage").classList.toggle("stacked", wide);
    player.fit(view.clientWidth, view.clientHeight);
  };
  new ResizeObserver(fit).observe(view);
  fit();
  dress(player);
  controls(player);
  probeTables(player);
  weightTables(player);
  keyboard(player);
  pointer(player);
  printing(player);
  standBack(player);
  setBare(player, false);
  address(player);
  messages(player);
  watch(player);
  // Drawn at once, also where a browser asks nothing of a page that is not seen.
  player.draw();
  globalThis.player = player;
  document.body.dataset.ready = "";
}

/** A film that cannot play is its poster, and a sentence that says why.
 * @param {unknown} error
 */
export function standStill(error) {
  const why = error instanceof Error ? error.message : String(error);
  const told = error instanceof Trouble ? say(why) : say("This film cannot be played here: {why}.", { why });
  element("trouble").textContent = told;
  delete document.body.dataset.ready;
  document.body.dataset.failed = "";
}

/** In full screen the controls go while a film plays and nobody moves; their room stays theirs.
 * @param {Player} player
 */
function standBack(player) {
  const root = element("player");
  let timer = 0;
  const wake = () => {
    root.classList.remove("idle");
    clearTimeout(timer);
    if (!document.fullscreenElement) return;
    timer = setTimeout(() => root.classList.toggle("idle", player.playing), IDLE);
  };
  document.addEventListener("fullscreenchange", wake);
  for (const name of ["pointermove", "keydown", "focusin"]) document.addEventListener(name, wake);
}
