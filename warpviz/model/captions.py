"""The names of states, of what happens between them, and what a chain is in a line."""

from collections.abc import Sequence
from itertools import pairwise

from warpviz.languages.language import ENGLISH, Language
from warpviz.model.chain import Chain
from warpviz.model.code import shape_of
from warpviz.model.layers import Dense, Layer, Softmax, steps_of
from warpviz.model.letters import state_signs
from warpviz.model.residual import SIGN, Add, Keep


def _does(layer: Layer, say: Language, widths: bool = True) -> str:
    """What a layer does, in a word or two."""
    if isinstance(layer, Softmax):
        return str(layer).replace("_", " ")
    if isinstance(layer, Dense):
        affine = say("affine")
        if widths:
            affine = say("affine {before}→{after}", before=layer.n_in, after=layer.n_out)
        if layer.activation == "identity":
            return affine
        return say("{affine}, {activation}", affine=affine, activation=layer.function.label)
    return str(layer)


def stop_names(
    chain: Chain, *, classifier: bool = True, say: Language = ENGLISH
) -> tuple[str, ...]:
    """A caption for each state of a chain, the input first.

    Args:
        chain: what is played, act by act: split or whole, without or with softmax.
        classifier: whether the last affine map gives logits.
        say: the language.

    >>> from warpviz.model import mlp
    >>> stop_names(mlp([2, 3, 2], "relu", softmax=False).split())
    ('input (x₁, x₂)', 'layer 1 · affine 2→3', 'layer 1 · relu', 'logits')
    """
    weighted = [sum(isinstance(step, Dense) for step in steps_of([layer])) for layer in chain]
    names = [input_name(("x₁", "x₂") if (chain.width or 2) == 2 else (), say)]
    for k, layer in enumerate(chain):
        last = sum(weighted[: k + 1])
        number = _numbered(last - max(weighted[k], 1) + 1, last, say)
        if classifier and closes(chain, k):
            names.append(say("logits"))
        elif isinstance(layer, Softmax) or not last:
            names.append(_does(layer, say))
        else:
            names.append(f"{number} · {_does(layer, say)}")
    return tuple(names)


def step_names(chain: Chain) -> list[str]:
    """A name for each step, counted as in `stop_names`; of a residual layer its own come first.

    >>> from warpviz.model import Activation, Residual, mlp
    >>> step_names(Chain([Dense.of(2, 2), Residual(mlp([2, 2, 2], softmax=False)), Softmax()]))
    ['layer 1', 'layer 2', 'layer 3', 'layers 2–3 · x + f(x)', 'softmax']
    """
    names: list[str] = []
    kept: list[int] = []
    depth = 0
    for step in steps_of(chain):
        if isinstance(step, Keep):
            kept.append(depth + 1)
        elif isinstance(step, Add):
            names.append(f"{_numbered(kept.pop(), depth, ENGLISH)} · {SIGN}")
        elif isinstance(step, Dense):
            depth += 1
            names.append(f"layer {depth}")
        elif isinstance(step, Softmax) or not depth:
            names.append(_does(step, ENGLISH))
        else:
            names.append(f"layer {depth} · {_does(step, ENGLISH)}")
    return names


def _numbered(first: int, last: int, say: Language) -> str:
    if last > first:
        return say("layers {first}–{last}", first=first, last=last)
    return say("layer {number}", number=last)


def input_name(columns: Sequence[str] = (), say: Language = ENGLISH) -> str:
    """What the input is called, with its columns where they are told.

    >>> input_name(), input_name(("x₁", "x₂"))
    ('input', 'input (x₁, x₂)')
    """
    if not columns:
        return say("input")
    return say("input ({columns})", columns=", ".join(columns))


def from_to(before: str, after: str, say: Language = ENGLISH) -> str:
    """What is called an act between two states."""
    return say("{before} → {after}", before=before, after=after)


def act_names(chain: Chain, stops: tuple[str, ...], say: Language = ENGLISH) -> tuple[str, ...]:
    """A caption for each act: where it comes from, and what is done to it.

    Widths are left to the stops, so that a caption has one arrow.

    >>> from warpviz.model import mlp
    >>> chain = mlp([2, 3, 2], "relu", softmax=False).split()
    >>> act_names(chain, stop_names(chain))
    ('input (x₁, x₂) → affine', 'layer 1 · affine → relu', 'layer 1 · relu → logits')
    """
    named = zip(stops[1:], chain, strict=True)
    short = [stops[0], *(_without_widths(*each, say) for each in named)]
    return tuple(
        from_to(before, after.rpartition(" · ")[2], say) for before, after in pairwise(short)
    )


def brief_names(chain: Chain, stops: tuple[str, ...], say: Language = ENGLISH) -> tuple[str, ...]:
    """The same for narrow panels: only what is done."""
    return tuple(
        say("→ {after}", after=_without_widths(*each, say))
        for each in zip(stops[1:], chain, strict=True)
    )


def _without_widths(stop: str, layer: Layer, say: Language) -> str:
    return stop.replace(_does(layer, say), _does(layer, say, widths=False))


def axis_letters(chain: Chain) -> tuple[str, ...]:
    """The letter of each state's coordinates, as formulas have it, without its layer.

    x for the input, z behind an affine map, h behind an activation, p for probabilities.
    """
    return tuple(sign.letter for sign in state_signs(chain))


def closes(chain: Chain, k: int) -> bool:
    """Whether layer k is affine and nothing but a softmax comes after it."""
    layer = chain[k]
    return (
        isinstance(layer, Dense)
        and layer.activation == "identity"
        and all(isinstance(after, Softmax) for after in chain[k + 1 :])
    )


def outline(chain: Chain) -> str:
    """A chain's shape and size, in words.

    >>> outline(Chain([Dense.of(2, 3, "relu"), Dense.of(3, 2), Softmax()]))
    '2→3→2, relu, 17 parameters'
    """
    steps = steps_of(chain.logits())
    layers = [layer for layer in steps if isinstance(layer, Dense)]
    widths = [layer.n_in for layer in layers[:1]] + [layer.n_out for layer in layers]
    names = [
        SIGN if isinstance(step, Keep) else str(getattr(step, "activation", step))
        for step in steps
        if not isinstance(step, Add)
    ]
    acting = dict.fromkeys(f"{name:.20}" for name in names if name != "identity")
    told = [shape_of(widths), *list(acting)[:3], *(["…"] if len(acting) > 3 else [])]
    return f"{', '.join(told)}, {chain.n_parameters:,} parameters"
