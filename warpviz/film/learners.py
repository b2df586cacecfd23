"""What learns in a film of training: snapshots of a model by the epoch."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.convert.pairing import fitting
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.film.recorder import Recorder
from warpviz.languages.language import ENGLISH, Language
from warpviz.model.chain import Chain
from warpviz.model.layers import Softmax
from warpviz.training.history import Fit, History

Record = Recorder | Fit | History


@dataclass(frozen=True, eq=False)
class Learner:
    """A model at moments of its training.

    Attributes:
        title: over its panel, "" where it is alone.
        chains: S, one a snapshot.
        epochs: (S,) rising.
        losses: (S,), NaN where they were not told.
        lost: S words, as a `Recorder` has them: "" where all are numbers.
        model: what was recorded, None for our own histories.
    """

    title: str
    chains: tuple[Chain, ...]
    epochs: Floats
    losses: Floats
    lost: tuple[str, ...]
    model: Any = None

    @classmethod
    def of(cls, title: str, record: Record) -> "Learner":
        """Take a record.

        Raises:
            WarpvizError: it is none, or has fewer than two snapshots.
        """
        if isinstance(record, Fit):
            record = record.history
        if isinstance(record, History):
            chains = [record.chain(s) for s in range(len(record))]
        elif isinstance(record, Recorder):
            chains = list(record.chains)
        else:
            raise WarpvizError(
                f"animate_training expects a Recorder, a Fit or its history, got "
                f"{type(record).__name__}."
            )
        if len(chains) < 2:
            raise WarpvizError(
                f"animate_training expects two snapshots or more, got {len(chains)}; call "
                "recorder.snapshot() once an epoch."
            )
        model = record.model if isinstance(record, Recorder) else None
        lost = record.lost if isinstance(record, Recorder) else [""] * len(chains)
        epochs, losses = np.asarray(record.epochs, float), np.asarray(record.losses, float)
        return cls(title, tuple(chains), epochs, losses, tuple(lost), model)

    def on(self, data: Dataset) -> "Learner":
        """The same, with chains that fit the data and with the losses that were not told."""
        chains = tuple(fitting(chain, data) for chain in self.chains)
        known = zip(self.losses, chains, self.lost, strict=True)
        losses = [
            loss_on(chain, data) if np.isnan(loss) and not lost else loss
            for loss, chain, lost in known
        ]
        return replace(self, chains=chains, losses=np.array(losses))

    def diverged(self, say: Language = ENGLISH) -> tuple[str, ...]:
        """What is to be said of a training that has diverged, () of others."""
        first = next((k for k, word in enumerate(self.lost) if word), None)
        if first is None:
            return ()
        frozen = next((k for k, word in enumerate(self.lost) if word.startswith("weights")), None)
        known = {"epoch": f"{self.epochs[first]:g}", "what": say(self.lost[first])}
        if frozen is None:
            told = say(
                "From epoch {epoch} on the {what}: the training has diverged; lower the learning "
                "rate.",
                **known,
            )
        else:
            told = say(
                "From epoch {epoch} on the {what}: the training has diverged; the last weights "
                "that were numbers are shown from epoch {frozen} on; lower the learning rate.",
                **known, frozen=f"{self.epochs[frozen]:g}",
            )  # fmt: skip
        return (say("{who}: {what}", who=self.title, what=told) if self.title else told,)

    def at(self, epochs: Floats) -> Ints:
        """The snapshot that holds at each epoch: the last one until then."""
        return (np.searchsorted(self.epochs, epochs, side="right") - 1).clip(0)

    def moments(self, epochs: Floats, told: bool, say: Language = ENGLISH) -> tuple[str, ...]:
        """What is said of the snapshots that hold at each epoch: which they are, and their end.

        Args:
            epochs: (K,) of the film's clock.
            told: whether also what was lost is said.
            say: the language.
        """
        words = [
            (
                say("epoch {number}", number=f"{self.epochs[at]:g}"),
                say(self.lost[at]) if told and self.lost[at] else "",
                say("ended") if now > self.epochs[-1] else "",
            )
            for now, at in zip(epochs, self.at(epochs), strict=True)
        ]
        return tuple(" · ".join(filter(None, each)) for each in words)

    def progress(self, epochs: Floats) -> Floats:
        """How far along its snapshots it is at each epoch."""
        return np.interp(epochs, self.epochs, np.arange(len(self.epochs), dtype=np.float64))

    @property
    def finite(self) -> Floats:
        """Losses; one that overflowed is NaN."""
        return np.where(np.isfinite(self.losses), self.losses, np.nan)


def learners_of(record: Record | Mapping[str, Record]) -> list[Learner]:
    """One learner, or one for each title.

    Raises:
        WarpvizError: as `Learner.of`, or for an empty mapping.
    """
    if not isinstance(record, Mapping):
        return [Learner.of("", record)]
    if not record:
        raise WarpvizError("animate_training expects at least one record, got none.")
    return [Learner.of(title, each) for title, each in record.items()]


def loss_on(chain: Chain, data: Dataset) -> float:
    """The mean cross entropy, or squared error; NaN of points without labels."""
    if not data.labelled:
        return float("nan")
    if data.targets is not None:
        return float(((chain(data.x)[:, 0] - data.targets) ** 2).mean())
    logs = Softmax(log=True)(chain.logits()(data.x))
    return float(-logs[np.arange(len(data)), data.y].mean())
