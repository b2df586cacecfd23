// What the linter refuses in the player's modules.
const browser = [
  "Blob", "CompressionStream", "DecompressionStream", "ImageData", "MediaRecorder", "Node", "Reflect", "IntersectionObserver", "ResizeObserver", "Response", "TextDecoder", "Worker",
  "HTMLButtonElement", "Option", "URL", "URLSearchParams", "XMLSerializer", "addEventListener", "atob", "cancelAnimationFrame", "btoa", "clearInterval", "clearTimeout", "console", "structuredClone",
  "devicePixelRatio", "document", "getComputedStyle", "history", "innerHeight", "innerWidth", "isFinite",
  "location", "matchMedia", "navigator", "origin", "parent", "performance", "removeEventListener", "requestAnimationFrame", "setInterval", "setTimeout", "window",
];

export default [{
  files: ["**/*.js"],
  ignores: ["formulas.js"], // written by Python
  languageOptions: {
    ecmaVersion: 2022,
    sourceType: "module",
    globals: Object.fromEntries(browser.map((name) => [name, "readonly"])),
  },
  linterOptions: { reportUnusedDisableDirectives: "error" },
  rules: {
    eqeqeq: "error",
    "no-const-assign": "error",
    "no-dupe-keys": "error",
    "no-duplicate-imports": "error",
    "no-fallthrough": "error",
    "no-redeclare": "error",
    "no-self-assign": "error",
    "no-undef": "error",
    "no-unreachable": "error",
    "no-unused-vars": "error",
    "no-use-before-define": ["error", { functions: false, variables: false }],
    "no-var": "error",
    "prefer-const": ["error", { destructuring: "all" }],
  },
}];
