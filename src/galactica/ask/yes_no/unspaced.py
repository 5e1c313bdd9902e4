"""What a question for yes or no says of a thing in a script without spaces, and whether a sentence says just that.

"熊猫有尾巴吗" is answered by "熊猫有短尾巴". The question is read as a thing that it names and what follows it; a
sentence says the same where a clause begins with the thing, or near the beginning of its article with a pronoun, and
goes on

1. with "is" and a noun that ends the clause as the question's does: what stands before a noun only describes it;
2. with "has" and what the question says it has;
3. with just the letters of the question.

It is denied where a word that denies stands before that, and nothing describes the noun: "不是最大的城市" may be a city
all the same. Whatever narrows it tells nothing. The words stand in `unspaced.toml`; of languages that it lacks nothing
is told.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from galactica.ask.asked import Asked
from galactica.ask.evidence import sentence_spans
from galactica.ask.holdings import Page
from galactica.ask.yes_no.kinds_said import of_other_kind
from galactica.ask.yes_no.silent import any_word, denying_pattern, without_asides
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.languages import primary

BEGINNING = 600
"""Characters of an article in which a pronoun at the beginning of a sentence is its thing."""

LONGEST_QUESTION = 40
"""Characters of a question that is read so."""

LONGEST_SENTENCE = 200
"""Characters of a sentence; longer ones say too much at once."""

FEW = 4
"""Letters that may describe what a thing has without a word that joins them to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnspacedWords:
    """The words of one language, as parts of patterns; what they are says `unspaced.toml`."""

    asks: str
    whether: tuple[tuple[str, str], ...]
    being: str
    having: str
    able: str
    serves: str
    pronouns: str
    between: str
    aside: str
    denying: str
    narrowing: str
    other: str
    none: str
    no_having: str
    joined: str
    ends: str
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnspacedSaying:
    """What a question says of a thing that it begins with.

    Attributes:
        place: of the article on it.
        called: the thing, as a pattern.
        says, denies: patterns of what says it, and of what denies it, behind the thing.
        words: of the language.
        kind: that the thing is asked to be of; "" where that is not asked.
    """

    place: tuple[str, bytes]
    called: str
    says: str
    denies: str
    words: UnspacedWords
    kind: str

    def sentences(self, page: Page, span: tuple[int, int]) -> Iterator[tuple[int, int, bool]]:
        """(start, end, whether a pronoun in it is the thing) of the sentences of a stretch."""
        own = page.article.id == self.place[1]
        for start, end in sentence_spans(page.text, *span):
            if end - start <= LONGEST_SENTENCE:
                yield start, end, own and start < BEGINNING

    def told(self, text: str, language: str, *, near: bool) -> bool | None:
        """Whether a sentence says it; None where it does not tell."""
        plain, words = _plain(without_asides(text, "")), self.words
        thing = f"{self.called}|{words.pronouns}" if near else self.called
        aside = rf"(?:[，,](?:{words.aside})[^，,。；;]{{1,30}}[，,])?"
        begins = rf"(?:^|[，,；;])(?:{thing}){aside}(?:{words.between}){{0,3}}"
        if near and re.match(rf"(?:{self.called})(?:{words.being})", plain):  # what goes on is still of the thing
            begins = rf"(?:{begins}|[，,；;](?={words.being}|{words.having}|{words.denying}))"
        if re.search(begins + self.denies, plain):
            return False
        return True if re.search(begins + self.says, plain) else None

    def told_of_other_kind(self, text: str, language: str, *, near: bool) -> bool | None:
        """False where the first sentence of the article says that the thing is of another kind."""
        plain = _plain(without_asides(text, ""))
        said = re.match(rf"(?:{self.called}).*?(?:{self.words.being})", plain)
        if said is None or not self.kind:
            return None
        return False if of_other_kind(self.kind, plain[said.end() :], primary(language)) else None


def unspaced_asked(asked: Asked) -> Iterator[UnspacedSaying]:
    """What a question says of the thing that it begins with; none in scripts with spaces."""
    question = asked.question.plain
    words, text = _words(primary(question.language)), _plain(question.text)
    if words is None or len(text) > LONGEST_QUESTION or not unspaced(text):
        return
    text = re.sub(words.asks, "", text)
    for whether, plain in words.whether:
        text = text.replace(whether, plain)
    for name in asked.names:
        called = _plain(name.stands)
        said = text[len(called) :] if text.startswith(called) else ""
        page = asked.holdings.page(*name.place) if len(said) > 1 else None
        if page is not None:
            names = {called, _plain(re.sub(r"\s*[(（][^()（）]*[)）]\Z", "", page.article.title))}
            own = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
            says, denies = _ways(said, words)
            kind = re.sub(rf"^(?:{words.being})", "", said)
            yield UnspacedSaying(
                place=name.place,
                called=own,
                says=says,
                denies=denies,
                words=words,
                kind=kind if kind != said else "",
            )
            return


def _ways(said: str, words: UnspacedWords) -> tuple[str, str]:
    """Patterns of what says it, and of what denies it, behind the thing."""
    within = rf"{_letter(words)}*?"
    verb = next((each for each in (words.being, words.having) if re.match(each, said)), "")
    if not verb:
        able = re.match(rf"(?:{words.able})(?=..)", said)
        does, how = (said[able.end() :], rf"(?:{words.serves})?") if able is not None else (said, "")
        told = rf"{how}{re.escape(does)}(?:{words.ends}|(?={words.of}))"
        return told, rf"(?:{words.denying}){told}"
    rest = re.sub(rf"^(?:{verb})", "", said)
    noun = rf"{words.other}{re.escape(rest)}{words.ends}"
    denied = rf"(?:{words.none})?{re.escape(rest)}{words.ends}"
    if verb == words.having:
        few = rf"(?:{_letter(words)}{{0,{FEW}}}|{within}{words.joined})"
        return rf"(?:{verb})(?!{words.no_having}){few}{noun}", rf"(?:{words.denying})(?:{verb})?{denied}"
    return rf"(?:{verb}){within}{noun}", rf"(?:{words.denying})(?:{verb}){denied}"


def _letter(words: UnspacedWords) -> str:
    """A letter of a clause with which nothing begins that makes a noun another."""
    return rf"(?:(?!{words.narrowing})[^，,。；;：:！!？?])"


def _plain(text: str) -> str:
    return folded(fold_han(text)).strip(" ?？。!！")


@cache
def _words(language: str) -> UnspacedWords | None:
    entry = tomllib.loads(files(__package__).joinpath("unspaced.toml").read_text("utf-8")).get(language)
    if entry is None:
        return None
    patterns = {name: entry[name] for name in ("asks", "none", "no_having", "joined", "ends", "of")}
    for name in ("being", "having", "able", "serves", "pronouns", "between", "aside", "narrowing"):
        patterns[name] = any_word(entry[name])
    return UnspacedWords(
        whether=tuple((each.split(":")[0], each.split(":")[1]) for each in entry["whether"].split()),
        other="".join(rf"(?<!{word})(?<!{word}的)" for word in entry["other"].split()),
        denying=denying_pattern(language),
        **patterns,
    )
