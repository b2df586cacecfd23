"""What a release is made of tells the same version, the same needs and true names."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from trove_classifiers import classifiers

from warpviz import __version__

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_the_citation_is_of_this_version() -> None:
    told = read(ROOT / "CITATION.cff")
    assert told["version"] == __version__ and told["license"] == PROJECT["license"]
    assert told["repository-code"] == PROJECT["urls"]["Repository"]
    assert set(PROJECT["keywords"]) <= set(told["keywords"])
    # What the format demands: https://github.com/citation-file-format/citation-file-format
    assert {"cff-version", "message", "title", "authors"} <= set(told)


def test_the_recipe_needs_what_the_package_needs() -> None:
    recipe = read(ROOT / "packaging" / "conda" / "recipe.yaml")
    assert recipe["context"]["version"] == __version__
    run = {each.partition(" ")[0]: each.partition(" ")[2] for each in recipe["requirements"]["run"]}
    assert run.pop("python") == PROJECT["requires-python"]
    run["matplotlib"] = run.pop("matplotlib-base")
    needs = (re.fullmatch(r"([\w-]+)(>=[\d.]+)", each) for each in PROJECT["dependencies"])
    assert run == {need[1]: need[2] for need in needs if need is not None}
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]
    needed = [each.replace(">=", " >=") for each in build["requires"]]
    assert set(needed) <= set(recipe["requirements"]["host"])
    program = [f"{name} = {where}" for name, where in PROJECT["scripts"].items()]
    assert recipe["build"]["python"]["entry_points"] == program


def test_classifiers_are_those_that_an_index_knows() -> None:
    assert set(PROJECT["classifiers"]) <= set(classifiers)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_what_workflows_name_is_there(path: Path) -> None:
    told = read(path)
    jobs = told["jobs"]
    for job in jobs.values():
        needs = job.get("needs", [])
        assert set([needs] if isinstance(needs, str) else needs) <= set(jobs)
        if "uses" in job:
            assert (ROOT / job["uses"]).is_file()
        # Nothing runs on without an end, and nothing may write that need not.
        assert "uses" in job or job.get("timeout-minutes") or "environment" in job
    assert told["permissions"] == {"contents": "read"}


def test_issue_forms_are_whole() -> None:
    for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"):
        told = read(path)
        if path.stem == "config":
            assert all({"name", "url", "about"} <= set(each) for each in told["contact_links"])
            continue
        assert told["name"] and told["description"]
        names = [each["id"] for each in told["body"]]
        assert len(names) == len(set(names)) >= 3
        assert all(each["attributes"]["label"] for each in told["body"])


def test_the_paper_cites_what_its_bibliography_has() -> None:
    site = ROOT / "gallery" / "site"
    text = (site / "paper.md").read_text(encoding="utf-8")
    entries = set(re.findall(r"^@\w+\{(\w+),", (site / "paper.bib").read_text("utf-8"), re.M))
    assert set(re.findall(r"@(\w+\d{4})", text)) == entries
    head = yaml.safe_load(text.split("---")[1])
    # What the journal's own workflow reads: https://joss.readthedocs.io/en/latest/paper.html
    assert {"title", "tags", "authors", "affiliations", "date", "bibliography"} <= set(head)
    # The journal asks for 250 to 1,000 words.
    assert 250 <= len(text.split("---", 2)[2].split()) <= 1000


IMPORT = """
import { readFileSync } from "node:fs";
const { loadPyodide } = await import(process.argv[2]);
const python = await loadPyodide();
python.unpackArchive(new Uint8Array(readFileSync(process.argv[3])), "zip");
console.log(python.runPython(`
import importlib, pkgutil, sys, warpviz
lacking, found = set(), 0
for each in pkgutil.walk_packages(warpviz.__path__, "warpviz.", onerror=lambda name: None):
    try:
        importlib.import_module(each.name)
        found += 1
    except ModuleNotFoundError as error:
        lacking.add(error.name)
f"{sys.maxsize} {warpviz.__version__} {found} {' '.join(sorted(lacking))}"
`));
"""


@pytest.mark.slow
def test_a_wheel_of_python_alone_is_imported_in_a_browser_s_python(tmp_path: Path) -> None:
    root = Path(os.environ.get("WARPVIZ_NODE_MODULES", "node_modules")).resolve()
    pyodide = root / "pyodide" / "pyodide.mjs"
    if not pyodide.is_file():
        pytest.skip("needs WARPVIZ_NODE_MODULES, where npm put pyodide")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path), str(ROOT)],
        check=True, capture_output=True, env={**os.environ, "WARPVIZ_PURE": "1"},
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name == f"warpviz-{__version__}-py3-none-any.whl"
    (tmp_path / "import.mjs").write_text(IMPORT, encoding="utf-8")
    done = subprocess.run(
        ["node", str(tmp_path / "import.mjs"), pyodide.as_uri(), str(wheel)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    largest, version, found, *lacking = done.stdout.split()
    # Of npm's packages none holds numpy; whatever needs nothing else is imported.
    assert (int(largest), version) == (2**31 - 1, __version__)
    assert int(found) > 60
    assert set(lacking) <= {
        "numpy",
        "PIL",
        "matplotlib",
        "imageio",
        "anywidget",
        "traitlets",
        "sklearn",
    }
