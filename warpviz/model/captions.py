"""The names of states and of what happens between them."""

from itertools import pairwise

from warpviz.model.chain import Chain
from warpviz.model.layers import Dense, Layer, Softmax, steps_of
from warpviz.model.letters import state_signs

ARROW = " → "


def _does(layer: Layer, widths: bool = True) -> str:
    """What a layer does, in a word or two."""
    if isinstance(layer, Softmax):
        return str(layer).replace("_", " ")
    if isinstance(layer, Dense):
        affine = f"affine {layer.n_in}→{layer.n_out}" if widths else "affine"
        return affine if layer.activation == "identity" else f"{affine}, {layer.function.label}"
    return str(layer)


def stop_names(chain: Chain, *, classifier: bool = True) -> tuple[str, ...]:
    """A caption for each state of a chain, the input first.

    Args:
        chain: what is played, act by act: split or whole, without or with softmax.
        classifier: whether the last affine map gives logits.

    >>> from warpviz.model import mlp
    >>> stop_names(mlp([2, 3, 2], "relu", softmax=False).split())
    ('input (x₁, x₂)', 'layer 1 · affine 2→3', 'layer 1 · relu', 'logits')
    """
    weighted = [sum(isinstance(step, Dense) for step in steps_of([layer])) for layer in chain]
    names = ["input (x₁, x₂)" if (chain.width or 2) == 2 else "input"]
    for k, layer in enumerate(chain):
        last = sum(weighted[: k + 1])
        first = max(last - weighted[k] + 1, 1)
        number = f"layers {first}–{last}" if weighted[k] > 1 else f"layer {last}"
        if classifier and _closes(chain, k):
            names.append("logits")
        elif isinstance(layer, Softmax) or not last:
            names.append(_does(layer))
        else:
            names.append(f"{number} · {_does(layer)}")
    return tuple(names)


def act_names(chain: Chain, stops: tuple[str, ...]) -> tuple[str, ...]:
    """A caption for each act: where it comes from, and what is done to it.

    Widths are left to the stops, so that a caption has one arrow.

    >>> from warpviz.model import mlp
    >>> chain = mlp([2, 3, 2], "relu", softmax=False).split()
    >>> act_names(chain, stop_names(chain))
    ('input (x₁, x₂) → affine', 'layer 1 · affine → relu', 'layer 1 · relu → logits')
    """
    short = [stops[0], *(_without_widths(*each) for each in zip(stops[1:], chain, strict=True))]
    return tuple(
        f"{before}{ARROW}{after.rpartition(' · ')[2]}" for before, after in pairwise(short)
    )


def brief_names(chain: Chain, stops: tuple[str, ...]) -> tuple[str, ...]:
    """The same for narrow panels: only what is done."""
    return tuple(
        f"{ARROW.strip()} {_without_widths(*each)}" for each in zip(stops[1:], chain, strict=True)
    )


def _without_widths(stop: str, layer: Layer) -> str:
    return stop.replace(_does(layer), _does(layer, widths=False))


def axis_letters(chain: Chain) -> tuple[str, ...]:
    """The letter of each state's coordinates, as formulas have it, without its layer.

    x for the input, z behind an affine map, h behind an activation, p for probabilities.
    """
    return tuple(sign.letter for sign in state_signs(chain))


def _closes(chain: Chain, k: int) -> bool:
    """Whether layer k is affine and nothing but a softmax comes after it."""
    layer = chain[k]
    return (
        isinstance(layer, Dense)
        and layer.activation == "identity"
        and all(isinstance(after, Softmax) for after in chain[k + 1 :])
    )
