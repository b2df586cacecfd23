/* The laboratory for tests, hosts and notebooks: what `globalThis.warpviz.lab` is. */

/** @import { StopMeasures } from "../lab.js" */
/** @import { Trait } from "../../ui/player.js" */
/** @import { Lab, OwnLayer, Setup } from "./room.js" */
/** @import { Teaching } from "./teaching.js" */

import { isNetwork } from "./checked.js";
import { changedLayers, withNumber } from "./network.js";
import { limitsAround, takePoints } from "../panels/points.js";

/** The handle.
 * @param {Lab} lab
 * @param {Teaching} teaching
 * @param {{ now(): StopMeasures[] }} measured
 * @param {() => void} exactly lays the sheet out now
 */
export function handleOf(lab, teaching, measured, exactly) {
  const { store, player } = lab;
  const current = () => store.now.columns[store.now.chosen].layers;
  return {
    /** Layers as in a `.json` model. */
    chain: () => structuredClone(current()),
    /** One number: of a layer, unit and input counted from 0, of its bias where the input is −1.
     * @param {number} layer @param {number} unit @param {number} input @param {number} value
     */
    set(layer, unit, input, value) {
      if (!isFinite(value)) return;
      store.change(changedLayers(store.now, (layers) => withNumber(layers, layer, unit, input, value)));
      exactly();
    },
    /** Another network, of layers as `chain` gives them.
     * @param {OwnLayer[]} layers
     */
    load(layers) { if (isNetwork(layers)) store.change({ columns: [{ layers }], chosen: 0 }); },
    /** @param {number} epochs */
    async train(epochs) {
      await teaching.step(epochs);
      return { loss: teaching.loss, accuracy: teaching.accuracy };
    },
    measures() {
      exactly();
      return measured.now();
    },
    /** The states of points in input coordinates, stop by stop.
     * @param {number[][]} points
     */
    states: (points) => points.map((point) => player.film.states(store.now.chosen, point)),
    undo: store.undo, redo: store.redo,
    /** What is shown, without its points. */
    setup: () => ({ ...store.now, data: { ...store.now.data, points: undefined } }),
  };
}

/** What a notebook keeps equal on both sides, beside the player's own traits.
 * @param {Lab} lab
 * @param {Teaching} teaching
 * @returns {Record<string, Trait>}
 */
export function labTraits(lab, teaching) {
  const { store } = lab;
  return {
    chain: {
      of: () => store.now.columns[0].layers,
      set(_, value) {
        const layers = /** @type {OwnLayer[]} */ (value);
        if (!Array.isArray(layers) || !isNetwork(layers) || JSON.stringify(layers) === JSON.stringify(store.now.columns[0].layers)) return;
        teaching.pause();
        const columns = store.now.columns.length > 1 && JSON.stringify(shapeOf(layers)) === JSON.stringify(shapeOf(store.now.columns[0].layers))
          ? store.now.columns.map((column, i) => (i ? column : { layers })) : [{ layers }];
        store.change({ columns, chosen: Math.min(store.now.chosen, columns.length - 1) });
      },
    },
    data: {
      of: () => pointsTold(store.now),
      set(_, value) {
        const given = /** @type {{ x?: number[][], y?: number[], class_names?: string[] }} */ (value);
        if (!given || !Array.isArray(given.x) || !Array.isArray(given.y) || given.x.length !== given.y.length || JSON.stringify(given) === JSON.stringify(pointsTold(store.now))) return;
        const x = Float64Array.from(given.x.flat());
        const names = given.class_names || [...new Set(given.y)].map(String);
        takePoints(lab, { source: "own", name: "data", noise: null, limits: limitsAround(x), points: { x, y: Uint8Array.from(given.y), classNames: names, features: [], remark: "" } });
      },
    },
  };
}

/** @param {OwnLayer[]} layers */
const shapeOf = (layers) => layers.map(({ weight }) => [weight.length, weight[0].length]);

/** What was told last, and of which points.
 * @type {{ points: Setup["data"]["points"] | null, told: unknown }}
 */
const lastTold = { points: null, told: null };

/** Points as a notebook has them.
 * @param {Setup} setup
 */
function pointsTold({ data: { points } }) {
  if (points === lastTold.points) return lastTold.told;
  lastTold.points = points;
  lastTold.told = {
    x: Array.from(points.y, (_, i) => [points.x[2 * i], points.x[2 * i + 1]]),
    y: Array.from(points.y), class_names: points.classNames,
  };
  return lastTold.told;
}
