"""Signatures as they are written in the source, with the types' short names."""

import ast
import dataclasses
import inspect
import textwrap
from typing import Any

WIDE = 88
"""Letters of a line that holds a whole signature."""


def node_of(value: Any) -> Any:
    """A class or a function as it is written."""
    source = textwrap.dedent(inspect.getsource(inspect.unwrap(value)))
    return ast.parse(source).body[0]


def returns(function: Any) -> str:
    """What a method gives, as it is annotated."""
    node = node_of(function)
    return f": {ast.unparse(node.returns)}" if node.returns else ""


def signature(value: Any, name: str) -> str:
    r"""As it is written in the source, with the types' short names.

    >>> from warpviz import approximate
    >>> "    seed: int = 0,\n" in signature(approximate, "approximate")
    True
    """
    node = node_of(value)
    back = ""
    if isinstance(node, ast.ClassDef):
        words = _fields(value, node)
    else:
        words = _words(node.args, _around(value))
        back = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    line = f"{name}({', '.join(words)}){back}"
    if len(line) <= WIDE:
        return line
    inner = "".join(f"    {word},\n" for word in words)
    return f"{name}(\n{inner}){back}"


def _around(function: Any) -> dict[str, Any]:
    """The names of a function's module, in which its defaults are constants."""
    return dict(getattr(inspect.unwrap(function), "__globals__", {}))


def _words(args: ast.arguments, around: dict[str, Any]) -> list[str]:
    """The parts of a signature, one a parameter."""
    first = [*args.posonlyargs, *args.args]
    defaults = [None] * (len(first) - len(args.defaults)) + list(args.defaults)
    words = [_word(one, default, around) for one, default in zip(first, defaults, strict=True)]
    if args.posonlyargs:
        words.insert(len(args.posonlyargs), "/")
    words = [word for word in words if word not in ("self", "cls")]
    if args.vararg:
        words.append(f"*{ast.unparse(args.vararg)}")
    elif args.kwonlyargs:
        words.append("*")
    given = zip(args.kwonlyargs, args.kw_defaults, strict=True)
    words += [_word(one, default, around) for one, default in given]
    if args.kwarg:
        words.append(f"**{ast.unparse(args.kwarg)}")
    return words


def _word(one: ast.arg, default: ast.expr | None, around: dict[str, Any]) -> str:
    text = ast.unparse(one)
    if default is None:
        return text
    value = around.get(default.id) if isinstance(default, ast.Name) else None
    shown = repr(value) if isinstance(value, int | float | str | tuple) else ast.unparse(default)
    return f"{text}{' = ' if one.annotation else '='}{shown}"


def _fields(value: type, node: ast.ClassDef) -> list[str]:
    """What makes an instance: the fields of a dataclass, or what `__init__` takes."""
    if hasattr(value, "__total__"):
        return ["**keywords"]
    if not dataclasses.is_dataclass(value):
        made = inspect.getattr_static(value, "__init__")
        if not inspect.isfunction(made):
            return []
        return _words(node_of(made).args, _around(made))
    written = {
        one.target.id: ast.unparse(one.annotation)
        for kind in reversed(value.__mro__)
        if dataclasses.is_dataclass(kind) and kind.__module__.startswith("warpviz")
        for one in node_of(kind).body
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
    }
    words = []
    for field in dataclasses.fields(value):
        if field.init:
            text = f"{field.name}: {written[field.name]}"
            if field.default is not dataclasses.MISSING:
                text += f" = {field.default!r}"
            elif field.default_factory is not dataclasses.MISSING:
                text += " = …"
            words.append(text)
    return words
