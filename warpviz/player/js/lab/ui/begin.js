/* From what Python hands over to a laboratory that runs. */

/** @import { Given, Lab, Setup } from "./room.js" */

import { NUMBERS } from "../../given.js";
import { Trouble, unpack } from "../../payload.js";
import { makePoints, pointsOfStatement } from "../data/sets.js";
import { knowActivation } from "../data/activation.js";
import { dress } from "../../ui/colours.js";
import { controls } from "../../ui/controls.js";
import { element } from "../../ui/hint.js";
import { keyboard } from "../../ui/keyboard.js";
import { pointer } from "../../ui/pointer.js";
import { printing } from "../../ui/print.js";
import { probeTables } from "../../ui/tables.js";
import { playerOf } from "../../ui/state.js";
import { watch } from "../../ui/seen.js";
import { address, setBare, wordsGiven } from "../../ui/outside/address.js";
import { messages } from "../../ui/outside/messages.js";
import { tell } from "../../ui/outside/picture.js";
import { brushes } from "../panels/brush.js";
import { cards } from "../panels/cards.js";
import { compare } from "../panels/compare.js";
import { lessonsPanel } from "../panels/lessons.js";
import { measuredPanel } from "../panels/measured.js";
import { noticing } from "../panels/noticed.js";
import { pointsPanel } from "../panels/points.js";
import { sharing } from "../panels/sharing.js";
import { trainingPanel } from "../panels/training.js";
import { setupOf, wordOf } from "./fragment.js";
import { handleOf, labTraits } from "./handle.js";
import { gripsOver } from "./handles.js";
import { liveFilm, playedOf } from "./live.js";
import { part } from "./made.js";
import { storeOf } from "./store.js";
import { tabs } from "./tabs.js";
import { teachingOf } from "./teaching.js";

const READ = 15_000; // ms that what is wrong with a link is shown
const NARROW_VIEW = 620; // CSS pixels of the picture's room, below which it has the narrow layout

/** Make the laboratory of a payload.
 * @param {Element} source
 */
export async function beginLab(source) {
  const given = /** @type {Given} */ (await unpack(source));
  const { setup, trouble } = await first(given);
  const store = storeOf(setup);
  const show = tabs();
  const view = element("view");
  const narrow = () => view.clientWidth < NARROW_VIEW && view.clientHeight > view.clientWidth * 0.7;
  const live = liveFilm(store, given, narrow);
  const player = playerOf(live.film, element("picture"));
  /** @type {Lab} */
  const lab = {
    store, player, given,
    get shown() { return live.shown; },
    playedLayers: (column) => playedOf(store.now, column),
    lens: (panel) => live.lens(panel, player.now()),
    steady: (stays) => live.steady(stays), exactly: live.now, rested: live.rested, say: tell,
  };
  const fit = () => player.fit(view.clientWidth, view.clientHeight);
  let step = 0; // where the player was, when its stops were others
  live.leaving(() => { step = player.step(); });
  live.listen((structure) => {
    if (structure) player.seconds = player.film.clock.of(player.film.moment(Math.min(step, player.film.acts)));
    if (player.probes.length) player.probes = player.probes.filter(({ panel }) => panel < player.film.panels.length);
    if (structure) fit();
    player.anew();
  });
  store.listen((now, before, how) => {
    const same = now.columns === before.columns && now.data === before.data;
    const structure = now.columns.length !== before.columns.length || now.data.name !== before.data.name || shapes(now) !== shapes(before);
    if (!same) live.ask(Boolean(how.moving), structure || !(how.moving || how.merge), Boolean(how.moving && how.silent));
    else if (live.shown.coarse && !how.moving) live.ask(false, Boolean(how.silent));
  });
  let was = narrow();
  new ResizeObserver(() => {
    if (narrow() !== was) live.now();
    was = narrow();
    fit();
  }).observe(view);
  fit();
  dress(player);
  classColours(lab);
  controls(player);
  probeTables(player);
  keyboard(player);
  const teaching = teachingOf(lab);
  brushes(lab);
  pointer(player);
  printing(player);
  setBare(player, false);
  element("weights").hidden = true; // the cards have the numbers
  cards(lab);
  compare(lab);
  pointsPanel(lab);
  trainingPanel(lab, teaching);
  const measured = measuredPanel(lab);
  noticing(lab);
  lessonsPanel(lab, teaching, measured);
  gripsOver(lab, NUMBERS.DISTANCE);
  sharing(lab);
  undoing(lab);
  inPanels();
  player.go(1); // where the first matrix can be taken by its vectors
  address(player, async () => `&lab=${await wordOf(store.now)}`);
  messages(player, labTraits(lab, teaching));
  watch(player);
  addEventListener("hashchange", async () => {
    try {
      const next = await setupIn(given);
      if (next) store.change(next);
    } catch (error) {
      tell(troubleOf(error), READ);
    }
  });
  if (given.lesson) show("lessons");
  player.draw();
  player.inform();
  globalThis.player = player;
  if (trouble) tell(trouble, READ);
  document.body.dataset.ready = "";
  return handleOf(lab, teaching, measured, live.now);
}

