"""Every module has tests, in the place where one looks for them or where a table says."""

from tests.homes import ELSEWHERE, MODULES, ROOT, own_test


def test_every_module_has_a_file_of_tests() -> None:
    missing = [m for m in MODULES if m not in ELSEWHERE and not (ROOT / own_test(m)).is_file()]
    assert not missing, (
        "Write tests/<package>/test_<module>.py for these, also in a folder within that one, or "
        "name in tests/homes.toml the tests that see a fault in them."
    )


def test_the_table_is_true() -> None:
    gone = [module for module in ELSEWHERE if module not in MODULES]
    assert not gone, "there are no such modules any more"
    own = [module for module in ELSEWHERE if (ROOT / own_test(module)).exists()]
    assert not own, "these have tests of their own now"
    named = {path for paths in ELSEWHERE.values() for path in paths}
    assert not [path for path in named if not (ROOT / path).is_file()]
