"""What is said of a film of states, and where it has room."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from warpviz.arrays import Floats
from warpviz.axis import Axis
from warpviz.data.dataset import Dataset
from warpviz.film.options import Options
from warpviz.film.words.captions import seen_words
from warpviz.film.words.stops import state_words
from warpviz.film.words.teaching import fitting
from warpviz.model.captions import from_to
from warpviz.motion.principal import within_span
from warpviz.motion.projection import Projection
from warpviz.picture.layout import PanelLayout, fits, lay_out
from warpviz.picture.words.text import text_width

SIZE = (640, 480)
HIDDEN = "h"
"""The letter of a state's coordinates behind the input."""


@dataclass(frozen=True, eq=False)
class Told:
    """What is said of a film of states besides its picture.

    Attributes:
        description: for those who cannot see it.
        notes: what whoever made it should know.
        own_axes: the input's coordinates in their own units; () where letters say enough.
        score: said at the last stop, behind its name.
        outputs: whether the last state is what a model says.
    """

    description: str
    notes: tuple[str, ...] = ()
    own_axes: tuple[Axis, ...] = ()
    score: str = ""
    outputs: bool = False


@dataclass(frozen=True)
class Said:
    """The words of a panel, and where they have room.

    Attributes:
        stops: K captions.
        acts: K − 1 captions.
        remarks: of each stop its variants, the longest first; () where nothing is remarked.
        seen: K words of how much is seen, said behind the caption or the remark.
        layout: the panel's places.
    """

    stops: tuple[str, ...]
    acts: tuple[str, ...]
    remarks: tuple[tuple[str, ...], ...]
    seen: Sequence[str]
    layout: PanelLayout

    def fitted(self, font: Path) -> tuple[str, ...]:
        """Of each remark the longest variant that there is room for, and how much is seen."""
        size, room = self.layout.caption_em, self.layout.caption_width
        return tuple(
            fitting(each, room - text_width(word, font, size), font, size) + word
            for each, word in zip(self.remarks, self.seen, strict=False)
        )


def said(
    names: Sequence[str], clouds: Sequence[Floats], views: Sequence[Projection], data: Dataset,
    parts: frozenset[str], options: Options, told: Told,
) -> Said:  # fmt: skip
    """The words of a film of states; parts are those that are drawn."""
    say, why = options.look.say, options.staging.caption == "why"
    seen = [
        seen_words(view, cloud.shape[1], say) for view, cloud in zip(views, clouds, strict=True)
    ]
    remarks: tuple[tuple[str, ...], ...] = ()
    if why:
        letters, affine = [HIDDEN] * len(clouds), [False] * len(clouds)
        spans = [within_span(cloud) for cloud in clouds]
        remarks = state_words(spans, data, letters, affine, told.outputs, say)
    said_of = [*names[:-1], f"{names[-1]}{told.score}"]
    stops = tuple(f"{name}{'' if why else word}" for name, word in zip(said_of, seen, strict=True))
    acts = tuple(from_to(a, b, say) for a, b in pairwise(names))
    longest = tuple(f"{each[0]}{word}" for each, word in zip(remarks, seen, strict=False))
    layout = _place(stops + acts, longest, data, parts, options)
    if not fits(acts, layout, options.look.face):
        acts = tuple(say("→ {after}", after=name) for name in names[1:])
        layout = _place(stops + acts, longest, data, parts, options)
    return Said(stops, acts, remarks, seen, layout)


def _place(
    captions: tuple[str, ...], remarks: tuple[str, ...], data: Dataset, parts: frozenset[str],
    options: Options,
) -> PanelLayout:  # fmt: skip
    size, font, title = options.look.size or SIZE, options.look.face, options.look.title
    names = tuple(data.class_names)
    return lay_out(size, ("",), captions, names, parts, font, title, remarks)[0]
