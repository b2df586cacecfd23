"""A reader of the LaTeX of formulas: evaluates it, and shares nothing with the code that writes."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

TOKEN = re.compile(
    r"\\(?:begin|end)\{cases\}|\\operatorname\{[\w\\]+\}|\\[a-zA-Z]+|\\\\|\\.|\d+(?:\.\d+)?|\S"
)
KNOWN: dict[str, Callable[..., Any]] = {
    r"\tanh": np.tanh, r"\sin": np.sin, r"\ln": np.log, r"\max": np.maximum, r"\min": np.minimum,
    r"\operatorname{erf}": np.vectorize(math.erf), r"\exp": np.exp,
    r"\operatorname{softplus}": lambda z: np.logaddexp(0.0, z),
    r"\sigma": lambda z: 1 / (1 + np.exp(-z)),
}  # fmt: skip
SIZED = (r"\left", r"\right")


def values(lines: list[str], inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Every name that equations give a value, in whatever order functions are defined."""
    known = dict(inputs)
    functions = [line.split("(z) = ") for line in lines if "(z) = " in line]
    for name, right in functions:
        known[re.sub(r"\s", "", name)] = lambda z, right=right: _Reader(right, {"z": z}).whole()
    for line in lines:
        left, _, right = line.partition(" = ")
        if "(z)" in left:
            continue
        total = re.search(r"\\sum_\{j=1\}\^\{(\d+)\} (e\^\{\S+\})", right)
        if total is None:
            known[left] = _Reader(right, known).whole()
            continue
        count, summand = int(total.group(1)), total.group(2)
        closing = "}" * (summand.count("}") - summand.count("{"))
        summand = summand.removesuffix(closing) if closing else summand
        spelled = " + ".join(summand.replace("_{j}", f"_{{{j + 1}}}") for j in range(count))
        prefix = total.group().removesuffix(total.group(2))
        right = right.replace(prefix + summand, rf"\left({spelled}\right)")
        for i in range(1, count + 1):
            text = right.replace("_{i}", f"_{{{i}}}")
            known[left.replace("_{i}", f"_{{{i}}}")] = _Reader(text, known).whole()
    return known


class _Reader:
    def __init__(self, text: str, known: Mapping[str, Any]) -> None:
        text = re.sub(r"\\[,;]|\\d?quad", " ", text)
        text = text.replace(r"\left|", "⟨").replace(r"\right|", "⟩")
        self.tokens = [token for token in TOKEN.findall(text) if token not in SIZED]
        self.place = 0
        self.known = known

    def peek(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self, wanted: str | None = None) -> str:
        token = self.peek()
        assert wanted is None or token == wanted, (wanted, self.tokens[self.place :][:9])
        self.place += 1
        return token

    def whole(self) -> Any:
        value = self.sum()
        assert not self.peek(), self.tokens[self.place :]
        return value

    def sum(self) -> Any:
        sign = -1.0 if self.peek() == "-" else 1.0
        if sign < 0:
            self.take()
        value = sign * self.product()
        while self.peek() in ("+", "-"):
            value = value + self.product() if self.take() == "+" else value - self.product()
        return value

    def product(self) -> Any:
        value = self.factor()
        while self.peek() and self.peek() not in (*"+-),}&><⟩", r"\\", r"\le", r"\end{cases}"):
            if self.peek() == "/":
                self.take()
                value = value / self.factor()
                continue
            if self.peek() == r"\cdot":
                self.take()
            value = value * self.factor()
        return value

    def group(self) -> Any:
        self.take("{")
        value = self.sum()
        self.take("}")
        return value

    def factor(self) -> Any:
        token = self.take()
        if re.match(r"\d", token):
            return self.raised(float(token))
        if token in "({" and token:
            value = self.sum()
            self.take(")" if token == "(" else "}")
            return self.raised(value)
        if token == "⟨":
            value = np.abs(self.sum())
            self.take("⟩")
            return self.raised(value)
        if token == "e" and self.peek() == "^":
            self.take()
            return np.exp(self.group())
        if token == r"\frac":
            return self.group() / self.group()
        if token == r"\sqrt":
            return np.sqrt(self.group())
        if token == r"\pi":
            return np.pi
        if token == r"\begin{cases}":
            above, _ = self.sum(), self.take("&")
            holds = self.condition()
            self.take(r"\\")
            below, _ = self.sum(), self.take("&")
            self.condition()
            self.take(r"\end{cases}")
            return np.where(holds, above, below)
        return self.named(token)

    def condition(self) -> Any:
        if self.peek() == r"\text":
            while self.take() != "}":
                pass
            return None
        left, way, right = self.sum(), self.take(), self.sum()
        return {">": left > right, "<": left < right}.get(way, left <= right)

    def named(self, token: str) -> Any:
        name = token
        for sign in "_^":
            if self.peek() != sign or (sign == "^" and self.tokens[self.place + 2].isdigit()):
                continue
            name += self.take()
            if self.peek() != "{":
                name += self.take()
                continue
            while not name.endswith("}"):
                name += self.take()
        function = KNOWN.get(name) or (self.known[name] if callable(self.known.get(name)) else None)
        if function is None:
            return self.raised(self.known[name])
        if self.peek() == r"\frac":
            return function(self.factor())
        braced = self.peek() == "{"
        if braced:
            self.take()
        self.take("(")
        arguments = [self.sum()]
        while self.peek() == ",":
            self.take()
            arguments.append(self.sum())
        self.take(")")
        if braced:
            self.take("}")
        return function(*arguments)

    def raised(self, value: Any) -> Any:
        if self.peek() != "^":
            return value
        self.take()
        return value ** self.group()
