import assert from "node:assert/strict";
import { test } from "node:test";
import { close, engine } from "./engine.mjs";

let heard = null;
const keys = { open: false, querySelectorAll: () => [], close() { keys.open = false; }, showModal() { keys.open = true; } };
globalThis.document = {
  addEventListener(name, listener) { if (name === "keydown") heard = listener; },
  getElementById: (id) => (id === "keys" ? keys : {}),
  querySelectorAll: () => [],
};
const { keyboard } = await engine("ui/keyboard");

/** What a player was asked for by a key: [name, ...arguments] of each call. */
function pressed(key, { target = {}, film = {}, ...more } = {}) {
  const calls = [];
  const known = {
    film: { timeline: { fps: 20 }, size: [320, 240], acts: 3, themes: ["dark", "light"], ...film },
    seconds: 1, theme: "light", probes: [], chosen: -1, glide: null,
    neighbour: (by) => 5 + by,
  };
  const player = new Proxy(known, {
    get: (own, name) => (name in own ? own[name] : (...values) => { calls.push([name, ...values]); }),
  });
  keyboard(player);
  let taken = false;
  heard({ key, target: { dataset: {}, ...target }, preventDefault() { taken = true; }, ...more });
  return { calls, taken };
}

for (const fps of [12.5, 20, 50]) {
  test(`one frame on and back is a frame of a film of ${fps} a second`, () => {
    for (const [key, by] of [[".", 1], [",", -1]]) {
      const { calls } = pressed(key, { film: { timeline: { fps } } });
      assert.deepEqual(calls.map(([name]) => name), ["pause", "seek"]);
      close([calls[1][1]], [1 + by / fps]);
    }
  });
}

test("keys do what the page says of them", () => {
  const asked = {
    ArrowRight: ["go", 6], ArrowLeft: ["go", 4], Home: ["go", 0], End: ["go", 3], Enter: ["playTo", 6],
    " ": ["toggle"], "+": ["zoom", 1.2], "=": ["zoom", 1.2], "-": ["zoom", 1 / 1.2], 0: ["reset"],
    w: ["pan", 0, 19.2], a: ["pan", 19.2, 0], S: ["pan", 0, -19.2], D: ["pan", -19.2, 0], t: ["setTheme", "dark"],
  };
  for (const [key, call] of Object.entries(asked)) {
    const { calls, taken } = pressed(key);
    assert.ok(taken, key);
    assert.deepEqual(calls, [call], key);
  }
});

test("Shift and arrows turn the view", () => {
  const turns = { ArrowRight: [0.12, 0], ArrowLeft: [-0.12, 0], ArrowUp: [0, -0.12], ArrowDown: [0, 0.12] };
  for (const [key, by] of Object.entries(turns)) {
    assert.deepEqual(pressed(key, { shiftKey: true }).calls, [["turn", ...by]], key);
  }
});

test("keys of the browser and of others stay theirs", () => {
  for (const held of ["ctrlKey", "metaKey", "altKey"]) {
    assert.deepEqual(pressed("f", { [held]: true }), { calls: [], taken: false }, held);
  }
  assert.deepEqual(pressed("x"), { calls: [], taken: false });
  const box = { tagName: "INPUT", getAttribute: () => "checkbox" };
  const scrubber = { tagName: "INPUT", getAttribute: () => "range" };
  const own = [
    [{ tagName: "BUTTON" }, " "], [{ tagName: "SUMMARY" }, "Enter"], [{ tagName: "SELECT" }, "ArrowDown"],
    [{ tagName: "SELECT" }, "Home"], [box, " "], [{ id: "story" }, "PageDown"], [{ id: "story" }, "ArrowUp"],
  ];
  for (const [target, key] of own) assert.deepEqual(pressed(key, { target }), { calls: [], taken: false }, key);
  for (const [target, key] of [[{ tagName: "BUTTON" }, "ArrowRight"], [scrubber, " "], [{ id: "story" }, "ArrowRight"]]) {
    assert.ok(pressed(key, { target }).taken, key);
  }
});

test("while the keys are told, no key is the film's", () => {
  assert.ok(pressed("?").taken && keys.open);
  assert.deepEqual(pressed("ArrowRight"), { calls: [], taken: false });
  keys.close();
  assert.deepEqual(pressed("ArrowRight").calls, [["go", 6]]);
});
