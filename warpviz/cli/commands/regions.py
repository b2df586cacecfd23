"""The verb regions: the linear regions and the boundary of the input plane, as a still."""

import json
from argparse import Namespace
from collections.abc import Sequence

from warpviz.atomic import check_writable
from warpviz.axis import SCALED, Axis, axes_named
from warpviz.cli.commands.planes import names_of, plane_apart, seen_on
from warpviz.cli.console import Console
from warpviz.cli.failures import working
from warpviz.cli.outputs import refuse_twice, theme_of
from warpviz.cli.subjects import data_of, stored
from warpviz.convert.pairing import fitting
from warpviz.data import Dataset
from warpviz.errors import WarpvizError
from warpviz.figures.files import figure_format
from warpviz.figures.regions import save_regions, still_of
from warpviz.geometry.sheet import Limits
from warpviz.model import StoredModel

WIDE: Limits = (-2.0, 2.0, -2.0, 2.0)
"""In deviations, of features that were standardised."""


def regions(args: Namespace, console: Console) -> None:
    """Draw the regions, count them, or both."""
    # With --json alone nothing is drawn: the numbers are what was asked for.
    paths = getattr(args, "output", [] if "json" in args else ["regions.svg"])
    for path in paths:
        figure_format(path)
        check_writable(path)
    refuse_twice("-o", paths)
    look = theme_of(args, "light", console)
    plane, args = plane_apart(args)
    model = stored(args.file)
    if plane is None:
        data = _data(args, model)
    else:
        model, data = seen_on(plane, args.file, model, args, console)
    names = () if plane is None else names_of(plane)
    axes = _axes(model, data, names)
    if model.mean is not None:
        console.note(
            "The model was trained on standardised features; "
            + ("the picture has their own units." if axes else "so are the principal axes here.")
        )
    with working():
        still = still_of(
            model.chain if data is None else fitting(model.chain, data),
            data,
            limits=getattr(args, "limits", None),
            axes=axes,
            # Two deviations hold most of data whose own numbers nobody knows.
            usual=SCALED if model.mean is None else WIDE,
        )
        if still.note:
            console.note(still.note)
        drawn = data if "data" in args else None
        for path in paths:
            file = save_regions(still, path, data=drawn, theme_name=look)
            if "json" not in args:
                console.path(file.path)
        facts = {"model": args.file, **still.facts()}
    if "json" in args:
        console.result(json.dumps(facts, indent=2, ensure_ascii=False))
    elif still.regions is not None:
        lines = " + ".join(str(count) for count in facts["creases"] if count) or "none"
        count, pieces = still.regions.n_regions, still.regions.n_pieces
        told = f"{count} linear region{'s' * (count != 1)}"
        if pieces < count:
            told = (
                f"{count} activation patterns, {pieces} affine piece{'s' * (pieces != 1)} "
                "(neighbours with the same map count once)"
            )
        console.note(f"{told}; units that crease: {lines}")


def _axes(model: StoredModel, data: Dataset | None, names: Sequence[str]) -> tuple[Axis, ...]:
    """The features and their own units, where there are two of them and any is known."""
    if model.chain.widths[0] != 2:
        return ()
    if data is not None:
        return data.axes
    return axes_named(names, model.mean, model.scale, 2)


def _data(args: Namespace, model: StoredModel) -> Dataset | None:
    """The data, where it is asked for or where more than two features need it."""
    width = model.chain.widths[0]
    if "data" not in args and width == 2:
        return None
    if width < 2:
        raise WarpvizError(
            f"regions expects a model of two features or more, got {width}; plot draws a curve."
        )
    data = data_of(args, {args.file: model}, planes=True)
    fitting(model.chain, data)
    return data
