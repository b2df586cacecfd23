"""Video, through PyAV, whose wheel brings the encoders: H.264, VP9, and ProRes where it is clear.

Every player shows it: yuv420p, even sides, a fixed frame rate, holds as repeated frames, the index
in front. Without a background it is VP9 with a second picture, of the opacity, or ProRes 4444; in
both a translucent pixel has the colour of what is seen there, not darkened by its opacity. Each
stop is a chapter. The bytes depend on the film and the versions alone.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from warpviz.arrays import Pixels
from warpviz.atomic import check_writable, replacing
from warpviz.errors import WarpvizError
from warpviz.output.bleeding import bled
from warpviz.picture.film import Film, Shot, Written

FASTEST = 120
"""Frames a second."""
THREADS = 4
"""Of an encoder, on every machine: the bytes of H.264 follow from their number."""
_BT709 = 1
"""The number of the colours of HD video, as its standards count."""


@dataclass(frozen=True)
class _Codec:
    """How videos of a suffix are encoded.

    Attributes:
        container: as ffmpeg calls it.
        encoder: likewise.
        settings: of the encoder.
        options: of the container.
        pixels: their format, as ffmpeg calls it.
        tags: of the stream.
    """

    container: str
    encoder: str
    settings: Mapping[str, str]
    options: Mapping[str, str]
    pixels: str = "yuv420p"
    tags: Mapping[str, str] = field(default_factory=dict)


_H264 = _Codec(
    "mp4",
    "libx264",
    # Its macroblock tree reads memory that it never wrote, and so changes the bytes.
    {"preset": "medium", "tune": "animation", "x264-params": "mbtree=0"},
    {"movflags": "+faststart"},
)
_CODECS = {
    ".mp4": _H264,
    ".mov": replace(_H264, container="mov"),
    ".mkv": replace(_H264, container="matroska", options={}),
    ".webm": _Codec(
        "webm",
        "libvpx-vp9",
        {"b": "0", "deadline": "good", "cpu-used": "4", "row-mt": "0"},
        {},
    ),
}
_CLEAR = {
    ".webm": replace(_CODECS[".webm"], pixels="yuva420p", tags={"alpha_mode": "1"}),
    ".mov": _Codec(
        "mov",
        "prores_ks",
        {"profile": "4444", "vendor": "apl0", "alpha_bits": "16"},
        {"movflags": "+faststart"},
        "yuva444p10le",
    ),
}
"""The same without a background."""
QUALITY = {".mp4": (16, 34), ".mov": (16, 34), ".mkv": (16, 34), ".webm": (24, 48)}
"""Constant rate factors: nearly no loss that is seen, and the softest in which text is read."""


def save_mp4(film: Film, path: Path, softer: int = 0) -> Written:
    """Video: H.264, for slides and every player."""
    return _save(film, path, ".mp4", softer)


def save_mov(film: Film, path: Path, softer: int = 0) -> Written:
    """Video: H.264 in QuickTime's container, for Keynote and video editors; clear in ProRes."""
    return _save(film, path, ".mov", softer)


def save_mkv(film: Film, path: Path, softer: int = 0) -> Written:
    """Video: H.264 in Matroska."""
    return _save(film, path, ".mkv", softer)


def save_webm(film: Film, path: Path, softer: int = 0) -> Written:
    """Video: VP9, for web pages."""
    return _save(film, path, ".webm", softer)


VIDEO = {".mp4": save_mp4, ".webm": save_webm, ".mov": save_mov, ".mkv": save_mkv}
"""Suffix → the writer, which takes how many steps of `QUALITY` softer it is to be."""


def quality_of(film: Film, suffix: str) -> tuple[int, int]:
    """The usual and the softest quality of a film's file, equal where its encoder has one."""
    if film.transparent and suffix == ".mov":
        return (0, 0)
    return QUALITY.get(suffix, (0, 0))


