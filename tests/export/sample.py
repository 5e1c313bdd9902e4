"""A small edition in memory, with everything in it that an export has to get right."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

from galactica.edition import EditionInfo
from galactica.model import Alias, Article, MediaItem, Source, article_id

PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)


def article(source: str, path: str, title: str, body: str, **more) -> Article:
    more = {"aliases": (), "categories": (), "language": "en"} | more
    return Article(id=article_id(source, path), title=title, body=body, source=source, path=path, **more)


def media(source: str, *paths: str, content: bytes = PNG, mime: str = "image/png") -> tuple[MediaItem, bytes]:
    names = tuple((source, path) for path in paths)
    return MediaItem(hash=hashlib.sha256(content).digest(), mime=mime, size=len(content), names=names), content


class Attached(list[tuple[MediaItem, bytes]]):
    """Stands for the media files of an edition."""

    def items(self):
        yield from self


@dataclass
class Sample:
    """Stands for an `Edition`."""

    articles: list[Article]
    media: Attached = field(default_factory=Attached)
    sources: tuple[Source, ...] = ()

    @property
    def info(self) -> EditionInfo:
        languages: dict[str, int] = {}
        for one in self.articles:
            languages[one.language] = languages.get(one.language, 0) + 1
        return EditionInfo(
            title="The sky at night", root="ab" * 32, format_version=1, parent="", articles=len(self.articles),
            passages=0, rejected=0, media=len(self.media), aliases=0, languages=tuple(languages.items()),
            sources=self.sources, licences=("CC-BY-SA-4.0",), bytes=0,
        )  # fmt: skip

    def scan(self, start=0, stop=None, *, body=True):
        for row, one in enumerate(self.articles[start:stop], start):
            yield row, one if body else replace(one, body="")


SKY = Source(
    key="sky", title="The sky", format="html", language="en", licence="CC-BY-SA-4.0", date="2024-03",
    publisher="Stargazers", attribution="The sky by Stargazers, CC-BY-SA-4.0",
)  # fmt: skip


def sky() -> Sample:
    """One source with nested paths, odd characters, dead links, aliases of every kind, media with two names."""
    moon = article(
        "sky",
        "near/Moon?",
        "The Moon & more",
        '<p>See <a href="./far/Sun%20%231">the Sun</a>, <a href="./it\'s&amp;moon">itself</a>, '
        '<a href="./none">no <b>one</b></a>, '
        '<a href="#top">up</a>, <a href="https://example.org/?a=1&amp;b=2">out</a>.</p>'
        '<figure><img src="./img/moon.png" alt="a moon"><img src="./img/none.png" alt="a lost picture"></figure>',
        aliases=(
            Alias(title="Luna", path="Luna"),
            Alias(title="Moon of Earth"),
            Alias(title="THE MOON — more", path="it's&moon"),
            Alias(title="Sun", path="far/Sun #1"),
        ),
        url="https://example.org/moon",
        modified="2024-02-03T10:00:00Z",
    )
    sun = article("sky", "far/Sun #1", "Sun", '<p>It shines on <a href="./near/Moon%3F#face">the Moon</a>.</p>')
    colon = article("sky", "A: b", "A: b", '<p>Towards <a href="./near/Moon%3F">the Moon</a>, unusually zodiacal.</p>')
    return Sample([moon, sun, colon], Attached([media("sky", "img/moon.png", "img/again.png")]), (SKY,))
