/* Out of the laboratory: a link, files that the command line takes, the command, the film. */

/** @import { Lab } from "../ui/room.js" */

import { csvOf } from "../data/table.js";
import { say } from "../../words/say.js";
import { part } from "../ui/made.js";
import { wordOf } from "../ui/fragment.js";
import { copyLink } from "../../ui/outside/address.js";
import { savePicture } from "../../ui/outside/picture.js";

/** A chain as a `.json` model has it.
 * @param {Lab} lab
 */
function modelOf({ store }) {
  const { columns, chosen, data } = store.now;
  const { layers } = columns[chosen];
  return {
    layers: layers.map(({ weight, bias, activation }) => (activation === "identity" ? { weight, bias } : { weight, bias, activation })),
    ...(data.source === "set" ? { data_name: data.name } : {}), class_names: data.points.classNames,
  };
}

/** The command that films what is shown.
 * @param {Lab} lab
 */
function commandOf({ store, given }) {
  const { data } = store.now;
  const asked = data.points === given.setup.data.points && given.asked;
  return `warpviz render --model model.json --data ${asked || "data.csv --raw"} -o fold.gif`;
}

/** Hand a file to the reader.
 * @param {string} name
 * @param {Blob} blob
 */
function handOut(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Wire the panel.
 * @param {Lab} lab
 */
export function sharing(lab) {
  const { store, player } = lab;
  /** @param {string} id @param {() => unknown} act */
  const on = (id, act) => part(id).addEventListener("click", act);
  /** @param {string} text @param {string} told */
  const copy = async (text, told) => {
    try {
      await navigator.clipboard.writeText(text);
      lab.say(told);
    } catch {
      lab.say(say("The browser lets nothing be copied here."));
    }
  };
  on("copy-link", () => copyLink(player, async () => `&lab=${await wordOf(store.now)}`));
  on("save-model", () => handOut("model.json", new Blob([`${JSON.stringify(modelOf(lab), null, 1)}\n`], { type: "application/json" })));
  on("save-data", () => handOut("data.csv", new Blob([csvOf(store.now.data.points)], { type: "text/csv" })));
  on("copy-command", () => copy(commandOf(lab), say("Command copied")));
  on("save-png", () => savePicture(player, "png"));
  on("save-svg", () => savePicture(player, "svg"));
  on("save-webm", () => recorded(lab));
  part("save-webm").hidden = !("MediaRecorder" in globalThis) || !MediaRecorder.isTypeSupported("video/webm");
  const show = () => { part("command").textContent = commandOf(lab); };
  store.listen((now, before) => { if (now.data !== before.data) show(); });
  show();
}

/** The film from its beginning, as it plays, as WebM.
 * @param {Lab} lab
 */
function recorded({ player, say: tell }) {
  const stream = player.canvas.captureStream(player.film.timeline.fps);
  const recorder = new MediaRecorder(stream, { mimeType: "video/webm", videoBitsPerSecond: 6e6 });
  /** @type {Blob[]} */
  const parts = [];
  recorder.addEventListener("dataavailable", ({ data }) => { parts.push(data); });
  recorder.addEventListener("stop", () => {
    stream.getTracks().forEach((track) => track.stop());
    handOut("fold.webm", new Blob(parts, { type: "video/webm" }));
    tell(say("Film saved"));
  });
  tell(say("The film is recorded while it plays …"));
  player.pause();
  player.looping = false;
  player.go(0);
  recorder.start();
  player.seen = true;
  player.play();
  const watch = setInterval(() => {
    if (player.playing) return;
    clearInterval(watch);
    setTimeout(() => recorder.stop(), 300);
  }, 100);
}
