/* Elements of the page, made in a line. */

/** @typedef {Record<string, string | number | boolean | ((event: Event) => void) | undefined>} Given */

/** An element: properties in camel case, attributes with a dash or as ARIA's, `on…` what listens.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Given} [given]
 * @param {...(Node | string)} inside
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function make(name, given = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (typeof value === "function") made.addEventListener(key.slice(2), value);
    else if (key.includes("-") || key === "role" || key === "for") made.setAttribute(key, String(value));
    else Reflect.set(made, key, value);
  }
  made.append(...inside);
  return made;
}

/** An element of the laboratory's page, by id.
 * @param {string} id
 */
export function part(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
}

/** A button with words, or a sign.
 * @param {string | Node} words
 * @param {() => void} act
 * @param {Given} [given]
 */
export const pressed = (words, act, given = {}) => make("button", { type: "button", onclick: act, ...given }, words);

/** A list to choose from: pairs of a value and what it is called.
 * @param {string} label
 * @param {[string, string][]} options
 * @param {(value: string) => void} act
 * @param {Given} [given]
 */
export function choice(label, options, act, given = {}) {
  const list = make("select", { "aria-label": label, ...given }, ...options.map(([value, words]) => new Option(words, value)));
  list.addEventListener("change", () => act(list.value));
  return list;
}

/** A field with its words before it.
 * @param {string} words
 * @param {HTMLElement} field
 */
export const withLabel = (words, field) => make("label", { className: "field" }, make("span", {}, words), field);

export const DRAWING = "http://www.w3.org/2000/svg";

/** A sign drawn in strokes.
 * @param {string} path
 */
export function sign(path) {
  const drawn = document.createElementNS(DRAWING, "svg");
  drawn.setAttribute("viewBox", "0 0 24 24");
  drawn.setAttribute("aria-hidden", "true");
  drawn.append(document.createElementNS(DRAWING, "path"));
  drawn.firstElementChild?.setAttribute("d", path);
  return drawn;
}
