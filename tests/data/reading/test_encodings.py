import sys
from pathlib import Path

import pytest

import warpviz as wv
from warpviz.data.reading.encodings import decoded
from warpviz.errors import WarpvizError

WORDS = {
    "cp1251": "рост,вес,вид\n0.1,0.2,кошка\n0.9,0.8,собака\n0.3,0.1,кошка\n",
    "koi8-r": "рост,вес,вид\n0.1,0.2,кошка\n0.9,0.8,собака\n0.3,0.1,кошка\n",
    "gbk": "身高,体重,种类\n0.1,0.2,猫咪\n0.9,0.8,小狗\n0.3,0.1,猫咪\n",
    "shift_jis": "x,y,種類\n0.1,0.2,猫\n0.9,0.8,犬\n0.3,0.1,猫\n",
    "euc-kr": "키,몸무게,종류\n0.1,0.2,고양이\n0.9,0.8,강아지\n0.3,0.1,고양이\n",
    "big5": "身高,體重,類別\n0.1,0.2,貓\n0.9,0.8,狗\n0.3,0.1,貓\n",
    "cp1253": "x,y,είδος\n0.1,0.2,γάτα\n0.9,0.8,σκύλος\n0.3,0.1,γάτα\n",
    "cp1252": "Größe,Länge,Art\n0.1,0.2,Käfer\n0.9,0.8,Wölfe\n0.3,0.1,Käfer\n",
}
"""By Python's own encoders; of each a few words only, as a small table has."""


@pytest.mark.parametrize("encoding", WORDS)
def test_the_guess_reads_the_words_and_is_told(encoding: str) -> None:
    text, notes = decoded(WORDS[encoding].encode(encoding), "Data file 'a.csv'")
    assert text == WORDS[encoding]
    assert len(notes) == 1 and notes[0].startswith("Data file 'a.csv' is not UTF-8 and read as ")
    assert notes[0].endswith("(a guess); --encoding names another.")
    assert decoded(WORDS[encoding].encode(encoding), "It", encoding) == (text, ())
    assert decoded(text.encode(), "It") == (text, ())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_unicode_of_other_widths(encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    for text in (WORDS["cp1252"], WORDS["cp1251"]):
        found, notes = decoded((mark + text).encode(encoding), "It")
        assert found == text
        assert bool(notes) == (encoding == "utf-16-le")


def test_it_is_asked_for_in_a_table(tmp_path: Path) -> None:
    path = tmp_path / "pets.csv"
    path.write_bytes(WORDS["koi8-r"].encode("koi8-r"))
    assert wv.load_data(path, encoding="koi8-r").class_names == ("кошка", "собака")
    assert wv.load_data(path, encoding="cp1251").class_names != ("кошка", "собака")
    with pytest.raises(WarpvizError, match=r"is not written in utf-8: byte 1 has no meaning"):
        wv.load_data(path, encoding="utf-8")
    for name in ("klingon", "hex", "base64"):
        with pytest.raises(WarpvizError, match=f"Unknown encoding '{name}'; names are those of"):
            wv.load_data(path, encoding=name)


def test_without_what_guesses_it_is_western_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "chardet", None)
    text, notes = decoded(WORDS["cp1252"].encode("cp1252"), "It")
    assert text == WORDS["cp1252"] and "pip install 'warpviz[tables]'" in notes[0]
    with pytest.raises(WarpvizError, match="neither UTF-8 nor western text; name its encoding"):
        decoded(b"1,2,\x81\x8d", "It")
    with pytest.raises(WarpvizError, match="it holds zero bytes"):
        decoded(b"PK\3\4\0\0\1\2", "It")
