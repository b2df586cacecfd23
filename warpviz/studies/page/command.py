"""The command that makes a study again."""

import re

from warpviz.studies.grid import Grid


def command_of(grid: Grid) -> str:
    """The command that makes the same study.

    >>> command_of(Grid(layers=((2, 2),), seeds=tuple(range(10)), activation=("relu", "sin")))
    'warpviz study --activation relu,sin --layers 2,2 --seeds 0:10'
    """
    words = ["warpviz study"]
    usual = Grid()
    for name in (
        "data",
        "activation",
        "layers",
        "seeds",
        "optimizer",
        "learning_rate",
        "epochs",
        "penalty",
        "evenness",
        "times",
        "measure",
        "points",
        "holdout",
        "seed",
    ):
        value = getattr(grid, name)
        if value == getattr(usual, name) and name not in ("activation", "layers", "seeds"):
            continue
        flag = f"--{name.replace('_', '-')}"
        if name == "layers":
            words += [f"{flag} {','.join(map(str, widths))}" for widths in value]
        elif name == "seeds" and value == tuple(range(value[0], value[-1] + 1)):
            words.append(f"{flag} {value[0]}:{value[-1] + 1}")
        else:
            text = ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
            words.append(f'{flag} "{text}"' if re.search(r"[^\w.,:-]", text) else f"{flag} {text}")
    return " ".join(words)  # fmt: skip
