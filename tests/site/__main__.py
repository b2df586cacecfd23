"""`python -m tests.site`: Chromium looks at the built site as its readers do.

python -m gallery.site                     builds it; then
python -m tests.site [HTML] [--pictures DIR]

opens ten pages from the disk, without a network, on a desktop and on a phone, in the dark and in
the light: axe-core finds nothing, nothing is wider than the window, no script complains; the first
page's player moves, others are loaded when they are seen, follow the theme, and the search finds.
Tells what was seen, and ends with 1 and a sentence for each fault.
"""

import argparse
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, sync_playwright

PLACE = Path(__file__).parents[2] / "build" / "site" / "html"
PAGES = (
    "index", "start/install", "start/first-film", "gallery", "how/films", "how/hosts",
    "meaning/motion", "meaning/folding", "lectures/1-one-layer-by-hand", "reference/python/film",
    "reference/verbs/render", "reference/names",
)  # fmt: skip
WINDOWS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}
SEEN: tuple[tuple[str, Any], ...] = (("desktop", "dark"), ("desktop", "light"), ("phone", "dark"))
"""Which windows are looked through in which theme; pictures are kept of the fourth pair too."""
SOON = 3.0
"""Seconds until the first player must move; on a machine at rest it takes less than one."""


def main() -> int:
    """Look, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.site", description=__doc__)
    parser.add_argument("site", nargs="?", type=Path, default=PLACE, help="the site's html")
    parser.add_argument("--pictures", type=Path, help="keep what was seen here")
    given = parser.parse_args()
    if given.pictures:
        given.pictures.mkdir(parents=True, exist_ok=True)
    faults = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for kind, theme in (*SEEN, *[("phone", "light")] * bool(given.pictures)):
            context = browser.new_context(**WINDOWS[kind], color_scheme=theme)
            for name in PAGES:
                for fault in looked_at(context, given.site, name, kind, theme, given.pictures):
                    faults.append(f"{name}, {kind}, {theme}: {fault}")
            context.close()
        context = browser.new_context(**WINDOWS["desktop"])
        faults += [*moves(context, given.site), *follows(context, given.site)]
        faults += finds(context, given.site)
        browser.close()
    print(*faults, sep="\n", file=sys.stderr)
    print(f"{len(PAGES)} pages, {len(SEEN)} windows each: {len(faults)} faults")
    return bool(faults)


def looked_at(
    context: Any, site: Path, name: str, kind: str, theme: str, pictures: Path | None
) -> Iterator[str]:
    """A sentence for each thing that is wrong with a page in a window."""
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto((site / f"{name}.html").as_uri())
    wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    if wide > 0:
        yield f"{wide} pixels wider than the window"
    for fault in (
        Axe().run(page, options={"preload": False, "iframes": False}).response["violations"]
    ):
        places = "; ".join(each["html"][:160] for each in fault["nodes"][:3])
        yield f"axe: {fault['id']}, {len(fault['nodes'])} times: {places}"
    if pictures:
        page.wait_for_timeout(800)
        page.screenshot(path=pictures / f"{name.replace('/', '-')}-{kind}-{theme}.png")
    yield from told
    page.close()


def film_of(page: Any, place: str = "") -> Any:
    """The frame of a player that is loaded, else None."""
    return next((one for one in page.frames[1:] if place in one.url), None)


def step_of(frame: Any) -> float:
    """Where a player is; 0 where it is not ready."""
    try:
        return float(frame.evaluate("() => globalThis.warpviz?.state()?.step ?? 0"))
    except Error:  # The frame is being filled.
        return 0.0


def moves(context: Any, site: Path) -> Iterator[str]:
    """The first page's player plays at once."""
    page = context.new_page()
    start = time.monotonic()
    page.goto((site / "index.html").as_uri(), wait_until="commit")
    while time.monotonic() - start < 10:
        frame = film_of(page)
        if frame and step_of(frame) > 0:
            break
        page.wait_for_timeout(20)
    took = time.monotonic() - start
    print(f"the first player moves after {took:.2f} s")
    if took > SOON:
        yield f"index: the player moves after {took:.1f} s"
    page.close()


def follows(context: Any, site: Path) -> Iterator[str]:
    """Players are loaded when they are seen, in the theme of the page."""
    page = context.new_page()
    page.goto((site / "gallery.html").as_uri())
    frames = page.locator("iframe[data-film]")
    loaded = page.locator("iframe[data-film][src]").count()
    print(f"gallery: {loaded} of {frames.count()} players are loaded before one scrolls")
    if loaded > 2:
        yield f"gallery: {loaded} players are loaded before they are seen"
    page.evaluate("() => { document.body.dataset.theme = 'light'; }")
    last = frames.nth(10)  # Classic films have colours of their own.
    place = last.get_attribute("data-film")
    last.scroll_into_view_if_needed()
    page.wait_for_selector(f"iframe[data-film='{place}'][src]")
    try:
        frame = film_of(page, place)
        frame.wait_for_function(
            "() => globalThis.warpviz?.state()?.theme === 'light'", timeout=8000
        )
        page.evaluate("() => { document.body.dataset.theme = 'dark'; }")
        frame.wait_for_function("() => warpviz.state()?.theme === 'dark'", timeout=8000)
    except Exception as error:
        yield f"gallery: the player {place} does not follow the theme: {error}"
    page.close()


def finds(context: Any, site: Path) -> Iterator[str]:
    """The search works from the disk."""
    page = context.new_page()
    for word in ("polar", "animate_training", "--turntable"):
        page.goto((site / "search.html").as_uri() + f"?q={word}")
        try:
            page.wait_for_selector("#search-results li a", timeout=8000)
        except Exception:
            yield f"search: nothing is found for {word}"
        else:
            links = page.locator("#search-results li a")
            print(f"search {word}: {links.count()} pages, first {links.first.inner_text()}")
    page.close()


if __name__ == "__main__":
    sys.exit(main())
