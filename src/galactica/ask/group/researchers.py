"""The researchers: each looks in a way of its own and brings findings, with where they stand and why.

None knows what the others do; what they share lies on the desk. A researcher that has nothing to do (a library of one
language, an article without tables) says so and is done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce

from galactica.ask.evidence import cite
from galactica.ask.group.claims import claims
from galactica.ask.group.desk import Finding, Workspace, marked_at
from galactica.ask.group.following import linked_titles
from galactica.ask.group.sums import sum_in
from galactica.ask.group.tables import Cell, cells_for
from galactica.ask.holdings import Page
from galactica.ask.named import best_passages
from galactica.languages import name_of, primary
from galactica.model import PassageHit
from galactica.model.said import said
from galactica.values.days import days_in, years_between

MOST_ALONE = 8
"""Passages that are read by words alone, and by meaning alone; half of them are among the others: not read twice."""

WIDE = 48
"""Passages among which sources are looked for."""

MOST_FINDINGS = 5
MOST_LANGUAGES = 3
MOST_SOURCES = 4
MOST_FOLLOWED = 4
MOST_ALIASES = 8

PATIENCE = 4.0
"""How much longer than the one who leads a researcher may take: on a machine that is slow or busy all are slow."""

SURE_CELL = 7.0
"""How far over the threshold a cell is whose article, table, row and column name all of the question; one of which they
name three quarters is at the threshold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a researcher did.

    Attributes:
        did: in a sentence for a person.
        findings: best first.
        notes: what the person should know.
    """

    did: str
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Researcher:
    """A way of looking.

    Attributes:
        name: what it is called in the work that is shown.
        look: does it.
        seconds: after which it is left behind, or `PATIENCE` times what the one who leads took, where that is longer.
        leads: whether the others are waited for as long as it works: what it brings is what is found without a group.
        whole: whether it looks in the whole library at once; else in each edition by itself, as if no other were open.
    """

    name: str
    look: Callable[[Workspace], Looked]
    seconds: float = 3.0
    leads: bool = False
    whole: bool = False

    def looked(self, desk: Workspace) -> Looked:
        """What it finds, in one edition after the other or in all at once."""
        if self.whole or len(desk.parts) == 1:
            return self.look(desk.parts[0] if not self.whole else desk)
        several = [self.look(part) for part in desk.parts if not desk.over]
        told = list(dict.fromkeys(each.did for each in several if each.findings or each.notes))
        told = told or [several[0].did if several else ""]
        return Looked(
            did=reduce(lambda one, other: said("two-sentences", "{first} {second}", first=one, second=other), told),
            findings=tuple(
                sorted((f for each in several for f in each.findings), key=lambda finding: -finding.marked.value)
            ),
            notes=tuple(note for each in several for note in each.notes),
        )


def look_by_both(desk: Workspace) -> Looked:
    """By words and meaning, as without a group; only that more is read."""
    hits = desk.first()
    found = desk.findings(
        "words and meaning", desk.read(hits), said("fits-best", "It fits the question best, by words and meaning.")
    )
    return Looked(
        did=said("read-by-both", "Read {number:passage} found by words and meaning together.", number=len(hits)),
        findings=tuple(found),
    )


def look_by_words(desk: Workspace) -> Looked:
    """By the question's words alone."""
    hits = desk.passages(limit=MOST_ALONE, by="words")
    found = desk.findings("words", desk.read(hits), said("words-around", "The question's words stand around it."))
    return Looked(
        did=said("read-by-words", "Read {number:passage} with the question's words.", number=len(hits)),
        findings=tuple(found),
    )


def look_by_meaning(desk: Workspace) -> Looked:
    """By meaning alone."""
    hits = desk.passages(limit=MOST_ALONE, by="meaning")
    if not hits:
        return Looked(did=said("no-meaning-here", "Nothing can be searched by meaning here."))
    found = desk.findings("meaning", desk.read(hits), said("same-meaning", "It speaks of the same, by its meaning."))
    return Looked(
        did=said("read-by-meaning", "Read {number:passage} that are near by meaning.", number=len(hits)),
        findings=tuple(found),
    )


def in_tables(desk: Workspace) -> Looked:
    """In the tables of the articles that the question names or the search finds, and in the table of claims."""
    pages = _pages(desk, most=5)
    asked = desk.asked.question
    found = [_of_cell(desk, page, cell) for page in pages for cell in cells_for(page, asked.sought, asked.keys)]
    claimed = claims(desk)
    found = [*claimed, *sorted(found, key=lambda finding: -finding.marked.value)][:MOST_FINDINGS]
    did = said("looked-through-tables", "Looked through the tables of {number:article}.", number=len(pages))
    return Looked(did=did, findings=tuple(found))


def along_links(desk: Workspace) -> Looked:
    """In the articles that the question names, and in those they lead to."""
    named = [page for name in desk.names if (page := _page(desk, *name.place)) is not None][:2]
    if not named:
        return Looked(did=said("names-no-article", "The question names no article that is here."))
    hits: list[PassageHit] = []
    way: dict[bytes, str] = {}
    for page in named:
        near = best_passages(page, desk.asked.question.keys, most=3)
        hits += near
        for title in linked_titles(page, near, desk.asked.question.keys)[:MOST_FOLLOWED]:
            place = None if desk.over else desk.asked.holdings.titled(title)
            other = None if place is None else _page(desk, *place)
            if other is not None and other.article.id not in (*way, page.article.id):
                way[other.article.id] = page.article.title
                hits += best_passages(other, desk.asked.question.keys, most=2)
    found = []
    for each in desk.findings("links", desk.read(hits)):
        origin = way.get(each.citation.id)
        reason = said("question-names-it", "The question names the article.")
        if origin:
            reason = said("led-to", "“{title}”, which the question names, leads to it.", title=origin)
        found.append(replace(each, reason=reason))
    titles = [f"“{page.article.title}”" for page in named]
    did = said(
        "read-along-links", "Read {titles} and {number:article} that they lead to.", titles=titles, number=len(way)
    )
    return Looked(did=did, findings=tuple(found))


