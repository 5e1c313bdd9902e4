"""An edition brought up to date in its place: the new one is made beside it, then the two trade their names.

All work is done in `NAME.updating/`. Until the trade, in one step where the system can (`codes.exchange`), the old
edition stands there as it was; after it the new one, whole. What a killed update left is taken away by the next one.
Programs that have the old edition open go on with what they have opened of it; what they open later is refused, because
it is another edition's, and they open the edition again (`edition.rows`).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from galactica import encode
from galactica.building.meaning import Note, add_meaning, unheard
from galactica.codes.exchange import exchange, settle
from galactica.codes.lock import locked
from galactica.edition import Edition
from galactica.edition.decode import fields_of
from galactica.edition.info import read_statement
from galactica.errors import GalacticaError, ProofError
from galactica.faults import stopped
from galactica.hints import word
from galactica.progress import Report, silent
from galactica.search.meaning.layout import meaning_info
from galactica.spread.assembly.assembling import keep_beside, place_edition
from galactica.spread.delta.applying import DERIVED_LEFT, apply_changes
from galactica.spread.delta.changes import Changes
from galactica.spread.delta.document import read_index
from galactica.spread.delta.making import chain
from galactica.spread.delta.numbered import EDITION

UPDATING = ".updating"
"""How the folder of the work is called, after the edition."""

_MADE, _LOCK = "edition", "lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatedEdition:
    """What an update did.

    Attributes:
        before, root: root of the edition that was there, and of the one that is there now; the same where it was up to
            date.
        number: of the edition that is there now.
        fetched: bytes that were read for it.
        way: "delta", "whole", or "none" where it was up to date.
    """

    before: str
    root: str
    number: int
    fetched: int
    way: str


@contextmanager
def at_work(edition: Path) -> Iterator[Path]:
    """Be the only one that updates an edition; gives the folder to work in, which is removed when all is done.

    Raises:
        UsageError: another process updates it.
        MissingError, LimitError: the machine's refusals.
    """
    settle(edition)
    work = edition.with_name(edition.name + UPDATING)
    try:
        work.mkdir(exist_ok=True)
        with locked(work / _LOCK, f"{edition} is being updated by another process."):
            shutil.rmtree(work / _MADE, ignore_errors=True)
            try:
                yield work
                shutil.rmtree(work)
            except BaseException:
                shutil.rmtree(work / _MADE, ignore_errors=True)  # what was fetched stays for the next try
                if [each.name for each in work.iterdir()] == [_LOCK]:
                    shutil.rmtree(work)
                raise
    except OSError as error:
        raise stopped("The update", error, work) from error


def update_by_deltas(
    edition: Path,
    deltas: Sequence[Path],
    work: Path,
    *,
    root: str = "",
    older: bool = False,
    beside: Mapping[str, bytes] | None = None,
    meaning: bool = True,
    workers: int = 0,
    report: Report = silent,
    note: Note = unheard,
) -> UpdatedEdition:
    """Bring an edition up to date by a chain of deltas.

    Args:
        deltas: in their order; the first is for the edition as it is.
        work: as `at_work` gives it.
        root: that it must have afterwards, 64 hex digits; "": the one that the deltas lead to.
        older: it may become an older edition than it is.
        beside: name → content of what stands in `release/` afterwards; None: nothing.
        meaning: whether its codes of meaning, where it has any, are carried over.
        workers: processes that encode passages.
        report: stages "unpack" (records), "write" and "index" (articles), "meaning" (passages).
        note: told what is not carried over.

    Raises:
        UsageError: a delta is for another edition.
        ProofError: a delta is damaged, leads to another root, or back.
        EditionError: the edition is damaged.
        MissingError, LimitError: the machine's refusals.
    """
    made = work / _MADE
    deltas = _left(edition, deltas)
    if not deltas:
        with Edition.open(edition) as there:
            said = there.statement
        _check_named(root, said.root)
        return UpdatedEdition(before=said.root, root=said.root, number=said.number, fetched=0, way="none")
    with chain(edition, deltas, report=report) as (records, changes):
        before = records.root
        number = _check(changes, root, older)
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()
        apply_changes(records, changes, made, report=report)
    if meaning:
        carry_meaning(edition, made, workers, report, note)
    if (edition / DERIVED_LEFT).exists():
        note(f"What was found by joining is not carried over; make it again: galactica join {word(edition)}")
    if beside is not None:
        keep_beside(made, beside)
    place_edition(made, edition, changes.root, exchange)
    fetched = sum(delta.stat().st_size for delta in deltas)
    return UpdatedEdition(before=before, root=changes.root, number=number, fetched=fetched, way="delta")


def _left(edition: Path, deltas: Sequence[Path]) -> Sequence[Path]:
    """The deltas of a chain that lead on from where the edition is: an update may have been killed at its last step."""
    there = read_statement(edition).root
    for number in range(len(deltas), 0, -1):
        with deltas[number - 1].open("rb") as file:
            if read_index(file).root == there:
                return deltas[number:]
    return deltas


def _check_named(root: str, leads: str) -> None:
    if root and leads != root:
        raise ProofError(
            f"The delta leads to the edition {leads}, not to {root}.",
            "Compare the root with what whoever made the edition says of it.",
        )


def _check(changes: Changes, root: str, older: bool) -> int:
    """See that the deltas lead where they should; returns the number of the edition there."""
    _check_named(root, changes.root)
    try:
        numbers = [
            fields_of(raw, EDITION, version).get("number", 1)
            for raw, version in ((changes.before, 2), (changes.after, changes.version))
        ]
    except ValueError as error:
        raise ProofError(
            f"The delta says nothing of the edition that can be read ({error}).", "Fetch it again."
        ) from None
    before, after = (int(str(each)) for each in numbers)
    if after < before and not older:
        raise ProofError(
            f"The delta leads from number {before} back to number {after}.",
            "Somebody may want you to have an old edition; where that is what you want, add --older.",
        )
    return after


def carry_meaning(old: Path, made: Path, workers: int, report: Report, note: Note) -> None:
    """Take the codes of passages over from `old`, and encode what is new in `made`, by the same encoder; where that is
    not here, it is said."""
    with Edition.open(old) as edition:
        info = meaning_info(edition)
    if info is None:
        return
    same = False
    with suppress(GalacticaError):
        same = encode.identity(info.encoder) == (info.dimensions, info.digest)
    if same:
        add_meaning(made, encoder=info.encoder, workers=workers, parent=old, report=report, note=note)
        return
    note(
        f"The index of meaning was made by an encoder ({info.encoder}) that is not here; words are searched alone. "
        f"To make one: galactica index {word(old)} --only meaning"
    )
