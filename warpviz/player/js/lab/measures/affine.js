/* What an affine map does, in words: from its singular values, and what its rotation turns. */

import { MEASURING } from "../measuring.js";
import { say } from "../../words/say.js";
import { determinantOf, eigen, singular, times, turnedOver } from "../scene/matrices.js";
import { shortNumber } from "./numbers.js";

/** Things one after the other, as a sentence names them.
 * @param {string[]} things
 */
function listedText(things) {
  if (things.length < 2) return things.join("");
  return say("{first} and {last}", { first: things.slice(0, -1).join(say(", ")), last: things[things.length - 1] });
}

/** One sentence about W x + b, the longest variant first.
 * @param {ArrayLike<number>} weight (n_out, n_in)
 * @param {ArrayLike<number>} bias
 * @returns {string[]}
 */
export function affineWords(weight, bias) {
  const n_out = bias.length;
  const n_in = weight.length / n_out;
  const rows = Array.from({ length: n_out }, (_, i) => Array.from({ length: n_in }, (__, j) => weight[i * n_in + j]));
  const { left, values, right } = singular(turnedOver(rows, n_in).map((column) => Float64Array.from(column)));
  const least = MEASURING.WORDS.rank * values[0];
  const stretches = values.slice(0, Math.min(n_in, n_out)).filter((value) => value > least);
  const rank = stretches.length;
  if (rank < Math.min(n_in, n_out) && rank < 2) {
    return rank
      ? [say("flattens the sheet onto a line"), say("flattens onto a line"), say("onto a line")]
      : [say("shrinks the sheet to a point"), say("shrinks to a point"), say("to a point")];
  }
  const scaled = scaledText(stretches);
  if (n_in === n_out && rank === n_in) {
    const turn = times(turnedOver(left.map((column) => Array.from(column)), n_out), turnedOver(right));
    return squareWords(turn, scaled, bias);
  }
  const lifts = rank === n_in;
  const where = lifts ? spaceText(n_out) : shadowText(rank);
  const long = lifts ? say("lifts the sheet {where}", { where }) : say("projects the sheet {where}", { where });
  const short = lifts ? say("lifts {where}", { where }) : say("projects {where}", { where });
  return [...withScale(long, short, scaled), where, say("{before} to {after}", { before: n_in, after: n_out })];
}

/** A map of full rank from a space to itself.
 * @param {number[][]} rotation
 * @param {string} scaled
 * @param {ArrayLike<number>} shift
 * @returns {string[]}
 */
function squareWords(rotation, scaled, shift) {
  const n = rotation.length;
  if (determinantOf(rotation) < 0) {
    return n === 2
      ? withScale(say("flips the sheet over"), say("flips over"), scaled)
      : withScale(say("mirrors the sheet"), say("mirrors"), scaled);
  }
  // The cosine of each plane's angle is there twice; what is left over stays.
  const { values } = eigen(rotation.map((row, i) => row.map((value, j) => (value + rotation[j][i]) / 2)));
  const cosines = values.slice(0, 2 * Math.floor(n / 2)).filter((_, i) => i % 2 === 0);
  const turning = cosines.map((cosine) => Math.round((Math.acos(Math.min(Math.max(cosine, -1), 1)) * 180) / Math.PI)).filter((angle) => angle > 0);
  if (turning.length) {
    const alone = `${turning[0]}°`;
    const angle = turning.length > 1 ? say("up to {angle}", { angle: alone }) : alone;
    return withScale(say("turns the sheet by {angle}", { angle }), say("turns by {angle}", { angle }), scaled);
  }
  if (scaled) return [say("scales the sheet {by}", { by: scaled }), say("scales {by}", { by: scaled })];
  const length = Math.hypot(...Array.from(shift));
  if (length === 0) return [say("hardly changes the sheet"), say("hardly changes it")];
  const moved = shortNumber(length);
  return [say("shifts the sheet by {length}", { length: moved }), say("shifts it by {length}", { length: moved })];
}

/** @param {string} long @param {string} short @param {string} by */
function withScale(long, short, by) {
  return by ? [say("{what}, scales it {by}", { what: long, by }), say("{what}, scales {by}", { what: short, by }), long, short] : [long, short];
}

/** By how much a map scales along its axes, "" where it hardly does.
 * @param {number[]} values falling
 */
function scaledText(values) {
  if (!values.length) return "";
  if ([values[0], values[values.length - 1]].every((value) => Math.abs(value - 1) < MEASURING.WORDS.one)) return "";
  const said = values.map(shortNumber);
  if (new Set(said).size === 1) return say("by {factors}", { factors: said[0] });
  if (said.length > 3) return say("by {least} to {most}", { least: said[said.length - 1], most: said[0] });
  return say("by {factors}", { factors: listedText(said) });
}

/** Into the whole of a state of this width.
 * @param {number} width
 */
function spaceText(width) {
  if (width === 2) return say("into the plane");
  return width === 3 ? say("into space") : say("into {count} dimensions", { count: width });
}

/** @param {number} rank */
function shadowText(rank) {
  if (rank === 1) return say("onto a line");
  return rank === 2 ? say("onto a plane") : spaceText(rank);
}
