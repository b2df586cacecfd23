/* Grounds below charts, for the players whose films have one. */

/** @import { Grounds } from "../types.js" */

import { putAround } from "../charts/around.js";
import { groundOf, rasterGround, standing } from "../charts/ground.js";

/** @returns {Grounds} */
export function grounds() {
  return { groundOf, standing, rasterGround, putAround };
}
