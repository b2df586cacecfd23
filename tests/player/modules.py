"""The player's modules in a folder, as node, its test runner and a type checker read them.

python -m tests.player.modules FOLDER writes them there.
"""

import json
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from warpviz.laboratory.given import MATHEMATICS, known_module, mathematics_source
from warpviz.laboratory.measuring import measuring_module
from warpviz.laboratory.page import PAGE_MODULES, held_source
from warpviz.laboratory.seeing import seeing_module
from warpviz.model import ACTIVATIONS
from warpviz.player.engine import ENGINE, given_modules, module_texts
from warpviz.player.page import SCREEN

MODULES = tuple(
    f"{name}.js"
    for name in (
        *ENGINE,
        *(f"ui/{name}" for name in SCREEN),
        *MATHEMATICS,
        *PAGE_MODULES,
    )
)
"""All of them, in the order in which they are joined."""
_HOME = Path(str(files("warpviz.player"))) / "js"
FILES = tuple(sorted(file.relative_to(_HOME).as_posix() for file in _HOME.rglob("*.*s")))
"""What there is in their folder: modules and types."""


GIVEN = {
    **given_modules(ACTIVATIONS),
    "lab/known.js": known_module(),
    "lab/seeing.js": seeing_module(),
    "lab/measuring.js": measuring_module(),
}
"""What Python writes of them."""


def laboratory_source() -> str:
    """What the laboratory's page has besides."""
    return mathematics_source() + held_source()


def write_modules(folder: Path) -> Path:
    """Write the modules, what Python gives them, and their types, into a folder."""
    types = [name for name in FILES if name.endswith(".d.ts")]
    for name, text in {**module_texts([*MODULES, *types]), **GIVEN}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "package.json").write_text('{"type": "module"}\n', encoding="utf-8")
    return folder


def node(code: str, folder: Path, *values: Any) -> Any:
    """What a module's code writes as JSON; `values` are in its array `given`."""
    program = shutil.which("node")
    if program is None:
        pytest.skip("needs node: apt-get install nodejs")
    text = (
        'import { readFileSync } from "node:fs";\n'
        'const given = JSON.parse(readFileSync(0, "utf8"));\n'
        "const told = (value) => process.stdout.write(JSON.stringify(value));\n" + code
    )
    done = subprocess.run(
        [program, "--input-type=module", "-e", text],
        cwd=folder, input=json.dumps(values), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


if __name__ == "__main__":
    write_modules(Path(sys.argv[1]))
