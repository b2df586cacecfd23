"""`check` tells whole files from all that are cut short, lengthened or damaged."""

import json
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import warpviz as wv
from warpviz.checking.found import NotWhole
from warpviz.checking.whole import CHECKS, look_into
from warpviz.cli import main
from warpviz.data.formats import READERS
from warpviz.figures.function import save_plot

LOOK: dict[str, Any] = {"size": (240, 180), "fps": 5.0, "seconds": 0.4, "hold": 0.2, "jobs": 1}
SUMMED = (".png", ".apng")
"""Formats with a checksum over all that counts: there one changed bit is seen."""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of every format, as warpviz or those who know the format write it."""
    folder = tmp_path_factory.mktemp("whole")
    data = wv.load_data("moons", n=40)
    chain = wv.mlp([2, 3, 2], "relu", seed=1)
    film = wv.animate(chain, data, **LOOK)
    film.save(*(folder / f"a{suffix}" for suffix in (".gif", ".apng", ".webp", ".mp4", ".webm")))
    film.save(folder / "a.mov", folder / "a.mkv")
    film.save(*(folder / f"a{suffix}" for suffix in (".jpg", ".jpeg", ".tif", ".tiff", ".bmp")))
    Image.init()
    if "AVIF" in Image.SAVE:  # of old releases of Pillow it is not
        film.save(folder / "a.avif", at=1)
    film.save(folder / "a.html", folder / "a.svg", folder / "a.pdf", folder / "a.pptx")
    film.save(folder / "a.png", at=0)
    film.save_frames(folder / "frames")
    for suffix in (".npz", ".json", ".onnx"):
        wv.save_model(chain, folder / f"a{suffix}", data_name="moons", class_names=("up", "down"))
    for suffix in (".py", ".c"):
        wv.export(chain, folder / f"a{suffix}", class_names=('u"p', "do*/wn"))
    wv.formula(chain).save(folder / "a.tex")
    wv.graph(chain).save(folder / "a.dot")
    np.save(folder / "a.npy", np.column_stack([data.x, data.y]))
    lines = [f"{x},{y},{'ab'[label]}" for (x, y), label in zip(data.x, data.y, strict=True)]
    (folder / "a.csv").write_text("\n".join(["x,y,kind", *lines, ""]))
    (folder / "a.tsv").write_text((folder / "a.csv").read_text().replace(",", "\t"))
    return folder


def others(folder: Path) -> list[str]:
    """Suffixes of what an extra library writes."""
    import pandas  # type: ignore[import-untyped]
    from safetensors.numpy import save_file

    frame = pandas.read_csv(folder / "a.csv")
    frame.to_parquet(folder / "a.parquet")
    frame.to_excel(folder / "a.xlsx", index=False)
    frame.to_json(folder / "a.jsonl", orient="records", lines=True)
    frame.to_csv(folder / "a.csv.gz", index=False)
    layers = {"layers": [{"weight": "w", "bias": "b", "activation": "relu"}]}
    arrays = {"w": np.ones((2, 2)), "b": np.zeros(2)}
    save_file(arrays, folder / "a.safetensors", {"warpviz": json.dumps(layers)})
    return [".parquet", ".safetensors", ".xlsx", ".jsonl", ".gz"]


def problem(path: Path) -> str:
    """What is wrong with a file; "" if it is whole."""
    try:
        found = look_into(path)
    except NotWhole as error:
        assert 0 < len(str(error)) < 260 and str(error).isprintable()
        return str(error)
    assert found.kind and found.told
    return ""


@pytest.mark.slow
def test_every_format_is_known_whole_and_cut_short(folder: Path, tmp_path: Path) -> None:
    beside = {*others(folder), *(each.suffix for each in folder.iterdir() if each.suffix)}
    # What is read of data alone is tried with the readers of data.
    assert beside <= set(CHECKS) and set(CHECKS) - beside <= {*READERS}
    for suffix in sorted(beside):
        source = folder / ("a.csv.gz" if suffix == ".gz" else f"a{suffix}")
        assert problem(source) == "", source
        data, path = source.read_bytes(), tmp_path / source.name
        for length in (0, 1, len(data) // 3, len(data) // 2, len(data) - 2):
            if suffix in (".csv", ".tsv", ".jsonl", ".py") and length > 1:
                continue  # a shorter text may be whole
            path.write_bytes(data[:length])
            assert problem(path), (suffix, length)
        path.unlink()


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".gif", ".png", ".apng", ".webp", ".mp4", ".webm", ".npz"])
def test_what_is_longer_or_changed_is_not_whole(folder: Path, tmp_path: Path, suffix: str) -> None:
    data, path = (folder / f"a{suffix}").read_bytes(), tmp_path / f"a{suffix}"
    if suffix != ".npz":  # a zip may have anything before or behind it
        path.write_bytes(data + b"\0\0\0\0")
        assert problem(path)
    seen, rng = 0, np.random.default_rng(0)
    for place in rng.integers(0, len(data), 12):
        changed = bytearray(data)
        changed[place] ^= 1 << int(rng.integers(8))
        path.write_bytes(changed)
        seen += bool(problem(path))
    assert seen >= (11 if suffix in SUMMED else 0)


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command: exit code, stdout and stderr."""

    def run(*words: object) -> tuple[int, str, str]:
        code = main(["check", *map(str, words)])
        return (code, *capsys.readouterr())

    return run


