"""A canvas as the palette indices of a film's files."""

import numpy as np

from warpviz import compiled
from warpviz.arrays import Pixels
from warpviz.output.lookup import to_indices
from warpviz.picture.raster.blend import Canvas, levels


def canvas_indices(canvas: Canvas, table: Pixels) -> Pixels:
    """(3, H, W) canvas → (H, W) uint8: `to_indices` of its `levels`, in one pass where it can be.

    >>> table = np.arange(64**3, dtype=np.uint32).astype(np.uint8)  # the bin's blue
    >>> canvas_indices(np.full((3, 1, 1), 8.6, dtype=np.float32), table)
    array([[130]], dtype=uint8)
    """
    if compiled.KERNELS is None:
        return to_indices(np.moveaxis(levels(canvas), 0, -1), table)
    indices = np.empty(canvas.shape[1:], dtype=np.uint8)
    compiled.KERNELS.canvas_indices(canvas, table, indices)
    return indices
