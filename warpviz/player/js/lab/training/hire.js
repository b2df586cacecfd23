/* A worker that trains, made of a text in the page. */

/** @import { Hired, Progress } from "../lab.d.ts" */

/** Hire a worker.
 * @param {string} source what it runs
 * @param {(progress: Progress) => void} told
 * @returns {Hired}
 */
export function hire(source, told) {
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(trusted(address));
  worker.onmessage = ({ data }) => told(data);
  return {
    tell: (order) => worker.postMessage(order),
    dismiss: () => {
      worker.terminate();
      URL.revokeObjectURL(address);
    },
  };
}

/** An address that a page which trusts no text trusts: it is one of its own making.
 * @param {string} address
 */
function trusted(address) {
  /** @typedef {{ createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string } }} Policies */
  const { trustedTypes } = /** @type {{ trustedTypes?: Policies }} */ (/** @type {unknown} */ (globalThis));
  if (!trustedTypes) return address;
  return trustedTypes.createPolicy("warpviz-trainer", { createScriptURL: (url) => url }).createScriptURL(address);
}
