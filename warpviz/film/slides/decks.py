"""The deck that slides are put into: our own in the film's colours, or a lecturer's template."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias
from zipfile import BadZipFile, ZipFile
from zlib import error as Damaged

from warpviz.colour import Colour, hexadecimal
from warpviz.errors import WarpvizError
from warpviz.film.reel.pages import slide_size
from warpviz.film.slides.feet import FEET, feet_of, kind_of, put_feet
from warpviz.theme import Theme

POINT = 12700
"""English metric units, in which slides are measured."""
MARGIN = 36 * POINT
"""Around what is on a slide of ours."""
TITLE = (22 * POINT, 54 * POINT)
"""Where a title of ours begins, from the top, and its height."""
GAP = 10 * POINT
"""Between a title and what is below."""
TITLE_SIZE = 2800
"""Of its letters, in hundredths of a point."""
USUAL = "16:9"
Box: TypeAlias = tuple[int, int, int, int]
"""Left, top, width, height."""
TITLES = ("TITLE", "CENTER_TITLE", "VERTICAL_TITLE")
VIDEOS = ("MEDIA_CLIP", "OBJECT", "PICTURE")
"""Placeholders that a video has room in, the best first."""
_TEMPLATE = b"presentationml.template.main+xml"
_DECK = b"presentationml.presentation.main+xml"


@dataclass(frozen=True)
class Deck:
    """Where slides are put.

    Attributes:
        deck: a `pptx.Presentation`.
        layout: of its layouts the one for titles and videos.
        feet: what is put at the foot of slides, see `feet_of`.
        own: whether it is ours, not a lecturer's.
    """

    deck: Any
    layout: Any
    feet: Mapping[str, Any]
    own: bool


def python_pptx(path: Path) -> ModuleType:
    """The library that writes slides.

    Raises:
        WarpvizError: it is not installed.
    """
    try:
        return import_module("pptx")
    except ImportError:
        raise WarpvizError(
            f"Cannot write {path}: slides need python-pptx; install it with: "
            "pip install 'warpviz[slides]'."
        ) from None


def own_deck(path: Path, page: str | None, theme: Theme) -> Deck:
    """An empty deck in a film's colours.

    Args:
        path: of the file, for what is told.
        page: the ratio of its slides, see `slide_size`; None is 16:9.
        theme: of the film.
    """
    deck = python_pptx(path).Presentation()
    width, height = (round(side * POINT) for side in slide_size(page or USUAL))
    across, down = width / deck.slide_width, height / deck.slide_height
    deck.slide_width, deck.slide_height = width, height
    master = deck.slide_master
    for place in (master, *master.slide_layouts):
        for shape in place.placeholders:
            # What has no place of its own has its master's.
            if shape._element.spPr.xfrm is not None:
                shape.left, shape.width = round(shape.left * across), round(shape.width * across)
                shape.top, shape.height = round(shape.top * down), round(shape.height * down)
    title = next(each for each in master.placeholders if kind_of(each) in TITLES)
    title.left, title.width = MARGIN, width - 2 * MARGIN
    title.top, title.height = TITLE
    body = next(each for each in master.placeholders if kind_of(each) == "BODY")
    top = title.top + title.height + GAP
    body.left, body.width = MARGIN, width - 2 * MARGIN
    body.top, body.height = top, height - MARGIN // 2 - top
    style = master._element.find(f".//{_p('titleStyle')}/{_a('lvl1pPr')}")
    style.set("algn", "l")
    style.find(_a("defRPr")).set("sz", str(TITLE_SIZE))
    _coloured(master.part, theme)
    return Deck(deck, _best_layout(deck), {}, own=True)


def deck_of(path: Path, template: Path) -> Deck:
    """A lecturer's deck without the slides that it holds: its layouts, size and fonts.

    Raises:
        WarpvizError: it cannot be read, or is no deck.
    """
    library = python_pptx(path)
    with _understood(template):
        deck = library.Presentation(BytesIO(_as_deck(template)))
        feet = feet_of(deck.slides)
        for slide in list(deck.slides._sldIdLst):
            deck.part.drop_rel(slide.rId)
            deck.slides._sldIdLst.remove(slide)
        # These name slides that are left out; PowerPoint would want to repair the deck.
        for name, related in list(deck.part.rels.items()):
            if related.reltype.endswith("/viewProps"):
                deck.part.rels.pop(name)
        for gone in deck.part._element.xpath("./p:custShowLst | ./p:extLst"):
            gone.getparent().remove(gone)
        return Deck(deck, _best_layout(deck), feet, own=False)


def check_template(path: Path, template: Path) -> None:
    """Put a slide into a template, and forget it.

    Raises:
        WarpvizError: as `deck_of`, or it is damaged somewhere inside.
    """
    deck = deck_of(path, template)
    with _understood(template):
        room_of(deck)
        put_feet(slide := deck.deck.slides.add_slide(deck.layout), deck.feet)
        slide.notes_slide.notes_text_frame.text = ""
        deck.deck.save(BytesIO())


@contextmanager
def _understood(template: Path) -> Iterator[None]:
    """Say in a sentence that a template is not what it should be, whatever is wrong inside."""
    try:
        yield
    except (OSError, ValueError, LookupError, AttributeError, TypeError, SyntaxError, RuntimeError,
            BadZipFile, Damaged, import_module("pptx.exc").PythonPptxError) as error:  # fmt: skip
        told = getattr(error, "strerror", None) or "it is no deck of PowerPoint, or damaged"
        raise WarpvizError(
            f"Cannot read the template {template}: {told}; name a .pptx or .potx."
        ) from error


def _as_deck(template: Path) -> bytes:
    """The bytes of a deck; a .potx differs from one by a word."""
    data = template.read_bytes()
    with ZipFile(BytesIO(data)) as packed:
        kinds = packed.read("[Content_Types].xml")
        if _TEMPLATE not in kinds:
            return data
        target = BytesIO()
        with ZipFile(target, "w") as changed:
            for name in packed.namelist():
                part = packed.read(name)
                changed.writestr(name, part.replace(_TEMPLATE, _DECK) if part == kinds else part)
    return target.getvalue()


def _best_layout(deck: Any) -> Any:
    """The layout with a title and room for one video, else of a title alone, else with room."""

    def badness(layout: Any) -> tuple[bool, int, int]:
        kinds = [kind_of(each) for each in layout.placeholders]
        body = [kind for kind in kinds if kind not in (*TITLES, *FEET)]
        fits = [VIDEOS.index(kind) for kind in body if kind in VIDEOS]
        if len(body) == 1 and fits:
            order = 0, fits[0]
        else:
            order = (1, 0) if not body else (2 + (not fits), len(body))
        return not {*kinds} & {*TITLES}, *order

    layouts = [layout for master in deck.slide_masters for layout in master.slide_layouts]
    return min(layouts, key=badness)


def room_of(deck: Deck) -> tuple[int | None, Box]:
    """Where a slide's video is put: the number of the placeholder that it fills, and the place.

    Where the layout has none, it is what the title and the feet leave.
    """
    places = {kind_of(each): each for each in reversed(list(deck.layout.placeholders))}
    for kind in VIDEOS:
        if kind in places:
            return places[kind].placeholder_format.idx, _box(places[kind])
    width, height = deck.deck.slide_width, deck.deck.slide_height
    low = [places[kind].top for kind in FEET if kind in places]
    bottom = min([height - MARGIN // 2, *(top - GAP // 2 for top in low if top > height // 2)])
    title = next((places[kind] for kind in TITLES if kind in places), None)
    left, top, _, below = _box(title) if title is not None else (MARGIN, 0, 0, MARGIN - GAP)
    first = top + below + GAP
    if first > height // 2:  # A title at the foot.
        first, bottom = MARGIN // 2, top - GAP
    left = min(max(left, 0), width // 4)
    return None, (left, first, width - 2 * left, bottom - first)


def _box(shape: Any) -> Box:
    return shape.left, shape.top, shape.width, shape.height


def _coloured(master: Any, theme: Theme) -> None:
    """Give a deck the film's ground, text and class colours."""
    part = next(
        each.target_part for each in master.rels.values() if each.reltype.endswith("/theme")
    )
    text = part.blob.decode("utf-8")
    names = {
        "dk1": theme.text, "lt1": theme.background, "dk2": theme.muted, "lt2": theme.background,
        **{f"accent{n}": colour for n, colour in enumerate(theme.classes[:6], start=1)},
    }  # fmt: skip
    for name, colour in names.items():
        own = f'<a:{name}><a:srgbClr val="{_hex(colour)}"/></a:{name}>'
        text = re.sub(rf"<a:{name}>.*?</a:{name}>", own, text, flags=re.DOTALL)
    part._blob = text.encode("utf-8")


def _hex(colour: Colour) -> str:
    return hexadecimal(colour).removeprefix("#").upper()


def _p(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/presentationml/2006/main}}{name}"


def _a(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/drawingml/2006/main}}{name}"
