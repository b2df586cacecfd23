"""The film of given states: dots alone, since nobody knows what lies between them."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from warpviz.errors import WarpvizError
from warpviz.film.keywords import StatesOptions, keywords_of
from warpviz.film.options import Options
from warpviz.film.reel.animation import Animation
from warpviz.film.states.filming import film_of_states
from warpviz.film.states.given import checked_states, data_of
from warpviz.film.states.said import Told
from warpviz.film.words.classes import with_said_classes
from warpviz.film.words.description import of_points
from warpviz.motion.projection import views_of


def animate_states(
    states: Sequence[Any], labels: Any, names: Sequence[str] | None, given: Mapping[str, Any]
) -> Animation:
    """The film of states (N, D_k) of the same points, whatever computed them.

    Args:
        states: K arrays, the first to be seen first.
        labels: (N,) classes or numbers, or a data set of as many points; None for none.
        names: K captions; None counts the states.
        given: fields of `Look` and `Clock`, `caption` and `jobs`.
    """
    takes = [word for word in keywords_of(StatesOptions) if word != "limits"]
    options = Options.of(given, takes, "animate of states")
    if names is not None and isinstance(names, str):
        raise WarpvizError(f"animate expects names to be a list of words, got '{names}'.")
    clouds = checked_states(states, names)
    say = options.look.say
    data = with_said_classes(data_of(clouds, labels), say)
    called = [say("state {number}", number=k) for k in range(len(clouds))]
    called = called if names is None else [*map(str, names)]
    widths = "-".join(str(cloud.shape[1]) for cloud in clouds)
    through = say("{count:# state|# states} of widths {widths}", count=len(clouds), widths=widths)
    return film_of_states(
        called,
        clouds,
        views_of(clouds, options.look.view),
        data,
        options,
        Told(of_points(data, called, through, say=say)),
        (partial(_again, states, labels, names), given),
    )


def _again(
    states: Sequence[Any], labels: Any, names: Sequence[str] | None, **given: Any
) -> Animation:
    return animate_states(states, labels, names, given)
