import numpy as np
import pytest

from warpviz import WarpvizError
from warpviz.studies.times import COUNT, epochs_at


def test_logarithmic_epochs_are_evenly_spaced_in_the_logarithm() -> None:
    found = np.array(epochs_at("log:30", 10**6))
    assert found[0] == 0 and found[-1] == 10**6
    steps = np.diff(np.log(found[10:]))  # rounding is seen in the first ones
    assert np.ptp(steps) < 0.05 * steps.mean()


@pytest.mark.parametrize("epochs", [1, 2, 7, 2000])
def test_epochs_are_whole_ascend_and_stay_within_the_training(epochs: int) -> None:
    for times in ("log", "linear", "log:2"):
        found = epochs_at(times, epochs)
        assert list(found) == sorted(set(found)) and (found[0], found[-1]) == (0, epochs)
        assert len(found) <= COUNT
    assert epochs_at((epochs, 0), epochs) == (0, epochs)


@pytest.mark.parametrize("times", ["log:1", "log:x", "lin", "end:3", "", (-1,), (3.5,), ()])
def test_other_words_are_refused(times: str) -> None:
    with pytest.raises(WarpvizError, match="times expects"):
        epochs_at(times, 100)
