"""Talks that are made of the paragraphs of articles and of the questions that people asked of them, in 12 languages.

Nothing is measured here: `benchmarks.talk_signs` asks them, so that what is learned of talk is learned from more than a
few written texts, and in more than two languages.

The paragraphs of an XQuAD article are said by one who is asked, one to three sentences a turn. Whoever asks asks every
third question that people asked of those sentences, or only "And then?"; the others are what a person asks of the talk,
in its language and in another one, as XQuAD is the same in twelve. Of every sixth turn nothing is said, so that nothing
answers what was asked of it. The words of transcripts are those of `galactica.train.reading.talking_words`.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.data import real
from galactica.codes.segment import sentences
from galactica.train.reading.talking_words import TalkWords, talk_words

LANGUAGES = ("en", "zh", "es", "de", "ru", "ar", "tr", "hi", "vi", "th", "el", "ro")

FILE = "xquad/split/xquad.{}.A.json"

LONGEST_TURN = 3
"""Sentences that somebody says at once."""

SILENT = 6
"""Of so many turns one is left out."""

HEARD = 3
"""Of so many questions whoever asks takes one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFact:
    """What is asked of a talk.

    Attributes:
        id: of the question, in every language.
        asked: tongue → question.
        stands: (start, end) of the answer in the text; None where the talk does not tell.
        answer: its text, as written where nothing was left out.
    """

    id: str
    asked: Mapping[str, str]
    stands: tuple[int, int] | None
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeTalk:
    """A talk, and what is asked of it."""

    name: str
    language: str
    text: str
    facts: tuple[MadeFact, ...]


def made_talks(languages: Sequence[str] = LANGUAGES) -> Iterator[MadeTalk]:
    """A talk of each article, article by article in the next of some languages; the same every time."""
    articles = {tag: json.loads(real(FILE.format(tag)).read_text(encoding="utf-8"))["data"] for tag in LANGUAGES}
    every = {
        tag: {qa["id"]: qa["question"] for each in several for p in each["paragraphs"] for qa in p["qas"]}
        for tag, several in articles.items()
    }
    for number in range(len(articles["en"])):
        language = languages[number % len(languages)]
        others = [tag for tag in ("en", "zh") if tag != language]
        asked = {tag: every[tag] for tag in (language, others[number // len(languages) % len(others)])}
        yield _talk(articles[language][number], language, asked)


def _talk(article: Mapping[str, object], language: str, asked: Mapping[str, Mapping[str, str]]) -> MadeTalk:
    """An article as a talk.

    Args:
        asked: tongue → id of a question → its words.
    """
    name = str(article["title"])
    chance = random.Random(f"{name} {language}")
    paragraphs = article["paragraphs"]
    assert isinstance(paragraphs, list)
    words = talk_words(paragraphs[0]["context"])
    assert words is not None, f"nothing is known of how people talk in {language}"
    asks, answers = next(pair for pair in words.roles if pair[0])
    answers = answers or words.names[0]
    text, facts, turns = f"{chance.choice(words.heading).format(words.names[1])}\n", [], 0
    for paragraph in paragraphs:
        for start, end in _turns(paragraph["context"], chance):
            own = [qa for qa in paragraph["qas"] if start <= qa["answers"][0]["answer_start"] < end]
            heard = [qa for place, qa in enumerate(own) if place % HEARD == 0 and len(own) > 1]
            turns += 1
            silent = turns % SILENT == 0
            if not silent:
                said = asked[language][heard[0]["id"]] if heard else chance.choice(words.prompts)
                text += f"\n{asks}{words.colon}{words.addressed(said, ())}\n\n{answers}{words.colon}"
                text += _filler(words, chance)
            begun = len(text) - start
            for qa in (qa for qa in own if qa not in heard[:1]):
                at, answer = qa["answers"][0]["answer_start"], qa["answers"][0]["text"]
                facts.append(
                    MadeFact(
                        id=qa["id"],
                        asked={tongue: several[qa["id"]] for tongue, several in asked.items()},
                        stands=None if silent else (begun + at, begun + at + len(answer)),
                        answer=answer,
                    )
                )
            if not silent:
                text += paragraph["context"][start:end].replace("\n", " ").rstrip() + "\n"
    return MadeTalk(name=name, language=language, text=text, facts=tuple(facts))


def _turns(text: str, chance: random.Random) -> Iterator[tuple[int, int]]:
    """The sentences of a paragraph, one to three together."""
    several = list(sentences(text))
    while several:
        group = several[: chance.randint(1, LONGEST_TURN)]
        several = several[len(group) :]
        yield group[0][0], group[-1][1]


def _filler(words: TalkWords, chance: random.Random) -> str:
    """What is said before a turn, sometimes."""
    gap = "" if words.raw and not words.gaps else " "
    return chance.choice(words.fillers) + gap if chance.random() < 0.35 else ""
