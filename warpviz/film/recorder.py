"""What a model of any library is at moments of its training."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from warpviz.arguments import kinds_checked
from warpviz.convert import plain, to_chain
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain, outline


@dataclass(repr=False)
class Recorder:
    """Keeps what a model is at moments of its training, in a loop of any library.

        recorder = wv.Recorder(model)
        for epoch in range(200):
            ...                                # one epoch, as ever
            recorder.snapshot(loss)            # a number or a tensor
        wv.animate_training(recorder, x, y).save("learn.gif")

    In Keras a callback does it:

        keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: recorder.snapshot(logs["loss"]))

    Attributes:
        model: what `to_chain` takes; its weights are copied, it is left as it is.
        chains: one a snapshot; the first is the model as it came.
        losses: one a snapshot, NaN where it was not told.
        epochs: one a snapshot.
    """  # noqa: E501

    model: Any
    chains: list[Chain] = field(default_factory=list, init=False)
    losses: list[float] = field(default_factory=list, init=False)
    epochs: list[float] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self.snapshot()

    @kinds_checked
    def snapshot(self, loss: Any = None, epoch: float | None = None) -> None:
        """Keep the model as it is now.

        Args:
            loss: of this moment, a number or a tensor of one; None is computed from the data.
            epoch: of this moment; None is one more than that before, the first is 0.

        Raises:
            WarpvizError: the model is no chain, or its layers have changed.
        """
        try:
            value = np.nan if loss is None else float(plain(loss))
        except (TypeError, ValueError):
            raise WarpvizError(
                "Recorder expects a loss of one number, got several or none."
            ) from None
        if loss is not None and not np.isfinite(value):
            raise WarpvizError(
                f"Recorder expects a finite loss, got {value:g}: the training has diverged; keep "
                "what was before, and lower the learning rate."
            )
        if epoch is not None and not np.isfinite(epoch):
            raise WarpvizError(f"Recorder expects a finite epoch, got {epoch:g}.")
        chain = to_chain(self.model)
        if self.chains and chain.widths != self.chains[0].widths:
            raise WarpvizError(
                f"Recorder expects layers of widths {self.chains[0].widths} throughout, "
                f"got {chain.widths}."
            )
        if self.epochs and epoch is not None and epoch <= self.epochs[-1]:
            raise WarpvizError(
                f"Recorder expects epochs that rise, got {epoch:g} after {self.epochs[-1]:g}."
            )
        self.epochs.append(
            (self.epochs[-1] + 1 if self.epochs else 0.0) if epoch is None else epoch
        )
        self.losses.append(value)
        self.chains.append(chain)

    def __repr__(self) -> str:
        count = f"{len(self)} snapshot{'s' * (len(self) != 1)}"
        return f"<Recorder of {outline(self.chains[-1])}: {count}>"

    def __len__(self) -> int:
        """How many snapshots there are."""
        return len(self.chains)
