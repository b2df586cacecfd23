import pickle
import re

import pytest

from tests.languages.sentences import films, lacking, page
from warpviz.errors import WarpvizError
from warpviz.languages.language import (
    ENGLISH,
    LANGUAGES,
    PART,
    PLAYER,
    Language,
    Sentence,
    check_language,
    language_of,
    sections_of,
)
from warpviz.languages.plurals import PLURALS

OTHERS = [code for code in LANGUAGES if code != "en"]


def parts_of(sentence: str) -> list[str]:
    return sorted(name for name, _ in PART.findall(sentence))


def test_sentences_are_found_where_they_are_said() -> None:
    assert {"layer {number}", "loss is NaN", "Close", "plane through {what}", ", "} <= films()
    assert {"Pause", "sheet", "{place}, {now} of {all} seconds"} <= page()


@pytest.mark.parametrize("code", OTHERS)
def test_no_sentence_is_missing(code: str) -> None:
    new = [sentence for _, sentence in lacking(code)]
    assert not new, (
        "Run python -m tests.languages.sentences --write, and translate these where you can: what "
        "stands empty in a table is said in English."
    )


@pytest.mark.parametrize("code", OTHERS)
def test_tables_keep_every_part_and_have_every_plural(code: str) -> None:
    forms = len(PLURALS[code].names)
    for section, table in sections_of(code).items():
        for sentence, own in table.items():
            # What only agrees with a number may say it in words: # is not asked for.
            assert not own or parts_of(sentence) == parts_of(own), (section, sentence)
            assert not re.sub(r"\{[^{}]*\}", "", own).count("{"), own
            for _, words in PART.findall(own):
                assert not words or words.count("|") == forms - 1, own


@pytest.mark.parametrize("code", OTHERS)
def test_tables_have_nothing_that_nobody_says(code: str) -> None:
    table = sections_of(code)
    said = films() | page()
    assert not [each for section in table.values() for each in section if each not in said]
    every = [each for section in table.values() for each in section]
    assert len(every) == len(set(every)), "a sentence stands in one section"
    assert set(table[PLAYER]) == page()


@pytest.mark.parametrize(
    ("code", "number", "form"),
    [
        # Of https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
        *[("ar", n, "zero") for n in (0,)],
        *[("ar", n, "one") for n in (1,)],
        *[("ar", n, "two") for n in (2,)],
        *[("ar", n, "few") for n in (3, 10, 103, 1010)],
        *[("ar", n, "many") for n in (11, 26, 99, 111, 1011)],
        *[("ar", n, "other") for n in (100, 102, 202, 1000)],
        *[(code, n, "one") for code in ("en", "de", "es") for n in (1,)],
        *[(code, n, "other") for code in ("en", "de", "es") for n in (0, 2, 101)],
        *[(code, n, "one") for code in ("fr", "pt") for n in (0, 1)],
        *[(code, n, "other") for code in ("fr", "pt") for n in (2, 21)],
        *[(code, n, "other") for code in ("ja", "zh") for n in (0, 1, 2)],
    ],
)
def test_plurals_are_those_of_unicode(code: str, number: int, form: str) -> None:
    plural = PLURALS[code]
    assert plural.names[plural.form(number)] == form


def test_a_sentence_is_filled_once_and_english_falls_in() -> None:
    own = Language("de", {"{n:# fold|# folds} of {who}": "{who}: {n:# Falte|# Falten}"}, {})
    assert own("{n:# fold|# folds} of {who}", n=1, who="{n}") == "{n}: 1 Falte"
    assert own("{n:# tear|# tears}", n=3) == "3 tears"
    assert ENGLISH("{n:# fold|# folds} of {who}", n=0, who="a") == "0 folds of a"


def test_a_sentence_of_data_is_said_later_and_travels() -> None:
    told = Sentence.of("plane through {what}", what=Sentence.of("end of {names}", names="adam"))
    assert told == "plane through end of adam"
    again = pickle.loads(pickle.dumps(told))
    assert language_of("de")(again) == "Ebene durch das Ende von adam"


def test_a_language_that_there_is_not_names_those_there_are() -> None:
    with pytest.raises(WarpvizError, match=r"Unknown language 'xx'; choose one of ar, de, en, es"):
        check_language("xx")
