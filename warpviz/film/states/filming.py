"""The film of points whose states are known, and of a sheet among them where there is one.

states of the data ── views ──► captions, layout ──┐
              paths of dots (and of a sheet) ──────┴──► panel ──► Animation
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from warpviz.arrays import Floats, Ints, distinct
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.film.calm import calm_lengths
from warpviz.film.insets.basis import check_no_basis
from warpviz.film.looks.camera import check_space
from warpviz.film.looks.turntable import check_turntable, turned
from warpviz.film.options import Options
from warpviz.film.panel import APART, EVEN, thinned, thinned_note
from warpviz.film.reel.animation import Animation
from warpviz.film.reel.reel import Source
from warpviz.film.seeing import Seen, seen_path
from warpviz.film.states.said import HIDDEN, SIZE, Told, said
from warpviz.film.words.captions import READ, reading_seconds, words_at_stops
from warpviz.film.words.measures import measure_lines
from warpviz.geometry.sheet import Limits, Sheet, squares
from warpviz.measure.state import measure
from warpviz.motion.principal import within_span
from warpviz.motion.projection import Projection
from warpviz.motion.timeline import Timeline
from warpviz.motion.trajectory import Trajectory
from warpviz.picture.layout import PanelLayout
from warpviz.picture.marks.dots import RADIUS
from warpviz.picture.scene import INPUT, Panel, Scene
from warpviz.picture.words.letters import font_notes

OF_SHEETS = frozenset({"sheet", "grid", "creases", "boundary", "regions"})
"""Parts of the picture that there are none of where no map is known."""
CAPTIONS = ("name", "why", "none")


@dataclass(frozen=True, eq=False)
class SheetOfStates:
    """The input's plane, as the states have it.

    Attributes:
        sheet: its vertices and what they carry.
        images: K arrays (V, 3), as each state is seen.
        chances: (cells, C) what the model says of each cell.
        places: (V, 2) the vertices on the plane.
        limits: x0, x1, y0, y1 of the plane.
    """

    sheet: Sheet
    images: Sequence[Floats]
    chances: Floats
    places: Floats
    limits: Limits


def film_of_states(
    names: Sequence[str],
    clouds: Sequence[Floats],
    views: Sequence[Projection],
    data: Dataset,
    options: Options,
    told: Told,
    source: tuple[Callable[..., Any], Mapping[str, Any]],
    cloth: Callable[[], SheetOfStates] | None = None,
) -> Animation:
    """The film of K states of the same N points.

    Args:
        names: K, of the states.
        clouds: K arrays (N, D_k), the data's states.
        views: K, how each is seen.
        data: the labels of the points.
        options: of the film.
        told: what is said of it.
        source: what makes the film anew, and its options.
        cloth: computes the sheet; None where there is none.
    """
    look, say = options.look, options.look.say
    if options.staging.caption not in CAPTIONS:
        raise WarpvizError(
            f"A film of states takes the captions {', '.join(CAPTIONS)}, got "
            f"'{options.staging.caption}': what its acts do is not known."
        )
    check_no_basis(look.show, "A film of states")
    colours = look.dressed(data)
    check_turntable(look.turntable, len(clouds) - 1, options.clock)
    check_space(look.camera, look.view, (cloud.shape[1] for cloud in clouds))
    font, parts = look.face, options.parts - {"creases"}
    parts = parts if cloth is not None else parts - OF_SHEETS
    words = said(names, clouds, views, data, parts, options, told)
    layout = words.layout
    notes: tuple[str, ...] = ()
    if "measures" in parts:
        found = [measure(within_span(one), data.y, targets=data.targets) for one in clouds]
        notes = measure_lines(found, layout.notes_width, font, layout.small, say)
    options.clock.holds(len(words.stops))
    seen_dots = [view(cloud) for view, cloud in zip(views, clouds, strict=True)]
    smaller = min(layout.safe.width, layout.safe.height)
    dots = thinned(seen_dots[0][:, :2], data.y, APART * RADIUS * layout.unit / smaller)
    made = _bare(len(words.stops), data) if cloth is None else cloth()
    widths = np.array([cloud.shape[1] for cloud in clouds])
    seen = _seen(made, [points[dots] for points in seen_dots], widths, views, layout, options)
    panel = Panel(
        title="",
        path=seen.path,
        camera=seen.camera,
        layout=layout,
        sheet=made.sheet,
        chances=made.chances,
        labels=data.y[dots],
        flat=seen.flat,
        creases={},
        stops=words.stops,
        acts=words.acts,
        axis_names=seen.named([INPUT, *[HIDDEN] * (len(views) - 1)]),
        notes=notes,
        remarks=words.fitted(font),
        own_axes=told.own_axes,
    )
    scene = Scene(
        (panel,), look.size or SIZE, colours, parts,
        tuple(data.class_names), font, look.title, look.language,
    )  # fmt: skip
    known = (*told.notes, *thinned_note(panel, data, say), *look.notes(data))
    shown = (look.title, *words.stops, *panel.remarks, *data.class_names)
    known += tuple(font_notes(shown, font, say))
    film = Animation(
        scene, _clock(panel, options), options.clock.loop, options.jobs, told.description, known,
        source=Source(*source),
    )  # fmt: skip
    return turned(film, data, look, options.clock)


def _seen(
    made: SheetOfStates, dots: Sequence[Floats], widths: Ints, views: Sequence[Projection],
    layout: PanelLayout, options: Options,
) -> Seen:  # fmt: skip
    """Path and camera of the sheet's vertices and the dots behind them."""
    keyframes = np.stack([np.concatenate(each) for each in zip(made.images, dots, strict=True)])
    shown = np.arange(len(made.sheet.vertices), keyframes.shape[1])
    corners = distinct(made.sheet.corners)
    _, first = np.unique(squares(made.places[corners], made.limits, EVEN), return_index=True)
    path = Trajectory(keyframes, np.minimum(widths, 3))
    return seen_path(
        path, widths, tuple(views), options.look.view, layout.safe,
        np.concatenate([corners, shown]), np.concatenate([corners[first], shown]),
        options.look.direction,
    )  # fmt: skip


def _bare(stops: int, data: Dataset) -> SheetOfStates:
    """No sheet at all."""
    none = np.zeros(0, dtype=np.intp)
    sheet = Sheet(np.zeros((0, 2)), none, np.zeros(1, dtype=np.intp))
    images = [np.zeros((0, 3))] * stops
    return SheetOfStates(
        sheet, images, np.zeros((0, data.n_classes)), sheet.vertices, (0.0, 1.0, 0.0, 1.0)
    )


def _clock(panel: Panel, options: Options) -> Timeline:
    clock, acts = options.clock, len(panel.acts)
    lengths: tuple[float, ...] = (1.0,) * acts
    if clock.seconds is None:
        lengths = calm_lengths([panel], lengths, clock.ease)
    reading: list[float] = []
    if options.staging.caption in READ and "caption" in options.parts:
        reading = [reading_seconds(count) for count in words_at_stops([panel], acts)]
    return Timeline(
        acts, clock.seconds or 1.0, clock.rest, clock.fps, clock.ease, lengths,
        clock.holds(acts + 1, reading),
    )  # fmt: skip
