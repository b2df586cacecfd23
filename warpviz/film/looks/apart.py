"""A panel's own options beside those of its comparison."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from warpviz.arguments import check_given
from warpviz.errors import WarpvizError
from warpviz.film.looks.look import Look
from warpviz.film.options import Options, Staging

PANEL_OPTIONS = ("motion", "view", "limits", "whole_layers", "softmax", "one_by_one")


def apart(entry: Any, options: Options) -> tuple[Any, Options]:
    """A model and its panel's options.

    Raises:
        WarpvizError: for a pair of anything else.
    """
    if not isinstance(entry, tuple):
        return entry, options
    if len(entry) != 2 or not isinstance(entry[1], Mapping):
        raise WarpvizError("A panel is a model, or a pair of a model and its own options.")
    model, own = entry
    for name in own:
        if name not in PANEL_OPTIONS:
            raise WarpvizError(
                f"A panel's own options are {', '.join(PANEL_OPTIONS)}; got '{name}'."
            )
    look = {name: own[name] for name in own if name in ("view", "limits")}
    staging = {name: own[name] for name in own if name not in look}
    check_given("A panel", Look, look)
    check_given("A panel", Staging, staging)
    return model, replace(
        options,
        look=replace(options.look, **look),
        staging=replace(options.staging, **staging),
    )
