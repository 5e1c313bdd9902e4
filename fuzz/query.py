"""Target of the fuzzer: anything that a person may type into the search."""

from __future__ import annotations

from galactica.search.query import split_words, terms, understand, unquoted

SEEDS = (
    b"what is the capital of france",
    b'"exact words" lang:de source:x -not',
    "中国的首都在哪里".encode(),
    b"U.S.A. e-mail 1,200 1.5 km World War 2",
    "כמה זה עולה ۱۲۳ Ελλάδα".encode(),
)
PIECES = ('"', "lang:", "source:", "-", " ", "a", "中", ".", ",", "1", "'", "“", "é", "\u0301", "\u200d", "ß", "İ", "ﷺ", "😀", "the ",
          "U.S.", ":", "한", "ก", "\u05f4", "\n", "\x00", "(", "*")  # fmt: skip


def one(data: bytes) -> None:
    """Understand `data` as a question."""
    text = data.decode("utf-8", "replace")
    understand(text)
    understand(text, language="zh")
    split_words(text)
    terms(text)
    unquoted(text)
