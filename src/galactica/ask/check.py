"""Does a quotation prove a sentence? The checker that everything shown as supported has to pass, whoever wrote it.

1. Every citation resolves: the article has the quotation at its span, character for character; those that do not are
   left out, and nothing is supported without one.
2. The sentence's content words stand in the quotations (share of their weight; titles of the articles count too, for
   what a quotation calls "it").
3. Every number, date and name of the sentence stands there.
4. What one denies the other denies.
5. The reader, run backwards: given the question and nothing but the quotation, it finds what the sentence says; and,
   where it can tell, it does not think that the quotation fails to support it (`rereading`).

Only the first can be certain. The others refuse what does not fit; a translation they cannot follow, and it is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from galactica.ask.contract import Reader
from galactica.ask.denying import denies
from galactica.ask.evidence import resolves, sentence_spans
from galactica.ask.holdings import Page
from galactica.ask.kinds import common_words
from galactica.ask.pieces import CAPITAL, NUMBER, Pieces, cut_pieces, weight
from galactica.ask.rereading import judged_by, read_backwards, shown_alone
from galactica.model import Citation
from galactica.model.said import said
from galactica.values.amounts import numbers
from galactica.values.dates import dates, same_date

ELSEWHERE = said("quotation-elsewhere", "A quotation is not in its article.")
UNPROVED = said("unproved", "Nothing proves it.")
TOO_LONG = said("too-long-to-check", "It is too long to be checked.")
FEW_WORDS = said("few-words", "Most of its words are not in the quotation.")
DENIED = said("denied", "One of the two denies what the other says.")
EMPTY = said("nothing-checkable", "It says nothing that could be checked.")
"""What speaks against a sentence, for the person."""


def _lacking(values: str) -> str:
    return said("lacks-values", "The quotation does not have {values}.", values=values)


def _unnamed(names: Sequence[str]) -> str:
    named = [f"“{name[:40]}”" for name in names[:3]]
    return said("lacks-names", "The quotation does not name {names}.", names=named)


SUPPORTED = 0.6
"""Support from which a sentence is shown."""

LEAST_WORDS = 0.5
"""Share of a sentence's content that has to stand in the quotations."""

UNREAD = 0.75
"""What is left of the support where the reader finds something else in the quotation, and where it doubts that it
supports the sentence: a quoted answer has to have both against it to be refused, a sentence in other words than its
quotation's lacks a fifth of them."""

LONGEST = 2_000
"""Characters of a sentence that are checked; a longer one is refused."""

MOST_QUOTED = 20_000
"""Characters of quotations that are looked at."""

Pages = Callable[[str, bytes], Page | None]
"""(edition, id) → the article; `Holdings.page` is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What the checker says of a sentence.

    Attributes:
        support: 0 to 1.
        citations: those that resolve, in the order given.
        reasons: what speaks against it, in words for a person; none where nothing does.
        margin: of the reader, over its threshold, for the same in the quotations alone; 0 where none read them, and
            -`UNFOUND` where it found something else or nothing.
        likely: how likely it is supported, as the reader judges; None where it was not asked or cannot tell.
    """

    support: float
    citations: tuple[Citation, ...]
    reasons: tuple[str, ...] = ()
    margin: float = 0.0
    likely: float | None = None

    @property
    def supported(self) -> bool:
        """Whether the sentence may be shown as proved."""
        return self.support >= SUPPORTED


