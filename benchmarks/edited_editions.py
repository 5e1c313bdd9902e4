"""Two editions of real articles, an older and a newer one, as an encyclopedia changes in a while: for `spread_deltas`.

Of the articles of an edition some are in the newer one alone, some in the older one alone, and some in both but edited
in the newer: words replaced and put in, numbers changed, sentences put in and taken out. What is put in was written by
people too: it comes of articles that are in neither.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from galactica.building.indexing import index_words
from galactica.codes import merkle
from galactica.codes.segment import passages
from galactica.edition import Edition, bag, layout
from galactica.edition.nodes import Sorted
from galactica.edition.write import About, EditionWriter, make_folders, write_articles, write_passages, write_signals
from galactica.model import Article
from galactica.model.identity import INPUT_BYTES
from galactica.model.projection import outline

SHARD = 8 * 2**20
_TAG = re.compile("(<[^>]*>)")
_NUMBER = re.compile("[0-9]+")
_SENTENCE = re.compile(r"[A-Z][^.<>]{30,200}\. ")
_EDITS = (1, 1, 1, 2, 2, 3, 4, 6, 10, 16)
"""How many places of an article are edited: each as likely."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedRows:
    """Rows of an edition: those that only the newer edition has, only the older one, neither, and the edited ones."""

    added: frozenset[int]
    removed: frozenset[int]
    neither: frozenset[int]
    edited: frozenset[int]


def chosen_rows(articles: int, *, edited: float, moved: float, seed: int) -> EditedRows:
    """Choose rows.

    Args:
        edited: share of the articles that are edited.
        moved: share that is added, and share that is removed.
    """
    order = list(range(articles))
    random.Random(seed).shuffle(order)
    counts = [max(1, round(moved * articles))] * 2 + [articles // 400 + 1, round(edited * articles)]
    parts = []
    for count in counts:
        parts.append(frozenset(order[:count]))
        order = order[count:]
    return EditedRows(added=parts[0], removed=parts[1], neither=parts[2], edited=parts[3])


def make_pair(source: Path, old: Path, new: Path, *, edited: float = 0.02, moved: float = 0.001, seed: int = 1) -> None:
    """Make the editions `old` and `new` of the articles of the edition `source`, with indexes of words."""
    with Edition.open(source) as edition:
        rows = chosen_rows(len(edition), edited=edited, moved=moved, seed=seed)
        texts = [edition.body(row) for row in sorted(rows.neither)]
        sentences = [each for text in texts for each in _SENTENCE.findall(text)]
        words = [word for text in texts for word in _TAG.sub(" ", text).split()]
        editor = Editor(sentences, words, seed)

        def newer() -> Iterator[Article]:
            for row, article in edition.scan():
                if row in rows.edited:
                    yield replace(article, body=editor.edited(article.body))
                elif row not in rows.removed | rows.neither:
                    yield article

        older = (article for row, article in edition.scan() if row not in rows.added | rows.neither)
        root = write_edition(old, older, edition, parent="", number=1)
        write_edition(new, newer(), edition, parent=root, number=2)


class Editor:
    """Edits bodies; the same seed gives the same edits."""

    def __init__(self, sentences: Sequence[str], words: Sequence[str], seed: int) -> None:
        self._random = random.Random(seed)  # edits, not secrets
        self._sentences, self._words = sentences, words

    def edited(self, body: str) -> str:
        """A body that was edited in some places."""
        parts = _TAG.split(body)
        places = [i for i in range(0, len(parts), 2) if len(parts[i]) > 40]
        for _ in range(self._random.choice(_EDITS) if places else 0):
            i = self._random.choice(places)
            parts[i] = self._changed(parts[i])
        return "".join(parts)

    def _changed(self, text: str) -> str:
        draw, words = self._random.random(), text.split(" ")
        at = self._random.randrange(len(words))
        numbers = list(_NUMBER.finditer(text))
        if draw < 0.2 and numbers:
            found = self._random.choice(numbers)
            return f"{text[: found.start()]}{self._random.randrange(1, 3000)}{text[found.end() :]}"
        if draw < 0.4:
            return f"{text.rstrip()} {self._random.choice(self._sentences)}"
        if draw < 0.5:
            kept = re.split(r"(?<=\. )", text)
            kept.pop(self._random.randrange(len(kept)))
            return "".join(kept)
        if draw < 0.6:
            words[at:at] = [self._random.choice(self._words) for _ in range(self._random.randrange(1, 5))]
        else:
            words[at] = self._random.choice(self._words)
        return " ".join(words)


def write_edition(out: Path, articles: Iterable[Article], like: Edition, *, parent: str, number: int) -> str:
    """Write an edition of articles with the sources and works of another, and index its words; returns the root."""
    data = out / "data"
    make_folders(data)
    writer = EditionWriter(out)
    shards: list[int] = []
    languages: dict[str, int] = {}
    total = aliases = 0
    with Sorted(out) as leaves:
        for lot in _lots(articles):
            name = layout.shard_name(len(shards))
            made = write_articles(data / "articles" / name, [lot], typical=SHARD // len(lot))
            spans = [passages(each.text, each.headings) for each in (outline(article.body) for article in lot)]
            kind = pa.list_(pa.int32())
            starts = pa.array([[a for a, _ in each] for each in spans], type=kind)
            ends = pa.array([[b for _, b in each] for each in spans], type=kind)
            total += write_passages(data / "passages" / name, [(starts, ends)], first=sum(shards))
            write_signals(data / "signals" / name, made, [bytes(INPUT_BYTES)] * len(lot))
            for article, leaf in zip(lot, made, strict=True):
                leaves.add(article.id, leaf)
                languages[article.language] = languages.get(article.language, 0) + 1
                aliases += len(article.aliases)
            shards.append(len(lot))
        writer.sources(like.sources)
        writer.works(like.works())
        writer.articles(leaf for _, leaf in leaves)
    root = writer.finish(_about(like, languages, shards, parent, number, {"passages": total, "aliases": aliases}))
    (out / "index").mkdir()
    index_words(out, out / "index", 1, lambda *_: None)
    bag.write_bag(out, title=like.statement.title, root=root)
    return root


def _about(
    like: Edition, languages: Mapping[str, int], shards: Sequence[int], parent: str, number: int, counts: dict[str, int]
) -> About:
    return About(
        title=like.statement.title,
        languages=sorted(languages.items(), key=lambda each: (-each[1], each[0])),
        licences=like.statement.licences,
        parent=parent,
        number=number,
        shards=shards,
        counts=tuple(counts.items()),
        left_out=(),
        program="galactica benchmarks",
    )


def _lots(articles: Iterable[Article]) -> Iterator[list[Article]]:
    lot: list[Article] = []
    size = 0
    for article in articles:
        lot.append(article)
        size += len(article.body)
        if size >= SHARD:
            yield lot
            lot, size = [], 0
    if lot:
        yield lot


def record_stream(edition: Edition) -> Iterator[bytes]:
    """The records of all articles by id: what programs that know no records are given to compare."""
    from galactica.edition.record import article_record

    order = sorted((article.id, row) for row, article in edition.scan(body=False))
    for _, row in order:
        yield article_record(edition.article(row), edition.statement.format)


def leaf_of(record: bytes) -> bytes:
    """The leaf hash of a record."""
    return merkle.leaf_hash(record)
