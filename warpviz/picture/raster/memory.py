"""Memory that is used again for every frame."""

import numpy as np


def keep_memory() -> None:
    """Have freed arrays kept for the next ones instead of given back to the system.

    The C library of Linux learns from the largest block that was freed: smaller ones then stay
    with the process. Otherwise every large array costs a page fault for each 4 KB, more than half
    of the time. The block is never touched, so it takes no memory.
    """
    np.empty(31 * 2**20, dtype=np.uint8)
