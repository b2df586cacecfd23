"""A number of the C sources, which kernels are told when they are compiled.

They are used with these sources alone. Nobody has to remember it: the number changes with every
change of a source.
"""

import os
from pathlib import Path
from zlib import crc32

FIRST = "kernels.c"
"""Where this source is not, none is: a wheel is not searched at every start."""


def stamp_of(package: Path) -> int | None:
    """A number of all C files below a folder; None without any, as in an installed wheel.

    >>> stamp_of(Path("no-such-folder"))
    """
    if not (package / FIRST).exists():
        return None
    files = []
    for folder, rooms, names in os.walk(package):
        rooms[:] = [room for room in rooms if room != "__pycache__"]
        files += [Path(folder, name) for name in names if name.endswith((".c", ".h"))]
    return crc32(b"\0".join(file.read_bytes() for file in sorted(files)))
