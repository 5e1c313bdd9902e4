"""A question as everybody who works on it is handed it: understood, with where to look, who reads, whom to tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from galactica.ask.contract import Reader
from galactica.ask.described import DescribedThing, thing_described
from galactica.ask.holdings import Holdings
from galactica.ask.named import Named, called_besides, named_in
from galactica.ask.once import Once
from galactica.ask.question import ReadQuestion, read_question
from galactica.ask.ranking import SECONDS
from galactica.ask.wishes import Wish, asked_of_beginning, wishes
from galactica.codes.letters import title_key
from galactica.languages import primary, within
from galactica.languages.known_names import called_elsewhere
from galactica.languages.lexicon import noun_elsewhere
from galactica.languages.territories import territory_called
from galactica.model import Article, PassageHit, Step

if TYPE_CHECKING:
    from galactica.ask.models import Model

MOST_CHARACTERS = 2_000
"""Of a question; what follows is not read."""

DESCRIBED = 12
"""Passages among whose titles the thing is looked for that a question describes."""

MOST_NUMBERED = 12
"""Passages among whose titles that of a ruler is looked for."""

T = TypeVar("T")

Tell = Callable[[Step], None]
"""Told each step when it is done."""

_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+"
)
_NUMBERED = re.compile(r"\w [ivxIVX]{1,5}\Z")
"""A name with a number in Roman digits behind it."""

_SPACES = re.compile(r"\s+")
_OPERATORS = re.compile(r"(?:(?<=\s)|^)-+(?=\S)|(?<!\w)(?:title|lang|language|source):", re.IGNORECASE)


def tell_nobody(step: Step) -> None:
    """A `Tell` that tells nobody."""


def tidy(question: str) -> str:
    """A question without control characters, on one line, at most `MOST_CHARACTERS` long."""
    return _SPACES.sub(" ", _CONTROL.sub(" ", question[: 4 * MOST_CHARACTERS])).strip()[:MOST_CHARACTERS].rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question and all that is needed to work on it.

    Attributes:
        question: what the person asks, as its words tell.
        holdings: the library.
        reader: who reads.
        language: only articles in this language; "" for all.
        sources: only articles of these sources; none for all.
        tell: told each step.
        model: the language model that the person chose; None for none, and then nothing is called.
        parts: the same question to each edition as if no other were open; none where the library is one.
        edition: root of the edition that this is put to; "" for the whole library.
        here: what the library calls the things that a question in another language names (`across`); none where it is
            in the library's language, or put in it.
        worded: the question with these before the rest of it, "Octopus 有几个心脏"; "" where there are none.
        ranking: seconds in which passages are ranked, where the reader can; 0: they stay in search's order.
    """

    question: ReadQuestion
    holdings: Holdings
    reader: Reader
    language: str = ""
    sources: tuple[str, ...] = ()
    tell: Tell = field(default=tell_nobody, repr=False)
    model: Model | None = None
    parts: tuple[Asked, ...] = field(default=(), repr=False)
    edition: str = ""
    here: tuple[str, ...] = ()
    worded: str = ""
    ranking: float = SECONDS
    _once: Once = field(default_factory=Once, init=False, repr=False, compare=False)

    @property
    def names(self) -> tuple[Named, ...]:
        """The articles that the question names, the longest name first; where it names none in another language than
        the library's, those on its nouns. Looked up once."""
        return self._once.do("names", self._names)

    def _names(self) -> tuple[Named, ...]:
        named = named_in(self.question, self.holdings.titled, self.usual)
        return named or (() if self.at_home else named_in(self.question, self.holdings.titled, self._noun))

    @property
    def wishes(self) -> tuple[Wish, ...]:
        """The properties of things in the library that the question may ask for; looked up once."""
        return self._once.do("wishes", self._wishes)

    def _wishes(self) -> tuple[Wish, ...]:
        own = wishes(self.question, self.called)
        if any(each.property is not None for each in own) or not self.at_home:
            return own
        described = asked_of_beginning(self.question)
        thing = self.described(described[0].thing) if described else None
        return (*(replace(each, thing=thing.title) for each in described if thing is not None), *own)

    def described(self, called: str) -> DescribedThing | None:
        """The article on what the question calls so, where that is more or less than the title; looked up once."""
        return self._once.do(
            f"described {called}", lambda: thing_described(called, self.passages(limit=DESCRIBED), self.holdings.page)
        )

    def called(self, name: str) -> str:
        """What the library calls a thing that the question names: the name itself, the same without its ending, what
        the country or well known thing of that name is called there; "" for nothing that is here."""
        usual = self.usual(name)
        if self.holdings.titled(usual) is not None:
            return usual
        others = called_besides(name, self.question.language, self.holdings.languages)
        return next((each for each in others if self.holdings.titled(each) is not None), "") or (
            noun if (noun := self._noun(name)) != name else ""
        )

    def _noun(self, name: str) -> str:
        """The title by which the library has the thing of a noun of another language; the noun where there is none, and
        where it is a country or continent, whose names are known."""
        if territory_called(name, self.question.language):
            return name
        others = noun_elsewhere(name, self.question.language, self.holdings.languages)
        return next((each for each in others if self.holdings.titled(each) is not None), name)

    def usual(self, name: str) -> str:
        """The title by which the library has the country, or the well known thing, that the question calls so; the name
        itself for anything else, and where it is the title of an article that may be in the question's language
        ("polvo" is an octopus in Portuguese, and a band in English). What another thing is called so in the library's
        language is not meant: "América" is no other name of the United States in Spanish."""
        if _NUMBERED.search(name) and self.holdings.titled(name) is None:
            return self._once.do(f"numbered {name}", lambda: self._numbered(name))
        others = called_elsewhere(name, self.question.language, self.holdings.languages)
        place = self.holdings.titled(name) if others else None
        page = self.holdings.page(*place) if place is not None else None
        titled = page is not None and title_key(page.article.title) == title_key(name)
        if not others or (titled and self.at_home):
            return name
        other = place is not None and not titled and not self.at_home
        return next((each for each in others if self.holdings.titled(each) is not None), others[0] if other else name)

    def _numbered(self, name: str) -> str:
        """The one title here that begins with the name of a ruler and says of what ("Elizabeth I of England"); the name
        itself where there are none or several."""
        begins = title_key(f"{name} of ")
        titles = {hit.title for hit in self.holdings.passages(name, limit=MOST_NUMBERED)}
        found = [title for title in sorted(titles) if f"{title_key(title)} ".startswith(f"{begins} ")]
        return found[0] if len(found) == 1 else name

    @property
    def at_home(self) -> bool:
        """Whether the library has articles in the language of the question, or that language is not known."""
        own = primary(self.question.language)
        return own in ("und", "") or any(primary(tag) == own for tag in self.holdings.languages)

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What is found out for this question by a name, once for all who ask for it."""
        return self._once.do(name, make)

    @property
    def ranks(self) -> bool:
        """Whether the reader is asked which passages are worth reading."""
        return self.ranking > 0 and self.reader.ranks

    @property
    def alone(self) -> tuple[Asked, ...]:
        """The question as it is put to each edition by itself."""
        return self.parts or (self,)

    def instead(self, text: str) -> Asked:
        """Another question to the same library."""
        parts = tuple(replace(each, question=read_question(text, each.question.language)) for each in self.parts)
        return replace(self, question=read_question(text, self.question.language), parts=parts)

    def allows(self, article: Article) -> bool:
        """Whether the person wants articles of its language and source."""
        wanted = not self.language or within(article.language, self.language)
        return wanted and (not self.sources or article.source in self.sources)

    def passages(self, query: str = "", *, limit: int, by: str = "hybrid", language: str = "") -> Sequence[PassageHit]:
        """Passages of the articles that the person allows, best first.

        Args:
            query: "" for the question itself; what search would take for a command in it is taken for words.
            limit: how many, at most.
            by: "hybrid", "words" or "meaning".
            language: a language where the person names none.
        """
        words = _OPERATORS.sub(" ", query or self.question.text)
        source = self.sources[0] if len(self.sources) == 1 else ""
        if len(self.sources) > 1:
            words += "".join(f' source:"{key}"' for key in self.sources if '"' not in key)
        return self.holdings.passages(words, limit=limit, by=by, language=self.language or language, source=source)
