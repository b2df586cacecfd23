"""How a film looks and runs: the words of the command line as one checked value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from warpviz.arguments import check_fields
from warpviz.errors import WarpvizError
from warpviz.geometry.plane import checked
from warpviz.geometry.sheet import Limits
from warpviz.motion.interpolate import MOTIONS
from warpviz.motion.projection import VIEWS
from warpviz.motion.timeline import EASINGS, Timeline, check_hold
from warpviz.names import unknown_name
from warpviz.picture.fonts import find_font
from warpviz.picture.layout import check_size
from warpviz.picture.scene import PARTS, SHOWN
from warpviz.theme import THEMES

CAPTIONS = ("name", "why", "formula", "none")
"""name: which layer, and what it does; why: one true sentence from the geometry; formula: what is
computed; none."""


REST = 0.5
"""Seconds at a stop."""


@dataclass(frozen=True)
class Options:
    """The look and the clock of a film.

    Attributes:
        view: a name of `VIEWS`.
        motion: a name of `MOTIONS`.
        whole_layers: play each layer as one act.
        softmax: play the softmax too.
        one_by_one: let activations act on one unit after the other.
        caption: a name of `CAPTIONS`.
        show: parts to draw besides the usual ones.
        hide: parts not to draw.
        limits: x0, x1, y0, y1 of the sheet; None follows the data.
        size: width, height in pixels; None is 640×480 a panel, less where several share a row.
        fps: frames a second.
        seconds: of motion per act; None is 1, and longer where a dot would jump.
        hold: seconds that each stop stays; None is 0.5, and longer where there is more to read
            than a few words (`caption` why and formula).
        start_hold: seconds that the first stop stays; None is `hold`.
        end_hold: seconds that the last stop stays; None is `hold`.
        hold_at: seconds that single stops stay, by number from 0, the input.
        ease: a name of `EASINGS`.
        loop: total plays, 0 is forever.
        theme: a name of `THEMES`.
        title: over the film.
        font: a font file or family.
        jobs: processes that draw, 0 for one a core.
    """

    view: str = "auto"
    motion: str = "polar"
    whole_layers: bool = False
    softmax: bool = False
    one_by_one: bool = False
    caption: str = "name"
    show: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    limits: Limits | None = None
    size: tuple[int, int] | None = None
    fps: float = 20.0
    seconds: float | None = None
    hold: float | None = None
    start_hold: float | None = None
    end_hold: float | None = None
    hold_at: Mapping[int, float] = field(default_factory=dict)
    ease: str = "smooth"
    loop: int = 0
    theme: str = "dark"
    title: str = ""
    font: str | None = None
    jobs: int = 0

    def __post_init__(self) -> None:
        check_fields(self)
        words = [("view", self.view, VIEWS), ("motion", self.motion, MOTIONS)]
        words += [("caption", self.caption, CAPTIONS)]
        words += [("easing", self.ease, EASINGS), ("theme", self.theme, THEMES)]
        words += [("part", part, PARTS) for part in (*self.show, *self.hide)]
        for kind, word, known in words:
            if word not in known:
                raise unknown_name(kind, word, known)
        # The clock, the limits and the font check themselves when they are made.
        Timeline(1, 1.0 if self.seconds is None else self.seconds, self.rest, self.fps, self.ease)
        holds = {"start_hold": self.start_hold, "end_hold": self.end_hold}
        holds |= {f"hold_at {stop}": seconds for stop, seconds in self.hold_at.items()}
        for name, seconds in holds.items():
            if seconds is not None:
                check_hold(name, seconds)
        if self.limits is not None:
            checked(self.limits)
        if self.font is not None:
            find_font(self.font)
        if self.size is not None:
            check_size(*self.size)
        if self.loop < 0:
            raise WarpvizError(f"loop expects 0 (forever) or more plays, got {self.loop}.")
        if self.jobs < 0:
            raise WarpvizError(f"jobs expects 0 (one a core) or more, got {self.jobs}.")

    @property
    def rest(self) -> float:
        """Seconds that a stop with little to read stays."""
        return REST if self.hold is None else self.hold

    def holds(self, stops: int, reading: Sequence[float] = ()) -> tuple[float, ...]:
        """Seconds that each of so many stops stays.

        Args:
            stops: how many.
            reading: seconds that the words at each take to read, where `hold` is not given.

        Raises:
            WarpvizError: `hold_at` names a stop that there is not.
        """
        holds = [self.rest] * stops
        if self.hold is None and reading:
            holds = [self.rest + seconds for seconds in reading]
        if self.start_hold is not None:
            holds[0] = self.start_hold
        if self.end_hold is not None:
            holds[-1] = self.end_hold
        for stop, seconds in self.hold_at.items():
            if not 0 <= stop < stops:
                raise WarpvizError(
                    f"hold_at names stop {stop}, the film's stops are 0 to {stops - 1}."
                )
            holds[stop] = seconds
        return tuple(holds)

    @property
    def longest_hold(self) -> float:
        """Seconds that the stop stays that stays longest."""
        single = [x for x in (self.start_hold, self.end_hold) if x is not None]
        return max([self.rest, *single, *self.hold_at.values()])

    @property
    def parts(self) -> frozenset[str]:
        """The parts that are drawn."""
        unsaid = {"caption"} if self.caption == "none" else set()
        return (SHOWN | set(self.show)) - set(self.hide) - unsaid
