"""`follow`: addresses are kept in a folder, asked in rounds, and built into one edition after the other.

    FOLDER/journal.sqlite   what is followed and what came of it       FOLDER/NAME-0001.edition …   the editions
    FOLDER/kept/            the items as JSON Feeds, for the builds    FOLDER/latest.edition        leads to the last

Killed at any moment, the next round goes on: what had been entered in the journal is there once, what had not comes
again.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from galactica import __version__
from galactica.building.ground import check_text
from galactica.codes.lock import locked
from galactica.edition import EditionInfo
from galactica.errors import UsageError
from galactica.faults import stopped
from galactica.follow.asking import ask_source
from galactica.follow.fetching import Fetcher
from galactica.follow.journal import Journal
from galactica.follow.next_edition import EditionOptions, next_edition
from galactica.follow.round import Round, RoundOptions, Tally
from galactica.network.addresses import AddressError, checked_address, source_key
from galactica.network.connection import Opener, open_address
from galactica.progress import Report, silent

JOURNAL = "journal.sqlite"
LOCK = "lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What a round gave.

    Attributes:
        folder: where it is kept.
        sources: what came of each, in the order in which they were taken in.
        path: of the edition that was built; None where none was.
        edition: it at a glance.
    """

    folder: Path
    sources: tuple[Tally, ...]
    path: Path | None = None
    edition: EditionInfo | None = None

    @property
    def failed(self) -> int:
        """Sources that could not be asked, or not whole."""
        return sum(bool(tally.problem) for tally in self.sources)


def unheard_note(said: str) -> None:
    """A note that nobody reads."""


def follow(
    folder: Path | str,
    addresses: Sequence[str] = (),
    *,
    forget: Sequence[str] = (),
    options: RoundOptions | None = None,
    edition: EditionOptions | None = None,
    building: bool = True,
    allow_local: bool = False,
    report: Report = silent,
    note: Callable[[str], None] = unheard_note,
    opener: Opener = open_address,
    clock: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
) -> Followed:
    """Ask everything that is followed in a folder once, and build the next edition of it.

    Args:
        folder: made if missing.
        addresses: to be followed from now on, besides those that are.
        forget: addresses that are not asked any more; what came of them stays.
        options, edition: of the round, and of the edition.
        building: whether an edition is built where anything changed.
        allow_local: whether the addresses may be on this machine or its network.
        report: stages "ask", "lists", "pages", "events", and those of `build`.
        note: told what a person should know and is no error.
        opener, clock, sleep: how a request is sent, seconds since 1970, and how is waited.

    Raises:
        UsageError: an address is none, nothing is followed, the folder is another's, or in use.
        EditionError: the journal cannot be read.
        MissingError, LimitError: the machine is short of something.
    """
    folder = Path(folder)
    check_text(str(folder.absolute()), "The path of the folder")
    named = [_checked(address) for address in addresses]
    forgotten = [_checked(address) for address in forget]
    _check_folder(folder, bool(named))
    options = options or RoundOptions()
    if not options.contact.isascii() or not (options.contact + "x").isprintable():
        raise UsageError(f"The contact {options.contact!r} cannot be told to servers.", "Write it in plain ASCII.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder / LOCK, f"{folder} is being followed by another process."):
            journal = Journal(folder / JOURNAL)
            try:
                _enter(journal, folder, named, forgotten, edition)
                said = kept_options(journal, options)
                agent = f"galactica/{__version__}" + (f" ({said.contact})" if said.contact else "")
                fetcher = Fetcher(opener, clock=clock, sleep=sleep, agent=agent, allow_local=allow_local)
                turn = Round(journal=journal, fetcher=fetcher, options=said, clock=clock, report=report)
                return _round(turn, folder, edition or EditionOptions(), building, note)
            finally:
                journal.close()
    except (OSError, sqlite3.Error) as error:
        raise stopped("Following", error, folder) from error
    except KeyboardInterrupt as stop:
        if not getattr(stop, "__notes__", None):
            stop.add_note(f"What was fetched is kept in {folder}; the same command goes on from there.")
        raise


def _round(turn: Round, folder: Path, edition: EditionOptions, building: bool, note: Callable[[str], None]) -> Followed:
    sources = turn.journal.sources()
    for done, source in enumerate(sources):
        turn.report("ask", done, len(sources), "sources")
        ask_source(turn, source)
    turn.report("ask", len(sources), len(sources), "sources")
    made = next_edition(turn.journal, folder, edition, turn.report, note) if building else None
    path, info = made if made else (None, None)
    return Followed(folder=folder, sources=tuple(turn.tallies), path=path, edition=info)


def _enter(
    journal: Journal, folder: Path, named: list[str], forgotten: list[str], edition: EditionOptions | None
) -> None:
    with journal.change():
        for address in named:
            journal.add_source(address, source_key(address))
        for address in forgotten:
            if not journal.forget(address):
                raise UsageError(f"{address} is not followed in {folder}.", "See what is: galactica follow --json NAME")
        if edition and edition.title:
            journal.set_meta("title", edition.title)
    if not journal.sources() and not forgotten:
        raise UsageError(f"Nothing is followed in {folder}.", "Name the address of a feed, sitemap, wiki or stream.")


def kept_options(journal: Journal, options: RoundOptions) -> RoundOptions:
    """Options with what was said in earlier rounds and not now; what is said now holds from then on.

    Whether this machine may be asked has to be said each time.
    """
    with journal.change():
        if options.pages is not None:
            journal.set_meta("pages", "1" if options.pages else "")
        if options.wikis:
            journal.set_meta("wikis", " ".join(sorted(options.wikis)))
        if options.contact:
            journal.set_meta("contact", options.contact)
    return replace(
        options,
        pages=bool(journal.meta("pages")),
        wikis=frozenset(journal.meta("wikis").split()),
        contact=journal.meta("contact"),
    )


def _checked(address: str) -> str:
    try:
        return checked_address(address)
    except AddressError as error:
        example = "Name an address such as https://example.org/feed.xml"
        raise UsageError(f"{address!r} cannot be followed: {error}.", example) from None


def _check_folder(folder: Path, new: bool) -> None:
    """Raise UsageError where a folder is not one of ours, or there is nothing in it to go on with."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is no folder.", "Choose another name.")
    if (folder / JOURNAL).exists():
        return
    if folder.is_dir() and any(entry.name != LOCK for entry in folder.iterdir()):
        raise UsageError(
            f"{folder} holds other things, and nothing is followed in it.", "Choose another name; nothing is mixed in."
        )
    if not new:
        raise UsageError(f"Nothing is followed in {folder}.", "Name the address of a feed, sitemap, wiki or stream.")
