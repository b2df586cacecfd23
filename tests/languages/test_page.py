"""The player's page in the language that marks what it says, and in Arabic."""

from pathlib import Path
from typing import Any

import pytest

import warpviz as wv
from tests.languages.marks import CHAIN, RINGS, unmarked
from tests.player.opened import Opened

WORDS = """() => {
  const told = [document.title];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
  for (let one = walk.currentNode; one; one = walk.nextNode()) {
    if (["SCRIPT", "STYLE"].includes(one.tagName)) continue;
    for (const name of ["aria-label", "aria-valuetext", "title", "alt"]) {
      told.push(one.getAttribute(name) || "");
    }
    for (const child of one.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) told.push(child.textContent);
    }
  }
  return told;
}"""


@pytest.mark.slow
def test_the_page_says_nothing_beside_its_language(page: Any, tmp_path: Path, code: str) -> None:
    player = Opened(page, wv.animate(CHAIN, RINGS, language=code, caption="why"), tmp_path)
    page.click("#probe")
    player.press("n", "ArrowRight", "l")
    player.settle()
    said = page.evaluate(WORDS)
    assert not {text: words for text in said if (words := unmarked(text))}
    assert sum("«" in text for text in said) > 60


@pytest.mark.slow
def test_arabic_words_run_to_the_left_and_the_picture_does_not(page: Any, tmp_path: Path) -> None:
    film = wv.animate(CHAIN, RINGS, language="ar", size=(320, 240))
    Opened(page, film, tmp_path)
    assert page.evaluate("document.documentElement.lang") == "ar"
    directions = page.evaluate(
        "['numbers', 'story', 'keys', 'toggles', 'picture', 'scrubber', 'bar']"
        ".map((id) => getComputedStyle(document.getElementById(id)).direction)"
    )
    assert directions == ["rtl"] * 4 + ["ltr"] * 3
    assert page.get_attribute("#play", "aria-label") == "تشغيل"


@pytest.mark.slow
def test_numbers_run_to_the_right_in_an_arabic_page(page: Any, tmp_path: Path) -> None:
    player = Opened(page, wv.animate(CHAIN, RINGS, language="ar", size=(320, 240)), tmp_path)
    page.click("#probe")
    player.press("ArrowRight", "n")
    player.settle()
    # Where each sign of a text lies: a minus before its digits, W's columns and then b.
    lefts = """(cells) => cells.map((cell) => [...cell.textContent].map((sign, i) => {
      const range = document.createRange();
      range.setStart(cell.firstChild, i);
      range.setEnd(cell.firstChild, i + 1);
      return range.getBoundingClientRect().x;
    }))"""
    for places in page.eval_on_selector_all("#numbers tr:not(.last) td, #matrix td", lefts):
        assert places == sorted(places)
    row = page.eval_on_selector_all("#matrix tr:nth-child(1) td", lefts)
    assert len(row) > 2 and row == sorted(row)
