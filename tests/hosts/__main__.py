"""Every host that is installed makes a page or a talk of a snippet, and Chromium watches the film.

python -m tests.hosts [HOST …]      npm install @slidev/cli @slidev/theme-default
                                    @marp-team/marp-cli @observablehq/framework reveal.js tinymce

tells each host's version and what was seen; it fails where one is missing or its film does not
play, and takes some two minutes, most of them Slidev's build.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.hosts.building import HOSTS
from tests.hosts.pages import latex
from tests.hosts.programs import PLAYER
from tests.hosts.watching import serving, stopped, watch
from warpviz.data import make_data
from warpviz.film.build import animate
from warpviz.model import mlp

LATEX = "latex"


def main(names: list[str]) -> int:
    """Go through the hosts; how many failed."""
    film = animate(
        mlp([2, 3, 2], "tanh", seed=3), make_data("rings", n=60), size=(320, 240), seconds=0.3,
        hold=0.1, title="a ``` {{x}} </iframe> \"'",
    )  # fmt: skip
    failed = 0
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as place:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name in names:
            folder = Path(place) / name
            folder.mkdir()
            began = time.monotonic()
            try:
                if name == LATEX:
                    film.save_frames(folder / "frames")
                    script, program = latex(folder, folder / "frames", "0")
                    waits = len(stopped(script))
                    seen = f"a PDF of {len(film)} pictures that waits {waits} times for a click"
                else:
                    film.save(folder / PLAYER)
                    built = HOSTS[name](folder)
                    program = built.program
                    tab = browser.new_page(viewport={"width": 960, "height": 700})
                    with serving(folder) as address:
                        tab.goto(f"{address}/{built.page}")
                        seen = watch(tab, built)
                        tab.close()
            except (Exception, pytest.skip.Exception) as error:
                failed += 1
                program, seen = "FAILED", str(error)
            print(f"{name:16} {program}: {seen} ({time.monotonic() - began:.0f} s)", flush=True)
    print(f"{len(names) - failed} passed, {failed} failed")
    return failed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("hosts", metavar="HOST", nargs="*", choices=[*HOSTS, LATEX, []])
    sys.exit(main(parser.parse_args().hosts or [*HOSTS, LATEX]))
