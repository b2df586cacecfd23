// The player's modules, written by `python -m tests.player.modules FOLDER` with what Python gives.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const folder = process.env.WARPVIZ_MODULES;
if (!folder) throw new Error("WARPVIZ_MODULES names the folder of the player's modules");

/** A module by name, such as "clock" or "ui/keyboard". */
export const engine = (name) => import(pathToFileURL(join(folder, `${name}.js`)).href);

/** Fails where two arrays of numbers differ by more than a little. */
export function close(found, wanted, within = 1e-12) {
  if (found.length !== wanted.length) throw new Error(`${found.length} numbers, not ${wanted.length}`);
  wanted.forEach((value, i) => {
    if (!(Math.abs(found[i] - value) <= within)) throw new Error(`number ${i} is ${found[i]}, not ${value}`);
  });
}
