"""Letters made comparable: case, accents, width, vowel points, traditional Han; and the keys that titles are found by.

`prepare` is the first step of every analyser of words (see `search.analysis`), `indexed` that of texts that are
indexed, `folded` is what texts are looked through in, `title_key` what two spellings of one title share, `loose_key`
what they share where a mark stands in one of them only. None of them knows a language; which letters are written for
each other is `variants`', which words are written with and without a mark inside `joints`'.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from galactica.codes.han import PAIRS, TRIPLES, fold_han, narrowed, spread
from galactica.codes.joints import joined_words
from galactica.codes.variants import alike, like, replaced, strange

_PAIR = re.compile(f"[{PAIRS}]")
_TRIPLE = re.compile(f"[{TRIPLES}]")
_WIDE = re.compile("[\u3000\uff01-\uffdc]")
_COMBINING = re.compile("[\u0300-\u036f]")
_SPACES = re.compile(r"\s+")
_SAME_MARK = str.maketrans({"_": " ", "`": "'"} | dict.fromkeys("“”„", '"') | dict.fromkeys("–—−", "-"))
_INSIDE = re.compile(r"(?<=[^\W_])[-'.&·\"](?=[^\W_])")
_BETWEEN = re.compile(r"[,:;!?¿¡()]|\.(?=\s|$)")
_DOTS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\. ?){2,}")


def prepare(text: str) -> str:
    """Text in any language, ready to be cut into words: composed form (NFC), each letter as what it is looked up as
    (`variants`), Han folded to simplified, scripts without spaces spread into n-grams (`han`).

    What needs nothing of this passes untouched (the same object comes back): which characters occur is read off the
    text's UTF-8 form, at the speed of memory.
    """
    found = strange(text)
    if not found:
        return text
    several = "".join(found)
    if _WIDE.search(several):
        text = narrowed(text)
        several = "".join(found := strange(text))
    text = alike(text, found)
    return spread(text, pairs=bool(_PAIR.search(several)), triples=bool(_TRIPLE.search(several)))


def indexed(text: str) -> str:
    """Text prepared, followed by its words that marks hold together as they are without those."""
    text = prepare(text)
    several = joined_words(text)
    return f"{text}\n{' '.join(several)}" if several else text


def title_key(title: str) -> str:
    """What spellings of a title have in common: case, accents, width, kinds of quotes, dashes, spaces do not count.

    Punctuation does count ("C", "C++" and "C#" are three titles). Never empty for a title that is not blank.
    """
    key = unicodedata.normalize("NFKC", title[:1000]).casefold()
    if not key.isascii():
        key = key.encode("utf-8", "replace").decode()  # no lone surrogates
        key = unicodedata.normalize("NFC", _COMBINING.sub("", unicodedata.normalize("NFD", key)))
        key = fold_han(alike(key, strange(key)).replace("\u200c", ""))
    key = _SPACES.sub(" ", key.translate(_SAME_MARK)).strip()
    return key or title.strip()


def loose_key(key: str) -> str:
    """A title's key without the marks that people leave out: "u.s.a." and "usa", "e-mail" and "email", "washington,
    d.c." and "washington dc", "mercury (planet)" and "mercury planet"."""
    key = _DOTS.sub(lambda dots: dots[0].replace(".", "").replace(" ", "") + " " * dots[0].endswith(" "), key)
    loose = _SPACES.sub(" ", _BETWEEN.sub(" ", _INSIDE.sub("", key))).strip()
    return loose or key


def folded(text: str) -> str:
    """`text` in lower case without accents, in simplified Han, each letter as what it is looked up as where that is one
    character; exactly as long, so that spans fit both."""
    return _folded(text, _plain)


def unaccented(text: str) -> str:
    """`text` in lower case without accents, in simplified Han; exactly as long. Encoders learned words in this form."""
    return _folded(text, _bare)


def _folded(text: str, plain: Callable[[str], str]) -> str:
    if text.isascii():
        return text.lower()
    # In bytes, because only ASCII is lowered there and that is a pass at memory speed; the few other letters that
    # occur are found by taking ASCII out, and replaced one by one. Five times as fast as str.lower and a table.
    lower = text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")
    return replaced(lower, {c: new for c in strange(lower) if (new := plain(c)) != c})


@cache
def _plain(character: str) -> str:
    """A character as it is looked up, in lower case and so on; as it is without that where it would be several."""
    lower = character.lower()
    same = like(lower) if len(lower) == 1 else ""
    return _bare(same if len(same) == 1 else character)


@cache
def _bare(character: str) -> str:
    """A character in lower case, without accents, in simplified Han, half as wide; itself if that is not one."""
    lower = character.lower()
    bare = _COMBINING.sub("", unicodedata.normalize("NFD", lower))
    bare = fold_han(_LATIN.get(lower, unicodedata.normalize("NFC", bare))).lower()
    if len(bare) == 1:
        return bare
    return lower if len(lower) == 1 else character


_LATIN = {"ø": "o", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "ŧ": "t", "ð": "d", "’": "'", "‘": "'", "ʼ": "'"}
