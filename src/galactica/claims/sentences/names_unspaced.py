"""How an article in a script without spaces calls its thing besides its title: other names, forms, parts of a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from galactica.claims.sentences.lexicon import Lexicon
from galactica.codes.han import fold_han

ALIKE = 0.6
"""Of two forms of one name, the least share of signs that stand in both in the same order."""

SHORTEST_ALIKE = 3
"""Code points of a name that another form of it is told by."""

LONGEST_PLACE = 4
"""Code points of a place that a title begins with and its article leaves out."""

CALLED = 2
"""How often a part of a person's name must begin a clause to be how the article calls the person."""

_NUMBERED = re.compile("[一二三四五六七八九十]{1,3}世$")
_MARKS = re.compile(r"[\s「」“”\"『』《》‘’]")

_WHOLE_BRACKETS = re.compile(r"\([^()]*\)")


def also_named(first: str, base: str, kind: str, nouns: frozenset[str], text: str, words: Lexicon) -> Iterator[str]:
    """Names that an article's thing has besides its title.

    Args:
        first: its first sentence; base: the title without brackets; text: how the article begins.
        kind, nouns: what it is, and what the first sentence calls it by its kind.
    """
    plain = fold_han(base)
    cut = first.find(")")
    head, rest = first[: cut + 1], _WHOLE_BRACKETS.sub("", first[cut + 1 :])
    for match in words.patterns["also_called"].finditer(head + rest):
        yield match["name"]
    if kind == "place":
        ends = words.any("place_ends")
        short = plain[:-1] if plain[-1:] in ends else ""
        if len(short) >= CALLED and short[-1] not in ends:
            yield short
        yield from (plain + noun[-1] for noun in sorted(nouns) if noun[-1:] in ends and plain[-1:] not in ends)
    if kind == "person":
        yield from _parts_of_name(plain, text, words)
    elif kind == "building":
        yield from _without_place(plain, text, words)


def _without_place(plain: str, text: str, words: Lexicon) -> Iterator[str]:
    """The end of a building's name that begins a line where it says where that lies: "香沉寺位于" of "剑阁香沉寺"."""
    for cut in range(2, min(LONGEST_PLACE, len(plain) - SHORTEST_ALIKE) + 1):
        found = re.search(rf"(?:^|\n){re.escape(plain[cut:])}", text)
        if found is not None and words.patterns["lies"].match(text, found.end()):
            yield plain[cut:]


def _parts_of_name(plain: str, text: str, words: Lexicon) -> Iterator[str]:
    """A first name ("安雅"), or a family name of two signs ("高柳"), that begins clauses by itself."""
    king = _NUMBERED.sub("", plain)
    if (
        king != plain
        and len(king) > 1
        and re.search(rf"(?:^|[\n。,;]){re.escape(king)}(?![一二三四五六七八九十·‧])", text)
    ):
        yield king  # "斐迪南" of "斐迪南一世"
    dotted = re.split("[·‧]", plain)
    parts = dotted[:1] if len(dotted) > 1 else [plain[:2]] if 4 <= len(plain) <= 6 else []
    for part in parts:
        behind = f"(?!{re.escape(plain[len(part) :])}|[·‧])"
        if len(part) > 1 and len(re.findall(rf"(?:^|[\n。,;]){re.escape(part)}{behind}", text)) >= CALLED:
            yield part


def placed_before(base: str, head: str) -> bool:
    """Whether a title is a name with a place before it, and the name stands there alone: "江津利济桥", "利济桥位于".

    Args:
        base: the title without brackets; head: what a sentence begins with, folded.
    """
    plain = fold_han(base)
    return SHORTEST_ALIKE <= len(head) < len(plain) <= len(head) + LONGEST_PLACE and plain.endswith(head)


def transcribed_alike(head: str, base: str) -> bool:
    """Whether a name is another's form: written with blanks or marks, or in another transcription ("埃斯唐盖" of a
    title "埃斯坦盖"). A name that holds the other is none: "里昂大学" of "里昂"."""
    one, other = _MARKS.sub("", head), _MARKS.sub("", fold_han(base))
    if one == other or (one.count("的") + other.count("的") == 1 and one.replace("的", "") == other.replace("的", "")):
        return bool(one)  # "粉红色的火烈鸟" of "粉红色火烈鸟"
    short, full = sorted((re.split("[·‧]", one), re.split("[·‧]", other)), key=len)
    if len(short) > 1 and short[-1] == full[-1] and set(short) <= set(full):
        return True
    if min(len(one), len(other)) < SHORTEST_ALIKE or one in other or other in one or "的" in one:
        return False
    if any(a.isdigit() for a in one + other) and re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE
