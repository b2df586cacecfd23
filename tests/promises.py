"""What `warpviz render --data NAME --activation NAME` promises, tried from many seeds.

python -m tests.promises                             all that is promised: some minutes
python -m tests.promises spirals --activations relu,tanh --seeds 0:3

Prints a line for each data set and activation: how many seeds reach 99 %, the least accuracy,
and that of every seed. Ends with 1 where a promise is broken. Goes through the command line's own
defaults: its data, its layers, its recipe.
"""

import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from warpviz.cli.console import Console
from warpviz.cli.subjects import data_of, fit_of, one_untrained, recipe_of
from warpviz.data import DATASETS

LEARNT = 0.99
SEEDS = range(10)
SHORT = {("checkerboard", "sigmoid"), ("checkerboard", "softplus")}
"""Not promised: some seeds want more than the usual 300 epochs, and are told so."""
CAN = (
    "relu",
    "leaky_relu",
    "tanh",
    "sigmoid",
    "gelu",
    "gelu_tanh",
    "sin",
    "silu",
    "elu",
    "softplus",
)
"""What is promised for every data set. Of the others some cannot (identity, step), and all say how
much they have learnt."""


@dataclass(frozen=True)
class Row:
    """How a data set is learnt with an activation: the accuracy from every seed, and the time."""

    data: str
    activation: str
    shares: tuple[float, ...]
    seconds: float

    @property
    def learnt(self) -> int:
        """How many seeds reach the promise."""
        return sum(share >= LEARNT for share in self.shares)

    @property
    def kept(self) -> bool:
        """Whether all do, where that is promised."""
        return self.learnt == len(self.shares) or (self.data, self.activation) in SHORT

    def __str__(self) -> str:
        each = " ".join(f"{100 * share:.1f}" for share in self.shares)
        return (
            f"{self.data:<13} {self.activation:<11} {self.learnt:>2} of {len(self.shares)}  "
            f"least {100 * min(self.shares):5.1f} %  {self.seconds:5.2f} s  {each}"
        )


def share_of(name: str, activation: str, seed: int) -> float:
    """Accuracy that the default command reaches."""
    args = Namespace(data=name, activation=activation, seed=seed)
    data = data_of(args, {})
    subject = one_untrained(args, data, recipe_of(args, data))
    return fit_of(subject, data, Console(quiet=True))[1]


def rows(names: Sequence[str], activations: Sequence[str], seeds: Sequence[int]) -> Iterator[Row]:
    """Try every combination."""
    for name in names:
        for activation in activations:
            start = time.perf_counter()
            shares = tuple(share_of(name, activation, seed) for seed in seeds)
            seconds = (time.perf_counter() - start) / len(shares)
            yield Row(name, activation, shares, seconds)


def main() -> int:
    """Print the table."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", nargs="*", default=list(DATASETS))
    parser.add_argument("--activations", default=",".join(CAN))
    parser.add_argument("--seeds", default=f"{SEEDS.start}:{SEEDS.stop}", metavar="FROM:TO")
    args = parser.parse_args()
    first, last = map(int, args.seeds.split(":"))
    broken = 0
    for row in rows(args.data, args.activations.split(","), range(first, last)):
        print(row, flush=True)
        broken += not row.kept
    print(f"{broken} promises broken" if broken else "all promises kept")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
