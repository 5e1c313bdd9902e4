"""Laying an edition out as a static edition: one pass over its articles, then file by file.

1. Ids give each article its number. 2. Articles are read once: their words are gathered, their records and titles wait
on disk. 3. The files are written into a folder beside their place. 4. One rename; then the manifest.

Memory: some 700 bytes for each different word, 100 for each article, and one bucket of postings; 610 MB for 12,967
articles, 67 s of the processor (2026-11-29). Disk, beside what comes out: some twice its size while it is made.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from galactica.codes import merkle
from galactica.codes.files import whole
from galactica.edition import Edition, record
from galactica.errors import EditionError, UsageError
from galactica.faults import stopped
from galactica.model import article_id
from galactica.model.projection import project
from galactica.progress import Report, silent
from galactica.spread.static.articles import (
    GROUP_BITS,
    Waiting,
    cell_bits,
    write_cell_places,
    write_cells,
    write_numbers,
)
from galactica.spread.static.blocks import deflated
from galactica.spread.static.coding import leb128
from galactica.spread.static.gathering import Gatherer
from galactica.spread.static.letters import han_file, letters_file
from galactica.spread.static.lists import ListStore, write_dictionary
from galactica.spread.static.manifest import FILES, FOLDER_DIGITS, MANIFEST, MAX_CELL_BITS, Lane, Manifest, StaticFile
from galactica.spread.static.titles import TitleStore, write_titles

WRITING = ".writing"
"""What is added to a name while the folder is made."""

_OWN = re.compile("[0-9a-f]{16}")
"""A folder with the files of one edition."""

START = ("terms", "titles", "catalogue", "ids")
"""Whose tops are in the file `start`, in this order; then what the heads of 65,536 articles are, the edition's record,
the file `sources` where that is small, and the stop words."""

SOURCES_AT_ONCE = 16 * 1024
"""Bytes of the file `sources` up to which it is part of `start`: every result names its source."""

_EVERY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticWritten:
    """What was laid out: the manifest, how many bytes all files have, and whether they were not there before."""

    manifest: Manifest
    size: int
    new: bool

    @property
    def digest(self) -> str:
        """SHA-256 of the manifest, 64 hex digits: what a release names."""
        return hashlib.sha256(self.manifest.to_bytes()).hexdigest()


def write_static(edition: Edition, folder: Path, *, report: Report = silent) -> StaticWritten:
    """Lay an edition out in a folder: its files in one of their own, named by the root, then the manifest that names
    them, which takes the place of an older one in one step. What lies there of the edition before stays for whoever
    is reading it; what lies there of those before that is taken away.

    Args:
        report: stage "static", in articles.

    Raises:
        UsageError: something else stands there.
        EditionError: the edition is damaged, or its articles do not give the head that it states.
        MissingError: no room, or no permission.
    """
    there = _there(folder)
    if there is not None and there.root == edition.root and _whole(folder / there.folder, there):
        return _written(there, new=False)
    part = folder / f"{edition.root[:FOLDER_DIGITS]}{WRITING}"
    try:
        if part.exists():
            shutil.rmtree(part)
        part.mkdir(parents=True)
        with tempfile.TemporaryDirectory(dir=part, prefix="waiting-") as waiting:
            manifest = _write(edition, part, Path(waiting), report)
        place = folder / manifest.folder
        if place.exists():
            shutil.rmtree(place)  # of a layout that was made otherwise, or is not whole
        part.rename(place)
    except OSError as error:
        raise stopped("Laying the edition out", error, part) from error
    return _written(manifest, new=True)


def put_manifest(folder: Path, manifest: Manifest) -> None:
    """Name what was written as what lies in the folder; take away what is older than what lay there before."""
    before = _there(folder)
    try:
        with whole(folder / "start") as part:  # read together with the manifest, so that opening takes one round
            shutil.copyfile(folder / manifest.folder / "start", part)
        with whole(folder / MANIFEST, durable=True) as part:
            part.write_bytes(manifest.to_bytes())
        kept = {manifest.folder, before.folder if before is not None else ""}
        for path in folder.iterdir():
            if path.is_dir() and _OWN.fullmatch(path.name) and path.name not in kept:
                shutil.rmtree(path)
    except OSError as error:
        raise stopped("Laying the edition out", error, folder) from error


def _there(folder: Path) -> Manifest | None:
    """The manifest of what lies in a folder; None where it holds nothing.

    Raises:
        UsageError: it holds something else.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UsageError(f"{folder} is no folder.", "Name another one, or move it away.")
    if not folder.is_dir():
        return None
    try:
        return Manifest.from_bytes((folder / MANIFEST).read_bytes())
    except FileNotFoundError:
        if all(
            path.name.endswith(WRITING) or _OWN.fullmatch(path.name) or path.name == "start"
            for path in folder.iterdir()
        ):
            return None
        raise UsageError(
            f"{folder} is not empty, and no static edition.", "Name another one, or move it away."
        ) from None
    except EditionError as error:
        raise UsageError(f"{folder} holds a damaged static edition.", "Take it away.") from error


def _whole(place: Path, manifest: Manifest) -> bool:
    """Whether all files lie there, to the letter."""
    try:
        return all(_file(place, each.name) == each for each in manifest.files)
    except OSError:
        return False


