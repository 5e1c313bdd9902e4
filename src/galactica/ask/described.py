"""Which article a question means that calls its thing by more, or less, than the title, in scripts without spaces.

"恐怖片剧场灵是谁拍的" calls 劇場靈 a horror film, "香港沙田的广源选区" has the kind of 廣源 (選區)
behind the name, "影评人萨里斯" is 安德鲁·萨里斯. The thing of such a question is looked for among the passages
that are found for it:

1. The title, without what stands in brackets and without marks, stands in what the question calls its thing; of a name
   of several parts the last may stand alone, where no other title that was found has it.
2. What stands before it is said at the beginning of the article, or in its title; it ends with 的 or says of which kind
   the thing is, where the name itself says a kind ("日本共产党" is not 共产党).
3. What stands behind it is the kind in the brackets of the title, or ends a part of the first sentence that does not
   say that the thing has one or belongs to one ("设有医学院").

Nothing that can be written raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from galactica.ask.form_words import NEVER
from galactica.ask.holdings import Page
from galactica.claims.sentences.lexicon import lexicon
from galactica.codes.han import unspaced
from galactica.codes.letters import title_key
from galactica.languages import facts, primary
from galactica.model import PassageHit

MOST_TITLES = 8
"""Titles among what was found that are looked at."""

BEGINNING = 800
"""Characters of an article in which it says what a question may call its thing besides."""

SAID = 0.6
"""Share of the pairs of letters of what a question says before a name that the article has to say too: names of places
are written in several ways."""

SHORTEST_PART = 2
SHORTEST_JOINED = 3
"""Letters of a title, and of one before which a description stands without 的: a shorter one may be part of a word."""

LONGEST_NOUN = 10
"""Letters of a noun that says a kind of thing."""

LONGEST = 40
"""Letters of what a question calls its thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribedThing:
    """The article that is meant.

    Attributes:
        title: of it.
        place: (edition, id).
        whole: whether the question has the whole title, and not its last part alone.
    """

    title: str
    place: tuple[str, bytes]
    whole: bool


def thing_described(
    called: str, hits: Sequence[PassageHit], page: Callable[[str, bytes], Page | None]
) -> DescribedThing | None:
    """The article on what a question calls so; None for none, and where it may be several.

    Args:
        called: what the question calls its thing.
        hits: passages that were found for the question, best first.
        page: opens an article.
    """
    text = letters_alone(called)
    if not unspaced(called) or not SHORTEST_PART <= len(text) <= LONGEST:
        return None
    titles = list(dict.fromkeys((hit.title, hit.edition, hit.id) for hit in hits))[:MOST_TITLES]
    tried = sorted(_tried(text, [title for title, *_ in titles]), key=lambda each: (-each[1], -len(each[2]), each[0]))
    for number, whole, name in tried:
        title, edition, identity = titles[number]
        opened = page(edition, identity)
        if opened is not None and _fits(text, name, opened):
            return DescribedThing(title=title, place=(edition, identity), whole=whole)
    return None


def _tried(text: str, titles: Sequence[str]) -> Iterator[tuple[int, bool, str]]:
    """(number of a title, whether the question has all of it, the part that it has)."""
    lasts = [letters_alone(re.split(_JOINTS, _BRACKETED.sub("", title))[-1]) for title in titles]
    for number, title in enumerate(titles):
        whole, last = letters_alone(_BRACKETED.sub("", title)), lasts[number]
        if len(whole) >= SHORTEST_PART and whole in text:
            yield number, True, whole
        elif last != whole and len(last) >= SHORTEST_PART and last in text and lasts.count(last) == 1:
            yield number, False, last


def _fits(text: str, name: str, page: Page) -> bool:
    """Whether an article says of its thing what a question says before and behind its name."""
    before, _, behind = text.rpartition(name)
    title, language = page.article.title, primary(page.article.language)
    words = _words(language)
    bracket = _BRACKETED.search(title)
    opening = page.text[:BEGINNING]
    if behind and behind != letters_alone(bracket[0] if bracket else ""):
        first = re.split(r"[。\n]", opening, maxsplit=1)[0]
        parts = [letters_alone(part) for part in re.split(r"[，,；;、]", first)]
        kinds = (part.endswith(behind) and not words.having.search(part.removesuffix(behind)) for part in parts)
        if len(behind) < SHORTEST_PART or not any(kinds):
            return False
    told = words.quiet.sub("", before)
    if told and not (words.possessive and before.endswith(words.possessive)):
        long, kind = len(name + behind) >= SHORTEST_JOINED, _says_kind(told, language)
        if not (long or kind) or (_says_kind(name, language) and not (long and kind)):
            return False
    said = letters_alone(title + opening)
    pairs = [told[at : at + 2] for at in range(len(told) - 1)] or [told]
    return sum(pair in said for pair in pairs) >= SAID * len(pairs)


def _says_kind(text: str, language: str) -> bool:
    """Whether a name or description ends with a noun that says of which kind something is."""
    words = lexicon(language)
    return words is not None and any(text[-n:] in words.kinds for n in range(1, LONGEST_NOUN + 1))


def letters_alone(text: str) -> str:
    """A text as names are compared, in simplified Han, without marks and blanks."""
    return "".join(filter(str.isalnum, title_key(text)))


_BRACKETED = re.compile(r"\s*[(（][^()（）]{1,60}[)）]\Z")
_JOINTS = re.compile(r"[·・‧•．]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _DescribingWords:
    """The words of one language, from `answers` of its file.

    Attributes:
        possessive: what stands between a description and a name; "" for none.
        quiet: what says nothing of a thing, but points to it or stands behind a description.
        having: what says that a thing has one of a kind, or belongs to one, and is none: "设有医学院".
    """

    possessive: str
    quiet: re.Pattern[str]
    having: re.Pattern[str]


@cache
def _words(language: str) -> _DescribingWords:
    entry = facts(language).get("answers", {})
    possessive = entry.get("possessive", "")
    quiet = [each for each in (entry.get("pointing", ""), re.escape(possessive)) if each]
    return _DescribingWords(
        possessive=possessive,
        quiet=re.compile("|".join(quiet) or NEVER),
        having=re.compile(entry.get("having", NEVER)),
    )
