"""Functions that sympy has no names for, as functions of sympy.

Written out in exponentials they would be merged (e^{x + 1} to 2.718 e^x), take minutes to simplify
and overflow; with a name each keeps its argument, knows its slope and has exact values.
`expression.rewrite(sympy.exp)` writes them out.
"""

from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np

from warpviz.errors import WarpvizError


def sympy_module() -> Any:
    """The sympy package, or one sentence."""
    try:
        import sympy
    except ImportError:
        raise WarpvizError(
            "Formulas and graphs need sympy; install it with: pip install 'warpviz[formula]'."
        ) from None
    return sympy


@cache
def own_functions() -> Any:
    """The classes `sigmoid(z)`, `softplus(z)`, `softmax(i, z_1, …)` and `log_softmax(i, z_1, …)`.

    i counts from 1. They are made when they are first needed, for sympy may not be installed.
    """
    sympy = sympy_module()

    function: Any = sympy.Function

    class Named(function):  # type: ignore[misc]
        """What the functions below have in common."""

        def written_out(self) -> Any:
            """The function in exponentials."""
            raise NotImplementedError

        def _eval_rewrite_as_exp(self, *arguments: Any, **_: Any) -> Any:
            return self.func(*arguments).written_out()

        def _eval_evalf(self, precision: int) -> Any:
            return self.written_out()._eval_evalf(precision)

    class sigmoid(Named):
        nargs = 1
        _imp_ = staticmethod(lambda z: np.exp(-np.logaddexp(0.0, -np.asarray(z))))

        def fdiff(self, argindex: int = 1) -> Any:
            return self * (1 - self)

        def written_out(self) -> Any:
            return 1 / (1 + sympy.exp(-self.args[0]))

        def _latex(self, printer: Any, exp: str | None = None) -> str:
            power = "" if exp is None else f"^{{{exp}}}"
            return rf"\sigma{power}{{\left({printer._print(self.args[0])} \right)}}"

    class softplus(Named):
        nargs = 1
        _imp_ = staticmethod(lambda z: np.logaddexp(0.0, z))

        def fdiff(self, argindex: int = 1) -> Any:
            return sigmoid(self.args[0])

        def written_out(self) -> Any:
            return sympy.log(1 + sympy.exp(self.args[0]))

    class softmax(Named):
        _imp_ = staticmethod(lambda i, *z: np.exp(_log_share(i, *z)))

        def fdiff(self, argindex: int = 1) -> Any:
            i, *logits = self.args
            own = 1 if argindex - 1 == i else 0
            return self * (own - softmax(argindex - 1, *logits))

        def written_out(self) -> Any:
            i, *logits = self.args
            return sympy.exp(logits[int(i) - 1]) / sympy.Add(*map(sympy.exp, logits))

    class log_softmax(Named):
        _imp_ = staticmethod(lambda i, *z: _log_share(i, *z))

        def fdiff(self, argindex: int = 1) -> Any:
            i, *logits = self.args
            own = 1 if argindex - 1 == i else 0
            return own - softmax(argindex - 1, *logits)

        def written_out(self) -> Any:
            i, *logits = self.args
            return logits[int(i) - 1] - sympy.log(sympy.Add(*map(sympy.exp, logits)))

    return SimpleNamespace(
        sigmoid=sigmoid, softplus=softplus, softmax=softmax, log_softmax=log_softmax
    )


def _log_share(i: int, *logits: Any) -> Any:
    stacked = np.stack(np.broadcast_arrays(*logits)).astype(np.float64)
    shifted = stacked - stacked.max(axis=0)
    return shifted[int(i) - 1] - np.log(np.exp(shifted).sum(axis=0))
