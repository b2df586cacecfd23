"""Scripts without the blanks that only whoever reads them needs, an eighth of them.

Texts, templates and regular expressions stay as they are, and so do the ends of lines.
"""

import re
from collections.abc import Iterator

WORD = re.compile(r"[\w$]+")
PLAIN = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|//[^\n]*|/\*.*?\*/', re.DOTALL)
REGULAR = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
BLANKS = re.compile(r"[ \t]+")
BEFORE = frozenset(
    ("return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do")
)
"""Words behind which a slash begins a regular expression."""


def squeezed(script: str) -> str:
    """A script without blanks where they change nothing.

    >>> squeezed("return /x y/.test(`${ a } b`) + +c;")
    'return/x y/.test(`${ a } b`)+ +c;'
    """
    parts: list[str] = []
    blank = False
    for token in tokens(script):
        if BLANKS.fullmatch(token):
            blank = True
            continue
        if blank and parts and _held_apart(parts[-1], token):
            parts.append(" ")
        parts.append(token)
        blank = False
    return "".join(parts)


def _held_apart(left: str, right: str) -> bool:
    """Whether two tokens would be others without a blank between them."""
    a, b = left[-1], right[0]
    words = bool(WORD.match(a)) and bool(WORD.match(b))
    return words or (a == b and a in "+-") or (a == "/" and b in "/*") or (a.isdigit() and b == ".")


def tokens(script: str) -> Iterator[str]:
    """Words, texts, templates, regular expressions, runs of blanks, and signs one by one."""
    at, last = 0, ""
    while at < len(script):
        token = _token(script, at, last)
        yield token
        at += len(token)
        last = last if token.isspace() or token.startswith(("//", "/*")) else token


def _token(script: str, at: int, last: str) -> str:
    """The token that begins at a place, given the one before it."""
    if script[at] == "`":
        return script[at : _end_of_template(script, at)]
    for pattern in (BLANKS, WORD, PLAIN):
        found = pattern.match(script, at)
        if found:
            return found.group()
    if script[at] == "/" and (last in BEFORE or not last or last[-1] in "(,=:[!&|?{};+-*%<>~^"):
        found = REGULAR.match(script, at)
        if found:
            return found.group()
    return script[at]


def _end_of_template(script: str, start: int) -> int:
    """Where a template ends, with those that stand within it."""
    at = start + 1
    while script[at] != "`":
        if script[at] == "\\":
            at += 2
        elif script.startswith("${", at):
            at = _end_of_part(script, at + 2)
        else:
            at += 1
    return at + 1


def _end_of_part(script: str, start: int) -> int:
    """Where the part of a template ends whose inside begins at a place."""
    at, deep, last = start, 1, "{"
    while deep:
        token = _token(script, at, last)
        deep += (token == "{") - (token == "}")
        at += len(token)
        last = last if token.isspace() else token
    return at
