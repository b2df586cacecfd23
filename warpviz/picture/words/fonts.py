"""Fonts: the bundled one, installed ones by name, and which of them has a letter."""

import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from PIL import ImageFont

from warpviz.errors import WarpvizError

NORMAL = (400, "normal", "regular", "book", "medium")
"""Weights of a font for running text."""
BOXES = ("Last Resort", "Last Resort High-Efficiency", "Adobe Blank", "Adobe NotDef")
"""Fonts that have a picture for every letter, and the letter for none."""
SCRIPTS = {"HIRAGANA": "CJK", "KATAKANA": "CJK", "HANGUL": "CJK", "FULLWIDTH": "CJK"}
"""Scripts, as letters' names begin, whose fonts are called otherwise."""


def bundled_font() -> Path:
    """DejaVu Sans, which matplotlib brings (found without importing matplotlib)."""
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise WarpvizError("Text needs matplotlib's fonts: pip install matplotlib.")
    inside = Path("fonts", "ttf", "DejaVuSans.ttf")
    beside = Path(spec.origin).parent / "mpl-data" / inside
    if beside.is_file():
        return beside
    # A distribution's own package may keep its data elsewhere.
    import matplotlib

    return Path(matplotlib.get_data_path()) / inside


def find_font(name: str | None, letters: frozenset[str] = frozenset()) -> Path:
    """A font file from a path or a family's name.

    Args:
        name: of the font; None is the bundled one, or where that lacks some of the letters one
            installed font that has them all.
        letters: of the film's language.

    Raises:
        WarpvizError: a file that is no font, or a family that is not installed.
    """
    if name is None:
        return _font_with(letters)
    if Path(name).is_file():
        if not _opens(Path(name)):
            raise WarpvizError(
                f"--font expects a TrueType or OpenType font, got {name!r}, which is none."
            )
        return Path(name)
    # The list of fonts is kept between runs: a font that is installed since is found anew.
    for fresh in (False, True):
        try:
            return Path(_manager(fresh).findfont(name, fallback_to_default=False))
        except ValueError:
            continue
    raise WarpvizError(
        f"--font expects a font file or an installed family, got {name!r}; "
        "name a .ttf or .otf file."
    )


@lru_cache(maxsize=16)
def _font_with(letters: frozenset[str]) -> Path:
    """The bundled font, unless another one alone has all of these letters."""
    own = letters_of(bundled_font()) if letters else frozenset[int]()
    lacking = frozenset(one for one in letters if ord(one) not in own)
    others = fallbacks(lacking) if lacking else ()
    return others[0] if len(others) == 1 else bundled_font()


_FRESH: list[Any] = []


def _manager(fresh: bool) -> Any:
    """Who knows the installed fonts; `fresh` looks at the folders again, once."""
    from matplotlib import font_manager

    if fresh and not _FRESH:
        _FRESH.append(font_manager.FontManager())
    return _FRESH[0] if _FRESH else font_manager.fontManager


def _opens(font: Path) -> bool:
    """Whether letters of any size can be drawn; fonts of bitmaps alone have one size."""
    try:
        ImageFont.truetype(str(font), 12)
    except OSError:
        return False
    return True


@lru_cache(maxsize=512)
def letters_of(font: Path) -> frozenset[int]:
    """Code points that a font draws."""
    from matplotlib.ft2font import FT2Font

    try:
        return frozenset(FT2Font(str(font)).get_charmap())
    except (OSError, RuntimeError):
        return frozenset()


@lru_cache(maxsize=64)
def family_of(font: Path) -> str:
    """What a font file calls its family."""
    from matplotlib.ft2font import FT2Font

    return FT2Font(str(font)).family_name


def _script(letter: str) -> str:
    """The script in a letter's name, such as "arabic"."""
    word = unicodedata.name(letter, "").partition(" ")[0]
    return SCRIPTS.get(word, word).lower()


@lru_cache(maxsize=64)
def fallbacks(letters: frozenset[str]) -> tuple[Path, ...]:
    """Installed fonts that have these letters, one alone if it can be; () where none has any.

    Fonts that are named after the letters' script come first, then sans-serif ones, by name: the
    same fonts in every process of a machine.
    """
    found = _fallbacks(letters, fresh=False)
    known = frozenset[int]().union(*map(letters_of, found)) if found else frozenset()
    return found if all(ord(one) in known for one in letters) else _fallbacks(letters, fresh=True)


def _fallbacks(letters: frozenset[str], fresh: bool) -> tuple[Path, ...]:
    scripts = {_script(letter) for letter in letters} - {""}

    def rank(entry: Any) -> tuple[bool, bool, str, str]:
        name = entry.name.lower()
        plain = "sans" in name and "mono" not in name
        return not any(script in name for script in scripts), not plain, name, entry.fname

    fonts = [
        entry
        for entry in _manager(fresh).ttflist
        if entry.style == "normal" and entry.weight in NORMAL and entry.name not in BOXES
    ]
    left = set(letters)
    chosen: list[Path] = []
    paths = list(dict.fromkeys(Path(entry.fname) for entry in sorted(fonts, key=rank)))
    for path in paths:  # Letters of two fonts are of two kinds.
        if all(ord(letter) in letters_of(path) for letter in letters) and _opens(path):
            return (path,)
    for path in paths:
        has = {letter for letter in left if ord(letter) in letters_of(path)}
        if has and _opens(path):
            chosen.append(path)
            left -= has
        if not left:
            break
    return tuple(chosen)
