"""Dates of one event that differ between two sentences, and names in one place of it.

1. A date belongs to the word for what happens (`words.toml`, once) that stands nearest in its clause.
2. Two dates are of one event where those words are of one row and the sentences share what else they say, or, of birth
   and death, where both are the topic's own.
3. A name is in a place: behind "his father", or behind "founded by".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from galactica.joining.disagreements.prose.sentences import Sentence, event_rows, stem_of_word, stems_of, words_listed
from galactica.values.dates import Date, dates, same_date
from galactica.values.differing import names_differ

NEAREST = 60
"""Characters between an event's word and its date."""

SHARED = 2
"""What two sentences must say alike besides the event."""

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(
    rf"(?<![\w-])(?:\d{{1,2}}(?:st|nd|rd|th)?\s(?:{MONTHS}),?\s\d{{4}}|(?:{MONTHS})\s\d{{1,2}},?\s\d{{4}}|(?:{MONTHS})\s\d{{4}}|(?:1[0-9]\d\d|20\d\d))(?![\w–-]\d|\w)"
)
_RANGE = re.compile(
    r"\b(?:from|between|since|until|till|before|after|by|through|c\.|circa|about|around|early|late|mid|to|and|for|the)\s\Z",
    re.IGNORECASE,
)
_LIFE = re.compile(
    rf"\([^()]{{0,300}}?(?P<born>(?:\d{{1,2}}\s(?:{MONTHS})\s|(?:{MONTHS})\s\d{{1,2}},?\s)?\d{{4}})\s?[–—-]\s?(?P<died>(?:\d{{1,2}}\s(?:{MONTHS})\s|(?:{MONTHS})\s\d{{1,2}},?\s)?\d{{4}})\)"
)
LIVES = ("born", "died")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date with the event that it is of.

    Attributes:
        row: of the event's word in the list.
        own: whether it is the topic's own birth or death.
        start, end: of the date, in the text.
    """

    date: Date
    row: int
    own: bool
    start: int
    end: int


def dated_events(sentence: Sentence, topic: frozenset[str]) -> Iterator[Dated]:
    """The dates of a sentence that are of an event."""
    text = sentence.text
    taken: set[int] = set()
    for match in _LIFE.finditer(text):
        if {word.lower() for word in re.findall(r"\w+", text[: match.start()])} & words_listed("kin"):
            continue  # "a son of Anna Elm (1850–1901)"
        if not topic or topic & frozenset(stem_of_word(word) for word in re.findall(r"\w+", text[: match.start()])):
            for name in LIVES:
                found = dates(match[name])
                if len(found) == 1:
                    taken.add(match.start(name))
                    yield Dated(
                        date=found[0],
                        row=event_rows()[stem_of_word(name)],
                        own=True,
                        start=sentence.start + match.start(name),
                        end=sentence.start + match.end(name),
                    )
    for match in _DATE.finditer(text):
        if match.start() in taken or any(
            a <= match.start() < b for a, b in ((m.start(), m.end()) for m in _LIFE.finditer(text))
        ):
            continue
        before = text[max(0, match.start() - 24) : match.start()]
        loose = _RANGE.search(before)
        if loose and loose[0].strip().lower() not in ("the", "and"):
            continue
        found = dates(match[0])
        event = _event(sentence, match.start(), match.end())
        if len(found) == 1 and found[0].year and event is not None:
            row, at = event
            yield Dated(
                date=found[0],
                row=row,
                own=row in _life_rows() and _own(sentence, at, topic),
                start=sentence.start + match.start(),
                end=sentence.start + match.end(),
            )


def _life_rows() -> frozenset[int]:
    return frozenset(event_rows()[stem_of_word(name)] for name in LIVES)


def _event(sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """(row, number of its word) of the event that a date is of: the nearest such word in the clause."""
    best: tuple[int, int, int] | None = None
    for number, word in enumerate(sentence.words):
        row = event_rows().get(word.stem)
        if row is None or (word.capital and number and sentence.text[word.end - sentence.start :][:1] != "\t"):
            continue
        first, last = word.start - sentence.start, word.end - sentence.start
        gap = start - last if last <= start else first - end
        between = sentence.text[last:start] if last <= start else sentence.text[end:first]
        opens = start == 0 and last > end and between.lstrip().startswith(":")
        if gap > NEAREST or gap < 0 or (not opens and _APART.search(between)):
            continue
        if last > start:
            gap += NEAREST // 3  # "In 1983 it was renamed": the other way round is the usual one
        if best is None or gap < best[0]:
            best = gap, row, number
    return (best[1], best[2]) if best else None


_APART = re.compile(r"[;:]|\b(?:but|while|whereas|who|which|where|when)\b")


def _own(sentence: Sentence, at: int, topic: frozenset[str]) -> bool:
    """Whether a birth or death is the topic's own: its name, a pronoun or nothing stands before, and no kin."""
    before = [word.text.lower() for word in sentence.words[:at]]
    behind = [word.text.lower() for word in sentence.words[at + 1 : at + 5]]  # "the death of his kinsman"
    if {*before, *behind} & words_listed("kin"):
        return False
    if not before or not topic or set(before[-3:]) & {"he", "she"}:
        return True
    words = sentence.words[:at]
    names = [
        word.stem
        for number, word in enumerate(words)
        if word.capital and word.stem and (number or word.stem in topic or (len(words) > 1 and words[1].capital))
    ]
    if names and names[0] not in topic and {"known", "called"} & set(before):
        return bool(topic.intersection(names))  # "Ann Lee, also known as Ann of Norrby, was born"
    return names[0] in topic if names else len(before) <= 2


