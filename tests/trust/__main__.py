"""`python -m tests.trust kills|… --count N --seed S`: an attack and its figures; exit 1 if any won.

Each attack is a generator of rows: what was tried, and what went wrong, "" if nothing did.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module

ATTACKS = ("kills", "mutants", "names", "same", "laws", "accuracy", "order", "studies")


def figures(rows: Iterator[tuple[str, str]]) -> tuple[Counter[str], list[str]]:
    """How often each thing was tried, and all that went wrong."""
    tried: Counter[str] = Counter()
    wrong = []
    try:
        for what, trouble in rows:
            tried[what] += 1
            if trouble:
                wrong.append(f"{what}: {trouble}")
    except KeyboardInterrupt:
        print("Interrupted: what was tried until then.", file=sys.stderr)
    return tried, wrong


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trust", description=__doc__)
    parser.add_argument("attack", choices=ATTACKS)
    parser.add_argument("--count", type=int, default=30, help="how many tries")
    parser.add_argument("--seed", type=int, default=0, help="of which tries these are")
    args = parser.parse_args()
    attack: Callable[[int, int], Iterator[tuple[str, str]]]
    attack = import_module(f"tests.trust.{args.attack}").attack
    tried, wrong = figures(attack(args.count, args.seed))
    for what, count in sorted(tried.items()):
        print(f"{count:7,}  {what}")
    print(f"{tried.total():7,}  in all; {len(wrong)} went wrong")
    for each in wrong:
        print(f"  {each}")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
