"""Reading the texts that a view may take: what they are known by, how long they are, which say the same.

One row group is in memory at a time, and some 80 bytes for each document that is taken.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from galactica.codes import merkle
from galactica.edition import Edition, record
from galactica.model.article import date_of
from galactica.progress import Report
from galactica.train.views.decisions import CutOut, Decisions
from galactica.train.views.rows import TEXT_BYTES
from galactica.train.views.texts import cut, document_text, text_digest

if TYPE_CHECKING:
    from galactica.model import Article
    from galactica.train.views.excluding import Excluder
    from galactica.train.views.near import DocumentSketches

OFTEN = 200
"""Articles between two reports."""

AT_ONCE = 256
"""Rows that are passed over unread where none of them is taken."""

LEAST_LEFT = 0.25
"""Share of a document's text that must be left where passages are cut out of it; else it is left out as a whole."""

MOST_CREATORS = 1_000
"""Names of authors that a card lists; more are counted."""

Count = Callable[[Sequence[bytes]], list[int]]
"""Texts → how many tokens each has."""


@dataclass(slots=True, kw_only=True)
class ChosenTexts:
    """What the documents of a view are, in order.

    Attributes:
        editions, rows: where each is.
        leaves: 32 bytes each; texts: `TEXT_BYTES` each; bodies: 16 bytes of the SHA-256 of the text without its title.
        sizes, tokens: of each.
        cuts: number of a document → what is cut out of it.
        dates: (edition, source) → (earliest, latest) date of its articles.
        creators: (licence of the article's own or "", name) of authors that articles name; how many were not kept.
    """

    editions: array[int] = field(default_factory=lambda: array("H"))
    rows: array[int] = field(default_factory=lambda: array("I"))
    leaves: bytearray = field(default_factory=bytearray)
    texts: bytearray = field(default_factory=bytearray)
    bodies: bytearray = field(default_factory=bytearray)
    sizes: array[int] = field(default_factory=lambda: array("I"))
    tokens: array[int] = field(default_factory=lambda: array("I"))
    cuts: dict[int, tuple[int, ...]] = field(default_factory=dict)
    dates: dict[tuple[int, str], tuple[str, str]] = field(default_factory=dict)
    creators: dict[str, None] = field(default_factory=dict)
    more_creators: int = 0

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def places(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Edition and row of each, `int64 [documents]`."""
        return np.array(self.editions, np.int64), np.array(self.rows, np.int64)

    def first_of_each(self) -> npt.NDArray[np.int64]:
        """For each document the number of the first one with the same text, its own where it is the first."""
        keys = np.frombuffer(bytes(self.bodies), dtype=f"V{TEXT_BYTES}")
        _, firsts, inverse = np.unique(keys, return_index=True, return_inverse=True)
        return firsts[inverse.reshape(-1)]


def gather_texts(
    editions: Sequence[Edition],
    decisions: Sequence[Decisions],
    *,
    excluder: Excluder | None,
    sketches: DocumentSketches | None = None,
    count: Count,
    report: Report,
) -> ChosenTexts:
    """Read the texts of all articles that are not left out; those that are empty, or that evaluation sets share too
    much with, are left out now. Where near duplicates are looked for, `sketches` takes in each that stays.

    Raises:
        EditionError: an edition is damaged.
    """
    out = ChosenTexts()
    total, done = sum(int((each.reason == 0).sum()) for each in decisions), 0
    for number, (edition, decided) in enumerate(zip(editions, decisions, strict=True)):
        for start in range(0, len(edition), AT_ONCE):
            if decided.reason[start : start + AT_ONCE].all():
                continue
            read = []
            for row, article in edition.scan(start, start + AT_ONCE):
                if not decided.reason[row]:
                    read.append((row, article, document_text(article.title, article.body)))
                    if done % OFTEN == 0:
                        report("texts", done, total, "articles")
                    done += 1
            suspects = excluder.suspects([text for _, _, text in read]) if excluder is not None else set()
            kept = []
            for at, (row, article, text) in enumerate(read):
                body = len(article.title) + 2
                passages = excluder.find(text, body) if excluder is not None and at in suspects else ()
                cuts = _decide(row, text, body, passages, decided)
                if cuts is not None:
                    if sketches is not None:
                        sketches.take(edition, number, article, text[body:])
                    kept.append(_take(edition, number, row, article, cut(text, cuts), out))
                    if cuts:
                        out.cuts[len(out) - 1] = cuts
            out.tokens.extend(count(kept))
    report("texts", total, total, "articles")
    return out


def _decide(row: int, text: str, body: int, passages: Sequence[CutOut], decided: Decisions) -> tuple[int, ...] | None:
    """What is cut out of a document; None where it is left out as a whole.

    Args:
        body: where its body begins in the text.
        passages: that evaluation sets share with it.
    """
    if len(text) == body:
        decided.leave_out(row, "empty")
        return None
    if not passages:
        return ()
    decided.cut_out[row] = tuple(passages)
    lost = sum(each.end - each.start for each in passages)
    if not passages[0].start or len(text) - body - lost < LEAST_LEFT * (len(text) - body):
        decided.leave_out(row, "evaluation", f"{lost} of {len(text)} characters were to be cut out")
        return None
    return tuple(at for each in passages for at in (each.start, each.end))


def _take(edition: Edition, number: int, row: int, article: Article, text: str, out: ChosenTexts) -> bytes:
    """Take in a document by its text, which is given back in UTF-8."""
    raw = text.encode()
    out.editions.append(number)
    out.rows.append(row)
    out.leaves += merkle.leaf_hash(record.article_record(article, edition.statement.format))
    out.texts += text_digest(raw)
    out.bodies += hashlib.sha256(text[len(article.title) :].encode()).digest()[:TEXT_BYTES]
    out.sizes.append(len(raw))
    _date(edition, number, article, row, out)
    for name in article.creators:
        if name not in out.creators:
            if len(out.creators) < MOST_CREATORS:
                out.creators[name] = None
            else:
                out.more_creators += 1
    return raw


def _date(edition: Edition, number: int, article: Article, row: int, out: ChosenTexts) -> None:
    work = edition.work(article.source, article.work) if article.work else None
    date = date_of(article.modified, article.published, work, edition.source(article.source))
    if date:
        earliest, latest = out.dates.get((number, article.source), (date, date))
        out.dates[number, article.source] = min(earliest, date), max(latest, date)
