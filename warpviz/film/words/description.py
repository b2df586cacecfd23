"""A film in words, for those who cannot see it: model, data, and what each act does."""

from collections.abc import Mapping

from warpviz.data.dataset import Dataset
from warpviz.film.play import Act, Play
from warpviz.model.layers import Dense, Layer, Softmax

DOES = {
    "identity": "leaves the sheet as it is",
    "relu": "folds the sheet along straight lines",
    "leaky_relu": "bends the sheet sharply along straight lines",
    "tanh": "squashes the sheet into a box",
    "sigmoid": "squashes the sheet into a box",
    "gelu": "bends the sheet and folds it softly",
    "gelu_tanh": "bends the sheet and folds it softly",
    "silu": "bends the sheet and folds it softly",
    "sin": "folds the sheet into waves",
    "elu": "bends the sheet",
    "softplus": "bends the sheet",
}
"""What an activation does; by the name before any colon."""


def described(plays: Mapping[str, Play], data: Dataset) -> str:
    """What a film shows, in words.

    Args:
        plays: title → what is played; the title of a film of one panel is "".
        data: the dots.
    """
    name = f"{data.name}: " if data.name else ""
    classes = ", ".join(data.class_names)
    kinds = f"of {data.n_classes} classes ({classes})"
    if data.targets is not None:
        kinds = f"with a number each ({data.class_names[0]} to {data.class_names[-1]})"
    text = (
        f"{name}{len(data)} points {kinds} lie on a sheet of graph "
        f"paper, and {_networks(plays)} moves both, act by act."
    )
    for title, play in plays.items():
        if title:
            text += f" {title}."
        for number, act in enumerate(play.acts, start=1):
            text += f" Act {number}: {_does(play, act)}."
    return text


def _networks(plays: Mapping[str, Play]) -> str:
    widths = {"-".join(map(str, play.chain.widths[:1] + _dense(play))) for play in plays.values()}
    one = f"a neural network of widths {' or '.join(sorted(widths))}"
    return one if len(plays) == 1 else f"each of {len(plays)} panels shows how {one}"


def _dense(play: Play) -> tuple[int, ...]:
    return tuple(layer.n_out for layer in play.chain if isinstance(layer, Dense))


def _does(play: Play, act: Act) -> str:
    layer = play.chain[act.layer]
    words = _words(layer)
    if act.unit >= 0:
        return f"{words}, unit {act.unit + 1} alone"
    if play.stops[play.acts.index(act) + 1] == "logits":
        return f"{words}; these are the logits, and the line between the classes is straight"
    return words


def _words(layer: Layer) -> str:
    if isinstance(layer, Softmax):
        what = "logarithms of probabilities" if layer.log else "probabilities"
        return f"softmax turns scores into {what}"
    if not isinstance(layer, Dense):
        return f"{layer.name} {DOES[layer.name.partition(':')[0]]}"
    affine = (
        f"an affine map from {layer.n_in} to {layer.n_out} dimensions turns, stretches and shifts "
        "the sheet"
    )
    if layer.activation == "identity":
        return affine
    return f"{affine}, and {layer.activation} {DOES[layer.activation.partition(':')[0]]}"
