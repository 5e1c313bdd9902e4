"""The last of a build: the small tables are written, and `edition.json` with the root that all tables give."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from galactica import __version__
from galactica.codes import merkle
from galactica.edition import layout, record, tables
from galactica.edition.info import Statement
from galactica.library.accounting import sum_up
from galactica.library.ledger import Ledger

ROWS = 50_000
"""Of a small table that are held and written at a time."""

_PROGRAM = f"galactica {__version__}"


def finish(ledger: Ledger, data: Path, *, title: str, parent: str, shards: tuple[int, ...], passages: int) -> str:
    """Write sources, files, what was dropped and rejected, and `edition.json`: counts, tree heads, the root.

    Args:
        data: the folder of the tables; those of articles and media are there already.
        title: what the edition is called.
        parent: root of the edition that it was built upon, hex, or "".
        shards: articles in each shard.
        passages: how many all articles have.

    Returns:
        The root, 64 hex digits.
    """
    small = layout.shard_name(0)
    sources = ledger.sources()
    tables.write_table(data / "sources" / small, "sources", tables.sources_table(sources))
    stream(data / "files" / small, "files", ledger.files())
    stream(data / "dropped" / small, "dropped", ledger.dropped())
    rows = ((r.source, r.where, r.stage, r.reason, r.detail) for r in ledger.rejected())
    stream(data / "rejected" / small, "rejected", rows)
    for name in ("media", "files", "dropped", "rejected"):
        if not any((data / name).iterdir()):
            (data / name).rmdir()
    languages = ledger.languages()
    licences = sorted({s.licence for s in sources if s.licence} | set(ledger.licences()))
    about = record.edition_record(title=title, languages=[t for t, _ in languages], licences=licences, parent=parent)
    heads = [
        ("articles", ledger.count("article"), merkle.tree_head(ledger.leaves())),
        ("edition", 1, merkle.tree_head([merkle.leaf_hash(about)])),
        ("files", ledger.count("file"), _head(record.file_record(*f) for f in ledger.files())),
        ("media", ledger.count("media"), _head(record.media_record(*m) for m in ledger.media())),
        ("sources", len(sources), _head(record.source_record(s) for s in sources)),
    ]
    root = record.root_of(heads).hex()
    statement = Statement(
        format=record.FORMAT_VERSION,
        title=title,
        languages=tuple(languages),
        licences=tuple(licences),
        parent=parent,
        root=root,
        tables=tuple((name, count, head.hex()) for name, count, head in heads),
        shards=shards,
        counts=(
            ("passages", passages),
            ("rejected", ledger.count("rejected")),
            ("aliases", ledger.count("alias")),
            ("bycatch", ledger.bycatch()),
        ),
        program=_PROGRAM,
        left_out=sum_up(*ledger.left_out(json.loads(ledger.meta("folders") or "[]")), ledger.links.kept()),
    )
    (data / "edition.json").write_text(statement.to_json(), encoding="utf-8", newline="\n")
    return root


def _head(records: Iterator[bytes]) -> bytes:
    return merkle.tree_head(merkle.leaf_hash(r) for r in records)


def stream(path: Path, table: str, rows: Iterator[tuple[object, ...]]) -> None:
    """Write rows as they come, `ROWS` at a time; no file where there are none."""
    import pyarrow as pa

    schema = layout.SCHEMAS[table]
    chunk = list(islice(rows, ROWS))
    if not chunk:
        return
    with tables.TableFile(path, table) as file:
        while chunk:
            columns = dict(zip(schema.names, map(list, zip(*chunk, strict=True)), strict=True))
            file.write(pa.table(columns, schema=schema))
            chunk = list(islice(rows, ROWS))
