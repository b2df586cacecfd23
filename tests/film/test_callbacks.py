# mypy: disable-error-code="import-untyped"
"""Callbacks in the libraries' own loops: what the model is behind each epoch is the oracle.

The tests of libraries that are large run where they are installed: `pip install -e
'.[frameworks]'`; the protocol of transformers is held by a small trainer everywhere.
"""

import os
import warnings
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import warpviz as wv
from tests.film.training.nets import DATA, Net
from warpviz.errors import WarpvizError
from warpviz.film import callbacks
from warpviz.film.recorder import Recorder

os.environ["KERAS_BACKEND"] = "torch"
X, Y = torch.tensor(DATA.x, dtype=torch.float32), torch.tensor(DATA.y)


def check(recorder: Recorder, model: Any, epochs: int, told: list[float]) -> None:
    """A snapshot before training and one behind each epoch; the last is the model as it is."""
    assert recorder.epochs == list(range(epochs + 1)) and not any(recorder.lost)
    assert np.isnan(recorder.losses[0])
    np.testing.assert_allclose(recorder.losses[1:], told, rtol=1e-4)
    last = wv.to_chain(model)
    for ours, theirs in zip(recorder.chains[-1].parameters(), last.parameters(), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    first = recorder.chains[0].parameters()[0]
    assert np.abs(first - last.parameters()[0]).max() > 1e-4
    film = wv.animate_training(recorder, DATA, size=(480, 240), fps=4, seconds=1)
    assert f"over {epochs} epochs" in film.description


@pytest.mark.slow
def test_keras() -> None:
    import keras

    keras.utils.set_random_seed(0)
    layers = [keras.Input((2,)), keras.layers.Dense(3, "tanh"), keras.layers.Dense(2)]
    model = keras.Sequential(layers)
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    recorder = wv.Recorder()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Keras's own
        done = model.fit(
            DATA.x, DATA.y, epochs=3, verbose=0, callbacks=[recorder.callback("keras")]
        )
    check(recorder, model, 3, done.history["loss"])


LIGHTNING = [n for n in ("lightning", "pytorch_lightning") if find_spec(n)]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("library", LIGHTNING)
def test_lightning(library: str, tmp_path: Path) -> None:
    from importlib import import_module

    lightning: Any = import_module("lightning.pytorch" if library == "lightning" else library)
    seen: list[float] = []

    class Module(lightning.LightningModule):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.net = Net()

        def forward(self, x: Any) -> Any:
            return self.net(x)

        def training_step(self, batch: Any, index: int) -> Any:
            x, y = batch
            loss = nn.functional.cross_entropy(self(x), y)
            seen.append(float(loss.detach()))
            return loss

        def configure_optimizers(self) -> Any:
            return torch.optim.SGD(self.parameters(), 0.5)

    torch.manual_seed(0)
    model, recorder = Module(), wv.Recorder()
    batches = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(X, Y), 32)
    trainer = lightning.Trainer(
        max_epochs=3, accelerator="cpu", logger=False, enable_checkpointing=False,
        enable_progress_bar=False, enable_model_summary=False, default_root_dir=tmp_path,
        callbacks=[recorder.callback(library)],
    )  # fmt: skip
    trainer.fit(model, batches)
    check(recorder, model, 3, np.reshape(seen, (3, 2)).mean(axis=1).tolist())


@pytest.mark.slow
def test_skorch() -> None:
    from sklearn.base import clone
    from skorch import NeuralNetClassifier

    torch.manual_seed(0)
    recorder = wv.Recorder()
    kept = recorder.callback("skorch")
    net = NeuralNetClassifier(
        Net, criterion=nn.CrossEntropyLoss, max_epochs=3, lr=0.5, train_split=None, verbose=0,
        callbacks=[kept],
    )  # fmt: skip
    net.fit(X, Y)
    check(recorder, net, 3, net.history[:, "train_loss"])
    assert clone(net).callbacks[0] is kept


if find_spec("transformers") and find_spec("accelerate"):

    @pytest.mark.slow
    @pytest.mark.filterwarnings("ignore")
    @pytest.mark.parametrize("every", ["epoch", "steps"])
    def test_transformers(every: str, tmp_path: Path) -> None:
        from transformers import Trainer, TrainingArguments

        torch.manual_seed(0)
        model, recorder = Net(named=True), wv.Recorder()
        rows = [{"x": x, "labels": y} for x, y in zip(X, Y, strict=True)]
        arguments = TrainingArguments(
            str(tmp_path), num_train_epochs=3, per_device_train_batch_size=64, report_to=[],
            logging_strategy=every, logging_steps=1, save_strategy="no", use_cpu=True,
            disable_tqdm=True, learning_rate=0.05, remove_unused_columns=False,
        )  # fmt: skip
        trainer = Trainer(
            model, arguments, train_dataset=rows, callbacks=[recorder.callback("transformers")]
        )
        trainer.train()
        told = [row["loss"] for row in trainer.state.log_history if "loss" in row]
        check(recorder, model, 3, told)


@pytest.mark.parametrize("late", [False, True])
def test_the_protocol_of_transformers(late: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The loss is logged before an epoch ends, or just behind it at the same step."""
    module = SimpleNamespace(TrainerCallback=object)
    monkeypatch.setitem(__import__("sys").modules, "transformers", module)
    model, recorder = Net(named=True), wv.Recorder()
    kept = recorder.callback("transformers")
    optimizer, losses = torch.optim.SGD(model.parameters(), 0.5), []
    kept.on_train_begin(
        None, SimpleNamespace(global_step=0), None, model=model, optimizer=optimizer
    )
    for epoch in range(3):
        loss = model(X, Y)["loss"]
        optimizer.zero_grad(), loss.backward(), optimizer.step()
        losses.append(float(loss.detach()))
        state, logs = SimpleNamespace(global_step=epoch + 1), {"loss": losses[-1]}
        if not late:
            kept.on_log(None, state, None, logs=logs, model=model)
        kept.on_epoch_end(None, state, None, model=model)
        if late:
            kept.on_log(None, state, None, logs=logs, model=model)
            kept.on_log(None, state, None, logs={"eval_loss": 9.0}, model=model)
    check(recorder, model, 3, losses)


def test_libraries_that_there_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WarpvizError, match="Unknown library 'kears'; did you mean 'keras'"):
        wv.Recorder().callback("kears")
    known = {**callbacks.LIBRARIES, "skorch": (callbacks._skorch, "no_such_library")}
    monkeypatch.setattr(callbacks, "LIBRARIES", known)
    with pytest.raises(WarpvizError, match="needs skorch, which is not installed: pip install"):
        wv.Recorder().callback("skorch")
    known["skorch"] = (callbacks._skorch, "skorch.no_such_room")
    with pytest.raises(WarpvizError, match=r"which cannot be imported \(No module named"):
        wv.Recorder().callback("skorch")
