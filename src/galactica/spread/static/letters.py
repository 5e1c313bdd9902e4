"""What a page needs to know of letters, so that it makes the same words of a query as this program does of a text.

The files `letters` and `han`, JSON and text, packed. Made from `codes` and the languages' files, so that a page needs
no table of its own and what both do cannot drift apart.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

from galactica.codes.han import simplified
from galactica.codes.variants import like
from galactica.search.asking import languages
from galactica.spread.static.blocks import deflated

_COMBINING = range(0x300, 0x370)


def letters_file() -> bytes:
    """The file `letters`: JSON, packed. `like`: character → what it is looked up as, where that is another. `fold`:
    character → what it is without accents, where that is not what is left when U+0300 to U+036F are taken out of its
    decomposition (NFD). `asks`: language → words that ask, those that do beside another, strings that ask inside a run
    without spaces, each separated by spaces."""
    document = {
        "asks": {
            name: [_sorted(each.sure), _sorted(each.beside), _sorted(each.inside)]
            for name, each in sorted(languages().items())
        },
        "fold": _folds(),
        "like": {c: new for c in map(chr, _points()) if (new := like(c)) != c},
    }
    return deflated(json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def han_file() -> bytes:
    """The file `han`: traditional characters, each followed by its simplified one, in UTF-8, packed."""
    return deflated("".join(chr(old) + new for old, new in sorted(simplified().items())).encode())


def _sorted(words: Iterable[str]) -> str:
    return " ".join(sorted(words))


def _points() -> Iterator[int]:
    """Code points beyond ASCII that may be looked up as another: the first plane, letters of mathematics."""
    return chain(range(0x80, 0xD800), range(0xE000, 0x10000), range(0x1D400, 0x1D800))


@cache
def _folds() -> dict[str, str]:
    folder = TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.ascii_fold()).build()
    found = {}
    for character in map(chr, range(0x80, 0x3000)):
        new = "".join(folder.analyze(character))
        bare = "".join(c for c in unicodedata.normalize("NFD", character) if ord(c) not in _COMBINING)
        if new != unicodedata.normalize("NFC", bare):
            found[character] = new
    return found
