import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { engine } from "./engine.mjs";

const heard = {};
let looks = null;
let report = null;
globalThis.setInterval = (look) => { looks = look; };
globalThis.addEventListener = (name, listener) => { heard[name] = listener; };
globalThis.IntersectionObserver = class {
  constructor(told, options) {
    assert.deepEqual(options.threshold, [0, 0.5]);
    report = (...ratios) => told(ratios.map((intersectionRatio) => ({ intersectionRatio })));
  }
  observe() {}
};
globalThis.document = {
  hidden: false, getElementById: () => ({}),
  addEventListener: (name, listener) => { heard[name] = listener; },
};
const { watch } = await engine("ui/seen");

/** A player on a page, alone or in frames: what each frame's own look says, or an error. */
function watched(...frames) {
  let inner = {};
  inner.parent = inner;
  for (const frameElement of frames) {
    const outer = inner;
    inner = { parent: outer, get frameElement() { return frameElement(); } };
  }
  globalThis.window = inner;
  globalThis.parent = inner.parent;
  const told = [];
  const player = { seen: false, redraw() {}, inform: () => told.push(player.seen) };
  watch(player);
  return { player, told };
}

beforeEach(() => {
  document.hidden = false;
  looks = null;
  delete heard.message;
});

test("half of it is enough, and what changed is told once", () => {
  const { player, told } = watched();
  report(0.49);
  assert.equal(player.seen, false);
  report(0.5);
  report(0.9);
  report(1, 0.2);
  report(0.2, 1);
  assert.deepEqual(told, [true, false, true]);
  assert.equal(looks, null, "alone on its page there is nothing to look at");
});

test("a page that is not shown is not seen", () => {
  const { told } = watched();
  report(1);
  document.hidden = true;
  heard.visibilitychange();
  document.hidden = false;
  heard.visibilitychange();
  assert.deepEqual(told, [true, false, true]);
});

test("hidden frames are not seen, in any depth", () => {
  let there = false;
  const frame = (shown) => () => ({ checkVisibility: (how) => how.checkOpacity && how.checkVisibilityCSS && shown() });
  const { player } = watched(frame(() => there), frame(() => true));
  report(1);
  assert.equal(player.seen, false);
  there = true;
  looks();
  assert.equal(player.seen, true);
});

test("where a frame may not look out, the page around may say", () => {
  const { player } = watched(() => null);
  report(1);
  assert.equal(player.seen, true);
  const say = (shown, source = parent) => heard.message({ data: { warpviz: { shown } }, source });
  say(false);
  assert.equal(player.seen, false);
  for (const data of [null, {}, "x", { warpviz: { shown: 1 } }]) heard.message({ data, source: parent });
  say(true, {});
  assert.equal(player.seen, false);
  say(true);
  assert.equal(player.seen, true);
});

test("a parent of another origin throws, and hides nothing", () => {
  const { player } = watched(() => { throw new Error("SecurityError"); });
  report(1);
  assert.equal(player.seen, true);
});

test("what whoever watches insisted on stays until something changes", () => {
  const { player } = watched();
  report(0.3);
  player.seen = true; // they pressed a button
  report(0.2);
  assert.equal(player.seen, true);
  report(0);
  assert.equal(player.seen, false);
  player.seen = true;
  document.hidden = true;
  heard.visibilitychange();
  assert.equal(player.seen, false);
});
