"""Callbacks of the libraries that have the training loop, each a snapshot an epoch.

A library is imported when a callback for it is asked for. None of them stops a training: what
cannot be kept the recorder warns of.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from warpviz.errors import WarpvizError
from warpviz.names import unknown_name


@dataclass(frozen=True)
class Keeping:
    """What callbacks do with a recorder.

    Attributes:
        begin: takes a model as the one that is trained, where none was given.
        snapshot: keeps it as it is now, with its loss or None.
        told: gives the last snapshot its loss.
    """

    begin: Callable[[Any], None]
    snapshot: Callable[[Any], None]
    told: Callable[[Any], None]


def callback_for(recorder: Keeping, library: str) -> Any:
    """A callback of a library that keeps a snapshot an epoch.

    Raises:
        WarpvizError: for a library that there is no callback for, or that is not installed.
    """
    if library not in LIBRARIES:
        raise unknown_name("library", library, LIBRARIES)
    make, *homes = LIBRARIES[library]
    # Of two names of one library the one that the user has imported.
    homes.sort(key=lambda home: home not in sys.modules)
    why = f"is not installed: pip install {library}"
    for home in homes:
        try:
            return make(recorder, import_module(home))
        except ImportError as error:
            if find_spec(home.partition(".")[0]) is not None:
                why = f"cannot be imported ({error}); mend that first"
    raise WarpvizError(f"A callback of {library} needs {library}, which {why}.")


def _keras(recorder: Keeping, base: Any) -> Any:
    class Snapshots(base.Callback):  # type: ignore[misc]
        """A snapshot behind every epoch, with the loss that Keras tells."""

        def on_train_begin(self, logs: Any = None) -> None:
            recorder.begin(self.model)

        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            recorder.snapshot((logs or {}).get("loss"))

    return Snapshots()


def _lightning(recorder: Keeping, base: Any) -> Any:
    class Snapshots(base.Callback):  # type: ignore[misc]
        """A snapshot behind every epoch of training, with the mean of its batches' losses."""

        def __init__(self) -> None:
            self.losses: list[Any] = []

        def on_fit_start(self, trainer: Any, pl_module: Any) -> None:
            recorder.begin(pl_module)

        def on_train_epoch_start(self, trainer: Any, pl_module: Any) -> None:
            self.losses.clear()

        def on_train_batch_end(
            self, trainer: Any, pl_module: Any, outputs: Any, batch: Any, batch_idx: int
        ) -> None:
            loss: Any = outputs.get("loss") if isinstance(outputs, dict) else outputs
            if hasattr(loss, "detach"):
                self.losses.append(loss.detach())

        def on_train_epoch_end(self, trainer: Any, pl_module: Any) -> None:
            recorder.snapshot(sum(self.losses) / len(self.losses) if self.losses else None)

    return Snapshots()


def _transformers(recorder: Keeping, base: Any) -> Any:
    class Snapshots(base.TrainerCallback):  # type: ignore[misc]
        """A snapshot behind every epoch; the loss is logged before it or just behind it."""

        def __init__(self) -> None:
            self.loss: Any = None
            self.step = -1

        def on_train_begin(self, args: Any, state: Any, control: Any, **given: Any) -> None:
            recorder.begin(given.get("model"))

        def on_epoch_end(self, args: Any, state: Any, control: Any, **given: Any) -> None:
            recorder.snapshot(self.loss)
            self.loss, self.step = None, state.global_step

        def on_log(
            self, args: Any, state: Any, control: Any, logs: Any = None, **given: Any
        ) -> None:
            loss = (logs or {}).get("loss")
            if loss is not None and state.global_step == self.step:
                recorder.told(loss)
            elif loss is not None:
                self.loss = loss

    return Snapshots()


def _skorch(recorder: Keeping, base: Any) -> Any:
    class Snapshots(base.Callback):  # type: ignore[misc]
        """A snapshot behind every epoch, with the loss that skorch tells."""

        def __sklearn_clone__(self) -> Any:  # a search copies nets, and keeps one record
            return self

        def on_train_begin(self, net: Any, X: Any = None, y: Any = None, **given: Any) -> None:
            recorder.begin(net.module_)

        def on_epoch_end(self, net: Any, **given: Any) -> None:
            last = net.history[-1]
            told = [row["train_loss"] for row in last.get("batches", ()) if "train_loss" in row]
            recorder.snapshot(last.get("train_loss", np.mean(told) if told else None))

    return Snapshots()


Make = Callable[[Keeping, Any], Any]
LIBRARIES: dict[str, tuple[Make, *tuple[str, ...]]] = {
    "keras": (_keras, "keras.callbacks"),
    "lightning": (_lightning, "lightning.pytorch.callbacks", "pytorch_lightning.callbacks"),
    "pytorch_lightning": (_lightning, "pytorch_lightning.callbacks"),
    "transformers": (_transformers, "transformers"),
    "skorch": (_skorch, "skorch.callbacks"),
}
"""Library → what makes its callback, and the modules where its kind of callback may be."""
