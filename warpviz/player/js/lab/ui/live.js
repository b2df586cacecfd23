/* The cloth is laid anew whenever the setup changes: coarsely while a hand moves, exactly at rest. */

/** @import { Film } from "../../api.js" */
/** @import { ClothTree, Layer } from "../../types.js" */
/** @import { Directions } from "../scene/directions.js" */
/** @import { Laid, LiveColumn, Looks } from "../scene/scene.js" */
/** @import { Given, Setup, Shown, Store } from "./room.js" */

import { playable } from "../../film.js";
import { textWidth } from "../../marks/overlay.js";
import { captionsOf } from "../scene/captions.js";
import { layoutNaming } from "../scene/legend.js";
import { exchangeable, laidOut } from "../scene/scene.js";
import { played } from "../cutting/steps.js";
import { engineLayers } from "./network.js";
import { say } from "../../words/say.js";

const HAND_RESTS = 60; // ms without a change, after which the exact sheet is cut

/** What the live film needs of the page.
 * @typedef {{ narrow(): boolean, changed(structure: boolean): void, trouble(error: unknown): void }} Page
 */

/** A film that is always of the present setup.
 * @param {Store} store
 * @param {Given} given
 * @param {() => boolean} narrow
 */
export function liveFilm(store, given, narrow) {
  const named = namesOf(given);
  /** @type {(Directions | null)[]} */
  let held = [];
  let steady = false; // the camera stays where it is
  /** @type {ReturnType<typeof laidOut>} */
  let laid = lay(store.now, false);
  let exchange = exchangeable(laid.scene);
  let inner = playable(exchange.scene, laid.tree);
  let asked = 0;
  let frame = 0;
  let resting = 0;
  let structure = signature(laid.tree);
  /** @type {((structure: boolean) => void)[]} */
  const changed = [];
  /** @type {(() => void)[]} */
  const rested = [];
  /** @type {(() => void)[]} */
  const leaving = [];
  /** @type {Shown} */
  let shown = shownOf(laid, false);
  let freed = true; // the camera may choose anew where it stands

  /** @param {Setup} setup @param {boolean} coarse */
  function lay(setup, coarse) {
    const { data, columns } = setup;
    const live = columns.map(({ layers }) => ({ title: titleOf(layers), layers: played(engineLayers(layers)) }));
    const { points, limits } = data;
    const features = points.features;
    const looks = looksOf(given, narrow(), points.classNames);
    looks.layouts = named(looks.layouts, live, points);
    return laidOut(looks, live, { x: points.x, y: points.y, features, limits, classNames: points.classNames }, { coarse, held, cameras: steady && same(live) ? laid.tree.panels.map(({ camera }) => camera) : [] });
  }

  /** Whether what is laid has as many acts in each column.
   * @param {{ layers: Layer[] }[]} live
   */
  function same(live) {
    const { panels } = laid.tree;
    return panels.length === live.length && live.every(({ layers }, i) => layers.length === panels[i].acts.length);
  }

  /** @param {boolean} coarse */
  function relay(coarse) {
    if (freed && !coarse) held = [];
    laid = lay(store.now, coarse);
    held = laid.held;
    if (!coarse) freed = false;
    const now = signature(laid.tree);
    const other = now !== structure;
    if (other) {
      leaving.forEach((leave) => leave());
      structure = now;
      exchange = exchangeable(laid.scene);
      inner = playable(exchange.scene, laid.tree);
    } else {
      exchange.show(laid.scene);
    }
    shown = shownOf(laid, coarse);
    changed.forEach((listen) => listen(other));
    if (!coarse) rested.forEach((listen) => listen());
  }

  const exactly = () => {
    resting = 0;
    if (shown.coarse || freed) relay(false);
  };

  return {
    film: /** @type {Film} */ (new Proxy({}, { get: (_, name) => Reflect.get(inner, name) })),
    get shown() { return shown; },
    /** Lay out what changed with the next picture.
     * @param {boolean} coarse
     * @param {boolean} free whether the camera may stand elsewhere afterwards
     * @param {boolean} [goes] whether more of it comes, however long it takes
     */
    ask(coarse, free, goes = false) {
      if (free) freed = true;
      clearTimeout(resting);
      if (coarse && !goes) resting = setTimeout(exactly, HAND_RESTS);
      const wanted = coarse ? 1 : 2;
      if (!asked) frame = requestAnimationFrame(() => {
        const exact = asked === 2;
        asked = 0;
        relay(!exact);
      });
      asked = Math.max(asked, wanted);
    },
    /** Let the camera stay where it is while a hand moves what it would follow, or go after it.
     * @param {boolean} stays
     */
    steady(stays) {
      steady = stays;
      if (!stays) this.ask(false, false);
    },
    /** What a panel is seen through.
     * @param {number} panel
     * @param {import("../../api.js").Seen} seen
     */
    lens: (panel, seen) => laid.scene.lens?.(panel, seen) || null,
    /** Lay it out now, exactly, and not once more with the next picture. */
    now() {
      cancelAnimationFrame(frame);
      clearTimeout(resting);
      asked = 0;
      relay(false);
    },
    /** @param {(structure: boolean) => void} listener */
    listen(listener) { changed.push(listener); },
    /** Before the film has other stops.
     * @param {() => void} listener
     */
    leaving(listener) { leaving.push(listener); },
    /** @param {() => void} listener */
    rested(listener) { rested.push(listener); },
  };
}

