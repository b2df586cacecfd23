"""Films of given states: the film of a chain, and numpy's own axes, are the oracles."""

import re
from pathlib import Path
from typing import Any

import imageio.v3 as iio
import numpy as np
import pytest
from PIL import Image

import warpviz as wv
from tests.scenes import panel_of
from warpviz.errors import WarpvizError
from warpviz.film.states.given import are_states

DATA = wv.load_data("xor", n=80)
CHAIN = wv.mlp([2, 3, 5, 2], "relu", seed=1)
STATES = CHAIN.logits().split().states(DATA.x)
SMALL: dict[str, Any] = {"size": (320, 240)}


def test_dots_are_where_the_film_of_the_chain_has_them() -> None:
    film = wv.animate(STATES, DATA, show=("measures",), **SMALL)
    chain = wv.animate(CHAIN, DATA, motion="lerp", show=("measures",), **SMALL)
    own, other = panel_of(film), panel_of(chain)
    dots = other.path.keyframes[:, len(other.sheet.vertices) :]
    np.testing.assert_allclose(own.path.keyframes, dots, atol=1e-12)
    assert len(own.sheet.vertices) == 0 and own.flat.tolist() == other.flat.tolist()
    np.testing.assert_allclose(own.path.at(2, 0.25), 0.75 * dots[2] + 0.25 * dots[3], atol=1e-12)
    # The probe and what separates are of the points alone; what is of the sheet is not known.
    told = [words.split(" · ")[:2] for words in other.notes]
    assert [words.split(" · ") for words in own.notes] == told and "area" in other.notes[1]


def test_wide_states_are_seen_along_numpys_principal_axes() -> None:
    wide = np.random.default_rng(0).normal(size=(60, 9)) * np.arange(1.0, 10.0)
    film = wv.animate([wide, wide[:, :1]], np.arange(60) % 3, names=["nine", "one"], **SMALL)
    inner = wide - wide.mean(axis=0)
    strength = np.linalg.svd(inner, compute_uv=False) ** 2
    share = int(100 * strength[:3].sum() / strength.sum())
    assert panel_of(film).stops == (f"nine ({share} % seen)", "one")
    seen = panel_of(film).path.keyframes[0]
    np.testing.assert_allclose((seen**2).sum(axis=0), strength[:3], rtol=1e-9)
    assert panel_of(film).acts == ("nine → one",)


def test_names_are_captions_and_states_are_flattened_and_counted() -> None:
    images = np.random.default_rng(0).normal(size=(20, 4, 4))
    film = wv.animate([images, images.sum(axis=2)], ["cat", "dog"] * 10, **SMALL)
    assert [stop[:7] for stop in film.scene.stops] == ["state 0", "state 1"]
    assert film.scene.class_names == ("cat", "dog")
    assert "widths 16-4" in film.description and "state 0, state 1" in film.description
    # An array of states, and one state alone: a film without an act.
    assert len(wv.animate(images, [0, 1, 0, 1], **SMALL).scene.stops) == 20
    assert len(wv.animate([images], ["cat", "dog"] * 10, **SMALL)) == 1


def test_numbers_are_shades_and_have_r_squared() -> None:
    x = np.linspace(-1, 1, 40)
    states = [np.column_stack([x, x**2]), np.column_stack([x, x**2, x**3])]
    film = wv.animate(states, 2.0 * x**3 + 0.5 * x**2, show=("measures",), **SMALL)
    assert panel_of(film).notes[-1] == "linear R² 1.000"
    assert panel_of(film).notes[0].startswith("linear R² 0.")


def test_why_says_of_states_what_it_says_of_a_chains() -> None:
    film = wv.animate(STATES[:-1], DATA, caption="why", names=list("abcde"))
    chain = wv.animate(CHAIN, DATA, caption="why")
    own, other = panel_of(film).remarks, panel_of(chain).remarks[:-1]
    # A chain's words know which maps are affine; what is said of points alone is the same.
    assert own[0] == other[0] and len(own) == len(other)
    assert [text.split(" gets ")[-1] for text in own] == [t.split(" gets ")[-1] for t in other]
    assert panel_of(film).stops == tuple("abcde")
    assert film.seconds > wv.animate(STATES[:-1], DATA).seconds  # it is read
    # Of the outputs of a model the model's own decision.
    watched = wv.animate(lambda x: [CHAIN.logits()(x)], DATA, caption="why")
    assert (
        panel_of(watched).remarks[-1].replace("h₁ = h₂", "z₁ = z₂") == panel_of(chain).remarks[-1]
    )


def test_one_coordinate_is_a_line() -> None:
    x = np.linspace(-1, 1, 30)
    film = wv.animate([x, np.abs(x)], x > 0.5, names=["x", "|x|"], show=("measures",), **SMALL)
    assert panel_of(film).notes[0] == "fitted probe 100.0 % · separable"
    assert panel_of(film).path.widths.tolist() == [1, 1]
    film.frame(0, 0.5)


