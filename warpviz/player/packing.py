"""A tree of plain values and arrays as a short text that a browser can read.

tree ──► header (JSON, arrays replaced by places) + arrays ──► zlib ──► base64

Bytes of equal weight stand together, and whole numbers as differences: so they deflate well.
zlib's checksum tells a damaged text from a whole one.
"""

import base64
import json
import zlib
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Floats

KINDS = {"u1": np.uint8, "u2": np.uint16, "u4": np.uint32, "f4": np.float32, "f8": np.float64}
"""The types that arrays may have, all little-endian."""


STEPS = 2**16 - 1
"""Of a coordinate or a probability, from its least to its most."""


def pack(tree: Any) -> str:
    """A tree of dicts, lists, texts, numbers and arrays as text; arrays are of `KINDS`.

    >>> tree = {"name": "x", "values": np.array([1.0, 2.5])}
    >>> unpack(pack(tree))["values"]
    array([1. , 2.5])
    """
    blobs: list[bytes] = []
    header = json.dumps(
        _lifted(tree, blobs), ensure_ascii=False, allow_nan=False, separators=(",", ":")
    ).encode()
    whole = len(header).to_bytes(4, "little") + header + b"".join(blobs)
    squeezer = zlib.compressobj(9)
    return base64.b64encode(squeezer.compress(whole) + squeezer.flush()).decode()


def unpack(text: str) -> Any:
    """The tree that `pack` made into a text."""
    whole = zlib.decompress(base64.b64decode(text))
    end = 4 + int.from_bytes(whole[:4], "little")
    return _restored(json.loads(whole[4:end]), whole[end:])


def whole_numbers(values: npt.ArrayLike) -> npt.NDArray[Any]:
    """Numbers ≥ 0 in the smallest type that holds them.

    >>> whole_numbers([1, 70_000]).dtype
    dtype('uint32')
    """
    array = np.asarray(values)
    largest = int(array.max(initial=0))
    return array.astype(np.uint8 if largest < 2**8 else np.uint16 if largest < 2**16 else np.uint32)


def quantised(keyframes: Floats) -> dict[str, npt.NDArray[Any]]:
    """Keyframes (K, N, D) in `STEPS` steps of each one's box.

    Returns:
        low and span (K, D) of the boxes, and steps (K, D, N): x = low + span·steps / STEPS.
    """
    low, high = keyframes.min(axis=1), keyframes.max(axis=1)
    span = high - low
    share = (keyframes - low[:, None]) / np.where(span > 0, span, 1.0)[:, None]
    # One axis after the other: neighbours are alike.
    steps = np.rint(share * STEPS).astype(np.uint16).transpose(0, 2, 1)
    return {"low": low, "span": span, "steps": np.ascontiguousarray(steps)}


def _lifted(node: Any, blobs: list[bytes]) -> Any:
    """The tree with arrays replaced by {"$": [kind, place, shape]}, their bytes in `blobs`."""
    if isinstance(node, np.ndarray):
        kind = f"{node.dtype.kind}{node.dtype.itemsize}"
        flat = np.ascontiguousarray(node, dtype=KINDS[kind]).ravel()
        if flat.dtype.kind == "u":
            flat = np.diff(flat, prepend=flat.dtype.type(0))
        place = sum(map(len, blobs))
        planes = flat.astype(flat.dtype.newbyteorder("<")).view(np.uint8)
        blobs.append(planes.reshape(-1, flat.dtype.itemsize).T.tobytes())
        return {"$": [kind, place, list(node.shape)]}
    if isinstance(node, dict):
        return {key: _lifted(value, blobs) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_lifted(value, blobs) for value in node]
    return node.item() if isinstance(node, np.generic) else node


def _restored(node: Any, blob: bytes) -> Any:
    if isinstance(node, list):
        return [_restored(value, blob) for value in node]
    if not isinstance(node, dict):
        return node
    if "$" not in node:
        return {key: _restored(value, blob) for key, value in node.items()}
    kind, place, shape = node["$"]
    dtype = np.dtype(KINDS[kind]).newbyteorder("<")
    count = int(np.prod(shape, dtype=np.int64))
    planes = np.frombuffer(blob, np.uint8, count * dtype.itemsize, place)
    flat = planes.reshape(dtype.itemsize, count).T.copy().view(dtype).ravel().astype(KINDS[kind])
    if kind.startswith("u"):
        flat = np.cumsum(flat, dtype=KINDS[kind])
    return flat.reshape(shape)
