"""Something wrong in an edition, and how whatever reading one of its tables ends in becomes a problem that is told."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from galactica.edition.damage import DamageError
from galactica.errors import EditionError
from galactica.faults import is_machines

MAX_PROBLEMS = 1000
"""Problems that are listed; a wholly broken edition needs no longer list."""

BROKEN = (
    *(OSError, pa.ArrowException, EditionError, LookupError, TypeError, ValueError),
    *(AttributeError, ArithmeticError),  # columns of other kinds than they should be
)
"""What reading a broken table ends in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong: `where` (a file of the edition), `what` (for a person), `article` (title or row, or "")."""

    where: str
    what: str
    article: str = ""


def unread(error: Exception) -> str:
    """What is said of a table that reading ended in `error`: our own words, never a library's."""
    return f"cannot be read ({error.what})" if isinstance(error, DamageError) else "cannot be read"


def pass_on(error: BaseException) -> None:
    """Raise what says that the machine is short of something: it says nothing of the edition."""
    if is_machines(error):
        raise error
