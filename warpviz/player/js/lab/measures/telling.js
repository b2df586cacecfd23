/* What each act does to the sheet, in a true sentence: the "why" of a film, live. */

/** @import { LabSheet, Layer } from "../lab.d.ts" */

import { through } from "../../chain.js";
import { MEASURING } from "../measuring.js";
import { say } from "../../words/say.js";
import { played, recordOf } from "../cutting/steps.js";
import { affineWords } from "./affine.js";
import { bendingWords, residualWords } from "./bending.js";
import { stretchedSheet } from "./stretch.js";

/** What was told last: all acts of a chain are worked out together.
 * @type {{ layers: Layer[], limits: string, acts: string[] } | null} */
let toldLast = null;

/** What act k does, as `--caption why` says it.
 * @param {Layer[]} layers
 * @param {number} k
 * @param {LabSheet} sheet
 * @returns {string}
 */
export function tellAct(layers, k, { limits }) {
  if (toldLast === null || toldLast.layers !== layers || toldLast.limits !== limits.join()) {
    toldLast = { layers, limits: limits.join(), acts: tellActs(layers, limits) };
  }
  return toldLast.acts[k];
}

/** What every act does.
 * @param {Layer[]} layers
 * @param {import("../lab.d.ts").Limits} limits
 * @returns {string[]}
 */
export function tellActs(layers, limits) {
  const own = played(layers);
  const { sheet, factors } = stretchedSheet(own, limits);
  const collapsed = factors.map((factor) => factor.collapsed ?? 0);
  const { columns: [x, y], count } = sheet.tiling;
  /** @type {import("../../types.js").State} */
  let image = { values: Float64Array.from({ length: 2 * count }, (_, i) => (i % 2 ? y : x)[i >> 1]), width: 2 };
  return own.map((layer, k) => {
    const { values, width } = image;
    image = through([layer], image, count);
    const bent = {
      z: Float64Array.from(values), width, bends: sheet.bends && sheet.bends[k],
      flat: collapsed[k + 1] - collapsed[k], exact: sheet.exact,
    };
    if (layer.inner) return shortEnough(residualWords(bent));
    if (layer.weight && layer.bias) return shortEnough(affineWords(layer.weight, layer.bias));
    if (layer.activation.endsWith("softmax")) return say("softmax turns scores into probabilities");
    if (layer.activation === "identity") return say("{name} changes nothing", { name: layer.activation });
    return shortEnough(bendingWords(recordOf(layer.activation), bent));
  });
}

/** The longest variant that is not too long.
 * @param {string[]} variants
 */
export function shortEnough(variants) {
  return variants.find((text) => text.length <= MEASURING.WORDS.longest) ?? variants[variants.length - 1];
}
