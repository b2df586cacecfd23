r"""LaTeX of sums and activations, in the order in which a layer computes them.

A sum is written as w_1 x_1 + w_2 x_2 + … + b and an activation around it, so that a bias stays the
bias that it is: \sigma{\left(0.5 x_{1} - 0.3 x_{2} + 0.1 \right)}. Nothing is simplified.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from warpviz.model.activations import ACTIVATIONS, ActivationFunction
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, Softmax, steps_of
from warpviz.model.letters import Sign, Walk

Value: TypeAlias = float | str
"""A number, or LaTeX that stands for one."""
DIRECT = {
    "identity": "{}",
    "relu": r"\max\left(0, {}\right)",
    "tanh": r"\tanh{{\left({} \right)}}",
    "sin": r"\sin{{\left({} \right)}}",
    "sigmoid": r"\sigma{{\left({} \right)}}",
}
"""Activations that are written as everyone knows them."""
NAMED = {
    "leaky_relu": r"\operatorname{leaky}",
    "gelu_tanh": r"\operatorname{gelu}_{\tanh}",
    "sigmoid": r"\sigma",
}
"""Functions whose sign is not their name; what they are is said in a line of its own."""


@dataclass(frozen=True)
class Text:
    """LaTeX, and whether it may be multiplied without brackets."""

    latex: str
    atom: bool = True


def numeral(value: float, digits: int) -> str:
    r"""A number with so many significant digits.

    >>> numeral(1234.5678, 3), numeral(-0.25, 4), numeral(1.5e-9, 4), numeral(3.0, 4)
    ('1230', '-0.25', '1.5 \\cdot 10^{-9}', '3')
    """
    text = f"{value:.{digits - 1}e}"
    mantissa, _, power = text.partition("e")
    if -6 < int(power) < 7:
        plain = f"{Decimal(text):f}"
        plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
        return "0" if plain in ("-0", "") else plain
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return rf"{mantissa} \cdot 10^{{{int(power)}}}"


def total(weights: Sequence[Value], parts: Sequence[Text], bias: Value, digits: int) -> Text:
    """A weighted sum: what is 0 is left out, what is 1 is not multiplied by."""
    products = [*_products(weights, parts, digits)]
    sign, said = _signed(bias, digits)
    if said == "0" and products:
        terms = products
    else:
        terms = [*products, (sign, said)]
    (sign, first), *others = terms
    # As TeX sets them: − 2 x begins with a sign, −2 is a number.
    latex = f"{sign}{' ' if sign and products else ''}{first}"
    latex += "".join(f" {sign or '+'} {one}" for sign, one in others)
    return Text(latex, atom=len(terms) == 1 and any(latex == part.latex for part in parts))


def _products(
    weights: Sequence[Value], parts: Sequence[Text], digits: int
) -> Iterator[tuple[str, str]]:
    for weight, part in zip(weights, parts, strict=True):
        sign, size = _signed(weight, digits)
        if size == "0":
            continue
        inner = part.latex if part.atom else rf"\left({part.latex}\right)"
        yield sign, inner if size == "1" else f"{size} {inner}"


def _signed(value: Value, digits: int) -> tuple[str, str]:
    text = value if isinstance(value, str) else numeral(value, digits)
    return ("-", text[1:]) if text.startswith("-") else ("", text)


def sign_of(name: str) -> str:
    r"""The sign of an activation, to be put before brackets; "" for a formula without a name.

    >>> sign_of("tanh"), sign_of("elu:0.5"), sign_of("silu")
    ('\\tanh', '\\operatorname{elu}_{0.5}', '\\operatorname{silu}')
    """
    stem, _, number = name.partition(":")
    if stem in ("tanh", "sin"):
        return f"\\{stem}"
    label = ACTIVATIONS[name].label
    if not label.partition(":")[0].isidentifier():
        return ""
    stem, _, number = label.partition(":")
    sign = NAMED.get(stem, rf"\operatorname{{{stem}}}".replace("_", r"\_"))
    numbers = ", ".join(f"{float(each):g}" for each in number.split(":") if each not in ("", "…"))
    return f"{sign}_{{{numbers}}}" if numbers else sign


def around(name: str, inner: str) -> str:
    """An activation of what is written already."""
    if name in DIRECT:
        return DIRECT[name].format(inner)
    if not sign_of(name):
        return ACTIVATIONS[name].latex.replace("z", rf"{{\left({inner} \right)}}")
    return rf"{sign_of(name)}{{\left({inner} \right)}}"


def activated(name: str, z: Text) -> Text:
    """An activation of a text; the identity leaves it."""
    known = name in DIRECT or bool(sign_of(name))
    return z if name == "identity" else Text(around(name, z.latex), atom=known)


def copies(name: str) -> int:
    """How often an activation writes down what it acts on."""
    known = name in DIRECT or bool(sign_of(name))
    return 1 if known else max(1, ACTIVATIONS[name].latex.count("z"))


def names_of(layers: Iterable[object]) -> list[str]:
    """The activations of layers, each once."""
    names = [getattr(layer, "activation", getattr(layer, "name", "identity")) for layer in layers]
    return [*dict.fromkeys(names)]


def _functions(name: str) -> tuple[ActivationFunction, ...]:
    """What an activation is made of: of one whose units differ all that they are."""
    record = ACTIVATIONS[name]
    return record.units or (record,)


def definitions(chain: Chain) -> list[str]:
    """A line for each function of a chain that not everyone knows by its sign."""
    return [
        f"{sign_of(name)}(z) = {ACTIVATIONS[name].latex}"
        for name in dict.fromkeys(
            unit.name for name in names_of(steps_of(chain)) for unit in _functions(name)
        )
        if sign_of(name) and (name == "sigmoid" or name not in DIRECT)
    ]


def softmax_line(layer: Softmax, outcome: Sign, logits: Sign, count: int) -> str:
    """What a softmax makes of logits, for every class at once."""

    def of(sign: Sign, unit: str) -> str:
        above = sign.latex()[len(sign.letter) :]
        letter = sign.letter.replace("ln ", r"\ln ")
        return f"{letter}_{{{unit}}}{above}"

    y, i, j = of(outcome, "i"), of(logits, "i"), of(logits, "j")
    below = rf"\sum_{{j=1}}^{{{count}}} e^{{{j}}}"
    right = rf"{i} - \ln {below}" if layer.log else rf"\frac{{e^{{{i}}}}}{{{below}}}"
    return rf"{y} = {right}"


def parameters(walk: Walk, k: int, letters: bool) -> tuple[list[list[Value]], list[Value]]:
    """Weight and bias of the Dense layer that is step k, as numbers or as letters."""
    layer = walk.steps[k]
    assert isinstance(layer, Dense)
    if not letters:
        return layer.weight.tolist(), layer.bias.tolist()
    depth = walk.depth(k)
    w, b = Sign("w", depth), Sign("b", depth)
    weight: list[list[Value]] = [
        [w.latex(i, j) for j in range(1, layer.n_in + 1)] for i in range(1, layer.n_out + 1)
    ]
    return weight, [b.latex(i) for i in range(1, layer.n_out + 1)]


def named(sign: Sign, count: int) -> list[Text]:
    """x, or x_1 … x_n."""
    return [Text(sign.latex())] if count == 1 else [Text(sign.latex(i + 1)) for i in range(count)]


def sums(kept: Sequence[Text], here: Sequence[Text], digits: int) -> list[Text]:
    """X + f(x), of texts of both."""
    return [total((1.0, 1.0), pair, 0.0, digits) for pair in zip(kept, here, strict=True)]


def step(walk: Walk, k: int, state: Sequence[Text], letters: bool, digits: int) -> list[Text]:
    """What step k, a layer with weights or an activation, makes of texts."""
    layer = walk.steps[k]
    if isinstance(layer, Activation):
        return [activated(layer.function.unit(i).name, z) for i, z in enumerate(state)]
    assert isinstance(layer, Dense)
    weight, bias = parameters(walk, k, letters)
    affine = [total(row, state, b, digits) for row, b in zip(weight, bias, strict=True)]
    return [activated(layer.function.unit(i).name, z) for i, z in enumerate(affine)]
