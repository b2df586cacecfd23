"""Whether a file is whole: a table by suffix."""

from collections.abc import Callable
from pathlib import Path

from warpviz.checking import documents, pictures, slides, stored, videos
from warpviz.checking.found import Found, NotWhole
from warpviz.data.formats import READERS
from warpviz.errors import WarpvizError

CHECKS: dict[str, Callable[[Path], Found]] = {
    ".gif": pictures.gif,
    ".png": pictures.png,
    ".apng": pictures.png,
    ".webp": pictures.webp,
    ".mp4": videos.mp4,
    ".webm": videos.webm,
    ".mov": videos.mp4,
    ".mkv": videos.webm,
    ".jpg": pictures.still("JPEG"),
    ".jpeg": pictures.still("JPEG"),
    ".tif": pictures.still("TIFF"),
    ".tiff": pictures.still("TIFF"),
    ".bmp": pictures.still("BMP"),
    ".avif": pictures.still("AVIF"),
    ".pptx": slides.pptx,
    ".html": documents.html,
    ".svg": documents.svg,
    ".pdf": documents.pdf,
    ".tex": documents.tex,
    ".dot": documents.dot,
    ".py": documents.python,
    ".c": documents.c,
    ".npz": stored.npz,
    ".json": stored.json,
    ".onnx": stored.model,
    ".safetensors": stored.model,
    **{suffix: stored.data for suffix in (*READERS, ".gz") if suffix not in (".npz", ".json")},
}
"""By suffix; a folder is one of frames, or a study."""


def check_known(path: Path) -> None:
    """Refuse what there is no check for.

    Raises:
        WarpvizError: for a suffix that nothing of ours has.
    """
    if path.suffix.lower() not in CHECKS and not path.is_dir():
        raise WarpvizError(
            f"check expects a file that warpviz writes or reads, got '{path}'; known are "
            f"{', '.join(sorted(CHECKS))}, folders of frames and of studies."
        )


def _folder(path: Path) -> Found:
    """What a folder holds: frames, or a study."""
    from warpviz.checking.studies import is_study, study

    return study(path) if is_study(path) else stored.frames(path)


def look_into(path: Path) -> Found:
    """What a whole file, or a folder, holds.

    Raises:
        NotWhole: it is not whole, or not what its suffix says.
        WarpvizError: as `check_known`, or what reads it is not installed.
    """
    check_known(path)
    if path.is_dir():
        return _folder(path)
    if not path.is_file():
        raise NotWhole("it is no file" if path.exists() else "there is no such file")
    return CHECKS[path.suffix.lower()](path)
