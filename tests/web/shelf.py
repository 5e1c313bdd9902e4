"""A made-up library: one edition of a handful of articles in memory, with the calls of a `Library` that the room makes.

It finds by plain substring and sanitises with nh3, which is what the room relies on; nothing here is clever.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

import nh3

from galactica.errors import UsageError
from galactica.library import ArticlePage, EditionInfo, Head, LeftOut, MeaningInfo, SearchPage, TitleEntry
from galactica.model import (
    Alias,
    Answer,
    Article,
    Citation,
    Hit,
    Position,
    Source,
    Statement,
    Step,
    Suggestion,
    Verdict,
    Work,
    article_id,
)
from galactica.model.projection import project

WIKI = Source(
    key="testwiki",
    title="A wiki of tests",
    format="zim",
    language="en",
    licence="CC-BY-SA-4.0",
    publisher="The testers",
    date="2024-05-01",
    url="https://wiki.example/",
    attribution="Text by the authors of the wiki of tests.",
)
HOSTILE = Source(key="bad/key", title="<b>Bad</b> & source", format="html", url="javascript:alert(1)", licence="<i>")
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><rect width="9" height="9"/></svg>'
SOUND = bytes(range(256)) * 8


def article(
    path: str,
    title: str,
    body: str,
    *,
    language: str = "en",
    source: str = "testwiki",
    aliases: Sequence[str] = (),
    categories: Sequence[str] = (),
    url: str = "",
) -> Article:
    return Article(
        id=article_id(source, path),
        title=title,
        language=language,
        aliases=tuple(Alias(title=name, path=name.replace(" ", "_")) for name in aliases),
        body=body,
        categories=tuple(categories),
        source=source,
        path=path,
        url=url,
        modified="2024-04-30T10:00:00Z",
    )


ARTICLES = (
    article(
        "A/Comet",
        "Comet",
        '<p>A <b>comet</b> is ice; see <a href="./A/Kuiper%20belt">the belt</a>, <a href="./A/Comet#Tail">its tail</a>,'
        ' <a href="./A/Oort_cloud">Oort</a> and <a href="https://example.org/">afar</a>.</p>'
        '<h2>Tail</h2><p>Code: a href="./A/Comet" stays.</p><h2 id="own">Orbit <i>and</i> path</h2><p>Long.</p>'
        "<h3>Tail</h3><table><tr><th>Year</th><td>1986</td></tr></table>"
        '<figure><img src="./I/halley.svg" alt="Halley"><figcaption>Halley</figcaption></figure>',
        aliases=("Shooting ice",),
        categories=("Ice & dust", "Sky"),
        url="https://wiki.example/Comet",
    ),
    article("A/Kuiper belt", "Kuiper belt", "<p>A belt of ice and comets beyond Neptune.</p>", categories=("Sky",)),
    article("A/What?#%", "What?#%", "<p>A title with every awkward sign in it.</p>"),
    article("彗星", "彗星", "<p>彗星是由冰构成的天体。</p>", language="zh-Hans"),
    article("A/مذنب", "مذنب", "<p>المذنب جرم سماوي من الجليد.</p>", language="ar"),
    article("A/AC/DC", "AC/DC", "<p>A band whose title has a slash.</p>"),
    article("evil", "<script>alert(1)</script>", "<p>harmless ice</p>", source="bad/key", url="javascript:alert(2)"),
)


def info_of(root: str, articles: int) -> EditionInfo:
    return EditionInfo(
        root=root,
        title="The library of tests",
        format_version=1,
        parent="",
        articles=articles,
        passages=10,
        rejected=2,
        media=2,
        aliases=1,
        languages=(("en", 5), ("ar", 1), ("zh-Hans", 1)),
        sources=(WIKI, HOSTILE),
        licences=("CC-BY-SA-4.0", ""),
        bytes=123_456,
        left_out=(LeftOut(kind="", reason="duplicate", count=2, example="A/<Twice>"),),
    )


def head_of(row: int, item: Article) -> Head:
    return Head(
        row=row,
        id=item.id,
        title=item.title,
        language=item.language,
        source=item.source,
        path=item.path,
        url=item.url,
        modified=item.modified,
        licence=item.licence,
    )


class FakeEdition:
    def __init__(self, articles: Sequence[Article], name: str = "one") -> None:
        self.articles = tuple(articles)
        self.path = Path("/srv/books") / f"{name}.edition"
        self.root = hashlib.sha256(name.encode()).hexdigest()
        self.info = info_of(self.root, len(self.articles))
        self._rows = {item.id: row for row, item in enumerate(self.articles)}
        for row, item in enumerate(self.articles):
            for alias in item.aliases:
                self._rows[article_id(item.source, alias.path)] = row

    def head(self, row: int) -> Head:
        return head_of(row, self.articles[row])

    def row_of(self, identity: bytes, /) -> int | None:
        return self._rows.get(identity)

    def work(self, source: str, path: str) -> Work | None:
        return None


@dataclass
class FakeLibrary:
    editions: tuple[FakeEdition, ...] = field(default_factory=lambda: (FakeEdition(ARTICLES),))
    broken: bool = False
    meanings: dict[str, MeaningInfo] = field(default_factory=dict)
    gate: threading.Event | None = None
    ended: threading.Event = field(default_factory=threading.Event)
    asked: list[tuple[str, str, tuple[str, ...], bool]] = field(default_factory=list)

    def edition(self, name: str) -> FakeEdition:
        for item in self.editions:
            if len(name) >= 8 and item.root.startswith(name):
                return item
        raise UsageError(f"no edition {name}", "look at the list")

    def _all(self) -> list[tuple[FakeEdition, int, Article]]:
        return [(item, row, text) for item in self.editions for row, text in enumerate(item.articles)]

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        language: str = "",
        source: str = "",
        by: str = "hybrid",
        interface: str = "",
    ) -> SearchPage:
        if self.broken:
            raise ZeroDivisionError("a secret of this machine")
        hits = []
        for item, _, text in self._all():
            plain = project(text.body)
            at = plain.lower().find(query.lower())
            exact = text.title.lower() == query.lower()
            if (at < 0 and not exact) or (language and language != text.language) or (source and source != text.source):
                continue
            marks = ((at, at + len(query)),) if at >= 0 else ()
            hits.append(
                Hit(
                    edition=item.root, id=text.id, title=text.title, language=text.language, source=text.source,
                    path=text.path, url=text.url, licence=text.licence, date=text.modified, score=1.5, passage=0,
                    start=0, end=len(plain), snippet=plain[:200], marks=marks, exact=exact,
                )
            )  # fmt: skip
        return SearchPage(
            query=query,
            hits=tuple(hits[offset : offset + limit]),
            total=len(hits),
            corrected="comet" if query == "comt" else "",
            notes=("<i>a note</i>",) if query == "noted ice" else (),
        )

    def cite(self, word: str, *, language: str = "", sources: Sequence[str] = ()) -> tuple[Citation, ...]:
        """Every article that has the word, quoted to the end of its paragraph, the word marked."""
        found = []
        for item, _, text in self._all():
            plain = project(text.body)
            at = plain.find(word)
            if at < 0 or (language and text.language != language) or (sources and text.source not in sources):
                continue
            start = plain.rfind("\n", 0, at) + 1
            end = plain.find("\n", at) if "\n" in plain[at:] else len(plain)
            source = next(one for one in item.info.sources if one.key == text.source)
            found.append(
                Citation(
                    edition=item.root, id=text.id, title=text.title, language=text.language, source=text.source,
                    source_title=source.title, path=text.path, url=text.url, licence=text.licence or source.licence,
                    date=text.modified, passage=0, start=start, end=end, quote=plain[start:end],
                    mark=(at - start, at - start + len(word)),
                )
            )  # fmt: skip
        return tuple(found)

    def ask(self, question, *, language="", sources=(), group=False, fast=False, report) -> Answer:
        """The last word is what is looked for: found once it is the answer, with "disputed" before it a dispute."""
        self.asked.append((question, language, tuple(sources), group, fast))
        if self.broken:
            raise ZeroDivisionError("a secret of this machine")
        *_, word = question.rstrip("?").split() or [""]
        found = self.cite(word, language=language, sources=sources)
        steps = [
            Step(who="search", did=f"Looked for <i>{word}</i>.", found=found, seconds=0.01),
            Step(who="links", did="Followed links.", seconds=0.5),
        ]
        report(steps[0])
        try:
            while self.gate is not None and not self.gate.wait(0.02):
                report(Step(who="", did=""))  # nothing is done, but is the asker still there?
            report(steps[1])
        except BaseException:
            self.ended.set()
            raise
        common = {"question": question, "reader": "rules", "work": tuple(steps), "notes": ("<b>noted</b>",)}
        if not found:
            near = self.cite("ice")[:2]
            likely = 0.4 if "perhaps" in question else 0.1
            return Answer(verdict=Verdict.NOT_FOUND, text="", confidence=likely, near=near, **common)
        if "disputed" in question:
            sides = tuple(Position(value=f"<{word}> {n}", citations=(one,), support=0.5) for n, one in enumerate(found))
            return Answer(verdict=Verdict.DISPUTED, text=word, confidence=0.5, positions=sides, **common)
        said = Statement(text=found[0].quote, citations=found, support=0.9)
        if "besides" in question:
            one = Position(value=word, citations=found, support=0.9)
            given = (one,) if "claimed" in question else ()
            common |= {"positions": given, "others": (replace(one, value="rime"),)}
        if "perhaps" in question:
            return Answer(verdict=Verdict.PROBABLY, text=word, confidence=0.81, statements=(said,), **common)
        return Answer(verdict=Verdict.ANSWERED, text=word, confidence=0.9, statements=(said,), **common)

    def suggest(self, typed: str, *, limit: int = 10) -> tuple[Suggestion, ...]:
        found = [
            Suggestion(
                edition=item.root, id=text.id, title=text.title, matched=name, language=text.language,
                source=text.source, path=text.path, typos=0,
            )
            for item, _, text in self._all()
            for name in (text.title, *(alias.title for alias in text.aliases))
            if name.lower().startswith(typed.lower())
        ]  # fmt: skip
        return tuple(found[:limit])

    def find(self, title_or_id: str) -> tuple[FakeEdition, int] | None:
        for item, row, text in self._all():
            if title_or_id in (text.title, text.id.hex(), *(alias.title for alias in text.aliases)):
                return item, row
        return None

    def page(self, edition: FakeEdition, row: int) -> ArticlePage:
        item = edition.articles[row]
        others = [3, 4] if row == 0 and len(edition.articles) > 4 else []
        return ArticlePage(
            article=item,
            row=row,
            source=next(source for source in edition.info.sources if source.key == item.source),
            translations=tuple((edition, edition.head(other)) for other in others),  # type: ignore[misc]
            previous=edition.head(row - 1) if row else None,
            next=edition.head(row + 1) if row + 1 < len(edition.articles) else None,
        )

    def meaning(self, edition: FakeEdition) -> MeaningInfo | None:
        return self.meanings.get(edition.root)

    def verified(self, edition: FakeEdition) -> None:
        return None

    def random(self) -> tuple[FakeEdition, int]:
        return self.editions[0], 0

    def titles(
        self, edition: FakeEdition, *, start: str = "", limit: int = 100, skip: int = 0
    ) -> tuple[TitleEntry, ...]:
        found = sorted((text.title, row) for row, text in enumerate(edition.articles))
        return tuple(TitleEntry(title=title, row=row) for title, row in found[skip:] if title >= start)[:limit]

    def letters(self, edition: FakeEdition) -> tuple[tuple[str, str, int], ...]:
        return (("latin", "C", 1), ("latin", "K", 1), ("#", "<", 1), ("pinyin", "B", 1))

    def categories(self, edition: FakeEdition, *, start: str = "", limit: int = 100) -> tuple[tuple[str, int], ...]:
        return tuple(pair for pair in (("Ice & dust", 1), ("Sky", 2)) if pair[0] >= start)[:limit]

    def category(self, edition: FakeEdition, name: str, *, limit: int, offset: int) -> tuple[Head, ...]:
        rows = [row for row, text in enumerate(edition.articles) if name in text.categories]
        return tuple(edition.head(row) for row in rows[offset : offset + limit])

    def works(self, edition: FakeEdition, *, limit: int, offset: int) -> tuple[Work, ...]:
        return ()

    def parts(self, edition: FakeEdition, work: Work, *, limit: int, offset: int) -> tuple[tuple[()], int]:
        return (), 0

    def has_file(self, edition: FakeEdition, source: str, path: str) -> bool:
        return self.media(edition, source, path) is not None

    def media(self, edition: FakeEdition, source: str, path: str) -> tuple[str, bytes] | None:
        return {
            "I/halley.svg": ("image/svg+xml", PICTURE),
            "I/sound.ogg": ("audio/ogg", SOUND),
            "I/page.html": ("text/html", b"<script>alert(1)</script>"),
            "I/run.js": ("text/javascript", b"alert(1)"),
            "I/book.pdf": ("application/pdf", b"%PDF-1.7"),
        }.get(path)

    def looks_asked(self, query: str) -> bool:
        return query.endswith("?")

    def picture(self, root: str, source: str, path: str) -> str:
        return "I/halley.svg" if path == "A/Comet" else ""

    def sanitise(self, body: str) -> str:
        return nh3.clean(
            body,
            tags={*nh3.ALLOWED_TAGS, "figure", "figcaption", "h1", "h2", "h3", "audio", "video", "source"},
            attributes={"*": {"id", "lang", "dir"}, "a": {"href"}, "img": {"src", "alt"}, "audio": {"src"}},
            link_rel=None,
        )


def address(library: FakeLibrary, row: int) -> str:
    item = library.editions[0].articles[row]
    return f"/a/{library.editions[0].root[:12]}/{quote(item.source, safe='')}/{quote(item.path, safe='/')}"
