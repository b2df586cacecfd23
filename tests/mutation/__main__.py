"""How many small faults the quick tests see: `python -m tests.mutation --sample 100 --seed 0`.

A sample of the rooms' code is changed, one place at a time (a comparison turned, `and` for `or`,
plus for minus, a number off by one, …), in a copy of the tree; the quick tests that execute the
line run, the closest and quickest first, and a change that none of them sees has survived. Changes
on which no right call's result depends (types, the marks / and *, `frozen=True`, `strict=` of a
zip, the size of a cache, how much is worked out at once) are left out, and told. Which test
executes which line is recorded once (some minutes) and kept; `--record` does it anew. The changes
are cosmic-ray's: `pip install 'warpviz[mutation]'`. The last line is the score.
"""

import difflib
import os
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.homes import ROOT
from tests.mutation.closest import CACHE, Record, at_import, batches, record, recorded
from tests.mutation.places import Place, changed, sampled
from tests.mutation.swapping import Pair, swaps
from tests.mutation.trying import SLOW, copied, failed, imported, prepared, seen

ROOMS = ("model", "functions", "geometry", "motion", "measure", "film", "picture")


def asked() -> Namespace:
    """The command line."""
    parser = ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("rooms", nargs="*", default=ROOMS, help="rooms, or files as warpviz/…/x.py")
    parser.add_argument("--sample", type=int, default=100, help="how many changes (100)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--least", type=float, default=0.0, help="per cent that must be seen")
    parser.add_argument("--budget", type=float, default=120.0, help="seconds of tests for each")
    parser.add_argument("--record", action="store_true", help="record anew which test runs what")
    parser.add_argument("-j", "--jobs", type=int, default=2, help="processes of the recording (2)")
    return parser.parse_args()


def told(root: Path, place: Place, text: str) -> str:
    """A change as a diff."""
    before = (root / place.module).read_text(encoding="utf-8").splitlines()
    lines = difflib.unified_diff(before, text.splitlines(), n=0, lineterm="")
    return "\n".join(f"    {line}" for line in lines if not line.startswith(("---", "+++", "@@")))


@dataclass(frozen=True)
class Try:
    """A change, and what it is tried on.

    Attributes:
        place: of the change.
        text: the file with it.
        pairs: the functions that it changes; none where it changes what an import does.
        tests: what to run, in batches: the closest first.
        seconds: that they may take.
    """

    place: Place
    text: str
    pairs: list[Pair]
    tests: list[list[str]]
    seconds: float


def tries(known: Record, root: Path, chosen: Sequence[Place], budget: float) -> Iterator[Try]:
    """What to try, each on so many seconds of tests."""
    for place in chosen:
        text, path = changed(root, place), root / place.module
        pairs = swaps(path.read_text(encoding="utf-8"), text, str(path))
        if at_import(known, root, place.module, place.line):
            pairs = None
        left = budget
        some: list[list[str]] = []
        for batch in batches(known, root, place.module, place.line):
            some.append([])
            for test in batch:
                left -= known.seconds.get(test, 1.0)
                if left > 0:
                    some[-1].append(test)
        yield Try(place, text, pairs or [], some, 60 + 10 * (budget - max(left, 0)))


def found_by(root: Path, given: Try) -> str:
    """The first test that sees a change, or ""."""
    if not given.pairs:
        return seen(root, given.place.module, given.text, given.tests, given.seconds)
    return failed(
        root, [test for batch in given.tests for test in batch], given.seconds, given.pairs
    )


def main() -> None:
    """Change, test, tell, and end with 1 where the score is below what was asked."""
    given = asked()
    folder = CACHE / ROOT.name
    with tempfile.TemporaryDirectory() as name:
        root = Path(name).resolve()
        copied(root)
        # The copy's package, not an installed one, in this process's children and theirs.
        os.environ["PYTHONPATH"] = str(root)
        sys.path.insert(0, str(root))
        if given.record or not (folder / "about.json").exists():
            print("Recording which quick test executes which line: some minutes.", flush=True)
            record(root, folder, given.jobs)
        known = recorded(folder)
        prepared()
        chosen, idle = sampled(root, given.rooms, given.sample, given.seed)
        print(
            f"{idle} changes of types, marks, guards and bounds of memory were left out.",
            flush=True,
        )
        every = sorted(tries(known, root, chosen, given.budget), key=lambda each: bool(each.pairs))
        by: Counter[str] = Counter()
        unnamed: list[Try] = []
        for index, each in enumerate(every, 1):
            if each.pairs and "warpviz" not in sys.modules:
                tests = [test for one in every for batch in one.tests for test in batch]
                imported(root, tests)
            found = found_by(root, each)
            by[found] += 1
            unnamed += [each] if found and "::" not in found and found != SLOW else []
            place, word = each.place, "seen    " if found else "survived"
            print(
                f"{index:4} {word} {place.module}:{place.line} {place.operator} {found}", flush=True
            )
            if not found:
                print(told(root, place, each.text), flush=True)
        honest(root, by, unnamed)
    killed = by.total() - by[""]
    score = 100 * killed / max(len(chosen), 1)
    print(f"{killed} of {len(chosen)} changes were seen: {score:.0f} %")
    if score < given.least:
        raise SystemExit(1)


def honest(root: Path, by: Counter[str], unnamed: Sequence[Try]) -> None:
    """The tests that saw a change pass where nothing is changed, or they have seen nothing.

    Where files could not even be imported no test has a name: all of that change are run.
    """
    wrong = failed(root, [test for test in by if "::" in test], 600)
    for each in unnamed:
        some = [test for batch in each.tests for test in batch]
        wrong = wrong or failed(root, some, each.seconds)
    if wrong:
        raise SystemExit(f"{wrong} fails before any change.")


if __name__ == "__main__":
    main()
