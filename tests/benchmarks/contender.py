"""One contender in a process of its own: `python -m tests.benchmarks.contender NAME FOLDER JSON`.

Prints a line of JSON: how much was done, the seconds that the work took after the imports, and
those of all processors together.
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
def matplotlib_comparison(folder: Path, steps: int) -> Callable[[], int]:
    from tests.benchmarks.with_matplotlib import cloth

    return lambda: cloth(folder, steps=steps, panels=3)


@_contender
def our_comparison(folder: Path, steps: int) -> Callable[[], int]:
    from tests.benchmarks.subjects import comparison_film, stored_chain

    def work() -> int:
        film = comparison_film(stored_chain(folder, "cloth"), steps=steps)
        return film.save(folder / "ours_comparison.gif")[0].frames

    return work


@_contender
def our_video(folder: Path, steps: int, write: bool = True) -> Callable[[], int]:
    """A video of 1920×1080 at 60 frames a second; or its pictures, drawn and not written."""
    from tests.benchmarks.subjects import stored_chain, video_film

    def work() -> int:
        film = video_film(stored_chain(folder, "cloth"), steps=steps)
        if write:
            return film.save(folder / "ours.mp4")[0].frames
        return sum(1 for _ in film.shots())

    return work


@_contender
def our_largest(folder: Path, steps: int) -> Callable[[], int]:
    """The classic film of 100,000 dots at 3840×2160."""
    from tests.benchmarks.subjects import largest_film, stored_chain

    def work() -> int:
        film = largest_film(stored_chain(folder, "classic"), steps=steps)
        return film.save(folder / "ours_largest.gif")[0].frames

    return work


@_contender
def regioncam_regions(folder: Path, width: int, times: int) -> Callable[[], int]:
    import numpy as np
    import regioncam  # type: ignore[import-untyped, unused-ignore]

    from tests.benchmarks.subjects import REACH, deep_chain

    numbers = [each.astype(np.float32) for each in deep_chain(width).parameters()]
    layers = [(w.T, b) for w, b in zip(numbers[::2], numbers[1::2], strict=True)]

    def work() -> int:
        faces = 0
        for _ in range(times):
            cut = regioncam.Regioncam(size=REACH)
            for weight, bias in layers[:-1]:
                cut.linear(weight, bias)
                cut.relu()
            faces += cut.num_faces
        return faces

    return work


@_contender
def our_regions(folder: Path, width: int, times: int) -> Callable[[], int]:
    from tests.benchmarks.subjects import REACH, deep_chain
    from warpviz.geometry.straight.regions import linear_regions

    chain = deep_chain(width)

    def work() -> int:
        found = 0
        for _ in range(times):
            regions = linear_regions(chain, (-REACH, REACH, -REACH, REACH))
            assert regions is not None
            found += regions.n_regions
        return found

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
    begin, so_far = time.perf_counter(), time.process_time()
    amount = work()
    told = {"amount": amount, "seconds": time.perf_counter() - begin}
    print(json.dumps(told | {"processors": time.process_time() - so_far}))


if __name__ == "__main__":
    main(sys.argv[1:])
