/* What a lesson's check may ask for, by name: whether it is so now. */

/** @import { StopMeasures } from "../lab.js" */
/** @import { Lab, OwnLayer } from "../ui/room.js" */
/** @typedef {{ lab: Lab, layers: OwnLayer[], measured: StopMeasures[], epoch: number, accuracy: number }} Known */

import { determinantOf } from "../scene/matrices.js";

/** A layer that a check names, counted from 1.
 * @param {Known} known
 * @param {unknown} number
 */
const layerOf = ({ layers }, number) => layers[Number(number) - 1];

/** A check that is given in pairs: layer and what is asked of it.
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
const fieldsOf = (value) => (value && typeof value === "object" ? /** @type {Record<string, unknown>} */ (value) : {});

/** How far a matrix of the plane turns, in degrees; null where it mirrors.
 * @param {number[][]} weight
 */
function turnOf2(weight) {
  if (weight.length !== 2 || weight[0].length !== 2 || determinantOf(weight) <= 0) return null;
  return Math.abs((Math.atan2(weight[1][0] - weight[0][1], weight[0][0] + weight[1][1]) * 180) / Math.PI);
}

/** @type {Record<string, (known: Known, value: unknown) => boolean>} */
const CHECKS = {
  /** So much of the data is told right, at least. */
  accuracy: ({ accuracy }, value) => accuracy >= Number(value) - 1e-9,
  /** At most. */
  accuracy_below: ({ accuracy }, value) => accuracy < Number(value),
  /** So many epochs were trained. */
  epochs: ({ epoch }, value) => epoch >= Number(value),
  /** At some stop before the logits, or at a stop that is told, a straight cut separates the classes. */
  separable: ({ measured }, value) => (typeof value === "number" ? measured[value]?.separable === true : measured.some(({ separable }) => separable) === Boolean(value)),
  /** So many linear regions, at least. */
  regions: ({ measured }, value) => (measured.at(-1)?.regions ?? 0) >= Number(value),
  /** The hidden layers have these widths. */
  widths: ({ layers }, value) => JSON.stringify(layers.slice(0, -1).map(({ bias }) => bias.length)) === JSON.stringify(value),
  /** A hidden layer has this activation. */
  activation: ({ layers }, value) => layers.slice(0, -1).some(({ activation }) => activation === value),
  /** {"layer": 1, "sign": "+", "-" or "0"}, or "below", "above" a number. */
  determinant(known, value) {
    const { layer, sign, near } = fieldsOf(value);
    const own = layerOf(known, layer);
    if (!own || own.weight.length !== own.weight[0].length) return false;
    const found = determinantOf(own.weight);
    if (sign === "0") return Math.abs(found) <= Number(near ?? 0.02);
    return sign === "-" ? found < 0 : found > 0;
  },
  /** The layer's activation folds the sheet, when it has acted. */
  folds({ lab }, value) {
    const cut = lab.shown.cuts[lab.store.now.chosen];
    const acts = new Set((cut?.creases || []).map(([layer]) => layer));
    const played = lab.playedLayers(lab.store.now.chosen);
    const place = played.map(({ weight }, k) => (weight ? k : -1)).filter((k) => k >= 0)[Number(value) - 1];
    const drawn = cut?.sheet.kinds.some(([kind, layer]) => kind === "crease" && layer === place + 1);
    return acts.has(place + 1) && Boolean(drawn);
  },
  /** A unit of the layer gives the same for every point of the data. */
  dead(known, value) {
    const { lab } = known;
    const own = layerOf(known, value);
    if (!own) return false;
    const { x } = lab.store.now.data.points;
    const states = lab.player.film.states;
    const before = (/** @type {number[]} */ point) => states(lab.store.now.chosen, point);
    const stop = lab.playedLayers(lab.store.now.chosen).reduce((found, { weight }, k) => {
      if (weight) found.seen += 1;
      if (found.seen === Number(value) && found.at < 0 && !weight) found.at = k + 1;
      return found;
    }, { seen: 0, at: -1 }).at;
    if (stop < 0) return false;
    const all = Array.from({ length: x.length / 2 }, (_, i) => before([x[2 * i], x[2 * i + 1]])?.[stop] || []);
    return own.bias.some((_, unit) => all.every((state) => Math.abs(state[unit] - all[0][unit]) < 1e-9));
  },
  /** {"layer": 1, "degrees": 180, "within": 3}. */
  turn(known, value) {
    const { layer, degrees, within } = fieldsOf(value);
    const own = layerOf(known, layer);
    const found = own ? turnOf2(own.weight) : null;
    return found !== null && Math.abs(found - Number(degrees)) <= Number(within ?? 3);
  },
  /** These points of the input lie on each other at the last stop. */
  meet({ lab }, value) {
    const points = /** @type {number[][]} */ (value);
    const ends = points.map((point) => lab.player.film.states(lab.store.now.chosen, point)?.at(-1) || []);
    return ends.every((end) => end.every((number, i) => Math.abs(number - ends[0][i]) < 0.02));
  },
};

/** What asks for the exact sheet, or for each point: too dear for each picture of a training. */
const DEAR = ["separable", "regions", "folds", "dead"];

/** A check in two: what can be told at each picture, and what cannot.
 * @param {Record<string, unknown>} check
 */
export function quickAndDear(check) {
  const dear = Object.entries(check).filter(([name]) => DEAR.includes(name));
  return { quick: Object.fromEntries(Object.entries(check).filter(([name]) => !DEAR.includes(name))), dear: Object.fromEntries(dear) };
}

/** Whether all that a check asks for is so; what nobody knows never is.
 * @param {Known} known
 * @param {Record<string, unknown>} check
 */
export function isDone(known, check) {
  return Object.entries(check).every(([name, value]) => Boolean(CHECKS[name]?.(known, value)));
}
