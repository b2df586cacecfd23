/* Drives all films of a reveal.js deck: each starts when its slide appears, one fragment a stop. */
(() => {
  if (window.warpvizDeck) return;
  window.warpvizDeck = true;
  const framesOf = (slide) => (slide ? [...slide.querySelectorAll("iframe[data-warpviz]")] : []);
  const tell = (frame, words) => frame.contentWindow.postMessage({ warpviz: words }, "*");
  const stopOf = (slide, without = []) => {
    const shown = [...slide.querySelectorAll(".fragment.visible[data-warpviz-step]")];
    const told = shown.filter((one) => !without.includes(one));
    return Math.max(0, ...told.map((one) => Number(one.dataset.warpvizStep)));
  };
  const always = (frame) => frame.dataset.warpvizPlay === "always";
  const started = new WeakSet();

  /** A film plays from its beginning, or waits there for the first fragment; where one comes back
   * to its slide, it stands at its stop. */
  function start(frame, slide) {
    started.add(frame);
    const stop = stopOf(slide);
    const play = frame.dataset.warpvizPlay !== "no";
    if (stop || !always(frame)) tell(frame, stop ? { step: stop } : { step: 0, play });
  }

  /** On paper each page has its own copy of the film, which stands at the page's fragment. */
  const printed = () => (Reveal.isPrintView || Reveal.isPrintingPDF || (() => false))();
  function stand(frame) {
    tell(frame, { pause: true, step: stopOf(frame.closest("section")) });
  }

  function drive() {
    if (printed()) {
      Reveal.on("pdf-ready", () => document.querySelectorAll("iframe[data-warpviz]").forEach(stand));
      return;
    }
    Reveal.on("slidechanged", ({ previousSlide, currentSlide }) => {
      for (const frame of framesOf(previousSlide)) {
        started.delete(frame);
        if (!always(frame)) tell(frame, { pause: true });
      }
      for (const frame of framesOf(currentSlide)) start(frame, currentSlide);
    });
    Reveal.on("fragmentshown", (event) => step(event, true));
    Reveal.on("fragmenthidden", (event) => step(event, false));
  }

  /** A click plays from the stop before it, wherever the film is; the slide's other fragments leave
   * it alone. */
  function step({ fragments }, on) {
    if (!fragments.some((one) => one.dataset.warpvizStep)) return;
    const slide = Reveal.getCurrentSlide();
    const stop = stopOf(slide);
    const words = on ? { playTo: stop, from: stopOf(slide, fragments) } : { step: stop };
    for (const frame of framesOf(slide)) tell(frame, words);
  }

  addEventListener("message", ({ data, source }) => {
    const said = data && data.warpviz;
    if (!said || !window.Reveal || !Reveal.isReady()) return;
    if (printed()) {
      // A copy tells that it is there when it is loaded; what it is told then, it tells again.
      const frame = [...document.querySelectorAll("iframe[data-warpviz]")].find((one) => one.contentWindow === source);
      if (frame && said.step !== stopOf(frame.closest("section"))) stand(frame);
      return;
    }
    if (said.key) press(said.key);
    // A film that was loaded after its slide appeared starts now.
    const slide = Reveal.getCurrentSlide();
    const frame = framesOf(slide).find((one) => one.contentWindow === source);
    if (frame && !started.has(frame)) start(frame, slide);
  });

  /** Keys that were pressed inside a film belong to the deck. */
  function press(key) {
    window.focus();
    if (["ArrowLeft", "ArrowUp", "PageUp"].includes(key)) Reveal.prev();
    else if (["ArrowRight", "ArrowDown", "PageDown"].includes(key)) Reveal.next();
    else if (key === "Escape" || key === "o") Reveal.toggleOverview();
    else if (key === "b" || key === ".") Reveal.togglePause();
  }

  const wait = () => {
    if (window.Reveal && Reveal.isReady && Reveal.isReady()) {
      drive();
      for (const frame of document.querySelectorAll("iframe[data-warpviz]")) tell(frame, { tell: true });
    } else setTimeout(wait, 50);
  };
  wait();
})();
