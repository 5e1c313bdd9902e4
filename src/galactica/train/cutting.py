"""Text cut into words and ends of sentences, as they are learned: one text, or all passages of an article at once.

Words are those of `encode.words`, so that what is learned is what is looked up. Both ways cut alike; `cut_texts` does
it in a few passes over bytes where `units` looks at each word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from galactica.codes.han import narrowed, spread, unspaced
from galactica.codes.letters import unaccented
from galactica.encode.words import LONGEST_WORD, MARKS, WORD, ungrouped

STOPS = (".", "!", "?", "。", "！", "？")
"""Ends of sentences, numbered like words, 0 to 5; never part of a vector."""

PLAIN, CAPITAL, NUMBER = 0, 1, 2
"""Kinds of words, by how they were written."""

_UNIT = re.compile(WORD.pattern + r"|[.!?。！？](?=\s|$|[^\x00-\x7f])")

_MARK, _FULL_STOP, _BORDER = "\x03", "\x04", "\x1e"
"""What stands, while text is cut as bytes, for a character beyond ASCII that is part of no word, for "。", and between
two texts (the record separator, which counts as white space)."""
_OURS = re.compile(f"[{_MARK}{_FULL_STOP}{_BORDER}]")
_MARKS = re.compile(f"[{MARKS}]")
_STRAY = re.compile(rf"(?<![^\W_])(?<![{MARKS}])(?:(?![^\W_])[{MARKS}])+")
"""Marks that follow no letter."""

_ASCII = bytes(range(128))
_BLANKED = bytes(byte if byte > 127 or chr(byte).isalnum() else 32 for byte in range(256))
_CLASSES = bytes(1 if byte > 127 or chr(byte).isalnum() else 2 * (byte in b".!?\4") for byte in range(256))
"""1 of bytes of words, 2 of what may end a sentence."""
_BEHIND_STOP = np.array([b > 127 or chr(b).isspace() or chr(b) in (_MARK, _FULL_STOP) for b in range(256)])
_STOP = np.full(256, -1, np.int8)
_STOP[[*b".!?", ord(_FULL_STOP)]] = range(4)
_NARROW = 0x10000
"""Characters whose kinds stand in a table; the few beyond are looked at one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CutTexts:
    """Texts that are cut.

    Attributes:
        words: of all texts, in order; ends of sentences are not among them.
        stops: `int8 [units]`, for each word −1, for each end of a sentence its number in `STOPS`.
        kinds: `int8 [units]`; of an end of a sentence `PLAIN`.
        sizes: units of each text.
    """

    words: list[str]
    stops: NDArray[np.int8]
    kinds: NDArray[np.int8]
    sizes: list[int]


def units(text: str) -> list[tuple[str, int]]:
    """(word or end of sentence, kind) of a text, in order."""
    text = ungrouped(text)
    lower = unaccented(text)
    if _spread_out(text):
        found = _UNIT.findall(spread(narrowed(lower)))
        return [(unit[:LONGEST_WORD], NUMBER if unit[0].isdigit() else PLAIN) for unit in found]
    return [(match[0][:LONGEST_WORD], _kind(text[match.start()])) for match in _UNIT.finditer(lower)]


def cut_texts(texts: Sequence[str]) -> CutTexts:
    """The same for several texts at once."""
    parts: list[CutTexts] = []
    for way, group in groupby(map(ungrouped, texts), _way):
        if way is None:
            parts += [_listed(units(text)) for text in group]
        else:
            parts.append(_cut_alike(list(group), spreading=way))
    if len(parts) == 1:
        return parts[0]
    return CutTexts(
        words=[word for part in parts for word in part.words],
        stops=np.concatenate([np.zeros(0, np.int8), *(part.stops for part in parts)]),
        kinds=np.concatenate([np.zeros(0, np.int8), *(part.kinds for part in parts)]),
        sizes=[size for part in parts for size in part.sizes],
    )


def _spread_out(text: str) -> bool:
    """Whether a text has a script without spaces; capitals among that say nothing, and the n-grams move offsets."""
    return not text.isascii() and unspaced(narrowed(text))


