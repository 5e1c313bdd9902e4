"""Does a sentence say what is asked in the question's own words, with the answer where the word that asks would stand?

"Who invented the piano?" is answered so by "The piano was invented by Cristofori", "When did ABBA win the contest?" by
"They won the contest in 1974" in the article ABBA. Such an answer is far likelier than its signals say one by one
(`confidence`): they count which words of the question stand there, and not that they are joined as they were asked.

1. All that a question says stands in one clause, in its order, with nothing between that says anything else. What is
   in the title may be left to a pronoun.
2. The answer stands where it has to: before the verb or behind "by" for who did it, behind a preposition or at the very
   beginning for a time and a place, before what is counted for a number, behind what joins a reason for why.
3. Nothing makes it a report, a plan, a denial.

Languages that `worded.toml` has; of others nothing is told. Nothing that can be written raises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from galactica.ask.denying import denies
from galactica.ask.kinds import Kind
from galactica.ask.pieces import CAPITAL, NUMBER, PLAIN, Pieces, cut_pieces
from galactica.ask.question import ReadQuestion
from galactica.ask.widening import sentence_around
from galactica.ask.wording_words import WordingWords, wording_words
from galactica.ask.words_asked import WordsAsked, compared_word, words_asked
from galactica.codes.letters import folded
from galactica.languages import primary

BETWEEN = 4
"""Small words that may stand between two words of the question, or between them and the answer."""

ASIDE = 12
"""Words that may stand between what happened and its time or place: other phrases of the same clause."""

LONGEST_SENTENCE = 500
"""Characters; longer ones say too much at once."""


def says_so(question: ReadQuestion, text: str, title: str, start: int, end: int, language: str) -> bool:
    """Whether the sentence around `text[start:end]` says it of that, in the words of the question.

    Args:
        text: of a passage.
        title: of its article.
        language: of both.
    """
    words = wording_words(primary(language))
    if words is None or primary(language) != primary(question.language):
        return False
    asks = words_asked(question.plain, words)
    low, high = sentence_around(text, start, end)
    told = text[low:high]
    if asks is None or len(told) > LONGEST_SENTENCE or "\t" in told:
        return False
    told, start, end = _without_brackets(told, start - low, end - low)
    pieces = cut_pieces(told, language)
    first = next((at for at, begins in enumerate(pieces.starts) if begins >= start), len(pieces))
    last = next((at for at, ends in enumerate(pieces.ends) if ends > end), len(pieces))
    if first >= last:
        return False
    places = _placed(asks, pieces, words, title, language, last)
    if not any(pieces.kinds[at] == PLAIN for at in places):
        return False  # a name alone is spoken of in any way
    if any(_longer(at, (first, last), told, pieces, asks, words) for at in places):
        return False
    if _narrowed(min(places), first, pieces, asks, words):
        return False
    around = told[pieces.starts[max(0, min(*places, first) - BETWEEN)] : pieces.ends[max(*places, last - 1)]]
    lower = set(re.findall(r"[^\W\d_]+", folded(around)))
    if ";" in around or lower & words.reporting or denies(around, language):
        return False
    return _stands(asks, pieces, places, (first, last), told, words)


def _longer(at: int, answer: tuple[int, int], told: str, pieces: Pieces, asks: WordsAsked, words: WordingWords) -> bool:
    """Whether a name of the question is there a part of a longer one: "Henri Chopin" is not "Chopin"."""
    if pieces.kinds[at] != CAPITAL:
        return False
    for other in (at - 1, at + 1):
        if not 0 <= other < len(pieces) or answer[0] <= other < answer[1]:
            continue
        between = told[min(pieces.ends[at], pieces.ends[other]) : max(pieces.starts[at], pieces.starts[other])]
        word = pieces.words[other]
        own = compared_word(pieces.keys[other], word, words) in asks.said or word in words.crediting
        if pieces.kinds[other] == CAPITAL and not between.strip(" .-") and not (own or pieces.common[other]):
            return True
    return False


def _narrowed(begins: int, first: int, pieces: Pieces, asks: WordsAsked, words: WordingWords) -> bool:
    """Whether another word makes what the question names a narrower thing: "the binary abacus" is not "an abacus"."""
    verb = asks.doer and compared_word(pieces.keys[begins], pieces.words[begins], words) == asks.said[0]
    if asks.counted or verb or not begins or begins > first > begins - 3:
        return False
    word = pieces.words[begins - 1]
    plain = pieces.common[begins - 1] or word in words.plain or word in words.crediting or word.endswith("ly")
    return pieces.kinds[begins - 1] == PLAIN and not plain


def _without_brackets(told: str, start: int, end: int) -> tuple[str, int, int]:
    """A sentence with blanks for its brackets, but for those in which the answer stands."""
    found = list(_BRACKETS.finditer(told))
    for match in found:
        if not (match.start() < end and start < match.end()):
            told = told[: match.start()] + " " * (match.end() - match.start()) + told[match.end() :]
    return told, start, end


_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def _placed(asks: WordsAsked, pieces: Pieces, words: WordingWords, title: str, language: str, last: int) -> list[int]:
    """Where the words of a question stand in a sentence, close together and in order, those of the title anywhere among
    them or left to a pronoun; none where they do not.

    Args:
        last: the piece behind the answer.
    """
    keys = [compared_word(key, word, words) for key, word in zip(pieces.keys, pieces.words, strict=True)]
    own = cut_pieces(re.sub(r"\s*\([^()]*\)\Z", "", title), language)
    named = {compared_word(key, word, words) for key, word in zip(own.keys, own.words, strict=True)}
    whole = [key for key, common in zip(own.keys, own.common, strict=True) if not common]
    is_own = bool(whole) and all(key in asks.said for key in whole)
    if asks.counted:
        return _counted(asks, keys, pieces, words, named if is_own else set(), last)
    rest = [key for key in asks.said if not (is_own and key in named)]
    for wanted in (list(asks.said), rest) if is_own else (list(asks.said),):
        for begin in (at for at, key in enumerate(keys) if wanted and key == wanted[0]):
            places = _chain(wanted, begin, keys, pieces, words, named if is_own else set())
            if places and (len(wanted) == len(asks.said) or _meant(places, keys, pieces, words, named)):
                return places
    if not asks.doer:
        return []
    turned = [key for key in asks.said if key in named] if is_own else []
    return _turned(asks, keys, pieces, words, turned)


def _counted(
    asks: WordsAsked, keys: Sequence[str], pieces: Pieces, words: WordingWords, named: set[str], last: int
) -> list[int]:
    """The place of what is counted, right behind the answer, where all else stands near it in the same clause, or is
    the title's."""
    noun = asks.said[: asks.counted]
    if tuple(keys[last : last + len(noun)]) != noun or len(noun) == len(asks.said):
        return []
    near = range(max(0, last - ASIDE), min(len(keys), last + ASIDE))
    before = max((at for at in near if at < last and pieces.words[at] in words.joining), default=-1)
    behind = min((at for at in near if at > last and pieces.words[at] in words.joining), default=len(keys))
    here = {keys[at] for at in near if before < at < behind}
    told = [pieces.words[at] for at in range(max(0, last - 1 - BETWEEN), last - 1)]  # before a number of one word
    meant = named if any(word in words.pronouns for word in told) else set()
    if told[-1:] == ["of"]:
        return []  # "its population of 100,000 people"
    return [last] if all(key in here or key in meant for key in asks.said[len(noun) :]) else []


def _chain(
    wanted: Sequence[str], begin: int, keys: Sequence[str], pieces: Pieces, words: WordingWords, named: set[str]
) -> list[int]:
    """The places of some words one after another, the first at `begin`."""
    places = [begin]
    for key in wanted[1:]:
        at = places[-1] + 1
        while (
            at < len(keys) and keys[at] != key and _small(at, pieces, keys, words, named) and at - places[-1] <= BETWEEN
        ):
            at += 1
        if at >= len(keys) or keys[at] != key:
            return []
        places.append(at)
    return places


def _small(at: int, pieces: Pieces, keys: Sequence[str], words: WordingWords, named: set[str]) -> bool:
    """Whether a word between says nothing else: a common one that joins no clause, an adverb, a word of the title."""
    word = pieces.words[at]
    if word in words.joining:
        return False
    return pieces.common[at] or word.endswith("ly") or keys[at] in named or word in words.plain


def _meant(places: Sequence[int], keys: Sequence[str], pieces: Pieces, words: WordingWords, named: set[str]) -> bool:
    """Whether what is left out is meant by a pronoun or a part of its name right before, or by its name behind."""
    before = range(max(0, places[0] - BETWEEN), places[0])
    behind = range(places[-1] + 1, min(len(keys), places[-1] + 1 + BETWEEN))
    last = max((at for at in before if pieces.words[at] in words.pronouns or keys[at] in named), default=-1)
    if last >= 0:
        return all(_small(at, pieces, keys, words, named) for at in before if at > last)
    return any(keys[at] in named for at in behind)


