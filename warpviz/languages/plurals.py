"""Which form of a word a whole number asks for, language by language.

After Unicode's CLDR, https://cldr.unicode.org/index/cldr-spec/plural-rules, for whole numbers.
"""

from collections.abc import Callable
from typing import NamedTuple


class Plural(NamedTuple):
    """The forms of a language, in the order of its tables, and the one that a number takes."""

    names: tuple[str, ...]
    form: Callable[[int], int]


def _arabic(n: int) -> int:
    if n < 3:
        return n
    return 3 if 3 <= n % 100 <= 10 else 4 if n % 100 >= 11 else 5


ONE_OTHER = Plural(("one", "other"), lambda n: int(n != 1))
UP_TO_ONE = Plural(("one", "other"), lambda n: int(n > 1))
NONE = Plural(("other",), lambda n: 0)
PLURALS = {
    "en": ONE_OTHER,
    "ar": Plural(("zero", "one", "two", "few", "many", "other"), _arabic),
    "de": ONE_OTHER,
    "es": ONE_OTHER,
    "fr": UP_TO_ONE,
    "ja": NONE,
    "pt": UP_TO_ONE,
    "zh": NONE,
}
"""Code of a language → its forms. Millions of Spanish, French and Portuguese are taken as others:
no film counts so far."""
