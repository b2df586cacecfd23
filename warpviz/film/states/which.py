"""Which models are filmed by their states: given ones, watched ones, and what is no chain."""

from collections.abc import Mapping, Sequence
from typing import Any

from warpviz.convert import LIBRARIES, origins_of, to_chain
from warpviz.errors import WarpvizError
from warpviz.film.reel.animation import Animation
from warpviz.film.states.given import are_states
from warpviz.model.chain import Chain


def by_states(
    model: Any,
    x: Any,
    y: Any,
    names: Sequence[str] | None,
    layers: Sequence[str] | None,
    plane: Any,
    given: Mapping[str, Any],
) -> Animation | None:
    """The film of a model by its states; None where it is a chain and nothing else was asked for.

    Arguments are those of `animate`.

    Raises:
        WarpvizError: for what is neither, or arguments that mean nothing for this model.
    """
    if are_states(model):
        x, y = (y, None) if x is None else (x, y)  # the labels, by either name
        if y is not None or layers is not None or plane is not None:
            raise WarpvizError(
                "animate of states expects their labels and names alone: animate(states, y, "
                "names=[…])."
            )
        from warpviz.film.states.points import animate_states

        return animate_states(model, x, names, given)
    if x is None:
        raise WarpvizError(
            "animate expects the points of the data behind the model, got none; give a data set, "
            "animate(model, load_data('moons')), or points and their classes, animate(model, x, y)."
        )
    why: WarpvizError | None = None
    if layers is None and callable(model) and not isinstance(model, Chain):
        try:
            to_chain(model)
        except WarpvizError as error:
            why = error
    if layers is None and why is None:
        for word, value in (("names", names), ("plane", plane)):
            if value is not None:
                raise WarpvizError(
                    f"{word} is for films by states; for the layers of a chain give layers too, "
                    f"or leave {word} away."
                )
        return None
    reason = ""
    if why is not None and origins_of(model) & {*LIBRARIES}:
        told = f"{why}".partition(";")[0].rstrip(".").removeprefix("Cannot translate ")
        reason = f"{type(model).__name__} is filmed by its layers' outputs, since it is no chain: "
        reason += f"{told}."
    try:
        wanted = () if layers is None else layers
        from warpviz.film.states.watched import animate_watched

        return animate_watched(model, x, y, wanted, names, plane, given, reason)
    except WarpvizError as error:
        if not reason:
            raise
        raise WarpvizError(f"{why} Nor can it be filmed by its layers: {error}") from None
