"""The rule of `.ci/run`: with WARPVIZ_NO_SKIPS set, a test that is skipped has failed."""

import os
from collections.abc import Generator

import pytest

STRICT = os.environ.get("WARPVIZ_NO_SKIPS", "") not in ("", "0")


def reason_of(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Why something was skipped, or "" where it was not."""
    if not report.skipped:
        return ""
    if hasattr(report, "wasxfail"):
        return f"expected to fail: {report.wasxfail}"
    return str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)


def refuse(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure that names its reason."""
    reason = reason_of(report)
    if STRICT and reason:
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} may not be skipped: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Of single tests."""
    report = yield
    refuse(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Of whole files."""
    report = yield
    refuse(report)
    return report
