/* The payload: base64 → zlib → header (JSON) and arrays, see packing.py. */

const ARRAY_TYPES = {
  u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, f4: Float32Array, f8: Float64Array,
};

/** What keeps a film from being played, in a sentence for whoever looks at the page. */
export class Trouble extends Error {}

/** The tree that `pack` of packing.py made into a text, or into the text of an element.
 * @param {string | Element} source
 * @returns {Promise<unknown>}
 */
export async function unpack(source) {
  if (!("DecompressionStream" in globalThis)) {
    throw new Trouble("This film cannot be played here: the browser is too old. It plays in Chrome and Edge from 103, Firefox from 113 and Safari from 16.4.");
  }
  try {
    const text = atob((typeof source === "string" ? source : source.textContent || "").trim());
    const squeezed = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) squeezed[i] = text.charCodeAt(i);
    const stream = new Blob([squeezed]).stream().pipeThrough(new DecompressionStream("deflate"));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    const end = 4 + new DataView(bytes.buffer).getUint32(0, true);
    return restored(JSON.parse(new TextDecoder().decode(bytes.subarray(4, end))), bytes.subarray(end));
  } catch {
    throw new Trouble("This film cannot be played: its file is damaged. Copy it again, or save the film anew.");
  }
}

/** The tree with its arrays; each has its `shape`.
 * @param {unknown} node
 * @param {Uint8Array} bytes
 * @returns {unknown}
 */
function restored(node, bytes) {
  if (node === null || typeof node !== "object") return node;
  if (Array.isArray(node)) return node.map((value) => restored(value, bytes));
  if (!("$" in node)) {
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, restored(value, bytes)]));
  }
  const [kind, place, shape] = /** @type {[keyof typeof ARRAY_TYPES, number, number[]]} */ (node.$);
  const count = shape.reduce((product, length) => product * length, 1);
  const size = Number(kind[1]);
  const flat = new Uint8Array(count * size);
  for (let plane = 0; plane < size; plane++) {
    for (let i = 0, from = place + plane * count; i < count; i++) flat[i * size + plane] = bytes[from + i];
  }
  const array = new ARRAY_TYPES[kind](flat.buffer);
  if (kind[0] === "u") for (let i = 1; i < count; i++) array[i] += array[i - 1];
  return Object.assign(array, { shape });
}
