"""How a film looks and runs: the words of the command line as checked values.

Look     what is drawn, and how          Clock    when
Staging  how a network is played         Options  all three, and how many processes draw

Every film says which words it honours, see `Options.of`; `film.keywords` tells type checkers.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from warpviz.arguments import check_fields, check_given, kinds_checked
from warpviz.errors import WarpvizError
from warpviz.film.looks.look import Look, known_words
from warpviz.motion.easing import EASINGS
from warpviz.motion.interpolate import MOTIONS
from warpviz.motion.timeline import Timeline, check_hold
from warpviz.sizes import size_of

REST = 0.5
"""Seconds at a stop."""


@dataclass(frozen=True)
class Clock:
    """When things move and rest.

    Attributes:
        fps: frames a second.
        seconds: of motion per act, None is 1, and longer where a dot would jump; of films of
            training, landscapes and approximations the length of the whole, None is 8.
        hold: seconds that each stop stays; None is 0.5, and longer where there is more to read
            than a few words (`caption` why and formula).
        start_hold: seconds that the first stop stays; None is `hold`.
        end_hold: seconds that the last stop stays; None is `hold`.
        hold_at: seconds that single stops stay, by number from 0, the input.
        ease: a name of `EASINGS`.
        loop: total plays, 0 is forever.
    """

    fps: float = 20.0
    seconds: float | None = None
    hold: float | None = None
    start_hold: float | None = None
    end_hold: float | None = None
    hold_at: Mapping[int, float] = field(default_factory=dict)
    ease: str = "smooth"
    loop: int = 0

    def __post_init__(self) -> None:
        check_fields(self)
        known_words(("easing", self.ease, EASINGS))
        Timeline(1, 1.0 if self.seconds is None else self.seconds, self.rest, self.fps, self.ease)
        holds = {"start_hold": self.start_hold, "end_hold": self.end_hold}
        holds |= {f"hold_at {stop}": seconds for stop, seconds in self.hold_at.items()}
        for name, seconds in holds.items():
            if seconds is not None:
                check_hold(name, seconds)
        if self.loop < 0:
            raise WarpvizError(f"loop expects 0 (forever) or more plays, got {self.loop}.")

    @property
    def rest(self) -> float:
        """Seconds that a stop with little to read stays."""
        return REST if self.hold is None else self.hold

    @kinds_checked
    def holds(self, stops: int, reading: Sequence[float] = ()) -> tuple[float, ...]:
        """Seconds that each of so many stops stays.

        Args:
            stops: how many.
            reading: seconds that the words at each take to read, where `hold` is not given.

        Raises:
            WarpvizError: `hold_at` names a stop that there is not.
        """
        holds = [self.rest] * stops
        if stops < 1 or len(reading) not in (0, stops):
            raise WarpvizError(f"holds expects stops, and a number to read at each, got {stops}.")
        if self.hold is None and len(reading):
            holds = [self.rest + seconds for seconds in reading]
        if self.start_hold is not None:
            holds[0] = self.start_hold
        if self.end_hold is not None:
            holds[-1] = self.end_hold
        for stop, seconds in self.hold_at.items():
            if not 0 <= stop < stops:
                known = f"the film's stops are 0 to {stops - 1}."
                raise WarpvizError(f"hold_at names stop {stop}, {known}")
            holds[stop] = seconds
        return tuple(holds)

    @property
    def longest_hold(self) -> float:
        """Seconds that the stop stays that stays longest."""
        return max(self.rest, self.start_hold or 0, self.end_hold or 0, *self.hold_at.values())


@dataclass(frozen=True)
class Staging:
    """How a network is played.

    Attributes:
        motion: a name of `MOTIONS`.
        whole_layers: play each layer as one act.
        softmax: play the softmax too.
        one_by_one: let activations act on one unit after the other.
        caption: a name of `warpviz.film.words.captions.CAPTIONS`.
    """

    motion: str = "polar"
    whole_layers: bool = False
    softmax: bool = False
    one_by_one: bool = False
    caption: str = "name"

    def __post_init__(self) -> None:
        check_fields(self)
        known_words(("motion", self.motion, MOTIONS))


@dataclass(frozen=True)
class Options:
    """All that a film can be asked for; `jobs` is how many processes draw, 0 for one a core."""

    look: Look = field(default_factory=Look)
    clock: Clock = field(default_factory=Clock)
    staging: Staging = field(default_factory=Staging)
    jobs: int = 0

    def __post_init__(self) -> None:
        check_fields(self)
        if self.jobs < 0:
            raise WarpvizError(f"jobs expects 0 (one a core) or more, got {self.jobs}.")

    @classmethod
    def of(
        cls, given: Mapping[str, Any], takes: Iterable[str] | None = None, film: str = "A film"
    ) -> "Options":
        """Options from keywords, each a field of one of the parts.

        Args:
            given: the keywords.
            takes: those that the film honours; None for all there are.
            film: its name, for the sentence about one that it does not.

        Raises:
            WarpvizError: for any other keyword, or what makes no sense.

        >>> Options.of({"theme": "light", "fps": 10.0}).clock.fps
        10.0
        """
        known = ALL if takes is None else tuple(takes)
        for name in given:
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
                hint = f"did you mean {near[0]}?" if near else f"it takes {', '.join(known)}."
                raise WarpvizError(f"{film} has no option {name}; {hint}")
        parts: dict[str, Any] = {}
        for name, kind in PARTS_OF_OPTIONS.items():
            own = {key: given[key] for key in _names(kind) if key in given}
            if isinstance(own.get("size"), str):
                own["size"] = size_of(own["size"])
            for several in ("show", "hide"):
                if isinstance(own.get(several), str):
                    own[several] = (own[several],)
            check_given(film, kind, own)
            parts[name] = kind(**own)
        jobs = {"jobs": given["jobs"]} if "jobs" in given else {}
        check_given(film, cls, jobs)
        return cls(**parts, **jobs)

    @property
    def parts(self) -> frozenset[str]:
        """The parts that are drawn: no caption where captions are none."""
        unsaid = {"caption"} if self.staging.caption == "none" else set()
        return self.look.parts - unsaid


def _names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


PARTS_OF_OPTIONS: dict[str, Any] = {"look": Look, "clock": Clock, "staging": Staging}
ALL = (*_names(Look), *_names(Clock), *_names(Staging), "jobs")
"""Every keyword that some film takes."""
