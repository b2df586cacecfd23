import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from hypothesis import given, settings
from PIL import Image

from tests.geometry.nets import UNIT, net, pattern, straight_chains
from warpviz.data import Dataset, load_data
from warpviz.errors import WarpvizError
from warpviz.figures.regions import save_regions
from warpviz.figures.tiles import FINE, RegionsStill
from warpviz.geometry import folds
from warpviz.geometry.plane import plane_of
from warpviz.geometry.straight import counting
from warpviz.model import Activation, Chain, Dense

XOR = load_data("xor", n=80)


@pytest.mark.slow
@given(straight_chains())
@settings(derandomize=True, deadline=None, max_examples=30)
def test_facts_agree_with_a_fine_lattice(chain: Chain) -> None:
    still = RegionsStill.of(chain, UNIT)
    facts = still.facts()
    assert abs(sum(facts["areas"]) - 4.0) < 1e-9
    assert len(facts["areas"]) == facts["regions"]
    mesh = np.stack(np.meshgrid(*[np.linspace(-0.999, 0.999, 200)] * 2), axis=-1).reshape(-1, 2)
    sides, near = pattern(chain, mesh)
    assert len(np.unique(sides[~near], axis=0)) <= facts["regions"]
    bending = [
        int(np.count_nonzero(layer.affine(state).min(axis=0) * layer.affine(state).max(axis=0) < 0))
        if layer.activation != "identity"
        else 0
        for layer, state in zip(chain, chain.states(mesh)[:-1], strict=True)
        if isinstance(layer, Dense)
    ]
    assert len(facts["creases"]) == len(chain)
    # A lattice may miss a crease in a corner, and a unit of a copied layer may be zero on a part.
    assert all(found >= low - 1 for found, low in zip(facts["creases"], bending, strict=True))


def test_counts_of_relu_in_the_plane() -> None:
    facts = RegionsStill.of(Chain([Activation("relu")], 2), UNIT).facts()
    assert facts["regions"] == 4
    assert facts["creases"] == [2]
    assert sorted(facts["areas"]) == pytest.approx([1.0] * 4)


@given(straight_chains())
@settings(derandomize=True, deadline=None, max_examples=20)
def test_tiles_have_the_class_that_the_chain_predicts(chain: Chain) -> None:
    still = RegionsStill.of(chain, UNIT)
    corners, offsets = still.tiles.corners, still.tiles.offsets
    sums = np.add.reduceat(still.tiles.points[corners, :2], offsets[:-1], axis=0)
    centres = sums / np.diff(offsets)[:, None]
    logits = chain(centres)
    best = logits.max(axis=1)
    assert np.all(logits[np.arange(len(best)), still.winners] >= best - 1e-9)


def test_smooth_chains_have_no_regions_but_classes_boundary_and_folds() -> None:
    chain = net((2, 4, 2), "gelu", seed=1)
    still = RegionsStill.of(chain, UNIT)
    facts = still.facts()
    assert (facts["regions"], facts["creases"], facts["areas"]) == (None, None, None)
    assert facts["note"].startswith("There are no linear regions, because gelu bends smoothly")
    assert still.tiles.areas().sum() == pytest.approx(4.0)
    assert still.creases and still.boundary
    first = chain[0]
    assert isinstance(first, Dense)
    for line in still.creases[0]:
        assert np.abs(first.affine(line) + 0.751791524693564).min(axis=1).max() < 1e-9


@pytest.mark.parametrize("activation", ["relu", "gelu"])
def test_one_output_has_no_classes_and_no_boundary(activation: str, tmp_path: Path) -> None:
    chain = net((2, 3, 1), activation, seed=2)
    still = RegionsStill.of(chain, UNIT)
    assert still.boundary == [] and not still.winners.any()
    assert still.tiles.areas().sum() == pytest.approx(4.0)
    assert save_regions(still, tmp_path / "x.svg").path.stat().st_size > 0
    if activation == "relu":
        # Each tile is a region, on which the one output is affine.
        assert still.regions is not None
        assert still.parents.tolist() == list(range(still.regions.n_regions))
        corners, begin = still.tiles.corners, still.tiles.offsets[:-1]
        for r, own in enumerate(np.split(corners, begin[1:])):
            at = still.tiles.points[own, :2]
            told = at @ still.regions.maps[r].T + still.regions.shifts[r]
            assert told == pytest.approx(chain(at), abs=1e-9)
    else:
        assert still.regions is None and len(still.tiles) == FINE


