"""Files that appear whole or not at all: write beside the target, then take its place."""

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warpviz.drafts import drafting, put
from warpviz.errors import WarpvizError
from warpviz.windows import unusable

WINDOWS = os.name == "nt"
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def check_writable(path: str | os.PathLike[str]) -> Path:
    """Tell before any work whether a file can be written there.

    Links are followed: what counts is the file that they lead to.

    Returns:
        The path as it was given, as a Path.

    Raises:
        WarpvizError: the folder is missing or closed to us, the path is a folder or a file that
            may not be written, or Windows has no such names.

    >>> check_writable("no-such-folder/fold.gif")
    Traceback (most recent call last):
    ...
    warpviz.errors.WarpvizError: Cannot write no-such-folder/fold.gif: the folder no-such-folder \
does not exist; create it first.
    """
    path = Path(path)
    if WINDOWS and (why := unusable(path.name)):
        raise WarpvizError(f"Cannot write {path}: {why}; choose another name.")
    try:
        mode = _mode(target := _behind_links(path))
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise WarpvizError(f"Cannot write {path}: {reason}; choose another path.") from error
    folder = target.parent
    if mode is not None and stat.S_ISDIR(mode):
        raise WarpvizError(f"Cannot write {path}: it is a folder; add a file name.")
    if mode is not None and (stat.S_ISBLK(mode) or stat.S_ISSOCK(mode)):
        raise WarpvizError(f"Cannot write {path}: it is a disk or a socket; choose another path.")
    if not os.path.exists(folder):
        raise WarpvizError(
            f"Cannot write {path}: the folder {folder} does not exist; create it first."
        )
    if not os.path.isdir(folder):
        raise WarpvizError(f"Cannot write {path}: {folder} is not a folder; choose another path.")
    if mode is not None and not os.access(target, os.W_OK):
        raise WarpvizError(f"Cannot write {path}: the file is read-only; choose another path.")
    if not _is_special(mode) and not os.access(folder, os.W_OK | os.X_OK):
        raise WarpvizError(
            f"Cannot write {path}: the folder {folder} is not writable; choose another folder."
        )
    return path


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Yield a path to write to; put that file in place of `path` only if the block ends well.

    On any exception, Ctrl-C too, what was written is removed and an earlier file stays as it
    was. The new file has the earlier one's permissions, or the usual ones of a new file. A link
    stays a link: the file that it leads to is replaced. A device or a pipe cannot be replaced,
    nor written twice at a place: it is given the whole file in the end.

    Raises:
        WarpvizError: as `check_writable`, the disk is full, or, on Windows, another program has
            the file open.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with replacing(f"{folder}/a.txt") as draft:
    ...         _ = draft.write_text("whole")
    ...     [file.name for file in Path(folder).iterdir()]
    ['a.txt']
    """
    path = check_writable(path)
    target = _behind_links(path)
    mode = _mode(target)
    special = _is_special(mode)
    kept = "the earlier file is kept; " if mode is not None and not special else ""
    try:
        # The suffix is kept because libraries choose their format by it; the name is short because
        # the target's own name may be as long as the file system allows.
        with drafting(beside(path), path.suffix) as draft:
            _make(draft, path)
            if mode is not None and not special:
                os.chmod(draft, stat.S_IMODE(mode))
            yield draft
            if special:
                _pour(draft, path)
                return
            try:
                put(draft, target)
            except PermissionError as error:
                raise WarpvizError(
                    f"Cannot write {path}: it may not be replaced now ({error.strerror}); {kept}"
                    "close the program that has it open, or choose another name."
                ) from error
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise WarpvizError(
            f"Cannot write {path}: the disk is full; {kept}make room or choose another disk."
        ) from error


def beside(path: Path) -> Path:
    """The folder of what a file is made from: its own; of a device or pipe, one for such files."""
    if _is_special(_mode(path)):
        return Path(tempfile.gettempdir())
    return _behind_links(path).parent


def _make(draft: Path, path: Path) -> None:
    """Make a draft, here, so that the umask applies to it as to any new file."""
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    except OSError as error:
        if error.errno in FULL:
            raise
        raise WarpvizError(
            f"Cannot write {path}: its folder takes no file ({error.strerror}); "
            "choose another folder."
        ) from error


def _pour(draft: Path, path: Path) -> None:
    """Give a whole file to a device or a pipe."""
    try:
        with draft.open("rb") as source, path.open("wb") as sink:
            shutil.copyfileobj(source, sink)
    except OSError as error:
        if error.errno in FULL:
            raise
        raise WarpvizError(
            f"Cannot write {path}: it takes no more ({error.strerror}); choose another path."
        ) from error


def _behind_links(path: Path) -> Path:
    """The file that a link leads to, or the path itself, unchanged; also of a device or pipe.

    A link such as /dev/stdout leads to a pipe without a name.
    """
    if path.is_symlink() and not _is_special(_mode(path)):
        return Path(os.path.realpath(path))
    return path


def _mode(path: Path) -> int | None:
    """Kind and permissions of what is there; None for nothing."""
    try:
        return os.stat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None


def _is_special(mode: int | None) -> bool:
    """Whether it is a device, pipe or socket."""
    return mode is not None and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)
