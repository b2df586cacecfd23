/* A card for each layer: its activation, its width, its matrix and bias. */

/** @import { Lab, OwnLayer } from "../ui/room.js" */

import { activationNames, knowActivation } from "../data/activation.js";
import { say } from "../../words/say.js";
import { LOWERED, inDigits } from "../scene/captions.js";
import { numberField, refreshed } from "../ui/grid.js";
import { choice, make, part, pressed, sign } from "../ui/made.js";
import { changedLayers, layersOfWidths, swapped, widthsOf, withLayer, withNumber, withUnits, withoutLayer, withoutUnit } from "../ui/network.js";

const FORMULA = "formula";
const SIGNS = {
  less: "M5 12h14", more: "M12 5v14M5 12h14", up: "M12 19V5M6 11l6-6 6 6", down: "M12 5v14M6 13l6 6 6-6",
  layer: "M4 6h16M4 11h16M12 15v6M9 18h6", away: "M6 6l12 12M18 6L6 18",
};

/** The cards of the chosen column, made anew where their shape changed.
 * @param {Lab} lab
 */
export function cards(lab) {
  const { store } = lab;
  let shape = "";
  const show = () => {
    const { columns, chosen, seed } = store.now;
    const { layers } = columns[chosen];
    const now = JSON.stringify([chosen, columns.length, seed, layers.map(({ weight, activation }) => [weight.length, weight[0].length, activation])]);
    if (now !== shape) {
      shape = now;
      const held = focusKept();
      part("cards").replaceChildren(...layers.map((_, k) => card(lab, k)), adder(lab, layers.length - 2));
      held();
    }
    for (const field of part("cards").querySelectorAll(".cell")) refreshed(field);
    dye(layers);
    part("seed").textContent = say("seed {seed}", { seed });
  };
  store.listen(show);
  part("again").addEventListener("click", () => { afresh(lab, store.now.seed); });
  part("dice").addEventListener("click", () => { afresh(lab, store.now.seed + 1); });
  show();
}

/** Fresh weights from a seed; every column begins with the same ones. Those that the page was given
 * come back with its own seed, where the network has still their shape.
 * @param {Lab} lab
 * @param {number} seed
 */
export function afresh({ store, given }, seed) {
  const { layers: own, seed: first } = given.setup;
  const shape = (/** @type {OwnLayer[]} */ layers) => JSON.stringify(layers.map(({ weight, activation }) => [weight.length, weight[0].length, activation]));
  const { columns } = store.now;
  if (seed === first && columns.length === 1 && shape(own) === shape(columns[0].layers)) return store.change({ seed, columns: [{ layers: own }] }, { fresh: true });
  return store.change({ seed, ...changedLayers(store.now, (layers) => layersOfWidths(widthsOf(layers), layers.map(({ activation }) => activation), seed), true) }, { fresh: true });
}

/** Who had the focus has it again in the new cards.
 */
function focusKept() {
  const { activeElement } = document;
  const label = activeElement && part("cards").contains(activeElement) ? activeElement.getAttribute("aria-label") : null;
  return () => {
    if (!label) return;
    const all = [.../** @type {NodeListOf<HTMLElement>} */ (part("cards").querySelectorAll("[aria-label]"))];
    all.find((one) => one.getAttribute("aria-label") === label)?.focus();
  };
}

/** Each number's field is dyed by its sign and size.
 * @param {OwnLayer[]} layers
 */
function dye(layers) {
  const largest = layers.map(({ weight, bias }) => Math.max(1, ...weight.flat().map(Math.abs), ...bias.map(Math.abs)));
  for (const field of /** @type {NodeListOf<HTMLElement>} */ (part("cards").querySelectorAll(".cell"))) {
    const [k, i, j] = (field.dataset.place || "0,0,0").split(",").map(Number);
    const value = j < 0 ? layers[k]?.bias[i] : layers[k]?.weight[i]?.[j];
    if (value === undefined) continue;
    field.style.setProperty("--ink", `${Math.round(52 * Math.min(Math.abs(value) / largest[k], 1))}%`);
    field.classList.toggle("minus", value < 0);
  }
}

/** One layer.
 * @param {Lab} lab
 * @param {number} k
 */
function card(lab, k) {
  const { store, given } = lab;
  const { columns, chosen } = store.now;
  const { layers } = columns[chosen];
  const layer = layers[k];
  const last = k === layers.length - 1;
  const name = last ? say("output") : say("layer {number}", { number: k + 1 });
  const units = layer.bias.length;
  /** @param {(layers: OwnLayer[]) => OwnLayer[]} change */
  const all = (change) => store.change(changedLayers(store.now, change, true));
  const deeds = last ? [] : [
    tool("less", say("remove a unit of {layer}", { layer: name }), () => all((own) => withoutUnit(own, k, units - 1)), units < 2),
    make("output", { className: "units", "aria-label": say("units of {layer}", { layer: name }) }, String(units)),
    tool("more", say("add a unit to {layer}", { layer: name }), () => all((own) => withUnits(own, k, units + 1, store.now.seed)), units >= given.most.units),
  ];
  const moves = last ? [] : [
    tool("up", say("move {layer} up", { layer: name }), () => all((own) => swapped(own, k - 1, store.now.seed)), k === 0),
    tool("down", say("move {layer} down", { layer: name }), () => all((own) => swapped(own, k, store.now.seed)), k >= layers.length - 2),
    tool("layer", say("add a layer behind {layer}", { layer: name }), () => all((own) => withLayer(own, k, layer.activation)), layers.length > given.most.layers),
    tool("away", say("remove {layer}", { layer: name }), () => all((own) => withoutLayer(own, k, store.now.seed)), false),
  ];
  const head = make("div", { className: "card-head" },
    make("h2", {}, name), ...(last ? [] : [activationChoice(lab, k, name)]), make("span", { className: "gap" }), ...moves);
  return make("section", { className: "card", "aria-label": name }, head, matrix(lab, k, name),
    make("div", { className: "card-foot" }, make("span", { className: "muted" }, say("{before} in, {after} out", { before: layer.weight[0].length, after: units })),
      make("span", { className: "gap" }), ...deeds));
}