def _way(text: str) -> bool | None:
    """Whether a text is to be spread out; None where it has characters that are used for something else here."""
    return None if _OURS.search(text) else _spread_out(text)


def _cut_alike(texts: Sequence[str], *, spreading: bool) -> CutTexts:
    """Cut texts of which all, or none, have a script without spaces."""
    if spreading:
        # One by one, because few changes to a text are made faster than many (see `unaccented`).
        lower = written = spread(narrowed(_BORDER.join(map(unaccented, texts))))
    else:
        written = _BORDER.join(texts)
        lower = unaccented(written)
    return _cut_plain(lower if lower.isascii() else _plain(lower), written, capitals=not spreading)


def _plain(text: str) -> str:
    """The text, equally long, with marks for all beyond ASCII that is part of no word."""
    beyond = text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    inside = False
    for character in set(beyond):
        if character.isalnum():
            continue
        if _MARKS.match(character):
            inside = True
        else:
            text = text.replace(character, _FULL_STOP if character == STOPS[3] else _MARK)
    return _STRAY.sub(lambda stray: _MARK * len(stray[0]), text) if inside else text


def _listed(found: Sequence[tuple[str, int]]) -> CutTexts:
    return CutTexts(
        words=[unit for unit, _ in found if unit not in STOPS],
        stops=np.array([STOPS.index(unit) if unit in STOPS else -1 for unit, _ in found], np.int8),
        kinds=np.array([kind for _, kind in found], np.int8),
        sizes=[len(found)],
    )


def _cut_plain(text: str, written: str, *, capitals: bool) -> CutTexts:
    """Cut texts that are joined by `_BORDER`.

    Args:
        text: as `_plain` gives them.
        written: the same before it was made plain, equally long.
        capitals: whether those in `written` say something.
    """
    joined = (text + _BORDER).encode()
    at = np.frombuffer(joined, np.uint8)
    classes = np.frombuffer(joined.translate(_CLASSES), np.uint8)  # five times as fast as to look them up with numpy
    inside = classes == 1
    begins = inside.copy()
    begins[1:] &= ~inside[:-1]
    ends = np.flatnonzero(classes == 2)
    begins[ends[_BEHIND_STOP[at[ends + 1]]]] = True
    starts = np.flatnonzero(begins)
    places = starts if len(joined) == len(text) + 1 else np.cumsum((at & 0xC0) != 0x80)[starts] - 1  # in characters
    words = joined.translate(_BLANKED).decode().split()
    if _any_long(inside):
        words = [word[:LONGEST_WORD] for word in words]
    kinds = _kinds(written, places)
    if not capitals:
        kinds[kinds == CAPITAL] = PLAIN
    borders = np.searchsorted(starts, np.flatnonzero(at == ord(_BORDER)))
    return CutTexts(words=words, stops=_STOP[at[starts]], kinds=kinds, sizes=np.diff(borders, prepend=0).tolist())


def _any_long(inside: NDArray[np.bool_]) -> bool:
    """Whether any run of bytes of words is longer than the longest word."""
    gaps = np.flatnonzero(~inside)
    return bool(np.diff(gaps, prepend=-1).max(initial=0) > LONGEST_WORD + 1)


def _kinds(text: str, starts: NDArray[np.intp]) -> NDArray[np.int8]:
    """Kinds of words by their first characters."""
    if text.isascii():
        return _table()[np.frombuffer(text.encode(), np.uint8)[starts]]
    first = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)[starts]
    kinds = _table()[np.minimum(first, _NARROW)]
    for at in np.flatnonzero(first >= _NARROW):
        kinds[at] = _kind(chr(first[at]))
    return kinds


@cache
def _table() -> NDArray[np.int8]:
    return np.array([*(_kind(chr(point)) for point in range(_NARROW)), PLAIN], np.int8)


def _kind(character: str) -> int:
    return CAPITAL if character.isupper() else NUMBER if character.isdigit() else PLAIN