def _turned(
    asks: WordsAsked, keys: Sequence[str], pieces: Pieces, words: WordingWords, named: Sequence[str]
) -> list[int]:
    """The places where what is done to something stands behind it: "the piano was invented"."""
    wanted = [*asks.said[1:], asks.said[0]]
    for begin in (at for at, key in enumerate(keys) if key == wanted[0]):
        places = _chain(wanted, begin, keys, pieces, words, set())
        if places:
            return places
    rest = [key for key in asks.said if key not in named]
    if len(rest) == 1 and named:
        for at in (at for at, key in enumerate(keys) if key == rest[0]):
            before = range(max(0, at - BETWEEN), at)
            if any(pieces.words[each] in words.pronouns for each in before):
                return [at]
    return []


def _stands(
    asks: WordsAsked,
    pieces: Pieces,
    places: Sequence[int],
    answer: tuple[int, int],
    told: str,
    words: WordingWords,
) -> bool:
    """Whether an answer stands where it has to."""
    first, last = answer
    if asks.counted:
        return True
    low, high = min(places), max(places)
    if first <= high and low < last:
        return False
    between = range(high + 1, first) if first > high else range(last, low)
    said = [pieces.words[at] for at in between]
    still = all(_quiet(at, pieces, words) for at in between)
    capital = any(pieces.kinds[at] == CAPITAL for at in range(first, last))
    name = capital or asks.kind is not Kind.PERSON
    if asks.kind is Kind.PLACE and not (capital or asks.part):
        return False  # "live in small groups"
    if asks.kind is Kind.REASON and not asks.doer:
        return first > high and words.for_reason.match(told[pieces.ends[high] :].lstrip(" ,")) is not None
    if asks.doer and last <= low:
        beside = _APPOSED.fullmatch(told[pieces.ends[last - 1] : pieces.starts[low]]) is not None
        return name and (beside or (len(between) <= BETWEEN and still))
    if asks.doer:
        credits = any(word in ("by", "to") for word in said) and not set(said) & words.joining
        fits = all(word in words.crediting or pieces.common[at] for at, word in zip(between, said, strict=True))
        return name and credits and fits and len(between) <= BETWEEN + 2
    if asks.kind in (Kind.DATE, Kind.PLACE) and not asks.being:
        if set(said) & words.joining or len(between) > ASIDE or _another(asks.kind, between, pieces):
            return False
        return _begun(first, pieces, words) if first > high else first <= 1 and still
    if asks.being and last <= low:
        joined = any(word in words.being for word in said) or told[pieces.ends[last - 1] :].startswith(",")
        return name and joined and still and len(between) <= BETWEEN - 1
    if asks.kind in (Kind.DATE, Kind.PLACE):
        return first > high and still and len(between) <= BETWEEN and _begun(first, pieces, words, *words.being)
    return name and first > high and len(between) <= 2 and still


_APPOSED = re.compile(r",[^,;]{1,60},\s*")
"""What is told of somebody between the name and what he did."""


def _begun(first: int, pieces: Pieces, words: WordingWords, *more: str) -> bool:
    """Whether a time or a place begins as one does, or stands behind what does."""
    near = pieces.words[first - 1] if first else ""
    return near in (*words.before, "the", "a", *more) or pieces.words[first] in words.before


def _quiet(at: int, pieces: Pieces, words: WordingWords) -> bool:
    return (pieces.common[at] or pieces.words[at].endswith("ly")) and pieces.words[at] not in words.joining


def _another(kind: Kind, between: range, pieces: Pieces) -> bool:
    """Whether another time, or another place, stands between."""
    if kind is Kind.DATE:
        return any(pieces.kinds[at] == NUMBER for at in between)
    return any(pieces.kinds[at] == CAPITAL for at in between)
