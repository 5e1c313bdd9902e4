"""What is compared of an article: what it is called, what it is identified by, what it speaks of."""

from __future__ import annotations

import re
from hashlib import blake2b

import msgspec

from galactica.codes.letters import title_key
from galactica.model import article_id

MOST_ALIASES = 80
"""Other names of one article that are compared: a great city has about 70 in other scripts."""

MOST_IDENTIFIERS = 32
MOST_LINKS = 400
"""Pages of other sites that an item names; there are about 340 Wikipedias."""

MOST_LINKED = 100
"""Articles that one article links to and that are looked at: those that it names first."""

LONGEST_NAME = 300
"""Characters of a name that count."""

KEY_BYTES = 8
"""Of an article's id, that a link is kept by."""

ARTICLE, PART = "article", "part"

_BRACKET = re.compile(r"(.+?)\s*[(（]([^()（）]{1,100})[)）]", re.DOTALL)


class Thing(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """An article as it is compared with others.

    Attributes:
        source, path: its name. `title`, `language`: as it has them; the title cut.
        kind: `ARTICLE` or `PART`, of a work.
        once: whether its source names each thing once in a language.
        base, bracket: keys of its title without the bracket at its end, and of what stands in that ("mercury",
            "planet").
        names: keys of its other names.
        identifiers: "scheme:value".
        pages: pages that it is or that its item names: "enwiki:mercury (planet)".
        sort: what it is besides an article on a thing: "several" (it lists namesakes), "".
        lived: years of birth and death that its first bracket has; (0, 0) where there are none.
        marks: hashes of the rarest words and numbers of its text, ascending; `rarity`: how rare each is, in tenths
            of a bit.
        vector: of its title and beginning, a signed byte a dimension; empty where nothing is known.
        claims: what it claims, "property\\x1fkind\\x1fvalue".
        links: the articles of its source that it links to, as `link_key` has them, ascending.
        latin, sound: `base` in Latin letters, and how it sounds (`romanising`): what every pair asks for; "" where
            nobody has written it down, or there is none.
    """

    source: str
    path: str
    title: str
    language: str
    kind: str = ARTICLE
    once: bool = False
    base: str = ""
    bracket: str = ""
    names: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    sort: str = ""
    lived: tuple[int, int] = (0, 0)
    marks: tuple[int, ...] = ()
    rarity: tuple[int, ...] = ()
    vector: bytes = b""
    claims: tuple[str, ...] = ()
    links: tuple[int, ...] = ()
    latin: str = ""
    sound: str = ""

    @property
    def group(self) -> str:
        """The source and language that name each thing once; "" where they may not."""
        return f"{self.source}\x1f{self.language}" if self.once else ""


def link_key(source: str, path: str) -> int:
    """What a link to an article is kept by: the beginning of the article's id."""
    return int.from_bytes(article_id(source, path)[:KEY_BYTES], "little")


def title_parts(title: str) -> tuple[str, str]:
    """Keys of a title without the bracket at its end, and of the bracket; the latter "" where there is none."""
    if len(title) > LONGEST_NAME:  # what is cut is told apart by all of it
        rest = blake2b(title.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        return f"{title_key(title[:LONGEST_NAME])} {rest}", ""
    cut = title
    match = _BRACKET.fullmatch(cut.strip())
    return (title_key(match[1]), title_key(match[2])) if match else (title_key(cut), "")
