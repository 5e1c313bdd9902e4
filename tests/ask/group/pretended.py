"""A library in memory and a reader that points at words, shaped as `ask.holdings` and `ask.contract` ask."""

from __future__ import annotations

import html
import math
import re
import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from galactica.ask.contract import AnswerSpan, Asserted, AssertedWord, Begun, Given, Support
from galactica.ask.holdings import Page, Sounding
from galactica.codes.letters import folded, title_key
from galactica.codes.segment import passages as cut
from galactica.errors import UsageError
from galactica.joining.topics.sounding import sound_odds, sound_rows, sounds, worst_stretch
from galactica.model import Alias, Article, PassageHit, Source, article_id
from galactica.model.projection import project

ROOT = "ab" * 32


def article(
    title: str,
    text: str = "",
    *,
    body: str = "",
    language: str = "en",
    source: str = "wiki",
    aliases: Sequence[str] = (),
    modified: str = "2020-01-02",
) -> Article:
    path = title.replace(" ", "_")
    paragraphs = "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.split("\n") if line)
    return Article(
        id=article_id(source, path),
        title=title,
        language=language,
        aliases=tuple(Alias(title=name) for name in aliases),
        body=body or paragraphs,
        categories=(),
        source=source,
        path=path,
        modified=modified,
        licence="CC0-1.0",
    )


class Shelf:
    """A library of a few articles, which finds passages by shared words; counts what it is asked."""

    def __init__(self, *articles: Article, claims: Sequence[tuple[object, ...]] = ()) -> None:
        self._pages = {item.id: _page(item) for item in articles}
        self._claims = claims
        self._lock = threading.Lock()
        self.searches: list[tuple[str, str]] = []
        self.queries: list[str] = []

    @property
    def languages(self) -> tuple[str, ...]:
        tags = [page.article.language for page in self._pages.values()]
        return tuple(sorted(set(tags), key=lambda tag: (-tags.count(tag), tag)))

    def passages(
        self, query: str, *, limit: int, by: str = "hybrid", language: str = "", source: str = ""
    ) -> Sequence[PassageHit]:
        with self._lock:
            self.searches.append((by, query))
        named = re.findall(r'source:"([^"]*)"', query)
        words = set(re.findall(r"\w{3,}", folded(query))) | set(re.findall("[\u4e00-\u9fff]", query))
        found = []
        for page in self._pages.values():
            item = page.article
            if (language and item.language != language) or (source and item.source != source):
                continue
            if named and item.source not in named:
                continue
            for number, (start, end) in enumerate(zip(page.starts, page.ends, strict=True)):
                text = folded(f"{item.title} {page.text[start:end]}")
                shared = sum(word in text for word in words)
                if shared:
                    found.append(_hit(page, number, shared / max(1, len(words))))
        found.sort(key=lambda hit: (-hit.score, hit.id, hit.passage))
        return found[:limit]

    def page(self, edition: str, identity: bytes) -> Page | None:
        return self._pages.get(identity) if edition == ROOT else None

    def titled(self, title: str) -> tuple[str, bytes] | None:
        return next(iter(self.namesakes(title)), None)

    def namesakes(self, title: str) -> Sequence[tuple[str, bytes]]:
        found = []
        for page in self._pages.values():
            names = [page.article.title, *(alias.title for alias in page.article.aliases)]
            if title_key(title) in map(title_key, names):
                found.append((ROOT, page.article.id))
        return found

    def surnamed(self, name: str) -> Sequence[tuple[str, bytes]]:
        titles = ((page.article.title.split(), page.article.id) for page in self._pages.values())
        return [(ROOT, identity) for words, identity in titles if words[1:] and words[-1].lower() == name.lower()]

    def sounding(self, name: str, language: str) -> Sequence[Sounding]:
        pages = list(self._pages.values())
        texts = [sounds(page.article.title) for page in pages]
        near, odds = sound_odds(name, language, sound_rows(texts))
        found = [
            Sounding(
                place=(ROOT, pages[at].article.id), odds=float(value) - 9 + worst_stretch(name, language, texts[at])
            )
            for at, value in zip(near.tolist(), odds, strict=True)
        ]
        return sorted(found, key=lambda each: -each.odds)

    def linked(self, page: Page) -> Sequence[tuple[str, bytes]]:
        paths = re.findall(r'<a href="\./([^"#]*)', page.article.body)
        found = [article_id(page.article.source, path) for path in paths]
        return [(ROOT, identity) for identity in dict.fromkeys(found) if identity in self._pages]

    @property
    def claimed(self) -> None:
        return None

    def rows(self, query: str) -> tuple[tuple[str, ...], Sequence[tuple[object, ...]]]:
        with self._lock:
            self.queries.append(query)
        if "information_schema" in query:
            names = ("article", "start", "end", "property", "value") if self._claims else ()
            return ("column_name",), [(name,) for name in names]
        if "claims" in query:
            return ("id", "start", "end", "property", "value"), list(self._claims)
        if "SELECT" not in query:
            raise UsageError("Not one SELECT.", "Ask one.")
        return ("n",), [(len(self._pages),)]


