"""What is said of models of JAX."""

import pytest


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """JAX takes seconds to import: among the quick tests are none of it."""
    return True if config.getoption("markexpr") == "not slow" else None
