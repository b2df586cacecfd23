"""Whether relative figures have fallen: ratios of one run against those of the site's page.

Seconds depend on the machine; how many times as fast, or as long, does so much less.
"""

from collections.abc import Iterator

FALL = 1 / 3
"""More than this share of a figure may not be lost."""
RATIOS = {"times as fast": 1, "× time": -1, "× memory": -1}
"""Columns that compare two things of one run, and whether more is better (1) or worse (−1)."""


def ratios(markdown: str) -> Iterator[tuple[str, str, float]]:
    """What was measured, the column and the figure, of every table.

    >>> table = "| what | s | times as fast |\\n| --- | ---: | ---: |\\n| a film | 1.0 | **18.4** |"
    >>> list(ratios(table))
    [('a film', 'times as fast', 18.4)]
    """
    head: list[str] = []
    for line in markdown.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            head = []
        elif not head:
            head = cells
        elif not cells[0].startswith("---"):
            for name, cell in zip(head, cells, strict=True):
                if name in RATIOS:
                    yield cells[0], name, float(cell.strip("*"))


def fallen(then: str, now: str) -> list[str]:
    """A sentence for each figure that has lost more than a third.

    Args:
        then: Markdown with the tables to hold to.
        now: Markdown of the same tables, measured again; rows that it lacks are not judged.

    Raises:
        ValueError: the two have no figure in common.
    """
    before = {(what, name): figure for what, name, figure in ratios(then)}
    found = [(what, name, new) for what, name, new in ratios(now) if (what, name) in before]
    if not found:
        raise ValueError("The tables have no ratio in common; measure the same sizes.")
    lost = []
    for what, name, new in found:
        old = before[what, name]
        kept = new / old if RATIOS[name] > 0 else old / new
        if kept < 1 - FALL:
            lost.append(f"{what}: {name} was {old:g}, is {new:g}.")
    return lost
