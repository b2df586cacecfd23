"""A language that marks what is said, what stands unmarked, and the chain that speaks it."""

import re

import warpviz as wv
from warpviz.languages import language as languages
from warpviz.model import ACTIVATIONS

RINGS = wv.load_data("rings", n=60, seed=0)
CHAIN = wv.mlp([2, 3, 2], "relu", seed=0)
NAMES = {
    *ACTIVATIONS, "softmax", "rings", "blobs", "data", "left", "right", "exp", "sin", "lambda",
    "max", "min", "else", "label", "path", "descent", "mathdefault", "times",
    "layers", "leaky", "batch", "rate", "seed",
}  # fmt: skip
"""What nobody translates: names of activations, data sets, models and these panels; formulas, and
the settings of a run as they are stored."""


def marked(sentence: str) -> str:
    """A sentence whose own words are marked, and not what is put in."""

    def forms(found: re.Match[str]) -> str:
        name, words = found.groups()
        if words is None:
            return f"»{{{name}}}«"
        return f"»{{{name}:{'|'.join(f'«{each}»' for each in words.split('|'))}}}«"

    return f"«{languages.PART.sub(forms, sentence)}»"


def unmarked(text: str) -> set[str]:
    """Words that stand between no marks."""
    while (inner := re.sub(r"«[^«»]*»", " ", text)) != text:
        text = inner
    assert not set(text) & set("«»"), text
    return set(re.findall(r"[A-Za-z]{3,}", text)) - NAMES
