"""Files that were changed by chance or to do harm: read, or refused in one short sentence.

Each mutant is read by the reader of its format. What counts as wrong: an exception that is not
ours, a sentence that is long or steers a terminal, more than a second of a processor, more than
300 MB that were not there before.
"""

import json
import struct
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import warpviz as wv
from warpviz.checking.found import NotWhole
from warpviz.checking.whole import look_into
from warpviz.convert.files import load_stored
from warpviz.errors import UNSEEN, WarpvizError
from warpviz.training.online import Online

LONGEST, SLOWEST, LARGEST = 300, 1.0, 300e6
"""Letters of a sentence, seconds of a processor, bytes."""
FILMS = (
    ".gif", ".apng", ".webp", ".mp4", ".webm", ".html", ".pptx", ".svg", ".pdf", ".jpg", ".tif",
    ".bmp", ".avif",
)  # fmt: skip
"""What `check` looks into."""
Read = Callable[[Path], object]


def attack(count: int, seed: int, slowest: float = SLOWEST) -> Iterator[tuple[str, str]]:
    """Mutants of files of every format, and all bombs; yield the format, and what went wrong."""
    rng = Random(seed)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        sources = seeds(folder)
        for path, read in sources:
            read(path)  # libraries are loaded before anything is measured
        for name, data, read in bombs():
            target = folder / name
            target.write_bytes(data)
            yield f"bomb {target.suffix}", tried(read, target, slowest, name)
        for number in range(count):
            path, read = sources[number % len(sources)]
            target = folder / f"mutant-{path.name}"
            target.write_bytes(mutated(path.read_bytes(), rng))
            yield f"{path.stem} {path.suffix}", tried(read, target, slowest, str(number))


def looked_into(path: Path) -> object:
    """What `check` finds in a film or a still; what is not whole is told in a sentence."""
    try:
        return look_into(path)
    except NotWhole as problem:
        raise WarpvizError(f"{path}: not whole: {problem}") from None


def tried(read: Read, path: Path, slowest: float, called: str) -> str:
    """Read a file; what went wrong, "" if nothing did."""
    before, begun = _forget_peak(), time.process_time()
    told = ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            read(path)
    except WarpvizError as error:
        sentence = str(error).replace(str(path), path.name)
        if len(sentence) > LONGEST or UNSEEN.search(sentence):
            told = f"says {sentence!r}"
    except BaseException as error:
        told = f"{type(error).__name__}: {error!s:.200}"
    if (seconds := time.process_time() - begun) > slowest:
        told += f" took {seconds:.1f} s"
    if (more := _peak() - before) > LARGEST:
        told += f" took {more / 1e6:.0f} MB"
    return f"{called} {told}" if told else ""


def _forget_peak() -> float:
    """Begin to measure memory anew, where the system can; bytes that are held now."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        pass
    return _peak()


def _peak() -> float:
    try:
        status = Path("/proc/self/status").read_text()
        return 1024.0 * int(status.partition("VmHWM:")[2].split()[0])
    except (OSError, IndexError):
        import resource

        return 1024.0 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def mutated(data: bytes, rng: Random) -> bytes:
    """Some bytes changed, taken out, put in or doubled; numbers made large."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        place = rng.randrange(len(changed) or 1)
        how = rng.randrange(7)
        if how == 0 and changed:
            changed[place] ^= 1 << rng.randrange(8)
        elif how == 1:
            changed[place : place + 1] = bytes([rng.randrange(256)])
        elif how == 2:
            del changed[place : place + rng.choice((1, 2, 8, 64))]
        elif how == 3:
            changed[place:place] = rng.randbytes(rng.choice((1, 2, 8, 64)))
        elif how == 4:
            width = rng.choice((1, 2, 4, 8))
            changed[place : place + width] = b"\xff" * width
        elif how == 5:
            other = rng.randrange(len(changed) or 1)
            changed[place:place] = changed[other : other + rng.randrange(1, 64)]
        else:
            digits = [i for i, one in enumerate(changed) if 48 <= one <= 57]
            if digits:
                at = rng.choice(digits)
                changed[at : at + 1] = str(10 ** rng.randrange(1, 12)).encode()
    return bytes(changed[: rng.randrange(len(changed))] if rng.random() < 0.1 else changed)


