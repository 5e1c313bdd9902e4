"""The records of an edition by their keys: what a record is looked for, and its table sorted, by.

The key of an article is its id, of a media file its SHA-256, of a source its key; of any other record its source, NUL
and its path, in UTF-8: text has no NUL, and UTF-8 sorts as code points do, so that keys sort as records do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.parquet as pq

from galactica.edition.damage import damaged
from galactica.edition.read import Edition
from galactica.edition.record import Value
from galactica.edition.table import Row, table
from galactica.faults import is_machines

_BATCH = 512


def keyed_records(edition: Edition, name: str) -> Iterator[tuple[bytes, bytes]]:
    """(key, record) of a small table, in the order of its rows; of media without their bytes.

    Raises:
        EditionError: the table is damaged.
    """
    kind = table(name)
    assert kind.record is not None
    columns = ["hash", "mime", "size"] if name == "media" else None
    for file in sorted((edition.path / "data" / name).glob("*.parquet")):
        try:
            with pq.ParquetFile(file) as parquet:
                for batch in parquet.iter_batches(_BATCH, columns=columns):
                    for row in batch.to_pylist():
                        yield key_of_row(name, row), kind.record(row, edition.statement.format)
        except (OSError, pa.ArrowException, LookupError, TypeError, ValueError, AttributeError) as error:
            if is_machines(error):
                raise
            raise damaged(edition.path, f"its file data/{name}/{file.name} cannot be read") from error


def key_of_row(name: str, row: Row) -> bytes:
    """The key of a row of a small table."""
    if name == "media":
        return bytes(row["hash"])
    if name == "sources":
        return str(row["key"]).encode()
    return f"{row['source']}\0{row['path']}".encode()


def key_of_fields(name: str, fields: Mapping[str, Value]) -> bytes:
    """The key of a record of any table but `edition`, by its fields (`decode.fields_of`).

    Raises:
        ValueError: a field that it is made of is missing.
    """
    wanted = {"articles": "id", "media": "hash", "sources": "key"}.get(name, "source")
    found = fields.get(wanted)
    if isinstance(found, bytes):
        return found
    if not isinstance(found, str):
        raise ValueError(f"it has no {wanted}")
    return found.encode() if name == "sources" else f"{found}\0{fields.get('path', '')!s}".encode()
