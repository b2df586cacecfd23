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
        elif name == "seeds":
            words.append(f"{flag} {seeds_in_words(value)}")
        else:
            text = ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
            words.append(f'{flag} "{text}"' if re.search(r"[^\w.,:-]", text) else f"{flag} {text}")
    return " ".join(words)  # fmt: skip


def seeds_in_words(seeds: tuple[int, ...]) -> str:
    """Seeds as `--seeds` takes them.

    >>> seeds_in_words((3, 4, 5)), seeds_in_words((1, 5))
    ('3:6', '1,5')
    """
    if seeds == tuple(range(seeds[0], seeds[-1] + 1)):
        return f"{seeds[0]}:{seeds[-1] + 1}"
    return ",".join(map(str, seeds))
