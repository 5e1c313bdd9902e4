"""An article as a thing to compare: what is read of it, and what of its words is rare, as only the whole edition can
tell (`shard_things`)."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from urllib.parse import unquote
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from galactica.codes.letters import prepare, title_key
from galactica.edition import Edition
from galactica.encode.contract import Encoder
from galactica.joining.topics.claimed import claim_keys
from galactica.joining.topics.records import ThingFile
from galactica.joining.topics.romanising import romanised, sound_of
from galactica.joining.topics.thing import (
    ARTICLE,
    LONGEST_NAME,
    MOST_ALIASES,
    MOST_IDENTIFIERS,
    MOST_LINKED,
    MOST_LINKS,
    PART,
    Thing,
    link_key,
    title_parts,
)
from galactica.languages import primary
from galactica.model import Article, Claim, Source
from galactica.model.claim import said_outright
from galactica.model.projection import project

LOOKED_AT = 12_000
"""Characters of a text whose words are counted: what an article is about stands at its beginning."""

BEGINNING, SHORT = 700, 80
"""Characters of which the vector is made; below so many the title is added."""

MOST_WORDS, MOST_MARKS = 1_000, 64
"""Different words of one article that are counted, and that are kept of it: the rarest, and those it has often."""

MOST_CLAIMS = 200
"""Claims of one article that are compared, those that come first."""

SLOTS = 1 << 21
"""Counters of words and names; two words of one counter count as one, which makes both a little less rare."""

ONCE = frozenset({"zim", "mediawiki", "wikiextractor", "wikidata", "factbook", "atlas", "almanac", "pydoc"})
"""Formats whose sources have one article on each thing in each language."""

_WORD = re.compile(r"\w{2,40}")
_TO_COLON = 40
"""Characters behind "may refer to" up to the colon: " one of the following:"."""
_LINK = re.compile(r'<a href="\./([^"#]{1,2048})')
_SENTENCE = re.compile(r"[.!?]\s|[。！？]")
_BODY_MOST = 200_000
_YEARS = re.compile(
    r"[(（][^()（）\n]{0,120}?(?<!\d)(\d{3,4})(?!\d)[^()（）\n]{0,60}?[–—−\-－~至][^()（）\n]{0,60}?(?<!\d)(\d{3,4})(?!\d)[^()（）\n]{0,60}[)）]"
)
_WIKI = re.compile(
    r"https?://([a-z-]{2,12})\.wiki(pedia|quote|source|books|news|voyage|versity)\.org/wiki/([^?#]{1,600})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheredThings:
    """What was read.

    Attributes:
        things: by row.
        words, names: in how many articles each word, and each name, stands (`uint32 [SLOTS]`); names in one state of
            a source.
        vectors: int8 [n, d], of every article; d may be 0.
    """

    things: ThingFile
    words: NDArray[np.uint32]
    names: NDArray[np.uint32]
    vectors: NDArray[np.int8]


def slot_of(text: str) -> int:
    """The hash of a word or a name: 32 bits."""
    return crc32(text.encode("utf-8", "surrogatepass"))


class ThingReader:
    """Makes things of articles.

    Args:
        edition: whose they are.
        encoder: what makes vectors; None: none are made.
        claims: what is claimed in the article of a row.
    """

    def __init__(
        self, edition: Edition, encoder: Encoder | None, claims: Callable[[int], Sequence[Claim]] | None = None
    ) -> None:
        self._sources = {source.key: source for source in edition.sources}
        self._encoder = encoder
        self._claims = claims

    def read(self, row: int, article: Article) -> tuple[Thing, dict[int, int], str]:
        """An article as a thing without marks and vector; how often it has which words; the text its vector is of."""
        text = project(article.body[:_BODY_MOST]) if len(article.body) <= _BODY_MOST else _cut(article.body)
        source = self._sources[article.source]
        base, bracket = title_parts(article.title)
        names = {title_key(alias.title[:LONGEST_NAME]) for alias in article.aliases[:MOST_ALIASES]}
        thing = Thing(
            source=article.source,
            path=article.path,
            title=article.title[:LONGEST_NAME],
            language=article.language,
            kind=PART if article.work else ARTICLE,
            once=source.format in ONCE and not article.work,
            base=base,
            bracket=bracket,
            names=tuple(sorted(names - {base, ""})),
            identifiers=article.identifiers[:MOST_IDENTIFIERS],
            pages=tuple(sorted({*_own_pages(article, source)})),
            sort=sort_of(bracket, article.categories, text),
            lived=_lived(text),
            claims=self._claimed(row),
            links=_linked(article),
            latin=romanised(base),
            sound=sound_of(base),
        )
        counted = Counter(map(slot_of, _WORD.findall(prepare(text[:LOOKED_AT]).lower())))
        for own in _WORD.findall(prepare(thing.title).lower()):
            counted.pop(slot_of(own), None)  # names are compared by themselves
        beginning = text[:BEGINNING]
        titled = beginning if len(beginning) >= SHORT else f"{thing.title}\n{beginning}"
        return thing, dict(islice(counted.items(), MOST_WORDS)), titled

    def vectors(self, texts: Sequence[str]) -> NDArray[np.int8]:
        """Vectors of texts, in signed bytes."""
        if self._encoder is None:
            return np.zeros((len(texts), 0), np.int8)
        return np.round(self._encoder.passages(texts) * 127).astype(np.int8)

    def _claimed(self, row: int) -> tuple[str, ...]:
        if self._claims is None:
            return ()
        own = [each for each in self._claims(row) if not each.subject and said_outright(each)][:MOST_CLAIMS]
        return tuple(sorted({key for each in own for key in claim_keys(each)}))


def linked_pages(edition: Edition, thing: Thing) -> Thing:
    """A thing with the pages of wikis that its item of Wikidata names, where it is one."""
    if not edition.statement.count("statements") or edition.source(thing.source).format not in ("wikidata", "rdf"):
        return thing
    pages = set(thing.pages)
    for subject in thing.identifiers:
        links = [s for s in edition.statements_about(subject) if s.property == "sitelink"]
        for each in links[:MOST_LINKS]:
            site = next((q.value for q in each.qualifiers if q.property == "site"), "")
            if site:
                pages.add(f"{site}:{title_key(each.value)}")
    return msgspec.structs.replace(thing, pages=tuple(sorted(pages)))


def states_of_others(sources: Iterable[Source]) -> frozenset[str]:
    """Sources that are another state of one before them, by title, format and address: their things bear no further
    names."""
    first: dict[tuple[str, str, str], str] = {}
    return frozenset(
        each.key
        for each in sources
        if each.url and first.setdefault((each.title, each.format, each.url), each.key) != each.key
    )


def with_marks(thing: Thing, found: NDArray[np.uint32], words: NDArray[np.uint32], total: int, vector: bytes) -> Thing:
    """A thing with the words that tell it from others, of those that another article has too, and its vector.

    Args:
        found: uint32 [n, 2]: hash of each of its words, and how often it has it.
        total: articles.
    """
    counts = words[found[:, 0].astype(np.int64) % SLOTS]
    shared = (counts > 1) & (counts <= max(total // 8, 2))
    found, counts = found[shared], counts[shared]
    rare = np.maximum(np.round(10 * np.log2(total / np.maximum(counts, 1))), 1).astype(np.int64)
    telling = rare * (1 + np.minimum(found[:, 1], 8))
    chosen = np.sort(np.lexsort((found[:, 0], -telling))[:MOST_MARKS])
    order = chosen[np.argsort(found[chosen, 0], kind="stable")]
    known = vector if any(vector) else b""
    return msgspec.structs.replace(
        thing, marks=tuple(found[order, 0].tolist()), rarity=tuple(rare[order].tolist()), vector=known
    )


def sort_of(bracket: str, categories: Sequence[str], text: str) -> str:
    """ "several" where an article lists namesakes, else ""."""
    table = _sorts()
    if bracket and any(word in bracket for word in table["bracket"]):
        return "several"
    if any(word in each.lower() for each in categories for word in table["categories"]):
        return "several"
    heads = [line.lower() for line in text[:600].split("\n", 3)[:3]] if len(text) < 20_000 else []
    return "several" if any(_lists(word, line) for line in heads for word in table["lines"]) else ""


def _lists(word: str, line: str) -> bool:
    """Whether a line has a word in its first sentence, or what it says with it ends in a colon: what "can refer to" two
    things further on is about one of them."""
    before, found, behind = line.partition(word)
    return bool(found) and (
        not _SENTENCE.search(before) or (len(behind) < _TO_COLON and behind.strip().endswith((":", "：")))
    )


@cache
def _sorts() -> dict[str, tuple[str, ...]]:
    raw = tomllib.loads(files("galactica.joining.topics").joinpath("sorts.toml").read_text(encoding="utf-8"))
    return {
        key: tuple(word for each in raw[key].split("|") if (word := each.strip()))
        for key in ("bracket", "categories", "lines")
    }


def _cut(body: str) -> str:
    """The text of the beginning of a long body: up to the end of a block."""
    end = body.rfind("</p>", 0, _BODY_MOST)
    return project(body[: end + 4]) if end > 0 else project(body)


def _linked(article: Article) -> tuple[int, ...]:
    """Keys of the articles that an article links to, those that it names first."""
    paths = dict.fromkeys(match[1] for match in _LINK.finditer(article.body[:_BODY_MOST]))
    return tuple(sorted({link_key(article.source, unquote(path)) for path in islice(paths, MOST_LINKED)}))


def _lived(text: str) -> tuple[int, int]:
    match = _YEARS.search(text[:600])
    if match is None:
        return 0, 0
    born, died = int(match[1]), int(match[2])
    return (born, died) if 0 < died - born <= 110 and died <= 2100 else (0, 0)


def _own_pages(article: Article, source: Source) -> Iterator[str]:
    """The page of a wiki that an article is: "enwiki:mercury (planet)"."""
    match = _WIKI.match(article.url)
    if match is not None:
        project_name = "wiki" if match[2] == "pedia" else f"wiki{match[2]}"
        yield f"{match[1].replace('-', '_')}{project_name}:{title_key(article.title)}"
    elif source.format in ("mediawiki", "wikiextractor", "zim") and "wikipedia" in f"{source.key} {source.url}".lower():
        yield f"{primary(article.language)}wiki:{title_key(article.title)}"
