"""A film's own page in a browser, and what tests ask of it."""

from pathlib import Path
from typing import Any

from warpviz.film.reel.animation import Animation


class Opened:
    """The page of a film, opened from disk."""

    def __init__(self, page: Any, film: Animation, folder: Path, words: str = "autoplay=0") -> None:
        """Write the page and open it with words behind the #."""
        self.page, self.film = page, film
        self.file = film.save(folder / "fold.html")[0].path
        self.open(words)

    def open(self, words: str) -> None:
        """Open it anew."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.file.as_uri()}#{words}")
        self.page.wait_for_selector("body[data-ready]")

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
        self.settle()

    def settle(self) -> None:
        """Wait until what was asked for is drawn."""
        self.page.evaluate(
            "() => new Promise((done) => { const look = () => player.sharp || player.playing"
            " ? done() : requestAnimationFrame(look);"
            " requestAnimationFrame(() => requestAnimationFrame(look)); })"
        )

    def get(self, expression: str) -> Any:
        """What an expression in `player` comes to."""
        return self.page.evaluate(f"() => {expression}")

    @property
    def step(self) -> float:
        """Where the film is, in stops."""
        return float(self.get("player.step()"))

    @property
    def playing(self) -> bool:
        """Whether it plays."""
        return bool(self.get("player.playing"))

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Film pixels to pixels of the window."""
        box = self.page.locator("#picture").bounding_box()
        ratio = box["width"] / self.film.size[0]
        return box["x"] + x * ratio, box["y"] + y * ratio
