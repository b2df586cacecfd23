"""What pyproject.toml cannot say: kernels that are compiled where there is a compiler."""

import os
import sys

from setuptools import Extension, find_packages, setup

SOURCES = ["kernels.c", "picture/raster/cells.c", "picture/raster/ink.c", "output/indices.c"]
# Sums are the same everywhere only if none is contracted; MSVC contracts none.
EXACT = [] if sys.platform == "win32" else ["-O3", "-ffp-contract=off"]
PURE = os.environ.get("WARPVIZ_PURE", "") not in ("", "0")

KERNELS = Extension(
    "warpviz._kernels",
    [f"warpviz/{source}" for source in SOURCES],
    depends=["warpviz/kernels.h", "warpviz/picture/raster/exact.h"],
    extra_compile_args=EXACT,
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
