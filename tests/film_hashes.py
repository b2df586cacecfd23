"""What films, pages and stills hash to: run it before and after a change that may move none.

python -m tests.film_hashes

Goes through the command line alone, so that it runs on every commit. One line a file.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SMALL = ["--size", "320x240", "--seconds", "0.4", "--hold", "0.1"]
FILMS: dict[str, list[str]] = {
    "relu": ["render", "-o", "a.gif", "-o", "a.mp4", "-o", "a.html", "-o", "a.svg", *SMALL],
    "tanh-light": ["render", "--activation", "tanh", "--theme", "light", "-o", "a.gif", *SMALL],
    "gelu-why": ["render", "--activation", "gelu", "--caption", "why", "-o", "a.gif", *SMALL],
    "formula": ["render", "--caption", "formula", "--seed", "1", "-o", "a.gif", *SMALL],
    "measures": ["render", "--show", "measures", "--data", "moons", "-o", "a.apng", *SMALL],
    "units": ["render", "--one-by-one", "--softmax", "--motion", "lerp", "-o", "a.webp", *SMALL],
    "wide": [
        "render",
        "--layers",
        "8,8",
        "--data",
        "spirals",
        "-o",
        "a.gif",
        "-o",
        "a.html",
        *SMALL,
    ],
    "flat": ["render", "--view", "2d", "--whole-layers", "--data", "xor", "-o", "a.gif", *SMALL],
    "compare": ["compare", "relu", "tanh", "sin", "-o", "a.gif", "-o", "a.html", "-o", "a.pdf"],
    "strip": ["render", "--filmstrip", "-o", "a.png"],
    "moment": ["render", "--at", "2.5", "-o", "a.png", "-o", "a.svg"],
    "classic": ["render", "--classic", "--epochs", "2000", "--rounds", "2", "-o", "a.gif"],
    "training": ["train", "--epochs", "200", "-o", "m.npz", "--film", "a.gif"],
    "approximate": ["approximate", "exp", "--iterations", "200", "-o", "a.gif"],
    "landscape": ["landscape", "--epochs", "50", "-o", "a.gif", "-o", "a.svg"],
    "line": ["landscape", "--line", "-o", "a.png"],
    "regions": ["regions", "m.npz", "-o", "r.svg", "-o", "r.png"],
    "plot": ["plot", "m.npz", "-o", "p.svg", "-o", "p.png"],
    "graph": ["graph", "m.npz", "-o", "g.svg"],
    "formulas": ["formula", "m.npz", "-o", "f.svg"],
    "sources": ["export", "m.npz", "-o", "net.py", "-o", "net.c"],
}


def main() -> int:
    """Make every film in an empty folder and print the hash of each file and of what was told."""
    with tempfile.TemporaryDirectory() as folder:
        before: dict[Path, bytes] = {}
        for name, words in FILMS.items():
            done = subprocess.run(
                [sys.executable, "-m", "warpviz", *words],
                cwd=folder, capture_output=True, env={**os.environ, "PYTHONPATH": os.getcwd()},
            )  # fmt: skip
            if done.returncode:
                print(f"{name:12} exit {done.returncode}: {done.stderr.decode().strip()[:100]}")
            for file in sorted(Path(folder).iterdir()):
                data = file.read_bytes()
                if before.get(file) != data:
                    before[file] = data
                    print(
                        f"{name:12} {file.name:8} {hashlib.sha256(data).hexdigest()[:20]}",
                        flush=True,
                    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
