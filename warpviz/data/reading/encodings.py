"""Bytes to text: UTF-8, what a byte-order mark says, what was asked for, or a guess, told."""

import codecs
import re
from importlib import import_module

from warpviz.errors import WarpvizError

SAMPLE = 65536
"""Bytes of words that a guess is made from."""
WESTERN = "cp1252"
"""What is read where nothing can guess: as Windows writes western languages."""


def decoded(data: bytes, what: str, encoding: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of a file, and what is to be said of how it was read.

    Args:
        data: its bytes.
        what: the file is called in a sentence.
        encoding: in which it is written; None is UTF-8, or else a guess.

    Raises:
        WarpvizError: for an unknown encoding, bytes that are not of it, or what is no text.

    >>> decoded("größe".encode("cp1252"), "Data file 'a.csv'", "cp1252")
    ('größe', ())
    """
    if encoding is not None:
        return _asked(data, what, encoding), ()
    if data[:4] in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE):
        return _asked(data, what, "utf-32"), ()
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return _asked(data, what, "utf-16"), ()
    if b"\0" in data[:4096]:
        told = _without_mark(data)
        if told is None:
            raise WarpvizError(
                f"{what} cannot be read as text: it holds zero bytes; write it as .csv, .xlsx, "
                ".npz or .parquet, or name its encoding with --encoding."
            )
        return _asked(data, what, told), _note(what, told, "its every other byte is zero")
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return _guessed(data, what)


def _asked(data: bytes, what: str, encoding: str) -> str:
    try:
        # Only what makes text of bytes: "hex" and "zip" are codecs too.
        kind = codecs.lookup(encoding)
        if not getattr(kind, "_is_text_encoding", True):
            raise LookupError
        return data.decode(encoding).removeprefix("\ufeff")
    except LookupError:
        raise WarpvizError(
            f"Unknown encoding '{encoding:.40}'; names are those of Python, such as utf-8, "
            "utf-16, cp1251, gbk or shift_jis."
        ) from None
    except UnicodeError as error:
        at = getattr(error, "start", 0)
        raise WarpvizError(
            f"{what} is not written in {encoding}: byte {at + 1} has no meaning in it; name "
            "another with --encoding, or leave that out for a guess."
        ) from None


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without its mark: numbers and commas have a zero in every other byte."""
    head = data[:4096]
    half = len(head) // 2
    for encoding, zero, other in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        zeros = head[zero::2].count(0) > 0.3 * half and head[other::2].count(0) == 0
        if len(data) % 2 == 0 and zeros:
            return encoding
    return None


def _guessed(data: bytes, what: str) -> tuple[str, tuple[str, ...]]:
    """The text as a detector takes it; words alone are shown to it, as numbers tell nothing."""
    try:
        chardet = import_module("chardet")
        eras = chardet.EncodingEra
    except (ImportError, AttributeError):
        why = "Western, as nothing here can guess; pip install 'warpviz[tables]' brings what can"
        return _western(data, what), _note(what, WESTERN, why)
    words = dict.fromkeys(re.findall(rb"[^,;\t\r\n]*[\x80-\xff][^,;\t\r\n]*", data[: 2**24]))
    sample = b"\n".join(words)[:SAMPLE]
    found = chardet.detect(sample, encoding_era=eras.MODERN_WEB)["encoding"] or WESTERN
    try:
        text = data.decode(found)
    except (LookupError, UnicodeError):
        return _western(data, what), _note(what, WESTERN, "a guess")
    return text, _note(what, codecs.lookup(found).name, "a guess")


def _western(data: bytes, what: str) -> str:
    try:
        return data.decode(WESTERN)
    except UnicodeDecodeError:
        raise WarpvizError(
            f"{what} is neither UTF-8 nor western text; name its encoding with --encoding, such "
            "as cp1251, gbk or shift_jis, or let pip install 'warpviz[tables]' bring what guesses."
        ) from None


def _note(what: str, encoding: str, why: str) -> tuple[str, ...]:
    return (f"{what} is not UTF-8 and read as {encoding} ({why}); --encoding names another.",)
