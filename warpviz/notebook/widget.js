/* A film in a notebook: the player's page in a frame of its own, its traits equal on both sides.
 *
 * Python ⇄ model ⇄ here ⇄ page (js/ui/outside/messages.js). The frame has an origin, keys and styles
 * of its own, so that films and notebook leave each other alone in every host; with its element it
 * goes, and all that it held. A name in `_shared` that the page knows, too, is all that another trait
 * takes. */

/**
 * @typedef {{
 *   get(name: string): any, set(name: string, value: unknown): void, save_changes(): void,
 *   on(name: string, listener: () => void): void, off(name: string, listener: () => void): void,
 * }} Model what anywidget hands to a view, see https://anywidget.dev/en/afm
 * @typedef {{ step: number, playing: boolean, heard?: number, traits?: Record<string, unknown> }} Told
 */

const ALIKE = 1e-9; // steps that differ less are the same
const STALE = 1000; // ms after which a view that told nothing drives no more

/** Of each film the view that tells the step while it plays: others follow, or they would quarrel.
 * @type {Map<string, { frame: HTMLIFrameElement, at: number }>}
 */
const drivers = new Map();

/** Whether a view that plays tells where the film is.
 * @param {string} film
 * @param {HTMLIFrameElement} frame
 */
function drives(film, frame) {
  const now = performance.now();
  const known = drivers.get(film);
  if (known && known.frame !== frame && known.frame.isConnected && now - known.at < STALE) return false;
  drivers.set(film, { frame, at: now });
  return true;
}

/**
 * @param {unknown} a
 * @param {unknown} b
 */
function same(a, b) {
  if (typeof a === "number" && typeof b === "number") return Math.abs(a - b) < ALIKE;
  return JSON.stringify(a) === JSON.stringify(b);
}

/** An object's values in the order of its names, for hosts may put them in another one.
 * @param {unknown} value
 * @returns {unknown}
 */
function sorted(value) {
  if (!value || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * @param {Model} model
 */
function frameOf(model) {
  const frame = document.createElement("iframe");
  const [width, height] = model.get("_size");
  frame.title = model.get("_title");
  frame.setAttribute("sandbox", "allow-scripts allow-downloads");
  frame.allowFullscreen = true;
  frame.name = `warpviz#autoplay=${model.get("_autoplay")}`;
  Object.assign(frame.style, {
    display: "block", width: "100%", maxWidth: `${width}px`, aspectRatio: `${width} / ${height}`, border: "0",
  });
  frame.srcdoc = model.get("_page");
  return frame;
}

export default {
  /** @param {{ model: Model, el: HTMLElement }} view */
  render({ model, el }) {
    /** @type {string[]} */
    const names = model.get("_shared");
    const film = model.get("_film");
    const frame = frameOf(model);
    /** @type {Record<string, unknown>} */
    const known = {}; // what the page has, as far as one knows
    let number = 0; // of what it was told last

    /** @param {string[]} some */
    const tell = (some) => {
      const traits = Object.fromEntries(some.map((name) => [name, model.get(name)]));
      Object.assign(known, traits);
      number += 1;
      frame.contentWindow?.postMessage({ warpviz: { traits, number } }, "*");
    };
    // A film that nobody saw yet begins as its author wants it.
    let begins = !model.get("_begun") && !model.get("playing");
    /** The page is there, for the first time or again: what is true is what the model says. */
    const greet = () => tell(begins ? names.filter((name) => name !== "playing") : names);
    /** @param {MessageEvent} event */
    const hear = ({ data, source }) => {
      if (source !== frame.contentWindow || !data?.warpviz) return;
      /** @type {Told} */
      const { traits, heard = 0, playing } = data.warpviz;
      if (!traits) return void greet();
      if (heard < number) return; // it was told before it heard what was said last
      begins = false;
      let changed = !model.get("_begun");
      if (changed) model.set("_begun", true);
      const leads = !playing || drives(film, frame);
      for (const [name, value] of Object.entries(traits)) {
        known[name] = value;
        if (!names.includes(name) || (name === "step" && !leads)) continue;
        if (same(sorted(value), sorted(model.get(name)))) continue;
        model.set(name, value);
        // Python takes it if it set nothing newer: what waits while a cell runs may be stale by then.
        model.set("_heard", { ...model.get("_heard"), [name]: model.get("_asked")[name] });
        changed = true;
      }
      if (changed) model.save_changes();
    };
    const listeners = names.map((name) => {
      const listener = () => {
        if (number && !same(sorted(known[name]), sorted(model.get(name)))) tell([name]);
      };
      model.on(`change:${name}`, listener);
      return () => model.off(`change:${name}`, listener);
    });
    addEventListener("message", hear);
    el.append(frame);
    return () => {
      removeEventListener("message", hear);
      listeners.forEach((stop) => stop());
      if (drivers.get(film)?.frame === frame) drivers.delete(film);
      frame.remove();
    };
  },
};
