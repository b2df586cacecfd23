"""`python -m tests.benchmarks [--quick] [--write-readme | --check]`: the benchmark, as Markdown.

`--largest` makes a film of 3840×2160 pixels, 100,000 dots and 2,000 frames instead, which takes
minutes; `--profile` tells where the time of films, of the default command and of its start goes.

Every contender runs in a fresh process, the sides in turn; figures are medians, ratios are
medians over paired runs. Memory is that of a process and of those that it starts. `--check` ends
with 1 where a ratio has lost more than a third of what the site's page on speed tells.
`--write-readme` fills in that page, and the README with its first table.
"""

import argparse
import os
import platform
import re
import sys
import tempfile
from pathlib import Path

import numpy as np

from tests.benchmarks.check import fallen
from tests.benchmarks.measure import ROOT
from tests.benchmarks.profiles import profiles
from tests.benchmarks.subjects import FULL, QUICK, Sizes, prepare
from tests.benchmarks.table import against, growth, largest, starting, video

PAGE = ROOT / "gallery" / "site" / "meaning" / "speed.md"
"""All figures; the README has the first table."""
BLOCK = re.compile(r"(<!-- benchmark -->\n).*?(<!-- /benchmark -->)", re.DOTALL)
PARTS = {"against": against, "starting": starting, "growth": growth, "video": video}


def report(sizes: Sizes, parts: list[str]) -> str:
    """Run the parts and put their tables together."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder)
        tables = []
        for part in parts:
            print(f"{part} …", file=sys.stderr)
            tables.append(PARTS[part](folder, sizes).rstrip())
    return "\n\n".join([*filter(None, tables), _machine(sizes)]) + "\n"


def _machine(sizes: Sizes) -> str:
    import matplotlib

    times = "once" if sizes.repeats == 1 else f"{sizes.repeats} times"
    return (
        f"Everything {times} in turn, in fresh processes, imports included except where it says "
        f"drawn, a frame, ms or epochs; MB is the largest sum over all processes, pages that they "
        f"share counted once (in brackets: in each). "
        f"{os.cpu_count()} cores, Python {platform.python_version()}, numpy {np.__version__}, "
        f"matplotlib {matplotlib.__version__}. Made by `python -m tests.benchmarks`."
    )


def with_block(readme: str, text: str) -> str:
    """A page whose benchmark block holds a text; without such a block a ValueError."""
    if not BLOCK.search(readme):
        raise ValueError("The page has no <!-- benchmark --> … <!-- /benchmark --> block.")
    return BLOCK.sub(lambda found: found[1] + text + found[2], readme)


def extract(text: str) -> str:
    """The first table of a report.

    >>> extract("| a |\\n| --- |\\n\\n| b |\\n")
    '| a |\\n| --- |\\n'
    """
    return text.partition("\n\n")[0].rstrip("\n") + "\n"


def main() -> None:
    """Run, print, and write into the README if asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="tiny sizes: does it run at all?")
    parser.add_argument("--write-readme", action="store_true", help="replace the pages' blocks")
    parser.add_argument("--check", action="store_true", help="fail where a ratio has fallen")
    parser.add_argument("--only", choices=PARTS, help="one part")
    parser.add_argument("--largest", action="store_true", help="the largest film alone")
    parser.add_argument("--profile", action="store_true", help="where the time goes")
    given = parser.parse_args()
    if given.largest or given.profile:
        with tempfile.TemporaryDirectory() as name:
            prepare(Path(name))
            part = largest if given.largest else profiles
            print(part(Path(name), QUICK if given.quick else FULL))
        return
    if given.check and given.quick:
        parser.error("--check compares with the page's sizes; leave out --quick.")
    text = report(QUICK if given.quick else FULL, [given.only] if given.only else list(PARTS))
    print(text)
    lost = fallen(PAGE.read_text(encoding="utf-8"), text) if given.check else []
    if lost:
        print(*lost, sep="\n", file=sys.stderr)
        raise SystemExit(1)
    if given.write_readme:
        for path, block in ((PAGE, text), (ROOT / "README.md", extract(text))):
            path.write_text(with_block(path.read_text(encoding="utf-8"), block), encoding="utf-8")


if __name__ == "__main__":
    main()
