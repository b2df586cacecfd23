"""Which way lines of text run in the player."""

from pathlib import Path

from tests.player.modules import node, write_modules
from warpviz.picture.words.letters import goes_left

TEXTS = [
    "שלום עולם", "مجموعة 3", "abc قطة 12", "12 كلب", "日本語", "กลุ่ม", "", "12", "· (x₁)", "→ relu",
]  # fmt: skip


def test_the_player_s_lines_run_as_python_s_do(tmp_path: Path) -> None:
    write_modules(tmp_path)
    code = 'import { directionOf } from "./marks/overlay.js"; told(given[0].map(directionOf));'
    assert node(code, tmp_path, TEXTS) == ["rtl" if goes_left(text) else "ltr" for text in TEXTS]
