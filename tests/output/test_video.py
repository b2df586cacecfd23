"""Video, read by ffprobe and ffmpeg, which are not what wrote it."""

import os
import subprocess
import sys
from pathlib import Path
from struct import unpack

import numpy as np
import pytest

from tests.output.decoders import decoded, need, probe
from tests.output.moving import Clear, Sliding, laid, psnr
from warpviz.checking.whole import look_into
from warpviz.errors import WarpvizError
from warpviz.output import video
from warpviz.output.writers import writer_for

KINDS = (".mp4", ".webm", ".mov", ".mkv")


@pytest.mark.parametrize("kind", KINDS)
def test_every_player_can_show_it(kind: str, tmp_path: Path) -> None:
    film = Sliding()
    written = writer_for(f"x{kind}")(film, tmp_path / f"x{kind}")
    told = probe(written.path)
    (stream,) = told["streams"]
    assert stream["codec_name"] == ("vp9" if kind == ".webm" else "h264")
    assert stream["pix_fmt"] == "yuv420p"
    assert (stream["width"], stream["height"]) == (62, 46)  # even
    assert stream["color_space"] == stream["color_primaries"] == "bt709"
    assert stream["r_frame_rate"] == "20/1"
    # Two holds of half a second and seven frames of a twentieth.
    assert int(stream["nb_read_frames"]) == written.frames == 27
    assert float(told["format"]["duration"]) == pytest.approx(1.35, abs=0.051)
    tags = {key.lower(): text for key, text in told["format"]["tags"].items()}
    assert (tags["title"], tags["comment"]) == (film.title, film.description)


@pytest.mark.parametrize("kind", KINDS)
def test_stops_are_chapters(kind: str, tmp_path: Path) -> None:
    written = writer_for(f"x{kind}")(Sliding(), tmp_path / f"x{kind}")
    chapters = probe(written.path)["chapters"]
    assert [one["tags"]["title"] for one in chapters] == ["left", "right"]
    assert [float(one["start_time"]) for one in chapters] == pytest.approx([0.0, 0.85])
    assert float(chapters[-1]["end_time"]) == pytest.approx(1.35)


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("kind", KINDS)
def test_pictures_are_the_films(kind: str, tmp_path: Path) -> None:
    film = Sliding(width=160, height=120)
    frames = decoded(writer_for(f"x{kind}")(film, tmp_path / f"x{kind}").path)
    places = [0] * 10 + list(range(1, 8)) + [8] * 10
    assert len(frames) == len(places)
    # Half of the colours' resolution is lost at the square's sides, whatever the encoder.
    assert min(psnr(f, film.picture(k)) for f, k in zip(frames, places, strict=True)) > 30


def test_the_index_comes_first(tmp_path: Path) -> None:
    written = writer_for("x.mp4")(Sliding(), tmp_path / "x.mp4")
    data, place, atoms = written.path.read_bytes(), 0, []
    while place < len(data):
        size, name = unpack(">I4s", data[place : place + 8])
        atoms.append(name)
        place += size
    assert atoms.index(b"moov") < atoms.index(b"mdat")


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_film_makes_the_same_bytes(kind: str, tmp_path: Path) -> None:
    a, b = (writer_for(f"x{kind}")(Sliding(), tmp_path / f"{name}{kind}").path for name in "ab")
    assert a.read_bytes() == b.read_bytes()


def test_a_colon_in_a_name_is_no_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("http:").mkdir()
    for path in (Path("a:b.mp4"), Path("http:", "x.mp4")):
        writer_for(path)(Sliding(), path)
        assert look_into(path).kind == "film"


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_what_memory_held_before_does_not_reach_the_bytes(kind: str, tmp_path: Path) -> None:
    """glibc fills memory with another byte in each process; elsewhere the variable does nothing."""
    code = (
        "import sys; from pathlib import Path; from warpviz.output.writers import writer_for;"
        "from tests.output.moving import Sliding; path = Path(sys.argv[1]);"
        "writer_for(path)(Sliding(), path)"
    )
    made = []
    for byte in ("1", "170", "255"):
        path = tmp_path / f"{byte}{kind}"
        variables = {**os.environ, "MALLOC_PERTURB_": byte}
        subprocess.run([sys.executable, "-c", code, str(path)], env=variables, check=True)
        made.append(path.read_bytes())
    assert made[0] == made[1] == made[2]


def test_odd_rates_keep_the_films_length(tmp_path: Path) -> None:
    film = Sliding(fps=24.0)
    written = writer_for("x.mp4")(film, tmp_path / "x.mp4")
    assert written.seconds == pytest.approx(film.seconds, abs=0.5 / 24)


def test_a_missing_library_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(WarpvizError, match=r"needs PyAV; .* pip install 'warpviz\[video\]'"):
        writer_for("x.mp4")(Sliding(), tmp_path / "x.mp4")


def test_too_many_frames_a_second_are_refused() -> None:
    with pytest.raises(WarpvizError, match="at most 120 frames a second"):
        video.check_video(Path("x.mp4"), 121)


def test_a_film_that_breaks_leaves_the_earlier_file(tmp_path: Path) -> None:
    path = tmp_path / "x.mp4"
    path.write_text("earlier")
    with pytest.raises(WarpvizError, match="disk is full"):
        writer_for(path)(Sliding(breaks=4), path)
    assert path.read_text() == "earlier" and list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("kind", [".webm", ".mov"])
def test_without_a_background_the_opacity_is_in_the_file(kind: str, tmp_path: Path) -> None:
    need("ffmpeg")
    film = Clear(width=160, height=120)
    path = writer_for(f"x{kind}")(film, tmp_path / f"x{kind}").path
    (stream,) = probe(path)["streams"]
    assert stream["codec_name"] == ("vp9" if kind == ".webm" else "prores")
    if kind == ".webm":
        assert {key.lower(): tag for key, tag in stream["tags"].items()}["alpha_mode"] == "1"
    else:
        assert (stream["profile"], stream["pix_fmt"][:8]) == ("4444", "yuva444p")
    # ffmpeg's own VP9 leaves the opacity out.
    command = ["ffmpeg", "-v", "error", *(["-c:v", "libvpx-vp9"] if kind == ".webm" else [])]
    command += ["-i", str(path), "-vf", "scale=in_color_matrix=bt709", "-f", "rawvideo"]
    raw = subprocess.run(
        [*command, "-pix_fmt", "rgba", "-"], capture_output=True, check=True
    ).stdout
    frames = np.frombuffer(raw, dtype=np.uint8).reshape(-1, 120, 160, 4)
    places = [0] * 10 + list(range(1, 8)) + [8] * 10
    for got, k in zip(frames, places, strict=True):
        picture = film.picture(k)
        assert psnr(got[..., 3], picture[..., 3]) > (32 if kind == ".webm" else 50)
        # On whatever slide it lies: nothing is darkened or lit at its edges.
        for ground in ((0, 0, 0), (255, 255, 255), (200, 60, 120)):
            assert psnr(laid(got, ground), laid(picture, ground)) > (30 if kind == ".webm" else 45)


def test_prores_has_one_quality() -> None:
    assert video.quality_of(Clear(), ".mov") == video.quality_of(Sliding(), ".gif") == (0, 0)
    assert video.quality_of(Clear(), ".webm") == video.quality_of(Sliding(), ".webm")
