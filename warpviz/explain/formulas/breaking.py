r"""Long equations in several rows, broken before + and −, as a page of mathematics is.

A row may break inside brackets; \left( and \right) stand on one row, so brackets that reach over
a break are plain ones.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDTH = 88
"""Signs of a row, about a page's width."""
QUAD = 2
"""Signs that a quad is wide."""
TOKEN = re.compile(
    r"\\begin\{(\w+)\}.*?\\end\{\1\}|\{\\left\(|\\left\(| ?\\right\)\}?"
    r"| [+-] |\\[a-zA-Z]+|\\.|.",
    re.DOTALL,
)
SPACES = {r"\quad": 2, r"\,": 0, r"\;": 0, r"\cdot": 1}


@dataclass
class _Piece:
    """A token: its text, how wide it is, and how deep in brackets it stands."""

    text: str
    width: int
    depth: int
    breakable: bool = False


def width(line: str) -> int:
    r"""About how many signs wide an equation is.

    >>> width(r"y_{1} = 0.5 \tanh{\left(x_{2} \right)}")
    14
    """
    return sum(piece.width for piece in _pieces(line))


@dataclass(frozen=True)
class Row:
    """A row of an equation: LaTeX, and how far it is indented, in quads."""

    latex: str
    indent: int = 0


def broken(line: str, limit: int = WIDTH) -> list[Row]:
    r"""An equation in rows of so many signs; the later ones begin with their + or −.

    They are indented, the more the deeper in brackets they stand. Matrices stay in one row.

    >>> broken("y = a + b + c + d", 10)
    [Row(latex='y = a + b', indent=0), Row(latex='+ c + d', indent=1)]
    >>> [row.latex for row in broken(r"y = \sin{\left(a + b + c + d \right)}", 13)]
    ['y = \\sin(a + b', '+ c + d)']
    """
    pieces = [*_pieces(line)]
    if sum(piece.width for piece in pieces) <= limit or "{pmatrix}" in line:
        return [Row(line)]
    head = next((i for i, piece in enumerate(pieces) if piece.text == "="), 0)
    cuts: list[int] = []
    start, used = 0, 0
    for i, piece in enumerate(pieces):
        used += piece.width
        if used <= limit:
            continue
        # The outermost + in the second half of the row, else the last, else the next.
        places = [j for j in range(start + 1, i + 1) if pieces[j].breakable and j > head]
        later = [j for j in places if sum(p.width for p in pieces[start:j]) > limit / 3]
        chosen = later or places
        if not chosen:
            continue
        lowest = min(pieces[j].depth for j in chosen)
        start = max(j for j in chosen if pieces[j].depth == lowest)
        cuts.append(start)
        used = QUAD * (1 + lowest) + sum(p.width for p in pieces[start : i + 1])
    indents = [0, *(1 + pieces[cut].depth for cut in cuts)]
    ends = [*cuts, len(pieces)]
    torn = _torn(pieces, cuts)
    return [
        Row(_joined(pieces, start, end, torn), indent)
        for start, end, indent in zip([0, *cuts], ends, indents, strict=True)
    ]


def aligned(lines: Sequence[str], limit: int = WIDTH) -> str:
    """Equations as one piece of LaTeX: below one another at their =, broken where they are long."""
    rows = []
    for line in lines:
        first, *others = broken(line, limit)
        rows.append(first.latex.replace(" = ", " &= ", 1))
        rows += ["&" + r"\quad" * row.indent + f" {{}} {row.latex}" for row in others]
    if len(rows) == 1:
        return lines[0]
    joined = " \\\\\n".join(rows)
    return f"\\begin{{aligned}}\n{joined}\n\\end{{aligned}}"


def _joined(pieces: Sequence[_Piece], start: int, end: int, torn: set[int]) -> str:
    plain = {True: "(", False: ")"}
    return "".join(
        plain[r"\left" in pieces[i].text] if i in torn else pieces[i].text
        for i in range(start, end)
    ).strip()


def _torn(pieces: Sequence[_Piece], cuts: Sequence[int]) -> set[int]:
    """Brackets with a break between them."""
    torn: set[int] = set()
    open_: list[int] = []
    for i, piece in enumerate(pieces):
        if r"\left(" in piece.text:
            open_.append(i)
        elif r"\right)" in piece.text and open_:
            first = open_.pop()
            if any(first < cut < i for cut in cuts):
                torn |= {first, i}
    return torn


def _pieces(line: str) -> Iterator[_Piece]:
    depth = braces = 0
    opened: list[bool] = []
    for found in TOKEN.finditer(line):
        text = found.group()
        if text.startswith(r"\begin"):
            rows = [TOKEN.findall(row) for row in re.split(r"\\\\|\\begin|\\end", text)]
            yield _Piece(text, max(map(len, rows)), depth)
        elif r"\left(" in text:
            opened.append(text.startswith("{"))
            depth += 1
            yield _Piece(text, 1, depth)
        elif r"\right)" in text:
            braced = bool(opened) and opened.pop()
            rest = text.endswith("}") and not braced
            yield _Piece(text[:-1] if rest else text, 1, depth)
            depth -= 1
            if rest:
                braces -= 1
                yield _Piece("}", 0, depth)
        elif text in (" + ", " - "):
            yield _Piece(text, 3, depth, breakable=braces == 0)
        else:
            braces += (text == "{") - (text == "}")
            wide = SPACES.get(text, 0 if text in "{}^_ " else len(text) - text.startswith("\\"))
            wide = 1 if text.startswith("\\") and wide > 6 else wide
            yield _Piece(text, wide, depth)