def check_video(path: Path, fps: float) -> None:
    """Tell before any work whether a video can be written.

    Raises:
        WarpvizError: PyAV is not installed, or the rate is too high.
    """
    _av(path)
    if fps > FASTEST:
        raise WarpvizError(
            f"A video shows at most {FASTEST} frames a second here, got {fps:g}; lower --fps."
        )


def _av(path: Path) -> ModuleType:
    try:
        return import_module("av")
    except ImportError:
        raise WarpvizError(
            f"Cannot write {path}: video needs PyAV; install it with: pip install 'warpviz[video]'."
        ) from None


def _save(film: Film, path: Path, kind: str, softer: int) -> Written:
    check_writable(path)
    check_video(path, film.fps)
    av = _av(path)
    codec = (_CLEAR if film.transparent else _CODECS)[kind]
    settings = dict(codec.settings)
    if usual := quality_of(film, kind)[0]:
        settings["crf"] = str(usual + softer)
    from fractions import Fraction

    rate = Fraction(film.fps).limit_denominator(1001)
    frames = 0
    with replacing(path) as draft:
        # A name with a colon would be taken for an address, as of http.
        with av.open(
            f"file:{draft}", "w", format=codec.container, options=dict(codec.options)
        ) as container:
            container.flags |= av.container.Flags.bitexact.value
            container.metadata.update(_words(film))
            stream = container.add_stream(codec.encoder, rate=rate, options=settings)
            width, height = (side + side % 2 for side in film.size)
            context = stream.codec_context
            context.width, context.height, context.pix_fmt = width, height, codec.pixels
            stream.metadata.update(codec.tags)
            context.color_primaries = context.color_trc = context.colorspace = _BT709
            context.color_range = 1
            context.thread_count = THREADS
            container.set_chapters(_chapters(film))
            with closing(film.shots()) as shots:
                for pixels, count in _at_rate(shots, float(rate)):
                    frame = _frame(av, pixels, width, height, codec.pixels)
                    for _ in range(count):
                        frame.pts, frame.time_base = frames, 1 / rate
                        container.mux(stream.encode(frame))
                        frames += 1
            container.mux(stream.encode(None))
        size = draft.stat().st_size
    return Written(Path(path), frames, float(frames / rate), size)


def _at_rate(shots: Iterator[Shot], rate: float) -> Iterator[tuple[Pixels, int]]:
    """Each picture and for how many frames it stays; what rounding leaves is carried on."""
    due, shown = 0.0, 0
    for shot in shots:
        due += shot.seconds * rate
        count = max(round(due) - shown, 0)
        shown += count
        yield shot.pixels, count


def _frame(av: ModuleType, pixels: Pixels, width: int, height: int, kind: str) -> Any:
    """A frame in the video's colours, its last row and column repeated where a side is odd."""
    clear = pixels.shape[2] == 4
    pixels = bled(pixels) if clear else pixels
    rows, columns = height - pixels.shape[0], width - pixels.shape[1]
    padded = np.pad(pixels, ((0, rows), (0, columns), (0, 0)), mode="edge")
    given = "rgba" if clear else "rgb24"
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(padded), format=given)
    return frame.reformat(
        format=kind, dst_colorspace="ITU709", dst_color_range="MPEG", interpolation="LANCZOS"
    )


def _words(film: Film) -> dict[str, str]:
    words = {"title": film.title, "comment": film.description}
    return {key: text for key, text in words.items() if text}


def _chapters(film: Film) -> list[dict[str, Any]]:
    """Each stop from its beginning to the next, in milliseconds."""
    from fractions import Fraction

    starts = [round(1000 * seconds) for seconds, _ in film.chapters]
    ends = [*starts[1:], round(1000 * film.seconds)] if starts else []
    return [
        {"id": number, "start": start, "end": end, "time_base": Fraction(1, 1000),
         "metadata": {"title": name}}
        for number, (start, end, (_, name)) in enumerate(
            zip(starts, ends, film.chapters, strict=True)
        )
    ]  # fmt: skip
