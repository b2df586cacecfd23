/* Training: workers compute, one a column, all on one clock; the page shows where they are. */

/** @import { Progress, TrainingSettings } from "../lab.js" */
/** @import { Lab, Setup } from "./room.js" */
/** @import { History } from "../panels/curves.js" */

import { hire } from "../training/hire.js";
import { parametersOf, withParameters } from "../training/engine.js";
import { noHistory, noted, upTo } from "../panels/curves.js";
import { engineLayers, ownLayers } from "./network.js";
import { gapsTold } from "./gaps.js";
import { noteStanding, standingOf } from "./standing.js";

const ROUND_LASTS = 36; // ms that a round takes where one trains as fast as can be
const MOST_EPOCHS = 4000; // epochs of a round

/** What trains, and what is known of it.
 * @typedef {{
 *   readonly playing: boolean, readonly epoch: number, readonly histories: History[], readonly done: boolean, readonly diverged: boolean, readonly reason: string,
 *   readonly loss: number, readonly accuracy: number,
 *   play(toEnd?: boolean): void, pause(): void, step(epochs: number): Promise<void>, forget(): void,
 *   listen(listener: () => void): void,
 * }} Teaching
 */

/** How a column is trained.
 * @param {Setup} setup
 * @param {number} column
 * @returns {TrainingSettings}
 */
function settingsOf({ columns, data, training, seed }, column) {
  const { optimizer, rate, batch, penalty, evenness } = training;
  return {
    layers: engineLayers(columns[column].layers), points: data.points.x, labels: data.points.y, loss: "cross_entropy",
    optimizer, rate, batch, penalties: { penalty, evenness }, epochs: Number.MAX_SAFE_INTEGER, seed,
  };
}

/** What trains the laboratory's columns.
 * @param {Lab} lab
 * @returns {Teaching}
 */
