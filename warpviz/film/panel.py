"""One model and its data to a panel: sheet, dots, path, camera."""

from collections.abc import Iterable, Mapping

import numpy as np

from warpviz.arrays import Floats, Ints, distinct
from warpviz.axis import Axis, limits_of
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.film.insets.basis import bases_of
from warpviz.film.insets.network import network_of
from warpviz.film.insets.trail import set_apart, trail_points
from warpviz.film.plan import Plan
from warpviz.film.play import Play
from warpviz.film.seeing import Seen, seen_path, seen_states
from warpviz.film.states.curve import curve_panel
from warpviz.film.words.formulas import act_formulas
from warpviz.geometry.fitting import sheet_for
from warpviz.geometry.plane import FARTHEST, Plane, around, plane_of
from warpviz.geometry.sheet import Limits, lattice, squares
from warpviz.geometry.spread import spread
from warpviz.geometry.straight.bends import bends_of
from warpviz.geometry.tint import cell_tints, tint_of
from warpviz.languages.language import ENGLISH, Language
from warpviz.model.checks import who
from warpviz.model.layers import Activation, Dense, Layer
from warpviz.model.residual import Residual, number_of
from warpviz.motion.projection import Projection, project_blocks
from warpviz.motion.trajectory import Trajectory
from warpviz.picture.marks.dots import RADIUS
from warpviz.picture.origin import Origin, OriginLayer
from warpviz.picture.scene import Crease, Panel

ALL_DRAWN = 400
"""Up to so many data points all are drawn; of more, those that would not cover each other."""
EVEN = 48
"""The camera's direction goes by the dots and one vertex of each of so many squares a side."""
AT_ONCE = 2**23
"""Numbers of all states that are worked out at once."""
CHECKED = 8
"""Cells along each side of the sheet at whose corners states are looked at first."""
APART = 2.6
"""The least distance between two dots of a class in the input, in radii."""


def panel_of(plan: Plan, parts: frozenset[str]) -> Panel:
    """Compute what a panel shows.

    Args:
        plan: of the panel, laid out.
        parts: that are drawn.
    """
    play, data, layout = plan.play, plan.data, plan.place
    if data.x.shape[1] == 1:
        return curve_panel(plan, parts)
    plane = plane_of(data)
    flat = data.x if plane is None else (data.x - plane[0]) @ plane[1]
    limits = limits_of(plan.look.limits, data.axes) or around(flat)
    _check_states(play, limits, plane)
    sheet = sheet_for(
        play.chain,
        limits,
        plane=plane,
        boundary="boundary" in parts,
        tint=tint_of(plan.chain, data),
    )
    vertices = len(sheet.vertices)
    smaller = min(layout.safe.width, layout.safe.height)
    dots = thinned(flat, data.y, APART * RADIUS * layout.unit / smaller)
    trail = trail_points(plan.look, data)
    points = np.concatenate([sheet.vertices, data.x[dots], trail])
    corners, shown = distinct(sheet.corners), np.arange(vertices, len(points) - len(trail))
    # The camera goes by the sheet, however finely parts of it are cut.
    places = sheet.vertices[corners]
    places = places if plane is None else (places - plane[0]) @ plane[1]
    _, first = np.unique(squares(places, limits, EVEN), return_index=True)
    framed, led = np.concatenate([corners, shown]), np.concatenate([corners[first], shown])
    seen, followed = set_apart(seen_play(play, points, plan, framed, led), trail)
    return Panel(
        title=plan.title,
        path=seen.path,
        camera=seen.camera,
        layout=layout,
        sheet=sheet,
        chances=cell_tints(plan.chain, sheet, data),
        labels=data.y[dots],
        flat=seen.flat,
        creases=creases_of(play),
        stops=play.stops,
        acts=play.doing,
        remarks=play.remarks,
        axis_names=seen.named(play.letters),
        origin=origin_of(play, seen.views, data.x[dots], plane),
        own_axes=own_axes_of(data),
        notes=plan.notes,
        formulas=act_formulas(play),
        bases=bases_of(play, plan.views, seen, layout) if "basis" in parts else (),
        network=network_of(play, data.x, layout, plan.look.face),
        followed=followed,
    )


