"""Slides of a film, `-o fold.pptx`: for each stop one, with the act that leaves it.

    stop k      title and picture; on the click it turns into a video, which rests on stop k + 1
                notes: what can be said of the state, what the act does (▶), its formula
    stop k + 1  begins with the picture on which the video rests, so that nothing jumps
    the last    its picture

On paper every slide shows what its title says.

A film that does not rest at its stops, of training or of curves, is one slide with one video.
LibreOffice makes it .odp, videos included: soffice --headless --convert-to odp fold.pptx
"""

from dataclasses import replace
from importlib import import_module
from io import BytesIO
from pathlib import Path
from textwrap import shorten
from typing import Any

from warpviz.atomic import check_writable, replacing
from warpviz.errors import WarpvizError
from warpviz.film.reel.reel import Reel
from warpviz.film.slides.acts import acts_of
from warpviz.film.slides.decks import (
    Box,
    Deck,
    check_template,
    deck_of,
    own_deck,
    python_pptx,
    room_of,
)
from warpviz.film.slides.feet import put_feet
from warpviz.film.slides.packing import timeless
from warpviz.film.slides.timing import timing
from warpviz.film.words.telling import Told
from warpviz.languages.language import language_of
from warpviz.output.stills import encoded
from warpviz.output.video import check_video, save_mp4
from warpviz.picture.film import Written
from warpviz.picture.frame import Frame

MOST = 255
"""Letters of a property of a deck."""
PLAY = "▶"
"""Before what the video shows, in the notes."""
SHARP = 1080
"""Pixels of a slide's height on a projector: what a film is drawn for whose size nobody chose."""


def check_slides(
    path: Path, fps: float, template: str | None = None, max_size: int | None = None
) -> Path:
    """Tell before any work whether slides can be written.

    Raises:
        WarpvizError: the path cannot be written, a library is missing, the template is no deck, or
            a size is to be kept.
    """
    path = check_writable(path)
    python_pptx(path)
    check_video(path, fps)
    if max_size is not None:
        raise WarpvizError(
            "max_size is of one film, and slides hold one an act; choose a smaller size instead."
        )
    if template is not None:
        check_template(path, Path(template))
    return path


def save_slides(
    film: Reel, path: Path, template: str | None = None, page: str | None = None
) -> Written:
    """Write a film as slides.

    Args:
        film: the film.
        path: ends in .pptx.
        template: a .pptx or .potx whose layouts, size and fonts are taken.
        page: the ratio of the slides where there is no template, see `slide_size`; None is 16:9.

    Raises:
        WarpvizError: as `check_slides`, or the disk is full.
    """
    check_slides(path, film.fps, template)
    theme = film.scene.theme
    deck = deck_of(path, Path(template)) if template else own_deck(path, page, theme)
    film = _in_place(film, deck)
    whole = film.scene.kind.whole or film.timeline.cyclic
    told = iter(_told(film))
    frames, seconds = 0, 0.0
    import tempfile

    with tempfile.TemporaryDirectory(prefix="warpviz-") as folder:
        for number, act in enumerate(acts_of(film, whole)):
            video = save_mp4(act, Path(folder) / f"{number}.mp4")
            _add(deck, film, next(told), act.poster(), video)
            frames, seconds = frames + video.frames, seconds + video.seconds
    for words in told:  # of the last stop, where it has one of its own; of a clip acts follow it
        *_, last = film.timeline
        _add(deck, film, replace(words, act=(), formulas=()), film.frame(last.k, last.t))
    _describe(deck, film)
    package = BytesIO()
    deck.deck.save(package)
    with replacing(path) as draft:
        draft.write_bytes(timeless(package.getvalue()))
    return Written(path, frames or 1, seconds, path.stat().st_size)


def _told(film: Reel) -> list[Told]:
    """What is said on each slide."""
    if film.scene.kind.whole:
        return [Told(film.title, (film.description,) if film.description else ())]
    if film.timeline.cyclic:  # A stop that turns: no act leaves it.
        return [Told(film.scene.stops[0])]
    if film.source is not None and film.source.words is not None:
        told = list(film.source.words())
    else:
        told = [Told(stop) for stop in film.scene.stops]
    return [told[stop] for stop in film.timeline.stops]