/** The first setup: the address's, or what Python gave, and then what is wrong with the address.
 * @param {Given} given
 * @returns {Promise<{ setup: Setup, trouble: string }>}
 */
async function first(given) {
  for (const { activation } of given.setup.layers) knowActivation(activation);
  try {
    return { setup: (await setupIn(given)) || handedSetup(given), trouble: "" };
  } catch (error) {
    return { setup: handedSetup(given), trouble: troubleOf(error) };
  }
}

/** @param {Given} given @returns {Setup} */
function handedSetup({ setup: { layers, ...rest } }) {
  return { ...rest, columns: [{ layers }] };
}

/** What is wrong, in a sentence; what is no trouble of a link's is thrown on.
 * @param {unknown} error
 */
function troubleOf(error) {
  if (error instanceof Trouble) return error.message;
  throw error;
}

/** What the address tells, null for nothing.
 * @param {Given} given
 */
async function setupIn(given) {
  const word = wordsGiven().get("lab");
  if (!word) return null;
  const handed = given.setup.data;
  return setupOf(word, handedSetup(given), (data) => {
    if (data.name === handed.name && data.count === handed.count && data.noise === handed.noise && data.seed === handed.seed) return handed.points;
    return data.source === "formula" ? pointsOfStatement(data.name, data) : makePoints(data.name, data);
  }, given);
}

/** @param {Setup} setup */
const shapes = ({ columns }) => columns.map(({ layers }) => layers.map(({ bias, activation }) => `${bias.length}${activation}`).join()).join(";");

/** The page's parts have the classes' colours, as the picture has.
 * @param {Lab} lab
 */
function classColours({ player, store }) {
  let worn = "";
  const wear = () => {
    if (worn === player.theme) return;
    worn = player.theme;
    const { classes, signs } = player.film.colours(player.theme);
    classes.forEach((colour, i) => document.documentElement.style.setProperty(`--class-${i}`, colour));
    signs.forEach((colour, i) => document.documentElement.style.setProperty(i ? "--minus" : "--plus", colour));
  };
  player.listen(wear);
  store.listen(wear);
}

/** Undo and redo, by button and by key.
 * @param {Lab} lab
 */
function undoing({ store }) {
  const [undo, redo] = [part("undo"), part("redo")].map((button) => /** @type {HTMLButtonElement} */ (button));
  undo.addEventListener("click", store.undo);
  redo.addEventListener("click", store.redo);
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) store.undo();
    else if (key === "y" || (key === "z" && event.shiftKey)) store.redo();
    else return;
    event.preventDefault();
  });
  const show = () => {
    undo.disabled = !store.canUndo;
    redo.disabled = !store.canRedo;
  };
  store.listen(show);
  show();
}

/** In the panels keys belong to what has the focus, not to the film.
 */
function inPanels() {
  for (const panel of document.querySelectorAll("[data-keys=own]")) {
    panel.addEventListener("keydown", (event) => {
      const { key, ctrlKey, metaKey } = /** @type {KeyboardEvent} */ (event);
      if (!ctrlKey && !metaKey && key !== "Escape") event.stopPropagation();
    });
  }
}
