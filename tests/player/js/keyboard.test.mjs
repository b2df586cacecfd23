import { test } from "node:test";
import { close, engine } from "./engine.mjs";

let press = null;
globalThis.document = {
  addEventListener(name, heard) { if (name === "keydown") press = heard; },
  getElementById: () => ({ open: false }),
};
const { keyboard } = await engine("ui/keyboard");

for (const fps of [12.5, 20, 50]) {
  test(`one frame on and back is a frame of a film of ${fps} a second`, () => {
    const player = {
      film: { timeline: { fps }, size: [320, 240] },
      seconds: 1,
      pause() {},
      seek(seconds) { player.seconds = seconds; },
    };
    keyboard(player);
    const target = { dataset: {} };
    const key = (name) => press({ key: name, target, preventDefault() {} });
    key(".");
    key(".");
    close([player.seconds], [1 + 2 / fps]);
    key(",");
    close([player.seconds], [1 + 1 / fps]);
  });
}
