/* Measures and words of every stop, live; and the formula of the present net. */

/** @import { StopMeasures } from "../lab.js" */
/** @import { Lab, Layer } from "../ui/room.js" */

import { formulaText } from "../data/formula.js";
import { measuresOf } from "../measures/measures.js";
import { tellStop } from "../measures/stops.js";
import { tellAct } from "../measures/telling.js";
import { say } from "../../words/say.js";
import { numberText } from "../ui/grid.js";
import { make, part, pressed } from "../ui/made.js";
import { percentOf } from "./training.js";

/** Wire the panel; gives the latest measures of the chosen column.
 * @param {Lab} lab
 * @returns {{ now(): StopMeasures[], listen(listener: () => void): void }}
 */
export function measuredPanel(lab) {
  const { store, player } = lab;
  /** @type {StopMeasures[]} */
  let measured = [];
  let of = "";
  /** @type {Layer[]} */
  let layers = [];
  /** @type {unknown} */
  let known = null;
  /** @type {(() => void)[]} */
  const listeners = [];
  const measure = () => {
    const { chosen, data, columns } = store.now;
    const cut = lab.shown.cuts[chosen];
    if (!cut || lab.shown.coarse || known === lab.shown) return;
    known = lab.shown;
    of = columns.length > 1 ? String(chosen) : "";
    layers = lab.playedLayers(chosen);
    measured = measuresOf(layers, data.points.x, data.points.y, cut);
    show();
    listeners.forEach((listen) => listen());
  };
  const show = () => {
    const cut = lab.shown.cuts[store.now.chosen];
    const panel = lab.shown.tree.panels[store.now.chosen];
    if (!panel || measured.length !== panel.stops.length) return;
    const heads = [say("stop"), say("probe"), say("separable"), say("regions"), say("area")];
    const rows = measured.map((stop, k) => make("tr", { "data-stop": k },
      make("th", { scope: "row" }, pressed(panel.stops[k], () => player.go(k), { className: "stop", title: panel.stops[k] })),
      make("td", {}, stop.probe === null ? "–" : percentOf(stop.probe)),
      make("td", { className: stop.separable ? "yes" : "" }, stop.separable === null ? "–" : stop.separable ? say("yes") : say("no")),
      make("td", {}, stop.regions === null ? "–" : String(stop.regions)),
      make("td", {}, stop.area === null ? "–" : `×${numberText(stop.area)}`)));
    part("measures").replaceChildren(make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))), make("tbody", {}, ...rows));
    const model = { accuracy: lab.shown.right[store.now.chosen], classes: store.now.data.points.classNames.length };
    const told = measured.flatMap((_, k) => [
      ...(k > 0 ? [make("li", { className: "act", "data-stop": k }, tellAct(layers, k - 1, cut))] : []),
      make("li", { className: "at", "data-stop": k }, [panel.stops[k], tellStop(layers, k, measured, model)].filter(Boolean).join(": ")),
    ]);
    part("why").replaceChildren(...told);
    part("formula").textContent = formulaText(layers, "plain").join("\n");
    lit();
  };
  const lit = () => {
    const here = String(Math.round(player.step()));
    for (const each of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#measures tr, #why li"))) {
      each.classList.toggle("lit", each.dataset.stop === here);
    }
    line(lab, measured[Math.round(player.step())], of === "" || of === String(store.now.chosen));
  };
  part("copy-latex").addEventListener("click", async () => {
    const text = formulaText(lab.playedLayers(store.now.chosen), "latex").join("\n");
    await navigator.clipboard?.writeText(text).then(() => lab.say(say("LaTeX copied")), () => lab.say(say("The browser lets nothing be copied here.")));
  });
  lab.rested(measure);
  store.listen((now, before) => {
    if (now.chosen === before.chosen) return;
    known = null;
    measure();
  });
  player.listen(lit);
  measure();
  return { now: () => measured, listen: (listener) => { listeners.push(listener); } };
}

/** The line that parts the classes, or does best, over the picture of a plane at rest.
 * @param {Lab} lab
 * @param {StopMeasures | undefined} stop
 * @param {boolean} ours
 */
function line(lab, stop, ours) {
  const drawn = part("parting");
  const { player, store, shown } = lab;
  const lens = lab.lens(store.now.chosen);
  const wanted = /** @type {HTMLInputElement} */ (part("show-line")).checked;
  const found = wanted && ours && !shown.coarse && player.resting() && lens && stop?.line;
  const planar = shown.tree.panels[store.now.chosen]?.planar[Math.round(player.step())];
  drawn.toggleAttribute("hidden", !(found && planar));
  if (!found || !planar || !lens) return;
  const [a, b, c] = found;
  const size = Math.hypot(a, b) || 1;
  const box = shown.tree.panels[store.now.chosen].layout.safe;
  const reach = (box.x1 - box.x0 + box.y1 - box.y0) * lens.units;
  const foot = [(-a * c) / size ** 2, (-b * c) / size ** 2];
  const view = part("view").getBoundingClientRect();
  const canvas = player.canvas.getBoundingClientRect();
  const ratio = canvas.width / player.film.size[0];
  const ends = [-1, 1].map((side) => {
    const state = [foot[0] - (side * reach * b) / size, foot[1] + (side * reach * a) / size, 0];
    const away = state.map((value, axis) => value - lens.pivot[axis]);
    const flat = [0, 1].map((row) => lens.turn[3 * row] * away[0] + lens.turn[3 * row + 1] * away[1] + lens.turn[3 * row + 2] * away[2]);
    const x = lens.centre[0] + (flat[0] - lens.middle[0]) / lens.units;
    const y = lens.centre[1] - (flat[1] - lens.middle[1]) / lens.units;
    return [canvas.left - view.left + x * ratio, canvas.top - view.top + y * ratio];
  });
  const clip = part("parting-clip");
  const { safe } = shown.tree.panels[store.now.chosen].layout;
  Object.entries({ x: canvas.left - view.left + safe.x0 * ratio, y: canvas.top - view.top + safe.y0 * ratio, width: (safe.x1 - safe.x0) * ratio, height: (safe.y1 - safe.y0) * ratio })
    .forEach(([name, value]) => clip.setAttribute(name, String(value)));
  const own = part("parting-line");
  Object.entries({ x1: ends[0][0], y1: ends[0][1], x2: ends[1][0], y2: ends[1][1] }).forEach(([name, value]) => own.setAttribute(name, String(value)));
  own.classList.toggle("sure", stop?.separable === true);
}
