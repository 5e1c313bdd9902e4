"""Who speaks in a talk that is made for a lesson, and the talk written down as transcripts are: names and roles,
dashes, times."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from galactica.train.reading.lesson import Real
from galactica.train.reading.talking_around import Span
from galactica.train.reading.talking_words import PersonWords, TalkWords

ALOUD = 24
"""Characters of a title that may be the name of a speaker."""

BRACKETS = re.compile(r"\s*[(（].*")
"""What is no part of a name."""

_NAMED = re.compile(r"[^\W\d_][^\W\d_ .'’-]*(?:[ .'’-]+[^\W\d_]+){0,3}")


@dataclass(slots=True)
class Turn:
    """What one speaker says at once, and where the answers stand in it."""

    speaker: int
    text: str
    answers: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Who speaks in a talk, and how.

    Attributes:
        titles: what the article's title is in the passage; none where nobody speaks of himself.
        person: what is said for it.
        kept: the answers' texts, in small letters, which nothing that is added may hold.
    """

    each: Real
    words: TalkWords
    titles: tuple[str, ...]
    person: PersonWords | None
    kept: frozenset[str]
    chance: random.Random

    def pick(self, among: Iterable[str]) -> str:
        """One of those in which no answer stands; "" where there is none."""
        able = [text for text in among if not self.holds(text)]
        return self.chance.choice(able) if able else ""

    def holds(self, text: str) -> bool:
        """Whether an answer stands in a text."""
        lower = text.casefold()
        return any(answer in lower for answer in self.kept)


def speakers(told: Told) -> Mapping[int, str]:
    """What each speaker is called."""
    words, chance = told.words, told.chance
    asks, answers = chance.choice(words.roles)
    names = chance.sample(words.names, 4)
    own = _own_name(told)
    if told.person is words.many or told.person is None:
        asks = asks if answers or chance.random() < 0.8 else names[0]
    elif not answers or chance.random() < 0.5:
        answers = own
    if own and chance.random() < 0.3:
        answers = own
    name = {0: asks, 1: answers or names[1], 2: names[2], 3: names[3]}
    for number, said in name.items():
        if told.holds(said):
            name[number] = told.pick(("ABCD"[number], "–"))
    if told.words.names[0].isascii() and chance.random() < 0.07:
        return {number: said.upper() for number, said in name.items()}
    return name


def _own_name(told: Told) -> str:
    """The article's title, where it may be a speaker."""
    title = told.titles[0] if told.titles else ""
    return title if len(title) <= ALOUD and _NAMED.fullmatch(title) and not told.holds(title) else ""


def written_down(turns: Sequence[Turn], name: Mapping[int, str], told: Told) -> tuple[str, tuple[Span, ...]]:
    """The turns as a transcript is written, and where the answers stand in it."""
    chance, form = told.chance, told.chance.random()
    colon = told.words.colon if chance.random() < 0.9 else ": "
    apart = chance.choice(("\n", "\n", "\n\n"))
    clock, dash = chance.randint(3, 3000), chance.choice(("— ", "– ", "- "))
    cut = chance.random() < 0.12  # a passage that begins amid a turn
    text, answers = "", []
    for number, turn in enumerate(turns):
        clock += chance.randint(4, 70)
        label = f"{name[turn.speaker]}{colon}"
        if form < 0.08:
            label = dash if form < 0.05 or turn.speaker in (0, 2) else ""
        elif form < 0.16:
            mark = f"{clock // 3600:02}:{clock // 60 % 60:02}:{clock % 60:02}"
            label = f"[{mark}] {label}" if form < 0.12 else f"{name[turn.speaker]} ({mark[3:]}){colon}"
            if told.holds(mark):
                label = f"{name[turn.speaker]}{colon}"
        if cut and not number:
            label = ""
        text += (apart if text else "") + label
        answers += [(len(text) + a, len(text) + b) for a, b in turn.answers]
        text += turn.text
    return text, tuple(answers)


def talk_heading(told: Told, name: Mapping[int, str]) -> str:
    """A title of the talk: of an interview with who speaks, the article's, or none."""
    chance, way = told.chance, told.chance.random()
    if told.each.title and way < 0.3:
        return chance.choice(told.words.heading).format(BRACKETS.sub("", told.each.title).strip() or told.each.title)
    if told.each.title and way < 0.5:
        return told.each.title
    if way < 0.62 and name[1] in told.words.names:
        return chance.choice(told.words.heading).format(name[1])
    return ""
