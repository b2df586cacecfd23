"""One model of one feature to a panel: the number line as a curve in activation space."""

import numpy as np

from warpviz.arrays import Floats
from warpviz.axis import axes_named
from warpviz.errors import WarpvizError
from warpviz.film.insets.basis import bases_of
from warpviz.film.insets.network import network_of
from warpviz.film.insets.trail import set_apart, trail_points
from warpviz.film.options import Options
from warpviz.film.plan import Plan
from warpviz.film.seeing import seen_states
from warpviz.film.words.formulas import act_formulas
from warpviz.geometry.curve import curve_for, line_of
from warpviz.motion.trajectory import Trajectory
from warpviz.picture.scene import Panel

APART = 0.5
"""The least distance between two dots on the line, in pixels of the safe area."""


OF_CELLS = frozenset({"sheet", "creases", "boundary", "regions"})
"""Parts of a picture that a curve has not."""


def check_for_curve(options: Options) -> None:
    """Refuse what is told of a sheet alone.

    Raises:
        WarpvizError: for such captions or measures.
    """
    if options.staging.caption == "why":
        raise WarpvizError(
            "caption='why' tells what happens to a sheet, and a model of one feature has a line; "
            "choose 'name' or 'formula'."
        )
    if "measures" in options.parts:
        raise WarpvizError(
            "Measures are of a sheet, and a model of one feature has a line; leave them out."
        )


def curve_panel(plan: Plan, parts: frozenset[str]) -> Panel:
    """Compute what a panel of a chain of one feature shows.

    Args:
        plan: of the panel, laid out.
        parts: that are drawn.
    """
    play, data, layout = plan.play, plan.data, plan.place
    low, high = line_of(data, plan.look.limits)
    sheet = curve_for(play.chain, low, high)
    dots = _apart(data.x[:, 0], APART * (high - low) / layout.safe.width)
    trail = trail_points(plan.look, data)
    points = np.concatenate([sheet.vertices, data.x[dots], trail])
    states = Trajectory.of(play.states(points), play.swings(plan.staging.motion))
    every = np.arange(len(points) - len(trail))
    seen = seen_states(
        states, plan.views, plan.look.view, layout.safe, every, every, plan.look.direction
    )
    seen, followed = set_apart(seen, trail)
    known = data.feature_names or data.mean is not None
    return Panel(
        title=plan.title,
        path=seen.path,
        camera=seen.camera,
        layout=layout,
        sheet=sheet,
        chances=np.zeros((0, max(data.n_classes, 2))),
        labels=data.y[dots],
        flat=seen.flat,
        creases={},
        stops=play.stops,
        acts=play.doing,
        remarks=play.remarks,
        axis_names=seen.named(play.letters),
        own_axes=axes_named(data.feature_names, data.mean, data.scale, 1) if known else (),
        notes=plan.notes,
        formulas=act_formulas(play),
        bases=bases_of(play, plan.views, seen, layout) if "basis" in parts else (),
        network=network_of(play, data.x, layout, plan.look.face),
        followed=followed,
    )


def _apart(x: Floats, least: float) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Rows of data to draw: of those of one place one, in order."""
    _, first = np.unique(np.round(x / max(least, 1e-300)), return_index=True)
    return np.sort(first)
