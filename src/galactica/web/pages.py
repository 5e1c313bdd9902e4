"""The pages that people read first: home, results, about. Each is a function: desk and request → reply."""

from __future__ import annotations

import time
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup, escape

from galactica.languages import name_of, primary
from galactica.model import Hit
from galactica.model.anchors import told
from galactica.model.said import said
from galactica.web import words
from galactica.web.desk import Desk
from galactica.web.exchange import START, NotFoundError, Reply, WebRequest, redirect
from galactica.web.reasons import REASONS
from galactica.wire.addresses import page_of_article, page_of_hit, page_of_media
from galactica.wire.asked import MAX_QUERY
from galactica.wire.left_out import KEPT

PER_PAGE = 10
MAX_PAGE = 50
"""Results further down than page 50 are not shown: nobody reads them, and ranking them costs."""

_UNCRAWLED = (b"/search", b"/ask", b"/trace", b"/random", b"/look/", b"/words/", b"/api/")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultLine:
    """A result as the page shows it; `snippet` is markup with <mark>, `picture` an address or "", all else plain."""

    address: str
    title: str
    language: str
    source: str
    date: str
    snippet: Markup
    exact: bool
    picture: str
    work: str
    place: str


def home(desk: Desk, request: WebRequest) -> Reply:
    """What is in the library, and where to begin."""
    infos = tuple(desk.infos.values())
    troubles = {edition.root: desk.trouble(edition) for edition in desk.library.editions}
    return desk.kept(
        ("home", request.language, request.look, *troubles.values()),
        lambda: desk.renderer.page(
            "home",
            request,
            editions=infos,
            troubles=troubles,
            articles=sum(info.articles for info in infos),
            languages=len({primary(tag) for tag in desk.choices.languages if name_of(tag)}),
            with_categories=desk.with_categories,
            traces=desk.traces,
            models=desk.models,
        ),
    )


def search_page(desk: Desk, request: WebRequest) -> Reply:
    """Results for a query, or the empty form."""
    query = request.text("q", limit=MAX_QUERY)
    if not query:
        return redirect("/")
    language, source = request.text("lang", limit=64), request.text("source", limit=200)
    number = request.number("page", default=1, low=1, high=MAX_PAGE)
    begun = time.perf_counter()
    found = desk.library.search(
        query,
        limit=PER_PAGE,
        offset=(number - 1) * PER_PAGE,
        language=language,
        source=source,
        interface=request.language,
    )
    took = (time.perf_counter() - begun) * 1000
    pages = min(MAX_PAGE, -(-found.total // PER_PAGE))

    def address(page: int = 1, q: str = query) -> str:
        values = {"q": q, "lang": language, "source": source, "page": str(page) if page > 1 else ""}
        return "/search?" + urlencode({key: value for key, value in values.items() if value})

    return desk.renderer.page(
        "results",
        request,
        query=query,
        lines=[_line(desk, hit) for hit in found.hits],
        total=found.total,
        took=took,
        corrected=found.corrected,
        notes=[desk.discreet(note) for note in found.notes],
        offer=_ask_address(query, language, source) if desk.library.looks_asked(query) else "",
        corrected_address=address(q=found.corrected) if found.corrected else "",
        choices=desk.choices,
        chosen_language=language,
        chosen_source=source,
        number=number,
        before=address(number - 1) if number > 1 else "",
        after=address(number + 1) if number < pages else "",
        nearby=[(page, address(page)) for page in range(max(1, number - 4), min(pages, number + 4) + 1)],
        headers=((b"cache-control", b"no-cache"),),
    )


def _ask_address(query: str, language: str, source: str) -> str:
    values = {"q": query, "lang": language, "source": source}
    return "/ask?" + urlencode({key: value for key, value in values.items() if value})


def _line(desk: Desk, hit: Hit) -> ResultLine:
    picture = desk.library.picture(hit.edition, hit.source, hit.path)
    return ResultLine(
        address=page_of_hit(hit),
        title=hit.title,
        language=hit.language,
        source=desk.source_title(hit.edition, hit.source),
        date=hit.date[:10],
        snippet=marked(hit.snippet, hit.marks),
        exact=hit.exact,
        picture=page_of_media(hit.edition, hit.source, picture) if picture else "",
        work=hit.work,
        place=told(hit.place),
    )


def marked(text: str, marks: tuple[tuple[int, int], ...]) -> Markup:
    """Plain text with the given spans in <mark>; spans out of order or range are passed over."""
    out: list[str] = []
    done = 0
    for start, end in marks:
        if done <= start < end <= len(text):
            out += (escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>")
            done = end
    out.append(escape(text[done:]))
    return Markup("".join(out))  # noqa: S704 - every piece of text went through escape()


def about(desk: Desk, request: WebRequest) -> Reply:
    """What an edition is made of, on what terms, and how to check and cite it."""
    edition = desk.edition(request.step(1))
    verified, trouble = desk.library.verified(edition), desk.trouble(edition)
    info = desk.infos[edition.root]
    return desk.kept(
        ("about", edition.root, request.language, request.look, verified, trouble),
        lambda: desk.renderer.page(
            "about",
            request,
            info=info,
            verified=verified,
            trouble=trouble,
            command_path=desk.command_path(edition),
            left_out=[each for each in info.left_out if each.reason != KEPT],
            reasons=REASONS,
            has_categories=edition.root in desk.with_categories,
            source_titles=words.CATALOGUES[request.language]("and").join(
                source.title or source.key for source in info.sources
            ),
        ),
    )


def random(desk: Desk, request: WebRequest) -> Reply:
    """Off to any article."""
    edition, row = desk.library.random()
    head = edition.head(row)
    return redirect(page_of_article(edition.root, head.source, head.path), headers=((b"cache-control", b"no-store"),))


def robots(desk: Desk, request: WebRequest) -> Reply:
    """What crawlers may fetch: articles, not searches."""
    kept = b"".join(b"Disallow: %s\n" % each for each in _UNCRAWLED)
    return Reply(body=b"User-agent: *\n" + kept, type=b"text/plain; charset=utf-8")


def nowhere(desk: Desk, request: WebRequest) -> Reply:
    """Any other address."""
    words = " ".join(step for step in request.steps if step)[:200]
    remedy = said("search-for", "Search for “{words}”.", words=words) if words else START
    raise NotFoundError(said("no-such-page", "There is no such page."), remedy)