/** A small button with a sign.
 * @param {keyof typeof SIGNS} name
 * @param {string} words
 * @param {() => void} act
 * @param {boolean} disabled
 */
const tool = (name, words, act, disabled) => pressed(sign(SIGNS[name]), act, { className: "tool", "aria-label": words, title: words, disabled });

/** Behind the last hidden layer one more.
 * @param {Lab} lab
 * @param {number} k
 */
function adder({ store, given }, k) {
  const { columns, chosen } = store.now;
  const activation = columns[chosen].layers[Math.max(k, 0)].activation;
  const add = () => store.change(changedLayers(store.now, (layers) => withLayer(layers, k, k < 0 ? "relu" : activation), true));
  return pressed(say("+ layer"), add, { className: "wide adder", disabled: k + 2 > given.most.layers });
}

/** The activation of a layer, of all that there are, or a formula typed in.
 * @param {Lab} lab
 * @param {number} k
 * @param {string} name
 */
function activationChoice(lab, k, name) {
  const { store } = lab;
  const own = store.now.columns[store.now.chosen].layers[k].activation;
  const names = [...new Set([...activationNames(), own])];
  const label = say("activation of {layer}", { layer: name });
  /** @param {string} activation */
  const set = (activation) => store.change(changedLayers(store.now, (layers) => layers.map((layer, at) => (at === k ? { ...layer, activation } : layer))));
  const list = choice(label, [...names.map((each) => /** @type {[string, string]} */ ([each, each])), [FORMULA, say("formula …")]], (value) => {
    if (value !== FORMULA) return set(value);
    list.replaceWith(formulaField(lab, label, own, set, list));
  });
  list.value = own;
  return list;
}

/** A field for a formula of z; what cannot be read is told, and changes nothing.
 * @param {Lab} lab
 * @param {string} label
 * @param {string} own
 * @param {(activation: string) => void} set
 * @param {HTMLSelectElement} list
 */
function formulaField(lab, label, own, set, list) {
  const field = make("input", { className: "formula", value: own === "relu" ? "max(0, z)" : own, spellcheck: false, "aria-label": label });
  const back = () => {
    list.value = own;
    field.replaceWith(list);
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") back();
    if (event.key !== "Enter") return;
    event.preventDefault(); // the list that comes back has the focus, and Enter would open it
    try {
      const known = knowActivation(field.value);
      if (known === own) back();
      else set(known);
    } catch (error) {
      field.setAttribute("aria-invalid", "true");
      lab.say(error instanceof Error ? say(error.message) : String(error));
    }
  });
  setTimeout(() => { field.focus(); field.select(); });
  return field;
}

/** A layer's numbers: a row a unit, a column an input, the bias behind a line.
 * @param {Lab} lab
 * @param {number} k
 * @param {string} name
 */
function matrix(lab, k, name) {
  const { store } = lab;
  const { columns, chosen } = store.now;
  const { weight } = columns[chosen].layers[k];
  /** @param {number} i @param {number} j */
  const cell = (i, j) => {
    const where = { layer: name, unit: i + 1, input: j + 1 };
    const field = numberField({
      label: j < 0 ? say("bias of {layer}, unit {unit}", where) : say("weight of {layer}, unit {unit}, input {input}", where),
      of: () => {
        const layer = store.now.columns[store.now.chosen].layers[k];
        return (j < 0 ? layer?.bias[i] : layer?.weight[i]?.[j]) ?? 0;
      },
      set: (value) => store.change(changedLayers(store.now, (layers) => withNumber(layers, k, i, j, value)), { moving: true, merge: `${k},${i},${j}` }),
      rest: store.settle, say: lab.say,
      tight: weight[0].length > 6,
    });
    field.dataset.place = [k, i, j].join();
    return make("td", { className: j < 0 ? "bias" : "" }, field);
  };
  const head = make("tr", {}, ...weight[0].map((_, j) => make("th", { scope: "col" }, `${k === 0 ? "x" : "h"}${inDigits(j + 1, LOWERED)}`)), make("th", { scope: "col", className: "bias" }, "b"));
  const rows = weight.map((row, i) => make("tr", {}, ...row.map((_, j) => cell(i, j)), cell(i, -1)));
  return make("table", { className: weight[0].length > 4 ? "matrix many" : "matrix", "aria-label": say("weights and bias of {layer}", { layer: name }) },
    make("thead", {}, head), make("tbody", {}, ...rows));
}
