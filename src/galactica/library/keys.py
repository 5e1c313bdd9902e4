"""Keys and root documents: what a person who publishes does with `spread.trust`.

Keys lie in `keys/` beside the settings. The time comes in; nothing here asks a clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from galactica.errors import InputError, ProofError, UsageError
from galactica.library.settings import Settings
from galactica.library.static_signing import sign_static
from galactica.spread.trust.chain import RootSignatures, first_root, follow_roots, root_signatures
from galactica.spread.trust.folder import METADATA, PENDING, put_file, read_bounded_bytes, read_roots
from galactica.spread.trust.key_files import (
    KeptKey,
    kept_keys,
    new_key,
    new_key_files,
    open_key,
    passphrase_from,
    public_key,
    secret_file,
)
from galactica.spread.trust.making_roots import begun_root, collect_signatures, rotated_root, sign_root
from galactica.spread.trust.metadata import ROOT_DAYS, TIMESTAMP_DAYS
from galactica.spread.trust.roots import MOST_ROOT, RootDocument, described_root, keyid_of, read_root
from galactica.spread.trust.secret import SecretKey
from galactica.spread.trust.signing import Agree, PublicationSigner, SignedParts, add_pending_root, sign_publication

__all__ = [
    "KeptKey",
    "PublicationSigner",
    "RootState",
    "SecretKey",
    "SignedParts",
    "described_root",
    "kept_keys",
    "keys_folder",
    "new_key",
    "new_key_files",
    "new_root",
    "next_root_of",
    "open_key",
    "passphrase_from",
    "public_key",
    "root_states",
    "secret_file",
    "sign_at",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RootState:
    """A root document, and who has signed it.

    Attributes:
        document: the root.
        signatures: who has, and who must still.
        place: its file.
        waiting: whether it waits for signatures, where no reader asks for it.
    """

    document: RootDocument
    signatures: RootSignatures
    place: Path
    waiting: bool


def keys_folder(settings: Settings) -> Path:
    """Where the person's keys lie."""
    return settings.path.parent / "keys"


def new_root(
    keys: Sequence[str],
    threshold: int,
    out: Path,
    *,
    settings: Settings,
    now: datetime,
    title: str = "",
    server: Sequence[str] = (),
    days: int = ROOT_DAYS,
) -> RootState:
    """Make the first root of a publication, which nobody has signed yet.

    Args:
        keys: those that sign roots and releases: names, files, or lines; NAME=KEY calls one otherwise.
        threshold: how many of them must.
        out: a file, or the folder of a publication, where it waits for signatures.
        now: the time, UTC.
        title: what the publication is called.
        server: keys of which one signs what is newest; empty: one of `keys`.
        days: how long it holds on line.

    Raises:
        UsageError: a key is none, the threshold cannot be, or there is something at the place.
    """
    named = [public_key(each, keys_folder(settings)) for each in keys]
    line = [public_key(each, keys_folder(settings)) for each in server]
    raw = begun_root(title, named, threshold, expires=now + timedelta(days=days), online=line)
    return _placed_root(raw, out, None)


def next_root_of(
    place: Path,
    *,
    settings: Settings,
    now: datetime,
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
    server: Sequence[str] = (),
    threshold: int = 0,
    out: Path | None = None,
    days: int = ROOT_DAYS,
) -> RootState:
    """Make the root that follows the newest one, which nobody has signed yet.

    Args:
        place: the folder of a publication, or the file of the newest root.
        add: keys that may sign from now on.
        remove: keys that may sign no more: as in `add`, or by name or number as the root has them.
        out: where it is put; None: where a publication's folder keeps what waits.

    Raises:
        UsageError, ProofError: as `new_root`; or the root that is there does not hold.
    """
    if place.is_dir():
        roots = read_roots(place / METADATA)
        if not roots:
            raise UsageError(f"{place} has no root document.", "Make one: galactica keys root.")
        before = follow_roots(roots).document
    else:
        before = first_root(read_bounded_bytes(place, MOST_ROOT)).document
        if out is None:
            raise UsageError("Where the next root goes is not said.", "Name a file: --out FILE.")
    folder = keys_folder(settings)
    raw = rotated_root(
        before,
        expires=now + timedelta(days=days),
        add=[public_key(each, folder) for each in add],
        remove=[_keyid(each, before, folder) for each in remove],
        online=[public_key(each, folder) for each in server],
        threshold=threshold,
    )
    return _placed_root(raw, out if out is not None else place, before)


