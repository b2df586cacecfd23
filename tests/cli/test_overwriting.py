"""What a command reads is never what it writes."""

from pathlib import Path

import numpy as np
import pytest

import warpviz as wv
from tests.cli.conftest import Run

pytestmark = pytest.mark.posix


@pytest.fixture
def files(run: Run) -> dict[str, bytes]:
    """A data set and a model, with links to them, in the folder of the command."""
    moons = wv.load_data("moons", n=60)
    np.savez("d.npz", x=moons.x, y=moons.y)
    wv.save_model(wv.mlp([2, 2, 2], "relu", seed=0), "m.npz", data_name="moons")
    Path("link.npz").symlink_to("d.npz")
    Path("hard.npz").hardlink_to("m.npz")
    Path("w.json").write_text('{"layers": []}')
    return {name: Path(name).read_bytes() for name in ("d.npz", "m.npz", "w.json")}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("train --data d.npz -o d.npz", "-o would write over 'd.npz', which --data reads; choose"),
        ("train --data d.npz -o ./d.npz", "-o would write over 'd.npz', which --data reads"),
        ("train --data d.npz -o link.npz", "-o would write over 'd.npz', which --data reads"),
        ("convert m.npz -o m.npz", "-o would write over 'm.npz', which the command reads"),
        ("convert m.npz -o hard.npz", "-o would write over 'm.npz', which the command reads"),
        ("compare m.npz relu -o m.npz", "-o would write over 'm.npz', which the command reads"),
        ("render --model m.npz -o m.npz", "-o would write over 'm.npz', which --model reads"),
        ("train --film m.npz -o m.npz", "-o and --film name m.npz twice; leave one out."),
        ("train --film a.gif --film ./a.gif", "--film names ./a.gif twice; leave one out."),
        ("render --at 1,1 -o a.png", "a-1.png twice; leave one out."),
        ("convert w.safetensors -o w.json", "-o would write over 'w.json', which the command"),
        ("regions m.npz -o a.svg -o ./a.svg", "-o names ./a.svg twice; leave one out."),
    ],
)
def test_one_file_has_one_use(run: Run, files: dict[str, bytes], words: str, told: str) -> None:
    done = run(words)
    assert done.code == 2 and told in done.err and done.out == ""
    assert {name: Path(name).read_bytes() for name in files} == files


@pytest.mark.slow
def test_a_title_may_be_a_file_s_name(run: Run) -> None:
    for _ in range(2):
        done = run("render --epochs 3 --size 240x180 --fps 5 --title a.gif -o a.gif")
        assert done.code == 0, done.err
