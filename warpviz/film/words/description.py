"""A film in words, for those who cannot see it: model, data, and what each act does."""

from collections.abc import Mapping, Sequence

import numpy as np

from warpviz.data.dataset import Dataset
from warpviz.film.play import Act, Play
from warpviz.geometry.curve import kinks
from warpviz.geometry.folds import pre_activation
from warpviz.geometry.sheet import Sheet
from warpviz.geometry.tears import tears_sheet
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.binary import adds_zero
from warpviz.model.chain import Chain, outline
from warpviz.model.layers import Dense, Softmax, steps_of
from warpviz.model.residual import Residual


def described(plays: Mapping[str, Play], sheets: Sequence[Sheet], data: Dataset) -> str:
    """What a film shows, in words.

    Args:
        plays: title → what is played; the title of a film of one panel is "".
        sheets: of each play: no fold is told that its sheet does not have.
        data: the dots.
    """
    on = "a line" if data.x.shape[1] == 1 else "a sheet of graph paper"
    text = f"{_points(data)} lie on {on}, and {_networks(plays)} moves both, act by act."
    for (title, play), sheet in zip(plays.items(), sheets, strict=True):
        if title:
            text += f" {title}."
        for number, act in enumerate(play.acts, start=1):
            text += f" Act {number}: {_does(play, act, sheet)}."
    return text


def of_points(data: Dataset, names: Sequence[str], through: str, sheet: bool = False) -> str:
    """A film of states in words.

    Args:
        data: the dots.
        names: of the states.
        through: what the dots go through.
        sheet: whether they carry a sheet along.
    """
    both = "lie on a sheet of graph paper, and both" if sheet else ""
    return f"{_points(data)} {both or 'are seen as they'} go through {through}: {', '.join(names)}."


def _points(data: Dataset) -> str:
    """The dots, in words."""
    name = f"{data.name}: " if data.name else ""
    kinds = f"of {data.n_classes} classes ({', '.join(data.class_names)})"
    if not data.labelled:
        kinds = "without labels"
    if data.targets is not None:
        kinds = f"with a number each ({data.class_names[0]} to {data.class_names[-1]})"
    return f"{name}{len(data)} points {kinds}"


def _networks(plays: Mapping[str, Play]) -> str:
    widths = {"-".join(map(str, play.chain.widths[:1] + _dense(play))) for play in plays.values()}
    one = f"a neural network of widths {' or '.join(sorted(widths))}"
    return one if len(plays) == 1 else f"each of {len(plays)} panels shows how {one}"


def _dense(play: Play) -> tuple[int, ...]:
    return tuple(layer.n_out for layer in steps_of(play.chain) if isinstance(layer, Dense))


def _does(play: Play, act: Act, sheet: Sheet) -> str:
    layer = play.chain[act.layer]
    if act.unit >= 0:
        return f"{_words(play, act, sheet)}, unit {act.unit + 1} alone"
    words = _words(play, act, sheet)
    if play.stops[play.acts.index(act) + 1] != "logits":
        return words
    words += "; these are the logits"
    if isinstance(layer, Dense) and adds_zero(layer):
        words += ", the first of them 0 throughout, which is added to the model's one output"
    if any(line.kind == "boundary" for line in sheet.lines):
        one = layer.n_out == 2 if isinstance(layer, Dense) else False
        torn = tears_sheet(play.chain)
        words += ", and the line between the classes is straight" * (one and not torn)
    return words


def _words(play: Play, act: Act, sheet: Sheet) -> str:
    layer = play.chain[act.layer]
    if isinstance(layer, Softmax):
        what = "logarithms of probabilities" if layer.log else "probabilities"
        return f"softmax turns scores into {what}"
    if isinstance(layer, Residual):
        lines = any(line.kind == "crease" and line.layer == act.layer for line in sheet.lines)
        along = ", and the sheet bends along the creases of f" if lines else ""
        network = outline(_inner(layer))
        return f"every point x moves straight to x + f(x), f being a network {network}{along}"
    if not isinstance(layer, Dense):
        return f"{_spelled(layer.name)} {_bends(play, act, sheet)}"
    affine = (
        f"an affine map from {layer.n_in} to {layer.n_out} dimensions turns, stretches and shifts "
        f"the {'line' if sheet.vertices.shape[1] == 1 else 'sheet'}"
    )
    if layer.activation == "identity":
        return affine
    return f"{affine}, and {_spelled(layer.activation)} {_bends(play, act, sheet)}"


def _inner(layer: Residual) -> Chain:
    return Chain(layer.chain.layers, layer.chain.width)


def _spelled(name: str) -> str:
    """An activation's name, without the formula that may follow it."""
    return ACTIVATIONS[name].label


def _bends_line(play: Play, act: Act, sheet: Sheet) -> str:
    """What an activation does to the line that one feature is."""
    _, function = pre_activation(play.chain, act.layer)
    if function.breakpoints is None:
        return "bends the line"
    count = kinks(play.chain, act.layer, sheet)
    if not count:
        return "stretches the line, without a kink"
    return f"bends the line at {count} {'place' if count == 1 else 'places'}"


def _bends(play: Play, act: Act, sheet: Sheet) -> str:
    """What an activation does to this sheet."""
    if sheet.vertices.shape[1] == 1:
        return _bends_line(play, act, sheet)
    before, function = pre_activation(play.chain, act.layer)
    name = function.name.partition(":")[0]
    if name == "identity":
        return "leaves the sheet as it is"
    units = np.arange(before.widths[-1]) if act.unit < 0 else np.array([act.unit])
    if any(
        line.kind == "crease" and line.layer == act.layer and line.unit in units
        for line in sheet.lines
    ):
        return function.does
    if function.jumps:
        return "moves what is left of the sheet, without a tear"
    if not function.breakpoints:
        return "bends the sheet" if "fold" in function.does else function.does
    z = before(sheet.vertices)[:, units]
    same = np.abs(function.f(z) - z).max(axis=0) == 0
    gone = np.ptp(function.f(z), axis=0) == 0
    if same.all():
        return "leaves the sheet as it is"
    if gone.all():
        return (
            "presses the whole sheet onto one point" if act.unit < 0 else "presses the sheet flat"
        )
    if gone[~same].all():
        count = np.count_nonzero(gone & ~same)
        return f"presses the sheet flat in {count} of {len(units)} directions, without a fold"
    return "stretches the sheet, without a fold"
