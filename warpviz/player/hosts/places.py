r"""Texts from outside as they stand in a snippet: nothing that they say leaves its place.

A title may hold line breaks, quotes, fences, braces and tags; a file's name too. Each place of a
snippet takes them through the one function that is made for it.
"""

import re

from warpviz.errors import WarpvizError

_LONGEST = 200  # characters of a title
_BARE = frozenset(" ,.:;()/+=–—·→×%°-")
"""Besides letters and digits, what stands as itself in a snippet: no host has a use for it."""
_IN_STRINGS = frozenset("._-/")
PLAIN = re.compile(r"[A-Za-z0-9_./-]+")
"""Names that mean themselves everywhere, in reStructuredText and in TeX too."""
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
"""Names by which a page knows one of its players."""


def in_attribute(text: str) -> str:
    r"""A text for an attribute that ends no attribute, line, fence, formula or template around it.

    All but letters, digits and a few signs are written by number; line breaks and what else cannot
    be seen become spaces.

    >>> in_attribute('a "b"\n```{python}')
    'a &#34;b&#34; &#96;&#96;&#96;&#123;python&#125;'
    """
    seen = " ".join("".join(s if s.isprintable() else " " for s in text).split())[:_LONGEST]
    return "".join(s if s.isalnum() or s in _BARE else f"&#{ord(s)};" for s in seen)


def in_string(text: str) -> str:
    r"""A text for a string of JavaScript that ends neither the string nor what is around it.

    >>> in_string('a`b.html')
    'a\\u0060b.html'
    """
    units = text.encode("utf-16-be", "surrogatepass")
    codes = (int.from_bytes(units[i : i + 2], "big") for i in range(0, len(units), 2))
    return "".join(
        chr(code)
        if code < 128 and (chr(code).isalnum() or chr(code) in _IN_STRINGS)
        else f"\\u{code:04x}"
        for code in codes
    )


def plain(place: str, host: str) -> str:
    """A path for a host in whose language other signs mean something.

    Raises:
        WarpvizError: it has such signs.
    """
    if not PLAIN.fullmatch(place):
        raise WarpvizError(
            f"{host} expects a path of the letters a to z, digits, - _ . and /, got {place}; "
            "rename the file."
        )
    return place


def named(name: str) -> str:
    """The name of one player in a page, "" for none.

    Raises:
        WarpvizError: it is no name.
    """
    if name and not NAME.fullmatch(name):
        raise WarpvizError(
            f"name expects a letter, then letters, digits, - and _, such as left, got {name!r}."
        )
    return name
