"""A package of Office without the time of its writing, so that equal decks are equal files."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""What a zip's clock begins with: it has no way to say nothing."""
KINDS = "[Content_Types].xml"
"""The part that readers look for first."""
PACKED = (".mp4", ".png", ".jpg", ".jpeg")
"""What deflate makes no smaller."""


def timeless(package: bytes) -> bytes:
    """The same parts, in the order of their names, all written at the same time.

    >>> packed = BytesIO()
    >>> with ZipFile(packed, "w") as file:
    ...     file.writestr("b.xml", "<b/>"), file.writestr(KINDS, "<Types/>")
    (None, None)
    >>> ZipFile(BytesIO(timeless(packed.getvalue()))).namelist()
    ['[Content_Types].xml', 'b.xml']
    """
    target = BytesIO()
    with ZipFile(BytesIO(package)) as source, ZipFile(target, "w") as packed:
        for name in sorted(source.namelist(), key=lambda name: (name != KINDS, name)):
            part = ZipInfo(name, EARLIEST)
            part.compress_type = ZIP_STORED if name.endswith(PACKED) else ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            packed.writestr(part, source.read(name))
    return target.getvalue()
