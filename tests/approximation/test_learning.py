"""The published recipe, interrupted runs, films of curves: numpy and PyTorch are the oracles."""

import json
import math
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

import warpviz as wv
from warpviz.approximation import notebook
from warpviz.approximation.figure import (
    approximation_figure,
    draw_approximation,
    save_approximation,
)
from warpviz.approximation.film import animate_approximation
from warpviz.approximation.learning import approximate, fresh
from warpviz.approximation.targets import NAMED, target_of
from warpviz.errors import WarpvizError
from warpviz.picture.figure import FigureScene
from warpviz.training.online import Online, learning, moments

REFERENCE = json.loads((Path(__file__).parents[1] / "reference.json").read_text())["approximation"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_published_recipe_learns_exp(seed: int) -> None:
    found = approximate(target_of("exp"), seed=seed)
    assert [found.chain.widths[0], *(layer.n_out for layer in found.chain)] == REFERENCE["widths"]
    assert {layer.activation for layer in found.chain} == {"leaky_relu:0.2"}  # type: ignore[union-attr]
    x = np.linspace(0, 1, 100)
    assert np.abs(found.chain(x[:, None])[:, 0] - np.exp(x)).max() <= 0.01
    published = REFERENCE["published_value_at_0.2"]
    assert found(0.2) == pytest.approx(published["exp"], abs=0.01)
    assert len(found.run.losses) == REFERENCE["iterations"]
    assert found.run.losses[-100:].mean() < 1e-4 < found.run.losses[0]


def test_what_stands_behind_the_last_layer_can_be_chosen() -> None:
    target = target_of("exp")
    free = fresh((4, 3), "tanh", target.limits, 0, "identity")
    bound = fresh((4, 3), "tanh", target.limits, 0)
    names = [[layer.activation for layer in chain] for chain in (free, bound)]  # type: ignore[union-attr]
    assert names == [["tanh", "tanh", "identity"], ["tanh"] * 3]
    for one, two in zip(free.parameters(), bound.parameters(), strict=True):
        np.testing.assert_array_equal(one, two)
    quick: Any = {"layers": (4,), "activation": "tanh", "steps": 300, "rate": 0.02}
    found = approximate(target, output_activation="identity", **quick)
    # A tanh behind the last layer ends at 1, and exp at e.
    assert found.error() < 0.5 < math.e - 1 < approximate(target, **quick).error()
    assert "tanh and identity last, batch 100" in found.run.settings
    same = approximate(target, output_activation="tanh", **quick | {"steps": 1})
    assert "and" not in same.run.settings
    assert "tanh and identity last, batch 100, rate 0.02, seed 0, 300 steps" in (
        animate_approximation(found, seconds=1.0, fps=4.0, size=(480, 240)).description
    )


@pytest.mark.slow
def test_each_step_is_adams_as_pytorch_has_it() -> None:
    target = target_of("sin")
    chain = fresh((4, 3), "tanh", target.limits, 0)
    run = Online.start(chain, 0)
    *_, run = learning(run, lambda rng: target.draw(rng, 20), steps=7, rate=0.01)
    module = chain.to_torch().double()
    with torch.no_grad():
        for mine, theirs in zip(chain.parameters(), module.parameters(), strict=True):
            theirs.copy_(torch.tensor(mine))
    optimizer = torch.optim.Adam(module.parameters(), 0.01)
    rng = np.random.default_rng(0)
    rng.bit_generator.state = Online.start(chain, 0).random
    for _ in range(7):
        x, y = (torch.tensor(value) for value in target.draw(rng, 20))
        optimizer.zero_grad()
        ((module(x) - y) ** 2).mean().backward()
        optimizer.step()
    for mine, theirs in zip(run.chain.parameters(), module.parameters(), strict=True):
        np.testing.assert_allclose(mine, theirs.detach(), rtol=1e-9, atol=1e-12)


def test_an_interrupted_run_goes_on_bit_for_bit(tmp_path: Path) -> None:
    target = target_of("abs")
    whole = approximate(target, steps=300, store=tmp_path / "whole.npz")

    def stop(run: Online) -> None:
        if run.step == 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        approximate(target, steps=300, store=tmp_path / "cut.npz", watch=stop)
    assert len(wv.load_model(tmp_path / "cut.npz")) == 3
    again = approximate(target, steps=300, store=tmp_path / "cut.npz", resume=True)
    assert np.array_equal(again.run.parameters, whole.run.parameters)
    assert np.array_equal(again.run.losses, whole.run.losses)
    assert np.array_equal(again.run.kept, whole.run.kept)
    assert (tmp_path / "cut.npz").read_bytes() == (tmp_path / "whole.npz").read_bytes()
    with pytest.raises(WarpvizError, match="made with other settings"):
        approximate(target, steps=300, rate=0.01, store=tmp_path / "cut.npz", resume=True)
    wv.save_model(wv.mlp([1, 2, 1], softmax=False), tmp_path / "no.npz")
    with pytest.raises(WarpvizError, match="holds no run"):
        approximate(target, steps=300, store=tmp_path / "no.npz", resume=True)


def test_a_linear_chain_fits_a_line_whatever_its_depth() -> None:
    target = target_of("abs")
    x = np.linspace(-1, 1, 50)
    for layers in ((2,), (8, 8, 8)):
        found = approximate(target, layers=layers, activation="identity", steps=600, rate=0.01)
        y = found.chain(x[:, None])[:, 0]
        line = np.polyval(np.polyfit(x, y, 1), x)
        np.testing.assert_allclose(y, line, atol=1e-12)
        assert y.mean() == pytest.approx(0.5, abs=0.1)


def test_early_steps_are_kept_closer_together() -> None:
    kept = moments(10_000)
    assert kept[0] == 0 and kept[-1] == 10_000 and 40 < len(kept) <= 60
    assert np.all(np.diff(np.diff(kept)) >= -1)


@pytest.mark.parametrize("text", [*NAMED, "sin(3*x)*x", "exp(-x^2)", "7"])
def test_targets(text: str) -> None:
    target = target_of(text)
    x, y = target.draw(np.random.default_rng(0), 30)
    known: dict[str, Any] = {
        "exp": np.exp, "sin": np.sin, "abs": np.abs, "step": lambda v: np.heaviside(v, 0),
        "sin(3*x)*x": lambda v: np.sin(3 * v) * v, "exp(-x^2)": lambda v: np.exp(-(v**2)),
        "7": lambda v: 7 + 0 * v,
    }  # fmt: skip
    np.testing.assert_allclose(y, known[text](x), rtol=1e-12)
    assert x.shape == (30, 1) and x.min() >= target.limits[0] and x.max() <= target.limits[1]


def test_a_table_of_points(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("x;y\n" + "\n".join(f"{v:g};{v * v:g}" for v in np.linspace(-2, 2, 41)))
    target = target_of(str(path))
    assert target.limits == (-2.0, 2.0) and target.name == "points"
    found = approximate(target, steps=1500, rate=0.005)
    assert found.error() < 0.4
    path.write_text("1,2,3\n")
    with pytest.raises(WarpvizError, match="lines of 2 numbers; line 1 has 3"):
        target_of(str(path))


@pytest.mark.parametrize("text", ["1/x", "log(x)", "sqrt(x)", "y", "__import__('os')", "none.csv"])
def test_what_cannot_be_learnt(text: str) -> None:
    with pytest.raises(WarpvizError):
        target_of(text)


@pytest.mark.slow
def test_the_film_ends_on_what_was_learnt(tmp_path: Path) -> None:
    found = approximate(target_of("sin"), layers=(4, 5), steps=200)
    film = animate_approximation([found], size=(480, 240), fps=10, seconds=2)
    scene = film.scene
    assert isinstance(scene, FigureScene) and scene.stops[-1] == "step 200"
    function, _, units, loss = scene.charts
    places = function.curves[0].points
    assert places.shape[1] > 200
    x = np.linspace(*found.target.limits, places.shape[1])
    y = found.chain(x[:, None])[:, 0]
    # Pixels are an affine map of the values.
    slope, shift = np.polyfit(y, places[-1, :, 1], 1)
    np.testing.assert_allclose(places[-1, :, 1], slope * y + shift, atol=1e-6)
    assert slope < 0 and len(units.curves) == 5 and loss.curves[0].head == 0
    (written,) = film.save(tmp_path / "a.gif")
    image: Any
    with Image.open(written.path) as image:
        assert image.size == (480, 240) and image.n_frames > 8


@pytest.mark.slow
def test_comparisons_and_stills(tmp_path: Path) -> None:
    target = target_of("abs")
    found = [
        approximate(target, name=name, layers=(4,), activation=name, steps=60)
        for name in ("identity", "relu", "tanh")
    ]
    film = animate_approximation(found, size=(640, 320), fps=5, seconds=1, theme="light")
    scene = film.scene
    assert isinstance(scene, FigureScene)
    assert len(scene.charts) == 7 and len(scene.charts[-1].curves) == 3
    assert film.frame(0, 0.5).pixels.shape == (320, 640, 3)
    for name in ("a.png", "a.svg", "a.pdf"):
        assert save_approximation(found, tmp_path / name).stat().st_size > 1000
    assert "relu" in (tmp_path / "a.svg").read_text()


@pytest.mark.slow
@pytest.mark.parametrize("size", [(240, 180), (480, 360), (900, 300)])
def test_words_of_a_small_still_keep_apart(size: tuple[int, int]) -> None:
    found = [
        approximate("exp", name=name, layers=(4,), activation=name, steps=60)
        for name in ("identity", "relu", "tanh")
    ]
    figure = approximation_figure(found, "dark", size, "loglog")
    figure.draw_without_rendering()
    whole, words = figure.bbox, []
    for axes in figure.axes:
        one = axes.get_legend()
        named = one.get_texts() if one else []
        for x, y in (corner for text in named for corner in text.get_window_extent().corners()):
            assert axes.bbox.contains(x, y)
        inside = [axis.label for axis in (axes.xaxis, axes.yaxis)]
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            ticks = zip(axis.get_majorticklocs(), axis.get_majorticklabels(), strict=False)
            inside += [label for place, label in ticks if low <= place <= high]
        words += [t for t in [*named, *inside] if t.get_visible() and t.get_text()]
    boxes = [word.get_window_extent() for word in words]
    assert len(boxes) > 15
    for i, box in enumerate(boxes):
        assert all(whole.contains(x, y) for x, y in box.corners()), words[i]
        assert not box.count_overlaps(boxes[:i]), words[i]


class Shown:
    """Stands in for a notebook's display: keeps the pictures that it is given."""

    def __init__(self) -> None:
        self.pictures: list[bytes] = []

    def Image(self, data: bytes) -> bytes:
        return data

    def display(self, picture: bytes, display_id: bool) -> "Shown":
        self.pictures.append(picture)
        return self

    def update(self, picture: bytes) -> None:
        self.pictures.append(picture)


@pytest.mark.slow
def test_in_a_notebook_the_last_step_is_drawn_however_quick_the_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import IPython

    shown = Shown()
    monkeypatch.setattr(IPython, "display", shown)
    monkeypatch.setattr(IPython, "get_ipython", lambda: SimpleNamespace(kernel=1))
    monkeypatch.setattr(notebook, "RENEWED", 1e9)
    drawn: list[int] = []

    def noted(found: Any, axes: Any, **look: Any) -> None:
        drawn.append(found[0].run.step)
        draw_approximation(found, axes, **look)

    monkeypatch.setattr(notebook, "draw_approximation", noted)
    store = tmp_path / "s.npz"
    for steps in (500, 503):
        drawn.clear()
        approximate("exp", layers=(4,), steps=steps, every=10, store=store)
        assert drawn == [10, steps]
    # A run that is whole already is shown too.
    drawn.clear()
    approximate("exp", layers=(4,), steps=503, every=10, store=store, resume=True)
    assert drawn == [503] and shown.pictures[-1][:4] == b"\x89PNG"


@pytest.mark.slow
def test_in_a_notebook_the_plot_renews_itself() -> None:
    import nbclient
    from nbformat import v4 as notebooks

    v4: Any = notebooks

    cells = [v4.new_code_cell(
        "import warpviz as wv\n"
        "from warpviz.approximation import notebook\n"
        "notebook.RENEWED = 0.0\n"
        "found = wv.approximate('exp', layers=(4,), steps=400)\n"
        "found.error()"
    )]  # fmt: skip
    book = v4.new_notebook(cells=cells)
    nbclient.NotebookClient(book, timeout=120, kernel_name="python3").execute()
    outputs = book.cells[0].outputs
    pictures = [one for one in outputs if "image/png" in one.get("data", {})]
    assert len(pictures) == 1, "one picture, renewed in place"
    assert len(pictures[0]["data"]["image/png"]) > 10_000
    assert 0 < float(outputs[-1]["data"]["text/plain"]) < 3
