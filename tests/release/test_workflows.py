"""What runs elsewhere asks for what there is here."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from tests.trust.__main__ import ATTACKS

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def jobs_of(path: Path) -> dict[str, Any]:
    jobs: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))["jobs"]
    return jobs


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_job_runs_without_end(path: Path) -> None:
    for name, job in jobs_of(path).items():
        assert "timeout-minutes" in job or "uses" in job, name
        assert all("run" in step or "uses" in step for step in job.get("steps", []))


def test_every_system_and_the_oldest_python_are_tried() -> None:
    matrix = jobs_of(ROOT / ".github" / "workflows" / "tests.yml")["quick"]["strategy"]["matrix"]
    assert {system.partition("-")[0] for system in matrix["os"]} == {"ubuntu", "windows", "macos"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["requires-python"] == f">={matrix['python'][0]}"


def test_every_attack_is_run_each_week() -> None:
    trust = jobs_of(ROOT / ".github" / "workflows" / "tests.yml")["trust"]
    attacks = trust["strategy"]["matrix"]["attack"]
    assert sorted(each.partition(" ")[0] for each in attacks) == sorted(ATTACKS)
