"""A laboratory in a real Chromium, as tests take hold of it."""

from typing import Any

import warpviz as wv

CHAIN = wv.mlp([2, 3, 2], "tanh", seed=1)
DATA = wv.load_data("moons", n=60, seed=0)
SETTLE = (
    "() => new Promise((done) => { const look = () => player.sharp ? done() : setTimeout(look, 20);"
    " setTimeout(look, 150); })"
)
CELL = "[aria-label='weight of layer 1, unit {}, input {}']"


class Laboratory:
    """A laboratory's page, opened anew for each test."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address
        self.trouble: list[str] = []
        page.on("console", lambda told: self.trouble.append(told.text))
        page.on("pageerror", lambda error: self.trouble.append(str(error)))

    def open(self, words: str = "theme=dark") -> None:
        """Open it with words behind the #."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.address}#{words}")
        self.page.wait_for_selector("body[data-ready]")

    def get(self, expression: str) -> Any:
        """What an expression comes to."""
        return self.page.evaluate(f"() => {expression}")

    def until(self, expression: str) -> None:
        """Wait until an expression is true; the page's policy lets nothing poll in it."""
        for _ in range(400):
            if self.get(expression):
                return
            self.page.wait_for_timeout(25)
        raise AssertionError(expression)

    def settle(self) -> None:
        """Wait until the exact sheet is drawn."""
        self.page.evaluate(SETTLE)

    @property
    def chain(self) -> list[dict[str, Any]]:
        """The layers that are taken hold of."""
        return list(self.get("warpviz.lab.chain()"))
