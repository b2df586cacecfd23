"""`python -m gallery.site`: the whole site, from these pages and the package itself.

pages and tables ──► drafts ──► their code runs (kept in cache/) ──► source/ ──► Sphinx ──► html/
                                                            Markdown twins, llms.txt ◄──┘

Ends with 1, and a sentence for each fault, where a block of code fails, a link leads nowhere, a
page is heavy or Sphinx warns. It asks nothing of the network, but for `--external`, which follows
the links that leave the site. Needs `pip install -e '.[docs]'`.
"""

import argparse
import json
import os
import shutil
import sys
from pathlib import Path
from time import monotonic

from gallery.site import blocks, checks, making, notebooks, pages, polish, twins
from gallery.site.address import address
from gallery.site.blocks import ROOT

HERE = Path(__file__).parent
PLACE = ROOT / "build" / "site"


def compose(drafts: dict[str, str], wanted: list[making.Task], cache: Path) -> dict[str, str]:
    """The pages with what their code printed, those of notebooks too."""
    found = dict(drafts)
    for task in wanted:
        folder = cache / task.key
        if task.kind == "notebook":
            path = notebooks.FOLDER / f"{task.name}.ipynb"
            found[f"lectures/{task.name}"] = notebooks.page(path, folder)
        elif task.kind == "page":
            told = json.loads((folder / making.TOLD).read_text(encoding="utf-8"))
            found[task.name] = blocks.with_output(found[task.name], told)
    return found


def stage(found: dict[str, str], wanted: list[making.Task], cache: Path, source: Path) -> None:
    """Write what Sphinx reads, and leave alone what has not changed."""
    for task in wanted:
        place = {"piece": "gallery", "notebook": f"lectures/{task.name}"}.get(task.kind, task.name)
        for made in (cache / task.key).iterdir():
            if made.is_file() and made.name != making.TOLD:
                (source / place).mkdir(parents=True, exist_ok=True)
                shutil.copy2(made, source / place / made.name)
    trees = pages.trees(pages.contents(found), found)
    for path in source.rglob("*.md"):
        if path.relative_to(source).with_suffix("").as_posix() not in found:
            path.unlink()
    for name, text in found.items():
        path = source / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = "\n\n".join([text, *([trees[name]] if name in trees else [])])
        now = twins.staged(whole, source / name)
        if not path.is_file() or path.read_text(encoding="utf-8") != now:
            path.write_text(now, encoding="utf-8")


def finish(found: dict[str, str], source: Path, site: Path) -> None:
    """Twins, their list, and the files that pages show, beside the pages."""
    for name, text in found.items():
        (site / f"{name}.md").write_text(twins.twin(name, text), encoding="utf-8")
        page = site / f"{name}.html"
        page.write_text(polish.polished(page.read_text("utf-8"), name), encoding="utf-8")
        folder = source / name
        if folder.is_dir():
            for path in folder.iterdir():
                if path.is_file() and path.suffix != ".md":
                    (site / name).mkdir(exist_ok=True)
                    shutil.copy2(path, site / name / path.name)
    order = pages.contents(found)
    (site / "llms.txt").write_text(twins.llms(order, found), encoding="utf-8")


def build(place: Path, jobs: int) -> list[str]:
    """Build the site in a folder; what is wrong with it, a sentence each."""
    from sphinx.cmd.build import build_main

    drafts = pages.drafts()
    source, site, cache = place / "source", place / "html", place / "cache"
    wanted = making.tasks(drafts, blocks.digest_of(ROOT / "warpviz"))
    try:
        making.make_all(wanted, cache, jobs)
    except RuntimeError as error:
        return str(error).splitlines()
    found = compose(drafts, wanted, cache)
    stage(found, wanted, cache, source)
    # Sphinx says what it warns of by itself.
    flags = ["-q", "-E", "-a", "-W", "--keep-going", "-j", str(jobs), "-c", str(HERE)]
    flags += ["-d", str(place / "doctrees")]
    if build_main([*flags, str(source), str(site)]):
        return ["Sphinx warned, as told above."]
    finish(found, source, site)
    return list(checks.faults(site))


def main() -> int:
    """Build, check, and tell where it is."""
    parser = argparse.ArgumentParser(prog="python -m gallery.site", description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=PLACE, help="folder (build/site)")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--external", action="store_true", help="follow links to the network too")
    given = parser.parse_args()
    place, start = given.output.resolve(), monotonic()
    wrong = build(place, given.jobs)
    if not wrong and given.external:
        wrong = list(checks.external(place / "html", address()))
    if wrong:
        print(*wrong, sep="\n", file=sys.stderr)
        return 1
    print(f"{place / 'html' / 'index.html'} in {monotonic() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
