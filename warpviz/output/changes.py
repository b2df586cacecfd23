"""What changed between two pictures: the rectangle that formats with patches draw."""

import numpy as np

from warpviz import compiled
from warpviz.arrays import Bools, Pixels

KEPT = 255
"""The index of a pixel that stays as it is."""


def patch_of(shown: Pixels, indices: Pixels, visible: Bools) -> tuple[Pixels, tuple[int, int]]:
    """Bring `shown` up to date in place; return the smallest patch that does so, and its corner."""
    if compiled.KERNELS is not None and indices.flags.c_contiguous:
        patch = np.empty_like(indices)
        x0, y0, x1, y1 = compiled.KERNELS.patch(shown, indices, visible, patch)
        return patch[y0:y1, x0:x1], (x0, y0)
    other = np.flatnonzero(shown != indices)
    before, after = shown.ravel(), indices.ravel()
    pairs = before[other].astype(np.intp) << 8 | after[other]
    other = other[visible.take(pairs, mode="clip")]
    before[other] = after[other]
    changed = np.zeros(shown.shape, dtype=np.bool_)
    changed.ravel()[other] = True
    box = box_of(changed)
    patch = np.where(changed[box], indices[box], np.uint8(KEPT))
    return patch, (box[1].start, box[0].start)


def box_of(mask: Bools) -> tuple[slice, slice]:
    """Rows and columns that hold every True; the first pixel alone where there is none."""
    rows = np.flatnonzero(mask.any(axis=1))
    if not len(rows):
        return slice(0, 1), slice(0, 1)
    high = slice(int(rows[0]), int(rows[-1]) + 1)
    columns = np.flatnonzero(mask[high].any(axis=0))
    return high, slice(int(columns[0]), int(columns[-1]) + 1)
