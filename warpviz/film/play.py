"""What is played: the acts of a chain, one after the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.film.options import Staging
from warpviz.geometry.fitting import fold_times
from warpviz.languages.language import ENGLISH, Language
from warpviz.model.captions import act_names, axis_letters, brief_names, stop_names
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense
from warpviz.model.residual import number_of
from warpviz.motion.interpolate import MOTIONS, Swing, moves_by_turning

MOST_UNITS = 64
"""Wider layers are not played one unit at a time."""


@dataclass(frozen=True)
class Act:
    """One act: a layer, or one of its units.

    Attributes:
        layer: which layer of the played chain acts.
        unit: which of its units, counted from 0; -1 for all at once.
        folds_from: the time from which the sheet folds, None where it never does.
    """

    layer: int
    unit: int
    folds_from: float | None


@dataclass(frozen=True, eq=False)
class Play:
    """A chain as a play of K − 1 acts.

    Attributes:
        chain: what is played; its layers act.
        acts: in order.
        stops: K captions of states.
        doing: K − 1 captions of acts.
        brief: the same for narrow panels.
        letters: K, the letter of each state's coordinates.
        remarks: K sentences about states, said below the captions; () for none.
        say: the language of all these.
    """

    chain: Chain
    acts: tuple[Act, ...]
    stops: tuple[str, ...]
    doing: tuple[str, ...]
    brief: tuple[str, ...]
    letters: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    say: Language = ENGLISH

    @classmethod
    def of(cls, chain: Chain, staging: Staging, say: Language = ENGLISH) -> "Play":
        """The acts of a film: without softmax unless asked for, layers split unless whole."""
        played = chain if staging.softmax else chain.logits()
        played = played if staging.whole_layers else played.split()
        times = fold_times(played)
        # A lone affine map without a softmax is a map to look at, not a classifier.
        lone = (len(chain) == 1 and isinstance(chain[0], Dense)) or chain.widths[-1] == 1
        names = stop_names(played, classifier=not lone, say=say)
        letters = axis_letters(played)
        acts, stops, shown = [], [names[0]], [letters[0]]
        for k, layer in enumerate(played):
            units = played.widths[k + 1]
            if not (staging.one_by_one and isinstance(layer, Activation) and units > 1):
                acts.append(Act(k, -1, times[k]))
                stops.append(names[k + 1])
                shown.append(letters[k + 1])
                continue
            if units > MOST_UNITS:
                raise WarpvizError(
                    f"--one-by-one expects layers of at most {MOST_UNITS} units, "
                    f"layer {number_of(played, k)} has {units}; leave --one-by-one away."
                )
            acts += [Act(k, unit, times[k]) for unit in range(units)]
            stops += [
                say("{state}, unit {unit} of {units}", state=names[k + 1], unit=u, units=units)
                for u in range(1, units)
            ]
            stops.append(names[k + 1])
            shown += [letters[k + 1]] * units
        doing = _doing(played, acts, names, say)
        short = brief_names(played, names, say)
        brief = tuple(
            short[act.layer] if act.unit < 0 else say("→ {after}", after=stop)
            for act, stop in zip(acts, stops[1:], strict=True)
        )
        return cls(played, tuple(acts), tuple(stops), doing, brief, tuple(shown), say=say)

    @property
    def shown_widths(self) -> tuple[int, ...]:
        """How wide each of the K states is."""
        widths = self.chain.widths
        return (widths[0], *(widths[act.layer + 1] for act in self.acts))

    def states(self, points: Floats) -> list[Floats]:
        """The K states of points (N, n_in), the input first."""
        whole = self.chain.states(points)
        states = [whole[0]]
        for act in self.acts:
            before, after = whole[act.layer], whole[act.layer + 1]
            if act.unit < 0:
                states.append(after)
            else:
                done = np.arange(after.shape[1]) <= act.unit
                states.append(np.where(done, after, before))
        return states

    def swings(self, motion: str) -> list[Swing | None]:
        """How each act moves: affine layers as `motion` says, all others straight."""
        return [MOTIONS[motion](self.chain[act.layer]) for act in self.acts]

    def asked_swings(self, motion: str) -> list[Callable[[], Swing | None] | None]:
        """The same, each worked out when it is asked for: of wide layers it takes its time."""
        layers = [self.chain[act.layer] for act in self.acts]
        return [
            partial(MOTIONS[motion], layer) if moves_by_turning(motion, layer) else None
            for layer in layers
        ]

    def lengths(self) -> tuple[float, ...]:
        """How long each act takes, against one whole layer: units in turn are quicker."""
        return tuple(
            1.0 if act.unit < 0 else 1.0 / np.sqrt(self.chain.widths[act.layer + 1])
            for act in self.acts
        )


def _doing(
    chain: Chain,
    acts: Sequence[Act],
    names: tuple[str, ...],
    say: Language,
) -> tuple[str, ...]:
    whole = act_names(chain, names, say)
    return tuple(
        whole[act.layer]
        if act.unit < 0
        else f"{names[act.layer + 1]} · {say('unit {unit}', unit=act.unit + 1)}"
        for act in acts
    )
