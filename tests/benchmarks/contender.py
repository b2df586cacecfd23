"""One contender in a process of its own: `python -m tests.benchmarks.contender NAME FOLDER JSON`.

Prints a line of JSON: how much was done and the seconds that the work took after the imports.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

CONTENDERS: dict[str, Callable[..., Callable[[], int]]] = {}
"""Each imports what it needs and returns the work, which returns how many frames or epochs."""


def _contender(make: Callable[..., Callable[[], int]]) -> Callable[..., Callable[[], int]]:
    CONTENDERS[make.__name__] = make
    return make


@_contender
def matplotlib_classic(folder: Path, rounds: int, writer: str) -> Callable[[], int]:
    from tests.benchmarks.with_matplotlib import classic

    return lambda: classic(folder, rounds=rounds, writer=writer)


@_contender
def matplotlib_cloth(folder: Path, steps: int) -> Callable[[], int]:
    from tests.benchmarks.with_matplotlib import cloth

    return lambda: cloth(folder, steps=steps)


@_contender
def our_classic(
    folder: Path, rounds: int = 6, steps: int = 0, times: int = 1, zoom: int = 1
) -> Callable[[], int]:
    from tests.benchmarks.subjects import classic_film_of, stored_chain

    def work() -> int:
        chain = stored_chain(folder, "classic")
        film = classic_film_of(chain, rounds=rounds, steps=steps, times=times, zoom=zoom)
        return film.save(folder / "ours_classic.gif")[0].frames

    return work


@_contender
def our_cloth(folder: Path, steps: int, zoom: int = 1) -> Callable[[], int]:
    from tests.benchmarks.subjects import cloth_film, stored_chain

    def work() -> int:
        film = cloth_film(stored_chain(folder, "cloth"), steps=steps, zoom=zoom)
        return film.save(folder / "ours_cloth.gif")[0].frames

    return work


@_contender
def our_training(folder: Path, epochs: int) -> Callable[[], int]:
    from tests.benchmarks.subjects import training_recipe, training_start
    from warpviz.training.loop import finish, training_steps

    def work() -> int:
        finish(training_steps(*training_start(), training_recipe(epochs)))
        return epochs

    return work


@_contender
def plain_training(folder: Path, epochs: int) -> Callable[[], int]:
    from tests.benchmarks.subjects import training_start
    from tests.training.plain_training import descend

    chain, data = training_start()
    parameters = chain.parameters()

    def work() -> int:
        weights, biases = list(parameters[0::2]), list(parameters[1::2])
        descend(weights, biases, "tanh", data.x, data.y, epochs=epochs)
        return epochs

    return work


def main(arguments: list[str]) -> None:
    """Run the named contender and tell."""
    name, folder, options = arguments
    work = CONTENDERS[name](Path(folder), **json.loads(options))
    begin = time.perf_counter()
    amount = work()
    print(json.dumps({"amount": amount, "seconds": time.perf_counter() - begin}))


if __name__ == "__main__":
    main(sys.argv[1:])
