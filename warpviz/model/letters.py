"""The letters of a chain, once for formulas, graphs, captions and axes.

    x ──► z⁽¹⁾ = W⁽¹⁾ x + b⁽¹⁾ ──► h⁽¹⁾ = f(z⁽¹⁾) ──► z⁽²⁾ ──► … ──► p

A layer stands above in brackets, a unit below: h₂⁽¹⁾ is unit 2 of layer 1, w₂₁⁽¹⁾ weighs its
input 1. Layers are counted by their weights, so an activation has the number of those before it.
"""

from dataclasses import dataclass, replace

from warpviz.model.chain import Chain
from warpviz.model.layers import Dense, Softmax, Step, steps_of
from warpviz.model.residual import Add, Keep

BELOW = str.maketrans("0123456789,", "₀₁₂₃₄₅₆₇₈₉,")
ABOVE = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")


@dataclass(frozen=True)
class Sign:
    """A letter with its layer.

    Attributes:
        letter: x, z, h, p or y; w and b.
        layer: counted from 1, 0 before the first weights; None for a letter without.
        primes: how many of that name came before.
    """

    letter: str
    layer: int | None = None
    primes: int = 0

    def plain(self, *units: int) -> str:
        """The sign in plain text.

        >>> Sign("w", 1).plain(2, 1), Sign("h", 2, 1).plain(), Sign("x").plain(3)
        ('w₂₁⁽¹⁾', 'h⁽²⁾′', 'x₃')
        """
        layer = "" if self.layer is None else f"({self.layer})".translate(ABOVE)
        return f"{self.letter}{_joined(units).translate(BELOW)}{layer}{'′' * self.primes}"

    def latex(self, *units: int) -> str:
        r"""The sign in LaTeX.

        >>> Sign("w", 1).latex(2, 1), Sign("h", 2, 1).latex(), Sign("x").latex(3)
        ('w_{21}^{(1)}', 'h^{(2)\\prime}', 'x_{3}')
        """
        above = "" if self.layer is None else f"({self.layer})"
        above += r"\prime" * self.primes
        below = _joined(units)
        return self.letter + (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")


def _joined(units: tuple[int, ...]) -> str:
    return ("," if any(unit > 9 for unit in units) else "").join(map(str, units))


def state_signs(chain: Chain) -> tuple[Sign, ...]:
    """A sign for each state of a chain, the input first; no two are the same.

    >>> from warpviz.model import mlp
    >>> [sign.plain() for sign in state_signs(mlp([2, 3, 2], "tanh").split())]
    ['x', 'z⁽¹⁾', 'h⁽¹⁾', 'z⁽²⁾', 'p']
    """
    walk = Walk.of(chain)
    return tuple(walk.signs[place] for place in walk.ends)


@dataclass(frozen=True, eq=False)
class Walk:
    """A chain step by step: what a residual layer does is S steps, any other layer is one.

    Attributes:
        steps: S.
        signs: S + 1, the sign of each state; a step that keeps one has its sign.
        widths: S + 1.
        ends: for each state of the chain its place among these.
    """

    steps: tuple[Step, ...]
    signs: tuple[Sign, ...]
    widths: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, chain: Chain) -> "Walk":
        """Walk through a chain."""
        steps = steps_of(chain)
        signs, widths, depth = [Sign("x")], [chain.width or 0], 0
        for k, step in enumerate(steps):
            widths.append(step.n_out if isinstance(step, Dense) else widths[-1])
            if isinstance(step, Keep):
                signs.append(signs[-1])
                continue
            last = k == len(steps) - 1
            if isinstance(step, Softmax):
                sign = Sign("ln p" if step.log else "p", None if last else depth)
            elif isinstance(step, Dense):
                depth += 1
                sign = Sign("z" if step.activation == "identity" else "h", depth)
            else:
                sign = Sign("h", depth)
            while sign in signs:
                sign = replace(sign, primes=sign.primes + 1)
            signs.append(sign)
        ends = [0]
        for layer in chain:
            ends.append(ends[-1] + len(steps_of([layer])))
        return cls(tuple(steps), tuple(signs), tuple(widths), tuple(ends))

    def depth(self, k: int) -> int:
        """The number of step k among those with weights, from 1."""
        return sum(isinstance(step, Dense) for step in self.steps[: k + 1])

    def kept(self, k: int) -> int:
        """Of a step that adds: the place of the state that it adds."""
        open_ones: list[int] = []
        for place, step in enumerate(self.steps[:k]):
            if isinstance(step, Keep):
                open_ones.append(place)
            elif isinstance(step, Add):
                open_ones.pop()
        return open_ones[-1]
