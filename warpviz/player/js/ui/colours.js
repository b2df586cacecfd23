/* The page's colours are the film's. */

/** @import { Player } from "./player.js" */

/** The next of the film's themes.
 * @param {Player} player
 */
export function otherTheme({ film, theme, setTheme }) {
  setTheme(film.themes[(film.themes.indexOf(theme) + 1) % film.themes.length]);
}

/** The page takes the film's colours.
 * @param {Player} player
 */
export function dress(player) {
  let worn = "";
  player.listen(({ film, theme }) => {
    if (worn === theme) return;
    worn = theme;
    const { background, text, muted, classes } = film.colours(theme);
    const light = luminance(background) > 0.5;
    const root = document.documentElement;
    root.dataset.theme = theme;
    root.style.colorScheme = light ? "light" : "dark";
    const panel = `color-mix(in srgb, ${background} 93%, ${text})`;
    const line = `color-mix(in srgb, ${background} 72%, ${text})`;
    const set = { ground: background, text, muted, panel, line, accent: classes[0] };
    for (const [name, colour] of Object.entries(set)) root.style.setProperty(`--${name}`, colour);
  });
}

/** How light a colour is, 0 … 1, from its css.
 * @param {string} css
 */
function luminance(css) {
  const [r, g, b] = (css.match(/[\d.]+/g) || []).map(Number);
  return (0.299 * r + 0.587 * g + 0.114 * b) / 255;
}
