"""What pyproject.toml cannot say: kernels that are compiled where there is a compiler."""

import os
import sys
from pathlib import Path
from runpy import run_path

from setuptools import Extension, find_packages, setup

SOURCES = [
    "kernels.c", "buffers.c", "motion/perspective.c", "motion/entries.c",
    "geometry/straight/cut.c", "geometry/straight/bend.c", "geometry/straight/entries.c",
    "picture/raster/cells.c", "picture/raster/shading.c", "picture/raster/sheets.c",
    "picture/raster/ink.c", "picture/raster/dots.c",
    "picture/raster/entries.c",
    "picture/marks/stamps.c", "picture/marks/entries.c",
    "output/indices.c", "output/lzw.c", "output/entries.c",
    "training/kernel/train.c", "training/kernel/entry.c",
]  # fmt: skip
# Sums are the same everywhere only if none is contracted; MSVC contracts none.
EXACT = (
    []
    if sys.platform == "win32"
    else ["-O3", "-ffp-contract=off", "-fno-math-errno", "-Wno-psabi", "-g0"]
)
# Run, not imported: kernels of before must not be loaded while they are replaced.
STAMP = run_path("warpviz/stamp.py")["stamp_of"](Path("warpviz"))
PURE = os.environ.get("WARPVIZ_PURE", "") not in ("", "0")

KERNELS = Extension(
    "warpviz._kernels",
    [f"warpviz/{source}" for source in SOURCES],
    define_macros=[("STAMP", f"{STAMP}u")],
    depends=[str(each) for each in Path("warpviz").rglob("*.h")],
    extra_compile_args=EXACT,
    libraries=[] if sys.platform == "win32" else ["m"],
    optional=True,  # Without a compiler the installation goes on; numpy does it all.
    py_limited_api=True,
)

setup(
    # The gallery's scripts travel in the wheel, so that `warpviz gallery` works when installed.
    packages=[*find_packages(include=["warpviz", "warpviz.*"]), "warpviz._gallery"],
    package_dir={"warpviz._gallery": "gallery"},
    ext_modules=[] if PURE else [KERNELS],
    options={} if PURE else {"bdist_wheel": {"py_limited_api": "cp311"}},
)