/** Layouts with room for the names of classes that Python was not given; chosen once for them, and
 * not for each picture.
 * @param {Given} given
 */
function namesOf(given) {
  const own = given.setup.data.points.classNames.join("\n");
  let known = "";
  /** @type {Looks["layouts"]} */
  let chosen = [];
  /** @param {Looks["layouts"]} layouts @param {LiveColumn[]} live @param {Setup["data"]["points"]} points */
  return (layouts, live, { classNames, features }) => {
    if (classNames.join("\n") === own) return layouts;
    const titles = live.length > 1 ? live.map(({ title }) => title) : [];
    const words = live.map(({ layers }) => captionsOf(layers, features));
    const captions = words.flatMap(({ stops, acts }) => [...stops, `${stops.at(-1)} · ${say("{share} right", { share: "50.0 %" })}`, ...acts]);
    const key = JSON.stringify([layouts[0].size, classNames, titles, captions]);
    if (key === known) return chosen;
    known = key;
    const context = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
    chosen = layouts.map(({ size, panels }) => ({
      size, panels: panels.map((layout) => layoutNaming(layout, { names: classNames, titles, captions }, (text, letters) => textWidth(context, text, letters))),
    }));
    return chosen;
  };
}

/** The looks of a page in its language's direction, wide or narrow.
 * @param {Given} given
 * @param {boolean} narrow
 * @param {string[]} classNames
 * @returns {Looks}
 */
function looksOf(given, narrow, classNames) {
  const layouts = narrow ? [given.narrow, ...given.layouts.slice(1)] : given.layouts;
  const show = classNames.length > 1 ? given.show : given.show.filter((part) => part !== "boundary");
  return { ...given, show, layouts };
}

/** What a column is called: its activations, each once.
 * @param {{ activation: string }[]} layers
 */
export function titleOf(layers) {
  const names = [...new Set(layers.slice(0, -1).map(({ activation }) => activation).filter((name) => name !== "identity"))];
  return names.join(", ") || "identity";
}

/** What a player keeps while only numbers change.
 * @param {ClothTree} tree
 */
function signature({ panels, size, show }) {
  return JSON.stringify([size, show, panels.map(({ acts, widths, planar, title }) => [acts, widths, planar, title])]);
}

/** @param {Laid} laid @param {boolean} coarse @returns {Shown} */
const shownOf = ({ tree, cuts, right }, coarse) => ({ tree, cuts, right, coarse });

/** The layers of a column as they are played.
 * @param {Setup} setup
 * @param {number} column
 * @returns {Layer[]}
 */
export const playedOf = ({ columns }, column) => played(engineLayers(columns[column].layers));