def events_differ(one: Dated, other: Dated, left: Sentence, right: Sentence, topic: frozenset[str]) -> bool:
    """Whether two dates are of one event and cannot be the same."""
    if one.row != other.row or same_date(one.date, other.date):
        return False
    if one.own and other.own:
        return True
    if one.row in _life_rows():
        return False
    rows = frozenset(word for word, row in event_rows().items() if row == one.row)
    shared = (left.stems & right.stems) - rows - topic
    named = frozenset(word.stem for word in left.words if word.capital) & frozenset(
        word.stem for word in right.words if word.capital
    )
    return (len(shared) > SHARED and bool(named & shared)) or _same_words_behind(left, right, one.row)


def _same_words_behind(left: Sentence, right: Sentence, row: int) -> bool:
    """Whether the same two words stand right behind the event's word on both sides."""
    behind = []
    for sentence in (left, right):
        number = next((n for n, word in enumerate(sentence.words) if event_rows().get(word.stem) == row), None)
        if number is None:
            return False
        behind.append({word.stem for word in sentence.words[number + 1 : number + 6] if word.stem})
    return len(behind[0] & behind[1]) >= 2


def aged(sentence: Sentence) -> Iterator[tuple[int, int, int]]:
    """(year of birth, start, end) that follow from an age in a year: "at age 36 … in 1193"."""
    if {word.text.lower() for word in sentence.words} & words_listed("kin"):
        return
    for match in _AGED.finditer(sentence.text):
        yield int(match[2]) - int(match[1]), sentence.start + match.start(), sentence.start + match.end()