export function teachingOf(lab) {
  const { store, given } = lab;
  /** @type {{ tell: ReturnType<typeof hire>["tell"], dismiss(): void }[]} */
  const hired = [];
  /** @type {(Progress | null)[]} */
  let heard = [];
  /** @type {boolean[]} */
  let fresh = [];
  /** @type {((all: Progress[]) => void) | null} */
  let answer = null;
  /** @type {History[]} */
  let histories = [];
  /** @type {WeakMap<Setup, { at: number, histories: History[] }>} */
  const trained = new WeakMap(); // how far each setup was trained, for what is undone and redone
  /** @type {(() => void)[]} */
  const listeners = [];
  let before = Promise.resolve(/** @type {Progress[] | null} */ (null)); // the last round
  let run = 0;
  let current = false; // the workers have the weights that are shown
  let ours = false; // a change of the store is a training's
  let epoch = 0; // that the workers' own epochs are counted from
  let at = 0;
  let last = Infinity; // the epoch at which it rests
  let hurried = false; // as many epochs as there is time for
  let playing = false;
  let done = false;
  let diverged = false; // what was learnt last are no numbers; the last weights that are stay
  let reason = ""; // why it diverged, where that is known
  let size = 1;
  const inform = () => listeners.forEach((listen) => listen());

  /** @param {number} i @param {Progress} progress */
  const hear = (i, progress) => {
    if (progress.run !== run) return;
    if (fresh[i]) {
      // A worker that has begun tells where it stands.
      fresh[i] = false;
      if (at === 0 && histories[i]) noted(histories[i], 0, progress.loss, progress.accuracy);
      return;
    }
    if (!answer) return;
    heard[i] = progress;
    if (heard.some((one) => one === null)) return;
    const all = /** @type {Progress[]} */ (heard);
    answer(all);
    answer = null;
  };
  const begin = () => {
    const { columns } = store.now;
    while (hired.length > columns.length) hired.pop()?.dismiss();
    while (hired.length < columns.length) {
      const i = hired.length;
      hired.push(hire(given.worker, (/** @type {Progress} */ progress) => hear(i, progress)));
    }
    run += 1;
    epoch = at;
    done = diverged = false;
    reason = "";
    while (histories.length < columns.length) histories.push(noHistory());
    histories.length = columns.length;
    fresh = hired.map(() => true);
    hired.forEach(({ tell }, i) => tell({ start: settingsOf(store.now, i), run }));
    current = true;
  };
  /** Rounds come one after the other, however fast they are asked for.
   * @param {number} epochs @returns {Promise<Progress[] | null>} */
  const round = (epochs) => (before = before.then(() => {
    if (!current) begin();
    const mine = run;
    return new Promise((resolve) => {
      heard = hired.map(() => null);
      answer = (all) => resolve(mine === run && current ? all : null);
      hired.forEach(({ tell }) => tell({ step: epochs }));
    });
  }));
  /** @param {Progress[]} all */
  const take = (all) => {
    at = epoch + all[0].epoch;
    done = all.every((one) => one.done || one.diverged);
    diverged = all.some((one) => one.diverged);
    all.forEach(({ loss, accuracy }, i) => noted(histories[i], at, loss, accuracy));
    const columns = store.now.columns.map(({ layers }, i) => {
      if (all[i].diverged || !all[i].parameters.every(isFinite)) return { layers };
      const column = { layers: ownLayers(withParameters(engineLayers(layers), all[i].parameters)) };
      reason ||= gapsTold(store.now.data, column).points;
      if (reason) return { layers };
      noteStanding(store.now, column, all[i]);
      return column;
    });
    if (reason) {
      done = diverged = true;
      current = false; // what the workers have leads nowhere
      lab.say(reason);
    }
    ours = true;
    store.change({ columns }, { silent: true, moving: true });
    ours = false;
    inform();
  };
  const go = async () => {
    let shown = ROUND_LASTS; // ms that the last picture took
    while (playing) {
      const pace = hurried ? 0 : store.now.training.pace;
      const began = performance.now();
      const all = await round(Math.max(Math.min(pace || size, last - at), 1));
      const took = performance.now() - began;
      if (!all) continue;
      // As long as pictures take, and no shorter.
      const wanted = Math.max(ROUND_LASTS, shown) / Math.max(took, 1);
      if (!pace) size = Math.min(Math.max(Math.round(size * Math.min(Math.max(wanted, 0.5), 2)), 1), MOST_EPOCHS);
      if (!playing) break;
      const drawn = performance.now();
      take(all);
      if (done || at >= last) teaching.pause();
      // After the picture that the next frame draws.
      await new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); });
      shown = performance.now() - drawn;
    }
  };
  /** Where there is no value there is nothing to learn. */
  const refused = () => {
    const told = store.now.columns.map((column) => gapsTold(store.now.data, column).points).find(Boolean);
    if (told) lab.say(told);
    return Boolean(told);
  };
  const standing = () => {
    const { columns, chosen, data } = store.now;
    return gapsTold(data, columns[chosen]).points ? { loss: NaN, accuracy: NaN } : standingOf(store.now, chosen);
  };
  const note = () => trained.set(store.now, { at, histories });
  store.listen((now, before, { fresh: first }) => {
    if (ours) return void note();
    const data = now.data.points !== before.data.points;
    const same = now.columns === before.columns && !data && now.training === before.training;
    if (same) return void note();
    current = false;
    done = diverged = false;
    const known = trained.get(now);
    if (known) {
      ({ at } = known);
      histories = known.histories.map((history) => upTo(history, known.at));
      inform();
    } else if (first || now.seed !== before.seed || data || sizes(now) !== sizes(before)) teaching.forget();
    note();
  });

  /** @type {Teaching} */
  const teaching = {
    get playing() { return playing; },
    get epoch() { return at; },
    get histories() { return histories; },
    get done() { return done; },
    get diverged() { return diverged; },
    get reason() { return reason; },
    get loss() { return standing().loss; },
    get accuracy() { return standing().accuracy; },
    listen: (listener) => { listeners.push(listener); },
    play(toEnd = false) {
      if (playing || refused()) return;
      store.change({}); // what was before is one step back
      const method = given.optimizers.find(({ name }) => name === store.now.training.optimizer);
      last = toEnd && method ? at + method.epochs : Infinity;
      playing = true;
      hurried = toEnd;
      inform();
      go();
    },
    pause() {
      if (!playing) return;
      playing = false;
      inform();
      store.change({}, { silent: true });
    },
    async step(epochs) {
      if (playing) teaching.pause();
      if (refused()) return;
      store.change({});
      for (let left = epochs; left > 0;) {
        const some = Math.min(left, MOST_EPOCHS);
        const all = await round(some);
        if (!all) continue;
        take(all);
        left -= some;
        if (done) break;
      }
      store.change({}, { silent: true });
    },
    forget() {
      at = epoch = 0;
      done = diverged = false;
      current = false;
      histories = store.now.columns.map(noHistory);
      inform();
    },
  };
  note();
  return teaching;
}

/** How many numbers the columns have.
 * @param {Setup} setup
 */
const sizes = ({ columns }) => columns.map(({ layers }) => layers.map(({ weight }) => `${weight.length}×${weight[0].length}`).join()).join(";");

/** The number of a network's weights and biases.
 * @param {Setup} setup
 */
export const countOf = ({ columns, chosen }) => parametersOf(engineLayers(columns[chosen].layers)).length;
