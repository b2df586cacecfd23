"""Films written and read back: the same frames, times and loop in three decoders."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from tests.output.decoders import by_ffmpeg, by_gifsicle, by_pillow
from warpviz.arrays import Pixels
from warpviz.colour import oklab
from warpviz.errors import WarpvizError
from warpviz.output.gif import STUDIED, write_gif, write_indexed
from warpviz.picture.frame import Frame


def palette_of(count: int, seed: int = 0) -> Pixels:
    """Random colours of different bins, so that each stands for itself."""
    code = np.random.default_rng(seed).choice(64**3, size=count, replace=False)
    return np.stack([code >> 12, code >> 6 & 63, code & 63], axis=1).astype(np.uint8) * 4 + 1


def rectangles(count: int, size: tuple[int, int], colors: int, seed: int) -> Iterator[Pixels]:
    """(H, W) indices: a random rectangle of noise or of one colour is painted over each frame."""
    rng = np.random.default_rng(seed)
    width, height = size
    picture = rng.integers(0, colors, (height, width), dtype=np.uint8)
    for _ in range(count):
        yield picture.copy()
        x0, x1 = np.sort(rng.integers(0, width + 1, 2))
        y0, y1 = np.sort(rng.integers(0, height + 1, 2))
        patch = picture[y0:y1, x0:x1]
        patch[:] = rng.integers(0, colors, patch.shape if rng.random() < 0.5 else ())


@pytest.mark.many(quick=1)
@pytest.mark.parametrize(
    ("size", "colors"),
    [((61, 47), 255), ((640, 480), 200), ((40, 30), 2), ((33, 1), 1), ((1, 1), 7)],
)
def test_three_decoders_see_the_same_film(
    tmp_path: Path, size: tuple[int, int], colors: int
) -> None:
    palette = palette_of(colors)
    pictures = [palette[i] for i in rectangles(12, size, colors, seed=1)]
    delays = [5, 3, 2, 100, 7, 7, 50, 4, 2, 1234, 6, 65535]
    film = [Frame(p, d) for p, d in zip(pictures, delays, strict=True)]
    path = tmp_path / "film.gif"
    written = write_gif(film, path, palette=palette, tolerance=0)
    assert written.path == path and written.frames == 12
    assert written.seconds == pytest.approx(sum(delays) / 100)
    assert written.bytes == path.stat().st_size
    for pixels, times, *_ in (by_pillow(path), by_ffmpeg(path), by_gifsicle(path)):
        assert times == delays
        np.testing.assert_array_equal(pixels, pictures)


@examples(60)
@given(
    seed=st.integers(0, 10**6),
    size=st.tuples(st.integers(1, 40), st.integers(1, 40)),
    colors=st.integers(1, 255),
    count=st.integers(1, 8),
)
def test_any_film_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    seed: int,
    size: tuple[int, int],
    colors: int,
    count: int,
) -> None:
    path = tmp_path_factory.mktemp("film") / "film.gif"
    palette = palette_of(colors, seed)
    indices = list(rectangles(count, size, colors, seed))
    write_indexed(((i, 4) for i in indices), path, palette=palette, tolerance=0)
    np.testing.assert_array_equal(by_pillow(path)[0], palette[np.array(indices)])


@pytest.mark.parametrize("loop", [0, 1, 2, 5])
def test_loop_counts_plays(tmp_path: Path, loop: int) -> None:
    path = tmp_path / "loop.gif"
    frames = [(np.full((2, 2), k, dtype=np.uint8), 5) for k in range(2)]
    write_indexed(frames, path, palette=palette_of(2), loop=loop)
    assert by_pillow(path)[2] == {0: 0, 1: None, 2: 1, 5: 4}[loop]
    assert (b"NETSCAPE" in path.read_bytes()) == (loop != 1)
    said = {0: "forever", 1: None, 2: "count 1", 5: "count 4"}[loop]
    assert by_gifsicle(path)[2] == said


def test_equal_frames_stay_frames(tmp_path: Path) -> None:
    path = tmp_path / "still.gif"
    picture = np.zeros((20, 30), dtype=np.uint8)
    write_indexed([(picture, 3)] * 5, path, palette=palette_of(1))
    for pixels, times, *_ in (by_pillow(path), by_ffmpeg(path), by_gifsicle(path)):
        assert len(pixels) == 5 and times == [3] * 5


@pytest.mark.many(quick=1)
@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ([1, 1, 5, 5], [2, 2, 3, 5]),
        ([1, 2, 2, 3, 4], [2, 2, 2, 2, 4]),
        ([1, 3, 1, 3], [2, 2, 2, 2]),
        ([2, 3, 4], [2, 3, 4]),
    ],
)
def test_short_times_are_lengthened_and_paid_back(
    tmp_path: Path, asked: list[int], shown: list[int]
) -> None:
    path = tmp_path / "short.gif"
    frames = [(np.full((3, 3), k % 2, dtype=np.uint8), d) for k, d in enumerate(asked)]
    written = write_indexed(frames, path, palette=palette_of(2))
    assert by_pillow(path)[1] == shown
    assert by_ffmpeg(path)[1] == shown
    assert written.seconds == pytest.approx(sum(shown) / 100)


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("text", ["", "A sheet folds.", "紙を折る × " * 90])
def test_comment_is_kept(tmp_path: Path, text: str) -> None:
    from PIL import Image

    path = tmp_path / "said.gif"
    write_indexed([(np.zeros((2, 2), np.uint8), 5)], path, palette=palette_of(1), comment=text)
    with Image.open(path) as film:
        assert film.info.get("comment", b"").decode() == text
    by_ffmpeg(path)
    by_gifsicle(path)


def test_slow_fade_stays_within_the_tolerance(tmp_path: Path) -> None:
    grey = np.arange(8, 240, dtype=np.uint8)
    palette = np.repeat(grey[:, None], 3, axis=1)
    ramp = np.linspace(0, 60, 16)[None, :]
    films = [np.broadcast_to(ramp + 0.7 * k, (4, 16)).astype(np.uint8) for k in range(200)]
    times = [STUDIED if k % 40 == 39 else 5 for k in range(200)]
    path, exact = tmp_path / "fade.gif", tmp_path / "exact.gif"
    small = write_indexed(zip(films, times, strict=True), path, palette=palette, tolerance=0.02)
    large = write_indexed(zip(films, times, strict=True), exact, palette=palette, tolerance=0)
    shown = by_pillow(path)[0]
    apart = np.sqrt(((oklab(shown) - oklab(palette[np.array(films)])) ** 2).sum(axis=-1))
    assert 0.01 < apart.max() <= 0.02
    assert not apart[39::40].any(), "frames that stay are exact"
    assert small.bytes < 0.7 * large.bytes


def test_holds_few_frames_at_a_time(tmp_path: Path) -> None:
    import tracemalloc
    import weakref

    palette = palette_of(200)
    alive: list[weakref.ref[Frame]] = []
    most = 0

    def film(count: int) -> Iterator[Frame]:
        nonlocal most
        for indices in rectangles(count, (160, 120), 200, seed=3):
            frame = Frame(palette[indices], 5)
            alive.append(weakref.ref(frame))
            most = max(most, sum(ref() is not None for ref in alive[-20:]))
            yield frame

    peaks = []
    write_gif(film(3), tmp_path / "warm.gif", palette=palette)
    for count in (30, 300):
        tracemalloc.start()
        write_gif(film(count), tmp_path / "long.gif", palette=palette)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert most <= 3
    assert peaks[1] < peaks[0] + 200_000  # 270 more frames of 57,600 bytes


def test_same_film_same_bytes(tmp_path: Path) -> None:
    palette = palette_of(99)
    for name in ("a.gif", "b.gif"):
        frames = ((i, 5) for i in rectangles(6, (64, 48), 99, seed=5))
        write_indexed(frames, tmp_path / name, palette=palette)
    assert (tmp_path / "a.gif").read_bytes() == (tmp_path / "b.gif").read_bytes()


ONE = np.zeros((2, 3), dtype=np.uint8)


@pytest.mark.parametrize(
    ("frames", "options", "says"),
    [
        ([], {}, "A GIF needs at least one frame, got none."),
        ([(ONE, 5), (ONE.T, 5)], {}, "frame 0 is 3×2 pixels, frame 1 is 2×3"),
        ([(np.zeros((1, 65536), np.uint8), 5)], {}, "1 to 65535 pixels wide and high, got 65536×1"),
        ([(np.zeros((0, 4), np.uint8), 5)], {}, "got 4×0"),
        ([(np.zeros((2, 2)), 5)], {}, r"got \(2, 2\) float64"),
        ([(ONE, 65536)], {}, "stays 655.35 seconds at most, got 655.36"),
        ([(ONE + 2, 5)], {}, "Frame 0 expects indices below 2, the palette's length, got 2"),
        ([(ONE, 5)], {"loop": -1}, "got loop=-1"),
        ([(ONE, 5)], {"loop": 65537}, "got loop=65537"),
        ([(ONE, 5)], {"tolerance": float("nan")}, "got nan"),
        ([(ONE, 5)], {"palette": np.zeros((256, 3), np.uint8)}, "1 to 255 colours, got 256"),
        ([(ONE, 5)], {"palette": np.zeros((4, 3))}, r"got \(4, 3\) float64"),
    ],
)
def test_what_cannot_be_written_is_told(
    tmp_path: Path, frames: object, options: dict[str, object], says: str
) -> None:
    path = tmp_path / "film.gif"
    path.write_bytes(b"earlier")
    with pytest.raises(WarpvizError, match=says):
        write_indexed(frames, path, **{"palette": palette_of(2), **options})  # type: ignore[arg-type]
    assert path.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [RuntimeError("a layer overflows"), KeyboardInterrupt()])
def test_a_film_that_breaks_off_leaves_the_earlier_file(
    tmp_path: Path, error: BaseException
) -> None:
    path = tmp_path / "film.gif"
    path.write_bytes(b"earlier")

    def broken() -> Iterator[Frame]:
        yield Frame(np.zeros((4, 4, 3), dtype=np.uint8), 5)
        assert len(list(tmp_path.iterdir())) == 2
        raise error

    with pytest.raises(type(error)):
        write_gif(broken(), path, palette=palette_of(2))
    assert path.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [path]
