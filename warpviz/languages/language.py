"""The languages of films: English sentences are written where they are said, and looked up here.

say("{name} folds the sheet along {count:# line|# lines}", name="relu", count=3)

`de.toml` and its neighbours have the English sentence at the left and its translation at the
right; a sentence that a table lacks is said in English.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from warpviz.languages.plurals import PLURALS, Plural
from warpviz.names import unknown_name

LANGUAGES = {
    "en": "English",
    "ar": "العربية",
    "de": "Deutsch",
    "es": "español",
    "fr": "français",
    "ja": "日本語",
    "pt": "português",
    "zh": "中文",
}
"""Code → what its speakers call it; a new one also needs a table, and its plurals."""
LEFTWARDS = frozenset({"ar", "fa", "he", "ur"})
"""Those that are written from the right to the left."""
UNSPACED = frozenset({"ja", "zh"})
"""Those that put no space between sentences."""
PLAYER = "player"
"""The section of a table that pages are given."""
PART = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
"""A named part of a sentence, {name}; or a number with the words that it bends, {n:# line|# lines}:
a form for each of the language's plurals, # being the number."""


@dataclass(frozen=True, eq=False)
class Language:
    """One language: call it with an English sentence and its parts.

    Attributes:
        code: of two letters.
        table: English sentence → its translation.
        page: those of them that the player's page says.

    >>> ENGLISH("{name} folds along {count:# line|# lines}", name="relu", count=1)
    'relu folds along 1 line'
    >>> language_of("de")("layer {number}", number=2)
    'Schicht 2'
    """

    code: str
    table: Mapping[str, str]
    page: Mapping[str, str]

    def __call__(self, sentence: str, /, **parts: object) -> str:
        """The sentence in this language.

        Args:
            sentence: in English, with named parts.
            parts: what stands there; of a part with several forms a whole number.
        """
        if isinstance(sentence, Sentence):
            inner = {name: self._again(part) for name, part in sentence.parts.items()}
            return self(sentence.template, **inner)
        known = self.table.get(sentence)
        if known is None:
            return _filled(sentence, parts, PLURALS["en"])
        return _filled(known, parts, self.plural)

    def _again(self, part: object) -> object:
        return self(part) if isinstance(part, Sentence) else part

    def listed(self, things: Sequence[str]) -> str:
        """Things one after the other, as a sentence names them.

        >>> ENGLISH.listed(["2", "1", "0.4"])
        '2, 1 and 0.4'
        """
        if len(things) < 2:
            return "".join(things)
        first = self(", ").join(things[:-1])
        return self("{first} and {last}", first=first, last=things[-1])

    def joined(self, sentences: Sequence[str]) -> str:
        """Whole sentences, one after the other."""
        return ("" if self.code in UNSPACED else " ").join(sentences)

    @property
    def letters(self) -> frozenset[str]:
        """All letters that its sentences are written in."""
        return frozenset("".join(self.table.values()))

    @property
    def plural(self) -> Plural:
        """Which form a number asks for."""
        return PLURALS[self.code]

    @property
    def leftwards(self) -> bool:
        """Whether it is written from the right to the left."""
        return self.code in LEFTWARDS


class Sentence(str):
    """An English sentence that can still be said in another language, for words of data.

    >>> told = Sentence.of("plane through {what}", what=Sentence.of("end of the path"))
    >>> told, language_of("de")(told)
    ('plane through end of the path', 'Ebene durch das Ende des Weges')
    """

    __slots__ = ("parts", "template")
    template: str
    parts: Mapping[str, object]

    @classmethod
    def of(cls, template: str, /, **parts: object) -> "Sentence":
        """Make one of its parts; these may be sentences too."""
        made = cls(_filled(template, parts, PLURALS["en"]))
        made.template, made.parts = template, parts
        return made

    def __reduce__(self) -> tuple[Callable[..., "Sentence"], tuple[Any, ...]]:
        return _sentence, (self.template, self.parts)


def _sentence(template: str, parts: Mapping[str, object]) -> Sentence:
    return Sentence.of(template, **parts)


def _filled(sentence: str, parts: Mapping[str, object], plural: Plural) -> str:
    def put(found: re.Match[str]) -> str:
        name, forms = found.groups()
        if forms is None:
            return str(parts[name])
        number: Any = parts[name]
        form = forms.split("|")[plural.form(number)]
        return form.replace("#", str(number))

    return PART.sub(put, sentence)


ENGLISH = Language("en", {}, {})
"""The sentences as they are written in the code."""


def word(sentence: str) -> str:
    """Mark a sentence of a table in the code that is said elsewhere, and give it back."""
    return sentence


def check_language(code: str) -> None:
    """Refuse a language that there is not.

    Raises:
        WarpvizError: for such a code.
    """
    if code not in LANGUAGES:
        raise unknown_name("language", code, LANGUAGES)


@lru_cache(maxsize=16)
def language_of(code: str) -> Language:
    """Look a language up by its code.

    Raises:
        WarpvizError: there is none of this code.

    >>> language_of("ar").leftwards
    True
    """
    check_language(code)
    if code == "en":
        return ENGLISH
    sections = sections_of(code)
    # What has no translation yet stands there empty.
    table = {english: own for each in sections.values() for english, own in each.items() if own}
    page = {english: table[english] for english in sections[PLAYER] if english in table}
    return Language(code, table, page)


def sections_of(code: str) -> dict[str, dict[str, str]]:
    """A language's table as it is written, section by section."""
    import tomllib
    from importlib.resources import files

    text = (files("warpviz.languages") / f"{code}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
