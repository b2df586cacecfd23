"""A model's states, whatever it is made of: two runs tell which layers there are to see."""

import difflib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

from warpviz.arrays import Floats
from warpviz.convert import LIBRARIES, origins_of
from warpviz.convert.watched.runs import Array, Given, Runs
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain

HOMES = {
    "keras": "warpviz.convert.watched.of_keras",
    "torch": "warpviz.convert.watched.of_torch",
}
"""Who watches the models of a library."""
FUNCTIONS = "warpviz.convert.watched.of_callable"
AT_ONCE = 2**22
"""About how many numbers one run may give: many points go through in parts."""
OUTPUT = "output"
NAMED = 12
"""Layers that a sentence lists."""


@dataclass(frozen=True, eq=False)
class Watched:
    """A model that tells its states.

    Attributes:
        runs: the model.
        shape: of one point as the model takes it.
        seen: K pairs: a layer's name and which of its calls.
        axes: which axis counts the points, by name; of the model itself under "".
        names: K captions.
    """

    runs: Runs
    shape: tuple[int, ...]
    seen: tuple[tuple[str, int], ...]
    axes: dict[str, int]
    names: tuple[str, ...]

    def parts(self, x: Floats, width: int) -> list[Floats]:
        """Points (N, n), so many at once that their states of so many numbers have room."""
        size = int(np.clip(AT_ONCE // max(width, 1), 16, 4096))
        return [x[i : i + size] for i in range(0, len(x), size)]

    def states(self, x: Floats) -> tuple[list[Floats], Floats]:
        """K states (N, D_k) of points (N, n), and the model's output (N, C), in one run."""
        wanted = frozenset(name for name, _ in self.seen if name)
        given = _run(self.runs, x.reshape(len(x), *self.shape), wanted)
        found = {key: one for one, key in zip(given, _keys(given), strict=True)}
        flat = {key: _flat(one, self.axes[one.layer], len(x)) for key, one in found.items()}
        for (name, _), state in flat.items():
            if not np.isfinite(state).all():
                raise WarpvizError(
                    f"{self.runs.model} gives NaN or infinity at {repr(name) if name else OUTPUT}; "
                    "train it with a smaller learning rate, or film what comes before."
                )
        return [flat[key] for key in self.seen], flat["", 0]


def watch(model: Any, layers: Sequence[str], points: Array) -> Watched:
    """A model whose layers are watched.

    Args:
        model: a module of PyTorch, a model of Keras, or a function of points.
        layers: names of layers, in the order in which they are shown; of none all layers that
            have no others inside, and what gives more than those inside it, in the order in which
            they run.
        points: (N, …) as the model takes them.

    Raises:
        WarpvizError: for a layer that there is not or that does not run, or a model that does not
            take the points.
    """
    few, more = points[[0, 1]], points[[0, 1, 1]]
    runs = _runs_of(model, few)
    names = [layers] if isinstance(layers, str) else [*map(str, layers)]
    for name in names:
        if name not in runs.layers:
            raise _no_layer(name, runs)
    wanted = frozenset(names) if names else None
    first, second = (_run(runs, some, wanted) for some in (few, more))
    axes: dict[str, int] = {}
    for one, other in zip(first, second, strict=True):
        sides = zip(one.value.shape, other.value.shape, strict=False)
        counts = [k for k, side in enumerate(sides) if side == (2, 3)]
        if counts:
            axes.setdefault(one.layer, counts[0])
    if "" not in axes:
        raise WarpvizError(
            f"{runs.model} gives the same for 2 points as for 3; animate expects a model that takes"
            " points (N, …) and gives something for each."
        )
    for name in names:
        if name not in axes:
            raise WarpvizError(
                f"Layer '{name}' of {runs.model} gives nothing for each point in a forward pass; "
                f"layers that do: {_some([one for one in axes if one])}."
            )
    keys = [key for key, one in zip(_keys(first), first, strict=True) if one.layer in axes]
    seen = _told_by_name(names, keys) if names else _told_by_run(first, axes)
    calls = Counter(name for name, _ in keys)
    captions = tuple(
        (name or OUTPUT)
        + ("" if names else _kind_of(name, runs))
        + (f" ({call + 1} of {calls[name]})" if calls[name] > 1 else "")
        for name, call in seen
    )
    return Watched(runs, points.shape[1:], seen, axes, captions)


def _kind_of(name: str, runs: Runs) -> str:
    """What a layer is, where its name is a number, as in "0 · Conv2d"."""
    number = name.rpartition(".")[2].isdigit()
    return f" · {runs.kinds[name]}" if number and name in runs.kinds else ""


def _runs_of(model: Any, few: Array) -> Runs:
    origins = origins_of(model)
    home = next((HOMES[library] for library in HOMES if library in origins), FUNCTIONS)
    foreign = isinstance(model, Chain) or bool(origins & {*LIBRARIES}) or not callable(model)
    if home == FUNCTIONS and foreign:
        raise WarpvizError(
            "animate expects layers of a PyTorch module, a Keras model or a function of points, "
            f"got {type(model).__name__}; a Chain and what to_chain takes is filmed without them."
        )
    try:
        runs: Runs = import_module(home).runs_of(model, few)
    except WarpvizError:
        raise
    except Exception as error:  # the model's own code runs: anything may come
        name = getattr(model, "__name__", type(model).__name__)
        raise _not_run(name, few, error) from error
    return runs


def _run(runs: Runs, points: Array, wanted: frozenset[str] | None) -> list[Given]:
    try:
        return runs.run(points, wanted)
    except WarpvizError:
        raise
    except Exception as error:  # the model's own code runs: anything may come
        raise _not_run(runs.model, points, error) from error


def _not_run(model: str, points: Array, error: Exception) -> WarpvizError:
    first = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
    return WarpvizError(
        f"{model} cannot be run on points of shape {points.shape} ({first}); give x (N, …) as the "
        "model takes many points at once."
    )


def _no_layer(name: str, runs: Runs) -> WarpvizError:
    near = difflib.get_close_matches(name, runs.layers, n=1, cutoff=0.4)
    hint = f"did you mean '{near[0]}'? Its" if near else "its"
    return WarpvizError(
        f"{runs.model} has no layer '{name}'; {hint} layers are {_some(runs.layers)}."
    )


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _keys(given: Sequence[Given]) -> list[tuple[str, int]]:
    """Each layer with the number of its call."""
    calls: Counter[str] = Counter()
    found = []
    for one in given:
        found.append((one.layer, calls[one.layer]))
        calls[one.layer] += 1
    return found


def _told_by_name(
    names: Sequence[str], keys: Sequence[tuple[str, int]]
) -> tuple[tuple[str, int], ...]:
    return tuple(key for name in names for key in keys if key[0] == name)


def _told_by_run(given: Sequence[Given], axes: dict[str, int]) -> tuple[tuple[str, int], ...]:
    """Leaves, and what gives more than any layer before it, as x + f(x) does."""
    found: list[tuple[str, int]] = []
    known: list[Array] = []
    for key, one in zip(_keys(given), given, strict=True):
        if one.layer not in axes:
            continue
        if one.leaf or not any(np.array_equal(one.value, value) for value in known):
            found.append(key)
        known.append(one.value)
    return tuple(found)


def _flat(one: Given, axis: int, count: int) -> Floats:
    """What a layer gave, (N, D): each point's numbers in a row."""
    return np.asarray(np.moveaxis(one.value, axis, 0).reshape(count, -1))
