"""A number of the C sources, which kernels are told when they are compiled.

They are used with these sources alone. Nobody has to remember it: the number changes with every
change of a source.
"""

from pathlib import Path
from zlib import crc32


def stamp_of(package: Path) -> int | None:
    """A number of all C files below a folder; None without any, as in an installed wheel.

    >>> stamp_of(Path("no-such-folder"))
    """
    files = sorted(package.rglob("*.[ch]"))
    return crc32(b"\0".join(file.read_bytes() for file in files)) if files else None
