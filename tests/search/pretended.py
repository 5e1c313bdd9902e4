"""An edition that lies in memory: what the search room needs of one, and no more."""

from __future__ import annotations

import html
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from galactica.codes.segment import passages as cut
from galactica.model import Alias, Article, Source, Work, article_id
from galactica.model.anchors import Anchors
from galactica.model.projection import Projection, project
from galactica.progress import silent
from galactica.search import Searcher, TextIndex


class PretendedStatement(NamedTuple):
    """What an edition says of itself: (tag, articles) of its languages."""

    languages: tuple[tuple[str, int], ...]


class PretendedEdition:
    """Stands in for `galactica.edition.Edition`; counts how often a body was read."""

    def __init__(self, articles: Sequence[Article], root: str = "0" * 64) -> None:
        self.root = root
        self.bodies_read = 0
        self._articles = tuple(articles)
        self.statement = PretendedStatement(tuple(Counter(each.language for each in articles).items()))

    def __len__(self) -> int:
        return len(self._articles)

    def article(self, row: int) -> Article:
        self.bodies_read += 1
        return self._articles[row]

    def body(self, row: int) -> str:
        self.bodies_read += 1
        return self._articles[row].body

    def names(self, row: int) -> tuple[str, ...]:
        article = self._articles[row]
        return (article.title, *(alias.title for alias in article.aliases))

    def head(self, row: int) -> Article:
        return self._articles[row]

    def belonging(self, row: int) -> tuple[Work | None, str]:
        article = self._articles[row]
        work = Work(
            source=article.source, path=article.work, title=f"The {article.work}", kind="book", published="1815"
        )
        return (work if article.work else None), article.published

    def anchors(self, outlined: Projection) -> Anchors:
        return Anchors(outlined.anchors)

    def source(self, key: str) -> Source:
        return Source(key=key, title=key.upper(), format="text", licence="CC0-1.0", date="2020-02-02")

    def scan(self, start: int = 0, stop: int | None = None, *, body: bool = True) -> Iterator[tuple[int, Article]]:
        for row, article in list(enumerate(self._articles))[start:stop]:
            yield row, article if body else replace(article, body="")

    def spans(self, row: int) -> tuple[list[int], list[int]]:
        spans = cut(project(self._articles[row].body))
        return [start for start, _ in spans], [end for _, end in spans]


def article(
    title: str,
    text: str = "",
    *,
    language: str = "en",
    aliases: Sequence[str] = (),
    source: str = "wiki",
    links: str = "",
) -> Article:
    """An article of plain paragraphs; `links` names the paths it links to."""
    path = title.replace(" ", "_")
    body = "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.split("\n") if line)
    body += "".join(f'<p><a href="./{each}">{each}</a></p>' for each in links.split())
    return Article(
        id=article_id(source, path),
        title=title,
        language=language,
        aliases=tuple(sorted(Alias(title=alias, path=alias.replace(" ", "_")) for alias in aliases)),
        body=body,
        categories=(),
        source=source,
        path=path,
    )


def indexed(folder: Path, articles: Sequence[Article], root: str = "0" * 64) -> tuple[PretendedEdition, TextIndex]:
    """An edition of these articles and its open index."""
    edition = PretendedEdition(articles, root)
    shutil.rmtree(folder, ignore_errors=True)
    TextIndex.build(edition, folder, threads=1, report=silent)
    return edition, TextIndex.open(edition, folder)


def searcher(folder: Path, *articles: Article) -> Searcher:
    """A searcher over one edition of these articles."""
    return Searcher([indexed(folder, articles)])


def titles(hits: Sequence[object]) -> list[str]:
    """The titles of hits or suggestions, in order."""
    return [hit.title for hit in hits]


FILLER = [
    article(f"Filler {name}", f"This article speaks of {name} things and of nothing that anyone would look for.")
    for name in "amber birch cedar delta ember fjord glade heron inlet jetty".split()
]
"""Articles that stand around the ones a test is about, so that words have frequencies."""

WORLD = [
    article(
        "Oxygen",
        "Oxygen is a chemical element with the symbol O.\nPlants release oxygen when they grow in sunlight. "
        "Carl Wilhelm Scheele discovered oxygen in Uppsala.",
        aliases=["Element 8", "O2"],
    ),
    article("Nitrogen", "Nitrogen is a chemical element. Air is mostly nitrogen and some oxygen.", links="Oxygen"),
    article("Frédéric Chopin", "Chopin was a composer of piano music, born in Żelazowa Wola.", aliases=["Szopen"]),
    article("Piano", "The piano is an instrument. Composers such as Chopin wrote for pianos.", links="Oxygen"),
    article("Immune system", "The immune system protects an organism. A system that is immune is another matter."),
    article("System theory", "A theory of systems. Immune responses of the whole system are not treated."),
    article("Warschau", "Warschau ist die Hauptstadt Polens. Dort lebte Chopin in mehreren Häusern.", language="de"),
    article("氧", "氧是一种化学元素，符号为O。植物在阳光下放出氧气。", language="zh", source="zhwiki"),
    article("東京", "東京は日本の首都である。", language="ja", source="jawiki"),
    article("ประเทศไทย", "ประเทศไทยเป็นประเทศในเอเชียตะวันออกเฉียงใต้", language="th", source="thwiki"),
    article("दिल्ली", "दिल्ली भारत की राजधानी है और हिन्दी भाषा बोली जाती है।", language="hi", source="hiwiki"),
    *FILLER,
]
