"""Every public function tells in one sentence what it cannot take: nothing else comes out of it."""

import inspect
from pathlib import Path
from typing import Any, is_typeddict

import numpy as np
import pytest

import warpviz as wv
from tests.calls import films, models, topics
from tests.calls.made import MODEL
from warpviz import WarpvizError

WRONG: tuple[Any, ...] = (
    None, True, -1, 0, 3, 2.5, float("nan"), float("inf"), 1j, "", "nonsense", b"bytes", [],
    [1, 2], [[1, 2], [3]], {}, {"a": 1}, {1, 2}, object(), len, int, np.full((2, 2), np.nan),
    np.zeros((0, 2)), np.zeros((2, 3, 4)), np.array(["a", "b"]), (sign for sign in "ab"), 1 << 70,
)  # fmt: skip
"""Arguments of all kinds; none is right everywhere."""

CALLS = models.CALLS | films.CALLS | topics.CALLS
MAY_COME: dict[str, tuple[type[Exception], ...]] = {"Chain.__getitem__": (IndexError,)}
"""What Python itself expects of a sequence."""


def public() -> set[str]:
    """Names of all public functions, classes and methods."""
    names = set()
    for name in wv.__all__:
        each = getattr(wv, name)
        if is_typeddict(each) or getattr(each, "_is_protocol", False):
            continue  # for type checkers alone
        if callable(each):
            names.add(name)
        if inspect.isclass(each) and not issubclass(each, BaseException):
            names |= {
                f"{name}.{method}"
                for method, value in inspect.getmembers(each, callable)
                if not method.startswith("_") or method in ("__call__", "__getitem__")
                if method != "__call__" or "__call__" in vars(each)
                if not inspect.isclass(value)
            }
    return names


def test_every_public_function_is_asked() -> None:
    assert set(CALLS) == public()


@pytest.mark.many(quick=2)
@pytest.mark.parametrize("name", sorted(CALLS))
def test_what_is_wrong_is_told_in_one_sentence(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    wv.save_model(MODEL, "stored.npz")
    function, right = CALLS[name]()
    function(**right)
    failures = []
    for word in right:
        for value in WRONG:
            if word == "watch" and callable(value):
                continue  # what a user's own function raises is the user's
            function, right = CALLS[name]()
            try:
                function(**{**right, word: value})
            except WarpvizError as error:
                text = str(error)
                if not text.endswith((".", "?")) or len(text) < 20:
                    failures.append(f"{word}={value!r}: no sentence: {text}")
            except tuple(MAY_COME.get(name, ())):
                pass
            except Exception as error:
                failures.append(f"{word}={value!r:.40}: {type(error).__name__}: {error!s:.120}")
    assert not failures, "\n".join(failures)