def check(
    text: str,
    citations: Sequence[Citation],
    pages: Pages,
    reader: Reader | None = None,
    question: str = "",
    *,
    judged: bool = False,
) -> Checked:
    """Check a sentence against its quotations; see the module.

    Args:
        text: the sentence.
        citations: what is said to prove it.
        pages: where the quotations are looked up.
        reader, question: for the reader run backwards; without either that is left out.
        judged: whether the reader judges it, too, a quotation itself by what is marked in it as an answer to the
            question; that costs a window for each quotation.
    """
    known = [(each, pages(each.edition, each.id)) for each in citations]
    found_in = [(each, page) for each, page in known if page is not None and resolves(each, page)]
    sound = tuple(each for each, _ in found_in)
    reasons = [ELSEWHERE] if len(sound) < len(citations) else []
    quotes = [each.quote for each in sound if each.quote.strip()]
    if not quotes or not text.strip():
        return Checked(support=0.0, citations=sound, reasons=(*reasons, UNPROVED))
    if len(text) > LONGEST:
        return Checked(support=0.0, citations=sound, reasons=(*reasons, TOO_LONG))
    language = next(each.language for each in sound if each.quote.strip())
    said, given = _Said.of(text, language), _Said.of("\n".join(quotes)[:MOST_QUOTED], language)
    titles = {key for each in sound for key in cut_pieces(each.title[:300], language).keys}
    support, margin, likely = 1.0, 0.0, None
    against: list[str] = []
    verbatim = _verbatim(text, quotes)
    if not verbatim:
        support, against = _agreement(said, given, titles, text, quotes, language)
    shown = shown_alone(found_in) if support and reader is not None else ()
    if support and reader is not None and question:
        margin, found = read_backwards(said.keys, shown, reader, question)
        if found:
            support *= UNREAD
            against.append(found)
    quoted = text in quotes
    if support and reader is not None and judged and (quoted or not verbatim):
        likely, found = judged_by(reader, "" if quoted else text, shown, question)
        if found:
            support *= UNREAD
            against.append(found)
    return Checked(support=support, citations=sound, reasons=(*reasons, *against), margin=margin, likely=likely)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A text with what is compared of it."""

    text: str
    pieces: Pieces
    keys: set[str]

    @classmethod
    def of(cls, text: str, language: str) -> _Said:
        cuts = [cut_pieces(text, language, start, end) for start, end in sentence_spans(text)] or [
            cut_pieces(text, language)
        ]
        pieces = Pieces(
            starts=[n for each in cuts for n in each.starts],
            ends=[n for each in cuts for n in each.ends],
            keys=[key for each in cuts for key in each.keys],
            common=[flag for each in cuts for flag in each.common],
            kinds=[kind for each in cuts for kind in each.kinds],
            spaced=all(each.spaced for each in cuts),
            words=[word for each in cuts for word in each.words],
            roles=[role for each in cuts for role in each.roles],
        )
        return cls(text=text, pieces=pieces, keys=set(pieces.keys))


def _verbatim(text: str, quotes: Sequence[str]) -> bool:
    """Whether a sentence is a stretch of a quotation, from word to word; short ones are looked at more closely."""
    plain = _plain(text)
    return len(plain) >= 20 and any(_whole_in(plain, _plain(quote)) for quote in quotes)


def _whole_in(text: str, quote: str) -> bool:
    at = quote.find(text)
    if at < 0:
        return False
    sentence = quote[max(quote.rfind(mark, 0, at) for mark in ".!?。！？\n") + 1 : at].strip()
    return not sentence  # cut out of a sentence, "not" may be what was cut off


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" .。!?！？")


def _agreement(
    said: _Said, given: _Said, titles: set[str], text: str, quotes: Sequence[str], language: str
) -> tuple[float, list[str]]:
    """(support, what speaks against it) by words, numbers, names and denial."""
    against: list[str] = []
    known = given.keys | titles
    content = [(key, a, b) for key, a, b in _content(said) if not _is_number(text[a:b])]
    weights = [max(0.05, weight(text[a:b] if said.pieces.spaced else key)) for key, a, b in content]
    there = sum(w for w, (key, _, _) in zip(weights, content, strict=True) if key in known)
    share = there / sum(weights) if weights else 1.0
    support = share
    if share < LEAST_WORDS:
        against.append(FEW_WORDS)
    missing = _missing_values(text, quotes)
    if missing:
        support = 0.0
        against.append(_lacking(missing))
    names = [text[a:b] for key, a, b in _names(said) if key not in known]
    if names:
        support = 0.0
        against.append(_unnamed(names))
    if denies(text, language) != denies(_nearest(said, quotes, language), language):
        support = 0.0
        against.append(DENIED)
    if not content and not numbers(text):
        support = 0.0
        against.append(EMPTY)
    return support, against


def _content(said: _Said) -> list[tuple[str, int, int]]:
    pieces = said.pieces
    rows = zip(pieces.keys, pieces.starts, pieces.ends, pieces.common, strict=True)
    return [(key, start, end) for key, start, end, common in rows if not common]


def _is_number(word: str) -> bool:
    return word[:1].isdigit()


def _names(said: _Said) -> list[tuple[str, int, int]]:
    """Capitalised words; of those that begin a sentence, the ones that are not formed like a common word."""
    pieces = said.pieces
    first = {start for start, _ in sentence_spans(said.text)}
    found = []
    for at, key in enumerate(pieces.keys):
        if pieces.kinds[at] != CAPITAL or pieces.common[at]:
            continue
        follows = at + 1 < len(pieces) and pieces.kinds[at + 1] in (CAPITAL, NUMBER)
        if pieces.starts[at] not in first or follows or not pieces.words[at].endswith(_FORMED):
            found.append((key, pieces.starts[at], pieces.ends[at]))
    return found


_FORMED = ("ing", "ed", "ly", "tion", "sion", "ment", "ness", "ers", "ity", "ism")
"""Endings of English words that are rarely names: "Building of the bridge began"."""


def _missing_values(text: str, quotes: Sequence[str]) -> str:
    """A number or date of a sentence that no quotation has, as it is told; "" where there is none."""
    told = [number for quote in quotes for number in numbers(quote[:MOST_QUOTED])]
    quoted = "\n".join(quotes)
    for part in _parts(text):
        for number in numbers(part):
            if not any(abs(number - other) <= 1e-9 * max(1.0, abs(number)) for other in _all_numbers(quoted, told)):
                return f"{number:g}"
        for date in dates(part):
            if not any(
                same_date(date, other) and (other.month or not date.month) and (other.day or not date.day)
                for piece in _parts(quoted)
                for other in dates(piece)
            ):
                return f"the date {date.year or ''}-{date.month or ''}-{date.day or ''}".rstrip("-")
    return ""


def _parts(text: str) -> list[str]:
    """A text in parts short enough to be looked at whole."""
    return [text[start:end][:400] for start, end in sentence_spans(text)][:60]


def _all_numbers(quoted: str, told: list[float]) -> list[float]:
    return [*told, *(number for part in _parts(quoted) for number in numbers(part))]


def _nearest(said: _Said, quotes: Sequence[str], language: str) -> str:
    """The sentence of the quotations that has most of the words; of equal ones the first."""
    parts = [quote[start:end] for quote in quotes for start, end in sentence_spans(quote)]
    quiet = common_words(language)
    wanted = {key for key in said.keys if key not in quiet}
    return max(parts, key=lambda part: len(wanted & set(cut_pieces(part, language).keys)), default="")
