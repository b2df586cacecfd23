"""Drafts: what is written beside a file until it is whole, and what a killed run has left.

A draft is called `.warpviz-NUMBER-PLACE-RANDOM.suffix`, by the number of its process and the
machine that counts so; a draft whose process is no more is removed by the next run that writes
in its folder.
"""

import os
import platform
import re
import secrets
import shutil
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

NAME = re.compile(r"\.warpviz-(?P<process>\d+)-(?P<place>[0-9a-f]{8})-[0-9a-f]{12}(\..*)?", re.S)
WAITS = (0.05, 0.1, 0.2, 0.4, 0.8) if sys.platform == "win32" else ()
"""Seconds before another attempt: on Windows no file is replaced while a program has it open, and
one that looks for viruses opens each for a moment."""
_LIVE: set[Path] = set()
_ASIDE: dict[Path, Path] = {}
_PLACED: dict[Path, set[int]] = {}


@contextmanager
def drafting(folder: Path, suffix: str = "") -> Iterator[Path]:
    """Yield a free path in a folder; what stands there when the block ends is removed.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with drafting(Path(folder), ".txt") as draft:
    ...         _ = draft.write_text("half")
    ...         is_draft(draft.name)
    ...     os.listdir(folder)
    True
    []
    """
    _sweep(os.path.realpath(folder))
    random = secrets.token_hex(6)
    draft = folder / f".warpviz-{os.getpid()}-{_place()}-{random}{suffix}"
    _LIVE.add(draft)
    try:
        yield draft
    finally:
        _remove(draft)
        _LIVE.discard(draft)


def is_draft(name: str) -> bool:
    """Whether a file's name is that of a draft."""
    return NAME.fullmatch(name) is not None


def put(draft: Path, target: Path) -> None:
    """Put what is whole in a file's place.

    Raises:
        OSError: the file cannot be replaced; it is as it was.
    """
    # Known by its number before it is there: an interruption may come in between.
    _PLACED.setdefault(target, set()).add(os.stat(draft).st_ino)
    for seconds in WAITS:
        with suppress(PermissionError):
            os.replace(draft, target)
            return
        time.sleep(seconds)
    os.replace(draft, target)


def put_folder(draft: Path, target: Path) -> None:
    """Put a whole folder in the place of another one, or of none.

    Raises:
        OSError: the folder cannot be moved; it is as it was.
    """
    aside = target.with_name(f"{target.name[:200]}-before-{secrets.token_hex(6)}")
    _ASIDE[aside] = target
    _PLACED.setdefault(target, set()).add(os.stat(draft).st_ino)
    try:
        if target.exists():
            shutil.copymode(target, draft)
            target.rename(aside)
        draft.rename(target)
    finally:
        if aside.exists():
            aside.rename(draft if target.exists() else target)
        del _ASIDE[aside]


def begin() -> None:
    """Forget which files were written: a command begins."""
    _PLACED.clear()


def placed() -> list[Path]:
    """The files and folders that were written since `begin`."""
    found = []
    for path, numbers in _PLACED.items():
        with suppress(OSError):
            if os.stat(path).st_ino in numbers:
                found.append(path)
    return found


def abandon() -> None:
    """Remove all drafts of this process, which is about to end."""
    for aside, target in _ASIDE.copy().items():
        if aside.exists() and not target.exists():
            aside.rename(target)
    for draft in _LIVE.copy():
        _remove(draft)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


@cache
def _sweep(folder: str) -> None:
    """Remove the drafts of runs that are no more; once a folder and process."""
    with suppress(OSError):
        names = [found for name in os.listdir(folder) if (found := NAME.fullmatch(name))]
        for found in names:
            if found["place"] == _place() and not _is_used(found[0], int(found["process"])):
                _remove(Path(folder, found[0]))


def _is_used(name: str, process: int) -> bool:
    if process == os.getpid():
        return name in {draft.name for draft in _LIVE.copy()}
    return _runs(process)


def _runs(process: int) -> bool:
    """Whether a process runs on this machine."""
    if sys.platform == "win32":  # os.kill would end it there
        import ctypes

        limited, denied = 0x1000, 5
        handle = ctypes.windll.kernel32.OpenProcess(limited, False, process)
        if not handle:
            return bool(ctypes.windll.kernel32.GetLastError() == denied)
        # Nothing is waited for: 0 says that it has ended.
        ended = ctypes.windll.kernel32.WaitForSingleObject(handle, 0) == 0
        ctypes.windll.kernel32.CloseHandle(handle)
        return not ended
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


@cache
def _place() -> str:
    """Who counts processes here: folders are shared by machines, and by containers on one."""
    namespace = ""
    with suppress(OSError):
        namespace = os.readlink("/proc/self/ns/pid")
    return f"{zlib.crc32(f'{platform.node()} {namespace}'.encode()):08x}"
