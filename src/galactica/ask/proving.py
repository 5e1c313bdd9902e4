"""Answers with the quotations that prove them, and what the checker refused.

Each answer, best first, is quoted with the sentence that holds it, and with those before it where only they name what
is asked (`bearing`). What does not speak of that is refused, unless the reader says that its passage does, and what
does not pass the checker. Who says something is a side
(`alike.Marked.side`): a source in one language and edition, another article of the same name, and what an article
itself tells beside what it states (`sides`). Of each side the best answers are tried, the first of each before the
second of any; which of them it is taken to say tells `by_side`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from galactica.ask.alike import Marked, Same, Side, answer_key
from galactica.ask.answer_types import may_be_asked_for
from galactica.ask.asked import Asked
from galactica.ask.bearing import bears_on, widened
from galactica.ask.check import Checked, check
from galactica.ask.evidence import around, asked_above, cite
from galactica.ask.holders import may_hold_now
from galactica.ask.holdings import Page
from galactica.model import Citation
from galactica.model.said import said

TRIED = 3
"""Answers of one side that are quoted and checked: where the reader's best stretch does not stand the check, or stands
it badly, its next ones deserve a try."""

NEAR = 3.0
"""How far behind the best answer of a side that stood the check another one of it may be to be tried: what the check
says of both seldom makes up for more."""

MOST_CHECKED = 12
"""Answers that are quoted and checked for a question. Each costs a window of its quotation, 10 ms."""

MOST_CITATIONS = 3
"""Quotations of one answer."""

MOST_SOURCES = 12
"""The same of a value that is claimed: all who say so are shown."""

JUDGED = 3
"""Of the answers that stand the check, how many are judged by the reader (`rereading`): what is likely to be shown.
Each costs a window of its quotation."""

SPEAKS = 0.0
"""Logit of the reader that a passage is one for the question, from which a quotation out of it need not have the
question's words: likelier so than not. What it is worth then says `confidence`."""

MISTYPED = said("cannot-be", "It cannot be what is asked for.")
"""Why an answer is refused that is of another kind: no person, no time, no amount."""

BESIDE = said("beside-it", "It does not speak of what is asked.")
"""Why a quotation is refused that may be true of something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """An answer that is quoted and checked.

    Attributes:
        group: all that was marked and says so.
        citations: the quotations that stood the check, best first; never empty.
        page, checked: where the first of them stands, and what the checker said of it.
    """

    group: Same
    citations: tuple[Citation, ...]
    page: Page
    checked: Checked

    @property
    def text(self) -> str:
        """In the words of the best."""
        return self.group.text

    @property
    def value(self) -> float:
        """What it counts, with what agrees."""
        return self.group.value


def prove_answers(
    asked: Asked, groups: Sequence[Same], led: Container[tuple[str, bytes]] = frozenset()
) -> tuple[list[Proved], list[Checked]]:
    """The best answers with their quotations, those that pass the check; and what was said of the others.

    Args:
        led: (edition, id) of articles to which another one led that speaks of what is asked; they need not.
    """
    proved: list[Proved] = []
    refused: list[Checked] = []
    tried: Counter[Side] = Counter()
    stood: dict[Side, float] = {}
    for group in _in_turn([group for group in groups if group.value >= 0]):
        if len(proved) + len(refused) >= MOST_CHECKED:
            break
        own = [side for side in group.sides if tried[side] < TRIED and _may_say(group, stood.get(side))]
        if not own:
            continue
        found = _proved(asked, group, led, judged=len(proved) < JUDGED)
        if found is None:
            continue
        tried.update(own)
        if isinstance(found, Proved):
            stood |= {side: group.value for side in own if side not in stood}
            proved.append(found)
        else:
            refused.append(found)
    places = {group.key: place for place, group in enumerate(groups)}
    return sorted(proved, key=lambda each: places[each.group.key]), refused


def _may_say(group: Same, stood: float | None) -> bool:
    """Whether an answer is worth a try beside the value of the first of its side that stood; None: there is none."""
    return stood is None or (group.marked[0].stated is None and group.value >= stood - NEAR)


def _in_turn(groups: Sequence[Same]) -> list[Same]:
    """The best answer of each side, then the second of each and so on, each as good as they are."""
    seen: Counter[Side] = Counter()
    turns = []
    for group in groups:
        turns.append(min(seen[side] for side in group.sides))
        seen.update(group.sides)
    order = sorted(range(len(groups)), key=lambda number: turns[number])
    return [groups[number] for number in order]


def quote(asked: Asked, marked: Marked) -> tuple[Citation, Page] | None:
    """The sentence that holds what was marked, from the article itself; None where it is not there (any more)."""
    page = asked.holdings.page(marked.hit.edition, marked.hit.id)
    if page is None:
        return None
    start, end = marked.hit.start + marked.span.start, marked.hit.start + marked.span.end
    if page.text[start:end] != marked.span.text:
        return None
    if marked.stated is not None:
        first, last = marked.stated.first, marked.stated.last
    else:
        first, last = around(page, start, end)
        first = widened(asked.question, page, first, last)
    return cite(page, first, last, (start - first, end - first)), page


def _proved(asked: Asked, group: Same, led: Container[tuple[str, bytes]], *, judged: bool) -> Proved | Checked | None:
    """An answer with the quotations that prove it; what the checker said, where its best one does not pass.

    Args:
        judged: whether the reader judges that one.
    """
    citations: dict[tuple[str, str], Citation] = {}
    first: tuple[Page, Checked] | None = None
    claimed = group.marked[0].stated is not None and group.marked[0].stated.claimed is not None
    for marked in group.marked:
        most = MOST_SOURCES if claimed else MOST_CITATIONS
        if len(citations) >= most or (first is not None and not claimed and not _says(marked, group)):
            continue
        quoted = quote(asked, marked)
        if quoted is None:
            continue
        citation, page = quoted
        key = citation.source if claimed else "", citation.quote
        if key in citations:
            continue
        # The article's own thing, by the property's own name; or what was read in its exchange, in talk.
        told = marked.stated is not None or marked.likely is not None
        reader = None if told else asked.reader
        checked = check(
            citation.quote,
            (citation,),
            asked.holdings.page,
            reader,
            asked.question.text,
            judged=judged and first is None,
        )
        relevant = marked.relevant is not None and marked.relevant >= SPEAKS
        led_there = relevant or (citation.edition, citation.id) in led
        above = asked_above(page, citation.start)
        if not told and not bears_on(asked.question, citation, asked=above, led=led_there):
            checked = replace(checked, support=0.0, reasons=(*checked.reasons, BESIDE))
        said_now = may_hold_now(asked.question, marked.span.text, citation, page)
        if not said_now or not may_be_asked_for(
            asked.question, marked.span.text, citation, sentence=marked.likely is not None
        ):
            checked = replace(checked, support=0.0, reasons=(*checked.reasons, MISTYPED))
        if checked.supported:
            citations[key] = citation
            first = first or (page, checked)
        elif first is None:
            return checked
    if first is None:
        return None
    return Proved(group=group, citations=tuple(citations.values()), page=first[0], checked=first[1])


def _says(marked: Marked, group: Same) -> bool:
    """Whether a passage that agrees says as much as the best one, and surely enough to be shown beside it."""
    return marked.value >= 0 and group.key in answer_key(marked.span.text, marked.hit.language)
