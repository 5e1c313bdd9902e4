"""The cells of a Parquet table as `columns` knows them: which columns can be read, how long a cell is, what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from galactica.sources import columns

if TYPE_CHECKING:
    import pyarrow as pa


def text_like(schema: pa.Schema) -> list[str]:
    """The columns that can hold what a document is made of: texts, numbers, dates, lists of texts."""
    import pyarrow.types as t

    def usable(kind: pa.DataType) -> bool:
        if t.is_dictionary(kind):
            return usable(kind.value_type)
        if t.is_list(kind) or t.is_large_list(kind):
            return usable(kind.value_type) and not t.is_nested(kind.value_type)
        return bool(
            _is_text(kind)
            or t.is_binary(kind)
            or t.is_large_binary(kind)
            or t.is_integer(kind)
            or t.is_timestamp(kind)
            or t.is_date(kind)
        )

    return [field.name for field in schema if usable(field.type)]


def sizes(column: pa.Array) -> list[int]:
    """Bytes of text in each cell of a column; 0 for what is no text."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.types as t

    if t.is_list(column.type) or t.is_large_list(column.type):
        lengths = sizes(column.flatten())
        totals, place = [], 0
        for count in pc.list_value_length(column).to_pylist():
            totals.append(sum(lengths[place : place + (count or 0)]))
            place += count or 0
        return totals
    if t.is_dictionary(column.type):
        if not t.is_binary(column.type.value_type) and not _is_text(column.type.value_type):
            return [0] * len(column)
        found: Any = pc.take(pc.binary_length(column.dictionary), column.indices)
    elif t.is_binary(column.type) or t.is_large_binary(column.type) or _is_text(column.type):
        found = pc.binary_length(column)
    else:
        return [0] * len(column)
    assert isinstance(found, pa.Array)
    return [size or 0 for size in found.to_pylist()]


def cell_value(cell: object) -> columns.Value:
    """A cell as `columns` knows it; bytes are text where they are UTF-8, times are written in ISO 8601."""
    if cell is None or isinstance(cell, str | int | float):
        return cell
    if isinstance(cell, bytes):
        try:
            return cell.decode()
        except UnicodeDecodeError:
            return {}  # no text: the row is rejected for it, or the field left empty
    if isinstance(cell, list):
        return [cell_value(part) for part in cell]
    shown = getattr(cell, "isoformat", None)
    return str(shown()) if shown else {}


def _is_text(kind: pa.DataType) -> bool:
    import pyarrow.types as t

    return bool(t.is_string(kind) or t.is_large_string(kind))