_AGED = re.compile(
    r"\b(?:at (?:the )?age(?: of)?|aged|when (?:he|she) was) (\d{1,2})\b[^.;()\d]{0,50}"
    r"\bin (1[0-9]\d\d|20\d\d)(?![\d–-])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A name in a place.

    Attributes:
        place: "role father", "by founded".
        own: whether it is the topic's, by a pronoun, its name, or nothing.
    """

    name: str
    place: str
    start: int
    end: int


_NAME = r"[A-Z][\w.'’-]+(?:\s(?:(?:de|von|van|der|la|le|of|bin|ibn|al)\s)?[A-Z][\w.'’-]+){0,4}"


def names_in_places(sentence: Sentence) -> Iterator[Placed]:
    """The names of a sentence that stand in a place that one name has."""
    for match in _role_pattern().finditer(sentence.text):
        before = sentence.text[max(0, match.start() - 12) : match.start()].lower()
        if re.search(r"\b(?:their|step|grand|god|in-law|co-|a|an|founding)[\s-]?\Z", before):
            continue
        yield Placed(
            name=match["name"],
            place=f"role {match['role'].lower()}",
            start=sentence.start + match.start("name"),
            end=sentence.start + match.end("name"),
        )
    for match in _by_pattern().finditer(sentence.text):
        behind = sentence.text[match.end() : match.end() + 6]
        if not re.match(r",? and |, [A-Z]| & ", behind):
            yield Placed(
                name=match["name"],
                place=f"by {stem_of_word(match['verb'])}",
                start=sentence.start + match.start("name"),
                end=sentence.start + match.end("name"),
            )


def _role_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<role>{'|'.join(sorted(words_listed('roles')))}),?\s(?:was\s|is\s|named\s)?(?P<name>{_NAME})"
    )


def _by_pattern() -> re.Pattern[str]:
    verbs = "|".join(sorted(words_listed("by")))
    return re.compile(rf"\b(?P<verb>{verbs})(?:\s(?:it|him|her|to it))?\s\(?(?:given\s)?(?:it\s)?by\s(?P<name>{_NAME})")


def places_differ(one: Placed, other: Placed, left: Sentence, right: Sentence, topic: frozenset[str]) -> bool:
    """Whether two names stand in one place and are of two."""
    if one.place != other.place or not names_differ(one.name, other.name):
        return False
    if len(one.name.split()) < 2 or len(other.name.split()) < 2:
        return False
    if one.place.startswith("role"):
        return True
    skipped = stems_of("by") | frozenset(stem_of_word(word) for word in (one.name + " " + other.name).split())
    shared = (left.stems & right.stems) - skipped
    return len(shared - topic) >= SHARED or len(shared & topic) >= SHARED


_SETTLED = re.compile(r"\bis an? (?:[\w-]+ ){0,4}?(village|town|city|hamlet)\b")
_CALLED = re.compile(r"\b(?:[Tt]he|[Tt]his) (village|town|city|hamlet)(?:['’]s|\b(?= (?:is|has|was|lies|had)))")


def settlements(sentence: Sentence, topic: frozenset[str]) -> Iterator[tuple[str, int, int, bool]]:
    """(kind, start, end, whether it is what the sentence says that it is) of what a sentence calls its place."""
    for pattern, defines in ((_SETTLED, True), (_CALLED, False)):
        for match in pattern.finditer(sentence.text):
            before = frozenset(stem_of_word(word) for word in re.findall(r"\w+", sentence.text[: match.start()]))
            if defines and topic and not topic <= before:
                continue
            yield match[1], sentence.start + match.start(1), sentence.start + match.end(1), defines


def published_titles(sentence: Sentence) -> Iterator[tuple[str, int, int, int]]:
    """(title, year, start, end) of titles with the year of their publication, behind them in brackets or in a sentence
    that says that they were published."""
    for match in _TITLED.finditer(sentence.text):
        yield match[1], int(match[2]), sentence.start + match.start(2), sentence.start + match.end(2)
    published = {word for word in ("published", "released") if word in sentence.text}
    if published and len(sentence.years) == 1:
        for match in _TITLE.finditer(sentence.text):
            if match.start():
                (year,) = sentence.years
                at = sentence.text.find(str(year))
                yield match[0], year, sentence.start + at, sentence.start + at + 4


_TITLE = re.compile(
    r"(?:[A-Z][\w'’]+|A|I)(?:\s(?:of|on|in|the|and|a|to|for)){0,2}\s[A-Z][\w'’]+(?:\s(?:(?:of|on|in|the|and|a|to|for)\s){0,2}[A-Z][\w'’]+)*"
)
_TITLED = re.compile(rf"({_TITLE.pattern})\s\((\d{{4}})\)")
