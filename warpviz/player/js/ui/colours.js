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
    const { background, text, muted, classes, scheme } = film.colours(theme);
    const root = document.documentElement;
    root.dataset.theme = theme;
    root.style.colorScheme = scheme;
    const set = { ground: background, text, muted, accent: classes[0] };
    for (const [name, colour] of Object.entries(set)) root.style.setProperty(`--${name}`, colour);
  });
}