def seen_play(play: Play, points: Floats, plan: Plan, framed: Ints, led: Ints) -> Seen:
    """Where points (N, n) are seen in a play; the states of many in wide layers block by block."""
    look, motion, safe = plan.look.view, plan.staging.motion, plan.place.safe
    direction = plan.look.direction
    widths = np.array(play.shown_widths)
    if len(points) * int(widths.max()) * len(widths) <= AT_ONCE:
        states = Trajectory.of(play.states(points), play.swings(motion))
        return seen_states(states, plan.views, look, safe, framed, led, direction)
    path = project_blocks(play.states, points, plan.views, play.asked_swings(motion))
    views = tuple(view.padded(int(widths.max())) for view in plan.views)
    return seen_path(path, widths, views, look, safe, framed, led, direction)


def thinned_note(panel: Panel, data: Dataset, say: Language = ENGLISH) -> tuple[str, ...]:
    """What is to be said where not every point of the data is a dot."""
    if len(panel.labels) == len(data):
        return ()
    return (
        say(
            "{count} of {all} points are drawn: of those of a class that would cover each other, "
            "one.",
            count=f"{len(panel.labels):,}",
            all=f"{len(data):,}",
        ),
    )


def own_axes_of(data: Dataset) -> tuple[Axis, ...]:
    """The features' names and units where any are known; () where letters say enough."""
    known = data.feature_names or data.mean is not None
    return data.axes[:4] if known else ()


def origin_of(
    play: Play, views: tuple[Projection, ...], dots: Floats, plane: Plane | None
) -> Origin:
    """A play in plain numbers, so that its states can be computed where there is no Python."""
    return Origin(
        in_numbers(play.chain),
        tuple((act.layer, act.unit) for act in play.acts),
        tuple((view.centre, view.axes) for view in views),
        dots,
        plane,
    )


def in_numbers(layers: Iterable[Layer]) -> tuple[OriginLayer, ...]:
    """Layers in plain numbers."""
    steps = []
    for layer in layers:
        if isinstance(layer, Dense):
            steps.append(OriginLayer(layer.activation, layer.weight, layer.bias))
        elif isinstance(layer, Residual):
            steps.append(OriginLayer("residual", inner=in_numbers(layer.chain.layers)))
        else:
            steps.append(OriginLayer(layer.name if isinstance(layer, Activation) else str(layer)))
    return tuple(steps)


def _check_states(play: Play, limits: Limits, plane: Plane | None) -> None:
    """Let a layer that overflows on the sheet, or comes near it, be named before all else."""
    places = lattice(limits, CHECKED).reshape(-1, 2)
    states = play.chain.states(places if plane is None else places @ plane[1].T + plane[0])
    for k, layer in enumerate(play.chain):
        far = float(np.abs(states[k + 1]).max())
        if far > FARTHEST:
            raise WarpvizError(
                f"{who(number_of(play.chain, k), layer)} reaches {far:.2g} on the sheet, too far "
                f"to be drawn (at most {FARTHEST:.0e}); scale its weights or its input "
                "down, or keep what is inside its activation in bounds, as in exp(min(z, 9))."
            )


def creases_of(play: Play) -> Mapping[tuple[int, int], Crease]:
    """For each layer and unit, the act that folds the sheet there, and from when."""
    found = {}
    for index, act in enumerate(play.acts):
        if act.folds_from is not None:
            bending = sum(bend.units for bend in bends_of(play.chain, act.layer))
            units = range(bending) if act.unit < 0 else [act.unit]
            for unit in units:
                found[act.layer, unit] = Crease(index, act.folds_from)
    return found


def thinned(flat: Floats, labels: Ints, share: float) -> Ints:
    """Rows of data to draw: where many dots of one class would cover each other, fewer.

    Args:
        flat: (N, 2) the dots.
        labels: (N,) their classes.
        share: the least distance between two of a class, over the larger side of the data.

    Returns:
        Indices in order; all of them up to `ALL_DRAWN` points.
    """
    if len(flat) <= ALL_DRAWN:
        return np.arange(len(flat))
    return spread(flat, labels, share * float(np.ptp(flat, axis=0).max()))
