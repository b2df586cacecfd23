"""The one exception for what a user can mend, and how texts from outside are shown."""

import re

LONGEST = 500
"""Letters of a sentence."""
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "\U000e0000-\U000e007f]"
)
"""Signs that are no text: they steer a terminal or the direction of a line, are half a sign, or may
not stand in XML."""

_WRITTEN = re.compile(r"\\(?:[ntr]|ud[89ab]..\\ud[c-f]..|u[0-9a-f]{4})")


def visible(text: str) -> str:
    r"""The same text, with what is no text written out, as JSON does.

    Law: visible(visible(text)) == visible(text).

    >>> visible("a\x1b[31m\nb\u202e"), visible("naïve – 日本 👩‍🔬")
    ('a\\u001b[31m\\nb\\u202e', 'naïve – 日本 👩‍🔬')
    """
    return UNSEEN.sub(lambda found: _written_out(found[0]), text)


def length(text: str) -> int:
    r"""Letters of a text; a sign that is written out counts as the one that it is.

    Law: length(visible(text)) <= len(text).

    >>> length("a\n\ud800"), length(visible("a\n\ud800"))
    (3, 3)
    """
    return len(_WRITTEN.sub(" ", text))


def _written_out(sign: str) -> str:
    if sign in "\n\t\r":
        return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}[sign]
    pair = sign.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{pair[i : i + 4]}" for i in range(0, len(pair), 4))


def sentence(text: str) -> str:
    """One line of bearable length: of a longer one the middle is left out.

    >>> len(sentence("a" * 10_000)), sentence("short")
    (500, 'short')
    """
    shown = visible(text)
    half = LONGEST // 2
    return shown if len(shown) <= LONGEST else f"{shown[: half - 3]} … {shown[-half:]}"


class WarpvizError(ValueError):
    """One sentence: the subject, what was expected, what came, and what to do next."""

    def __init__(self, text: str = "") -> None:
        super().__init__(sentence(text))
