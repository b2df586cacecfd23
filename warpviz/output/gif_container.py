"""The bytes of a GIF89a: header, extensions, image blocks. Source: GIF89a specification, 1990."""

from struct import pack

import numpy as np

from warpviz import compiled
from warpviz.arrays import Pixels

TRANSPARENT = 255
TRAILER = b";"

_KEEP = 1 << 2  # disposal: the picture stays, the next frame is drawn over it
_CODE_SIZE = b"\x08"  # Pillow's encoder always starts from 8-bit symbols


def header(size: tuple[int, int], palette: Pixels, loop: int, comment: str) -> bytes:
    r"""Everything before the first frame.

    Args:
        size: (width, height) in pixels, each at most 65535.
        palette: (P, 3) uint8, P ≤ 255; the unused entries of the 256 are black.
        loop: total plays, 0 for ever. The NETSCAPE block counts repetitions, so 1 writes none.
        comment: text of any length, stored as UTF-8.

    >>> header((640, 480), np.zeros((2, 3), dtype=np.uint8), 1, "")[:10]
    b'GIF89a\x80\x02\xe0\x01'
    """
    # 0xF7: a global table of 2^(7+1) colours, 8 bits a channel.
    parts = [b"GIF89a", pack("<HHBBB", *size, 0xF7, 0, 0), palette.tobytes().ljust(768, b"\0")]
    if loop != 1:
        repetitions = loop - 1 if loop else 0
        parts.append(b"!\xff\x0bNETSCAPE2.0" + pack("<BBHB", 3, 1, repetitions, 0))
    if comment:
        parts.append(b"!\xfe" + sub_blocks(comment.encode()))
    return b"".join(parts)


def image(indices: Pixels, corner: tuple[int, int], delay: int, *, transparent: bool) -> bytes:
    """One frame: its time and the rectangle that it draws.

    Args:
        indices: (h, w) uint8, the rectangle.
        corner: (left, top) of the rectangle in the film, pixels.
        delay: time on screen, centiseconds, at most 65535.
        transparent: whether index 255 leaves the pixel below as it is.
    """
    height, width = indices.shape
    control = pack("<BHB", _KEEP | transparent, delay, TRANSPARENT if transparent else 0)
    place = pack("<HHHHB", *corner, width, height, 0)
    return b"!\xf9\x04" + control + b"\0," + place + _CODE_SIZE + compress(indices)


def compress(indices: Pixels) -> bytes:
    """(h, w) uint8 → its LZW codes in sub-blocks, terminated.

    Pillow's encoder in C, reached through `Image.tobytes`: the same codes as `Image.save` writes,
    without the palette handling around it that could renumber the colours. The kernel gives the
    same bytes and counts runs of kept pixels; meanwhile other threads draw.
    """
    if compiled.KERNELS is not None:
        rows = indices if indices.strides[1] == 1 else np.ascontiguousarray(indices)
        return bytes(compiled.KERNELS.codes(rows))
    from PIL import Image

    picture = Image.fromarray(np.ascontiguousarray(indices))
    # Arguments: symbols as they are in memory, 8 bits each, rows in order (not interlaced).
    return picture.tobytes("gif", "L", 8, 0) + b"\0"


def sub_blocks(data: bytes) -> bytes:
    r"""Data in blocks of at most 255 bytes, each after its length, closed by an empty one.

    >>> sub_blocks(b"fold")
    b'\x04fold\x00'
    """
    starts = range(0, len(data), 255)
    return b"".join(pack("B", len(data[i : i + 255])) + data[i : i + 255] for i in starts) + b"\0"
