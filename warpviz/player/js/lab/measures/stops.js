/* What is true of a state, in words: how far its classes are apart. */

/** @import { Layer, StopMeasures } from "../lab.d.ts" */

import { say } from "../../words/say.js";
import { played, widthOf } from "../cutting/steps.js";
import { percentText } from "./numbers.js";
import { shortEnough } from "./telling.js";

/** How far the classes are apart at stop k, or how the model decides at the last one.
 * @param {Layer[]} layers
 * @param {number} k
 * @param {StopMeasures[]} measured of every stop
 * @param {{ accuracy: number, classes: number }} model what its largest output gets right
 * @returns {string}
 */
export function tellStop(layers, k, measured, { accuracy, classes }) {
  const own = played(layers);
  const width = widthOf(own.slice(0, k));
  const { probe, separable } = measured[k];
  if (probe === null) return "";
  if (k && k === own.length && width === classes) return outputText(accuracy, classes, own[k - 1].weight ? "z" : "h");
  const two = classes === 2;
  if (!separable) return shareText(width, two, probe);
  const cut = cutsText(width, two);
  const before = measured.slice(0, k).some((one) => one.separable);
  const stays = measured.slice(k).every((one) => one.separable);
  if (two) {
    if (before) return say("{cut} still separates the classes", { cut });
    if (!k) return say("{cut} separates the classes", { cut });
    return stays ? say("from here {cut} separates the classes", { cut }) : say("here {cut} separates the classes", { cut });
  }
  if (before) return say("{cuts} still separate the classes", { cuts: cut });
  if (!k) return say("{cuts} separate the classes", { cuts: cut });
  return stays ? say("from here {cuts} separate the classes", { cuts: cut }) : say("here {cuts} separate the classes", { cuts: cut });
}

/** What cuts a state of this width apart, straight: one cut for two classes, else several.
 * @param {number} width
 * @param {boolean} two
 */
function cutsText(width, two) {
  if (two) return [say("a point"), say("a straight line"), say("a flat plane")][width - 1] ?? say("a hyperplane");
  return [say("points"), say("straight lines"), say("flat planes")][width - 1] ?? say("hyperplanes");
}

/** How many points a fitted cut gets right.
 * @param {number} width
 * @param {boolean} two
 * @param {number} probe
 */
function shareText(width, two, probe) {
  const share = percentText(probe);
  if (two) {
    const who = [say("a fitted cut"), say("a fitted line"), say("a fitted plane")][width - 1] ?? say("a fitted hyperplane");
    return shortEnough([say("{who} gets {share} of the points right", { who, share }), say("{who} gets {share} right", { who, share })]);
  }
  const who = [say("fitted cuts"), say("fitted lines"), say("fitted planes")][width - 1] ?? say("fitted hyperplanes");
  return shortEnough([say("{who} get {share} of the points right", { who, share }), say("{who} get {share} right", { who, share })]);
}

/** How the model itself decides: by its largest output.
 * @param {number} accuracy
 * @param {number} classes
 * @param {string} letter
 */
function outputText(accuracy, classes, letter) {
  const share = percentText(accuracy);
  if (classes > 2) return shortEnough([say("the largest {letter} is right for {share} of the points", { letter, share }), say("the largest {letter} is right for {share}", { letter, share })]);
  const equation = `${letter}₁ = ${letter}₂`;
  if (accuracy === 1) return say("the line {equation} separates the classes", { equation });
  return shortEnough([say("the line {equation} gets {share} of the points right", { equation, share }), say("the line {equation} gets {share} right", { equation, share })]);
}
