/* What the page says, in its language: sentences are written in English where they are said, and
 * looked up in what the page was given of its language's table. */

/** @typedef {{ code: string, forms: string[], table: Record<string, string> }} Spoken */

/** @type {Spoken} */
const ENGLISH = { code: "en", forms: ["one", "other"], table: {} };
/** @type {Spoken | null} */
let known = null;

/** The page's language; English where there is no page. */
function spoken() {
  if (known) return known;
  const given = globalThis.document?.body?.dataset?.sentences;
  known = given ? /** @type {Spoken} */ (JSON.parse(given)) : null;
  return known || ENGLISH;
}

/** A sentence with its named parts, as `{name}`; of a number with its words, `{n:# stop|# stops}`.
 * @param {string} sentence
 * @param {Record<string, string | number>} [parts]
 */
export function say(sentence, parts = {}) {
  const { table } = spoken();
  const { code, forms } = Object.hasOwn(table, sentence) ? spoken() : ENGLISH;
  return ((Object.hasOwn(table, sentence) && table[sentence]) || sentence).replace(/\{(\w+)(?::([^{}]*))?\}/g, (_, name, words) => {
    if (words === undefined) return String(parts[name]);
    const form = forms.indexOf(new Intl.PluralRules(code).select(Number(parts[name])));
    // A form that the table does not have is the last one.
    return words.split("|").slice(form)[0].replace("#", String(parts[name]));
  });
}
