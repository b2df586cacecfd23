"""The names of states and of what happens between them."""

from warpviz.model.chain import Chain
from warpviz.model.layers import Dense, Layer, Softmax

ARROW = " → "


def _does(layer: Layer) -> str:
    """What a layer does, in a word or two."""
    if isinstance(layer, Softmax):
        return str(layer).replace("_", " ")
    if isinstance(layer, Dense):
        affine = f"affine {layer.n_in}→{layer.n_out}"
        return affine if layer.activation == "identity" else f"{affine}, {layer.activation}"
    return layer.name


def stop_names(chain: Chain, *, classifier: bool = True) -> tuple[str, ...]:
    """A caption for each state of a chain, the input first.

    Args:
        chain: what is played, act by act: split or whole, without or with softmax.
        classifier: whether the last affine map gives logits.

    >>> from warpviz.model import mlp
    >>> stop_names(mlp([2, 3, 2], "relu", softmax=False).split())
    ('input (x₁, x₂)', 'layer 1 · affine 2→3', 'layer 1 · relu', 'logits')
    """
    dense = [k for k, layer in enumerate(chain) if isinstance(layer, Dense)]
    names = ["input (x₁, x₂)" if (chain.width or 2) == 2 else "input"]
    for k, layer in enumerate(chain):
        number = sum(d <= k for d in dense)
        if classifier and dense and k == dense[-1] and _closes(chain, k):
            names.append("logits")
        elif isinstance(layer, Softmax) or not number:
            names.append(_does(layer))
        else:
            names.append(f"layer {number} · {_does(layer)}")
    return tuple(names)


def act_names(chain: Chain, stops: tuple[str, ...]) -> tuple[str, ...]:
    """A caption for each act: where it comes from, and what is done to it."""
    names = []
    for k, layer in enumerate(chain):
        what = stops[k + 1] if " · " not in stops[k + 1] else _does(layer)
        names.append(f"{stops[k]}{ARROW}{what}")
    return tuple(names)


def axis_letters(chain: Chain, stops: tuple[str, ...]) -> tuple[str, ...]:
    """The letter of each state's coordinates: x for the input, z for logits, p, else h."""
    known = {"logits": "z", "softmax": "p", "log softmax": "log p"}
    return ("x", *(known.get(stop, "h") for stop in stops[1:]))


def _closes(chain: Chain, k: int) -> bool:
    """Whether layer k is affine and nothing but a softmax comes after it."""
    layer = chain[k]
    return (
        isinstance(layer, Dense)
        and layer.activation == "identity"
        and all(isinstance(after, Softmax) for after in chain[k + 1 :])
    )
