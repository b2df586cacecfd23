/* Training in this thread. */

/** @import { Layer, Numbers, Penalties, Slope, Trainer, TrainingSettings } from "../lab.d.ts" */

import { engineOf } from "./engine.js";
import { methodOf } from "./optimizers.js";
import { randomOf } from "../data/random.js";

/** The loss with penalties of all points, and its gradient by weight, bias, weight, …
 * @param {Layer[]} layers
 * @param {Numbers} points
 * @param {Numbers} labels
 * @param {string} loss
 * @param {Penalties} penalties
 * @returns {Slope}
 */
export function lossAndGradients(layers, points, labels, loss, penalties) {
  const count = labels.length;
  const engine = engineOf(layers, loss, penalties, points.length / count, count);
  engine.feed(Float64Array.from(points), Uint8Array.from(labels), null, 0, count);
  return { loss: engine.evaluate(), gradients: engine.gradient };
}

/** The share of points whose largest output is their class.
 * @param {Layer[]} layers
 * @param {Numbers} points
 * @param {Numbers} labels
 */
export function accuracyOf(layers, points, labels) {
  const count = labels.length;
  const engine = engineOf(layers, "cross_entropy", { penalty: 0, evenness: 0 }, points.length / count, count);
  engine.feed(Float64Array.from(points), Uint8Array.from(labels), null, 0, count);
  return engine.look().accuracy;
}

/** What trains a chain, some epochs at a time.
 * @param {TrainingSettings} settings
 * @returns {Trainer}
 */
export function trainerOf({ layers, points, labels, loss, optimizer, rate, batch, penalties, epochs, seed }) {
  const count = labels.length;
  const features = points.length / count;
  const whole = engineOf(layers, loss, penalties, features, count);
  whole.feed(points, labels, null, 0, count);
  const few = batch > 0 && batch < count && optimizer !== "lbfgs";
  const part = few ? engineOf(layers, loss, penalties, features, batch) : whole;
  const order = Uint32Array.from(labels, (_, i) => i);
  const random = randomOf(seed);
  const method = methodOf(optimizer, rate, whole, (step) => {
    if (!few) {
      step(whole);
      return;
    }
    random.shuffle(order);
    for (let from = 0; from < count; from += batch) {
      part.feed(points, labels, order, from, Math.min(batch, count - from));
      step(part);
    }
  });
  let epoch = 0;
  let ended = false;
  const now = () => {
    if (few) whole.parameters.set(part.parameters);
    const { loss: value, accuracy } = whole.look();
    const diverged = !Number.isFinite(value) || !whole.parameters.every(Number.isFinite);
    return { epoch, loss: value, accuracy, parameters: whole.parameters.slice(), done: ended || diverged || epoch >= epochs, diverged, run: 0 };
  };
  return {
    now,
    run(more) {
      const wanted = Math.max(Math.min(more, epochs - epoch), 0);
      if (!ended && wanted) {
        const made = method.run(wanted);
        epoch += made.done;
        ({ ended } = made);
      }
      return now();
    },
  };
}
