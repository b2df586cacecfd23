"""Pages, drawings and source code: HTML, SVG, PDF, TeX, DOT, Python and C."""

import ast
import base64
import binascii
import json
import re
import warnings
import zlib
from pathlib import Path
from xml.parsers import expat

from warpviz.checking.found import Found, NotWhole, content, counted, text_of
from warpviz.errors import WarpvizError
from warpviz.player.hosts.files import read_player

LARGEST_FILM = 2**28
"""Bytes of a player's film when it is unpacked."""
WORDS_OF_C = r"""/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'"""
"""Comments, and what stands in quotes."""
PAIRS = {"}": "{", ")": "(", "]": "["}


def html(path: Path) -> Found:
    """A player: its film is unpacked, whose checksum tells.

    Raises:
        NotWhole: as all checks here.
    """
    text = text_of(path)
    if not text.rstrip().endswith("</html>"):
        raise NotWhole("it ends without a page's end")
    try:
        player = read_player(path)
    except WarpvizError:
        raise NotWhole("it is no player") from None
    film = re.search(r'<script type="text/plain" id="film">([A-Za-z0-9+/=]*)</script>', text)
    if film is None:
        raise NotWhole("there is no film in it")
    try:
        inflated = zlib.decompressobj()
        whole = inflated.decompress(base64.b64decode(film[1], validate=True), LARGEST_FILM)
        if not inflated.eof:
            raise NotWhole("its film is cut short or larger than 256 MB")
        json.loads(whole[4 : 4 + int.from_bytes(whole[:4], "little")])
    except (binascii.Error, zlib.error, ValueError, RecursionError) as error:
        raise NotWhole(f"its film is damaged ({error})") from None
    size = f"{player.size[0]}×{player.size[1]} pixels"
    return Found("page", f"a player of {counted(player.stops, 'stop')}, {size}")


def svg(path: Path) -> Found:
    """A drawing: it is read as XML; what it declares for itself is refused."""
    parser = expat.ParserCreate()
    names: list[str] = []
    size: dict[str, str] = {}

    def begin(name: str, attributes: dict[str, str]) -> None:
        if not names:
            size.update(attributes)
        names.append(name)

    def declared(*_: object) -> None:
        raise NotWhole("it declares entities, which no drawing of ours does")

    parser.StartElementHandler = begin
    parser.EntityDeclHandler = declared
    try:
        parser.Parse(content(path), True)
    except expat.ExpatError as error:
        raise NotWhole(f"it is no XML ({error})") from None
    if not names or names[0].rpartition(":")[2] != "svg":
        raise NotWhole("it is no SVG")
    known = [re.sub(r"[^\w.%]", "", size.get(side, ""))[:20] for side in ("width", "height")]
    return Found("drawing", "×".join(known) if all(known) else counted(len(names), "part"))


def pdf(path: Path) -> Found:
    """A document: its table of parts is where it should be, and all that is packed unpacks."""
    data = content(path)
    if not data.startswith(b"%PDF-"):
        raise NotWhole("it does not begin as a PDF does")
    end = re.search(rb"startxref\s+(\d{1,12})\s+%%EOF\s*$", data[-2048:])
    if end is None:
        raise NotWhole("it ends without a PDF's end")
    table = data[int(end[1]) : int(end[1]) + 30]
    if not re.match(rb"xref\b|\d+ \d+ obj\b", table):
        raise NotWhole("its table of parts is not where it should be")
    texts = [data]
    for found in re.finditer(rb"/FlateDecode[^>]*>>\s*stream\r?\n", data):
        inflated = zlib.decompressobj()
        try:
            unpacked = inflated.decompress(data[found.end() :], 2**26)
        except zlib.error as error:
            raise NotWhole(f"what stands at byte {found.end():,} is damaged ({error})") from None
        if not inflated.eof and not inflated.unconsumed_tail:
            raise NotWhole(f"what stands at byte {found.end():,} is cut short")
        if b"/ObjStm" in data[max(0, found.start() - 200) : found.end()]:
            texts.append(unpacked)
    pages = sum(len(re.findall(rb"/Type\s*/Page\b", text)) for text in texts)
    return Found("drawing", counted(pages, "page"))


def python(path: Path) -> Found:
    """Source code that is read, not run."""
    text = text_of(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            names = [each.name for each in ast.parse(text).body if hasattr(each, "name")]
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise NotWhole(f"it is no Python ({error})") from None
    return _source(text, f"Python, {counted(len(names), 'function')}")


def c(path: Path) -> Found:
    """Source code in C: every bracket is closed."""
    text = text_of(path)
    bare = re.sub(WORDS_OF_C, "", text, flags=re.DOTALL)
    _closed(bare)
    return _source(text, "C")


def tex(path: Path) -> Found:
    """A formula in LaTeX: every brace is closed."""
    text = text_of(path)
    _closed(re.sub(r"\\\\|\\[{}()\[\]]|[()\[\]]", "", text))
    return _source(text, "LaTeX")


def dot(path: Path) -> Found:
    """A graph in DOT: it begins and ends as one."""
    text = text_of(path)
    bare = re.sub(r'"(?:\\.|[^"\\])*"', "", text)
    _closed(bare)
    if not re.match(r"(strict\s+)?(di)?graph\b", bare) or not bare.rstrip().endswith("}"):
        raise NotWhole("it is no graph in DOT")
    return _source(text, "DOT")


def _source(text: str, language: str) -> Found:
    if not text.endswith("\n"):
        raise NotWhole("its last line has no end")
    return Found("source", f"{language}, {counted(text.count(chr(10)), 'line')}")


def _closed(text: str) -> None:
    """Refuse brackets that are not closed."""
    opened = []
    for sign in re.findall(r"[{}()\[\]]", text):
        if sign not in PAIRS:
            opened.append(sign)
        elif not opened or opened.pop() != PAIRS[sign]:
            raise NotWhole(f"a {sign!r} closes nothing")
    if opened:
        raise NotWhole(f"a {opened[-1]!r} is not closed")
