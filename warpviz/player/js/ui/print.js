/* On paper the film is a strip: a picture of every stop with its name, on white. Alone it takes as
 * many leaves as it needs, each filled; in a frame all stops share the frame's own room, for what
 * is beyond a frame is not printed. On a slide it is the picture of the fragment. */

/** @import { Context } from "../types.js" */
/** @import { Player } from "./player.js" */

import { bestColumns } from "../arrange.js";
import { element } from "./hint.js";

const PRINT_SCALE = 2;
const LEAF = 12; // stops on a leaf of paper, at most
const PAPER = Math.SQRT2; // length over width
const CAPTION_ROOM = 0.035; // of the longer side of the room, below every picture

/**
 * @param {Player} player
 */
export function printing(player) {
  const { film } = player;
  const strip = element("strip");
  const framed = window !== window.top;
  const white = film.themes.includes("light") ? "light" : film.theme;

  /**
   * @param {number} k
   * @param {number} t
   * @param {string} theme
   * @param {Set<string>} parts
   */
  function picture(k, t, theme, parts) {
    const canvas = document.createElement("canvas");
    canvas.width = film.size[0] * PRINT_SCALE;
    canvas.height = film.size[1] * PRINT_SCALE;
    const context = /** @type {Context} */ (canvas.getContext("2d")); // as the player has one
    film.paint(context, { k, t, scale: PRINT_SCALE, theme, show: parts });
    return canvas;
  }

  /** @param {number} stop */
  function figure(stop) {
    const parts = new Set([...player.show].filter((part) => part !== "track" && part !== "caption"));
    const { k, t } = film.clock.at(film.clock.stop(stop));
    const one = document.createElement("figure");
    const caption = document.createElement("figcaption");
    caption.textContent = `${stop} · ${film.stops[stop]}`;
    one.append(picture(k, t, white, parts), caption);
    return one;
  }

  /** A leaf with some of the stops; its columns for paper upright and on its side.
   * @param {number[]} stops
   * @param {string} title
   */
  function leaf(stops, title) {
    const one = document.createElement("section");
    const grid = document.createElement("div");
    /** @type {(width: number, height: number) => number} */
    const columns = (width, height) =>
      bestColumns(stops.length, ...film.size, width, height, CAPTION_ROOM * Math.max(width, height));
    const own = framed && columns(innerWidth, innerHeight);
    grid.style.setProperty("--upright", String(own || columns(1, PAPER)));
    grid.style.setProperty("--level", String(own || columns(PAPER, 1)));
    grid.append(...stops.map(figure));
    if (title) {
      const head = document.createElement("h2");
      head.textContent = title;
      one.append(head);
    }
    one.append(grid);
    return one;
  }

  function prepare() {
    if (strip.childElementCount) return;
    const columns = film.columns;
    film.arrange(0);
    const stops = film.stops.map((_, i) => i);
    if (player.printsStop) {
      strip.append(picture(player.moment().k, player.moment().t, player.theme, player.show));
    } else {
      const leaves = framed ? 1 : Math.ceil(stops.length / LEAF);
      const each = Math.ceil(stops.length / leaves);
      for (let i = 0; i < leaves; i++) {
        const title = framed || i > 0 ? "" : document.title;
        strip.append(leaf(stops.slice(i * each, (i + 1) * each), title));
      }
    }
    film.arrange(columns);
  }

  addEventListener("beforeprint", prepare);
  addEventListener("afterprint", () => strip.replaceChildren());
  matchMedia("print").addEventListener("change", ({ matches }) => { if (matches) prepare(); });
}