@pytest.mark.slow
def test_every_format_is_written_and_read_back(tmp_path: Path) -> None:
    film = wv.animate(STATES, DATA, fps=10.0, seconds=0.4, hold=0.2, theme="light", **SMALL)
    names = ["a.gif", "a.png", "a.svg", "a.pdf", "a.html", "a.mp4", "a.webp", "a.apng"]
    film.save(*(tmp_path / name for name in names))
    with Image.open(tmp_path / "a.gif") as picture:
        assert picture.n_frames == len(film)  # type: ignore[attr-defined]
    for name in ("a.mp4", "a.webp", "a.apng"):
        assert len(iio.imread(tmp_path / name, index=None)) > 1
    film.save(tmp_path / "still.png", at=1.5)
    still = np.asarray(Image.open(tmp_path / "still.png").convert("RGB"))
    assert (still == film.frame(1, 0.5).pixels).all()
    assert re.search(r"<svg", (tmp_path / "a.svg").read_text())


@pytest.mark.parametrize(
    ("states", "labels", "names", "words"),
    [
        ([np.zeros((3, 2)), np.zeros((4, 2))], [0, 1, 0], None,
         r"the same points in every state, 3 as in the first; state 1 has 4"),
        ([np.zeros((3, 2)), np.full((3, 2), np.nan)], [0, 1, 0], ["a", "b"],
         r"finite states, state 1 \('b'\) has NaN"),
        ([np.zeros((3, 2))], [0, 1], None, "a label for each of the 3 points of the states, got 2"),
        ([np.zeros((3, 2))], [0, 1, 0], ["a", "b"], "a name for each of 1 states, got 2 names"),
        ([np.array(["a", "b"])], [0, 1], None, "states to be arrays of numbers"),
        ([np.zeros((3, 0))], [0, 1, 0], None, r"states of shape \(N, D\), state 0 has shape"),
    ],
)  # fmt: skip
def test_what_is_no_state_is_told(states: Any, labels: Any, names: Any, words: str) -> None:
    with pytest.raises(WarpvizError, match=words):
        wv.animate(states, labels, names=names)


def test_pairs_of_weights_are_no_states() -> None:
    pair = [np.zeros((2, 3)), np.zeros(3)]
    assert not are_states([pair, pair]) and not are_states([tuple(pair)]) and not are_states([])
    assert are_states([[[1.0, 2.0]], [[3.0, 4.0]]]) and are_states(np.zeros((2, 3, 4)))


def test_options_that_mean_nothing_here_are_told() -> None:
    for option in ("motion", "softmax", "limits", "whole_layers", "one_by_one"):
        with pytest.raises(WarpvizError, match=f"animate of states has no option {option}"):
            given: dict[str, Any] = {option: None}
            wv.animate(STATES, DATA.y, **given)
    with pytest.raises(WarpvizError, match="captions name, why, none, got 'formula'"):
        wv.animate(STATES, DATA.y, caption="formula")
    with pytest.raises(WarpvizError, match="their labels and names alone"):
        wv.animate(STATES, DATA.x, DATA.y)
    with pytest.raises(WarpvizError, match="names is for films by states"):
        wv.animate(CHAIN, DATA, names=["a"])
    with pytest.raises(WarpvizError, match="stop 9"):
        wv.animate(STATES, DATA.y, hold_at={9: 1.0})


def test_it_is_made_anew_in_another_size() -> None:
    film = wv.animate(STATES, DATA.y, names=list("abcdef"), **SMALL)
    other = film.remade(size=(400, 300))
    assert other.size == (400, 300) and other.scene.stops == film.scene.stops


def test_states_without_labels_are_dots_of_one_kind() -> None:
    film = wv.animate(STATES, caption="why", show=("measures",), **SMALL)
    assert panel_of(film).labels.tolist() == [0] * len(panel_of(film).labels)
    assert film.scene.class_names == wv.animate(CHAIN, DATA.x, **SMALL).scene.class_names
    assert "80 points without labels" in film.description
    with_none = wv.animate(STATES, None, caption="why", show=("measures",), **SMALL)
    assert with_none.description == film.description
    # The labels are those of the points by either name.
    assert wv.animate(STATES, y=DATA.y, **SMALL).scene.class_names == ("0", "1")


@pytest.mark.parametrize("model", [CHAIN, lambda x: [x, x], None])
def test_a_model_without_data_is_refused_in_words(model: Any) -> None:
    with pytest.raises(WarpvizError, match=r"animate expects the points .* got none; give a data"):
        wv.animate(model)
    with pytest.raises(WarpvizError, match="a label for each of the 80 points of the states, got"):
        wv.animate(STATES, 3)


def test_of_given_states_none_is_what_a_model_says() -> None:
    x = np.column_stack([DATA.x[:, 0], -DATA.x[:, 0]])
    remarks = panel_of(wv.animate([DATA.x, x], DATA, caption="why", **SMALL)).remarks
    assert "the best line" in remarks[-1] and "h₁" not in remarks[-1]
