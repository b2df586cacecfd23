import pytest

from warpviz.data import DATASETS, LAYERS
from warpviz.data.collections import WIDER
from warpviz.data.layers import layers_of


def test_each_data_set_has_its_own() -> None:
    for name, maker in DATASETS.items():
        assert layers_of(name) == layers_of(f"{name}:5") == maker.layers
    for name, layers in WIDER.items():
        assert layers_of(name) == layers


@pytest.mark.parametrize("name", ["flowers.csv", "", "y > sin(x)"])
def test_what_is_no_entry_has_the_usual_ones(name: str) -> None:
    assert layers_of(name) == LAYERS
