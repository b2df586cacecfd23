"""The same bytes for every file, whatever surrounds the process that writes it.

Processes write every format of the same models. They differ in hash seed, locale, encoding, time
zone, clock for builds, folder, home, mask of permissions, jobs, cores, threads of linear algebra,
in whether the kernels are there, and in whether warpviz is imported from a checkout or from a
wheel. What each writes and prints is compared with what the first did. A model that is trained
anew is compared among those that have the kernels, and among those that have not: between the two
it differs by rounding.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from zipfile import ZipFile

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 600
"""Seconds after which a process counts as hanging."""

SHORT = "--size 240x180 --fps 8 --seconds 0.4 --hold 0.2 --quiet"
"""Of a film; the jobs are the process's own."""
SMALL = (
    f"render --model m.npz {SHORT} -o a.gif -o a.mp4 -o a.apng -o a.webp -o a.html -o a.svg",
    "export m.npz -o e.py -o e.c",
    "convert m.npz -o c.json -o c.onnx -o c.npz",
    "graph h.json -o g.dot -o g.svg",
    "inspect m.npz --json",
    "train --data moons --layers 2 --epochs 20 --starts 2 -o t.npz --quiet",
)
"""A little of everything, for a quick look."""
ALL = (
    *SMALL,
    f"render --model m.npz {SHORT} -o b.webm -o b.mov -o b.mkv -o b.pptx -o b.pdf -o b.jpg",
    f"render --model m.npz {SHORT} -o b.tif -o b.bmp -o b.avif --frames frames",
    f"render --model m.npz {SHORT} --filmstrip --language ar -o strip.png",
    f"render --model m.npz {SHORT} --at 2.5 -o at.png -o at.svg -o at.pdf",
    f"render --model m.npz {SHORT} --transparent -o clear.mov -o clear.webm -o clear.png",
    f"render --model r.npz {SHORT} --show basis --network --caption formula -o r.gif -o r.html",
    f"render --model m.npz {SHORT} --max-size 60kB -o less.gif -o less.mp4",
    f"compare m.npz r.npz {SHORT} -o two.gif -o two.html",
    "compare m.npz r.npz --table csv",
    "regions r.npz -o regions.svg -o regions.pdf -o regions.png",
    "formula h.json -o f.tex -o f.svg -o f.pdf -o f.png",
    "graph h.json --form network -o n.svg -o n.pdf -o n.png",
    "plot h.json -o p.svg -o p.pdf -o p.png",
    "trace h.json --at 0.3 --target 1",
    "activations relu gelu sin(3*z) --fps 8 --quiet -o w.gif -o w.html -o w.svg -o w.png -o w.pdf",
    "activations --table json",
    "landscape --model m.npz --data moons --directions random --grid 11 --quiet -o l.png -o l.pdf",
    "embed a.html --for reveal",
    "list activations",
    "train --data moons --layers 2 --epochs 30 --starts 1 -o t.json -o t.onnx --film t.gif "
    "--seconds 1 --fps 8 --size 320x240 --quiet",
    "approximate sin --iterations 60 -o t.svg -o t-e.npz -o t-e.gif -o t-e.html --quiet",
    "landscape --data moons --epochs 20 --grid 11 -o t-l.gif -o t-l.html --fps 8 --quiet",
)
"""Every format of every verb. What is trained anew is called t…"""

SCRIPT = """
import contextlib, io, json, locale, os, sys
words, cores = json.loads(sys.argv[1])
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
with contextlib.suppress(locale.Error):
    locale.setlocale(locale.LC_ALL, "")
import warpviz
from warpviz.cli import main
from warpviz.compiled import KERNELS
for number, each in enumerate(words):
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        code = main(each)
    if code:
        sys.exit(f"{each} ended with {code}: {told.getvalue():.200}")
    with open(f"told-{number}.txt", "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(told.getvalue())
print(json.dumps([warpviz.__file__, KERNELS is not None]))
"""

