"""Equal decks are equal files, whatever the hash and the clock."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from warpviz.checking.whole import look_into
from warpviz.film.reel.animation import Animation


def test_the_same_film_makes_the_same_bytes(film: Animation, written: Path, tmp_path: Path) -> None:
    (again,) = film.save(tmp_path / "again.pptx")
    assert again.path.read_bytes() == written.read_bytes()
    assert again.bytes == written.stat().st_size
    with ZipFile(written) as packed:
        assert {part.date_time[0] for part in packed.infolist()} == {1980}
    assert look_into(written).told == "4 slides, 3 videos, 21 frames in all"


@pytest.mark.slow
def test_bytes_depend_on_no_hash_and_no_clock(tmp_path: Path) -> None:
    code = "import sys; from tests.film.slides.conftest import film_of; film_of().save(sys.argv[1])"
    made = []
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        path = tmp_path / f"{seed}.pptx"
        variables = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        subprocess.run([sys.executable, "-c", code, str(path)], env=variables, check=True)
        made.append(path.read_bytes())
    assert made[0] == made[1]
