"""The pages of the frameworks: what they tell to type is typed."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from warpviz.cli import main

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "gallery" / "frameworks").glob("*.md"))


def blocks(page: Path, language: str) -> list[str]:
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_a_page_from_install_to_gif(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (install,) = blocks(page, "sh")
    wanted = re.findall(r"[a-z]+", install.partition("warpviz[")[2])
    extras = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert wanted and all(f"\n{name} = [" in extras for name in wanted)
    (code,) = blocks(page, "python")
    assert len(code.splitlines()) <= 12
    small = code.replace(".save(", ".remade(fps=3, size=(240, 180)).save(")
    small = small.replace("animate_training(recorder, x, y).remade(fps=3, size=(240, 180))",
                          "animate_training(recorder, x, y, fps=3, size=(480, 240))")  # fmt: skip
    variables = {**os.environ, "KERAS_BACKEND": "torch", "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", small], check=True, env=variables)
    image: Any
    with Image.open(f"{page.stem}.gif") as image:
        assert image.n_frames > 4
    for line in "".join(blocks(page, "warpviz")).splitlines():
        assert main(shlex.split(line)[1:]) == 0


def test_there_is_a_page_for_each_framework_and_each_is_linked() -> None:
    assert [page.stem for page in PAGES] == ["keras", "onnx", "pytorch", "scikit-learn"]
    for where, prefix in (("README.md", "gallery/"), ("gallery/README.md", "")):
        text = (ROOT / where).read_text(encoding="utf-8")
        for page in PAGES:
            assert f"({prefix}frameworks/{page.name})" in text
            picture = ROOT / "gallery" / "pictures" / f"{page.stem}.gif"
            assert picture.stat().st_size < 2 * 2**20
