"""Captions that are formulas: what each act computes, in plain signs that every font has."""

import re

from warpviz.film.play import Play
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.layers import Dense, Softmax
from warpviz.model.letters import Sign, Walk
from warpviz.model.residual import Residual


def act_formulas(play: Play) -> tuple[str, ...]:
    """A formula for each act, in the letters of states: z before an activation, h behind it.

    Layers stand above in brackets, units below.

    >>> from warpviz.film.options import Staging
    >>> from warpviz.model import mlp
    >>> act_formulas(Play.of(mlp([2, 3, 2], "tanh"), Staging()))
    ('z⁽¹⁾ = W⁽¹⁾·x + b⁽¹⁾', 'h⁽¹⁾ = tanh(z⁽¹⁾)', 'z⁽²⁾ = W⁽²⁾·h⁽¹⁾ + b⁽²⁾')
    """
    walk = Walk.of(play.chain)
    signs = [walk.signs[place] for place in walk.ends]
    formulas = []
    for act in play.acts:
        layer, k = play.chain[act.layer], act.layer
        units = () if act.unit < 0 else (act.unit + 1,)
        before, after = signs[k].plain(*units), signs[k + 1].plain(*units)
        if isinstance(layer, Dense):
            depth = walk.depth(walk.ends[k])
            w, b = Sign("W", depth).plain(), Sign("b", depth).plain()
            formula = activated(layer.activation, f"{w}·{before} + {b}")
        elif isinstance(layer, Softmax):
            formula = f"{'ln softmax' if layer.log else 'softmax'}({before})"
        elif isinstance(layer, Residual):
            formula = f"{before} + f({before})"
        else:
            formula = activated(layer.name, before)
        formulas.append(f"{after} = {formula}")
    return tuple(formulas)


def activated(name: str, z: str) -> str:
    """An activation of what is written already; f(z) for one that has no formula.

    >>> activated("sigmoid", "W·x + b"), activated("relu", "W·x + b")
    ('1/(1 + exp(−(W·x + b)))', 'max(0, W·x + b)')
    """
    record = ACTIVATIONS[name]
    written = record.caption or f"{record.label}({{z}})"

    def put(found: re.Match[str]) -> str:
        before, after = written[: found.start()], written[found.end() :]
        # Alone between brackets and commas it needs no brackets of its own.
        if re.search(r"(^|[(|]|, )$", before) and re.match(r"$|[),|]", after):
            return z
        several = len(z) > 1 if re.match("[⁰¹²³⁴-⁹^]", after) else " " in z
        return f"({z})" if several else z

    return re.sub(r"\{z\}", put, written)
