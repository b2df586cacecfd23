// A model with two views whose pages are played by hand: what each is told, and what the model holds.
import assert from "node:assert/strict";

let now = 0;
globalThis.performance = { now: () => now };
const ears = new Set();
globalThis.addEventListener = (_, listener) => ears.add(listener);
globalThis.removeEventListener = (_, listener) => ears.delete(listener);
globalThis.document = { createElement: () => frameOf() };

function frameOf() {
  const told = [];
  const frame = {
    told, style: {}, isConnected: true, setAttribute() {}, remove() { frame.isConnected = false; },
    contentWindow: { postMessage: ({ warpviz }) => told.push(warpviz) },
  };
  return frame;
}

/** As anywidget's: what is set is told to all who listen. */
function modelOf(state) {
  const listeners = [];
  return {
    state, saved: 0, get: (name) => state[name], save_changes() { this.saved += 1; },
    set(name, value) {
      if (state[name] === value) return;
      state[name] = value;
      listeners.filter(([event]) => event === `change:${name}`).forEach(([, listen]) => listen());
    },
    on: (event, listen) => listeners.push([event, listen]),
    off: (event, listen) => listeners.splice(listeners.findIndex(([e, l]) => e === event && l === listen), 1),
    listening: () => listeners.length,
  };
}

const { default: film } = await import("./widget.mjs");

function shown(state = {}) {
  const model = modelOf({
    _size: [320, 320], _title: "t", _page: "", _autoplay: "seen", _film: `f${Math.random()}`, _begun: false, _asked: { step: 4, playing: 0, view: 0 }, _heard: {},
    _shared: ["step", "playing", "view"], step: 0.5, playing: false, view: { yaw: 0, zoom: 1 }, ...state,
  });
  const view = () => {
    const el = { append(frame) { el.frame = frame; } };
    const close = film.render({ model, el });
    const { frame } = el;
    /** The page says something; by default it has heard all. */
    const say = (traits, { playing = false, heard = frame.told.at(-1)?.number ?? 0 } = {}) =>
      ears.forEach((hear) => hear({ source: frame.contentWindow, data: { warpviz: { playing, heard, traits } } }));
    const greet = () => ears.forEach((hear) => hear({ source: frame.contentWindow, data: { warpviz: { step: 0, playing: false } } }));
    return { frame, say, greet, close, told: frame.told };
  };
  return { model, view };
}

{ // A page that is there is told what is true, but for its beginning, which is the author's.
  const { model, view } = shown();
  const one = view();
  assert.equal(one.frame.name, "warpviz#autoplay=seen");
  assert.equal(one.told.length, 0);
  one.greet();
  one.greet(); // what it said before it heard
  assert.deepEqual(one.told.map(({ traits }) => Object.keys(traits)), [["step", "view"], ["step", "view"]]);
  one.say({ step: 0, playing: false, view: {} }, { heard: 1 }); // before it heard the last word
  assert.equal(model.state.step, 0.5);
  one.say({ step: 0.6, playing: true, view: { yaw: 0, zoom: 1 } }, { playing: true });
  assert.deepEqual([model.state.step, model.state.playing, model.state._begun], [0.6, true, true]);
  assert.deepEqual(model.state._heard, { step: 4, playing: 0 }, "so much of Python's words it knew");
  assert.equal(one.told.length, 2, "what it said itself is not said to it");
  one.greet(); // moved in the document: its page begins anew
  assert.deepEqual(one.told.at(-1).traits, { step: 0.6, playing: true, view: { yaw: 0, zoom: 1 } });
}
{ // From Python, once; the order of names in an object means nothing.
  const { model, view } = shown({ playing: true });
  const one = view();
  one.greet();
  assert.deepEqual(Object.keys(one.told[0].traits), ["step", "playing", "view"]);
  one.say({ step: 0.5, playing: true, view: { zoom: 1, yaw: 0 } }, { playing: true });
  model.set("view", { zoom: 1, yaw: 0 });
  model.set("step", 0.5 + 1e-12);
  assert.equal(one.told.length, 1);
  model.set("step", 2);
  assert.deepEqual(one.told.at(-1), { traits: { step: 2 }, number: 2 });
}
{ // Of two that play one tells the step, the other follows; what a person does in either is true.
  const { model, view } = shown({ playing: true });
  const [one, two] = [view(), view()];
  one.greet();
  two.greet();
  one.say({ step: 1, playing: true }, { playing: true });
  assert.deepEqual(two.told.at(-1).traits, { step: 1 });
  two.say({ step: 1.3, playing: true }, { playing: true });
  assert.equal(model.state.step, 1);
  two.say({ step: 1.4, playing: false });
  assert.deepEqual([model.state.step, model.state.playing], [1.4, false]);
  assert.deepEqual(one.told.slice(-2).map(({ traits }) => traits), [{ step: 1.4 }, { playing: false }]);
  // Where the first one is not seen any more, the other drives.
  model.set("playing", true);
  now += 5000;
  two.say({ step: 1.5, playing: true }, { playing: true });
  assert.equal(model.state.step, 1.5);
}
{ // Closed, nothing of it is left.
  const before = ears.size;
  const { model, view } = shown();
  const one = view();
  assert.deepEqual([ears.size, model.listening()], [before + 1, 3]);
  one.close();
  assert.deepEqual([ears.size, model.listening(), one.frame.isConnected], [before, 0, false]);
  ears.forEach((hear) => hear({ source: {}, data: { warpviz: {} } }));
  ears.forEach((hear) => hear({ source: null, data: null }));
}
process.stdout.write(JSON.stringify("done"));
