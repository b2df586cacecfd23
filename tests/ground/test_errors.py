"""What is no text is written out, whoever shows it; a sentence has an end."""

import json
import sys
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from warpviz.errors import LONGEST, UNSEEN, WarpvizError, length, sentence, visible

ANY = st.text(st.characters(codec=None, categories=None), max_size=40)


def test_all_that_steers_is_known() -> None:
    signs = list(map(chr, range(sys.maxunicode + 1)))
    steers = {"Cc", "Cs", "Zl", "Zp"}
    assert all(UNSEEN.match(one) for one in signs if unicodedata.category(one) in steers)
    # Of signs that have no picture, those stay that writing needs: joiners, marks of a script.
    kept = {s for s in signs if unicodedata.category(s) == "Cf" and not UNSEEN.match(s)}
    assert set("\u200c\u200d\u200e\u200f\xad") <= kept
    assert not set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\ufeff") & kept
    written = {"L", "M", "N", "P", "S"}
    assert not any(UNSEEN.match(s) for s in signs if unicodedata.category(s)[0] in written)


@given(ANY)
def test_what_is_visible_stays_as_it_is_and_can_be_read_back(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown and not UNSEEN.search(shown)
    assert length(shown) <= len(text)
    shown.encode("utf-8")  # which nothing else is
    if "\\" not in text and '"' not in text:
        # JSON has the same escapes, and joins halves of a sign that stand together.
        pairs = text.encode("utf-16-be", "surrogatepass").decode("utf-16-be", "surrogatepass")
        assert json.loads(f'"{shown}"') == pairs


@settings(max_examples=30)
@given(st.text(max_size=3000))
def test_a_sentence_is_one_line_of_bearable_length(text: str) -> None:
    told = str(WarpvizError(text))
    assert told == sentence(text) == sentence(told)
    assert len(told) <= LONGEST and not UNSEEN.search(told)
    assert told == visible(text) or len(visible(text)) > LONGEST


def test_both_ends_of_a_long_sentence_are_told() -> None:
    told = sentence("File 'x' expects " + "a" * 10_000 + "; choose another.")
    assert told.startswith("File 'x' expects a") and told.endswith("; choose another.")
