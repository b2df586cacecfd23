"""Docstrings as Markdown: sections in Google's way become lists, doctests blocks."""

import re
from collections.abc import Iterator

SECTIONS = {"Args": "Arguments", "Attributes": "Attributes", "Returns": "Returns",
            "Yields": "Yields", "Raises": "Raises"}  # fmt: skip
_HEAD = re.compile(rf"^({'|'.join(SECTIONS)}):$")
_ITEM = re.compile(r"^ {4}(\*{0,2}[\w.]+(?:, \w+)*): (.*)$")
_CODE = re.compile(r"(`[^`]+`|https?://[^\s)>,]+[^\s)>,.])")
_SIGNS = re.compile(r"([*_$<\[\]|])")


def markdown(text: str) -> str:
    r"""A docstring, cleaned by `inspect.getdoc`, as Markdown.

    >>> print(markdown("Twice x.\n\nArgs:\n    x: a number,\n        or *two*."))
    Twice x.
    <BLANKLINE>
    **Arguments**
    <BLANKLINE>
    - `x`: a number, or \*two\*.
    """
    return "\n\n".join(part for part in _parts(text.splitlines()) if part)


def _parts(lines: list[str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        head = _HEAD.match(lines[at])
        end = at + 1
        if head:
            while end < len(lines) and (not lines[end] or lines[end].startswith("    ")):
                end += 1
            yield f"**{SECTIONS[head[1]]}**"
            yield _items(lines[at + 1 : end])
        else:
            while end < len(lines) and lines[end]:
                end += 1
            yield _paragraph(lines[at:end])
        at = end
        while at < len(lines) and not lines[at]:
            at += 1


def _items(lines: list[str]) -> str:
    """A section: a list where it names things, else a paragraph."""
    items: list[list[str]] = []
    for line in lines:
        found = _ITEM.match(line)
        if found:
            items.append([f"`{found[1]}`: ", found[2]])
        elif line and items:
            items[-1].append(" " + line.strip())
        elif line:
            items.append(["", line.strip()])
    if not any(name for name, *_ in items):
        return escaped(" ".join("".join(each).strip() for each in items))
    return "\n".join(f"- {name}{escaped(''.join(rest))}" for name, *rest in items)


def _paragraph(lines: list[str]) -> str:
    if lines[0].startswith(">>>"):
        return "\n".join(["```pycon", *lines, "```"])
    if lines[0].startswith("    "):
        return "\n".join(["```text", *(line[4:] for line in lines), "```"])
    if lines[0].startswith("- "):
        return "\n".join(escaped(line) for line in lines)
    return escaped(" ".join(lines))


def escaped(text: str) -> str:
    r"""Prose whose signs mean themselves, but for code and addresses.

    >>> escaped("a_b * c of `x_y`, https://a.b/c_d.")
    'a\\_b \\* c of `x_y`, <https://a.b/c_d>.'
    """
    parts = _CODE.split(text)
    parts[::2] = [_SIGNS.sub(r"\\\1", part) for part in parts[::2]]
    parts[1::2] = [part if part.startswith("`") else f"<{part}>" for part in parts[1::2]]
    return "".join(parts)
