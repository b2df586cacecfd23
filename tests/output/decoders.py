"""What programs of others read in our films: GIFs by three decoders, video by ffmpeg."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageSequence

from warpviz.arrays import Pixels


def need(*programs: str) -> None:
    """Skip the test, naming the program, where it is not installed."""
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"needs {program}")


def by_pillow(path: Path) -> tuple[Pixels, list[int], int | None]:
    """(F, H, W, 3) pixels, delays in centiseconds, NETSCAPE value or None."""
    frames, delays = [], []
    with Image.open(path) as film:
        loop = film.info.get("loop")
        for frame in ImageSequence.Iterator(film):
            frames.append(np.asarray(frame.convert("RGB")))
            delays.append(round(frame.info["duration"] / 10))
    return np.array(frames), delays, loop


def by_ffmpeg(path: Path) -> tuple[Pixels, list[int]]:
    """(F, H, W, 3) pixels and delays in centiseconds, from the times of its packets."""
    need("ffmpeg", "ffprobe")
    report = json.loads(
        _run(
            *("ffprobe", "-v", "error", "-of", "json", "-show_entries"),
            *("stream=width,height:packet=pts_time,duration_time", str(path)),
        )
    )
    stream = report["streams"][0]
    raw = _run(
        *("ffmpeg", "-v", "error", "-i", str(path), "-fps_mode", "passthrough"),
        *("-f", "rawvideo", "-pix_fmt", "rgb24", "-"),
    )
    pixels = np.frombuffer(raw, dtype=np.uint8)
    starts = [round(float(p["pts_time"]) * 100) for p in report["packets"]]
    delays = [round(float(p["duration_time"]) * 100) for p in report["packets"]]
    assert starts == [sum(delays[:k]) for k in range(len(delays))]
    return pixels.reshape(-1, stream["height"], stream["width"], 3), delays


def by_gifsicle(path: Path) -> tuple[Pixels, list[int], str | None]:
    """(F, H, W, 3) pixels, delays in centiseconds, and what it says of the loop."""
    need("gifsicle")
    text = _run("gifsicle", "--info", str(path)).decode()
    count = len(re.findall(r"^  \+ image #", text, re.MULTILINE))
    delays = [round(float(d) * 100) for d in re.findall(r"delay ([\d.]+)s", text)]
    assert len(delays) == count
    loop = re.search(r"^  loop (.+)$", text, re.MULTILINE)
    whole = path.with_name(f"{path.stem}-whole.gif")
    _run("gifsicle", "--unoptimize", str(path), "-o", str(whole))
    return by_pillow(whole)[0], delays, loop.group(1) if loop else None


def probe(path: Path) -> dict[str, Any]:
    need("ffprobe")
    command = ["ffprobe", "-v", "error", "-of", "json", "-count_frames", "-show_streams"]
    command += ["-select_streams", "v", "-show_format", "-show_chapters", str(path)]
    told: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True).stdout)
    return told


def decoded(path: Path) -> Pixels:
    need("ffmpeg")
    stream = probe(path)["streams"][0]
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-vf", "scale=in_color_matrix=bt709"]
    command += ["-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    return np.frombuffer(raw, dtype=np.uint8).reshape(-1, stream["height"], stream["width"], 3)


def _run(*command: str) -> bytes:
    done = subprocess.run(command, capture_output=True, timeout=60)
    assert done.returncode == 0 and not done.stderr, done.stderr.decode()
    return done.stdout
