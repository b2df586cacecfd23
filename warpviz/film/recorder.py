"""What a model of any library is at moments of its training."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from warpviz.arguments import kinds_checked
from warpviz.convert import plain, reader_of
from warpviz.film.callbacks import Keeping, callback_for
from warpviz.kinds import shown
from warpviz.languages.language import word
from warpviz.model.captions import outline
from warpviz.model.chain import Chain


@dataclass(repr=False)
class Recorder:
    """Keeps what a model is at moments of its training, in a loop of any library.

        recorder = wv.Recorder(model)
        for epoch in range(200):
            ...                                # one epoch, as ever
            recorder.snapshot(loss)            # a number or a tensor
        wv.animate_training(recorder, x, y).save("learn.gif")

    Where a library has the loop, a callback does it; the model may be left out, then it is the one
    that is trained:

        model.fit(x, y, callbacks=[recorder.callback("keras")])
        Trainer(callbacks=[recorder.callback("lightning")])       # or "transformers", "skorch"

    A snapshot never stops a training: what it cannot keep it warns of, once.

    Attributes:
        model: what `to_chain` takes; its weights are copied, it is left as it is.
        output: which of several outputs, as `to_chain` takes it.
        chains: one a snapshot; the first is the model as it came.
        losses: one a snapshot, NaN where it was not told.
        epochs: one a snapshot.
        lost: one a snapshot: "", or "loss is NaN", "loss is ∞", "weights are NaN" where a training
            has diverged; the chain is then the last one that had numbers.
    """

    model: Any = None
    output: int | str | None = None
    chains: list[Chain] = field(default_factory=list, init=False)
    losses: list[float] = field(default_factory=list, init=False)
    epochs: list[float] = field(default_factory=list, init=False)
    lost: list[str] = field(default_factory=list, init=False)
    _read: Callable[[], Chain] | None = field(default=None, init=False)
    _warned: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        """Take the first snapshot.

        Raises:
            WarpvizError: the model is no chain.
        """
        if self.model is not None:
            self._read = reader_of(self.model, self.output)
            self._keep(self._read(), np.nan, None, "")

    @kinds_checked
    def callback(self, library: str) -> Any:
        """What goes into a training loop's list of callbacks: a snapshot an epoch.

        Args:
            library: "keras", "lightning" (or "pytorch_lightning"), "transformers" or "skorch".

        Raises:
            WarpvizError: for another name, or a library that is not installed.
        """
        return callback_for(Keeping(self._begin, self.snapshot, self._told), library)

    def _begin(self, model: Any) -> None:
        """Take a model as the one that is trained, where none was given."""
        if self.model is None:
            self.snapshot(model=model)

    def snapshot(self, loss: Any = None, epoch: float | None = None, *, model: Any = None) -> None:
        """Keep the model as it is now; it warns, and raises nothing.

        Args:
            loss: of this moment, a number or a tensor of one; None is computed from the data.
            epoch: of this moment; None is one more than that before, the first is 0.
            model: what the model is now, where each step makes a new one, as in JAX.
        """
        try:
            self._snapshot(loss, epoch, model)
        except Exception as error:  # a training of hours is worth more than its film
            self._warn(f"A snapshot was left out: {error}")

    def _snapshot(self, loss: Any, epoch: float | None, model: Any) -> None:
        if model is not None and model is not self.model:
            self.model, self._read = model, None
        if self.model is None:
            self._warn("Recorder has no model yet; give it one: Recorder(model).")
            return
        value, lost = self._number(loss)
        try:
            if self._read is None:
                self._read = reader_of(self.model, self.output)
            chain = self._read()
        except Exception as error:
            if "NaN" not in str(error) or not self.chains:
                raise
            chain, lost = self.chains[-1], word("weights are NaN")
        if self.chains and chain.widths != self.chains[0].widths:
            self._warn(
                f"Recorder expects layers of widths {self.chains[0].widths} throughout, got "
                f"{chain.widths}; make a new Recorder for a new model."
            )
            return
        self._keep(chain, value, epoch, lost)

    def _told(self, loss: Any) -> None:
        """Give the last snapshot its loss, where it is known only now."""
        if self.losses and np.isnan(self.losses[-1]) and not self.lost[-1]:
            self.losses[-1], self.lost[-1] = self._number(loss)

    def _number(self, loss: Any) -> tuple[float, str]:
        """A loss as a number, and what is wrong with it, "" for nothing."""
        if loss is None:
            return np.nan, ""
        try:
            value = float(plain(loss))
        except (TypeError, ValueError, RuntimeError):
            self._warn(
                f"Recorder expects a loss of one number, got {shown(loss)}; it is computed from "
                "the data instead."
            )
            return np.nan, ""
        if np.isfinite(value):
            return value, ""
        return value, word("loss is NaN") if np.isnan(value) else word("loss is ∞")

    def _keep(self, chain: Chain, loss: float, epoch: float | None, lost: str) -> None:
        after = self.epochs[-1] + 1 if self.epochs else 0.0
        place = after
        if epoch is not None:
            number = isinstance(epoch, int | float | np.number) and np.isfinite(epoch)
            if number and (not self.epochs or epoch > self.epochs[-1]):
                place = float(epoch)
            else:
                self._warn(
                    f"Recorder expects epochs that rise, got {shown(epoch)}"
                    + (f" after {self.epochs[-1]:g}" if self.epochs else "")
                    + "; it counts on by one."
                )
        self.chains.append(chain)
        self.losses.append(loss)
        self.epochs.append(place)
        self.lost.append(lost)

    def _warn(self, words: str) -> None:
        if not self._warned:
            self._warned = True
            warnings.warn(words, RuntimeWarning, stacklevel=4)

    def __repr__(self) -> str:
        count = f"{len(self)} snapshot{'s' * (len(self) != 1)}"
        return f"<Recorder of {outline(self.chains[-1]) if self.chains else 'no model'}: {count}>"

    def __len__(self) -> int:
        """How many snapshots there are."""
        return len(self.chains)
