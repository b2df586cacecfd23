/* The panel of data: named sets, own data, a formula, a table that is dropped; and the brush. */

/** @import { Points } from "../lab.js" */
/** @import { Lab, OwnData } from "../ui/room.js" */

import { makePoints, pointsOfStatement } from "../data/sets.js";
import { readTable } from "../data/table.js";
import { say } from "../../words/say.js";
import { readNumber } from "../ui/grid.js";
import { choice, withLabel, make, part, pressed } from "../ui/made.js";
import { changedLayers, withUnits } from "../ui/network.js";

const QUICK = ["xor", "rings", "spirals"]; // one tap away
const MARGIN = 0.05; // of the points' extent, at each side of the sheet
const COUNTS = [100, 300, 600, 1800, 3000];

/** Limits that leave a margin around points.
 * @param {Float64Array} x
 * @returns {import("../lab.js").Limits}
 */
export function limitsAround(x) {
  const [low, high] = [[Infinity, Infinity], [-Infinity, -Infinity]];
  for (let i = 0; i < x.length; i++) {
    low[i & 1] = Math.min(low[i & 1], x[i]);
    high[i & 1] = Math.max(high[i & 1], x[i]);
  }
  const margin = [0, 1].map((axis) => MARGIN * Math.max(high[axis] - low[axis], 1e-9));
  return [low[0] - margin[0], high[0] + margin[0], low[1] - margin[1], high[1] + margin[1]];
}

/** Take other points: the output gets a unit for each class.
 * @param {Lab} lab
 * @param {Partial<OwnData> & { points: Points }} patch
 * @param {import("../ui/room.js").How} [how]
 */
export function takePoints({ store }, patch, how = {}) {
  const { data, seed } = store.now;
  const classes = Math.max(patch.points.classNames.length, 2);
  const limits = patch.limits || limitsAround(patch.points.x);
  const outputs = store.now.columns[0].layers.at(-1)?.bias.length;
  const columns = outputs === classes ? {} : changedLayers(store.now, (layers) => withUnits(layers, layers.length - 1, classes, seed), true);
  store.change({ data: { ...data, ...patch, limits }, ...columns }, how);
}

/** Wire the data's panel.
 * @param {Lab} lab
 */
export function pointsPanel(lab) {
  const { store, given } = lab;
  const own = store.now.data;
  /** @param {unknown} error */
  const refuse = (error) => {
    const words = error instanceof Error ? say(error.message) : String(error);
    part("data-told").textContent = words;
    lab.say(words);
  };
  /** @param {string} name @param {Partial<OwnData>} [patch] */
  const named = (name, patch = {}) => {
    const { data } = store.now;
    const asked = { count: data.count, seed: data.seed, noise: name === data.name ? data.noise : null, ...patch };
    try {
      takePoints(lab, { source: "set", name, ...asked, points: makePoints(name, asked) });
    } catch (error) { refuse(error); }
  };
  /** @param {string} text @param {Partial<OwnData>} [patch] */
  const stated = (text, patch = {}) => {
    const { data } = store.now;
    const asked = { count: data.count, seed: data.seed, noise: data.noise, ...patch };
    try {
      takePoints(lab, { source: "formula", name: text, ...asked, points: pointsOfStatement(text, asked) });
    } catch (error) { refuse(error); }
  };
  const again = (/** @type {Partial<OwnData>} */ patch) => {
    const { source, name } = store.now.data;
    if (source === "set") named(name, patch);
    else if (source === "formula") stated(name, patch);
  };
  for (const name of QUICK) {
    part("quick").append(pressed(name, () => named(name), { className: "chip", "data-set": name }));
  }
  /** @type {[string, string][]} */
  const sets = given.sets.map(({ name, title }) => [name, `${name} · ${title}`]);
  if (own.source === "own") sets.unshift(["own", say("own data: {name}", { name: own.name })]);
  const list = choice(say("data set"), [["", say("choose …")], ...sets], (name) => {
    if (name === "own") takePoints(lab, own);
    else if (name) named(name);
  });
  const count = choice(say("number of points"), COUNTS.map((value) => [String(value), String(value)]), (value) => again({ count: Number(value) }));
  const noise = make("input", { type: "range", min: "0", max: "0.3", step: "0.01", "aria-label": say("noise") });
  noise.addEventListener("change", () => again({ noise: readNumber(noise.value) }));
  const seed = pressed(say("other points"), () => again({ seed: store.now.data.seed + 1 }));
  const formula = make("input", { className: "formula", placeholder: "y > sin(x)", spellcheck: false, "aria-label": say("a formula of x and y") });
  formula.addEventListener("keydown", ({ key }) => { if (key === "Enter" && formula.value.trim()) stated(formula.value); });
  const file = make("input", { type: "file", accept: ".csv,.tsv,.txt,text/csv", className: "unseen", tabIndex: -1, "aria-label": say("a table as CSV") });
  file.addEventListener("change", () => { if (file.files?.[0]) table(file.files[0]); });
  /** @param {File} one */
  const table = async (one) => {
    try {
      const points = readTable(await one.text());
      const { points: most } = given.most;
      if (points.y.length > most) throw new Error(say("The laboratory takes up to {most} points, got {count}; take fewer of them.", { most, count: points.y.length }));
      takePoints(lab, { source: "table", name: one.name, noise: null, points });
    } catch (error) { refuse(error); }
  };
  part("sets").append(
    withLabel(say("data set"), list), withLabel(say("number of points"), count), withLabel(say("noise"), noise), make("div", { className: "field" }, make("span"), seed),
    withLabel(say("formula"), formula), make("div", { className: "field" }, make("span", {}, say("table")), pressed(say("CSV: choose, or drop on the page"), () => file.click()), file),
  );
  dropping(table);
  const show = () => {
    const { source, name, points, noise: loud, count: all } = store.now.data;
    // As "blobs:8", which came with the file or a link.
    if (source === "set" && ![...list.options].some((option) => option.value === name)) list.add(new Option(name, name));
    list.value = source === "set" ? name : source === "own" ? "own" : "";
    const made = source === "set" || source === "formula";
    for (const field of [count, noise, seed]) field.disabled = !made;
    noise.value = String(loud ?? given.sets.find((set) => set.name === name)?.noise ?? 0);
    const many = String(made ? all : points.y.length);
    if (![...count.options].some((option) => option.value === many)) count.add(new Option(many, many));
    count.value = many;
    if (source === "formula") formula.value = name;
    for (const chip of /** @type {NodeListOf<HTMLElement>} */ (part("quick").querySelectorAll("button"))) {
      chip.setAttribute("aria-pressed", String(source === "set" && chip.dataset.set === name));
    }
    const words = say("{count:# point|# points} in {classes:# class|# classes}", { count: points.y.length, classes: points.classNames.length });
    part("data-told").textContent = [words, points.remark && say(points.remark)].filter(Boolean).join(". ");
  };
  store.listen((now, before) => { if (now.data !== before.data) show(); });
  show();
}

/** A file that is dropped on the page.
 * @param {(file: File) => void} take
 */
function dropping(take) {
  const over = (/** @type {boolean} */ shown) => document.body.classList.toggle("dropping", shown);
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  document.addEventListener("dragleave", ({ relatedTarget }) => { if (!relatedTarget) over(false); });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    const file = event.dataTransfer?.files[0];
    if (file) take(file);
  });
}
