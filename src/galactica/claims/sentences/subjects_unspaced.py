"""Whose claim it is in a script without spaces: of the part between commas, or of the parts before where it has none.

A subject that is left out is the one before: that of the parts before it where they go on to speak of the article's
thing; at the beginning of a sentence the article's, in its first paragraph, behind a sentence that is surely of it, and
in the life of a person whom nobody was named in between.
"""

from __future__ import annotations

import re

from galactica.claims.sentences.cutting import without_opening
from galactica.claims.sentences.lexicon import Lexicon
from galactica.claims.sentences.subjects import (
    FURTHEST,
    Spoken,
    meant_by_it,
    meant_by_pronoun,
    opening_subject,
    subject_named,
)
from galactica.claims.sentences.topics import name_key, without_brackets
from galactica.claims.sentences.unspaced import begins_with_noun, called_by_kind

_OPEN = re.compile(r"[(（\[“「『《\"]")
_QUOTED = re.compile(r"“[^“”]*”|「[^「」]*」|『[^『』]*』|《[^《》]*》|\"[^\"]*\"")
_COMMAS = re.compile("[，,；;：:]")


def subject_unspaced(left: str, said: str, spoken: Spoken) -> str | None:
    """Whose claim it is: "" the article's, else a name, None where it cannot be told.

    Args:
        left: all that stands before what a rule matched in its sentence; said: what it matched.
    """
    words = spoken.words
    plain = words.patterns["honours"].sub("", without_brackets(left))
    if _OPEN.search(_QUOTED.sub("", plain)):
        return None
    if called_by_kind(said, spoken.topic.kind, spoken.topic.nouns, words) and meant_by_it(spoken):
        return ""  # "全镇总面积"
    parts = [part.strip() for part in _COMMAS.split(plain)]
    last = without_opening(parts[-1], words)
    if name_key(last, words) not in spoken.topic.names:  # "千叶翔也" ends with no adverb
        last = _without_end(last, words)
    whose = last in words.any("possessives")
    if last and not whose:
        told = subject_named(last, spoken)
        if told != "" and words.patterns["of"].fullmatch(last[-1:]):  # "该市的" 面积
            return "" if subject_named(last[:-1], spoken) == "" else None
        return told if told == "" or len(parts) == 1 or not parts[0] else None
    before = [
        rest for part in parts[:-1] if (rest := part if _keys(spoken, part) else without_opening(part, words))
    ]  # "2008年至2009年英格兰联赛杯" is a title
    if not before:
        return "" if _left_out(spoken) else None
    if any(words.patterns["clause"].search(part) for part in before):
        return None  # "北方有一条边界，长达": the border's
    for at, part in enumerate(before):
        own = any(_speaks_of(part, name, spoken) for name in _keys(spoken, part)) or _called_by_kind(part, spoken)
        goes_on = any(words.patterns[each].match(part) for each in ("goes_on", "told_so"))
        goes_on = goes_on and words.patterns["other_person"].match(part) is None
        goes_on = goes_on or (at > 0 and (whose or part.endswith(tuple(spoken.topic.nouns))))
        if not own and not (goes_on and (at or spoken.leading or _left_out(spoken))):
            return None
    return ""


def _without_end(last: str, words: Lexicon) -> str:
    """A part without the adverbs and dates that it ends with: "他在1929年再次" 获得."""
    for name in ("dated_tail", "adverbs", "dated_tail", "adverbs"):
        if name == "adverbs" or any(map(str.isdigit, last)):
            last = words.patterns[name].sub("", last)
    return last


def _left_out(spoken: Spoken) -> bool:
    """Whether a sentence without a subject is of what the article is about."""
    if (spoken.leading or spoken.words.any("drops")) and meant_by_it(spoken):
        return True
    if spoken.topic.aside:
        return False
    person = spoken.topic.kind == "person" and bool(spoken.words.any("kin"))
    for sentence in reversed(spoken.before[-FURTHEST:]):
        told = opening_subject(sentence, spoken)
        if told in ("own", "pronoun"):
            return _surely(sentence, spoken)
        if told in ("name", "thing") or not person or spoken.words.patterns["other_person"].search(sentence):
            return False
    return person and len(spoken.before) <= FURTHEST


def _surely(sentence: str, spoken: Spoken) -> bool:
    """Whether a sentence that begins with the article's name speaks of that, and of none of its parts."""
    rest = without_opening(sentence, spoken.words)
    return any(
        spoken.words.patterns["own_goes_on"].match(rest, len(name)) is not None for name in _keys(spoken, rest)
    ) or (_called_by_kind(rest, spoken))


def _speaks_of(part: str, name: str, spoken: Spoken) -> bool:
    """Whether a part that begins with a name speaks of that: not "里昂的" nor "里昂站"."""
    rest = part[len(name) :].lstrip('》」』”"')
    return not rest.startswith(("的", *spoken.words.any("kin"))) and not begins_with_noun(rest, spoken.words)


def _called_by_kind(part: str, spoken: Spoken) -> bool:
    """Whether a part begins with what the article's thing is: "该乡由"."""
    called = called_by_kind(part, spoken.topic.kind, spoken.topic.nouns, spoken.words)
    return called > 0 and meant_by_it(spoken)


def _keys(spoken: Spoken, part: str) -> list[str]:
    """The names and safe pronouns that a part may begin with, as they are written in it."""
    inner = part.lstrip('《「『“"')
    marks, key = len(part) - len(inner), name_key(inner, spoken.words)
    found = [part[: marks + len(name)] for name in spoken.topic.names if key.startswith(name)]
    found += [p for p in spoken.topic.pronouns if part.startswith(p) and meant_by_pronoun(p, spoken)]
    return found