def _written(manifest: Manifest, *, new: bool) -> StaticWritten:
    raw = manifest.to_bytes()
    return StaticWritten(manifest=manifest, size=len(raw) + sum(each.size for each in manifest.files), new=new)


def _write(edition: Edition, folder: Path, waiting: Path, report: Report) -> Manifest:
    numbers, ids = _numbered(edition)
    articles = len(edition)
    gatherer, records = Gatherer(waiting, articles), Waiting(waiting, articles)
    titles = TitleStore(waiting / "titles.sqlite")
    languages, sources = [0] * articles, [0] * articles
    tags = sorted(tag for tag, _ in edition.statement.languages)
    keys = sorted(source.key for source in edition.sources)
    version = edition.statement.format
    for row, article in edition.scan():
        if row % _EVERY == 0:
            report("static", row, articles, "articles")
        number = numbers[row]
        gatherer.add(number, article, project(article.body))
        records.put(number, record.article_record(article, version))
        titles.add(number, article)
        languages[number], sources[number] = tags.index(article.language), keys.index(article.source)
    report("static", articles, articles, "articles")
    bits = cell_bits(articles, records.total, MAX_CELL_BITS)
    lanes = sorted(gatherer.lanes)
    tops = {}
    with (folder / "articles").open("wb") as out, (folder / "heads").open("wb") as heads:
        cells = list(write_cells(out, heads, records, articles, bits))
    records.close()
    store = ListStore(waiting / "lists", gatherer, articles)
    with (folder / "terms").open("wb") as terms, (folder / "postings").open("wb") as postings:
        order = [lanes.index(name) for name in gatherer.lanes]
        tops["terms"] = write_dictionary(terms, postings, gatherer, store, order)
    store.close()
    with (folder / "titles").open("wb") as out:
        tops["titles"] = write_titles(out, titles, gatherer.weights())
    titles.close()
    with (folder / "catalogue").open("wb") as out:
        tops["catalogue"] = write_cell_places(out, cells, languages, sources)
    with (folder / "ids").open("wb") as out:
        tops["ids"] = write_numbers(out, ids)
    highest = _highest((folder / "heads").read_bytes())
    stated = edition.statement
    head = next(bytes.fromhex(each) for name, _, each in stated.tables if name == "articles")
    if merkle.tree_head(_split(highest)) != head:
        raise EditionError(f"{edition.path} is damaged: its articles are not those that it states.", "Fetch it again.")
    start = [tops[name] for name in START]
    sources_file = _records(record.source_record(each, version) for each in edition.sources)
    start += [highest, _edition_record(edition), sources_file if len(sources_file) <= SOURCES_AT_ONCE else b""]
    start.append(" ".join(gatherer.stop_forms()).encode())
    (folder / "start").write_bytes(deflated(b"".join(leb128(len(part)) + part for part in start)))
    (folder / "sources").write_bytes(sources_file)
    (folder / "works").write_bytes(_records(map(record.work_record, edition.works())))
    (folder / "letters").write_bytes(letters_file())
    (folder / "han").write_bytes(han_file())
    counts = dict(zip(gatherer.lanes, gatherer.lane_counts(), strict=True))
    return Manifest(
        format=version,
        number=stated.number,
        parent=stated.parent,
        title=stated.title,
        languages=tuple(sorted(stated.languages)),
        licences=tuple(sorted(stated.licences)),
        tables=tuple(sorted((name, count, bytes.fromhex(each)) for name, count, each in stated.tables)),
        cell_bits=bits,
        lanes=tuple(Lane(name=name, articles=counts[name]) for name in lanes),
        files=tuple(_file(folder, name) for name in FILES),
    )


def _numbered(edition: Edition) -> tuple[list[int], list[tuple[bytes, int]]]:
    """The number of the article in each row; and (id, number) of all articles and redirects, sorted."""
    found = [article.id for _, article in edition.scan(body=False)]
    order = sorted(range(len(found)), key=found.__getitem__)
    numbers = [0] * len(found)
    for number, row in enumerate(order):
        numbers[row] = number
    ids = [(found[row], number) for number, row in enumerate(order)]
    for row, article in edition.scan(body=False):
        ids += [(article_id(article.source, each.path), numbers[row]) for each in article.aliases if each.path]
    return numbers, sorted(set(ids))


def _split(raw: bytes) -> list[bytes]:
    return [raw[at : at + merkle.HASH_BYTES] for at in range(0, len(raw), merkle.HASH_BYTES)]


def _highest(heads: bytes) -> bytes:
    """The heads of 2^16 articles each, of those of 2^8 each."""
    several = _split(heads)
    step = 1 << GROUP_BITS
    return b"".join(merkle.tree_head(several[at : at + step]) for at in range(0, len(several), step))


def _records(records: Iterable[bytes]) -> bytes:
    return deflated(b"".join(leb128(len(raw)) + raw for raw in records))


def _edition_record(edition: Edition) -> bytes:
    s = edition.statement
    return record.edition_record(
        version=s.format,
        number=s.number,
        title=s.title,
        languages=[tag for tag, _ in s.languages],
        licences=s.licences,
        parent=s.parent,
    )


def _file(folder: Path, name: str) -> StaticFile:
    path = folder / name
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return StaticFile(name=name, size=path.stat().st_size, digest=digest)
