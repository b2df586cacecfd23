"""Letters of any script: which font draws them, in what order, and what has to be said of them.

text ─► runs ─► (letters, font), … as they stand from the left to the right
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from PIL import features

from warpviz.languages.language import ENGLISH, Language
from warpviz.picture.words.fonts import bundled_font, fallbacks, letters_of

MOST_TOLD = 12
"""Letters that are named as missing."""
SHAPED = ((0x0590, 0x1CFF), (0xA840, 0xABFF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFF))
"""Code points of scripts whose letters join, stack or run to the left: Hebrew to Vedic signs, …"""
BUNDLED = (
    (0x20, 0x7E), (0xA0, 0x24F), (0x386, 0x3CE), (0x400, 0x45F), (0x2010, 0x2027),
    (0x2070, 0x208E), (0x2190, 0x22FF),
)  # fmt: skip
"""Code points that DejaVu Sans has, from and to: most lines need no look into the font."""


def _is_usual(text: str, font: Path) -> bool:
    """Whether a font surely has all letters of a text."""
    if text.isascii():
        return True
    own = all(any(low <= ord(one) <= high for low, high in BUNDLED) for one in text)
    return own and font == bundled_font()


@lru_cache(maxsize=1024)
def needs_shaping(text: str) -> bool:
    """Whether letters are not simply put one after the other."""
    if text.isascii():
        return False
    return any(low <= ord(letter) <= high for letter in text for low, high in SHAPED)


@lru_cache(maxsize=1)
def can_shape() -> bool:
    """Whether Pillow has its shaper, Raqm."""
    return bool(features.check("raqm"))


def is_silent(letter: str) -> bool:
    """Whether a sign has no picture of its own: joiners, marks of direction, variants."""
    return unicodedata.category(letter) == "Cf" or 0xFE00 <= ord(letter) <= 0xFE0F


def missing(texts: Iterable[str], font: Path) -> str:
    """Letters of texts that neither a font nor any installed one has, each once, in order."""
    lacking = dict.fromkeys(
        letter
        for text in texts
        if not _is_usual(text, font)
        for letter in text
        if ord(letter) > 126 and not is_silent(letter) and ord(letter) not in letters_of(font)
    )
    if not lacking:
        return ""
    known = frozenset[int]().union(*map(letters_of, fallbacks(frozenset(lacking))))
    return "".join(letter for letter in lacking if ord(letter) not in known)


def font_notes(texts: Iterable[str], font: Path, say: Language = ENGLISH) -> tuple[str, ...]:
    """What whoever films these texts should know of their letters; () where all is well."""
    texts = tuple(texts)
    notes = []
    if lacking := missing(texts, font):
        shown = ", ".join(lacking[:MOST_TOLD]) + (", …" if len(lacking) > MOST_TOLD else "")
        notes.append(
            say(
                "No installed font has {letters}: boxes stand for them; install a font that does, "
                "or name its file with --font.",
                letters=shown,
            )
        )
    if any(map(needs_shaping, texts)) and not can_shape():
        notes.append(
            say(
                "Pillow has no Raqm here, so letters of scripts that join or run to the left stand "
                "one by one: install Pillow's own wheel and the library FriBidi."
            )
        )
    return tuple(notes)


def goes_left(text: str) -> bool:
    """Whether a text's first letter with a direction is of a script that runs to the left."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


@lru_cache(maxsize=2048)
def runs(text: str, font: Path) -> tuple[tuple[str, Path], ...]:
    """A line in parts of one font each, as they stand from the left to the right.

    Letters that the font lacks come from installed fonts. Signs between letters of another font,
    such as spaces and marks, stay with those before them.
    """
    if _is_usual(text, font):
        return ((text, font),)
    known = letters_of(font)
    lacking = frozenset(one for one in text if ord(one) > 126 and ord(one) not in known)
    if not lacking:
        return ((text, font),)
    others = fallbacks(frozenset(one for one in lacking if not is_silent(one)))
    parts: list[tuple[str, Path]] = []
    current = font
    for letter in text:
        own = ord(letter) in known or ord(letter) <= 126
        strong = unicodedata.bidirectional(letter) in ("L", "R", "AL")
        keeps = current != font and ord(letter) in letters_of(current)
        if own and not (keeps and not strong):
            current = font
        elif not keeps:
            if is_silent(letter):
                continue
            current = next((one for one in others if ord(letter) in letters_of(one)), font)
        parts.append((letter, current))
    sides = _sides("".join(letter for letter, _ in parts))
    joined = [
        ("".join(letter for (letter, _), _ in group), face, left)
        for (face, left), group in groupby(
            zip(parts, sides, strict=True), key=lambda each: (each[0][1], each[1])
        )
    ]
    return tuple(_in_order(joined, goes_left(text)))


def _sides(text: str) -> list[bool]:
    """For each letter whether it runs to the left.

    Signs without a direction take that of the letters on both sides, or of the line where these
    differ; figures that of the letters before them (Unicode's UAX 9, rules W2, W7, N1 and N2).
    """
    line = goes_left(text)
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    known: list[bool | None] = []
    last = line
    for kind in kinds:
        if kind in ("L", "R", "AL"):
            last = kind != "L"
        known.append(last if kind in ("L", "R", "AL", "EN", "AN", "NSM") else None)
    before = line
    for k, side in enumerate(known):
        if side is None:
            after = next((one for one in known[k:] if one is not None), line)
            known[k] = before if before == after else line
        else:
            before = side
    return [bool(side) for side in known]


def _in_order(parts: list[tuple[str, Path, bool]], leftwards: bool) -> list[tuple[str, Path]]:
    """Parts in the order of reading, from the left to the right; within them a shaper orders."""
    parts = parts[::-1] if leftwards else parts
    ordered: list[tuple[str, Path]] = []
    for side, group in groupby(parts, key=lambda part: part[2]):
        same = [(letters, face) for letters, face, _ in group]
        ordered += same if side == leftwards else same[::-1]
    return ordered
