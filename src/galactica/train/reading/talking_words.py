"""How people talk, by language (`talking.toml`): who asks and who answers, what is said between, and the words of the
third person that become the first."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from galactica.codes.han import simplified
from galactica.languages import guess, small_words

TOLD_BY = 600
"""Characters of a passage that its language is told by."""

TRADITIONAL = 0.03
"""Share of letters with a simplified form from which a text is in traditional ones, where a fifth has."""

ALONE = 40
"""Characters before a title in which is looked whether it is a part of a longer name."""

Edit = tuple[int, int, str]
"""(start, end, what is said instead), in code points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonWords:
    """What the words of the third person become.

    Attributes:
        title: (ending, said) for the article's title with that ending, the longest ending first.
        regular: (expression, said) for verbs after the title that stands for itself.
        words: word, in small letters → said; in scripts without spaces, expressions.
        pattern: the words; None where there are none.
    """

    title: tuple[tuple[str, str], ...]
    regular: tuple[tuple[re.Pattern[str], str], ...]
    words: Mapping[str, str]
    pattern: re.Pattern[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkWords:
    """How people talk in a language.

    Attributes:
        raw: whether words stand without spaces around them.
        small: words that say nothing by themselves, without accents.
        articles: that go with a title.
        colon: what stands after a speaker.
        roles: (who asks, who answers); "": by a name.
        names, prompts, fillers, remarks, openers, heading: see `talking.toml`.
        one, many, you: of whoever speaks, of what is theirs, of whom they speak to.
        verbs: "I is" → "I am", in small letters.
        after: words after which a subject is an object.
        object: "I" → "me".
        drops: whether a subject may be left unsaid.
        left, right: in scripts without spaces, letters that may stand before a title, and that may not stand after;
            "*": any before.
    """

    raw: bool
    small: frozenset[str]
    articles: tuple[str, ...]
    colon: str
    roles: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    prompts: tuple[str, ...]
    fillers: tuple[str, ...]
    remarks: tuple[str, ...]
    openers: tuple[str, ...]
    heading: tuple[str, ...]
    one: PersonWords
    many: PersonWords
    you: PersonWords
    verbs: Mapping[str, str]
    after: frozenset[str]
    object: Mapping[str, str]
    drops: bool
    left: str
    right: str

    @property
    def gaps(self) -> bool:
        """Whether sentences stand apart by spaces in a script without them between words, as in Thai."""
        return self.left == "*"

    def edits(self, text: str, place: tuple[int, int], titles: Sequence[str], person: PersonWords) -> Iterator[Edit]:
        """What is said instead of the words of the third person in `text[place]`, not in order; they may overlap."""
        start, end = place
        for title in titles:
            at = text.find(title, start, end)
            while at >= 0:
                after = at + len(title)
                if edit := self._of_title(text, at, after, end, person):
                    yield self._agreeing(text, edit, end, person)
                at = text.find(title, after, end)
        for match in person.pattern.finditer(text, start, end) if person.pattern else ():
            said = self._said(match[0], person)
            yield self._agreeing(text, (*match.span(), said), end, person)

    def addressed(self, question: str, titles: Sequence[str]) -> str:
        """A question as one asks it of whom it is about."""
        edits = sorted(self.edits(question, (0, len(question)), titles, self.you))
        at, said = 0, ""
        for start, end, other in edits:
            if start >= at:
                said += question[at:start] + other
                at = end
        said += question[at:]
        for written, agreed in self.verbs.items():
            if edits and written in said:
                said = re.sub(rf"(?<!\w){written}(?!\w)", agreed, said)
        return said[:1].upper() + said[1:] if question[:1].isupper() else said

    def _of_title(self, text: str, at: int, after: int, end: int, person: PersonWords) -> Edit | None:
        before = text[at - 1 : at]
        if self.raw:
            free = before not in tuple(_QUOTES) and (self.gaps or not before.isalnum() or before in self.left)
            if free and text[after : after + 1] not in tuple(self.right) and person.title:
                return at, after, person.title[0][1]
            return None
        if before.isalnum():
            return None
        if _CAPITAL_BEFORE.search(text, max(0, at - ALONE), at) or _CAPITAL_AFTER.match(text, after):
            return None  # part of a longer name
        begin = next((at - len(a) - 1 for a in self.articles if _stands(text, f"{a} ", at)), at)
        for ending, said in person.title:
            stop = after + len(ending)
            if stop <= end and text.startswith(ending, after) and not text[stop : stop + 1].isalnum():
                return begin, stop, said
        return None

    def _said(self, written: str, person: PersonWords) -> str:
        if self.raw:
            return next(said for word, said in person.words.items() if re.match(word.split("(?=")[0], written))
        said = person.words[written.lower()]
        return said[0].upper() + said[1:] if written[0].isupper() else said

    def _agreeing(self, text: str, edit: Edit, end: int, person: PersonWords) -> Edit:
        """The edit as an object after a preposition; else with a verb after it that would not agree."""
        start, stop, said = edit
        before = _BEFORE.search(text, max(0, start - ALONE), start) if said in self.object else None
        if before and before[1].lower() in self.after:
            return start, stop, self.object[said]
        match = _NEXT.match(text, stop, end)
        if match is None:
            return edit
        agreed = self.verbs.get(f"{said} {match[1]}".lower())
        if agreed is None and said.lower() == person.title[-1][1].lower():
            for pattern, other in person.regular:
                if regular := pattern.fullmatch(match[1]):
                    agreed = f"{said} {regular.expand(other)}"
                    break
        if agreed is None:
            return edit
        return start, match.end(), agreed[0].upper() + agreed[1:] if said[0].isupper() else agreed


_CAPITAL_BEFORE = re.compile(r"(?:^|[^\W_][,;:)]? )(?!\w+[.!?])[A-ZÀ-ÖØ-ÞА-Я][\w'’-]* \Z")
_CAPITAL_AFTER = re.compile(r" [A-ZÀ-ÖØ-ÞА-Я]")


def _stands(text: str, word: str, at: int) -> bool:
    """Whether a word, with the space after it, stands before a place of a text, by itself."""
    before = at - len(word)
    return before >= 0 and text[before:at].lower() == word and not text[max(0, before - 1) : before].isalnum()


_QUOTES = "《〈「『“"
_BEFORE = re.compile(r"(\w+) \Z")
_NEXT = re.compile(r" (\w[\w'’]*)(?!\w)")


def talk_words(text: str) -> TalkWords | None:
    """How people talk in the language of a text; None where nothing is known of that."""
    begun = text[:TOLD_BY]
    language = guess(begun)
    if language == "zh" and sum(ord(letter) in simplified() for letter in begun) > TRADITIONAL * len(begun):
        language = "zh-Hant"
    return _languages().get(language)


def in_language(text: str, words: TalkWords) -> bool:
    """Whether a question is in a language, as far as that can be told."""
    return talk_words(text) is words or (words.raw and guess(text) in ("zh", "ja", "th"))


@cache
def _languages() -> Mapping[str, TalkWords]:
    """Language → how people talk in it."""
    content = files("galactica.train.reading").joinpath("talking.toml").read_text(encoding="utf-8")
    return {language: _read(language, entry) for language, entry in tomllib.loads(content).items()}


def _read(language: str, entry: Mapping[str, str]) -> TalkWords:
    raw = bool(entry.get("raw"))
    return TalkWords(
        raw=raw,
        small=small_words(language.partition("-")[0]),
        articles=tuple(entry.get("articles", "").split()),
        colon=entry.get("colon", ": "),
        roles=tuple((asks, answers) for asks, _, answers in (each.partition("/") for each in _several(entry["roles"]))),
        names=_several(entry["names"]),
        prompts=_several(entry["prompts"]),
        fillers=_several(entry["fillers"]),
        remarks=_several(entry["remarks"]),
        openers=_several(entry["openers"]),
        heading=_several(entry["heading"]),
        one=_person(entry["one"], raw, entry.get("regular_one", "")),
        many=_person(entry["many"], raw, entry.get("regular_many", "")),
        you=_person(entry["you"], raw),
        verbs=dict(_pairs(entry["verbs"].lower())),
        after=frozenset(entry.get("after", "").split()),
        object=dict(_pairs(entry.get("object", ""))),
        drops=bool(entry.get("drops")),
        left=entry.get("left", ""),
        right=entry.get("right", ""),
    )


def _person(text: str, raw: bool, regular: str = "") -> PersonWords:
    pairs = _pairs(text)
    title = sorted(((word[1:], said) for word, said in pairs if word[0] == "*"), key=lambda each: -len(each[0]))
    words = {word: said for word, said in pairs if word[0] != "*"}
    every = "|".join(words)
    pattern = None
    if words:
        pattern = re.compile(every if raw else rf"(?<![\w'’-])(?:{every})(?![\w'’-])", re.IGNORECASE)
    return PersonWords(
        title=tuple(title),
        regular=tuple((re.compile(verb), said) for verb, said in _pairs(regular)),
        words={word.split("(?!")[0]: said for word, said in words.items()},
        pattern=pattern,
    )


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(written, said) for written, _, said in (each.partition(" > ") for each in _several(text))]


def _several(text: str) -> tuple[str, ...]:
    return tuple(part for each in text.split(" | ") if (part := each.strip(" ")))