def in_other_languages(desk: Workspace) -> Looked:
    """In articles of other languages, by the titles that they have for what the question names."""
    own = primary(desk.asked.question.language)
    others = [tag for tag in desk.asked.holdings.languages if primary(tag) not in (own, "und", "mul", "")][
        :MOST_LANGUAGES
    ]
    if desk.asked.language or not others:
        return Looked(did=said("no-other-language", "There is no other language to look in."))
    names = [name.name for name in desk.names]
    for name in desk.names[:2]:
        page = _page(desk, *name.place)
        if page is not None:
            names += [page.article.title, *(alias.title for alias in page.article.aliases[:MOST_ALIASES])]
    query = " ".join(dict.fromkeys([*names, desk.asked.question.text]))[:600]
    hits = [hit for tag in others for hit in desk.asked.passages(query, limit=5, language=tag)]
    found = desk.findings(
        "languages", desk.read(hits), said("other-language-says", "An article in another language says so.")
    )
    called = [name_of(tag) for tag in others]
    did = said("read-in-languages", "Read {number:passage} in {languages}.", number=len(hits), languages=called)
    return Looked(did=did, findings=tuple(found))


def source_by_source(desk: Workspace) -> Looked:
    """The same question to each source by itself, so that none is outvoted before it is heard."""
    wide = desk.asked.passages(limit=WIDE)
    sources = list(dict.fromkeys(hit.source for hit in wide))[:MOST_SOURCES]
    if len(sources) < 2:
        return Looked(did=said("one-source", "Only one source speaks of it."))
    found: list[Finding] = []
    for source in sources:
        if not desk.over:
            marked = desk.read(desk.only(source).passages(limit=5))
            found += desk.findings(
                "sources", marked, said("source-by-itself", "What its source says by itself."), most=2
            )
    found.sort(key=lambda finding: -finding.marked.value)
    did = said("asked-sources", "Asked {number:source} one by one: {names}.", number=len(sources), names=sources)
    return Looked(did=did, findings=tuple(found))


def by_reckoning(desk: Workspace) -> Looked:
    """What can be reckoned: a sum or units in the question, an age from two dates in an article's first lines."""
    text = sum_in(desk.asked.question.text)
    if text:
        return Looked(
            did=said("reckoned", "Reckoned {sum}.", sum=text),
            notes=(said("reckoned-not-quoted", "Reckoned, not quoted: {sum}.", sum=text),),
        )
    question = f" {desk.asked.question.text.lower()} "
    if not any(words in question for words in (" how old was ", " what age ", " aged ")):
        return Looked(did=said("nothing-to-reckon", "There is nothing to reckon."))
    for name in desk.names[:2]:
        page = _page(desk, *name.place)
        days = list(days_in(page.text[:600])) if page is not None else []
        if page is None or len(days) < 2 or days[0][0] >= days[1][0]:
            continue
        years = years_between(days[0][0], days[1][0])
        if years > 125:
            continue
        citation = cite(page, days[0][1], days[1][2])
        did = said(
            "reckoned-from-dates",
            "Reckoned from two dates in “{title}”: {years:year}.",
            title=page.article.title,
            years=years,
        )
        note = said(
            "reckoned-from-quotation",
            "Reckoned from the quotation “{quotation}” in “{title}”: {years:year}.",
            quotation=citation.quote[:120],
            title=page.article.title,
            years=years,
        )
        return Looked(did=did, notes=(note,))
    return Looked(did=said("no-two-dates", "There are no two dates to reckon with."))


RESEARCHERS = (
    Researcher(name="words and meaning", look=look_by_both, seconds=60.0, leads=True),
    Researcher(name="words", look=look_by_words),
    Researcher(name="meaning", look=look_by_meaning),
    Researcher(name="tables", look=in_tables),
    Researcher(name="links", look=along_links),
    Researcher(name="languages", look=in_other_languages, whole=True),
    Researcher(name="sources", look=source_by_source),
    Researcher(name="reckoning", look=by_reckoning),
)


def _pages(desk: Workspace, most: int) -> list[Page]:
    """The articles that the question names, then those of the best passages; each once."""
    places = [name.place for name in desk.names]
    places += [(hit.edition, hit.id) for hit in desk.first()]
    found = (_page(desk, *place) for place in dict.fromkeys(places[: 4 * most]))
    return [page for page in found if page is not None][:most]


def _page(desk: Workspace, edition: str, identity: bytes) -> Page | None:
    """An article, where the person allows it."""
    page = desk.asked.holdings.page(edition, identity)
    if page is None or not desk.asked.allows(page.article):
        return None
    return page


def _of_cell(desk: Workspace, page: Page, cell: Cell) -> Finding:
    value = SURE_CELL * (cell.score - 0.75) / 0.25
    marked = marked_at(page, cell.start, cell.end, value, desk.asked.reader.threshold)
    label = page.text[slice(*cell.row.cells[0])].strip()[:80]
    return Finding(
        who="tables",
        marked=marked,
        citation=cite(page, cell.row.start, cell.row.end, (cell.start - cell.row.start, cell.end - cell.row.start)),
        reason=said("row-of-table", "The row “{row}” of a table in “{title}”.", row=label, title=page.article.title),
    )