def seeds(folder: Path) -> list[tuple[Path, Read]]:
    """A small file of every format, and what reads it."""
    import pandas  # type: ignore[import-untyped]
    from safetensors.numpy import save_file
    from scipy.io import savemat  # type: ignore[import-untyped]

    data = wv.load_data("moons", n=12)
    chain = wv.mlp([2, 2, 2], "relu", seed=0)
    for suffix in (".npz", ".json", ".onnx"):
        wv.save_model(chain, folder / f"model{suffix}", data_name="moons", class_names=("a", "b"))
    run = Online.start(wv.mlp([1, 2, 1], "tanh", seed=0, softmax=False), 0, "settings")
    run.save(folder / "run.npz")
    np.savez(folder / "data.npz", x=data.x, y=data.y, class_names=np.array(["a", "b"]))
    np.savez_compressed(folder / "packed.npz", x=data.x, y=np.array(list("ab"))[data.y])
    np.save(folder / "data.npy", np.column_stack([data.x, data.y]))
    frame = pandas.DataFrame({"x": data.x[:, 0], "y": data.x[:, 1], "kind": list("ab" * 6)})
    frame.to_csv(folder / "data.csv", index=False)
    frame.to_csv(folder / "data.tsv", index=False, sep="\t")
    frame.to_parquet(folder / "data.parquet")
    frame.to_excel(folder / "data.xlsx", index=False)
    frame.to_json(folder / "data.jsonl", orient="records", lines=True)
    frame.to_csv(folder / "packed.csv.gz", index=False)
    savemat(folder / "data.mat", {"x": data.x, "y": data.y})
    rows = "\n".join(f"{x},{y},{kind}" for x, y, kind in frame.itertuples(index=False))
    head = "@relation r\n@attribute x numeric\n@attribute y numeric\n@attribute k {a,b}\n@data\n"
    (folder / "data.arff").write_text(head + rows + "\n")
    layers = {"layers": [{"weight": "w", "bias": "b", "activation": "relu"}, {"softmax": True}]}
    arrays = {"w": np.ones((2, 2)), "b": np.zeros(2)}
    save_file(arrays, folder / "model.safetensors", {"warpviz": json.dumps(layers)})
    film = wv.animate(chain, data, size=(240, 180), fps=2, seconds=0.5, hold=0.5, jobs=1)
    film.save(*(folder / f"film{suffix}" for suffix in FILMS))
    readers: dict[str, Read] = {
        "film": looked_into,
        "model": load_stored,
        "run": lambda path: Online.load(path, "settings"),
        "data": lambda path: wv.load_data(str(path)),
        "packed": lambda path: wv.load_data(str(path)),
    }
    return [(path, readers[path.name.partition(".")[0]]) for path in sorted(folder.iterdir())]


def _npy(head: str, body: bytes = b"") -> bytes:
    text = head.encode().ljust(118) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + body


def _npz(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", method) as file:
        for name, data in members.items():
            file.writestr(f"{name}.npy", data)
    return target.getvalue()


def _saved(**arrays: np.ndarray) -> bytes:
    target = BytesIO()
    np.savez_compressed(target, allow_pickle=False, **arrays)
    return target.getvalue()


def _parquet(**columns: Any) -> bytes:
    target = BytesIO()
    pq.write_table(pa.table(columns), target)
    return target.getvalue()


def bombs() -> Iterator[tuple[str, bytes, Read]]:
    """Small files that ask for much: each should be refused, or cost little."""
    header = "{{'descr': '{}', 'fortran_order': False, 'shape': {}, }}".format

    def model(path: Path) -> object:
        return load_stored(path)

    def data(path: Path) -> object:
        return wv.load_data(str(path))

    empty = _npy(header("<U0", (10**9,)))
    yield "empty-words.npz", _npz({"layers": empty}), model
    yield "empty-names.npz", _npz({"x": empty, "y": empty}), data
    yield "empty-words.npy", empty, data
    yield "tokens.npz", _npz({"layers": _npy("{'descr': '<f8', 'shape': (")}), model
    yield "huge.npy", _npy(header("<f8", (2**62, 2**62))), data
    yield "nothing.npy", _npy(header("<f8", (0, 10**9))), data
    zeros = np.zeros(200 * 2**17)
    yield "zeros.npz", _saved(x=zeros, y=zeros[:1]), data
    yield "names.npz", _saved(layers=np.zeros(50 * 2**20, dtype="<U1")), model
    yield "classes.npz", _saved(x=np.zeros((2, 2)), y=np.array([0, 1]),
                                class_names=np.zeros(30 * 2**20, dtype="<U1")), data  # fmt: skip
    deep = b"[" * 100_000
    yield "deep.json", deep, model
    yield "digits.json", b'{"layers": [{"weight": [[' + b"9" * 5000 + b"]]}]}", model
    yield "wide.json", b'{"layers": [{"weight": [' + b"[0]," * 200_000 + b"[0]]}]}", model
    yield "ragged.json", b'{"layers": [{"weight": [[1, 2], [3]]}]}', model
    yield "softmaxes.json", b'{"layers": [' + b'{"softmax": true},' * 200_000 + b"{}]}", model
    yield "long-cell.csv", b"x,y,k\n" + b"1,2,a\n" * 50_000 + b"1,2," + b"b" * 1000 + b"\n", data
    yield "columns.csv", b",".join([b"1"] * 100_000) + b"\n" + b",".join([b"2"] * 100_000), data
    yield "quote.csv", b'x,y,k\n1,2,"' + b"a" * 2_000_000, data
    yield "lines.csv", b"\n" * 3_000_000, data
    told = pa.DictionaryArray.from_arrays(pa.array([0] * 20_000, pa.int32()), ["a" * 10**6])
    yield "dictionary.parquet", _parquet(x=told, y=np.arange(20_000)), data
    yield "fixed.parquet", _parquet(x=pa.array([b"a" * 10**6] * 300, pa.binary(10**6))), data
