"""Slides: every part of the package, all that they refer to, every frame of their videos."""

import posixpath
import re
from io import BytesIO
from pathlib import Path
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile
from zlib import error as CutShort

from warpviz.checking.found import LARGEST, Found, NotWhole, content, counted
from warpviz.checking.videos import decoded

KINDS, MAIN = "[Content_Types].xml", "ppt/presentation.xml"
"""Parts that every deck has."""


def pptx(path: Path) -> Found:
    """A deck of slides.

    Raises:
        NotWhole: as all checks here.
        WarpvizError: PyAV, which decodes the videos, is not installed.
    """
    data = content(path)
    try:
        with ZipFile(BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST:
                raise NotWhole("it unpacks to more than a gigabyte, which is not looked into")
            parts = {name: packed.read(name) for name in packed.namelist()}
    except (BadZipFile, CutShort, EOFError, OSError, ValueError, RuntimeError,
            NotImplementedError) as error:  # fmt: skip
        raise NotWhole(f"it is cut short, or no deck ({error})") from None
    if missing := {KINDS, MAIN} - set(parts):
        raise NotWhole(f"it lacks its part {sorted(missing)[0]!r}")
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            for target in _read(name, part):
                if target not in parts:
                    raise NotWhole(f"{name} refers to {target}, which is not there")
    videos = [name for name in sorted(parts) if name.endswith(".mp4")]
    frames = 0
    for name in videos:
        try:
            frames += decoded(BytesIO(parts[name]), "mp4", path)[1]
        except NotWhole as problem:
            raise NotWhole(f"{name}: {problem}") from None
    count = sum(bool(re.fullmatch(r"ppt/slides/slide\d+\.xml", name)) for name in parts)
    told = [counted(count, "slide")]
    if videos:
        told += [counted(len(videos), "video"), f"{counted(frames, 'frame')} in all"]
    return Found("slides", ", ".join(told))


def _read(name: str, part: bytes) -> list[str]:
    """Read a part as XML; the parts that it refers to, where it is a list of these."""
    targets: list[str] = []
    # What is related to a/b.xml stands in a/_rels/b.xml.rels, its names seen from a.
    folder = posixpath.dirname(posixpath.dirname(name))

    def begin(element: str, attributes: dict[str, str]) -> None:
        if element.rpartition(":")[2] == "Relationship" and (
            attributes.get("TargetMode") != "External"
        ):
            target = attributes.get("Target", "").partition("#")[0]
            if target:
                place = target if target.startswith("/") else posixpath.join("/", folder, target)
                targets.append(posixpath.normpath(place).lstrip("/"))

    def declared(*_: object) -> None:
        raise NotWhole(f"{name} declares entities, which no deck does")

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.EntityDeclHandler = declared
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise NotWhole(f"{name} is no XML ({error})") from None
    return targets if name.endswith(".rels") else []
