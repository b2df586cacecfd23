"""The verb landscape: the loss around where training ended, and the way there."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from warpviz.cli.commands.learning import check_camera
from warpviz.cli.console import Console
from warpviz.cli.failures import working
from warpviz.cli.outputs import charts_of, look_of, named, refuse_twice, theme_of, write
from warpviz.cli.progress import fitted
from warpviz.cli.scores import accuracy, score
from warpviz.cli.subjects import (
    TRAINING,
    data_of,
    one_untrained,
    recipe_of,
    refuse_training_flags,
    stored,
)
from warpviz.convert.pairing import check_fit, fitting
from warpviz.errors import WarpvizError
from warpviz.figures.files import SUFFIXES as STILLS
from warpviz.figures.files import check_plot
from warpviz.film.options import Options
from warpviz.landscapes.figure import KINDS, check_kind, save_landscape
from warpviz.landscapes.film import animate_landscape
from warpviz.landscapes.line import line_landscape
from warpviz.landscapes.surface import DIRECTIONS, GRID, Landscape, loss_landscape
from warpviz.names import unknown_name
from warpviz.training import OPTIMIZERS, Fit, training_steps

MOST = 4
"""Optimizers on one landscape."""


@dataclass(frozen=True)
class _Asked:
    """What is written of a landscape.

    Attributes:
        stills: the figures.
        films: the films of the way.
        filmed: whether there is a film, in files or as frames.
        kind: of the figures.
        look: the keywords of the film.
    """

    stills: Sequence[Path]
    films: Sequence[Path]
    filmed: bool
    kind: str
    look: Mapping[str, Any]


def landscape_(args: Namespace, console: Console) -> None:
    """Draw the loss, film the way down, or both."""
    names = named(args, "landscape.gif")
    refuse_twice("-o", names)
    # With --at pictures are moments of the film.
    drawn = () if "at" in args else STILLS
    stills = [check_plot(name) for name in names if Path(name).suffix.lower() in drawn]
    look = look_of(args)
    others = [name for name in names if Path(name) not in stills]
    films = charts_of(args, others, look)
    kind = getattr(args, "kind", KINDS[0])
    check_kind(kind)
    asked = _Asked(stills, films, bool(films) or "frames" in args, kind, look)
    if "line" in args:
        _line(args, console, asked)
        return
    directions = getattr(args, "directions", "random" if "model" in args else "ends")
    if directions not in DIRECTIONS:
        raise unknown_name("directions", directions, DIRECTIONS)
    optimizers = _optimizers(args)
    if "model" in args:
        if asked.filmed or directions != "random" or "optimizers" in args:
            raise WarpvizError(
                "A model from a file has no path: write a still (-o landscape.png), on random "
                "directions."
            )
        refuse_training_flags(args)
    grid = getattr(args, "grid", GRID)
    if not 5 <= grid <= 1001:
        raise WarpvizError(f"--grid expects 5 to 1001 points along each side, got {grid}.")
    if "model" in args:
        _of_file(args, console, asked, directions, grid)
    else:
        _trained(args, console, asked, directions, grid, optimizers)


def _optimizers(args: Namespace) -> list[str]:
    """Those whose ways are drawn."""
    names: list[str] = getattr(args, "optimizers", [getattr(args, "optimizer", "lbfgs")])
    if "optimizers" in args and {"optimizer", "learning_rate"} & set(vars(args)):
        raise WarpvizError("--optimizers each have their own rate; leave out --optimizer and it.")
    for name in names:
        if name not in OPTIMIZERS:
            raise unknown_name("optimizer", name, OPTIMIZERS)
    refuse_twice("--optimizers", names)
    if not 1 <= len(names) <= MOST:
        raise WarpvizError(f"--optimizers expects 1 to {MOST} names, got {len(names)}.")
    return names


def _of_file(args: Namespace, console: Console, asked: _Asked, directions: str, grid: int) -> None:
    """The loss around a model that is trained already."""
    model = stored(args.model)
    data = data_of(args, {args.model: model})
    chain = fitting(model.chain, data)
    with working():
        seed = getattr(args, "seed", 0)
        land = loss_landscape(chain, data, directions=directions, grid=grid, seed=seed)
        console.note(f"{land.what}; {grid}×{grid} points")
        _figures(args, console, asked, land)


def _trained(
    args: Namespace, console: Console, asked: _Asked, directions: str, grid: int,
    optimizers: Sequence[str],
) -> None:  # fmt: skip
    """The loss around where training ends, and the way there of each optimizer."""
    data = data_of(args, {})
    Options.of(asked.look).look.dressed(data)
    # One start: the path shown is the path taken, not the best of several.
    recipe = replace(recipe_of(args, data), starts=1)
    subject = one_untrained(args, data, recipe)
    check_fit(subject.chain, data)
    if asked.filmed:
        check_camera([subject], args)
    recipe = subject.recipe or recipe
    with working():
        fits: dict[str, Fit] = {}
        for name in optimizers:
            rate = None if len(optimizers) > 1 else recipe.learning_rate
            own = replace(recipe, optimizer=name, learning_rate=rate)
            fit = fitted(training_steps(subject.chain, data, own), f"train {name}", console)
            fits[name] = fit
            share = accuracy(fit.chain, data)
            console.note(
                f"{data.name}, {name}: loss {fit.history.losses[-1]:.4g}, {score(share, data)} "
                f"after {fit.history.epochs[-1]} epochs"
            )
        land = loss_landscape(
            fits, data, recipe, directions=directions, grid=grid, seed=recipe.seed
        )
        console.note(f"{land.what}; {grid}×{grid} points")
        _figures(args, console, asked, land)
        if asked.filmed:
            write(animate_landscape(land, fits, data, **asked.look), asked.films, console, args)


def _line(args: Namespace, console: Console, asked: _Asked) -> None:
    """The landscape of the line, as it was first drawn."""
    given = {*TRAINING, "data", "model", "optimizers", "directions", "grid"} & set(vars(args))
    if given:
        flag = sorted(given)[0].replace("_", "-")
        raise WarpvizError(f"--line has its own data and training; leave out --{flag}.")
    for name in ("camera", "view"):
        if name in args:
            raise WarpvizError(f"--line shows a line, not states in space; leave out --{name}.")
    with working():
        land = line_landscape(getattr(args, "seed", 0))
        weight, bias = land.paths["descent"][-1]
        console.note(f"the line after 1000 steps: {weight:.4f} x + {bias:.4f}")
        _figures(args, console, asked, land, fit=True)
        if asked.filmed:
            write(animate_landscape(land, **asked.look), asked.films, console, args)


def _figures(
    args: Namespace, console: Console, asked: _Asked, land: Landscape, fit: bool = False
) -> None:
    """Draw the stills; of the look they have size, language and theme."""
    theme = theme_of(args, "dark", None if asked.filmed else console)
    size, language = asked.look.get("size"), asked.look.get("language", "en")
    for path in asked.stills:
        console.path(
            save_landscape(
                land, path, kind=asked.kind, theme_name=theme, fit=fit, size=size,
                language=language,
            )
        )  # fmt: skip
