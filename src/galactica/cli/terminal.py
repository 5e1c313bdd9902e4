"""Writing: results to standard output, everything else to standard error, and no control character from an article.

An article may hold escape sequences that would move the cursor, rename the window or type commands; `without_controls`
replaces each control character by U+FFFD, one for one, so that spans of marked text stay where they are.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from galactica.model.json import Json
    from galactica.wire.objects import JsonObject

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""C0 without tab and line feed, DEL, and C1 (U+009B starts an escape sequence too). ECMA-48."""


def without_controls(text: str) -> str:
    """`text` without control characters; same length."""
    return CONTROL.sub("\ufffd", text)


def one_line(text: str) -> str:
    """`text` on one line; same length."""
    return without_controls(text).replace("\n", " ").replace("\t", " ")


def write(text: str) -> None:
    """A line (or several) of the result."""
    sys.stdout.write(without_controls(text) + "\n")


def write_json(document: JsonObject | Mapping[str, Json]) -> None:
    """The one JSON document of a verb, on standard output."""
    from galactica.wire.objects import JsonObject, plain

    document = plain(document) if isinstance(document, JsonObject) else document
    narrow = "utf" not in (sys.stdout.encoding or "").lower()
    text = json.dumps(document, ensure_ascii=narrow, indent=2, allow_nan=False)
    # json escapes C0 by itself. The newlines of `indent` are ours.
    sys.stdout.write(re.sub(r"[\x7f-\x9f]", lambda match: f"\\u{ord(match.group()):04x}", text) + "\n")


def tell(text: str) -> None:
    """Words to the person, on standard error. That nobody listens there is no reason to stop."""
    try:
        sys.stderr.write(without_controls(text) + "\n")
        sys.stderr.flush()
    except (OSError, ValueError):  # closed, or nobody reads
        return


def tell_note(text: str) -> None:
    """What the person should know of work that is being done, on one line: a title, a name or a wish that a stranger
    wrote is in some of it, and must not look like a line of ours."""
    tell(one_line(text))


def muffle() -> None:
    """After a broken pipe or a full disk: let Python flush its buffers into nothing at exit."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, sys.stdout.fileno())
        sys.stdout.flush()
    except (OSError, ValueError):  # a stream without a file behind it has nothing to flush
        sys.stdout = io.StringIO()
    finally:
        os.close(nothing)


def console() -> Console:
    """A rich console on standard output that takes text as it is (no markup, no emoji, no guessing)."""
    from rich.console import Console

    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=not sys.stdout.isatty())


def write_table(columns: Sequence[str], rows: Iterable[Sequence[Json]]) -> None:
    """A table: drawn for a terminal, else lines of tab-separated values with their names first."""
    if not sys.stdout.isatty():
        for row in (columns, *rows):
            write("\t".join(one_line(cell(value)) for value in row))
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(header_style="bold")
    for column in columns:
        table.add_column(Text(one_line(column)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(without_controls(cell(value))) for value in row))
    console().print(table)


def cell(value: Json) -> str:
    """A value in a cell of a table."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def size(number: int) -> str:
    """Bytes for a person: 999 B, 12.3 kB, 4.56 GB (powers of 1,000)."""
    amount = float(number)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{number} B" if unit == "B" else f"{amount:.3g} {unit}"
        amount /= 1000
    return f"{amount:,.3g} TB"


@contextmanager
def notes() -> Iterator[Callable[[str], None]]:
    """Takes what a person should know and tells it when the block ends, however it ends: bars are gone by then."""
    said: list[str] = []
    try:
        yield said.append
    finally:
        for each in said:
            tell_note(each)
