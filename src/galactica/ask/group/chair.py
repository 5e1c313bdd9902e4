"""The chair: hears the researchers, puts together what is the same, weighs it, and has it proved.

1. A stretch counts once, however many researchers bring it.
2. Answers that are the same in other words are one (`marking.put_together`).
3. What speaks for an answer is its best evidence, and less and less what agrees from elsewhere: other articles count
   where they speak of what the question names, other passages of the same article hardly, the same words copied into
   another article not at all.
4. What is said is quoted, checked and compared with what other sources, languages and editions say, as without a group;
   only what is nearly as likely disputes the answer, because much is heard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from galactica.ask.answering import Marked, Part, Proved, Same, decided, prove_answers, put_together
from galactica.ask.asked import Asked
from galactica.ask.check import check
from galactica.ask.deciding import likeliest
from galactica.ask.finding import named_pages
from galactica.ask.group.desk import Finding
from galactica.ask.named import keys_of
from galactica.ask.sought import WORD
from galactica.ask.weighing import chance
from galactica.codes.letters import folded
from galactica.model import Answer, Citation, Statement, Verdict
from galactica.model.said import said

ELSEWHERE = 1.5
"""What an answer from another article adds, as a share of its own probability; each further one half as much.

Source: as `desk.LATER`: F1 37.4 at 0, 38.5 at 1, 38.8 at 1.5, 38.5 at 2."""

SAME_ARTICLE = 0.25
"""The same for another passage of an article that has been heard."""

LESS_LIKELY = 2.0
"""How much less another answer may be worth that disputes the first."""

MOST_SENTENCES = 4
ALIKE = 0.75
"""Share of two sentences' words from which the second says nothing new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the chair makes of the findings.

    Attributes:
        groups: answers, best first.
        proved: those that are quoted and stood the check, best first.
        answer: with its verdict, as it would be given without a group.
    """

    groups: tuple[Same, ...]
    proved: tuple[Proved, ...]
    answer: Answer


def hear(asked: Asked, findings: Sequence[Finding]) -> Heard:
    """Merge, weigh, prove and decide: what each edition says by itself."""
    led = {(each.marked.hit.edition, each.marked.hit.id) for each in findings if each.who == "links"}
    parts = []
    for own in asked.alone:
        groups = weighed(own, once([each for each in findings if _of(own, each)]))
        proved, refused = prove_answers(own, groups, led)
        proved = [each for each in proved if each.value >= proved[0].value - LESS_LIKELY]
        parts.append(Part(asked=own, groups=groups, proved=proved, refused=refused, named=named_pages(own)))
    several = sorted((group for part in parts for group in part.groups), key=lambda group: -group.value)
    likely = tuple(each.proved for each in likeliest(parts))
    return Heard(groups=tuple(several), proved=likely, answer=decided(asked, parts, ()))


def _of(asked: Asked, finding: Finding) -> bool:
    """Whether a finding stands in the edition that is asked."""
    return asked.edition in ("", finding.marked.hit.edition)


def once(findings: Sequence[Finding]) -> list[Marked]:
    """The stretches that were brought, each once, best first."""
    found: dict[tuple[str, bytes, int, int], Marked] = {}
    for each in findings:
        hit, span = each.marked.hit, each.marked.span
        place = (hit.edition, hit.id, hit.start + span.start, hit.start + span.end)
        if place not in found or found[place].value < each.marked.value:
            found[place] = each.marked
    return sorted(found.values(), key=lambda m: (-m.value, m.hit.edition, m.hit.id, m.hit.start + m.span.start))


def weighed(asked: Asked, marked: Sequence[Marked]) -> list[Same]:
    """The answers with what speaks for each, best first."""
    groups = put_together(marked)
    names = beginnings_of_names(asked.question.text)
    for group in groups:
        group.value = group.marked[0].value + agreement(group.marked, names)
    return sorted(groups, key=lambda group: -group.value)


def beginnings_of_names(question: str) -> tuple[str, ...]:
    """The beginnings of the capitalised words of a question, folded; the first word of it is left out."""
    words = [match[0] for match in WORD.finditer(question) if match.start() and match[0][:1].isupper()]
    return tuple(folded(word)[: max(4, len(word) - 2)] for word in words)


def speaks_of(marked: Marked, names: tuple[str, ...]) -> bool:
    """Whether a passage or its title has the names of a question."""
    text = folded(f"{marked.hit.title}\n{marked.hit.text}") if names else ""
    return all(name in text for name in names)


def agreement(marked: Sequence[Marked], names: tuple[str, ...] = ()) -> float:
    """What those that agree with the first add to it.

    Args:
        marked: best first.
        names: what a passage has to speak of to count.
    """
    articles = {(marked[0].hit.edition, marked[0].hit.id)}
    passages = {(marked[0].hit.edition, marked[0].hit.id, marked[0].hit.passage)}
    told = {folded(marked[0].hit.text)}
    added, share = 0.0, ELSEWHERE
    for each in marked[1:]:
        article = (each.hit.edition, each.hit.id)
        text = folded(each.hit.text)
        if (*article, each.hit.passage) in passages or text in told or not speaks_of(each, names):
            continue
        if article in articles:
            added += SAME_ARTICLE * share * chance(each.value)
        else:
            added += share * chance(each.value)
            share /= 2
        articles.add(article)
        passages.add((*article, each.hit.passage))
        told.add(text)
    return added


def synthesis(asked: Asked, heard: Heard) -> tuple[Statement, ...]:
    """The answer as a few sentences of the articles, each with its quotation: the best first, then what others add."""
    answer = heard.answer
    if answer.verdict not in (Verdict.ANSWERED, Verdict.PROBABLY):
        return answer.statements
    first = answer.statements[0]
    taken = [replace(first, citations=first.citations[:1])]
    words = [keys_of(first.text, first.citations[0].language)]
    for citation in first.citations[1:]:
        mine = keys_of(citation.quote, citation.language)
        near = next((n for n, known in enumerate(words) if _alike(mine, known)), None)
        if near is not None:
            taken[near] = replace(taken[near], citations=(*taken[near].citations, citation))
            continue
        statement = _stated(asked, citation)
        if statement is not None and len(taken) < MOST_SENTENCES:
            taken.append(statement)
            words.append(mine)
    return tuple(taken)


def _stated(asked: Asked, citation: Citation) -> Statement | None:
    """A quotation as a sentence of the answer, where it stands the check."""
    checked = check(citation.quote, (citation,), asked.holdings.page, asked.reader, asked.question.text, judged=True)
    if not checked.supported:
        return None
    return Statement(text=" ".join(citation.quote.split()), citations=(citation,), support=checked.support)


def _alike(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= ALIKE * max(1, min(len(one), len(other)))


def minutes(findings: Sequence[Finding], heard: Heard) -> str:
    """What the chair did, in a sentence or two for a person."""
    who = {each.who for each in findings}
    if not heard.groups:
        return said("heard-nothing", "Heard the researchers; none brought anything.")
    brought = said(
        "heard-findings",
        "Heard {findings:finding} of {who:researcher} and put them together to {groups}.",
        findings=len(findings),
        who=len(who),
        groups=len(heard.groups),
    )
    if not heard.proved:
        unsure = said("none-stands", "None is sure enough, or stands the check.")
        return said("two-sentences", "{first} {second}", first=brought, second=unsure)
    best = heard.proved[0]
    marked = next((group.marked for group in heard.groups if group.text == best.text), [])
    names = beginnings_of_names(heard.answer.question)
    marked = marked[:1] + [each for each in marked[1:] if speaks_of(each, names)]
    articles = {(each.hit.edition, each.hit.id) for each in marked}
    sources = {each.hit.source for each in marked}
    ways = {each.who for each in findings if any(each.marked is m or each.marked == m for m in marked)}
    stands = said(
        "stands-in",
        "“{text}”: articles {articles}, sources {sources}, ways of finding it {ways}.",
        text=" ".join(best.text.split())[:80],
        articles=len(articles),
        sources=len(sources),
        ways=max(1, len(ways)),
    )
    return said("two-sentences", "{first} {second}", first=brought, second=stands)
