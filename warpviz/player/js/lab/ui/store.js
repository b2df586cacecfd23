/* What the laboratory knows, and how it changes: one value, replaced by the next. */

/** @import { How, Setup, Store } from "./room.js" */

const MOST_CHANGES = 400; // changes that can be undone

/** A store that begins with a setup.
 * @param {Setup} first
 * @returns {Store}
 */
export function storeOf(first) {
  let now = first;
  let merging = "";
  /** @type {Setup[]} */
  let past = [];
  /** @type {Setup[]} */
  let future = [];
  /** @type {((now: Setup, before: Setup, how: How) => void)[]} */
  const listeners = [];
  /** @param {Setup} next @param {How} how */
  const become = (next, how) => {
    const before = now;
    now = next;
    listeners.forEach((listen) => listen(now, before, how));
  };
  return {
    get now() { return now; },
    get canUndo() { return past.length > 0; },
    get canRedo() { return future.length > 0; },
    listen: (listener) => { listeners.push(listener); },
    settle() {
      if (!merging) return;
      merging = "";
      become(now, {});
    },
    change(patch, how = {}) {
      const merge = how.merge || "";
      if (!how.silent && (!merge || merge !== merging)) {
        past = [...past.slice(1 - MOST_CHANGES), now];
        future = [];
      }
      if (!how.silent) merging = merge;
      become({ ...now, ...patch }, how);
    },
    undo() {
      const before = past.pop();
      if (!before) return;
      future.push(now);
      merging = "";
      become(before, {});
    },
    redo() {
      const after = future.pop();
      if (!after) return;
      past.push(now);
      merging = "";
      become(after, {});
    },
  };
}
