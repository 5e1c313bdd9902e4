"""Tools that look into the library: search, read, follow links, ask the tables, put sources side by side."""

from __future__ import annotations

from collections.abc import Sequence

from galactica.ask.asked import Asked
from galactica.ask.evidence import cite
from galactica.ask.group.tools import MOST_TEXT, Argument, Result, Tool, Value
from galactica.ask.holdings import Page
from galactica.model import Citation, PassageHit

MOST_PASSAGES = 20
MOST_LINKS = 50
MOST_SOURCES = 6
MOST_ROWS = 200

_QUERY = Argument(name="query", about="Words to look for.")
_ARTICLE = Argument(name="article", about="Title, alias or id of an article.")


def as_quotations(asked: Asked, hits: Sequence[PassageHit]) -> tuple[Citation, ...]:
    """Passages as quotations."""
    found = []
    for hit in hits[:MOST_PASSAGES]:
        page = asked.holdings.page(hit.edition, hit.id)
        if page is not None:
            found.append(cite(page, hit.start, hit.end))
    return tuple(found)


def article_named(asked: Asked, article: str) -> Page | None:
    """The article of a title, alias or id, where the person allows it."""
    found = asked.holdings.titled(article[:300])
    page = None if found is None else asked.holdings.page(*found)
    if page is None or not asked.allows(page.article):
        return None
    return page


def _search(asked: Asked, *, query: str, by: str, language: str, limit: int) -> Result:
    hits = asked.passages(query, limit=max(1, min(limit, MOST_PASSAGES)), by=by, language=language)
    lines = [f"{hit.title}\t{hit.text[:200]}" for hit in hits]
    return Result(
        text="\n".join(lines), citations=as_quotations(asked, hits), note="" if hits else "Nothing was found."
    )


def _read(asked: Asked, *, article: str, section: str) -> Result:
    page = article_named(asked, article)
    if page is None:
        return Result(note="There is no such article.")
    start, end = _section(page, section) if section else (0, len(page.text))
    if end <= start:
        return Result(note="There is no such section.")
    citation = cite(page, start, min(end, start + MOST_TEXT))
    return Result(text=citation.quote, citations=(citation,))


def _section(page: Page, name: str) -> tuple[int, int]:
    """(start, end) of the section whose heading is `name`; (0, 0) where there is none."""
    from galactica.model.projection import outline

    headings = outline(page.article.body).headings
    for at, (start, end) in enumerate(headings):
        if page.text[start:end].strip().lower() == name.strip().lower():
            end = headings[at + 1][0] if at + 1 < len(headings) else len(page.text)
            return start, start + len(page.text[start:end].rstrip())
    return 0, 0


def _links(asked: Asked, *, article: str) -> Result:
    page = article_named(asked, article)
    if page is None:
        return Result(note="There is no such article.")
    titles = []
    for edition, identity in asked.holdings.linked(page)[:MOST_LINKS]:
        other = asked.holdings.page(edition, identity)
        if other is not None:
            titles.append(other.article.title)
    return Result(text="\n".join(titles), note="" if titles else "It links to no article that is here.")


def _sql(asked: Asked, *, query: str) -> Result:
    columns, rows = asked.holdings.rows(query)
    lines = ["\t".join(columns), *("\t".join(map(_cell, row)) for row in rows[:MOST_ROWS])]
    return Result(text="\n".join(lines), note="The rest was left out." if len(rows) > MOST_ROWS else "")


def _cell(value: object) -> str:
    return "" if value is None else str(value)[:500].replace("\t", " ").replace("\n", " ")


def _compare(asked: Asked, *, query: str) -> Result:
    seen: dict[str, list[PassageHit]] = {}
    for hit in asked.passages(query, limit=60):
        seen.setdefault(hit.source, []).append(hit)
    best = [hits[0] for hits in list(seen.values())[:MOST_SOURCES]]
    lines = [f"{hit.source}\t{hit.title}\t{hit.text[:300]}" for hit in best]
    note = "" if len(best) > 1 else "Only one source speaks of it." if best else "Nothing was found."
    return Result(text="\n".join(lines), citations=as_quotations(asked, best), note=note)


_BY: tuple[str, ...] = ("hybrid", "words", "meaning")
_NONE: Value = ""

TOOLS = (
    Tool(
        name="search",
        about="Passages that may answer, by words, by meaning or by both.",
        arguments=(
            _QUERY,
            Argument(name="by", about="How.", default="hybrid", choices=_BY),
            Argument(name="language", about="A tag; any where it is empty.", default=_NONE),
            Argument(name="limit", about="Passages at most.", kind=int, default=10),
        ),
        run=_search,
    ),
    Tool(
        name="read",
        about="An article, or one section of it.",
        arguments=(_ARTICLE, Argument(name="section", about="Its heading; the whole article without.", default=_NONE)),
        run=_read,
    ),
    Tool(name="links", about="Titles of the articles that an article links to.", arguments=(_ARTICLE,), run=_links),
    Tool(
        name="sql",
        about="One SELECT over the tables of the editions, in the locked holdings.",
        arguments=(Argument(name="query", about="The SELECT."),),
        run=_sql,
    ),
    Tool(
        name="compare",
        about="The best passage of each source, side by side.",
        arguments=(_QUERY,),
        run=_compare,
    ),
)
