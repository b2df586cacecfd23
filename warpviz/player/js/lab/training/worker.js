/* Training in a worker: orders come in, progress goes out. */

/** @import { Order, Progress, Trainer } from "../lab.d.ts" */

import { trainerOf } from "./trainer.js";
import { knowActivation } from "../data/activation.js";

/** Milliseconds of work between two words of progress. */
const SLICE = 30;

/** Take orders and tell of progress.
 * @param {{ postMessage(progress: Progress): void, onmessage: ((event: { data: Order }) => void) | null }} scope
 * @param {(work: () => void) => void} [later] lets orders come in before a work
 */
export function serve(scope, later = (work) => { setTimeout(work, 0); }) {
  /** @type {Trainer | null} */
  let trainer = null;
  let playing = false;
  let waiting = false;
  let run = 0;
  let pace = 1;
  /** @param {Progress} progress */
  const tell = (progress) => {
    if (progress.done) playing = false;
    scope.postMessage({ ...progress, run });
  };
  const work = () => {
    waiting = false;
    if (!trainer || !playing) return;
    const began = performance.now();
    const progress = trainer.run(pace);
    const took = performance.now() - began;
    // As many epochs as fill a slice; never many more than before, for the first ones are slow.
    pace = Math.max(1, Math.min(4 * pace, Math.round((pace * SLICE) / Math.max(took, 0.01))));
    tell(progress);
    go();
  };
  const go = () => {
    if (!playing || waiting) return;
    waiting = true;
    later(work);
  };
  scope.onmessage = ({ data }) => {
    if ("start" in data) {
      for (const { activation, inner } of data.start.layers) {
        for (const name of inner ? inner.map((one) => one.activation) : [activation]) if (name !== "softmax") knowActivation(name);
      }
      ({ run } = data);
      playing = false;
      pace = 1;
      trainer = trainerOf(data.start);
      tell(trainer.now());
    } else if (!trainer) return;
    else if ("step" in data) {
      playing = false;
      tell(trainer.run(data.step));
    } else if ("snapshot" in data) tell(trainer.now());
    else {
      playing = !("pause" in data);
      go();
    }
  };
}
