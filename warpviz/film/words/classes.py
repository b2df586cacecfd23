"""The classes of data sets that come along, called in the film's language."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from warpviz.data.dataset import Dataset
from warpviz.languages.language import ENGLISH, Language, word

T = TypeVar("T")
OWN = frozenset(
    {
        word("inner"), word("outer"), word("upper"), word("lower"), word("same sign"),
        word("other sign"), word("black"), word("white"),
    }
)  # fmt: skip
"""What the data sets of `warpviz.data.synthetic` call their classes."""
NUMBERED = {"arm": word("arm {number}"), "blob": word("blob {number}")}


def with_said_classes(data: Dataset, say: Language) -> Dataset:
    """The same data, whose classes are called in a language; those of one's own stay."""
    if say is ENGLISH or data.targets is not None:
        return data
    return replace(data, class_names=tuple(_said(name, say) for name in data.class_names))


def by_said_names(given: T, names: Sequence[str], say: Language) -> T | dict[str, Any]:
    """What is given by the English names of such classes, by those in a language."""
    if not isinstance(given, Mapping):
        return given
    own = {name: name if name in names else _said(name, say) for name in given}
    return {own[name]: value for name, value in given.items()}


def _said(name: str, say: Language) -> str:
    if name in OWN:
        return say(name)
    thing, _, number = name.partition(" ")
    return say(NUMBERED[thing], number=number) if thing in NUMBERED and number.isdecimal() else name
