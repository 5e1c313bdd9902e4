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
from galactica.model.projection import project
from galactica.progress import Report
from galactica.train.views.decisions import CutOut, Decisions
from galactica.train.views.rows import TEXT_BYTES
from galactica.train.views.texts import cut, text_digest

if TYPE_CHECKING:
    from galactica.model import Article

OFTEN = 200
"""Articles between two reports."""

AT_ONCE = 256
"""Rows that are passed over unread where none of them is taken."""

LEAST_LEFT = 0.5
"""Share of a document's text that must be left where passages are cut out of it; else it is left out as a whole."""

MOST_CREATORS = 1_000
"""Names of authors that a card lists; more are counted."""

Find = Callable[[str, str], tuple[CutOut, ...]]
"""(text of a document, its language) → the passages to cut out of it, in order and apart."""

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

    def first_of_each(self) -> npt.NDArray[np.int64]:
        """For each document the number of the first one with the same text, its own where it is the first."""
        keys = np.frombuffer(bytes(self.bodies), dtype=f"V{TEXT_BYTES}")
        _, firsts, inverse = np.unique(keys, return_index=True, return_inverse=True)
        return firsts[inverse.reshape(-1)]


def gather_texts(
    editions: Sequence[Edition],
    decisions: Sequence[Decisions],
    *,
    find: Find | None,
    count: Count,
    report: Report,
) -> ChosenTexts:
    """Read the texts of all articles that are not left out; those that are empty, or that evaluation sets share too
    much with, are left out now.

    Raises:
        EditionError: an edition is damaged.
    """
    out = ChosenTexts()
    total, done = sum(int((each.reason == 0).sum()) for each in decisions), 0
    for number, (edition, decided) in enumerate(zip(editions, decisions, strict=True)):
        for start in range(0, len(edition), AT_ONCE):
            if decided.reason[start : start + AT_ONCE].all():
                continue
            texts = []
            for row, article in edition.scan(start, start + AT_ONCE):
                if decided.reason[row]:
                    continue
                if done % OFTEN == 0:
                    report("texts", done, total, "articles")
                done += 1
                text = _document(edition, number, row, article, decided, find, out)
                if text is not None:
                    texts.append(text)
            out.tokens.extend(count(texts))
    report("texts", total, total, "articles")
    return out


def _document(
    edition: Edition, number: int, row: int, article: Article, decided: Decisions, find: Find | None, out: ChosenTexts
) -> bytes | None:
    """Take one document; None where it is left out."""
    body = project(article.body)
    if not body:
        decided.leave_out(row, "empty")
        return None
    text = f"{article.title}\n\n{body}"
    passages = find(text, article.language) if find is not None else ()
    if passages:
        decided.cut_out[row] = passages
        kept = len(text) - sum(each.end - each.start for each in passages)
        if kept - (len(text) - len(body)) < LEAST_LEFT * len(body):
            decided.leave_out(row, "evaluation", f"{len(text) - kept} of {len(text)} characters are in evaluation sets")
            return None
        cuts = tuple(at for each in passages for at in (each.start, each.end))
        out.cuts[len(out)] = cuts
        text = cut(text, cuts)
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
