"""The pages that people read: home, results, A–Z, categories, about. Each is a function: desk and request → answer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from markupsafe import Markup, escape

from galactica.languages import name_of
from galactica.model import Hit
from galactica.model.anchors import told
from galactica.model.apart import apart
from galactica.model.said import said
from galactica.web import words
from galactica.web.answer import START, Answer, Ask, NotFoundError, redirect
from galactica.web.desk import Desk, article_address, hit_address, media_address
from galactica.web.reading import Head
from galactica.web.reasons import KEPT, REASONS
from galactica.web.render import LOOKS

PER_PAGE = 10
MAX_PAGE = 50
"""Results further down than page 50 are not shown: nobody reads them, and ranking them costs."""

MAX_QUERY = 500
"""Characters of a query; the longest questions of SQuAD have about 200."""

LIST = 100
"""Titles or categories on one page of a list."""

MAX_PLACE = 10**9
"""Places in a list that an address may name."""

MAX_LETTERS = 1000
"""Letters that are shown to jump to; all scripts of Unicode that have small alphabets fit."""


_UNCRAWLED = (b"/search", b"/ask", b"/random", b"/look/", b"/words/", b"/api/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter of the A–Z list; `place` is where its titles begin, `here` whether the page shows one of them."""

    letter: str
    place: int
    articles: int
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A title that leads to an article; `apart` is what tells it from others of that title, or ""."""

    address: str
    title: str
    language: str
    apart: str


def home(desk: Desk, ask: Ask) -> Answer:
    """What is in the library, and where to begin."""
    infos = tuple(desk.infos.values())
    troubles = {edition.root: desk.trouble(edition) for edition in desk.library.editions}
    return desk.kept(
        ("home", ask.language, ask.look, *troubles.values()),
        lambda: desk.renderer.page(
            "home",
            ask,
            editions=infos,
            troubles=troubles,
            articles=sum(info.articles for info in infos),
            languages=sum(bool(name_of(tag)) for tag in desk.choices.languages),
            with_categories=desk.with_categories,
        ),
    )


def search(desk: Desk, ask: Ask) -> Answer:
    """Results for a query, or the empty form."""
    query = ask.text("q", limit=MAX_QUERY)
    if not query:
        return redirect("/")
    language, source = ask.text("lang", limit=64), ask.text("source", limit=200)
    number = ask.number("page", default=1, low=1, high=MAX_PAGE)
    begun = time.perf_counter()
    found = desk.library.search(query, limit=PER_PAGE, offset=(number - 1) * PER_PAGE, language=language, source=source)
    took = (time.perf_counter() - begun) * 1000
    pages = min(MAX_PAGE, -(-found.total // PER_PAGE))

    def address(page: int = 1, q: str = query) -> str:
        values = {"q": q, "lang": language, "source": source, "page": str(page) if page > 1 else ""}
        return "/search?" + urlencode({key: value for key, value in values.items() if value})

    return desk.renderer.page(
        "results",
        ask,
        query=query,
        lines=[_line(desk, hit) for hit in found.hits],
        total=found.total,
        took=f"{took:.1f}" if took < 10 else f"{took:.0f}",
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


def _line(desk: Desk, hit: Hit) -> Line:
    picture = desk.library.picture(hit.edition, hit.source, hit.path)
    return Line(
        address=hit_address(hit),
        title=hit.title,
        language=hit.language,
        source=desk.source_title(hit.edition, hit.source),
        date=hit.date[:10],
        snippet=marked(hit.snippet, hit.marks),
        exact=hit.exact,
        picture=media_address(hit.edition, hit.source, picture) if picture else "",
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


def titles(desk: Desk, ask: Ask) -> Answer:
    """The A–Z list of an edition, from a title (`start`) or a place (`at`) on."""
    edition = desk.edition(ask.step(1))
    start, at = ask.text("start", limit=300), ask.number("at", default=0, low=0, high=MAX_PLACE)

    def make() -> Answer:
        entries = desk.library.titles(edition, start=start, skip=at, limit=LIST + 1)
        heads = [edition.head(entry.row) for entry in entries[:LIST]]
        return desk.renderer.page(
            "titles",
            ask,
            info=desk.infos[edition.root],
            begun=bool(start or at),
            scripts=_scripts(desk.library.letters(edition), at),
            links=_links(desk, edition.root, heads),
            after=_after(entries[LIST].title, start, at) if len(entries) > LIST else None,
        )

    return desk.kept(("titles", edition.root, start, at, ask.language, ask.look), make)


def _links(desk: Desk, root: str, heads: Sequence[Head]) -> list[Link]:
    """Titles of an edition that lead to their articles, those that are alike with what tells them apart."""
    facts = [
        (head.title, (name_of(head.language) or head.language, desk.source_title(root, head.source), head.path))
        for head in heads
    ]
    return [
        Link(
            address=article_address(root, head.source, head.path),
            title=head.title,
            language=head.language,
            apart=" · ".join(beside),
        )
        for head, beside in zip(heads, apart(facts), strict=True)
    ]


def _scripts(letters: Sequence[tuple[str, str, int]], at: int) -> list[tuple[str, list[Letter]]]:
    """The letters of each script, in the order of the titles."""
    found: list[tuple[str, list[Letter]]] = []
    place = 0
    for script, letter, number in letters[:MAX_LETTERS]:
        if not found or found[-1][0] != script:
            found.append((script, []))
        here = place <= at < place + number
        found[-1][1].append(Letter(letter=letter, place=place, articles=number, here=here))
        place += number
    return found


def _after(title: str, start: str, at: int) -> tuple[str, str]:
    """The first title of the next page, and the parameters that lead there."""
    return title, urlencode({"start": title} if start else {"at": at + LIST})


def categories(desk: Desk, ask: Ask) -> Answer:
    """The categories of an edition."""
    edition = desk.edition(ask.step(1))
    start = ask.text("start", limit=300)

    def make() -> Answer:
        found = desk.library.categories(edition, start=start, limit=LIST + 1)
        return desk.renderer.page(
            "categories",
            ask,
            info=desk.infos[edition.root],
            start=start,
            found=found[:LIST],
            after=found[LIST][0] if len(found) > LIST else "",
        )

    return desk.kept(("categories", edition.root, start, ask.language, ask.look), make)


def category(desk: Desk, ask: Ask) -> Answer:
    """The articles of one category."""
    edition = desk.edition(ask.step(1))
    name = ask.rest(2)
    number = ask.number("page", default=1, low=1, high=10_000)
    heads = desk.library.category(edition, name, limit=LIST + 1, offset=(number - 1) * LIST)
    if not heads and number == 1:
        raise NotFoundError(
            said("no-such-category", "This edition has no category “{name}”.", name=name[:200]),
            said("see-categories", "Look through the list of categories."),
        )
    return desk.renderer.page(
        "category",
        ask,
        info=desk.infos[edition.root],
        name=name,
        number=number,
        links=_links(desk, edition.root, heads[:LIST]),
        more=len(heads) > LIST,
    )


def about(desk: Desk, ask: Ask) -> Answer:
    """What an edition is made of, on what terms, and how to check and cite it."""
    edition = desk.edition(ask.step(1))
    verified, trouble = desk.library.verified(edition), desk.trouble(edition)
    info = desk.infos[edition.root]
    return desk.kept(
        ("about", edition.root, ask.language, ask.look, verified, trouble),
        lambda: desk.renderer.page(
            "about",
            ask,
            info=info,
            verified=verified,
            trouble=trouble,
            command_path=desk.command_path(edition),
            left_out=[each for each in info.left_out if each.reason != KEPT],
            reasons=REASONS,
            has_categories=edition.root in desk.with_categories,
            source_titles=words.CATALOGUES[ask.language]("and").join(
                source.title or source.key for source in info.sources
            ),
        ),
    )


def random(desk: Desk, ask: Ask) -> Answer:
    """Off to any article."""
    edition, row = desk.library.random()
    head = edition.head(row)
    return redirect(article_address(edition.root, head.source, head.path), headers=((b"cache-control", b"no-store"),))


def look(desk: Desk, ask: Ask) -> Answer:
    """Remember the appearance that was chosen and go back to the page it was chosen on.

    The way back is the path of a `Referer` of this very host, never another host: no open redirect.
    """
    wish = ask.step(1)
    if wish not in LOOKS:
        raise NotFoundError(
            said("no-such-look", "There is no such appearance."),
            said("choose-one", "Choose one of {names}.", names=LOOKS),
        )
    return _remember(ask, f"gx_look={wish}")


def interface(desk: Desk, ask: Ask) -> Answer:
    """Remember the language that the room shall speak, and go back as `look` does."""
    wish = ask.step(1)
    if wish not in words.INTERFACES:
        raise NotFoundError(
            said("no-such-interface", "The reading room does not speak this language."),
            said("choose-one", "Choose one of {names}.", names=words.INTERFACES),
        )
    return _remember(ask, f"gx_words={wish}")


def _remember(ask: Ask, cookie: str) -> Answer:
    """Set a cookie for a year, and go back to the page that was left for it."""
    back = "/"
    try:
        referer = urlsplit(ask.headers.get(b"referer", b"").decode("ascii"))
    except ValueError:
        referer = urlsplit("")
    here = ask.headers.get(b"host", b"").decode("latin-1")
    if here and referer.netloc == here and referer.path.startswith("/"):
        path = referer.path + (f"?{referer.query}" if referer.query else "")
        if not path.startswith(("//", "/\\", "/look/", "/words/")):
            back = path
    cookie = f"{cookie}; Path=/; Max-Age=31536000; SameSite=Strict; HttpOnly"
    return redirect(back, headers=((b"set-cookie", cookie.encode()), (b"cache-control", b"no-store")))


def robots(desk: Desk, ask: Ask) -> Answer:
    """What crawlers may fetch: articles, not searches."""
    kept = b"".join(b"Disallow: %s\n" % each for each in _UNCRAWLED)
    return Answer(body=b"User-agent: *\n" + kept, type=b"text/plain; charset=utf-8")


def nowhere(desk: Desk, ask: Ask) -> Answer:
    """Any other address."""
    words = " ".join(step for step in ask.steps if step)[:200]
    remedy = said("search-for", "Search for “{words}”.", words=words) if words else START
    raise NotFoundError(said("no-such-page", "There is no such page."), remedy)
