"""The verb check: whether files are whole, and what they hold."""

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from warpviz.checking.found import NotWhole
from warpviz.checking.whole import check_known, look_into
from warpviz.cli.console import Console
from warpviz.cli.failures import CouldNot, working


def check(args: Namespace, console: Console) -> None:
    """Look into each file; those that are not whole are named, and make it fail."""
    paths = [Path(name) for name in args.files]
    for path in paths:
        check_known(path)
    facts: list[dict[str, Any]] = []
    with working():
        for path in paths:
            try:
                found = look_into(path)
                facts.append({"file": str(path), "whole": True, "kind": found.kind,
                              "holds": found.told})  # fmt: skip
                told = f"{path}: whole, {found.kind}: {found.told}"
            except NotWhole as problem:
                facts.append({"file": str(path), "whole": False, "problem": str(problem)})
                told = f"{path}: not whole: {problem}"
            if "json" not in args:
                console.result(told)
    if "json" in args:
        console.result(json.dumps(facts, indent=2, ensure_ascii=False))
    broken = [each["file"] for each in facts if not each["whole"]]
    if broken:
        more = f" and {len(broken) - 1} more" if len(broken) > 1 else ""
        raise CouldNot(f"Not whole: {broken[0]}{more}.")
