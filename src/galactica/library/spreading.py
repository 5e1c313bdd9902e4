"""Publishing an edition, and fetching one: what a person does with `spread.release` and `spread.fetching`."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from galactica.building.meaning import Note, unheard, wanted_encoder
from galactica.edition import Edition
from galactica.edition.partial import read_partial
from galactica.errors import UsageError
from galactica.library.passing_on import CarriedSignatures, DeltaFrom
from galactica.library.settings import Settings
from galactica.library.trusting import root_as_typed, trust_store
from galactica.progress import Report, silent
from galactica.spread.assembly.assembling import add_codes
from galactica.spread.delta.publishing import deltas_from_releases
from galactica.spread.fetching.choosing import ReleaseWish
from galactica.spread.fetching.fetching import FetchedEdition, fetch_edition
from galactica.spread.fetching.mirrors import Opener
from galactica.spread.release.document import Release
from galactica.spread.release.publishing import (
    DeltaMaker,
    PublishedRelease,
    ReleaseSigner,
    check_publication_folder,
    publish_edition,
)
from galactica.spread.static.making import STATIC, StaticMaker
from galactica.spread.trust.folder import METADATA, read_roots

if TYPE_CHECKING:  # what signs is loaded where something is signed
    from galactica.spread.trust import SecretKey
    from galactica.spread.trust.signing import PublicationSigner

__all__ = ["FetchedEdition", "PublishedRelease", "Release", "fetch", "publish"]


def publish(
    path: Path | str,
    folder: Path | str,
    *,
    keys: Sequence[tuple[SecretKey, str]] = (),
    policy: Path | None = None,
    parents: Sequence[Path | str | int] = (),
    static: bool = False,
    keep: int | None = None,
    workers: int | None = None,
    now: datetime | None = None,
    report: Report = silent,
    note: Note = unheard,
) -> PublishedRelease:
    """Publish an edition in a folder that any web server, bucket or stick can carry.

    Args:
        path: the edition's folder.
        folder: of the publication; made where it is not there.
        keys: that sign it, with the names of their owners; none: the signatures that it came with, where it is
            published as it was; else nobody vouches for it.
        policy: file that says in which order it travels; None: safety and medicine first, then what much is linked to.
        parents: older editions; a number: that many of the newest releases before; a delta leads here from each.
        static: lay it out in `static/`, too, so that it is searched and read there by ranges alone.
        keep: how many releases stay; None: all.
        workers: processes; default: one a core. Changes nothing in the result.
        now: the time, UTC, that metadata holds from; default: the clock's.
        report: stages "order" and "pack" (articles), "delta" (records).
        note: told what a person should know and is no error.

    Raises:
        EditionError: there is no edition at `path`, or it is damaged.
        InputError: the policy cannot be read.
        UsageError: it cannot follow what is published there; the keys may not sign it; it is a part of an edition.
        ProofError: the chain of roots that is there does not hold.
        MissingError, LimitError: the machine's refusals.
    """
    path, folder = Path(path), Path(folder)
    if read_partial(path) is not None:
        raise UsageError(f"{path} is a part of an edition.", "Fetch or receive the rest of it first.")
    check_publication_folder(folder)
    signer: ReleaseSigner = CarriedSignatures(path)
    own: PublicationSigner | None = None
    if keys:
        from galactica.spread.trust.signing import PublicationSigner

        with Edition.open(path) as edition:
            title = edition.statement.title
        signer = own = PublicationSigner(folder, keys, now or datetime.now(UTC), title=title)
    maker = StaticMaker(signer, read_roots(folder / METADATA)) if keys else StaticMaker()
    makers: list[DeltaMaker] = []
    for each in parents:
        if isinstance(each, int):
            makers += deltas_from_releases(path, folder, each)
        else:
            makers.append(DeltaFrom(parent=Path(each), note=note))
    if static and keys:  # another release than the one it came with would not be signed by those who signed that
        makers.append(maker)
    published = publish_edition(
        path, folder, policy=policy, signer=signer, deltas=makers, keep=keep, workers=workers, report=report
    )
    for each in own.state.pending if own is not None and own.state is not None else ():
        note(f"Waits for others to sign: {each}")
    if static and maker.written is None:
        with Edition.open(path) as edition:
            maker.lay_out(edition, folder / STATIC, report=report)
    return published


def fetch(
    sources: Sequence[str],
    out: Path | str,
    *,
    root: str = "",
    number: int = 0,
    share: float = 1.0,
    offline: bool = False,
    allow_local: bool = False,
    settings: Settings | None = None,
    meaning: bool = True,
    encoder: str = "",
    workers: int | None = None,
    opener: Opener | None = None,
    now: datetime | None = None,
    clock: Callable[[], float] = time.monotonic,
    report: Report = silent,
    note: Note = unheard,
) -> FetchedEdition:
    """Fetch an edition from its mirrors, check it, put it together, and give it its name when it is whole.

    Args:
        sources: addresses and folders of one publication.
        out: the folder to make; only a part of the same edition may stand there.
        root: of the edition as the person knows it, 64 hexadecimal digits; "": whom this machine trusts decides.
        number: of the edition; 0: the newest.
        share: of what travels, above 0 to 1: with less than all, an edition of the most important part is made.
        offline: what mirrors on the net say of what is newest may be out of date.
        allow_local: addresses may be on this machine or its network.
        settings: beside which it is kept whom this machine trusts; default: the person's.
        meaning: whether the index of meaning is made, where there is an encoder; encoder: that it is made with.
        workers: processes; default: one a core.
        opener, now, clock: for tests.
        report: stages "fetch" (bytes), "write" and "index" (articles), "meaning" (passages).
        note: told what vouches for the edition, and which mirrors are left.

    Raises:
        UsageError: something else stands at `out`; a source or the root is none.
        ProofError: what is offered is refused: forged, old, of another publication, or contradicted by another mirror.
        InputError: it cannot be had; what was fetched is kept.
        EditionError: what arrived does not give the root.
        MissingError, LimitError: the machine's refusals.
    """
    root = root_as_typed(root)
    if not sources:
        raise UsageError("No publication was named.", "Name an address or a folder.")
    if not 0 < share <= 1:
        raise UsageError("A share is more than nothing, and at most all.", "Say for instance --share 5.")
    encoder = wanted_encoder(encoder) if meaning else ""
    out = Path(out)
    store = trust_store(settings or Settings.default())
    wish = ReleaseWish(store=store, now=now or datetime.now(UTC), root=root, number=number, offline=offline)
    found = fetch_edition(
        sources,
        out,
        wish,
        **({"opener": opener} if opener is not None else {}),
        clock=clock,
        allow_local=allow_local,
        share=share,
        workers=workers,
        report=report,
        note=note,
    )
    if meaning:
        hands = max(0, workers if workers is not None else os.cpu_count() or 1)
        add_codes(out, encoder=encoder, workers=hands, report=report, note=note)
    return found
