"""Functions of a running program get the code of a changed file, without importing it anew."""

import gc
from collections.abc import Iterator, Sequence
from inspect import CO_OPTIMIZED
from types import CodeType, FunctionType

Pair = tuple[CodeType, CodeType]


def inner(code: CodeType) -> list[CodeType]:
    """The code of what is defined in a file, class or function."""
    return [each for each in code.co_consts if isinstance(each, CodeType)]


def own(code: CodeType) -> object:
    """What a code does itself, without what is defined in it."""
    consts = [repr(each) for each in code.co_consts if not isinstance(each, CodeType)]
    return code.co_code, consts, code.co_names, code.co_varnames, code.co_exceptiontable


def changes(old: CodeType, new: CodeType) -> Iterator[Pair]:
    """The outermost pieces of code that differ: functions, or what runs when it is imported."""
    parts = list(zip(inner(old), inner(new), strict=False))
    if old.co_flags & CO_OPTIMIZED:
        if everything(old) != everything(new):
            yield old, new
    elif own(old) != own(new) or len(inner(old)) != len(inner(new)):
        yield old, new
    else:
        for pair in parts:
            yield from changes(*pair)


def everything(code: CodeType) -> object:
    """What a code does, with what is defined in it."""
    return own(code), [everything(each) for each in inner(code)]


def swaps(before: str, after: str, path: str) -> list[Pair] | None:
    """The functions that differ between two texts of a file, or None where more than these do.

    >>> [old.co_name for old, _ in swaps("def f(): return 1", "def f(): return 2", "f.py") or ()]
    ['f']
    >>> swaps("x = 1", "x = 2", "f.py"), swaps("def f(x=1): ...", "def f(x=2): ...", "f.py")
    (None, None)
    """
    found = list(changes(compile(before, path, "exec"), compile(after, path, "exec")))
    return found if found and all(old.co_flags & CO_OPTIMIZED for old, _ in found) else None


def swap(pairs: Sequence[Pair]) -> int:
    """Give all functions that have the old code the new one; how many there are."""
    count = 0
    for old, new in pairs:
        for each in gc.get_objects():
            if isinstance(each, FunctionType) and each.__code__ == old:
                if each.__code__.co_filename == old.co_filename:
                    each.__code__ = new
                    count += 1
    return count
