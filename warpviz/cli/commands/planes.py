"""--plane and --at: a model of many inputs on two of them, the others held."""

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from warpviz.axis import SCALED
from warpviz.cli.console import Console
from warpviz.cli.subjects import data_of
from warpviz.convert.planes import checked_pair, held_at, lattice_of, of_features, on_plane
from warpviz.data import Dataset
from warpviz.errors import WarpvizError
from warpviz.model import StoredModel


@dataclass(frozen=True)
class Plane:
    """What --plane and --at ask for.

    Attributes:
        inputs: two words, numbers counted from 0 or names of columns.
        at: where the other inputs are held, in their own units; None is their mean, or 0.
    """

    inputs: Sequence[str]
    at: Sequence[float] | None


def plane_apart(args: Namespace) -> tuple[Plane | None, Namespace]:
    """The plane that is asked for, and the other flags; with a plane --at is not about stops.

    Raises:
        WarpvizError: --at has no plane to hold inputs for, where it means nothing else.
    """
    if "plane" not in args:
        return None, args
    rest = {name: value for name, value in vars(args).items() if name not in ("plane", "at")}
    return Plane(args.plane, getattr(args, "at", None)), Namespace(**rest)


def seen_on(
    plane: Plane, file: str, model: StoredModel, args: Namespace, console: Console
) -> tuple[StoredModel, Dataset | None]:
    """A model of two inputs, and its data with those alone; what is held is told.

    Args:
        plane: what is asked for.
        file: the model's, for sentences.
        model: of any number of inputs.
        args: the other flags.
        console: is told.
    """
    n = model.chain.widths[0]
    data = data_of(args, {file: model}) if "data" in args or model.data_name else None
    if data is not None and data.x.shape[1] != n:
        raise WarpvizError(
            f"The model takes {n} features, but the data has {data.x.shape[1]}; "
            "give data with as many features as the model's first layer takes."
        )
    names = tuple(data.feature_names) if data is not None else ()
    pair = checked_pair([_number(word, names) for word in plane.inputs], n)
    mean, scale = (model.mean, model.scale) if data is None else (data.mean, data.scale)
    usual = mean if data is None else data.raw.mean(axis=0)
    held = held_at(pair, n, usual if plane.at is None else plane.at)
    others = [k for k in range(n) if k not in pair]
    words = ", ".join(f"{names[k] if names else f'input {k}'} = {held[k]:.4g}" for k in others)
    console.note(f"{file}: {words or 'nothing'} held")
    within = held if mean is None or scale is None else (held - mean) / scale
    chain = on_plane(model.chain, pair, within)
    two = replace(model, chain=chain, mean=_of(mean, pair), scale=_of(scale, pair))
    if data is not None:
        return two, of_features(data, pair)
    return replace(two, data_name=None), None


def points_on(plane: Plane, model: StoredModel, args: Namespace) -> Dataset:
    """Points all over a plane of which there is no data, in the classes that the model sees."""
    points = lattice_of(getattr(args, "limits", SCALED), names_of(plane))
    outputs = model.chain.logits()(points.x)
    seen = outputs.argmax(axis=1)
    if len(np.unique(seen)) < 2:
        return points
    names = model.class_names or [f"y{k}" for k in range(1, outputs.shape[1] + 1)]
    return replace(points, y=seen, class_names=names)


def names_of(plane: Plane) -> tuple[str, ...]:
    """What the axes of a plane are called where no data says it."""
    return tuple(f"input {word}" if word.isdecimal() else word for word in plane.inputs)


def _number(word: str, names: Sequence[str]) -> int:
    if word in names:
        return list(names).index(word)
    if word.isdecimal():
        return int(word)
    known = f"the columns {', '.join(names)}, or " if names else ""
    raise WarpvizError(
        f"--plane expects two of {known}inputs counted from 0, such as 0,1; got '{word}'."
    )


def _of(values: np.ndarray | None, pair: tuple[int, int]) -> np.ndarray | None:
    return None if values is None else values[list(pair)]
