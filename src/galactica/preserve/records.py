"""Damaged files of articles mended article by article: out of other editions, deltas' parents, publications.

Where no parity and no copy of the same bytes is at hand, the same articles often are somewhere: in another edition that
was built from the same source, in a mirror. Of a damaged file each article that is still right is kept, each that is
not is looked for by its id, or, where nothing says which one it was, by how its leaf hash begins; with all of them the
file is written again. It takes the place of the damaged one if it is
byte for byte what the bag's manifest says; else, where another program wrote the edition, if the edition has its root
with it, and then the manifests are written anew. Until then nothing of the edition is touched.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from galactica.codes import merkle
from galactica.edition import bag, layout, record
from galactica.edition.info import EditionHeader, read_statement
from galactica.edition.problem import BROKEN, pass_on
from galactica.edition.verify import verify_edition
from galactica.edition.write import row_groups, write_articles
from galactica.errors import EditionError
from galactica.model import Article, article_id
from galactica.preserve.chosen import stated_sums, sum_of
from galactica.preserve.holed import Holed

Fetch = Callable[[frozenset[bytes], frozenset[bytes]], Iterable[Article]]
"""(ids, first `LEAF_BYTES` of leaf hashes): gives the articles of either that it has; what it gives is compared."""

Places = Mapping[int, tuple[str, str]]
"""Row of the edition → source and path of the article there, as far as a list says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MendedRecords:
    """What was mended.

    Attributes:
        articles: that were taken from elsewhere.
        files: of articles that are right again.
        lost: files that are not: path → articles of it that nobody has.
    """

    articles: int
    files: tuple[str, ...]
    lost: Mapping[str, int]


def mend_records(edition: Path, fetch: Fetch, places: Places, work: Path) -> MendedRecords:
    """Write damaged files of articles again.

    Args:
        fetch: has articles by their ids and their leaf hashes.
        places: where the articles of rows come from; a file whose own columns say so needs no list.
        work: a folder beside the edition, on the same disk; made and taken away.

    Raises:
        EditionError: edition.json cannot be read.
    """
    header = read_statement(edition)
    stated = stated_sums(edition)
    without = _damaged_signals(edition, header, stated)
    left = Holed(folder=edition, header=header, holes=without)
    shutil.rmtree(work, ignore_errors=True)
    taken = 0
    made: dict[str, bool] = {}
    lost: dict[str, int] = {}
    first = 0
    try:
        for number, count in enumerate(header.shards):
            path = f"data/articles/{layout.shard_name(number)}"
            if not _is_right(edition / path, stated.get(path, "")):
                work.mkdir(parents=True, exist_ok=True)
                articles = left.shard(number)
                missing = [inside for inside, article in enumerate(articles) if article is None]
                known = {inside: places[first + inside] for inside in missing if first + inside in places}
                for inside, place in left.places(number).items():
                    if inside in missing:
                        known.setdefault(inside, place)
                found = _fetched(fetch, known, left, number, missing)
                whole = [article or found.get(inside) for inside, article in enumerate(articles)]
                if None in whole:
                    lost[path] = whole.count(None)
                else:
                    taken += len(missing)
                    _write(edition / path, work / path, [each for each in whole if each is not None], header)
                    made[path] = _is_right(work / path, stated.get(path, ""))
            first += count
        if made and (all(made.values()) or _gives_the_root(edition, work, list(made))):
            for path in made:
                _put(work / path, edition / path)
            if not all(made.values()):
                bag.write_bag(edition, title=header.title, root=header.root)
        elif made:
            lost |= {path: header.shards[int(Path(path).stem)] for path in made}
            taken, made = 0, {}
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return MendedRecords(articles=taken, files=tuple(made), lost=lost)


def _damaged_signals(
    edition: Path, header: EditionHeader, stated: Mapping[str, str]
) -> dict[str, tuple[tuple[int, int], ...]]:
    """Tables of leaf hashes that are damaged themselves: what they say is not asked."""
    names = [f"data/signals/{layout.shard_name(number)}" for number in range(len(header.shards))]
    return {name: ((0, 2**62),) for name in names if not _is_right(edition / name, stated.get(name, ""))}


def _is_right(path: Path, digest: str) -> bool:
    try:
        return bool(digest) and sum_of(path)[0] == digest
    except OSError:
        return False


def _fetched(
    fetch: Fetch, known: Mapping[int, tuple[str, str]], left: Holed, number: int, missing: Sequence[int]
) -> dict[int, Article]:
    """Row in the shard → article, of those that were found elsewhere and are what they were here."""
    wanted = {article_id(source, path): inside for inside, (source, path) in known.items()}
    found: dict[int, Article] = {}
    expected = left.expected(number)
    unnamed = {expected[inside]: inside for inside in missing if inside not in known} if expected else {}
    for article in fetch(frozenset(wanted), frozenset(unnamed)) if wanted or unnamed else ():
        leaf = merkle.leaf_hash(record.article_record(article, left.header.format))
        inside = wanted.get(article.id, unnamed.get(leaf[: layout.LEAF_BYTES]))
        if inside is not None and inside not in found and (expected is None or leaf.startswith(expected[inside])):
            found[inside] = article
    return found


def _write(damaged: Path, target: Path, articles: Sequence[Article], header: EditionHeader) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    counts = _counts(damaged, len(articles))
    typical = pa.array([each.body for each in articles], pa.string()).nbytes // max(1, len(articles))

    def groups() -> Iterator[Sequence[Article]]:
        low = 0
        if counts is None:
            yield from (articles[begin:end] for begin, end in row_groups([len(each.body) for each in articles]))
        for count in counts or ():
            yield articles[low : low + count]
            low += count

    write_articles(target, groups(), typical=typical, version=header.format)


def _counts(damaged: Path, articles: int) -> list[int] | None:
    """Rows of each row group, where the end of the damaged file still says it."""
    try:
        meta = pq.read_metadata(damaged)
        counts = [meta.row_group(group).num_rows for group in range(meta.num_row_groups)]
    except BROKEN as error:
        pass_on(error)
        return None
    return counts if sum(counts) == articles and all(counts) else None


def _gives_the_root(edition: Path, work: Path, paths: Sequence[str]) -> bool:
    """Whether the records give the edition's root with the new files in their places."""
    tried = work / "tried"
    for folder, _, names in os.walk(edition / "data"):
        inside = Path(folder).relative_to(edition)
        (tried / inside).mkdir(parents=True)
        for name in names:
            path = (inside / name).as_posix()
            source = work / path if path in paths else edition / path
            try:
                os.link(source, tried / path)
            except OSError:
                shutil.copyfile(source, tried / path)
    header = read_statement(edition)
    bag.write_bag(tried, title=header.title, root=header.root)
    try:
        return verify_edition(tried).root == header.root
    except EditionError:
        return False


def _put(new: Path, place: Path) -> None:
    with new.open("rb+") as file:
        os.fsync(file.fileno())
    place.parent.mkdir(parents=True, exist_ok=True)
    new.replace(place)
