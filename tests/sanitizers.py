"""The compiled kernels under AddressSanitizer and UndefinedBehaviorSanitizer.

    python -m tests.sanitizers --seconds 600 --seed 0

builds them anew with both, draws random scenes, and calls them with arguments that make no sense:
other types, shapes, strides, numbers. Either a call works or it raises; anything else ends the run
with the sanitizer's report. Needs gcc.
"""

import os
import subprocess
import sys
import sysconfig
import tempfile
import time
from argparse import ArgumentParser
from importlib.machinery import ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
STRANGE = (np.nan, np.inf, -np.inf, 1e300, -1e300, 1e15, 2.0**53, -(2.0**63), 0.0, -0.0, 5e-324)


def build(folder: Path) -> Path:
    """Compile the kernels with both sanitizers."""
    target = folder / "_kernels.abi3.so"
    checks = "-fsanitize=address,undefined,float-cast-overflow"
    subprocess.run(
        [
            "gcc", "-g", "-O1", "-Wall", "-Wextra", "-Werror", "-Wno-psabi", "-ffp-contract=off",
            "-fPIC", "-shared", checks, "-fno-sanitize-recover=all",
            f"-I{sysconfig.get_path('include')}",
            *map(str, sorted((ROOT / "warpviz").rglob("*.c"))), "-o", str(target), "-lm",
        ],
        check=True,
    )  # fmt: skip
    return target


def load(path: Path) -> ModuleType:
    """The module in a file."""
    spec = spec_from_loader("_kernels", ExtensionFileLoader("_kernels", str(path)))
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def strange(argument: Any, rng: np.random.Generator) -> Any:
    """Another argument of the same kind, or of none."""
    if isinstance(argument, int | float):
        return float(rng.choice(STRANGE))
    if isinstance(argument, tuple):
        return tuple(strange(each, rng) if rng.uniform() < 0.3 else each for each in argument)
    if not isinstance(argument, np.ndarray):
        return argument
    array = argument.copy()
    match rng.integers(0, 9):
        case 0:
            return array[..., :: int(rng.choice([2, -1]))]
        case 1:
            return array.astype(rng.choice(["f4", "f8", "i8", "i4", "u1", "?", "c16", ">f8"]))
        case 2:
            return array[: int(rng.integers(0, len(array) + 1))]
        case 3:
            return np.repeat(array, int(rng.integers(0, 5)), axis=int(rng.integers(array.ndim)))
        case 4:
            return None
        case 5 if array.dtype.kind == "f" and array.size:
            with np.errstate(all="ignore"):
                array.flat[rng.integers(array.size)] = rng.choice(STRANGE)
        case 6 if array.dtype.kind == "i" and array.size:
            array.flat[rng.integers(array.size)] = rng.choice([-1, 2**62, -(2**63), 9, 4])
        case 7 if array.dtype.kind == "f":
            return array * float(rng.choice([1e3, 1e9, 1e14, -1.0, 0.0]))
        case 8 if array.dtype.kind == "i":
            return rng.integers(-(2**62), 2**62, array.shape)
    return array


def attack(seconds: float, seed: int) -> str:
    """Draw and call for so long; returns what was done."""
    from tests.geometry.straight.test_plain_cuts import good_cuts
    from tests.picture.raster.scenes import SCENES
    from tests.picture.raster.test_kernels import good
    from tests.training.test_kernel_engine import good_training
    from warpviz import compiled

    assert compiled.KERNELS is not None
    rng = np.random.default_rng(seed)
    np.seterr(all="ignore")
    end = time.monotonic() + seconds
    scenes = calls = refused = 0
    while time.monotonic() < end:
        for scene in SCENES.values():
            scene(rng)
            scenes += 1
        for name, arguments in (*good().items(), *good_training(), *good_cuts()):
            for _ in range(20):
                some = [strange(each, rng) if rng.uniform() < 0.4 else each for each in arguments]
                calls += 1
                try:
                    getattr(compiled.KERNELS, name)(*some)
                except (ValueError, TypeError, BufferError, OverflowError):
                    refused += 1
    return f"{scenes} scenes, {calls} calls of which {refused} were refused: nothing found."


def main() -> int:
    """Build, then attack in a process that has the sanitizers loaded first."""
    parser = ArgumentParser(description="The compiled kernels under sanitizers.")
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--inside", type=Path, help="the kernels, built with sanitizers")
    given = parser.parse_args()
    if given.inside:
        from warpviz import compiled

        compiled.KERNELS = load(given.inside)
        print(attack(given.seconds, given.seed))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        library = build(Path(folder))
        runtime = [
            subprocess.run(
                ["gcc", f"-print-file-name={name}"], check=True, capture_output=True, text=True
            ).stdout.strip()
            for name in ("libasan.so", "libubsan.so")
        ]
        return subprocess.run(
            [sys.executable, "-m", "tests.sanitizers", "--inside", str(library),
             "--seconds", str(given.seconds), "--seed", str(given.seed)],
            cwd=ROOT,
            env=os.environ
            | {"LD_PRELOAD": " ".join(runtime), "ASAN_OPTIONS": "detect_leaks=0",
               "PYTHONMALLOC": "malloc"},
        ).returncode  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
