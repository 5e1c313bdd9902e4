"""What kind of thing a name means in a script without spaces, and how sentences call it by its kind.

A noun that ends a part of the first sentence is what the thing is: "法国的首都和最大城市", "诺达克()法国政治人物".
Where there is none, dates of a life make it a person, the name's own end tells ("河内银行"), a title in 《》 is a
work; only then any noun in the sentence; what lies somewhere, and is nothing else, is treated as a building.
"""

from __future__ import annotations

import re

from galactica.claims.sentences.lexicon import Lexicon
from galactica.codes.han import fold_han

_PARTS = re.compile("[，,。；;、]")

LONGEST_NOUN = 10
"""Code points of a noun that says what kind of thing something is; a test holds that the files have no longer one."""

PARTS = 3
"""Parts of a definition in which a noun is looked for."""

LATER_PARTS = 10
"""Parts of it in which one is looked for where they say "is": behind other names, degrees and orders."""

LONGEST_PART = 30
"""Code points of a part that stands right behind a name and its bracket, and says who that is."""


def defined_unspaced(told: str, first: str, base: str, words: Lexicon) -> tuple[str, frozenset[str]]:
    """The kind of thing that a first sentence says a name means, and the nouns it says that with.

    Args:
        told: what stands behind the verb that defines; first: the sentence; base: the title without brackets.
    """
    born = words.patterns["born"]
    said = [part for part in _PARTS.split(told)[: 2 * LATER_PARTS] if born.search(f",{part},") is None]
    every = [part for part in said if not _only_a_name(part, words)]
    where, of = words.patterns["lies"], words.patterns["of"]
    defining = [part for part in every if where.match(part) is None or of.search(part)]
    parts = defining[:PARTS]
    later = [part for part in defining[PARTS:LATER_PARTS] if words.patterns["is_said"].search(part)]
    for part in (*_right_behind(first, fold_han(base), words), *parts, *later):
        found = [part[-n:] for n in range(min(LONGEST_NOUN, len(part)), 0, -1) if part[-n:] in words.kinds]
        if found:
            return words.kinds[found[0]], frozenset(found)
    if born.search(first[:400]) is not None:
        return "person", frozenset()
    kind, nouns = _named_so(base, first, words)
    if kind:
        return kind, nouns
    lies = _lies(first, fold_han(base), words)
    for part in every[:PARTS]:
        ends = sorted((part.rfind(noun) + len(noun), len(noun), noun) for noun in words.kinds if noun in part)
        if ends and not (lies and words.kinds[ends[-1][2]] == "person"):
            return words.kinds[ends[-1][2]], frozenset((ends[-1][2],))
    return ("building" if lies else ""), frozenset()


def _only_a_name(part: str, words: Lexicon) -> bool:
    """Whether a part of a definition says how else its thing is called, and no more."""
    told = words.patterns["also_called"].match(f",{part},")
    return told is not None and told.end() > len(part)


def _right_behind(first: str, plain: str, words: Lexicon) -> list[str]:
    """What a sentence says right behind its name's bracket, where that ends with a noun of persons:
    "诺达克()法国政治人物,"."""
    rest = first[len(plain) :]
    behind = _BRACKETS.match(rest) if first.startswith(plain) else None
    part = _PARTS.split(rest[behind.end() :][: LONGEST_PART + 1])[0] if behind is not None else ""
    ends = any(words.kinds.get(part[-n:]) == "person" for n in range(1, LONGEST_NOUN + 1))
    return [part] if ends and len(part) <= LONGEST_PART else []


_BRACKETS = re.compile(r"(?:\([^()]*(?:\([^()]*\)[^()]*)*\))+")


def _lies(first: str, plain: str, words: Lexicon) -> bool:
    """Whether a sentence begins by saying where its thing lies: "飞鹅岭位于"."""
    return first.startswith(plain) and words.patterns["lies"].match(first, len(plain)) is not None


def _named_so(base: str, first: str, words: Lexicon) -> tuple[str, frozenset[str]]:
    """What a name says that its thing is: "河内银行"; before a place, "飞鹅岭位于"; a title in marks is a work."""
    plain = fold_han(base)
    also = words.any("name_ends_placed") if _lies(first, plain, words) else frozenset()
    ends = sorted(
        (n for n in words.any("name_ends") | also if plain.endswith(n) and len(n) < len(plain)),
        key=lambda n: (-len(n), n),
    )
    if ends and ends[0] in words.kinds:
        return words.kinds[ends[0]], frozenset(ends[:1])
    if not first.startswith(f"《{plain}》"):
        return "", frozenset()
    return next((k for k in ("film", "music", "software") if words.patterns[f"{k}_told"].search(first)), "book"), (
        frozenset()
    )


def called_by_kind(part: str, kind: str, nouns: frozenset[str], words: Lexicon) -> int:
    """How much of a part's beginning calls the article's thing by its kind: "该乡", "这座桥", "学校"; 0: nothing.

    A bare noun must have a sign in common with what the thing is: "学校" of a 大学, no "影片" of a 电视剧.

    Args:
        nouns: what its first sentence says that it is.
    """
    this = words.patterns["this_one"].match(part)
    at = this.end() if this is not None else 0
    bare = (word for word in words.any(f"bare_{kind}") if any(set(word) & set(noun) for noun in nouns))
    called = nouns | words.any(f"short_{kind}") if at else {noun for noun in (*nouns, *bare) if len(noun) > 1}
    told = [noun for noun in called if part.startswith(noun, at)]
    return at + max(map(len, told)) if told else 0


def begins_with_noun(text: str, words: Lexicon) -> bool:
    """Whether a text begins with any noun that says what kind of thing something is."""
    return any(text[:n] in words.kinds for n in range(1, min(LONGEST_NOUN, len(text)) + 1))
