"""The film that was first asked for, by its own recipe: relu."""

from typing import Any

import warpviz as wv
from warpviz.film.classic import classic_film
from warpviz.training import classic_chain


def make(rounds: int = 6, **look: Any) -> wv.Animation:
    """Points and colours are the recipe's; of `look` it takes size, fps, loop and jobs."""
    taken = {name: look[name] for name in ("size", "fps", "loop", "jobs") if name in look}
    return classic_film(classic_chain("relu"), rounds=rounds, **taken)


if __name__ == "__main__":
    make().save("classic_relu.gif")
