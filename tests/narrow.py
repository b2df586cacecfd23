"""Quick tests on a 32-bit Python: `python -m pytest -p tests.narrow -m "not slow"`.

Browsers run Python in 32 bits. The nearest that a machine without one has are Debian's packages
for i386, see `.ci/narrow`; some of what the tests need is not to be had for it, and what needs
that is left out here, by name: WARPVIZ_NO_SKIPS counts it as neither skipped nor failed.
"""

import re
from collections.abc import Generator

import pytest

OURS = ("warpviz", "tests", "gallery", "numpy", "matplotlib", "imageio", "PIL")
"""What has to be there; of all else some has no package for i386, or one that is too old."""
MISSING = (
    rf"No module named '(?!({'|'.join(OURS)})[.'])",
    r"install it with: pip install 'warpviz\[\w+\]'",
    r"warpviz\.sklearn needs scikit-learn",
    r"cannot import name '\w+' from '(sklearn|tests\.convert|tests\.trust)",
    r"XMP data cannot be read without defusedxml",
    r"graphviz's program dot is not installed",
    r"No such file or directory: '(git|node|bash|man)'",
)
OTHERS = {
    "test_the_guess_reads_the_words_and_is_told": "chardet guesses",
    "test_they_are_read[cyrillic_cp1251.csv]": "chardet guesses",
    "test_the_bundled_font_is_found_without_loading_matplotlib": "Debian keeps fonts elsewhere",
    "test_how_it_was_read_is_told[cyrillic_cp1251.csv": "chardet guesses",
    "test_three_ways_to_a_gradient_agree": "the third is torch",
    "test_formats_are_said_to_be_written_where_they_are": "onnx writes",
    "test_random_nets": "sympy is too old",
    "test_a_run_tells_time_memory_and_what_was_done": "there is no /proc",
    "test_memory_of_children_counts": "there is no /proc",
    "test_a_link_to_standard_output_is_followed": "there is no /proc",
}
"""Tests that want such a module without a word, and why."""


def lacks(text: str) -> bool:
    """Whether a failure says that something is not installed.

    >>> lacks("ModuleNotFoundError: No module named 'torch'"), lacks("TypeError: no int64")
    (True, False)
    >>> lacks("ModuleNotFoundError: No module named 'warpviz.modell'")
    False
    """
    return any(re.search(pattern, text) for pattern in MISSING)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of `OTHERS`."""
    gone = [item for item in items if any(item.name.startswith(name) for name in OTHERS)]
    config.hook.pytest_deselected(items=gone)
    items[:] = [item for item in items if item not in set(gone)]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that failed for what is not installed is left out."""
    report = yield
    if report.failed and lacks(report.longreprtext):
        report.outcome, report.longrepr = "skipped", (str(item.path), 0, "not to be had here")
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A file likewise."""
    report = yield
    if report.failed and lacks(report.longreprtext):
        report.outcome, report.longrepr = "skipped", (report.nodeid, 0, "not to be had here")
        report.result = []
    return report
