"""The film of a model that is watched from outside: its layers' outputs, and a sampled sheet.

points ── watch ──► states ── views ──► dots, captions
plane of two features ── grid, finer where a state bends ──► sheet, tinted by the output
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from warpviz.arrays import Floats
from warpviz.axis import limits_of
from warpviz.convert import plain
from warpviz.convert.pairing import as_dataset
from warpviz.convert.watched.watch import Watched, watch
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.film.keywords import StatesOptions, keywords_of
from warpviz.film.options import Options
from warpviz.film.panel import own_axes_of
from warpviz.film.reel.animation import Animation
from warpviz.film.states.filming import SheetOfStates, film_of_states
from warpviz.film.states.said import Told
from warpviz.film.words.classes import with_said_classes
from warpviz.film.words.description import of_points
from warpviz.film.words.score import score_words
from warpviz.geometry.fitting import CELLS, sampled_sheet
from warpviz.geometry.mosaic import FINEST
from warpviz.geometry.plane import Plane, around, on_plane, plane_through
from warpviz.geometry.tint import Tint, of_cells, tint_of_numbers
from warpviz.languages.language import Language
from warpviz.model.captions import input_name
from warpviz.model.layers import Softmax
from warpviz.motion.projection import Projection, views_of

MOST_NUMBERS = 250_000_000
"""Of all points in all layers: 2 GB."""
SURE = 1e-9
"""Probabilities are kept so far from 0 and 1 when their logits are taken."""


def animate_watched(
    model: Any,
    x: Any,
    y: Any,
    layers: Sequence[str],
    names: Sequence[str] | None,
    plane: Any,
    given: Mapping[str, Any],
    why: str = "",
) -> Animation:
    """The film of a model's layers.

    Args:
        model: what `watch` takes.
        x: a `Dataset`, or points (N, …) as the model takes them.
        y: labels (N,) where x is an array.
        layers: names of layers; of none all that run.
        names: captions of the input and of every layer; None for the layers' own.
        plane: as `plane_through` takes it; None for the plane of two features.
        given: fields of `Look` and `Clock`, `caption` and `jobs`.
        why: what is said of the reason for this kind of film.
    """
    options = Options.of(given, keywords_of(StatesOptions), "animate by layers")
    points = _points(x)
    data = as_dataset(x if isinstance(x, Dataset) else points.reshape(len(points), -1), y,
                      one_number=True)  # fmt: skip
    say = options.look.say
    data = with_said_classes(data, say)
    watched = watch(model, layers, points)
    called = _called(watched, names, data, say)
    seen = _Seen.of(watched, data.x, options.look.view)
    judge = _judge_of(seen.output, data)
    score, outputs = "", np.array_equal(seen.clouds[-1], seen.output)
    if judge is not None and outputs:
        said = judge(seen.output)
        score = (
            score_words(said, data, say) if said.shape[1] > 1 or data.targets is not None else ""
        )
    chosen = plane_through(data, plane)
    has_sheet = chosen is not None or data.x.shape[1] == 2
    if options.look.limits is not None and not has_sheet:
        raise WarpvizError(
            f"limits are of the sheet, and {data.x.shape[1]} features have none without a plane; "
            "give plane=(0, 1), two features, or leave limits away."
        )
    cloth = partial(_cloth, seen, data, chosen, judge, options) if has_sheet else None
    notes: tuple[str, ...] = (why,) if why else ()
    if has_sheet:
        notes += (
            say(
                "{model} is seen by its outputs alone: its folds are sampled on {cells} × {cells} "
                "squares, up to {times} times as fine where it bends, not exact.",
                model=watched.runs.model, cells=CELLS, times=FINEST,
            ),
        )  # fmt: skip
    through = say(
        "{count:# layer|# layers} of {model}",
        count=len(watched.names), model=watched.runs.model,
    )  # fmt: skip
    told = of_points(data, called, through, has_sheet, say)
    if has_sheet:
        told = say.joined([told, say("The folds of the sheet are sampled, not exact.")])
    again = partial(_again, (model, x, y, layers, names, plane), why)
    own_axes = own_axes_of(data) if data.x.shape[1] == 2 else ()
    return film_of_states(
        called, seen.clouds, seen.views, data, options, Told(told, notes, own_axes, score, outputs),
        (again, given), cloth,
    )  # fmt: skip


def _points(x: Any) -> Any:
    """Points (N, …) as the model takes them."""
    points: Any = x.x if isinstance(x, Dataset) else np.asarray(plain(x))
    if points.ndim < 2 or points.dtype.kind not in "biuf" or len(points) < 2:
        raise WarpvizError(
            f"animate expects x to be numbers (N, …), two points or more, got {points.dtype} of "
            f"shape {points.shape}."
        )
    return points


def _called(
    watched: Watched, names: Sequence[str] | None, data: Dataset, say: Language
) -> list[str]:
    """Captions of the input and of every layer."""
    called = [input_name(say=say), *watched.names] if names is None else [*map(str, names)]
    if len(called) != len(watched.names) + 1:
        raise WarpvizError(
            f"animate expects a name for the input and each of {len(watched.names)} layers, got "
            f"{len(called)} names."
        )
    if names is None and data.x.shape[1] == 2:
        called[0] = input_name(data.feature_names or ("x₁", "x₂"), say)
    return called


def _again(fixed: tuple[Any, Any, Any, Any, Any, Any], why: str, **given: Any) -> Animation:
    return animate_watched(*fixed, given, why)


@dataclass(frozen=True, eq=False)
class _Seen:
    """A watched model as its states are seen, in three axes each: wide ones are never all kept.

    Attributes:
        watched: the model.
        clouds: K + 1 states (N, D_k) of the data, the input first.
        output: (N, C) of the model for the data.
        views: K + 1, how each state is seen.
    """

    watched: Watched
    clouds: list[Floats]
    output: Floats
    views: tuple[Projection, ...]

    @classmethod
    def of(cls, watched: Watched, x: Floats, view: str) -> "_Seen":
        width = sum(state.shape[1] for state in watched.states(x[:2])[0])
        if len(x) * width > MOST_NUMBERS:
            raise WarpvizError(
                f"The layers give {width:,} numbers for each of {len(x):,} points, a film takes "
                f"{MOST_NUMBERS:,} in all; name fewer layers, or give fewer points."
            )
        found = [watched.states(part) for part in watched.parts(x, width)]
        states = [np.concatenate(parts) for parts in zip(*(one for one, _ in found), strict=True)]
        clouds = [x, *states]
        return cls(
            watched, clouds, np.concatenate([out for _, out in found]), views_of(clouds, view)
        )

    def both(self, x: Floats) -> tuple[list[Floats], Floats]:
        """K + 1 states (N, 3) as they are seen, and the output (N, C)."""
        if not len(x):  # Not every model takes no points.
            known, out = self.both(self.clouds[0][:1])
            return [state[:0] for state in known], out[:0]
        states: list[list[Floats]] = []
        outputs = []
        width = sum(cloud.shape[1] for cloud in self.clouds)
        for part in self.watched.parts(x, width):
            found, output = self.watched.states(part)
            pairs = zip(self.views, [part, *found], strict=True)
            states.append([view(state) for view, state in pairs])
            outputs.append(output)
        return [np.concatenate(parts) for parts in zip(*states, strict=True)], np.concatenate(
            outputs
        )

    def states(self, x: Floats) -> list[Floats]:
        """K + 1 states (N, 3) as they are seen."""
        return self.both(x)[0]


def _cloth(
    seen: _Seen, data: Dataset, plane: Plane | None, judge: Any, options: Options
) -> SheetOfStates:
    """The sheet, sampled."""
    flat = on_plane(data.x, plane)
    limits = limits_of(options.look.limits, data.axes if plane is None else ()) or around(flat)

    def says(x: Floats) -> Floats:
        return np.asarray(judge(seen.both(x)[1]))

    tint = None
    if judge is not None:
        tint = Tint(says) if data.targets is None else tint_of_numbers(says, data)
    sheet = sampled_sheet(seen, limits, plane=plane, tint=tint)
    centres = sheet.centres()
    if judge is None:
        chances = np.full((len(centres), data.n_classes), 1.0 / data.n_classes)
    elif data.targets is not None:
        chances = of_cells(data.levels_of(says(centres)[:, 0]), data)
    else:
        chances = of_cells(Softmax()(says(centres)), data)
    images = seen.states(sheet.vertices)
    return SheetOfStates(sheet, images, chances, on_plane(sheet.vertices, plane), limits)


def _judge_of(output: Floats, data: Dataset) -> Callable[[Floats], Floats] | None:
    """How outputs are read: as a number, logits, or probabilities, of which the logits are taken.

    Returns:
        Outputs (N, …) to (N, C) logits or (N, 1) numbers; None where they say neither.
    """
    width, classes = output.shape[1], data.n_classes
    if data.targets is not None:
        return (lambda out: out) if width == 1 else None
    chances = bool((output >= 0).all() and (output <= 1).all())
    if width == 1 and classes == 2:
        if chances:
            return lambda out: np.hstack([np.log(_inside(1.0 - out)), np.log(_inside(out))])
        return lambda out: np.hstack([0.0 * out, out])
    if width < classes or width > 1000:
        return None
    if chances and np.allclose(output.sum(axis=1), 1.0, atol=1e-3):
        return lambda out: np.log(_inside(out))
    return lambda out: out


def _inside(chances: Floats) -> Floats:
    return np.clip(chances, SURE, 1.0)
