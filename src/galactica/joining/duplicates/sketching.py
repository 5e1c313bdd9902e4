"""What is remembered of each text: its digest, its bands, its paragraphs, and what decides which of several is kept.

A shard of articles becomes three files in the work folder, written whole; a shard whose last one is there is done, so a
stopped job goes on. 450 bytes an article and 25 a paragraph lie on disk; in memory is one shard's.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from galactica.cluster.crew import Crew
from galactica.codes.files import whole
from galactica.codes.segment import count_words
from galactica.edition import Edition
from galactica.edition.carried import ShardWork
from galactica.joining.duplicates.layout import FEWEST, FEWEST_SHINGLES, LONGEST, NAMED
from galactica.joining.duplicates.signatures import BANDS, band_keys, shingle_set
from galactica.joining.tokens import comparable_text, tokens_of
from galactica.model import Article, date_of
from galactica.model.projection import project
from galactica.progress import Report

EMPTY, SHORT, LONG, COMPARED = range(4)
"""What becomes of a text: nothing is said of it; only exact copies are looked for (too few words; too many letters to
compare); everything is."""

PARAGRAPH_WORDS = 10
"""Words of a line from which it is a paragraph that may have been copied: shorter ones are headings and list items."""

TEXTS = np.dtype(
    [
        ("digest", "<u8", 2),
        ("path", "<u8"),
        ("title", "<u8"),
        ("length", "<u4"),
        ("tokens", "<u4"),
        ("date", "<u4"),
        ("source", "<u2"),
        ("state", "u1"),
    ]
)
PARAGRAPHS = np.dtype([("hash", "<u8"), ("article", "<u4"), ("start", "<u4"), ("end", "<u4"), ("lead", "u1")])

MOST_SOURCES = 65_535
"""Sources of an edition that are told apart; those after it count as one."""

_SPACES = re.compile(r"\s+")
_UNSEEN = str.maketrans(dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF)))
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


class Sketches:
    """The sketches of an edition in a work folder.

    Args:
        edition: open.
        folder: where they are written, or lie.
    """

    def __init__(self, edition: Edition, folder: Path) -> None:
        self._edition, self._folder = edition, folder
        self._shards = edition.shard_rows()

    def make(self, crew: Crew, report: Report) -> None:
        """Write those that are not there; stage "texts"."""
        edition = self._edition
        missing = [number for number in range(len(self._shards)) if not _file(self._folder, number, "texts").exists()]
        tables = ("works",) if edition.statement.count("works") else ()
        tasks = (
            ShardWork(edition=edition.path, root=edition.root, shard=each, folder=self._folder, tables=tables)
            for each in missing
        )
        done = len(edition) - sum(self._shards[number][1] for number in missing)
        report("texts", done, len(edition), "articles")
        for count in crew.results(sketch_shard, tasks):
            done += count
            report("texts", done, len(edition), "articles")

    def texts(self) -> npt.NDArray[np.void]:
        """What is known of each text, in the order of the rows (`TEXTS`)."""
        parts = [np.load(_file(self._folder, number, "texts")) for number in range(len(self._shards))]
        return np.concatenate(parts) if parts else np.empty(0, dtype=TEXTS)

    def bands(self, number: int) -> npt.NDArray[np.uint64]:
        """The keys of one band, in the order of the rows; 0 where a text is not compared."""
        parts = (self._bands(each)[number] for each in range(len(self._shards)))
        return np.concatenate([np.empty(0, dtype=np.uint64), *parts])

    def paragraphs(self) -> Iterator[npt.NDArray[np.void]]:
        """The paragraphs of each batch (`PARAGRAPHS`), by article and place."""
        for number in range(len(self._shards)):
            yield np.load(_file(self._folder, number, "paragraphs"))

    def _bands(self, number: int) -> npt.NDArray[np.uint64]:
        found: npt.NDArray[np.uint64] = np.load(_file(self._folder, number, "bands"), mmap_mode="r")
        return found


def sketch_shard(work: ShardWork) -> int:
    """Write the files of a shard; returns how many articles it has.

    Raises:
        EditionError: the edition is damaged, or was replaced by another.
    """
    with work.opened() as (edition, first, stop):
        sources = {source.key: min(number, MOST_SOURCES) for number, source in enumerate(edition.sources)}
        texts = np.zeros(stop - first, dtype=TEXTS)
        bands = np.zeros((BANDS, stop - first), dtype=np.uint64)
        paragraphs: list[tuple[int, int, int, int, bool]] = []
        for row, article in edition.scan(first, stop):
            place = row - first
            text = project(article.body)
            texts[place], keys = text_sketch(edition, article, text, sources[article.source])
            if keys is not None:
                bands[:, place] = keys
            paragraphs += [(key, row, start, end, lead) for key, start, end, lead in paragraphs_of(text)]
    for kind, array in (
        ("bands", bands),
        ("paragraphs", np.array(paragraphs, dtype=PARAGRAPHS)),
        ("texts", texts),
    ):
        with whole(_file(work.folder, work.shard, kind)) as part, part.open("wb") as file:
            np.save(file, array)
    return stop - first


def text_sketch(
    edition: Edition, article: Article, text: str, source: int
) -> tuple[npt.NDArray[np.void], npt.NDArray[np.uint64] | None]:
    """What is remembered of an article (one of `TEXTS`), and its bands; None where it is not compared.

    Args:
        text: the projection of its body.
        source: number of its source.
    """
    known, keys = sketch_of(article.title, text)
    of = np.zeros(1, dtype=TEXTS)
    for name, value in known.items():
        of[name] = value
    of["path"] = _hash(article.path)
    of["title"] = _hash(f"{article.language}\0{comparable_text(article.title)}")
    of["date"] = day_number(_date(edition, article))
    of["source"] = source
    return of[0], keys


def _file(folder: Path, number: int, kind: str) -> Path:
    return folder / f"{number:06}.{kind}.npy"


def _date(edition: Edition, article: Article) -> str:
    work = edition.work(article.source, article.work) if article.work else None
    return date_of(article.modified, article.published, work, edition.source(article.source))


def sketch_of(title: str, text: str) -> tuple[dict[str, int | Sequence[int]], npt.NDArray[np.uint64] | None]:
    """What is remembered of a text, by the names of `TEXTS`, and its bands; None where it is not compared."""
    form = exact_form(text)
    length = min(len(text), 0xFFFFFFFF)
    if not form:
        return {"state": EMPTY, "length": length}, None
    if len(text) > LONGEST:
        return {"state": LONG, "length": length, "digest": _digest(form), "tokens": FEWEST}, None
    tokens = tokens_of(text)
    found: dict[str, int | Sequence[int]] = {"length": length, "tokens": len(tokens)}
    shingles = shingle_set(tokens.hashes) if len(tokens) >= FEWEST else tokens.hashes[:0]
    if len(tokens) < NAMED:
        form = f"{exact_form(title)}\0{form}"
    found["digest"] = _digest(form)
    if len(shingles) < FEWEST_SHINGLES:
        return found | {"state": SHORT}, None
    return found | {"state": COMPARED}, band_keys(shingles)


def exact_form(text: str) -> str:
    """A text as it is compared letter by letter: composed (NFC), white space as single blanks, and without what nobody
    sees (soft hyphens, marks of byte order, joints without width)."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_UNSEEN)
    return _SPACES.sub(" ", text).strip()


def paragraphs_of(text: str) -> Iterator[tuple[int, int, int, bool]]:
    """(hash, start, end, whether it is the first) of the lines of a text that are paragraphs, in order."""
    start, lead = 0, True
    for line in text.split("\n"):
        end = start + len(line)
        if count_words(line) >= PARAGRAPH_WORDS:
            yield _hash(exact_form(line)), start, end, lead
            lead = False
        start = end + 1


def day_number(date: str) -> int:
    """A date as a number that grows with it: 20210215; 0 for what begins with no year of four digits."""
    match = _DATE.match(date)
    return int(match[1]) * 10_000 + int(match[2] or 0) * 100 + int(match[3] or 0) if match else 0


def _digest(text: str) -> tuple[int, int]:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:], "little")


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
