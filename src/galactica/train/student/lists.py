"""How common words are in forty languages: lists of the package `wordfreq` (Speer 2022; data CC BY-SA 4.0), where it is
installed. Its data alone are read, its program is not run.

A file is gzip over MessagePack: a head, then lists of words; all words of list number `n` make up 10^(−n/100) of the
words of a text, each.
"""

from __future__ import annotations

import gzip
import importlib.util
from pathlib import Path

import msgspec

from galactica.encode.subwords import LONGEST_ENTRY, fold_words, without_spaces
from galactica.errors import InputError

PACKAGE = "wordfreq"
LARGEST = 20_000_000
"""Bytes of a list, unpacked; the longest has a tenth of that."""


def word_lists(most: int) -> dict[str, dict[str, float]]:
    """Language → its commonest words, so many at most, folded, each with its share of all words; nothing where the
    package is not installed. Scripts without spaces are left out: their words are pieces.

    Raises:
        InputError: a list has another form.
    """
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None or not most:
        return {}
    folder = Path(found.origin).parent / "data"
    return {
        path.name.removeprefix("small_").partition(".")[0]: listed_words(path, most)
        for path in sorted(folder.glob("small_*.msgpack.gz"))
    }


def listed_words(path: Path, most: int) -> dict[str, float]:
    """The commonest words of one list; see `word_lists`."""
    try:
        with gzip.open(path) as file:
            _, *several = msgspec.msgpack.decode(file.read(LARGEST), type=list[dict[str, object] | list[str]])
    except (OSError, EOFError, ValueError, msgspec.DecodeError) as error:
        raise InputError(f"{path.name} of the package {PACKAGE} has another form ({error}).", "Install 3.1.") from None
    found: dict[str, float] = {}
    for number, listed in enumerate(several):
        for word in listed:
            if len(found) >= most:
                return found
            folded = fold_words(word)
            if len(folded) == 1 and len(folded[0]) <= LONGEST_ENTRY and not without_spaces(folded[0]):
                found.setdefault(folded[0], 10 ** (-number / 100))
    return found
