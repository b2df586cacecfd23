"""How sure a share is that was counted in few networks."""

import math

Z = 1.959963984540054
"""Standard deviations of a normal distribution that hold 95 % of it."""


def wilson(hits: int, count: int, z: float = Z) -> tuple[float, float]:
    """Wilson's score interval of a share: it stays within 0 … 1, also for 0 of 10.

        (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)

    Args:
        hits: how many.
        count: of how many n, at least 1.
        z: how wide; 95 % by default.

    Source: E. B. Wilson, Journal of the American Statistical Association 22, 1927.

    >>> [round(end, 4) for end in wilson(0, 10)], [round(end, 4) for end in wilson(7, 10)]
    ([0.0, 0.2775], [0.3968, 0.8922])
    """
    p, square = hits / count, z * z / count
    middle = p + square / 2
    half = math.sqrt(p * (1 - p) * square + square * square / 4)
    low, high = (middle - half) / (1 + square), (middle + half) / (1 + square)
    # At the ends the formula is exact, and its rounding is not.
    return (0.0 if hits == 0 else low), (1.0 if hits == count else high)