def _in_place(film: Reel, deck: Deck) -> Reel:
    """The film in the pixels that its place on a slide has, unless its size was asked for."""
    chosen = film.source is None or film.source.options.get("size") is not None
    if chosen or film.scene.kind.whole:  # The words of charts do not grow with the picture.
        return film
    _, (_, _, *sides) = room_of(deck)
    wide, high = (2 * round(SHARP * side / deck.deck.slide_height / 2) for side in sides)
    try:
        return film.remade(size=(wide, high))
    except WarpvizError:  # The place is too small to be read, or too large to be drawn.
        return film


def _add(deck: Deck, film: Reel, told: Told, poster: Frame, video: Written | None = None) -> None:
    """Put a slide at the end: title, picture or video, and notes."""
    slide = deck.deck.slides.add_slide(deck.layout)
    number, box = room_of(deck)
    mark = None
    for each in list(slide.placeholders):
        if each.placeholder_format.idx == number:
            mark = each._element.ph
        if slide.shapes.title is None or each.shape_id != slide.shapes.title.shape_id:
            each._element.getparent().remove(each._element)
    name = told.title[:1].upper() + told.title[1:]
    if slide.shapes.title is not None:
        slide.shapes.title.text = name
    place, picture = fitted(film.size, box), BytesIO(encoded(poster))
    if video is None:
        shape = slide.shapes.add_picture(picture, *place)
    else:
        shape = slide.shapes.add_movie(
            str(video.path), *place, poster_frame_image=picture, mime_type="video/mp4"
        )
        plays = import_module("pptx.oxml").parse_xml(timing(shape.shape_id, video.seconds))
        slide._element.replace(slide._element.timing, plays)
    put_feet(slide, deck.feet)
    if mark is not None:
        shape._element.nvPicPr.nvPr.insert(0, mark)
    shape.name = "Video" if video is not None else "Picture"
    say = language_of(film.scene.language)
    said = (name, *told.state, *told.act)
    described = say.joined([say("{sentence}.", sentence=each.rstrip(".")) for each in said])
    shape._element.nvPicPr.cNvPr.set("descr", described)
    notes = [*told.state, *(f"{PLAY} {sentence}" for sentence in told.act), *told.formulas]
    if len(deck.deck.slides) == 1 and film.description not in notes:
        notes.append(film.description)
    slide.notes_slide.notes_text_frame.text = "\n".join(filter(None, notes))
    if say.leftwards:
        if slide.shapes.title is not None:
            _leftwards(slide.shapes.title.text_frame, aligned=deck.own)
        _leftwards(slide.notes_slide.notes_text_frame, aligned=True)


def _leftwards(text: Any, aligned: bool) -> None:
    """Text is read from the right to the left, and begins there unless a template says where."""
    for paragraph in text.paragraphs:
        style = paragraph._p.get_or_add_pPr()
        style.set("rtl", "1")
        if aligned:
            style.set("algn", "r")


def fitted(size: tuple[int, int], box: Box) -> Box:
    """Where a picture of a size lies in the middle of a box, as large as it can be.

    >>> fitted((640, 480), (100, 50, 900, 480))
    (230, 50, 640, 480)
    """
    left, top, width, height = box
    scale = min(width / size[0], height / size[1])
    wide, high = round(size[0] * scale), round(size[1] * scale)
    return left + (width - wide) // 2, top + (height - high) // 2, wide, high


def _describe(deck: Deck, film: Reel) -> None:
    """The deck's properties: what it is about, and no time; a lecturer's name stays."""
    about = deck.deck.core_properties
    about.title, about.comments = film.title, shorten(film.description, MOST, placeholder=" …")
    about.last_modified_by, about.revision = "warpviz", 1
    about.author = about.author if not deck.own else "warpviz"
    for name in ("created", "modified", "lastPrinted"):
        for each in about._element.xpath(f"./*[local-name()='{name}']"):
            about._element.remove(each)
    # Its thumbnail is of other slides.
    for name, related in list(deck.deck.part.package._rels.items()):
        if related.reltype.endswith("/thumbnail"):
            deck.deck.part.package._rels.pop(name)
