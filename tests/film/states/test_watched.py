"""Films of watched models: PyTorch's own forward pass, and the film of a chain, are the oracles."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import warpviz as wv
from tests.scenes import panel_of
from warpviz.errors import WarpvizError
from warpviz.picture.scene import Scene

DATA = wv.load_data("xor", n=60)
SMALL: dict[str, Any] = {"size": (320, 240)}
torch.manual_seed(0)


class Block(nn.Module):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.norm, self.f = nn.LayerNorm(3), nn.Linear(3, 3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + torch.sin(3 * self.f(self.norm(x)))


NET = nn.Sequential(nn.Linear(2, 3), Block(), nn.Linear(3, 2)).double()


@pytest.mark.slow
def test_the_sheet_is_what_the_module_makes_of_the_grid() -> None:
    film = wv.animate(NET, DATA, layers=["0", "1", "2"], **SMALL)
    panel = panel_of(film)
    vertices = torch.as_tensor(panel.sheet.vertices)
    with torch.no_grad():
        first, block, logits = NET[0](vertices), NET[:2](vertices), NET(vertices)
    images = panel.path.keyframes[:, : len(vertices)]
    np.testing.assert_allclose(images[0, :, :2], panel.sheet.vertices)
    np.testing.assert_allclose(images[1], first.numpy(), rtol=1e-9)
    np.testing.assert_allclose(images[2], block.numpy(), rtol=1e-9)
    np.testing.assert_allclose(images[3, :, :2], logits.numpy(), rtol=1e-9)
    # Finer where it bends; the boundary is a tie; cells have the colour of what the model says.
    areas = np.ptp(panel.sheet.vertices[panel.sheet.corners[panel.sheet.offsets[:-1]]], axis=0)
    assert panel.sheet.n_cells > 48 * 48 and areas.min() > 0 and not panel.sheet.exact
    lines = [line.vertices for line in panel.sheet.lines if line.kind == "boundary"]
    assert lines and np.abs(np.diff(logits.numpy()[np.concatenate(lines)])).max() < 1e-6
    with torch.no_grad():
        chances = NET(torch.as_tensor(panel.sheet.centres())).softmax(1).numpy()
    assert np.abs(panel.chances - chances).max() < 0.1
    assert "sampled on 48 × 48" in film.notes[0]
    assert "folds of the sheet are sampled" in film.description
    assert panel.stops[:3] == ("input (x₁, x₂)", "0", "1")


@pytest.mark.slow
def test_what_is_no_chain_is_filmed_and_says_why() -> None:
    film = wv.animate(NET, DATA.x, DATA.y, **SMALL)
    assert film.scene.stops[1:4] == ("0 · Linear", "1.norm", "1.f") and len(film.scene.stops) == 6
    assert film.notes[0].startswith("Sequential is filmed by its layers' outputs, since it is no")
    # A chain stays one, exactly.
    exact = wv.animate(nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 2)), DATA, **SMALL)
    assert panel_of(exact).sheet.exact


@pytest.mark.slow
def test_a_sampled_chain_is_seen_as_the_exact_one() -> None:
    chain = wv.mlp([2, 3, 2], "tanh", seed=0)
    module = chain.logits().to_torch()
    names = ["input", "affine", "tanh", "logits"]
    film = wv.animate(module, DATA, layers=[], names=names, show=("measures",), **SMALL)
    other = wv.animate(chain, DATA, motion="lerp", show=("measures",), **SMALL)
    own, exact = panel_of(film), panel_of(other)
    np.testing.assert_allclose(
        own.path.keyframes[:, len(own.sheet.vertices) :],
        exact.path.keyframes[:, len(exact.sheet.vertices) :], atol=1e-5,
    )  # fmt: skip
    pictures = [each.frame(1, 0.5).pixels.astype(float) for each in (film, other)]
    caption = pictures[0].shape[0] // 6  # which has other words
    assert np.abs(pictures[0] - pictures[1])[caption:].mean() < 1.0
    assert own.stops[-1].endswith("right") == exact.stops[-1].endswith("right")


@pytest.mark.slow
def test_images_are_dots_and_a_chosen_plane_has_a_sheet() -> None:
    images = np.random.default_rng(0).normal(size=(30, 1, 4, 4))
    labels = np.arange(30) % 2
    net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(8, 2)).double()
    film = wv.animate(net, images, labels, **SMALL)
    assert len(panel_of(film).sheet.vertices) == 0 and isinstance(film.scene, Scene)
    assert "sheet" not in film.scene.show
    with pytest.raises(WarpvizError, match="16 features have none without a plane"):
        wv.animate(net, images, labels, limits=(-1.0, 1.0, -1.0, 1.0))
    film = wv.animate(net, images, labels, layers=["3"], plane=(5, 6), **SMALL)
    vertices = panel_of(film).sheet.vertices
    rest = np.delete(np.arange(16), [5, 6])
    np.testing.assert_allclose(
        vertices[:, rest], np.tile(images.reshape(30, 16).mean(0)[rest], (len(vertices), 1))
    )
    with torch.no_grad():
        out = net(torch.as_tensor(vertices).reshape(-1, 1, 4, 4)).numpy()
    np.testing.assert_allclose(panel_of(film).path.keyframes[1, : len(vertices), :2], out)
    for plane in ((5, 5), (5, 16), "ab", (np.zeros(16), np.zeros((16, 2))), (1, 2, 3)):
        with pytest.raises(WarpvizError, match="plane expects two of 16 features"):
            wv.animate(net, images, labels, plane=plane)


def test_outputs_are_read_as_numbers_logits_or_probabilities() -> None:
    def chance(x: Any) -> Any:
        return 1 / (1 + np.exp(-3 * x[:, 0]))

    film = wv.animate(chance, DATA, names=["in", "p"], **SMALL)
    panel = panel_of(film)
    wanted = chance(panel.sheet.centres())
    assert np.abs(panel.chances[:, 1] - wanted).max() < 0.1
    logit = panel_of(wv.animate(lambda x: {"z": 3 * x[:, 0]}, DATA, **SMALL))
    assert np.abs(logit.chances[:, 1] - chance(logit.sheet.centres())).max() < 0.1
    both = panel_of(wv.animate(lambda x: np.stack([1 - chance(x), chance(x)], 1), DATA, **SMALL))
    assert np.abs(both.chances[:, 1] - chance(both.sheet.centres())).max() < 0.1
    right = np.mean((DATA.x[:, 0] > 0) == DATA.y)
    assert (
        f"{int(1000 * right) / 10} % right"
        in panel_of(wv.animate(lambda x: [3 * x[:, 0]], DATA)).stops[1]
    )
    # What says nothing of classes has no tint; a number has its shades.
    none = panel_of(
        wv.animate(lambda x: np.hstack([x, x, x])[:, :1] * 9, wv.load_data("blobs", n=30))
    )
    assert np.ptp(none.chances) == 0
    sums = DATA.x.sum(axis=1)
    number = panel_of(wv.animate(lambda x: x.sum(axis=1), DATA.x, sums + 0.001, **SMALL))
    levels = 0.001 + np.linspace(sums.min(), sums.max(), 13)
    wanted = np.clip(number.sheet.centres().sum(axis=1), levels[0], levels[-1])
    np.testing.assert_allclose(number.chances @ levels, wanted, atol=1e-9)


def test_options_that_mean_nothing_here_are_told() -> None:
    chain = wv.mlp([2, 2])
    with pytest.raises(WarpvizError, match="animate by layers has no option motion"):
        wv.animate(NET, DATA, layers=["0"], motion="lerp")
    with pytest.raises(WarpvizError, match="plane is for films by states"):
        wv.animate(chain, DATA, plane=(0, 1))
    with pytest.raises(WarpvizError, match="a Chain and what to_chain takes"):
        wv.animate(chain, DATA, layers=["0"])
    with pytest.raises(WarpvizError, match="a name for the input and each of 3 layers, got 1"):
        wv.animate(NET, DATA, layers=["0", "1", "2"], names=["a"])
    with pytest.raises(
        WarpvizError, match=r"Nor can it be filmed by its layers: .* a label for each"
    ):
        wv.animate(NET, DATA.x, [0, 1])
    with pytest.raises(WarpvizError, match=r"numbers \(N, …\), two points or more"):
        wv.animate(NET, ["a", "b"], [0, 1], layers=["0"])


@pytest.mark.slow
def test_more_numbers_than_there_is_room_for_are_told() -> None:
    def wide(x: Any) -> Any:
        return {"a": np.broadcast_to(x[:, :1], (len(x), 9_000_000))}

    with pytest.raises(WarpvizError, match=r"9,000,000 numbers for each of 60 points, .* fewer"):
        wv.animate(wide, DATA, layers=["a"])


def test_it_is_made_anew_in_another_size() -> None:
    film = wv.animate(lambda x: [np.tanh(2 * x)], DATA, names=["a", "b"], **SMALL)
    assert film.remade(size=(400, 300)).scene.stops[0] == "a"


@pytest.mark.slow
def test_a_function_that_takes_no_empty_list_is_asked_for_none() -> None:
    """Three numbers whose levels go through corners that are there already."""
    asked: list[int] = []

    def model(x: Any) -> Any:
        asked.append(len(x))
        bent = np.tanh(3 * x)
        return {"bent": bent, "radius": np.hstack([bent, (x**2).sum(1, keepdims=True)])}

    data = wv.load_data("rings", n=60)
    film = wv.animate(model, data.x, data.y, **SMALL)
    centres = panel_of(film).sheet.centres()
    assert all(asked) and len(panel_of(film).chances) == len(centres) > 100
