"""From a question to an answer that is proved, by one reader: search, read, weigh, quote, check, decide.

1. `SEARCHED` passages by words and meaning; the first `READ` are read.
2. What the reader marks is weighed (`weighing`). Answers that are the same in other words are put together; several
   passages that agree add up.
3. Each answer, best first, is quoted with the sentence that holds it, and checked; what fails is refused. The first
   that passes is the answer.
4. Other answers that pass are compared with it where they are of another source, language or edition (`disputes`).
5. Nothing over the threshold: nothing is found, and what came nearest is shown.

Passages in a language that the reader does not know are read by rules; what counts is how far over its own reader's
threshold a margin is.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from galactica.ask.asked import Asked
from galactica.ask.check import Checked, check
from galactica.ask.contract import Given, Reader, Span
from galactica.ask.disputes import apart, disputed, same_thing
from galactica.ask.evidence import around, cite
from galactica.ask.kinds import Kind, primary, sought
from galactica.ask.pieces import cut
from galactica.ask.place import Page
from galactica.ask.rules import definitions
from galactica.ask.weighing import BEHIND, rule_reader, values
from galactica.codes.han import fold_han
from galactica.codes.letters import folded, title_key
from galactica.model import Answer, Citation, PassageHit, Position, Statement, Step, Verdict

__all__ = [
    "BEHIND",
    "Marked",
    "Proved",
    "Same",
    "answer",
    "answer_key",
    "decided",
    "prove",
    "quote",
    "read",
    "together",
]

SEARCHED = 16
READ = 8
"""Passages that are searched for, and read: what is read costs 10 to 20 ms each with the trained reader."""

SPANS = 2
"""Stretches of one passage that are taken from the reader."""

AGREEING = 0.5
"""What a further passage with the same answer adds, as a share of its own probability."""

TRIED = 4
"""Answers that are quoted and checked, until one passes."""

TITLED = 3.0
"""What a definition counts more in the article whose title is what is to be defined."""

MOST_SIDES = 6
"""Sides of a dispute that are shown."""

SURE = 0.0
"""How far over the threshold the other side of a dispute has to be."""

LENIENT = 2.0
"""How far below even odds the threshold lies. Training questions asked openly (`benchmarks/ask_weights.py`, 2026-11-26)
keep 51.4 of 52.7 points of F1 there, and 59 % of those that cannot be answered are not; at even odds 29 and 88 %."""

NO_YES = "This asks for yes or no; what is shown is the part of the quotation that comes nearest to it."
"""What the person is told, because a quotation is never turned into a yes."""

NEAREST = 3
"""Quotations that are shown where nothing was found."""

MOST_CITATIONS = 3
"""Quotations of one answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A stretch that a reader marked, and where.

    Attributes:
        value: what it counts; from 0 on it may be an answer.
    """

    hit: PassageHit
    span: Span
    value: float


@dataclass(slots=True, kw_only=True)
class Same:
    """An answer as several passages give it.

    Attributes:
        key: what it is compared by.
        marked: who gives it, best first.
        value: of the best, and what those that agree add.
    """

    key: str
    marked: list[Marked] = field(default_factory=list)
    value: float = 0.0

    @property
    def text(self) -> str:
        """In the words of the best."""
        return self.marked[0].span.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """An answer that is quoted and checked."""

    text: str
    value: float
    citations: tuple[Citation, ...]
    page: Page
    checked: Checked


def answer(asked: Asked) -> Answer:
    """Answer a question; see the module. Nothing that can be typed raises."""
    work: list[Step] = []

    def tell(who: str, did: str, begun: float, found: Sequence[Citation] = ()) -> None:
        work.append(Step(who=who, did=did, found=tuple(found), seconds=time.perf_counter() - begun))
        asked.tell(work[-1])

    begun = time.perf_counter()
    hits = _searched_for(asked)
    tell("search", _searched(hits), begun)
    begun = time.perf_counter()
    marked = read(asked, hits[:READ])
    groups = together(marked)
    tell("reader", _marked(groups, asked.reader), begun)
    begun = time.perf_counter()
    proved, refused = prove(asked, groups)
    tell("checker", _checked(proved, refused), begun, [each.citations[0] for each in proved])
    return decided(asked, groups, proved, refused, work)


def read(asked: Asked, hits: Sequence[PassageHit]) -> list[Marked]:
    """What the reader marks in passages, best first; passages that it does not know the language of by rules."""
    if not hits:
        return []
    best = max(hit.score for hit in hits)
    found: list[Marked] = []
    for reader, own in _shared_out(asked.reader, asked.tongue, hits):
        given = [Given(text=hit.text, title=hit.title, language=hit.language) for hit in own]
        spans = reader.read(asked.question, given, most=SPANS)
        for place, hit in enumerate(own):
            here = [span for span in spans if span.passage == place]
            counted = values(asked.question, asked.tongue, given[place], here, behind=best - hit.score, reader=reader)
            found += [Marked(hit=hit, span=span, value=value) for span, value in zip(here, counted, strict=True)]
    found += _definitions(asked, hits, best)
    return sorted(found, key=lambda each: -each.value)


def _searched_for(asked: Asked) -> list[PassageHit]:
    """Passages for a question, best first; where it asks what X is, the beginning of the article X before them."""
    if not asked.question:
        return []
    hits = list(asked.passages(limit=SEARCHED))
    name = sought(asked.question, asked.tongue).name
    place = asked.room.titled(name) if name else None
    page = None if place is None else asked.room.page(*place)
    if page is None or not page.starts or not _allowed(asked, page):
        return hits
    rest = [hit for hit in hits if (hit.edition, hit.id, hit.passage) != (page.edition, page.article.id, 0)]
    start, end = page.starts[0], page.ends[0]
    first = PassageHit(
        edition=page.edition,
        id=page.article.id,
        title=page.article.title,
        language=page.article.language,
        source=page.article.source,
        path=page.article.path,
        passage=0,
        start=start,
        end=end,
        text=page.text[start:end],
        score=max((hit.score for hit in hits), default=0.0),
    )
    return [first, *rest]


def _allowed(asked: Asked, page: Page) -> bool:
    language = page.article.language
    return asked.language in ("", language, primary(language)) and (
        not asked.sources or page.article.source in asked.sources
    )


def _definitions(asked: Asked, hits: Sequence[PassageHit], best: float) -> list[Marked]:
    """What stands after "X is", where that is asked: readers mark a word of it, and it is no word that is wanted."""
    name = sought(asked.question, asked.tongue).name
    if not name:
        return []
    found = []
    for place, hit in enumerate(hits):
        for above, start, end in definitions(hit.text, name, asked.tongue):
            about = TITLED if title_key(hit.title) == title_key(name) else 0.0
            value = above + about - BEHIND * min(1.0, best - hit.score)
            span = Span(
                passage=place, start=start, end=end, text=hit.text[start:end], score=_share(value), margin=value
            )
            found.append(Marked(hit=hit, span=span, value=value))
    return found


def together(marked: Sequence[Marked]) -> list[Same]:
    """Answers that are the same put together, best first."""
    groups: list[Same] = []
    for each in marked:
        key = answer_key(each.span.text, each.hit.language)
        group = next((g for g in groups if g.key == key or (len(key) > 3 and _contained(key, g.key))), None)
        if group is None:
            groups.append(Same(key=key, marked=[each], value=each.value))
            continue
        alone = {(other.hit.edition, other.hit.id, other.hit.passage) for other in group.marked}
        if (each.hit.edition, each.hit.id, each.hit.passage) not in alone:
            group.value += AGREEING * _share(each.value)
        group.marked.append(each)
    return sorted(groups, key=lambda group: -group.value)


def answer_key(text: str, language: str) -> str:
    """What an answer is compared by: its words without the common ones, folded; all, where it has no others."""
    pieces = cut(text, language)
    words = [folded(fold_han(text[a:b])) for a, b in zip(pieces.starts, pieces.ends, strict=True)]
    kept = [word for word, common in zip(words, pieces.common, strict=True) if not common] or words
    return ("" if not pieces.spaced else " ").join(kept) or folded(text).strip()


def prove(asked: Asked, groups: Sequence[Same]) -> tuple[list[Proved], list[Checked]]:
    """The best answers with their quotations, those that pass the check; and what was said of the others."""
    proved: list[Proved] = []
    refused: list[Checked] = []
    sides: set[tuple[str, str, str]] = set()
    for group in groups[: TRIED + MOST_SIDES]:
        if group.value < 0 or len(refused) >= TRIED:
            break
        side = {(m.hit.source, primary(m.hit.language), m.hit.edition) for m in group.marked}
        if proved and side <= sides:
            continue  # says no more than what is there: only another side can dispute it
        found = _proved(asked, group)
        if isinstance(found, Proved):
            sides |= side
            proved.append(found)
        elif found is not None:
            refused.append(found)
        if len(proved) >= MOST_SIDES:
            break
    return proved, refused


def _proved(asked: Asked, group: Same) -> Proved | Checked | None:
    """An answer with the quotations that prove it; what the checker said, where its best one does not pass."""
    citations: dict[str, Citation] = {}
    first: tuple[Page, Checked] | None = None
    for marked in group.marked:
        if len(citations) >= MOST_CITATIONS or (first is not None and not _says(marked, group)):
            continue
        quoted = quote(asked, marked)
        if quoted is None or quoted[0].quote in citations:
            continue
        citation, page = quoted
        reader = _reader_for(asked.reader, marked.hit.language)
        checked = check(citation.quote, (citation,), asked.room.page, reader, asked.question)
        if checked.supported:
            citations[citation.quote] = citation
            first = first or (page, checked)
        elif first is None:
            return checked
    if first is None:
        return None
    return Proved(
        text=group.text, value=group.value, citations=tuple(citations.values()), page=first[0], checked=first[1]
    )


def _says(marked: Marked, group: Same) -> bool:
    """Whether a passage that agrees says as much as the best one, and surely enough to be shown beside it."""
    return marked.value >= 0 and group.key in answer_key(marked.span.text, marked.hit.language)


def quote(asked: Asked, marked: Marked) -> tuple[Citation, Page] | None:
    """The sentence that holds what was marked, from the article itself; None where it is not there (any more)."""
    page = asked.room.page(marked.hit.edition, marked.hit.id)
    if page is None:
        return None
    start, end = marked.hit.start + marked.span.start, marked.hit.start + marked.span.end
    if page.text[start:end] != marked.span.text:
        return None
    first, last = around(page, start, end)
    return cite(page, first, last, (start - first, end - first)), page


def confidence(value: float, support: float) -> float:
    """How sure an answer is, 0 to 1: about how often one of such a value is right, times its support.

    At the threshold it is one in eight: what is given is proved by its quotation and worth reading long before it is
    more likely right than wrong.
    """
    return _share(value - LENIENT) * support


def decided(
    asked: Asked, groups: Sequence[Same], proved: Sequence[Proved], refused: Sequence[Checked], work: Sequence[Step]
) -> Answer:
    """The answer and its verdict."""
    plain = Answer(
        question=asked.question,
        verdict=Verdict.NOT_FOUND,
        text="",
        confidence=0.0,
        reader=asked.reader.name,
        work=tuple(work),
    )
    if not proved:
        best = groups[0].value if groups else -10.0
        near = [found[0] for group in groups[:NEAREST] if (found := quote(asked, group.marked[0])) is not None]
        notes = ("What was found did not stand the check.",) if refused else ()
        return replace(
            plain, confidence=min(confidence(0.0, 1.0), confidence(best, 1.0)), near=tuple(near), notes=notes
        )
    first = proved[0]
    sides = [first, *_others(asked, proved)]
    answered = replace(
        plain,
        verdict=Verdict.ANSWERED,
        text=_one_line(first.text),
        confidence=confidence(first.value, first.checked.support),
        statements=(_statement(first),),
        notes=(NO_YES,) if sought(asked.question, asked.tongue).kind is Kind.YES_NO else (),
    )
    if len(sides) == 1:
        return answered
    positions = tuple(
        Position(value=_one_line(s.text), citations=s.citations, support=confidence(s.value, s.checked.support))
        for s in sides
    )
    statements = tuple(map(_statement, sides))
    return replace(answered, verdict=Verdict.DISPUTED, positions=positions, statements=statements)


def _statement(proved: Proved) -> Statement:
    """The sentence that is quoted, as a sentence of the answer."""
    text = _one_line(proved.citations[0].quote)
    return Statement(text=text, citations=proved.citations, support=proved.checked.support)


def _others(asked: Asked, proved: Sequence[Proved]) -> list[Proved]:
    """The answers that dispute the first: of another side, about the same thing, incompatible with all before."""
    kind = sought(asked.question, asked.tongue).kind
    sides = [proved[0]]
    for other in proved[1:]:
        if other.value < SURE:
            continue
        against = all(
            apart(side.citations[0], other.citations[0])
            and disputed(
                side.text,
                other.text,
                kind,
                languages=(side.citations[0].language, other.citations[0].language),
            )
            and same_thing(
                asked.question,
                asked.tongue,
                (side.page, side.citations[0]),
                (other.page, other.citations[0]),
            )
            for side in sides
        )
        if against:
            sides.append(other)
    return sides[1:]


def _shared_out(reader: Reader, tongue: str, hits: Sequence[PassageHit]) -> list[tuple[Reader, list[PassageHit]]]:
    """Who reads which passages."""
    if reader.name == "rules":
        return [(reader, list(hits))]
    own = [hit for hit in hits if reader.reads(primary(hit.language) if _told(hit.language) else tongue)]
    rest = [hit for hit in hits if hit not in own]
    shared = [(reader, own)] if own else []
    return [*shared, (rule_reader(), rest)] if rest else shared


def _reader_for(reader: Reader, language: str) -> Reader:
    return reader if reader.name == "rules" or not _told(language) or reader.reads(primary(language)) else rule_reader()


def _told(language: str) -> bool:
    return primary(language) not in ("", "und", "mul")


def _contained(one: str, other: str) -> bool:
    """Whether one answer is the other, or all of its words in order within it, or another form of the same name."""
    short, long = sorted((one, other), key=len)
    if not short:
        return False
    if " " in long:
        return f" {short} " in f" {long} "
    return short in long and 2 * len(short) > len(long)


def _share(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _searched(hits: Sequence[PassageHit]) -> str:
    if not hits:
        return "Looked by words and by meaning; no passage was found."
    titles = list(dict.fromkeys(hit.title for hit in hits))
    named = ", ".join(f"“{title[:60]}”" for title in titles[:3])
    return f"Looked by words and by meaning: {len(hits)} passages of {len(titles)} articles, first {named}."


def _marked(groups: Sequence[Same], reader: Reader) -> str:
    able = [group for group in groups if group.value >= 0]
    if not able:
        return "Read the best passages; none says it surely enough."
    named = ", ".join(f"“{_one_line(group.text)[:60]}”" for group in able[:3])
    return f"Read the best passages: {named}."


def _checked(proved: Sequence[Proved], refused: Sequence[Checked]) -> str:
    if not proved and not refused:
        return "There was nothing to check."
    parts = []
    if proved:
        parts.append(f"“{_one_line(proved[0].text)[:60]}” stands in its quotation, and read alone that says the same.")
    reasons = dict.fromkeys(reason for each in refused for reason in each.reasons)
    if refused:
        parts.append(f"Refused {len(refused)}: {' '.join(list(reasons)[:2])}")
    return " ".join(parts)
