/* The whole state in the address's fragment: JSON, deflated, in letters of an address. */

/** @import { OwnLayer, Setup, WordTold } from "./room.js" */

const FORM = 1;
const PLACES = 1e4; // of a painted point's coordinates

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

/** The setup that a word tells, on the ground of another; null where it makes none.
 * @param {string} word
 * @param {Setup} ground
 * @param {(choice: Setup["data"]) => Setup["data"]["points"]} made of a set or a formula, its points
 * @returns {Promise<Setup | null>}
 */
export async function setupOf(word, ground, made) {
  const told = await toldBy(word);
  if (!told || told.form !== FORM) return null;
  try {
    /** @type {OwnLayer[][]} */
    const all = told.columns.map((layers) => layers.map(([activation, weight, bias]) => ({ activation, weight, bias })));
    if (!all.length || all.some((layers) => !isNetwork(layers))) return null;
    const points = told.points
      ? { x: Float64Array.from(told.points.x, (value) => value / PLACES), y: Uint8Array.from(told.points.y), classNames: told.points.classNames, features: told.points.features, remark: "" }
      : told.data.source === "own" ? ground.data.points : made({ ...told.data, points: ground.data.points });
    return {
      columns: all.map((layers) => ({ layers })), chosen: Math.min(told.chosen, all.length - 1),
      data: { ...told.data, points }, training: { ...ground.training, ...told.training }, seed: told.seed, lesson: told.lesson,
    };
  } catch {
    return null;
  }
}

/** Whether layers fit each other, and are numbers.
 * @param {OwnLayer[]} layers
 */
export function isNetwork(layers) {
  let width = 2;
  return layers.length > 0 && layers.every(({ weight, bias, activation }) => {
    const fits = Array.isArray(weight) && weight.length === bias?.length && weight.length > 0 && typeof activation === "string" &&
      weight.every((row) => row.length === width && row.every((value) => isFinite(value))) && bias.every((value) => isFinite(value));
    width = bias?.length;
    return fits;
  });
}
