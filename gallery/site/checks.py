"""What holds for every page that was built: links lead somewhere, and nothing is heavy."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

MOST = 2_000_000
"""Bytes of a page, with its styles, scripts and pictures, before a player is loaded."""


class Seen(HTMLParser):
    """What a page names and refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.parts: set[str] = set()
        self.players: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what leads elsewhere."""
        own = {name: value or "" for name, value in attrs}
        self.ids |= {own[name] for name in ("id", "name") if name in own}
        if tag == "iframe" and "data-film" in own:
            self.players.append(own["data-film"])
        elif tag == "a" and "href" in own:
            self.links.append(own["href"])
        elif tag in ("img", "script", "source", "iframe") and "src" in own:
            self.parts.add(own["src"])
        elif tag == "link" and own.get("rel") in ("stylesheet", "icon", "alternate"):
            self.parts.add(own["href"])


def read(site: Path) -> dict[Path, Seen]:
    """Every page of the site; players are none."""
    pages = {}
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if 'content="warpviz' not in text[:2000]:
            pages[path] = Seen()
            pages[path].feed(text)
    return pages


def faults(site: Path) -> Iterator[str]:
    """A sentence for each link that leads nowhere and each page that is heavy."""
    pages = read(site)
    for path, seen in pages.items():
        name = path.relative_to(site)
        for link in [*seen.links, *seen.parts, *seen.players]:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                if link in seen.parts:
                    yield f"{name} asks {link} of the network."
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file():
                yield f"{name} leads to {link}, which is not there."
            elif parts.fragment and not there(parts.fragment, pages.get(target)):
                yield f"{name} leads to {link}; there is no such place on that page."
        files = {(path.parent / unquote(urlsplit(part).path)).resolve() for part in seen.parts}
        weight = sum(one.stat().st_size for one in {path, *files} if one.is_file())
        if weight > MOST:
            yield f"{name} weighs {weight / 1e6:.1f} MB, more than {MOST / 1e6:g}."


def there(place: str, page: Seen | None) -> bool:
    """Whether a page has a place; of what is no page of ours nobody knows."""
    return page is None or unquote(place) in page.ids


def external(site: Path, without: str) -> Iterator[str]:
    """A sentence for each address of the network that gives no page; `without` is left out."""
    links = {link for seen in read(site).values() for link in seen.links}
    for link in sorted({link.partition("#")[0] for link in links if link.startswith("http")}):
        if link.startswith(without) or re.search(r"colab\.research|mybinder\.org", link):
            continue
        try:
            with urlopen(Request(link, headers={"User-Agent": "Mozilla/5.0"}), timeout=20) as page:
                print(page.status, link, flush=True)
        except OSError as error:
            yield f"{link}: {error}"
