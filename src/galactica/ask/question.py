"""A question, understood once: its language, what it asks for and in which form, what its words say.

Only what the words themselves say; which articles they name is told by a library (`asked`). Whoever works on the
question is handed this and reads nothing out of it again. Nothing that can be typed raises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from galactica.ask.comparing import Readings
from galactica.ask.denying import denies
from galactica.ask.form_asked import form_wanted
from galactica.ask.kinds import Kind, common_words
from galactica.ask.measures import Measures, measures_asked
from galactica.ask.pieces import CAPITAL, NUMBER, PLAIN, Pieces, cut_pieces, named_weight
from galactica.ask.sought import Sought, sought
from galactica.ask.superlative_words import Most, most_in
from galactica.codes.letters import folded
from galactica.values.dates import dates

NAMED = 2.0
"""How much more a name or number of the question weighs than its rarity says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadQuestion:
    """A question and what is told of it by its words.

    Attributes:
        text: as the person put it, tidied.
        language: that it is in, a tag; "und" where its words speak for none clearly.
        sought: what kind of thing it asks for, the noun that it asks by, X of "What is X?".
        asked_for: the same, but a name where it asks what something is called ("Wie heißt die Hauptstadt …?").
        form: that an answer must have (`form_asked.form_wanted`); "" for anything that says something.
        pieces: its words.
        known: what all of them are compared by.
        keys: the same, the common words left out.
        quiet: common words of its language, folded.
        weights: what it names and says → how much each weighs, without the words that only ask.
        measures: what values may measure that it asks for by the name of a property.
        years: that it names.
        most: what it asks for the most of; None where it compares nothing.
        denied: whether it asks of what is denied: "why is Pluto no planet".
        compared: it beside passages, made ready once for each of their languages.
        bare: the same question without words of courtesy before and behind it, where it has any.
    """

    text: str
    language: str
    sought: Sought
    asked_for: Sought
    form: str
    pieces: Pieces = field(repr=False)
    known: frozenset[str] = field(repr=False)
    keys: frozenset[str]
    quiet: frozenset[str] = field(repr=False)
    weights: Mapping[str, float] = field(repr=False)
    measures: Measures
    years: frozenset[int]
    most: Most | None
    denied: bool
    compared: Readings = field(repr=False, compare=False)
    bare: ReadQuestion | None = field(default=None, repr=False)

    @property
    def kind(self) -> Kind:
        """Of thing that is asked for."""
        return self.sought.kind

    @property
    def plain(self) -> ReadQuestion:
        """It, without words of courtesy."""
        return self.bare or self


def read_question(text: str, language: str) -> ReadQuestion:
    """What is told of a question by its words.

    Args:
        text: tidied (`asked.tidy`).
        language: that it is in (`sought.question_language`).
    """
    bare = _COURTESY.sub("", text).strip()
    return _read(text, language, None if bare == text else _read(bare, language, None))


def _read(text: str, language: str, bare: ReadQuestion | None) -> ReadQuestion:
    asked, pieces = sought(text, language), cut_pieces(text, language)
    form = form_wanted(text, asked, language)
    return ReadQuestion(
        text=text,
        language=language,
        sought=asked,
        asked_for=replace(asked, kind=Kind.NAME) if asked.kind is Kind.MANNER and not form else asked,
        form=form,
        pieces=pieces,
        known=frozenset(pieces.keys),
        keys=frozenset(key for key, common in zip(pieces.keys, pieces.common, strict=True) if not common),
        quiet=common_words(language),
        weights=_weights(text, language, asked, pieces),
        measures=measures_asked(text, language),
        years=frozenset(date.year for date in dates(text) if date.year and date.span == 1),
        most=most_in(text, language),
        denied=denies(text, language),
        compared=Readings(text),
        bare=bare,
    )


def _weights(text: str, language: str, asked: Sought, pieces: Pieces) -> dict[str, float]:
    """What a question says → how much it weighs: the more, the rarer; without the words that only ask."""
    noun = set(cut_pieces(folded(asked.focus), language).keys)
    first = next(iter(pieces.starts), 0)
    found: dict[str, float] = {}
    rows = zip(pieces.keys, pieces.starts, pieces.ends, pieces.common, pieces.kinds, strict=True)
    for key, start, end, common, kind in rows:
        if common or key in noun:
            continue
        named = kind == NUMBER or (kind == CAPITAL and start != first)
        weighs = named_weight(text[start:end] if pieces.spaced else key, kind if named else PLAIN) * (
            NAMED if named else 1.0
        )
        found[key] = max(weighs, found.get(key, 0.0))
    return found


_COURTESY = re.compile(
    r"^\W*(?:(?:hi|hello|please|so|ok|okay|hey|and)\b[,!]?\s+)*"
    r"(?:(?:can|could|would|will) (?:you|someone|anyone) (?:please )?(?:tell me|say|give me|show me|name)"
    r"|do you (?:happen to )?know|i(?: would|'d)? (?:like|want) to know|(?:please )?(?:tell|give|show) me|name)"
    r"\s+(?=\S)"
    r"|^\W*(?:(?:hi|hello|hey|so|ok|okay|and|but|well|now|then)\b[,!]?\s+)+"
    r"(?=(?:who|whos|what|whats|when|where|wheres|why|how|which|is|are|was|were|do|does|did|can|could|has|have|the)\b)"
    r"|[,\s]+(?:please|pls|thanks|thank you|thx)\W*\Z"
    r"|^(?:对了|對了|那么|那麼|请问|請問|请告诉我|告诉我|你知道|您知道|能告诉我|可以告诉我|能不能告诉我|我想知道)[，,\s]*"
    r"|^(?:könn(?:en|test|ten) (?:du|sie) mir sagen,?|sag mir,?|bitte,?|puedes decirme|dime)\s+",
    re.IGNORECASE,
)
