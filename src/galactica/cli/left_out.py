"""What an edition left out, in words: a line for each kind of thing, with the reason and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from galactica.cli.terminal import one_line
from galactica.wire.left_out import KEPT, why_left_out

if TYPE_CHECKING:
    from galactica.edition import EditionInfo

SHOWN = 12
"""Lines that are shown; --json gives all."""

ONLY_BYCATCH = (
    "Nothing of what {sources} is for could be read: the edition holds read-me files, licences or lists of files "
    "alone.\n"
    "Turn what was left out into a kind of file that is read (HTML, Markdown, text, a table, a ZIM, a dump)."
)

DAMAGED = (
    "DAMAGED SOURCE: {count} could not be read and {be} missing; the rest was read.\n"
    'Fetch the source again, or see what is missing: galactica sql "from rejected where reason in '
    "('truncated', 'checksum', 'malformed', 'unreadable')\" --edition {edition}"
)


def damaged_note(count: int, edition: str) -> str:
    """That so many things are missing because the bytes of a source are damaged.

    Args:
        edition: as a word of a command.
    """
    many = "1 page, row or part of it" if count == 1 else f"{count:,} pages, rows or parts of it"
    return DAMAGED.format(count=many, be="is" if count == 1 else "are", edition=edition)


def left_out_lines(value: EditionInfo) -> Iterator[str]:
    """The sum of what was left out, a line for each kind."""
    left = [each for each in value.left_out if each.reason != KEPT]
    for each in left[:SHOWN]:
        reason = why_left_out(each) or one_line(each.reason)
        such = "such as " if each.count > 1 else ""
        example = f" ({such}{one_line(each.example)[:60]})" if each.example else ""
        yield f"{each.count:,} × {one_line(each.kind) or one_line(each.reason)}: {reason}{example}"
    rest = sum(each.count for each in left[SHOWN:])
    if rest:
        yield f"{rest:,} × of other kinds; --json lists all"


def kept(value: EditionInfo) -> str:
    """The files that are kept because pages link to them, though nothing of them could be read; "" for none."""
    found = [each for each in value.left_out if each.reason == KEPT]
    kinds = ", ".join(f"{each.count:,} × {one_line(each.kind)}" for each in found[:SHOWN])
    return (
        f"{kinds}{', …' if len(found) > SHOWN else ''}, as files that pages link to; their text is not searched"
        if found
        else ""
    )
