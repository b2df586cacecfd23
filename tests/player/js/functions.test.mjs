import { test } from "node:test";
import { close, engine } from "./engine.mjs";

const { erf, lowerTail, sigmoid, softplus } = await engine("functions");

test("the normal distribution and the error function have their published values", () => {
  close([lowerTail(-1), lowerTail(0), lowerTail(1.96)],
    [0.15865525393145707, 0.5, 0.9750021048517795], 1e-15);
  close([erf(0.1), erf(0.5), erf(1), erf(-2)],
    [0.1124629160182849, 0.5204998778130465, 0.8427007929497149, -0.9953222650189527], 1e-15);
});

test("far away nothing overflows", () => {
  close([sigmoid(-800), sigmoid(800), softplus(-800), softplus(800)], [0, 1, 0, 800]);
});
