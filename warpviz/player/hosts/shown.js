/* Tells players in frames of another origin whether they are hidden, as in a deck's next slide. */
window.warpvizShown ||= (() => {
  const shown = new Map();
  const look = (frame, anew) => {
    const now = frame.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
    if (now === shown.get(frame) && !(anew && !now)) return;
    shown.set(frame, now);
    frame.contentWindow?.postMessage({ warpviz: { shown: now } }, "*");
  };
  addEventListener("message", ({ data, source }) => {
    if (!data?.warpviz) return;
    for (const frame of document.querySelectorAll("iframe")) if (frame.contentWindow === source) look(frame, true);
  });
  return setInterval(() => shown.forEach((_, frame) => look(frame)), 200);
})();
