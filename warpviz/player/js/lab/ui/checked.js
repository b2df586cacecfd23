/* What a word of the address may tell: a check for each field, within what the page's own controls
 * can reach. A check gives the place of what is wrong, "" where all is well. */

/** @import { Given, OwnLayer } from "./room.js" */
/** @typedef {(value: unknown, at: string) => string} Check */

import { knowActivation } from "../data/activation.js";

const FARTHEST = 1e6; // of places and limits, and what weights are below
const LOUDEST = 0.3; // noise
const STEEPEST = 10; // learning rate, penalties
const LONGEST_NAME = 1000; // letters of a name
export const PLACES = 1e4; // of a painted point's coordinates

/** @param {(value: unknown) => boolean} holds @returns {Check} */
const holding = (holds) => (value, at) => (holds(value) ? "" : at);
/** @param {number} low @param {number} high */
const numberBetween = (low, high) => holding((value) => typeof value === "number" && value >= low && value <= high);
/** @param {number} low @param {number} high */
const wholeBetween = (low, high) => holding((value) => Number.isSafeInteger(value) && Number(value) >= low && Number(value) <= high);
const anyCount = wholeBetween(0, Number.MAX_SAFE_INTEGER - 1);
const anyText = holding((value) => typeof value === "string" && value.length <= LONGEST_NAME);
/** @param {string[]} names */
const among = (...names) => holding((value) => typeof value === "string" && names.includes(value));
/** @param {Check} check @returns {Check} */
const orNull = (check) => (value, at) => (value === null ? "" : check(value, at));
const knownActivation = holding((value) => {
  if (typeof value !== "string") return false;
  try {
    return knowActivation(value) === value;
  } catch {
    return false;
  }
});

/** @param {Check} check @param {number} least @param {number} most @returns {Check} */
const listOf = (check, least, most) => (value, at) => {
  if (!Array.isArray(value) || value.length < least || value.length > most) return at;
  return firstOf(value.map((_, i) => () => check(value[i], `${at}[${i}]`)));
};
/** @param {...Check} checks @returns {Check} */
const eachOf = (...checks) => (value, at) => {
  if (!Array.isArray(value) || value.length !== checks.length) return at;
  return firstOf(checks.map((check, i) => () => check(value[i], `${at}[${i}]`)));
};
/** @param {Record<string, Check>} table @returns {Check} */
const fields = (table) => (value, at) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return at;
  const own = /** @type {Record<string, unknown>} */ (value);
  return firstOf(Object.entries(table).map(([name, check]) => () => check(Object.hasOwn(own, name) ? own[name] : undefined, at ? `${at}.${name}` : name)));
};
/** One check after the other, where those before found nothing.
 * @param {...Check} checks
 * @returns {Check}
 */
const inTurn = (...checks) => (value, at) => firstOf(checks.map((check) => () => check(value, at)));

/** @param {(() => string)[]} looks */
function firstOf(looks) {
  for (const look of looks) {
    const found = look();
    if (found) return found;
  }
  return "";
}

/** Layers as a link has them: activation, weight, bias; of so many layers and units, none larger.
 * @param {{ layers: number, units: number }} most
 * @param {number} largest
 */
const networkOf = (most, largest) => {
  const value = numberBetween(-largest, largest);
  const row = listOf(value, 1, most.units);
  const layer = eachOf(knownActivation, listOf(row, 1, most.units), listOf(value, 1, most.units));
  return inTurn(listOf(layer, 1, most.layers + 1), (layers, at) => {
    let width = 2;
    const told = /** @type {[string, number[][], number[]][]} */ (layers);
    return firstOf(told.map(([name, weight, bias], k) => () => {
      const fits = weight.length === bias.length && weight.every((one) => one.length === width);
      width = bias.length;
      const last = k === told.length - 1;
      return fits && (!last || (name === "identity" && width > 1)) ? "" : `${at}[${k}]`;
    }));
  });
};

/** Whether layers fit each other, are numbers, and have activations that are known.
 * @param {unknown} layers
 */
export function isNetwork(layers) {
  if (!Array.isArray(layers)) return false;
  const told = layers.map((layer) => [layer?.activation, layer?.weight, layer?.bias]);
  return !networkOf({ layers: Infinity, units: Infinity }, Number.MAX_VALUE)(told, "layers");
}

/** The place of the first field of a word that a laboratory cannot take, "" where there is none.
 * @param {unknown} told
 * @param {Pick<Given, "most" | "optimizers" | "setup">} given
 */
export function faultOf(told, { most, optimizers, setup }) {
  // What Python gave may reach farther than the page's controls, and a link holds that too.
  const far = Math.max(FARTHEST, ...setup.data.limits.map(Math.abs));
  const large = Math.max(FARTHEST, ...setup.layers.flatMap(({ weight, bias }) => [...weight.flat(), ...bias]).map(Math.abs));
  const place = numberBetween(-far * PLACES, far * PLACES);
  const span = numberBetween(-far, far);
  const check = fields({
    columns: inTurn(listOf(networkOf(most, large), 1, most.columns), (columns, at) => {
      const shapes = /** @type {number[][][][]} */ (columns).map((layers) => layers.map(([, , bias]) => bias.length).join());
      return shapes.every((shape) => shape === shapes[0]) ? "" : at;
    }),
    chosen: wholeBetween(0, most.columns - 1),
    seed: anyCount,
    lesson: orNull(fields({ name: anyText, step: anyCount })),
    training: fields({
      optimizer: among(...optimizers.map(({ name }) => name)), rate: inTurn(numberBetween(0, STEEPEST), holding((rate) => rate !== 0)),
      batch: wholeBetween(0, most.points), penalty: numberBetween(0, STEEPEST), evenness: numberBetween(0, STEEPEST), epochs: anyCount, pace: wholeBetween(0, most.points),
    }),
    data: fields({
      source: among("set", "own", "painted", "formula", "table"), name: anyText, count: wholeBetween(1, most.points),
      noise: orNull(numberBetween(0, LOUDEST)), seed: anyCount,
      limits: inTurn(eachOf(span, span, span, span), holding((limits) => {
        const [x0, x1, y0, y1] = /** @type {number[]} */ (limits);
        return x0 < x1 && y0 < y1;
      })),
    }),
    points: orNull(inTurn(fields({
      x: listOf(place, 2, 2 * most.points), y: listOf(wholeBetween(0, most.units - 1), 1, most.points),
      classNames: listOf(anyText, 1, most.units), features: listOf(anyText, 0, 2),
    }), (points, at) => {
      const { x, y, classNames, features } = /** @type {Record<string, number[]>} */ (points);
      return x.length === 2 * y.length && y.every((label) => label < classNames.length) && features.length !== 1 ? "" : at;
    })),
  });
  const found = check(told, "");
  if (found) return found;
  const { chosen, columns, data, points } = /** @type {import("./room.js").WordTold} */ (told);
  if (chosen >= columns.length) return "chosen";
  return (data.source === "painted" || data.source === "table") === (points === null) ? "points" : "";
}

/** Whether a network has an output for each class.
 * @param {OwnLayer[]} layers
 * @param {{ classNames: string[] }} points
 */
export function tellsApart(layers, { classNames }) {
  return layers[layers.length - 1].bias.length === Math.max(classNames.length, 2);
}
