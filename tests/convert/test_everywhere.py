"""Whatever takes a chain takes the models of other libraries too, with the chain's own result."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

import warpviz as wv

torch = pytest.importorskip("torch")
DATA = wv.load_data("moons", n=40)


def torch_model() -> Any:
    torch.manual_seed(3)
    return torch.nn.Sequential(
        torch.nn.Linear(2, 3), torch.nn.ReLU(), torch.nn.Linear(3, 2), torch.nn.Softmax(dim=1)
    ).double()


def sklearn_model() -> Any:
    from sklearn.neural_network import MLPClassifier  # type: ignore[import-untyped]

    model = MLPClassifier((3,), random_state=0, max_iter=500, solver="lbfgs")
    return model.fit(DATA.x, DATA.y)


def exported(model: Any, folder: Path) -> str:
    return wv.export(model, folder / "net.py").read_text(encoding="utf-8")


def plotted(model: Any, folder: Path) -> list[Any]:
    ax = Figure().subplots()
    wv.plot_function(model, ax)
    drawn = [collection.get_array() for collection in ax.collections]
    return [values.tolist() for values in drawn if values is not None]


def traced(model: Any, folder: Path) -> list[Any]:
    steps = wv.trace(model, (0.3, -0.2)).steps
    return [step.outs.tolist() for step in steps]


def drawn(model: Any, folder: Path) -> list[Any]:
    ax = wv.plot_state(model, DATA, 2)
    return [ax.get_xlim(), ax.get_ylim(), len(ax.collections)]


CALLS: dict[str, Callable[[Any, Path], Any]] = {
    "formula": lambda model, folder: wv.formula(model).latex,
    "export": exported,
    "trace": traced,
    "plot_state": drawn,
    "plot_function": plotted,
    "layer_measures": lambda model, folder: wv.layer_measures(model, DATA),
}


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("make", [torch_model, sklearn_model])
@pytest.mark.parametrize("name", CALLS)
def test_a_model_gives_what_its_chain_gives(
    name: str, make: Callable[[], Any], tmp_path: Path
) -> None:
    model = make()
    assert CALLS[name](model, tmp_path) == CALLS[name](wv.to_chain(model), tmp_path)


def test_a_trace_gives_what_the_framework_gives() -> None:
    model, point = torch_model(), np.array([[0.3, -0.2]])
    with torch.no_grad():
        own = model(torch.tensor(point)).numpy()[0]
    np.testing.assert_allclose(wv.trace(model, point[0]).steps[-1].outs, own, atol=1e-12)


def test_a_landscape_around_a_model() -> None:
    model = torch_model()
    land = wv.loss_landscape(model, DATA, grid=5, seed=1)
    chained = wv.loss_landscape(wv.to_chain(model), DATA, grid=5, seed=1)
    np.testing.assert_array_equal(land.loss, chained.loss)
    # In the middle stands the model itself: its cross entropy, as the framework has it.
    with torch.no_grad():
        right = model(torch.tensor(DATA.x)).numpy()[np.arange(40), DATA.y]
    assert land.loss[2, 2] == pytest.approx(-np.log(right).mean(), rel=1e-9)
    with pytest.raises(wv.WarpvizError, match="A model alone has no path"):
        wv.loss_landscape(model, DATA, directions="path")
