/* The panel of training, and the buttons above all. */

/** @import { Lab, OwnTraining } from "../ui/room.js" */
/** @import { Teaching } from "../ui/teaching.js" */

import { say } from "../../words/say.js";
import { putCurves } from "./curves.js";
import { readNumber } from "../ui/grid.js";
import { choice, withLabel, make, part } from "../ui/made.js";
import { titleOf } from "../ui/live.js";
import { countOf } from "../ui/teaching.js";
import { afresh } from "./cards.js";

const PACES = [1, 5, 20, 100, 0];
const RATES = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.02, 0.03, 0.1, 0.3, 1, 3];
const BATCHES = [0, 10, 30, 100, 300];
const PENALTIES = [0, 0.0001, 0.001, 0.003, 0.01, 0.1];
const EVENNESSES = [0, 0.001, 0.01, 0.1];

/** A share in percent, never more than it is.
 * @param {number} share
 */
export const percentOf = (share) => !isFinite(share) ? "–" : `${(Math.floor(1000 * share + 1e-9) / 10).toFixed(1)} %`;

/** @param {number} loss */
const lossText = (loss) => !isFinite(loss) ? "–" : (loss >= 0.01 ? loss.toFixed(3) : loss.toExponential(1));

/** Wire the training's panel.
 * @param {Lab} lab
 * @param {Teaching} teaching
 */
export function trainingPanel(lab, teaching) {
  const { store, given, player } = lab;
  /** @param {Partial<OwnTraining>} patch */
  const set = (patch) => store.change({ training: { ...store.now.training, ...patch } });
  /** @param {number[]} known @param {keyof OwnTraining} name @param {(value: number) => string} told */
  const numbers = (known, name, told) => {
    const own = Number(store.now.training[name]);
    return [...new Set([...known, own])].sort((a, b) => a - b).map((value) => /** @type {[string, string]} */ ([String(value), told(value)]));
  };
  const optimizer = choice(say("optimizer"), given.optimizers.map(({ name, title }) => [name, title]), (name) => {
    const known = given.optimizers.find((one) => one.name === name);
    if (known) set({ optimizer: known.name, rate: known.rate });
  });
  const rate = choice(say("learning rate"), numbers(RATES, "rate", String), (value) => set({ rate: readNumber(value) || 0.01 }));
  const batch = choice(say("points a step"), numbers(BATCHES, "batch", (value) => (value ? String(value) : say("all"))), (value) => set({ batch: Number(value) }));
  const penalty = choice(say("penalty"), numbers(PENALTIES, "penalty", String), (value) => set({ penalty: Number(value) }));
  const evenness = choice(say("evenness"), numbers(EVENNESSES, "evenness", String), (value) => set({ evenness: Number(value) }));
  penalty.title = say("so much times the norm of all weights is added to the loss: it keeps them moderate");
  evenness.title = say("so much times how unevenly layers stretch is added to the loss: it keeps the sheet from being pressed onto a line");
  const pace = choice(say("epochs a picture"), PACES.map((value) => [String(value), value ? String(value) : say("as many as can be")]), (value) => set({ pace: Number(value) }));
  part("settings").append(
    withLabel(say("optimizer"), optimizer), withLabel(say("learning rate"), rate), withLabel(say("points a step"), batch),
    withLabel(say("penalty"), penalty), withLabel(say("evenness"), evenness), withLabel(say("epochs a picture"), pace),
  );
  part("train").addEventListener("click", () => { teaching[teaching.playing ? "pause" : "play"](); });
  part("train-step").addEventListener("click", () => { teaching.step(1); });
  part("train-end").addEventListener("click", () => { teaching.play(true); });
  part("train-again").addEventListener("click", () => {
    teaching.pause();
    afresh(lab, store.now.seed);
  });

  const canvas = /** @type {HTMLCanvasElement} */ (part("curves"));
  const draw = () => {
    const { muted, classes } = player.film.colours(player.theme);
    const named = { loss: say("loss"), accuracy: say("right, %"), epochs: say("{count:# epoch|# epochs}", { count: Math.max(teaching.epoch, 1) }) };
    putCurves(canvas, teaching.histories, { text: muted, colours: classes }, named);
    canvas.setAttribute("aria-label", told());
  };
  const told = () => {
    const { loss, accuracy, epoch } = teaching;
    return say("epoch {epoch}: loss {loss}, {share} right", { epoch, loss: lossText(loss), share: percentOf(accuracy) });
  };
  const keys = () => {
    const { columns } = store.now;
    part("keys-of-curves").replaceChildren(...(columns.length < 2 ? [] : columns.map(({ layers }, i) => {
      const name = make("span", { className: "key" }, titleOf(layers));
      name.style.setProperty("--own", `var(--class-${i})`);
      return name;
    })));
  };
  const show = () => {
    const { epoch, playing, done, diverged } = teaching;
    const button = part("train");
    button.classList.toggle("on", playing);
    button.setAttribute("aria-label", playing ? say("Pause training") : say("Train"));
    part("train-word").textContent = playing ? say("Pause") : diverged ? say("Diverged") : done ? say("Trained") : say("Train");
    part("epoch").textContent = epoch.toLocaleString("en").replaceAll(",", " ");
    stand();
    draw();
  };
  // Of all points, also while a hand moves.
  const stand = () => {
    part("loss").textContent = lossText(teaching.loss);
    part("right").textContent = percentOf(teaching.accuracy);
  };
  const settings = () => {
    const { training } = store.now;
    for (const [list, name] of /** @type {[HTMLSelectElement, keyof OwnTraining][]} */ ([[optimizer, "optimizer"], [rate, "rate"], [batch, "batch"], [penalty, "penalty"], [evenness, "evenness"], [pace, "pace"]])) {
      const value = String(training[name]);
      if (![...list.options].some((option) => option.value === value)) list.add(new Option(value, value));
      list.value = value;
    }
    part("parameters").textContent = say("{count:# parameter|# parameters}", { count: countOf(store.now) });
  };
  teaching.listen(show);
  store.listen((now, before) => {
    if (now.training !== before.training || now.columns !== before.columns) settings();
    if (now.columns.length !== before.columns.length || now.chosen !== before.chosen) keys();
    stand();
  });
  lab.rested(() => { if (!teaching.playing) show(); });
  player.listen(() => {
    if (canvas.dataset.theme === player.theme) return;
    canvas.dataset.theme = player.theme;
    draw();
  });
  new ResizeObserver(draw).observe(canvas);
  settings();
  keys();
  show();
  let was = false;
  teaching.listen(() => {
    if (teaching.playing !== was) lab.say(teaching.playing ? say("training") : teaching.diverged ? teaching.reason || say("the training has diverged; a smaller learning rate helps") : told());
    was = teaching.playing;
  });
}
