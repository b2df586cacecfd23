/* The picture of this moment as a file: as it is seen, with its probes, as sharp as paper needs it. */

/** @import { Context } from "../../types.js" */
/** @import { Player } from "../player.js" */

import { say } from "../../words/say.js";
import { element } from "../hint.js";
import { drawn } from "./vectors.js";

const SHARP = 2; // device pixels of a film pixel, at least
const MOST_SAVED = 3.4e7; // pixels: 8K
const TOLD = 3500; // ms that is shown what became of a wish

/** Say what became of a wish, to those who see and to those who listen.
 * @param {string} words
 * @param {number} [lasts] ms
 */
export function tell(words, lasts = TOLD) {
  const told = element("told");
  element("said").textContent = words;
  told.textContent = words;
  told.hidden = false;
  setTimeout(() => { if (told.textContent === words) told.hidden = true; }, lasts);
}

/** What a picture is called: after its page, and the moment.
 * @param {Player} player
 * @param {string} kind
 */
function nameOf(player, kind) {
  const file = /^(file|https?):$/.test(location.protocol) ? location.pathname.split("/").pop() || "" : "";
  const stem = decodeURIComponent(file).replace(/\.[^.]*$/, "");
  return `${stem || "warpviz"}-${+player.step().toFixed(2)}.${kind}`;
}

/**
 * @param {Player} player
 * @param {"png" | "svg"} kind
 * @returns {Promise<Blob | null>}
 */
async function pictureOf(player, kind) {
  const { film, theme, show, view, probes } = player;
  const { k, t } = player.moment();
  const [w, h] = film.size;
  const scale = Math.min(Math.max(player.scale, SHARP), Math.sqrt(MOST_SAVED / (w * h)));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(w * scale);
  canvas.height = Math.round(h * scale);
  const context = /** @type {Context} */ (canvas.getContext("2d")); // as the player has one
  /** @param {Context} onto */
  const paint = (onto) => film.paint(onto, { k, t, scale, theme, show, view, probes });
  if (kind === "svg") return new Blob([drawn(context, film.size, document.title, paint)], { type: "image/svg+xml" });
  paint(context);
  return new Promise((done) => { canvas.toBlob(done); });
}

/** Save the picture of this moment.
 * @param {Player} player
 * @param {"png" | "svg"} kind
 */
export async function savePicture(player, kind) {
  const name = nameOf(player, kind);
  const picture = await pictureOf(player, kind);
  if (!picture) return tell(say("The browser has no memory for this picture"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(picture);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), TOLD);
  // A page around may forbid it, and nobody is told.
  const own = parent === window || origin !== "null";
  return tell(own ? say("Picture saved as {name}", { name })
    : say("Picture: {name}. If none is saved, right-click the film", { name }));
}
