/* Drives the film of a slide of Marp: it starts when its slide appears, one click a stop. */
(() => {
  const own = document.currentScript.previousElementSibling;
  const frame = own.querySelector("iframe");
  const marks = [...own.querySelectorAll("[data-marpit-fragment]")];
  const play = frame.dataset.warpvizPlay;
  const tell = (words) => frame.contentWindow.postMessage({ warpviz: words }, "*");
  const stopOf = () => marks.filter((mark) => mark.dataset.bespokeMarpFragment === "active").length;
  let there = false;
  let shown = false;
  let stop = 0;
  /* Where one comes back to the slide, the film stands at its stop. */
  const start = () => {
    if (stop) tell({ step: stop });
    else if (play !== "always") tell({ step: 0, play: play !== "no" });
  };
  const look = () => {
    const [before, at] = [shown, stop];
    shown = Boolean(own.closest(".bespoke-marp-active"));
    stop = stopOf();
    if (!there || (shown === before && stop === at)) return;
    if (shown && !before) start();
    else if (shown) tell(stop > at ? { playTo: stop, from: at } : { step: stop });
    else if (play !== "always") tell({ pause: true });
  };
  const seen = { subtree: true, attributeFilter: ["class", "data-bespoke-marp-fragment"] };
  new MutationObserver(look).observe(document.documentElement, seen);
  addEventListener("message", ({ data, source }) => {
    if (!data?.warpviz || source !== frame.contentWindow) return;
    const { key } = data.warpviz;
    if (key) {
      window.focus();
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    } else if (!there) {
      there = true;
      shown = false;
      look();
    }
  });
})();
