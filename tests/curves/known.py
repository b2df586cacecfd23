"""What is found of an activation, once for all tests."""

from functools import cache

import warpviz as wv
from warpviz.curves.facts import Facts, facts_of


@cache
def facts(name: str) -> Facts:
    return facts_of(wv.ACTIVATIONS[name])
