"""What is drawn, as pure data without pixels."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from warpviz.arrays import Bools, Floats, Ints
from warpviz.axis import Axis
from warpviz.errors import WarpvizError, visible
from warpviz.geometry.sheet import Sheet
from warpviz.motion.framing import Camera
from warpviz.motion.trajectory import Trajectory
from warpviz.picture.kind import CLOTH, Kind
from warpviz.picture.layout import PanelLayout
from warpviz.picture.marks.basis import Basis
from warpviz.picture.marks.network import Network
from warpviz.picture.marks.probe import Followed
from warpviz.picture.origin import Learnt, Origin
from warpviz.theme import Theme

PARTS = (
    "sheet", "grid", "dots", "creases", "boundary", "regions",
    "axes", "caption", "track", "legend", "scale", "measures", "basis",
)  # fmt: skip
"""The words of --show and --hide."""
NETWORK = "network"
"""The part that has a flag of its own."""
SHOWN = frozenset(PARTS) - {"regions", "measures", "basis"}
"""The parts that are drawn by default."""


INPUT = "x"
"""The letter of the input's coordinates."""


class Crease(NamedTuple):
    """When a crease is made.

    Attributes:
        act: the act that folds the sheet there.
        start: the time in that act from which it does; above 0 the fold forms at a stroke.
        times: the part of the act in which a fold that wanders is here, None if it stays.
        keyframe: the keyframe of which it is a line, where each has lines of its own: these come
            and go as it does. None for a line of all.
    """

    act: int
    start: float
    times: tuple[float, float] | None = None
    keyframe: int | None = None

    def shown(self, k: int, t: float) -> float:
        """How clearly the crease is seen, 0 … 1: it comes with its act and stays."""
        if self.keyframe is not None:
            return max(0.0, 1.0 - abs(k + t - self.keyframe))
        if k != self.act:
            return float(k > self.act and self.times is None)
        if self.times is not None:
            return float(self.times[0] <= t < self.times[1])
        if self.start > 0:
            return float(t == 1.0)
        return t

    def folding(self, k: int, t: float) -> bool:
        """Whether the sheet is just being folded here."""
        return self.keyframe is None and k == self.act and self.start <= t < 1.0


@dataclass(frozen=True, eq=False)
class Panel:
    """One model's film.

    Attributes:
        title: over the panel, "" for none.
        path: keyframes (K, V + N, 3) in the picture's space: the sheet's V vertices, then N dots.
        camera: from that space to pixels.
        layout: the panel's places.
        sheet: the topology of the first V points.
        chances: (cells, C) predicted probability of each class; (K, cells, C) where the model
            itself changes from keyframe to keyframe.
        labels: (N,) the dots' classes.
        flat: (K,) whether a state is a plane seen from above, with axes.
        creases: for each (layer, unit) that folds the sheet, when.
        stops: K captions of states.
        acts: K − 1 captions of what happens between them.
        axis_names: the letter of each state's coordinates.
        notes: K lines of measures, one for each state; () for none.
        remarks: K sentences about states, below the caption; () for none.
        origin: what the path was computed from, None where it is not known.
        own_axes: the input's coordinates in their own units; () where letters say enough.
        formulas: K − 1, what each act computes; () where that is not known.
        bases: K − 1, the unit vectors of affine acts, None for acts without; () for none at all.
        network: as it is drawn beside the sheet, None where it is not.
        followed: points whose ways are drawn, None for none.
    """

    title: str
    path: Trajectory
    camera: Camera
    layout: PanelLayout
    sheet: Sheet
    chances: Floats
    labels: Ints
    flat: Bools
    creases: Mapping[tuple[int, int], Crease]
    stops: tuple[str, ...]
    acts: tuple[str, ...]
    axis_names: tuple[str, ...]
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    origin: Origin | Learnt | None = None
    own_axes: tuple[Axis, ...] = ()
    formulas: tuple[str, ...] = ()
    bases: tuple[Basis | None, ...] = ()
    network: Network | None = None
    followed: Followed | None = None

    def __post_init__(self) -> None:
        for name in ("stops", "acts", "axis_names", "notes", "remarks", "formulas"):
            object.__setattr__(self, name, tuple(map(visible, getattr(self, name))))
        keyframes, points, _ = self.path.keyframes.shape
        if points != len(self.sheet.vertices) + len(self.labels):
            raise WarpvizError(
                f"Panel expects a path of {len(self.sheet.vertices)} vertices and "
                f"{len(self.labels)} dots, got {points} points."
            )
        if len(self.stops) != keyframes or len(self.acts) != keyframes - 1:
            raise WarpvizError(
                f"Panel expects {keyframes} stops and {keyframes - 1} acts, "
                f"got {len(self.stops)} and {len(self.acts)}."
            )

    def axes(self, stop: int) -> tuple[Axis, ...]:
        """The coordinates of a state, three at most; none where principal axes are seen."""
        letter = self.axis_names[stop]
        if letter == INPUT and self.own_axes:
            return self.own_axes[:3]
        return tuple(Axis(f"{letter}{sign}") for sign in "₁₂₃"[: self.path.widths[stop]] if letter)

    def caption(self, k: int, t: float) -> str:
        """What is said in this panel's act k at t: at a stop the state's caption."""
        return self.acts[k] if self.acts and 0.0 < t < 1.0 else self.stops[self.stop(k, t)]

    def remark(self, k: int, t: float) -> str:
        """What is said of the last state that was reached; "" for nothing."""
        return self.remarks[self.stop(k, t)] if self.remarks else ""

    def stop(self, k: int, t: float) -> int:
        """The last state that was reached in this panel's act k at t."""
        return k + 1 if t == 1.0 and self.acts else k

    def moment(self, k: int, t: float, acts: int) -> tuple[int, float]:
        """This panel's act and time when a film of `acts` acts is in act k at t."""
        own = self.path.acts
        if own == acts or own == 0:
            return (k, t) if own else (0, 0.0)
        place = (k + t) * own / acts
        act = min(int(place), own - 1)
        return act, place - act


@dataclass(frozen=True, eq=False)
class Scene:
    """All panels of a film and how they look.

    Attributes:
        panels: one a model, all on one clock.
        size: width, height in pixels.
        theme: the colours.
        show: names of `PARTS`.
        class_names: for the legend.
        font: the font file.
        headline: over all panels, "" for none.
        language: of its words.
    """

    panels: tuple[Panel, ...]
    size: tuple[int, int]
    theme: Theme
    show: frozenset[str]
    class_names: tuple[str, ...]
    font: Path
    headline: str = ""
    language: str = "en"

    def __post_init__(self) -> None:
        object.__setattr__(self, "class_names", tuple(map(visible, self.class_names)))
        object.__setattr__(self, "headline", visible(self.headline))

    @property
    def kind(self) -> Kind:
        """Of scene, for those who have to tell."""
        return CLOTH

    @property
    def acts(self) -> int:
        """How many acts the longest panel has."""
        return max(panel.path.acts for panel in self.panels)

    @property
    def stops(self) -> tuple[str, ...]:
        """The names of the states of the longest panel."""
        return max(self.panels, key=lambda panel: panel.path.acts).stops
