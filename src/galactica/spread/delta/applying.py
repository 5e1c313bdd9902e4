"""Changes applied to an edition: a new one is made in a folder of its own, with the root that it should have, or not.

The old edition is only read; what does not change of it is given a second name. The root is computed of all records,
old ones as they are read from disk and new ones as they came, before the folder is called an edition.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from galactica import __version__
from galactica.codes import merkle
from galactica.edition import bag
from galactica.edition.decode import fields_of
from galactica.edition.info import EditionHeader
from galactica.edition.record import edition_record, root_of
from galactica.edition.table import TABLES
from galactica.edition.write import make_folders
from galactica.errors import ProofError
from galactica.progress import Report, silent
from galactica.spread.delta.changes import Changes
from galactica.spread.delta.document import refused
from galactica.spread.delta.indexes import renew_index
from galactica.spread.delta.numbered import ARTICLES, EDITION, EditionRecords, tables_of_version
from galactica.spread.delta.rows import plan_rows
from galactica.spread.delta.shards import ArticlesWritten, ShardsWriter
from galactica.spread.delta.tables import TablesWriter

PROGRAM = f"galactica {__version__}"

DERIVED_LEFT = "joined"
"""The folder of an edition that is not carried over: it is made again by `galactica join`."""


def apply_changes(records: EditionRecords, changes: Changes, folder: Path, *, report: Report = silent) -> str:
    """Make the edition that changes make of another, whole with its indexes; returns its root.

    Args:
        records: of the old edition.
        folder: made here; holds the new edition at the end. What was there before must not matter.
        report: stages "write" and "index", in articles.

    Raises:
        ProofError: what comes of it has not the root that it should have, or cannot be written.
        EditionError: the old edition is damaged.
        OSError: the machine's refusals.
    """
    data = folder / "data"
    make_folders(data)
    plan = plan_rows(records, changes.of(ARTICLES))
    written = ShardsWriter(records, changes, plan, data).run(report)
    leaves = _Leaves(records, changes, written)
    heads = {ARTICLES: (plan.after, merkle.tree_head(leaf for _, leaf in leaves))}
    tables = TablesWriter(records, changes, data)
    for name in tables_of_version(changes.version):
        if name != ARTICLES:
            heads[name] = tables.write(name)
    _check_root(changes, heads)
    title = _describe(changes, heads, written, data)
    renew_index(records.edition, folder, plan, written, leaves, report)
    bag.write_bag(folder, title=title, root=changes.root)
    return changes.root


class _Leaves:
    """(id, leaf hash) of the articles of the new edition, by id, as often as somebody asks."""

    def __init__(self, records: EditionRecords, changes: Changes, written: ArticlesWritten) -> None:
        self._records, self._changes, self._written = records, changes, written

    def __iter__(self) -> Iterator[tuple[bytes, bytes]]:
        size, leaves, what = merkle.HASH_BYTES, self._written.leaves, self._changes.of(ARTICLES)
        removed = set(what.removed)
        added = iter(what.added)
        upcoming = next(added, None)
        for number in range(self._records.count(ARTICLES)):
            key = self._records.key(ARTICLES, number)
            while upcoming is not None and upcoming[0] < key:
                yield upcoming[0], self._written.new_leaves[upcoming[1]]
                upcoming = next(added, None)
            if number not in removed:
                yield key, bytes(leaves[size * number : size * (number + 1)])
        while upcoming is not None:
            yield upcoming[0], self._written.new_leaves[upcoming[1]]
            upcoming = next(added, None)


def _check_root(changes: Changes, heads: dict[str, tuple[int, bytes]]) -> None:
    heads[EDITION] = (1, merkle.tree_head([merkle.leaf_hash(changes.after)]))
    made = root_of([(name, count, head) for name, (count, head) in heads.items()], changes.version).hex()
    if made != changes.root:
        raise ProofError(
            f"What comes of the delta has the root {made[:16]}…, not {changes.root[:16]}… as it says.",
            "Fetch the delta again, or the newer edition whole; the edition is as it was.",
        )


def _describe(changes: Changes, heads: dict[str, tuple[int, bytes]], written: ArticlesWritten, data: Path) -> str:
    """Write `edition.json`, and remove the folders of tables that are empty; returns the title."""
    try:
        about = fields_of(changes.after, EDITION, changes.version)
    except ValueError as error:
        raise refused(f"what it says of the edition is of no form ({error})") from None
    languages = sorted(written.languages.items(), key=lambda each: (-each[1], each[0]))
    licences = about.get("licences", [])
    parent = about.get("parent", b"")
    number = about.get("number", 1)
    assert isinstance(licences, list)  # `fields_of` saw to it
    assert isinstance(parent, bytes)
    assert isinstance(number, int)
    header = EditionHeader(
        format=changes.version,
        number=number,
        title=str(about.get("title", "")),
        languages=tuple(languages),
        licences=tuple(str(each) for each in licences),
        parent=parent.hex(),
        root=changes.root,
        tables=tuple((name, count, head.hex()) for name, (count, head) in sorted(heads.items())),
        shards=tuple(written.shards),
        counts=(("passages", written.passages), ("rejected", 0), ("aliases", written.aliases)),
        program=PROGRAM,
    )
    said = edition_record(
        version=header.format,
        number=header.number,
        title=header.title,
        languages=[tag for tag, _ in header.languages],
        licences=header.licences,
        parent=header.parent,
    )
    if said != changes.after:
        raise refused("what it says of the edition is not what its articles are")
    (data / "edition.json").write_text(header.to_json(), encoding="utf-8", newline="\n")
    for each in TABLES:
        place = data / each.name
        if place.is_dir() and not any(place.iterdir()):
            place.rmdir()
    return header.title
