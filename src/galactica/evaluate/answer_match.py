"""Does an answer stand in a passage? As words of its own, whatever the case, accents, kinds of quotes and spaces.

Rules:
1. Text and answer are folded alike: composed form (NFC), lower case, no accents, simplified Han (`codes.letters`), one
   kind of quotes and dashes, one space for many.
2. Punctuation at the ends of the answer does not count.
3. Before and after the answer no letter or digit may go on: "art" does not stand in "party". A number is whole: 5 does
   not stand in 5,200 or 1.5.
4. Scripts without spaces have no such ends: there the answer may stand anywhere, spaces left aside ("136 次" in
   "了136次").
"""

from __future__ import annotations

import re
import unicodedata

from galactica.codes.han import unspaced
from galactica.codes.letters import folded

_SAME_MARK = str.maketrans(dict.fromkeys("’‘ʼ`´", "'") | dict.fromkeys("“”„«»", '"') | dict.fromkeys("–—−‐‑", "-"))
_SPACES = re.compile(r"\s+")
_EDGES = " .,;:!?\"'()[]。，、；：！？「」『』《》（）…"


def comparable(text: str) -> str:
    """The form in which texts and answers are compared (rule 1)."""
    composed = unicodedata.normalize("NFC", text)
    return _SPACES.sub(" ", folded(composed).translate(_SAME_MARK)).strip()


def answer_form(answer: str) -> str:
    """The form of an answer that is looked for (rules 1, 2 and 4); "" where nothing is left of it."""
    form = comparable(answer)
    form = form.strip(_EDGES) or form
    return form.replace(" ", "") if unspaced(form) else form


def stands(form: str, text: str) -> bool:
    """Whether the answer of this `answer_form` form stands in a `comparable` text."""
    if not form:
        return False
    if unspaced(form):
        text = text.replace(" ", "")
    start = text.find(form)
    while start >= 0:
        if _ends(form, text, start):
            return True
        start = text.find(form, start + 1)
    return False


def _ends(form: str, text: str, start: int) -> bool:
    """Whether no word or number goes on beyond the two ends of `form` at `start`."""
    before, after = text[max(0, start - 2) : start], text[start + len(form) : start + len(form) + 2]
    return _parted(form[0], before[::-1]) and _parted(form[-1], after)


def _parted(edge: str, beyond: str) -> bool:
    """Whether a word ends at `edge`; `beyond` are the next characters outwards."""
    if not beyond or not _wordy(edge) or unspaced(edge):
        return True
    if edge.isdigit() and len(beyond) > 1 and beyond[0] in ".," and beyond[1].isdigit():
        return False
    return not _wordy(beyond[0]) or unspaced(beyond[0])


def _wordy(character: str) -> bool:
    """Whether a character is part of a word; vowel signs of Indic scripts are, and they are marks."""
    return character.isalnum() or unicodedata.category(character).startswith("M")
