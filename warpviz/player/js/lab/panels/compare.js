/* Up to four columns with the same data, seed and clock, and another activation each. */

/** @import { Lab } from "../ui/room.js" */

import { activationNames } from "../data/activation.js";
import { say } from "../../words/say.js";
import { choice, make, part, pressed, sign } from "../ui/made.js";
import { titleOf } from "../ui/live.js";
import { layersOfWidths, widthsOf, withActivation } from "../ui/network.js";

/** A row of columns above the cards: which is shown in numbers, one more, one less.
 * @param {Lab} lab
 */
export function compare(lab) {
  const { store, given } = lab;
  const show = () => {
    const { columns, chosen } = store.now;
    part("player").classList.toggle("several", columns.length > 1);
    const tabs = columns.map(({ layers }, i) => {
      const name = titleOf(layers);
      const tab = pressed(name, () => store.change({ chosen: i }, { silent: true }), { className: "column", "aria-pressed": String(i === chosen), title: say("numbers of {name}", { name }) });
      tab.style.setProperty("--own", `var(--class-${i})`);
      if (columns.length < 2) return tab;
      const drop = pressed(sign("M6 6l12 12M18 6L6 18"), () => without(i), { className: "tool", "aria-label": say("remove column {name}", { name }), title: say("remove column {name}", { name }) });
      return make("span", { className: "pair" }, tab, drop);
    });
    const add = choice(say("compare with"), [["", say("+ compare")], ...activationNames().filter((name) => name !== "identity").map((name) => /** @type {[string, string]} */ ([name, name]))], (name) => {
      if (name) more(name);
    });
    add.classList.add("adds");
    add.disabled = columns.length >= given.most.columns;
    part("columns").replaceChildren(...tabs, add);
  };
  /** @param {number} i */
  const without = (i) => {
    const columns = store.now.columns.filter((_, at) => at !== i);
    store.change({ columns, chosen: Math.min(store.now.chosen, columns.length - 1) });
  };
  /** One more column: the same widths and first weights, and its own activation.
   * @param {string} name
   */
  const more = (name) => {
    const { columns, seed } = store.now;
    /** @param {import("../ui/room.js").OwnLayer[]} layers */
    const fresh = (layers) => layersOfWidths(widthsOf(layers), layers.map(({ activation }) => activation), seed);
    const all = [...columns.map(({ layers }) => layers), withActivation(columns[0].layers, name)];
    store.change({ columns: all.map((layers) => ({ layers: fresh(layers) })) });
  };
  let shape = "";
  const look = () => {
    const now = JSON.stringify([store.now.chosen, store.now.columns.map(({ layers }) => titleOf(layers))]);
    if (now !== shape) show();
    shape = now;
  };
  store.listen(look);
  look();
}
