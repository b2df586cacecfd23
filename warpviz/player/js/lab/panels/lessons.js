/* Lessons: a sentence of task, and a check that tells when it is done. */

/** @import { StopMeasures } from "../lab.js" */
/** @import { Lab, Lesson, Setup } from "../ui/room.js" */
/** @import { Teaching } from "../ui/teaching.js" */

import { say } from "../../words/say.js";
import { makePoints } from "../data/sets.js";
import { make, part, pressed } from "../ui/made.js";
import { layersOfWidths } from "../ui/network.js";
import { isDone, quickAndDear } from "./checks.js";
import { limitsAround } from "./points.js";

const JUDGED_EVERY = 1000; // ms from one exact sheet to the next that a lesson asks for while it trains

/** Wire the lessons' panel.
 * @param {Lab} lab
 * @param {Teaching} teaching
 * @param {{ now(): StopMeasures[], listen(listener: () => void): void }} measured
 */
export function lessonsPanel(lab, teaching, measured) {
  const { store, given } = lab;
  const told = (/** @type {Lesson} */ lesson, /** @type {string} */ text) => (lesson.own ? text : say(text));
  const current = () => given.lessons.find(({ name }) => name === store.now.lesson?.name);
  const show = () => {
    const lesson = current();
    const at = store.now.lesson?.step ?? 0;
    const list = given.lessons.map((one) => {
      const button = pressed(told(one, one.title), () => begin(one), { className: "lesson", "aria-pressed": String(one === lesson) });
      return make("li", {}, button);
    });
    part("lessons").replaceChildren(...list);
    const board = part("task");
    board.hidden = !lesson;
    if (!lesson) return;
    const steps = lesson.steps.map(({ task, hint }, i) => make("li", { className: i < at ? "done" : i === at ? "current" : "" },
      told(lesson, task), ...(hint && i === at ? [make("small", {}, told(lesson, hint))] : [])));
    const finished = at >= lesson.steps.length;
    board.replaceChildren(
      make("h2", {}, told(lesson, lesson.title)), make("ol", {}, ...steps),
      make("p", { className: finished ? "finished" : "", role: "status" }, finished ? say("Done. Well folded!") : say("Step {number} of {all}", { number: at + 1, all: lesson.steps.length })),
      pressed(say("begin again"), () => begin(lesson), { className: "chip" }),
      pressed(say("leave the lesson"), () => store.change({ lesson: null }), { className: "chip" }),
    );
  };
  /** @param {Lesson} lesson */
  const begin = (lesson) => {
    teaching.pause();
    const { start } = lesson;
    const { now } = store;
    const seed = start.seed ?? now.seed;
    const asked = { count: now.data.count, noise: null, seed: 0 };
    const points = start.data ? makePoints(start.data, asked) : now.data.points;
    const data = start.data ? { ...now.data, source: /** @type {const} */ ("set"), name: start.data, ...asked, points, limits: limitsAround(points.x) } : now.data;
    const layers = start.layers || (start.widths
      ? layersOfWidths([2, ...start.widths, points.classNames.length], start.widths.map(() => start.activation || "relu"), seed)
      : now.columns[0].layers);
    store.change({ columns: [{ layers }], chosen: 0, data, seed, training: { ...now.training, ...start.training }, lesson: { name: lesson.name, step: 0 } }, { fresh: true });
    wanted = start.stop ?? null;
    part("said").textContent = told(lesson, lesson.steps[0].task);
  };
  /** @type {number | null} */
  let wanted = null; // the stop that is shown once the sheet is there
  lab.rested(() => {
    if (wanted !== null) lab.player.go(wanted);
    wanted = null;
  });
  let judged = 0; // when the exact sheet was asked for last
  /** @type {Setup["lesson"]} */
  let begun = null; // the step whose later ones were looked at
  /** @type {boolean[]} */
  let early = []; // what was so before anything was done for it
  /** Judge the step that is due. Who has come further, past it, need not go back.
   * @param {boolean} exact whether the sheet and its measures are those of now
   */
  const check = (exact) => {
    const lesson = current();
    const { lesson: where, columns, chosen } = store.now;
    if (!lesson || !where || where.step >= lesson.steps.length || (exact && lab.shown.coarse)) return;
    const known = { lab, layers: columns[chosen].layers, measured: measured.now(), epoch: teaching.epoch, accuracy: teaching.accuracy };
    const quick = lesson.steps.map((step) => isDone(known, quickAndDear(step.check).quick));
    const dear = lesson.steps.map((step) => quickAndDear(step.check).dear);
    const costs = dear.map((each) => Object.keys(each).length > 0);
    const done = dear.map((each, i) => quick[i] && (exact ? isDone(known, each) : !costs[i]));
    if (begun !== where && exact) {
      begun = where;
      early = done;
    }
    const at = done.map((so, i) => so && (i === where.step || (i > where.step && begun === where && !early[i]))).lastIndexOf(true);
    if (at < 0) {
      if (exact || !quick.some((so, i) => so && costs[i] && i >= where.step) || performance.now() < judged + JUDGED_EVERY) return;
      judged = performance.now();
      lab.exactly();
      return;
    }
    store.change({ lesson: { ...where, step: at + 1 } }, { silent: true, moving: true });
    const next = lesson.steps[at + 1];
    lab.say(next ? say("Done. Next: {task}", { task: told(lesson, next.task) }) : say("Done. Well folded!"));
  };
  store.listen((now, before) => { if (now.lesson !== before.lesson) show(); });
  measured.listen(() => check(true));
  teaching.listen(() => check(!teaching.playing));
  show();
  const asked = given.lessons.find(({ name }) => name === given.lesson);
  if (asked && !store.now.lesson) begin(asked);
}