class Pointing:
    """A reader that marks the first of some words in each passage; the margin is what the word was given.

    Args:
        words: word → margin; in a passage, the one with the greatest margin that is there is marked.
    """

    name = "pointing"
    threshold = 0.0

    def __init__(self, **words: float) -> None:
        self._words = {word.replace("_", " "): margin for word, margin in words.items()}
        self.read_texts: list[str] = []
        self._lock = threading.Lock()

    ranks = False

    def rank(
        self, question: str, passages: Sequence[Given], *, seconds: float, through: Collection[int] = ()
    ) -> list[Given]:
        return []

    def judge(self, claim: Asserted, evidence: Sequence[Given]) -> Support | None:
        return None

    def read(self, question: str, passages: Sequence[Given], *, most: int = 3) -> list[AnswerSpan]:
        found = []
        for number, given in enumerate(passages):
            with self._lock:
                self.read_texts.append(given.text)
            here = [(margin, word) for word, margin in self._words.items() if word in given.text]
            for margin, word in sorted(here, reverse=True)[:most]:
                start = given.text.index(word)
                found.append(
                    AnswerSpan(
                        passage=number,
                        start=start,
                        end=start + len(word),
                        text=word,
                        score=1 / (1 + math.exp(-margin)),
                        margin=margin,
                    )
                )
        return sorted(found, key=lambda span: (-span.score, span.passage, span.start, span.end))


class Glancing(Pointing):
    """The same, and it tells which passages are worth reading: those with some words, as much as each word is given.

    Args:
        relevant: word → logit; what has none of them has -9.
        reach: how many passages there is time for.
        further: how many of them there is time to read to their end, where that is asked for.
    """

    ranks = True

    def __init__(
        self, relevant: Mapping[str, float], *, reach: int = 1_000, further: int = 1_000, **words: float
    ) -> None:
        super().__init__(**words)
        self._further = further
        self._relevant = relevant
        self._reach = reach
        self.ranked: list[Given] = []
        self.gone_on: list[str] = []

    def rank(
        self, question: str, passages: Sequence[Given], *, seconds: float, through: Collection[int] = ()
    ) -> list[Given]:
        with self._lock:
            self.ranked += passages
        found = [replace(each, begun=self._begun(question, each)) for each in passages[: self._reach]]
        for number in [each for each in sorted(through) if each < len(found)][: self._further]:
            begun = found[number].begun
            assert begun is not None
            found[number] = replace(found[number], begun=replace(begun, answers=begun.relevant))
        return found

    def read(self, question: str, passages: Sequence[Given], *, most: int = 3) -> list[AnswerSpan]:
        with self._lock:
            self.gone_on += [each.text for each in passages if each.begun is not None and each.begun.state is self]
        return super().read(question, passages, most=most)

    def _begun(self, question: str, given: Given) -> Begun:
        logits = [logit for word, logit in self._relevant.items() if word in given.text]
        return Begun(question=question, relevant=max(logits, default=-9.0), state=self)


class Doubting(Pointing):
    """The same, and it judges claims: one that has any of some words is hardly supported, whatever the evidence.

    Args:
        doubted: the words.
    """

    name = "doubting"

    def __init__(self, *doubted: str, **words: float) -> None:
        super().__init__(**words)
        self._doubted = doubted
        self.judged: list[tuple[Asserted, tuple[Given, ...]]] = []

    def judge(self, claim: Asserted, evidence: Sequence[Given]) -> Support | None:
        with self._lock:
            self.judged.append((claim, tuple(evidence)))
        there = [word for word in self._doubted if word in claim.text]
        places = [(claim.text.index(word), len(word)) for word in there]
        words = tuple(AssertedWord(start=start, end=start + size, doubt=2.0) for start, size in places)
        return Support(likely=1e-9 if there else 0.9, words=words)


def _page(item: Article) -> Page:
    text = project(item.body)
    spans = cut(text)
    source = Source(key=item.source, title=item.source.upper(), format="text", licence="CC0-1.0", date="2019-01-01")
    return Page(
        edition=ROOT,
        article=item,
        source=source,
        text=text,
        starts=tuple(start for start, _ in spans),
        ends=tuple(end for _, end in spans),
    )


def _hit(page: Page, number: int, score: float) -> PassageHit:
    item, start, end = page.article, page.starts[number], page.ends[number]
    return PassageHit(
        edition=ROOT,
        id=item.id,
        title=item.title,
        language=item.language,
        source=item.source,
        path=item.path,
        passage=number,
        start=start,
        end=end,
        text=page.text[start:end],
        score=score,
    )