@pytest.mark.slow
def test_what_it_holds_is_told_as_other_decoders_see_it(folder: Path, check: Run) -> None:
    names = ["a.gif", "a.apng", "a.webp", "a.mp4", "a.png", "a.npz", "a.csv", "frames"]
    code, out, err = check("--json", *(folder / name for name in names))
    assert code == 0, err
    facts = {Path(each["file"]).name: each for each in json.loads(out)}
    with Image.open(folder / "a.gif") as film:
        frames, ends = getattr(film, "n_frames", 0), 0
        for number in range(frames):
            film.seek(number)
            ends += film.info["duration"]
    length = f"{frames} frames, {ends / 1000:.2f} s, 240×180 pixels"
    for name in ("a.gif", "a.apng"):
        assert facts[name]["holds"] == f"{length}, plays for ever"
    assert facts["a.mp4"]["holds"].endswith("240×180 pixels")
    assert facts["a.png"] == {
        "file": str(folder / "a.png"), "whole": True, "kind": "still", "holds": "240×180 pixels"
    }  # fmt: skip
    assert facts["frames"]["holds"] == f"{frames} pictures of 240×180 pixels"
    assert facts["a.csv"]["holds"] == "40 points of 2 features, 2 classes"
    assert facts["a.npz"]["holds"].endswith("of moons")


def test_what_is_not_whole_fails_and_is_named(
    check: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    wv.animate(wv.mlp([2, 2]), wv.load_data("moons", n=12), **LOOK).save("whole.gif")
    Path("cut.gif").write_bytes(Path("whole.gif").read_bytes()[:-1])
    code, out, err = check("whole.gif", "cut.gif", "none.gif")
    first, second, third = out.splitlines()
    assert code == 1 and err == "warpviz: Not whole: cut.gif and 1 more.\n"
    assert first.startswith("whole.gif: whole, film: ")
    assert second.startswith("cut.gif: not whole: it ends within or after frame")
    assert third == "none.gif: not whole: there is no such file"
    assert check("whole.gif")[0] == 0
    code, out, err = check("whole.gif", "a.xyz")
    assert code == 2 and "known are .apng" in err and out == ""


def test_whatever_a_decoder_raises_is_one_sentence(folder: Path, tmp_path: Path) -> None:
    """A seeded handful of damages; each decoder has errors of its own."""
    rng = np.random.default_rng(5)
    for source in folder.glob("a.*"):
        if source.suffix in (".avif", ".pptx", ".mov", ".tif"):
            for _ in range(12):
                changed = bytearray(source.read_bytes())
                for place in rng.integers(0, len(changed), 9):
                    changed[place] = int(rng.integers(256))
                (tmp_path / source.name).write_bytes(changed)
                problem(tmp_path / source.name)


@pytest.mark.slow
def test_frames_that_are_missing_or_damaged(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "frames"
    shutil.copytree(folder / "frames", copy)
    first = copy / "frame-0000.png"
    first.write_bytes(first.read_bytes()[:-1])
    assert problem(copy).startswith("frame-0000.png: it is cut short")
    first.unlink()
    assert "its lists name others" in problem(copy)


def small(suffix: str) -> bytes:
    picture, target = Image.new("P", (4, 3)), BytesIO()
    picture.save(target, suffix[1:])
    return target.getvalue()


@pytest.mark.parametrize(
    ("suffix", "change"),
    [
        (".png", lambda data: data.replace(b"IDAT", b"IDAX")),
        (".png", lambda data: data[:20] + b"\xff" + data[21:]),
        (".gif", lambda data: data.replace(b";", b"")),
        (".gif", lambda data: b"GIF89a"),
        (".svg", lambda data: b'<!DOCTYPE svg [<!ENTITY a "aa">]><svg>&a;</svg>'),
        (".svg", lambda data: b"<html></html>"),
        (".pdf", lambda data: b"%PDF-1.4\nstartxref\n99\n%%EOF"),
        (".html", lambda data: b"<html></html>"),
        (".dot", lambda data: b"digraph { a -> b \n"),
        (".c", lambda data: b"int f(void) { return 1; \n"),
        (".py", lambda data: b"def f(:\n"),
        (".mp4", lambda data: b"\0\0\0\x08ftyp"),
        (".webm", lambda data: b"\x1aE\xdf\xa3\x80\x18S\x80g\xff"),
    ],
)
def test_what_only_looks_like_it(
    tmp_path: Path, suffix: str, change: Callable[[bytes], bytes]
) -> None:
    data = small(suffix) if suffix in (".png", ".gif") else b""
    path = tmp_path / f"a{suffix}"
    if data:
        path.write_bytes(data)
        assert problem(path) == ""
    path.write_bytes(change(data))
    assert problem(path)


def test_plots_are_drawings(tmp_path: Path) -> None:
    chain = wv.mlp([1, 2, 1], "tanh", seed=0, softmax=False)
    for suffix in (".svg", ".pdf"):
        save_plot(chain, tmp_path / f"a{suffix}")
        assert look_into(tmp_path / f"a{suffix}").kind == "drawing"
