"""A film: pictures on demand, frames one by one, files by suffix."""

import os
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from warpviz.arguments import check_fields, kinds_checked
from warpviz.arrays import Pixels
from warpviz.errors import WarpvizError
from warpviz.film.reel.colours import COLOURS, palette_of
from warpviz.film.reel.parallel import cores, drawn
from warpviz.film.reel.reel import Source, made_anew, title_of
from warpviz.film.reel.times import chapters, check_moment, clipped, clocked, timed
from warpviz.film.reel.workers import hired
from warpviz.motion.timeline import Moment, Timeline
from warpviz.output.lookup import check_table
from warpviz.picture.figure import AnyScene
from warpviz.picture.film import ByteFile, Shot, Written, check_autoplay
from warpviz.picture.frame import Frame
from warpviz.picture.kinds import painter_of
from warpviz.picture.paint import Paints


@dataclass(frozen=True, eq=False, repr=False)
class Animation:
    """A scene and its clock.

    Attributes:
        scene: what is drawn.
        timeline: when.
        loop: total plays of a file, 0 is forever.
        jobs: processes that draw; 0 is one a core. The pictures do not depend on it.
        description: what is seen, in words, for those who cannot see it.
        notes: what whoever made the film should know.
        colours: of the palette, where a format has one.
        source: what the film was made from, to make it in another size; None if it cannot be.
        autoplay: when its page plays by itself, a word of `AUTOPLAY`.
    """

    scene: AnyScene
    timeline: Timeline
    loop: int = 0
    jobs: int = 0
    description: str = ""
    notes: tuple[str, ...] = ()
    colours: int = COLOURS
    source: Source | None = None
    autoplay: str = "seen"

    def __post_init__(self) -> None:
        check_fields(self)
        check_autoplay(self.autoplay)

    def __repr__(self) -> str:
        width, height = self.size
        return f"<Animation of {len(self)} frames, {self.seconds:.1f} s, {width}×{height}>"

    def __len__(self) -> int:
        return len(self.timeline)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.scene.size

    @property
    def transparent(self) -> bool:
        """Whether its background is left out."""
        return self.scene.theme.transparent

    @property
    def title(self) -> str:
        """A line that names the film."""
        return title_of(self.scene)

    @property
    def fps(self) -> float:
        """Frames a second while things move."""
        return self.timeline.fps

    @property
    def seconds(self) -> float:
        """How long one play takes."""
        return self.timeline.total_seconds

    @property
    def chapters(self) -> tuple[tuple[float, str], ...]:
        """When each stop begins, in seconds, and its name."""
        return chapters(self.timeline, self.scene.stops)

    @cached_property
    def _painter(self) -> Paints:
        return painter_of(self.scene)

    @kinds_checked
    def frame(self, k: int, t: float) -> Frame:
        """The picture of act k, counted from 0, at t in [0, 1]."""
        check_moment(self.timeline, k, t)
        return Frame(np.ascontiguousarray(self._painter.paint(k, t)), max(1, round(100 / self.fps)))

    def frames(self) -> Generator[Frame, None, None]:
        """Every picture in order, drawn when it is asked for."""
        for moment, centiseconds in clocked(self.timeline):
            yield Frame(np.ascontiguousarray(self._painter.paint(moment.k, moment.t)), centiseconds)

    @kinds_checked
    def indexed(self, table: Pixels) -> Generator[tuple[Pixels, int], None, None]:
        """Every picture as palette indices (H, W) with its centiseconds, drawn on `jobs` cores."""
        check_table(table)
        for indices, _, centiseconds in self._drawn(table):
            yield indices, centiseconds

    def shots(self) -> Generator[Shot, None, None]:
        """Every picture (H, W, 3 or 4) with its time, drawn on `jobs` cores."""
        for pixels, moment, centiseconds in self._drawn(None):
            yield Shot(pixels, centiseconds, moment.seconds)

    def _drawn(self, table: Pixels | None) -> Generator[tuple[Pixels, Moment, int], None, None]:
        hired_before = self.__dict__.pop("_workers", None)
        pictures = drawn(self._painter, list(self.timeline), table, cores(self.jobs), hired_before)
        return timed(pictures, self.timeline)

    @cached_property
    def palette(self) -> Pixels:
        """(P, 3): one palette for the film, made while the workers start that end with it."""
        self.__dict__["_workers"] = hired(self.scene, len(self), cores(self.jobs), owner=self)
        return palette_of(self.scene, self.timeline.acts, self._painter, self.colours, self.jobs)

    @kinds_checked
    def remade(
        self,
        *,
        fps: float | None = None,
        colours: int | None = None,
        size: tuple[int, int] | None = None,
    ) -> "Animation":
        """The same film with other frames a second, colours or pixels.

        Raises:
            WarpvizError: another size is asked of a film that does not know what it was made of.
        """
        fps, colours = fps or self.fps, colours or self.colours
        if size is None or size == self.size:
            return replace(self, timeline=replace(self.timeline, fps=fps), colours=colours)
        # A film of training has acts as it has frames: a clip keeps its own.
        own: dict[str, Any] = {} if self.timeline.clip else {"fps": fps}
        made: Animation = made_anew(self.source, size=size, **own)
        clock = replace(made.timeline, fps=fps, clip=self.timeline.clip)
        told: dict[str, Any] = {"description": self.description, "autoplay": self.autoplay}
        return replace(made, timeline=clock, colours=colours, **told)

    @kinds_checked
    def clip(self, first: int, last: int | None = None) -> "Animation":
        """The same pictures from act to act, counted from 1: act 3 leads from stop 2 to stop 3.

        Raises:
            WarpvizError: the film has no such acts; None is the first alone.
        """
        return replace(self, timeline=clipped(self.timeline, first, last))

    def showing(self, scene: AnyScene) -> "Animation":
        """The same film of another scene, on the same clock."""
        return replace(self, scene=scene)

    def poster(self) -> Frame:
        """The picture that stands for the film: the middle stop."""
        shown = self.timeline.stops
        return self.frame(shown[(len(shown) - 1) // 2], 0.0)

    @kinds_checked
    def save(
        self,
        *paths: str | os.PathLike[str] | ByteFile,
        format: str | None = None,
        at: float | Sequence[float] | None = None,
        filmstrip: bool = False,
        max_size: int | None = None,
        page: str | None = None,
        template: str | None = None,
        autoplay: str | None = None,
    ) -> tuple[Written, ...]:
        """Write the film to files, the suffix of each choosing its format.

        Args:
            paths: files, or file objects open for bytes; pictures are drawn once for all.
            format: of a file object, such as ".gif"; None goes by its name.
            at: write .png, .svg, .pdf, .jpg, .tif, .bmp and .avif as stills of this moment, or of
                these, counted in stops from 0, the input: 2.5 is half-way through act 3.
            filmstrip: write .png as a strip of all stops, as the others are without `at`.
            max_size: bytes of a film's file: lowers a video's quality, then fps, colours, size.
            page: of strips in .pdf: a4, a3, a5, letter, legal, "a4-landscape"; or a ratio, "16:9";
                of slides the same, but paper lies there.
            template: of .pptx: a deck whose layouts, size and fonts slides take.
            autoplay: of .html, when it plays by itself: "seen", "always", "0"; None as the film.

        Raises:
            WarpvizError: before anything is drawn, or when `max_size` cannot be kept.
        """
        from warpviz.film.reel.saving import SaveOptions, checked_paths, saved, saved_into

        if any(isinstance(path, ByteFile) for path in paths):
            also = {"at": at, "max_size": max_size, "page": page, "template": template}
            return saved_into(self.save, paths, format, autoplay=autoplay, **also)
        if format is not None:
            raise WarpvizError("format is for file objects; a path's suffix says what is written.")
        places = () if at is None else (at,) if isinstance(at, int | float) else tuple(at)
        wanted = SaveOptions(places, filmstrip, max_size, page, template)
        film = replace(self, autoplay=autoplay) if autoplay is not None else self
        return tuple(saved(film, checked_paths(film, paths, wanted), wanted))

    @kinds_checked
    def save_frames(self, folder: str | os.PathLike[str]) -> Path:
        """Write every picture into a new folder, with its times for LaTeX and for editors.

        Raises:
            WarpvizError: the folder cannot be made, or holds something else.
        """
        from warpviz.film.reel.folders import write_frames

        return write_frames(self, Path(folder))

    @kinds_checked
    def to_html(self, *, autoplay: str | None = None) -> str:
        """The player as the text of a page; `autoplay` as in `save`.

        Streamlit: `st.components.v1.html(film.to_html(), height=600)`
        Gradio: `gr.HTML(f'<iframe srcdoc="{html.escape(film.to_html())}"></iframe>')`
        Flask: `return film.to_html()`

        Raises:
            WarpvizError: there is no such word.
        """
        from warpviz.player.page import page

        return page(self if autoplay is None else replace(self, autoplay=autoplay))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """The player, isolated in a frame, and a poster for viewers that run no scripts."""
        return self._shown.copy()

    @cached_property
    def _shown(self) -> dict[str, str]:
        from warpviz.film.reel.notebook import bundle

        return bundle(self)