LOCALES = ("C", "C.utf8", "POSIX", "de_DE.UTF-8", "tr_TR.UTF-8", "ja_JP.EUC-JP", "ar_EG.UTF-8")
ZONES = ("UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "XYZ+13:37")
FOLDERS = ("a", "with a space", "Ünïcode ☃", "deep/er/and/deeper", "x" * 100, "-o", "$HOME")
STYLE = "lines.linewidth: 9\nsvg.fonttype: none\nfont.size: 30\nsavefig.dpi: 33\npath.sketch: 1,9,3"


def attack(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Write everything in so many processes; yield each file, and where it differed."""
    with tempfile.TemporaryDirectory() as place:
        yield from compared(count, seed, ALL, installed(Path(place)), Path(place))


def compared(
    count: int, seed: int, commands: tuple[str, ...], elsewhere: Path, place: Path
) -> Iterator[tuple[str, str]]:
    """Run commands in processes, every other one with a copy of warpviz that is elsewhere."""
    rng = Random(seed)
    models = place / "models"
    models.mkdir()
    furnish(models)
    first: dict[tuple[bool, str], str] = {}
    for number in range(count):
        differs = surroundings(number, rng)
        home = elsewhere if number % 2 else ROOT
        folder = place / str(number) / rng.choice(FOLDERS)
        shutil.copytree(models, folder)
        try:
            kernels, found = written(folder, commands, home, differs)
        except RuntimeError as error:
            yield "process", f"{number} {differs}: {error}"
            continue
        for name, digest in found.items():
            trained = Path(name).name.startswith("t")
            usual = first.setdefault((trained and kernels, name), digest)
            what = f"{'trained ' if trained else ''}{Path(name).suffix or name}"
            yield what, "" if digest == usual else f"{name} of process {number}, {differs}"
        shutil.rmtree(place / str(number))


def surroundings(number: int, rng: Random) -> dict[str, str]:
    """The environment of a process; the first one's is the usual one."""
    if not number:
        return {"jobs": "0", "cores": "64"}
    threads = str(rng.choice((1, 2, 4, 7)))
    return {
        "PYTHONHASHSEED": str(rng.randrange(2**32)),
        "LC_ALL": rng.choice(LOCALES),
        "PYTHONUTF8": rng.choice("01"),
        "PYTHONCOERCECLOCALE": rng.choice("01"),
        "TZ": rng.choice(ZONES),
        "SOURCE_DATE_EPOCH": str(rng.randrange(2**31)),
        "OPENBLAS_NUM_THREADS": threads,
        "OMP_NUM_THREADS": threads,
        "MKL_NUM_THREADS": threads,
        "WARPVIZ_PURE": str(int(number % 4 > 1)),
        "MPLBACKEND": rng.choice(("agg", "svg", "pdf", "template")),
        "COLUMNS": rng.choice(("20", "80", "300")),
        "jobs": str(rng.randrange(5)),
        "cores": str(rng.choice((1, 2, 64))),
        "umask": rng.choice(("0o022", "0o077")),
        "style": rng.choice(("", STYLE)),
    }


def written(
    folder: Path, commands: tuple[str, ...], home: Path, differs: dict[str, str]
) -> tuple[bool, dict[str, str]]:
    """Run commands in a folder; whether kernels were there, and the digest of each file.

    Raises:
        RuntimeError: a command failed, or warpviz came from elsewhere.
    """
    own = {key: value for key, value in differs.items() if key.isupper()}
    if differs.get("style"):
        (folder / "matplotlibrc").write_text(differs["style"])
    words = [[*each.split(), *_jobs(each, differs["jobs"])] for each in commands]
    mask = int(differs.get("umask", "-1"), 0)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps([words, int(differs["cores"])])],
        cwd=folder, capture_output=True, text=True, errors="replace", timeout=LONGEST, check=False,
        env={**os.environ, "PYTHONPATH": str(home), **own}, umask=mask,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{done.stderr[-400:]} {done.stdout[-400:]}")
    imported, kernels = json.loads(done.stdout.splitlines()[-1])
    if Path(imported).parents[1] != home:
        raise RuntimeError(f"warpviz came from {imported}, not from {home}")
    (folder / "matplotlibrc").unlink(missing_ok=True)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return kernels, {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def _jobs(command: str, jobs: str) -> list[str]:
    return ["--jobs", jobs] if "--fps" in command else []


def furnish(folder: Path) -> None:
    """Models that all processes are given."""
    import warpviz as wv

    data = {"data_name": "moons", "class_names": ("ännä", "بابا")}
    wv.save_model(wv.mlp([2, 3, 3, 2], "tanh", seed=0), folder / "m.npz", **data)  # type: ignore[arg-type]
    wv.save_model(wv.mlp([2, 3, 2], "relu", seed=1), folder / "r.npz", **data)  # type: ignore[arg-type]
    wv.save_model(wv.mlp([1, 2, 1], "gelu", seed=2, softmax=False), folder / "h.json")


def installed(place: Path) -> Path:
    """Make a wheel of the checkout and unpack it, as an installer does; where it is."""
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(place / "wheels"), str(ROOT)],
        capture_output=True, check=True,
    )  # fmt: skip
    (wheel,) = (place / "wheels").glob("*.whl")
    with ZipFile(wheel) as file:
        file.extractall(place / "installed")
    return place / "installed"
