"""Captions that are formulas: what each act computes, in plain signs that every font has."""

import re

from warpviz.film.play import Play
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.layers import Dense, Softmax

BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def act_formulas(play: Play) -> tuple[str, ...]:
    """A formula for each act, in the letters of states: z before an activation, h behind it.

    >>> from warpviz.film.options import Options
    >>> from warpviz.model import mlp
    >>> act_formulas(Play.of(mlp([2, 3, 2], "tanh"), Options()))
    ('z₁ = W₁·x + b₁', 'h₁ = tanh(z₁)', 'z₂ = W₂·h₁ + b₂')
    """
    formulas = []
    for act in play.acts:
        layer = play.chain[act.layer]
        told = _told(play, act.layer)
        if act.unit >= 0 and not isinstance(layer, Dense | Softmax):
            told += f", unit {act.unit + 1}"
        formulas.append(told)
    return tuple(formulas)


def _told(play: Play, k: int) -> str:
    layer = play.chain[k]
    number = _number(play, k)
    if isinstance(layer, Dense):
        before = _state(play, k - 1)
        affine = f"W{number}·{before} + b{number}"
        if layer.activation == "identity":
            return f"z{number} = {affine}"
        return f"h{number} = {activated(layer.activation, f'({affine})')}"
    before = _state(play, k - 1)
    if isinstance(layer, Softmax):
        return f"{'ln p' if layer.log else 'p'} = {layer}({before})".replace(
            "log_softmax", "ln softmax"
        )
    return f"h{number} = {activated(layer.name, before)}"


def _number(play: Play, k: int) -> str:
    """Which layer with weights this is or follows, as a small number."""
    count = sum(isinstance(layer, Dense) for layer in play.chain[: k + 1])
    return str(max(count, 1)).translate(BELOW)


def _state(play: Play, k: int) -> str:
    """The letter of what layer k gives."""
    if k < 0:
        return "x"
    layer = play.chain[k]
    affine = isinstance(layer, Dense) and layer.activation == "identity"
    return ("z" if affine else "h") + _number(play, k)


def activated(name: str, z: str) -> str:
    """An activation of what is written already; f(z) for one that has no formula.

    >>> activated("sigmoid", "(W₁·x + b₁)"), activated("relu", "(W₁·x + b₁)")
    ('1/(1 + exp(−(W₁·x + b₁)))', 'max(0, W₁·x + b₁)')
    """
    record = ACTIVATIONS[name]
    written = record.caption or f"{record.label}({{z}})"
    # Alone between brackets and commas it needs no brackets of its own.
    inner = z[1:-1] if z.startswith("(") else z
    written = re.sub(r"(?<=[(, ])\{z\}(?=[),])(?<!− \{z\})", "{inner}", written)
    return written.format(z=z, inner=inner)
