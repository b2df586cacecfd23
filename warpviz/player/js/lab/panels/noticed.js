/* What of the sheet is more than a picture can show, told as a film tells it. */

/** @import { Lab } from "../ui/room.js" */
/** @import { LeftOut } from "../cutting/cutting.d.ts" */
/** @import { Layer } from "../../types.js" */

import { isStraight } from "../cutting/steps.js";
import { say } from "../../words/say.js";
import { gapsTold } from "../ui/gaps.js";
import { titleOf } from "../ui/live.js";
import { make, part } from "../ui/made.js";

/** Wire what is told below the picture.
 * @param {Lab} lab
 */
export function noticing(lab) {
  const { store } = lab;
  let before = ""; // what was told last
  const show = () => {
    const { columns } = store.now;
    const said = lab.shown.cuts.flatMap(({ exact, left }, i) => {
      const layers = lab.playedLayers(i);
      const own = [
        ...(exact || !isStraight(layers) ? [] : [say("the network folds the sheet into more linear pieces than can be cut; its folds are sampled here, not exact.")]),
        ...left.map((one) => leftOut(layers, one)),
      ];
      return own.map((sentence) => (columns.length > 1 ? `${titleOf(columns[i].layers)}: ${sentence}` : sentence));
    });
    const gap = columns.map((column) => gapsTold(store.now.data, column).sheet).find(Boolean) ?? "";
    const told = part("noticed");
    told.hidden = !said.length && !gap;
    if (gap && gap !== before) lab.say(gap);
    before = gap;
    told.replaceChildren(
      make("summary", {}, gap || say("Some of it is sampled, or not drawn")),
      ...(said.length ? [make("div", {}, ...said.map((sentence) => make("p", {}, sentence)))] : []),
    );
  };
  lab.rested(show);
  show();
}

/** @param {Layer[]} layers as they are played @param {LeftOut} left */
function leftOut(layers, { layer, least, drawn }) {
  if (layer < 0) return say("the class changes in more places than a picture can show; the boundary is not drawn, and the colours of the sheet are sampled.");
  const [count, some] = [least, drawn].map((number) => number.toLocaleString("en"));
  return say("layer {layer} ({activation}) bends the sheet along at least {count} lines, more than a picture can show; {drawn} of them are drawn.", {
    layer: layers.slice(0, layer).filter(({ weight }) => weight).length, activation: layers[layer].activation, count, drawn: some,
  });
}
