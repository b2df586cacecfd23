/* On paper the film is a strip: a picture of every stop with its name, on white. */

const PRINT_SCALE = 2;

function printing({ film, show }) {
  const strip = element("strip");
  const theme = film.themes.includes("light") ? "light" : film.theme;
  const prepare = () => {
    if (strip.childElementCount) return;
    const head = document.createElement("h2");
    head.textContent = document.title;
    strip.append(head);
    const parts = new Set([...show].filter((part) => part !== "track" && part !== "caption"));
    film.stops.forEach((stop, i) => {
      const picture = document.createElement("canvas");
      picture.width = film.size[0] * PRINT_SCALE;
      picture.height = film.size[1] * PRINT_SCALE;
      const { k, t } = film.clock.at(film.clock.stop(i));
      film.paint(picture.getContext("2d"), { k, t, scale: PRINT_SCALE, theme, show: parts });
      const figure = document.createElement("figure");
      const caption = document.createElement("figcaption");
      caption.textContent = `${i} · ${stop}`;
      figure.append(picture, caption);
      strip.append(figure);
    });
  };
  addEventListener("beforeprint", prepare);
  addEventListener("afterprint", () => strip.replaceChildren());
  matchMedia("print").addEventListener("change", ({ matches }) => matches && prepare());
}
