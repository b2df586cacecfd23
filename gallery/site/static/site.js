/* Players are loaded when they are seen, in the page's theme, which they follow. */
(() => {
  const films = [...document.querySelectorAll("iframe[data-film]")];
  const theme = () => {
    const chosen = document.body.dataset.theme;
    return chosen === "light" || chosen === "dark" ? chosen : "auto";
  };
  const tell = (frame) => frame.contentWindow?.postMessage({ warpviz: { theme: theme() } }, "*");
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        seen.unobserve(target);
        target.src = `${target.dataset.film}#theme=${theme()}`;
      }
    },
    { threshold: 0.1 },
  );
  for (const frame of films) {
    frame.addEventListener("load", () => frame.getAttribute("src") && frame.previousElementSibling?.remove());
    if (!frame.getAttribute("src")) seen.observe(frame);
    else if (theme() !== "auto") frame.addEventListener("load", () => tell(frame));
  }
  new MutationObserver(() => films.filter((frame) => frame.getAttribute("src")).forEach(tell)).observe(
    document.body,
    { attributeFilter: ["data-theme"] },
  );
})();
