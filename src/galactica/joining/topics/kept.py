"""What lies in `joined/topics`: topics and their members, pairs and their reasons, weights, rules.
docs/formats/joined.md.

`members.parquet` is by topic, `rows.bin` leads from an article to its topic, `pairs.parquet` is by the lower row.
All of it is read by row group; nothing of the size of the edition is in memory but the mapped file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from galactica.codes.files import whole
from galactica.edition import Edition
from galactica.edition.derived import derived
from galactica.edition.info import read_bounded
from galactica.errors import StepMissingError
from galactica.hints import word
from galactica.joining.topics.learning import Weights
from galactica.model.said import said

NAME = "topics"
"""The folder in `joined/`."""

VERSION = 9
"""Of what is written, and of what is looked for; raise it when the same edition must give other topics."""

MEMBERS, PAIRS, ROWS, WEIGHTS, RULES, COUNTS, WORDS = (
    "members.parquet", "pairs.parquet", "rows.bin", "weights.json", "rules.toml", "counts.json", "words.parquet"
)  # fmt: skip

_GROUP = 1 << 14
_MOST_JSON = 8 << 20

_MEMBERS = pa.schema(
    [
        ("topic", pa.string()),
        ("kind", pa.string()),
        ("row", pa.int64()),
        ("subject", pa.string()),
        ("number", pa.int32()),
    ]
)
_SAID = pa.struct([("field", pa.string()), ("level", pa.string()), ("bits", pa.int32())])
_PAIRS = pa.schema(
    [
        ("low", pa.int64()), ("high", pa.int64()), ("verdict", pa.string()), ("bits", pa.int32()), ("why", pa.string()),
        ("said", pa.list_(_SAID)),
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicMember:
    """What belongs to a topic: an article or a part, by its row, or a subject of statements.

    Attributes:
        kind: "article", "part" or "subject".
        row: of an article or a part; -1 of a subject.
        subject: identifier of a subject; "" of an article.
    """

    kind: str
    row: int = -1
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedTopic:
    """What several articles, parts or subjects are about.

    Attributes:
        id: 32 hex digits: the id of the member that comes first by source and path.
        members: articles by row, then subjects.
    """

    id: str
    members: tuple[TopicMember, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSaid:
    """What one field says of a pair: at which level they agree, and what that is worth in thousandths of a bit."""

    field: str
    level: str
    bits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPair:
    """A pair of articles that was joined, or nearly.

    Attributes:
        verdict: "joined", "near" (it was not), "by hand" (a rule joined it) or "parted" (a rule did).
        bits: all that was said, with what is known beforehand, in thousandths of a bit.
        why: what kept it apart, or what a rule gives as its reason; "" where nothing did.
    """

    low: int
    high: int
    verdict: str
    bits: int
    why: str = ""
    said: tuple[FieldSaid, ...] = ()


class Topics:
    """The topics of an edition, as they were made; opened by `open_topics`. Several threads may read at once."""

    def __init__(self, folder: Path, articles: int) -> None:
        self._folder = folder
        self._rows: NDArray[np.int32] = (
            np.memmap(folder / ROWS, "<i4", "r", shape=(articles,)) if articles else np.zeros(0, np.int32)
        )

    def of_row(self, row: int) -> JoinedTopic | None:
        """The topic of an article; None where it is alone in its own."""
        number = int(self._rows[row])
        return next(self._read(pq.ParquetFile(self._folder / MEMBERS), (number, number)), None) if number >= 0 else None

    def __iter__(self) -> Iterator[JoinedTopic]:
        """All topics of several members, in the order of their numbers: by their first row."""
        yield from self._read(pq.ParquetFile(self._folder / MEMBERS), None)

    def pairs(self, rows: Iterable[int]) -> list[TopicPair]:
        """The pairs of which either is one of these articles, by row."""
        wanted = sorted(set(rows))
        table = pq.read_table(
            self._folder / PAIRS, schema=_PAIRS, filters=[[("low", "in", wanted)], [("high", "in", wanted)]]
        )
        return [_pair(each) for each in table.to_pylist()]

    def all_pairs(self) -> Iterator[TopicPair]:
        """All pairs, by row."""
        for batch in pq.ParquetFile(self._folder / PAIRS).iter_batches(_GROUP):
            yield from map(_pair, batch.to_pylist())

    def weights(self) -> tuple[Weights, ...]:
        """What was learned, by regime."""
        raw = json.loads(read_bounded(self._folder / WEIGHTS, _MOST_JSON))
        return tuple(
            Weights(share=w["share"], same=tuple(map(tuple, w["same"])), other=tuple(map(tuple, w["other"])))
            for w in raw["weights"]
        )

    def counts(self) -> dict[str, int]:
        """What the making counted."""
        found: dict[str, int] = json.loads(read_bounded(self._folder / COUNTS, _MOST_JSON))
        return found

    def words(self, slots: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """How many articles have each word, and each name."""
        table = pq.read_table(self._folder / WORDS)
        found = np.zeros((2, slots), np.uint32)
        for number, name in enumerate(("word", "name")):
            here = table.filter(pa.compute.equal(table["of"], name))
            found[number, here["slot"].to_numpy()] = here["count"].to_numpy()
        return found[0], found[1]

    def _read(self, file: pq.ParquetFile, numbers: tuple[int, int] | None) -> Iterator[JoinedTopic]:
        held: list[dict[str, object]] = []
        for group in range(file.num_row_groups):
            if numbers is not None:
                span = file.metadata.row_group(group).column(_MEMBERS.get_field_index("number")).statistics
                if span is not None and span.has_min_max and (span.max < numbers[0] or span.min > numbers[1]):
                    continue
            for each in file.read_row_group(group).to_pylist():
                if numbers is not None and each["number"] != numbers[0]:
                    continue
                if held and held[0]["number"] != each["number"]:
                    yield _topic(held)
                    held = []
                held.append(each)
        if held:
            yield _topic(held)


def open_topics(edition: Edition) -> Topics:
    """The topics of an edition.

    Raises:
        StepMissingError: there are none, or they are of another edition or version.
    """
    folder = derived(edition, NAME, VERSION)
    if folder is None:
        raise StepMissingError(
            said("no-topics", "{edition} has no topics yet.", edition=edition.path),
            said("join-first", "Run: galactica join {edition}", edition=word(edition.path)),
        )
    return Topics(folder, len(edition))


def write_topics(folder: Path, articles: int, topics: Iterable[JoinedTopic]) -> tuple[int, int]:
    """Write topics of several members, in the order of their numbers; returns how many they are, and all members."""
    rows = np.full(articles, -1, "<i4")
    count = members = 0
    with whole(folder / MEMBERS) as path, pq.ParquetWriter(path, _MEMBERS, compression="zstd") as writer:
        held: list[dict[str, object]] = []
        for number, topic in enumerate(topics):
            count, members = number + 1, members + len(topic.members)
            for member in topic.members:
                held.append(
                    {"topic": topic.id, "kind": member.kind, "row": member.row if member.row >= 0 else None,
                     "subject": member.subject or None, "number": number}
                )  # fmt: skip
                if member.row >= 0:
                    rows[member.row] = number
            if len(held) >= _GROUP:
                writer.write_table(pa.Table.from_pylist(held, _MEMBERS))
                held = []
        writer.write_table(pa.Table.from_pylist(held, _MEMBERS))
    with whole(folder / ROWS) as path:
        path.write_bytes(rows.tobytes())
    return count, members


def write_pairs(folder: Path, pairs: Iterable[TopicPair]) -> None:
    """Write pairs, in the order of their rows."""
    with whole(folder / PAIRS) as path, pq.ParquetWriter(path, _PAIRS, compression="zstd") as writer:
        held: list[dict[str, object]] = []
        for pair in pairs:
            said = [{"field": s.field, "level": s.level, "bits": s.bits} for s in pair.said]
            held.append(
                {
                    "low": pair.low,
                    "high": pair.high,
                    "verdict": pair.verdict,
                    "bits": pair.bits,
                    "why": pair.why,
                    "said": said,
                }
            )
            if len(held) >= _GROUP:
                writer.write_table(pa.Table.from_pylist(held, _PAIRS))
                held = []
        writer.write_table(pa.Table.from_pylist(held, _PAIRS))


def write_weights(folder: Path, weights: Iterable[Weights], counts: Mapping[str, int]) -> None:
    """Write what was learned and what was counted."""
    told = [{"share": w.share, "same": w.same, "other": w.other} for w in weights]
    _write_json(folder / WEIGHTS, {"weights": told})
    _write_json(folder / COUNTS, dict(counts))


def write_words(folder: Path, words: NDArray[np.uint32], names: NDArray[np.uint32]) -> None:
    """Write how many articles have each word, and each name: what comparing two of them anew needs."""
    tables = []
    for name, counts in (("word", words), ("name", names)):
        slots = np.flatnonzero(counts > 1)
        columns = [pa.array([name] * len(slots), pa.string()), slots.astype(np.int32), counts[slots]]
        tables.append(pa.table(columns, ["of", "slot", "count"]))
    with whole(folder / WORDS) as path:
        pq.write_table(pa.concat_tables(tables), path, compression="zstd")


def _write_json(path: Path, value: object) -> None:
    with whole(path) as part:
        part.write_text(json.dumps(value, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _topic(rows: list[dict[str, object]]) -> JoinedTopic:
    members = tuple(
        TopicMember(
            kind=str(each["kind"]),
            row=-1 if (row := each["row"]) is None else int(str(row)),
            subject=str(each["subject"] or ""),
        )
        for each in rows
    )
    return JoinedTopic(id=str(rows[0]["topic"]), members=members)


def _pair(each: dict[str, object]) -> TopicPair:
    said = each.pop("said")
    assert isinstance(said, list)
    return TopicPair(said=tuple(FieldSaid(**one) for one in said), **each)  # type: ignore[arg-type]
