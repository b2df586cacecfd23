"""What a film was made from, so that it can be made again in another size."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from warpviz.data.dataset import Dataset


@dataclass(frozen=True, eq=False)
class Source:
    """What `compare` was asked for.

    Attributes:
        chains: title → chain, or (chain, options of its panel).
        data: the dots.
        options: fields of `Options`.
    """

    chains: Mapping[str, Any]
    data: Dataset
    options: Mapping[str, Any]
