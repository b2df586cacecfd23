/* The whole state in the address's fragment: JSON, deflated, in letters of an address. */

/** @import { Given, OwnLayer, Setup, WordTold } from "./room.js" */

import { Trouble } from "../../payload.js";
import { say } from "../../words/say.js";
import { PLACES, faultOf, tellsApart } from "./checked.js";

const FORM = 1;

/** @param {BlobPart} bytes @param {CompressionStream | DecompressionStream} how */
async function piped(bytes, how) {
  const stream = new Blob([bytes]).stream().pipeThrough(/** @type {ReadableWritablePair} */ (how));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** A setup as a word for an address; a made set by its name, painted points by their places.
 * @param {Setup} setup
 */
export async function wordOf({ columns, chosen, data, training, seed, lesson }) {
  const { points, ...choice } = data;
  const made = data.source === "set" || data.source === "formula" || data.source === "own";
  const told = {
    form: FORM, chosen, training, seed, lesson, data: choice,
    columns: columns.map(({ layers }) => layers.map(({ weight, bias, activation }) => [activation, weight, bias])),
    points: made ? null : { x: Array.from(points.x, (value) => Math.round(value * PLACES)), y: Array.from(points.y), classNames: points.classNames, features: points.features },
  };
  const bytes = await piped(JSON.stringify(told), new CompressionStream("deflate-raw"));
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** What a word tells; null where it is none.
 * @param {string} word
 * @returns {Promise<WordTold | null>}
 */
async function toldBy(word) {
  try {
    const text = atob(word.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(await piped(bytes, new DecompressionStream("deflate-raw"))));
  } catch {
    return null;
  }
}

/** The setup that a word tells, on the ground of another.
 * @param {string} word
 * @param {Setup} ground
 * @param {(choice: Setup["data"]) => Setup["data"]["points"]} made of a set or a formula, its points
 * @param {Pick<Given, "most" | "optimizers" | "setup">} given what there is, and how much of it at most
 * @returns {Promise<Setup>}
 */
export async function setupOf(word, ground, made, given) {
  const told = await toldBy(word);
  if (told?.form !== FORM) throw new Trouble(say("This link is cut short or damaged, so what it tells is left aside; copy it whole."));
  const wrong = (/** @type {string} */ field) => new Trouble(say("'{field}' of this link is nothing that the laboratory takes, so what the link tells is left aside.", { field }));
  const fault = faultOf(told, given);
  if (fault) throw wrong(fault);
  const points = pointsOf(told, ground, made);
  if (!points) throw wrong("data.name");
  /** @type {OwnLayer[][]} */
  const all = told.columns.map((layers) => layers.map(([activation, weight, bias]) => ({ activation, weight, bias })));
  if (!all.every((layers) => tellsApart(layers, points))) throw wrong("columns");
  return {
    columns: all.map((layers) => ({ layers })), chosen: told.chosen,
    data: { ...told.data, points }, training: { ...ground.training, ...told.training }, seed: told.seed, lesson: told.lesson,
  };
}

/** The points that a word tells; null where it names none.
 * @param {WordTold} told
 * @param {Setup} ground
 * @param {(choice: Setup["data"]) => Setup["data"]["points"]} made
 */
function pointsOf({ points, data }, ground, made) {
  if (points) return { x: Float64Array.from(points.x, (value) => value / PLACES), y: Uint8Array.from(points.y), classNames: points.classNames, features: points.features, remark: "" };
  if (data.source === "own") return ground.data.points;
  try {
    return made({ ...data, points: ground.data.points });
  } catch {
    return null;
  }
}
