"""How many examples a law is tried with: a few, always the same; or as many as one asks for."""

import os

from hypothesis import settings

ASKED = "WARPVIZ_EXAMPLES"
"""The variable that asks for so many, chosen by the seed that pytest is given."""


def examples(usual: int) -> settings:
    """The settings of a law: so many examples; machines are noisy, so that no clock decides."""
    asked = os.environ.get(ASKED)
    if asked:
        return settings(deadline=None, max_examples=int(asked), database=None)
    return settings(deadline=None, max_examples=usual, derandomize=True)