def sign_at(
    place: Path,
    secrets: Sequence[SecretKey],
    *,
    now: datetime,
    agree: Agree,
    others: Sequence[Path] = (),
    release: str = "",
    days: int = TIMESTAMP_DAYS,
) -> SignedParts:
    """Sign what waits at a place: a root document in a file, or what a publication's folder has.

    Args:
        secrets: the keys at hand; none only collects signatures.
        agree: asked before each signature.
        others: copies of the same root, with signatures of others.
        release: which one of a publication is signed; "": the newest; "*": all.
        days: how long the timestamp holds.

    Raises:
        UsageError, ProofError, InputError: as `sign_publication`.
    """
    copies = [read_bounded_bytes(each, MOST_ROOT) for each in others]
    if place.is_dir():
        for raw in copies:
            add_pending_root(place, raw)
        found = sign_publication(place, secrets, now, agree=agree, release=release, days=days)
        return replace(found, signed=(*found.signed, *sign_static(place, secrets)))
    raw = collect_signatures(read_bounded_bytes(place, MOST_ROOT), copies)
    signed = []
    for each in secrets:
        document = read_root(raw)
        keyid = keyid_of(each.public.raw)
        who = (
            document.keys[keyid].told if keyid in document.keys else f"{each.public.short}, a key that it does not have"
        )
        told = f"{described_root(document)} By {who}."
        if keyid not in document.metadata.signatures and agree(told):
            raw = sign_root(raw, each)
            signed.append(told)
    put_file(place, raw)
    missing = root_signatures(read_root(raw), None).missing
    return SignedParts(signed=tuple(signed), pending=tuple(f"{each.told}." for each in missing), state=None)


def root_states(place: Path) -> tuple[RootState, ...]:
    """The roots of a publication in the order of their versions, those that wait last; or the one in a file.

    Raises:
        InputError: there is none, or it cannot be read.
        ProofError: one is damaged.
    """
    if not place.is_dir():
        document = read_root(read_bounded_bytes(place, MOST_ROOT))
        return (RootState(document=document, signatures=root_signatures(document, None), place=place, waiting=False),)
    found: list[RootState] = []
    before: RootDocument | None = None
    for folder, waiting in ((place / METADATA, False), (place / METADATA / PENDING, True)):
        for version, raw in sorted(read_roots(folder).items()):
            document = read_root(raw)
            signatures = root_signatures(document, before)
            file = folder / f"{version}.root.json"
            found.append(RootState(document=document, signatures=signatures, place=file, waiting=waiting))
            before = document
    if not found:
        raise InputError(f"{place} has no root document.", "Name a publication, or a file of a root.")
    return tuple(found)


def _placed_root(raw: bytes, out: Path, before: RootDocument | None) -> RootState:
    document = read_root(raw)
    if out.is_dir() or out.suffix != ".json":
        add_pending_root(out, raw)
        file, waiting = out / METADATA / PENDING / f"{document.version}.root.json", True
    else:
        if out.exists():
            raise UsageError(f"{out} exists already.", "Name another file, or move it away.")
        file, waiting = put_file(out, raw), False
    signatures = root_signatures(document, before)
    return RootState(document=document, signatures=signatures, place=file, waiting=waiting)


def _keyid(name: str, document: RootDocument, folder: Path) -> str:
    """The id of a key of a root, as a person means it."""
    found = [keyid for keyid, each in document.keys.items() if name in (each.name, each.key.short, keyid)]
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        raise UsageError(f"Root {document.version} has {len(found)} keys called {name}.", "Name it by its number.")
    try:
        return public_key(name, folder).keyid
    except (UsageError, ProofError) as error:
        raise UsageError(f"Root {document.version} has no key called {name}.", "See galactica keys show.") from error