def test_too_many_regions_are_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warpviz.figures.tiles.MOST", 3)
    still = RegionsStill.of(net((2, 6, 2)), UNIT)
    assert still.facts()["regions"] is None
    assert still.note.startswith("There are more than 3 linear regions")
    assert still.boundary or len(np.unique(still.winners)) == 1


def test_more_features_are_seen_on_their_principal_plane(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    data = Dataset(rng.normal(size=(30, 4)) * [3, 2, 0.1, 0.1], np.arange(30) % 2)
    still = RegionsStill.of(net((4, 5, 2)), (-6, 6, -4, 4), plane=plane_of(data))
    assert sum(still.facts()["areas"]) == pytest.approx(96.0, abs=1e-9)
    save_regions(still, tmp_path / "r.png", data=data)


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("suffix", ["svg", "pdf", "png"])
def test_equal_stills_are_equal_files(tmp_path: Path, suffix: str) -> None:
    before = dict(matplotlib.rcParams)
    still = RegionsStill.of(net((2, 4, 2)), UNIT)
    for name in "ab":
        save_regions(still, tmp_path / f"{name}.{suffix}", data=XOR, theme_name="dark")
    assert dict(matplotlib.rcParams) == before
    a, b = (tmp_path / f"{name}.{suffix}" for name in "ab")
    assert a.read_bytes() == b.read_bytes()
    if suffix == "svg":
        root = ElementTree.fromstring(a.read_text(encoding="utf-8"))
        assert root.tag.endswith("svg")
        assert not [each for each in root.iter() if each.tag.endswith("image")]


@pytest.mark.slow
def test_regions_boundary_and_theme_are_seen(tmp_path: Path) -> None:
    still = RegionsStill.of(net((2, 4, 2)), UNIT)
    for look in ("light", "dark"):
        save_regions(still, tmp_path / f"{look}.png", theme_name=look)
    files = (tmp_path / f"{look}.png" for look in ("light", "dark"))
    light, dark = (np.asarray(Image.open(file).convert("RGB")) for file in files)
    assert light[0, 0].tolist() == [255, 255, 255] and dark[0, 0].max() < 30
    assert len(np.unique(light.reshape(-1, 3), axis=0)) > still.facts()["regions"]


def test_an_unknown_suffix_names_those_that_are_known(tmp_path: Path) -> None:
    still = RegionsStill.of(net((2, 4, 2)), UNIT)
    with pytest.raises(WarpvizError, match=r"one of \.svg, \.pdf, \.png, got '\.gif'"):
        save_regions(still, tmp_path / "a.gif")


@pytest.mark.slow
def test_stills_load_no_pyplot(tmp_path: Path) -> None:
    code = (
        "import sys, numpy as np\n"
        "from warpviz.figures.regions import save_regions\n"
        "from warpviz.figures.tiles import FINE, RegionsStill\n"
        "from warpviz.model import mlp\n"
        "import warpviz as wv\n"
        "chain = mlp([2, 3, 2], seed=0)\n"
        f"save_regions(RegionsStill.of(chain, (-1, 1, -1, 1)), {str(tmp_path / 'a.svg')!r})\n"
        "wv.plot_state(chain, wv.load_data('xor', n=20), 2)\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_regions_beyond_all_work_are_told_by_how_many_are_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(counting, "MOST_WORK", 1)
    monkeypatch.setattr(counting, "SIDE", 20)
    chain = Chain([Dense.of(2, 70, "relu", seed=1), Dense.of(70, 1)])
    seen = counting.patterns_seen(chain, UNIT)
    still = RegionsStill.of(chain, UNIT)
    assert still.regions is None and still.facts()["regions"] is None and seen > 1
    assert still.note.startswith(f"There are more than {seen - 1} linear regions")


def test_waves_without_number_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folds, "MOST_LINES", 10)
    weight = np.array([[130.0, -120.0]])
    still = RegionsStill.of(Chain([Dense(weight, np.zeros(1), "sin")]), UNIT)
    # cos z = 0 at (k + ½) π.
    count = 2 * int(np.abs(weight).sum() / np.pi + 0.5)
    assert f"Layer 1 (sin) bends the sheet along at least {count:,} lines" in still.note
