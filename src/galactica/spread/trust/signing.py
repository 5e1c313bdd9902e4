"""Signing what is published: a release when it is made, and whatever in a publication still waits for a signature.

Whoever signs should know what: a folder that went through other hands may hold another root than was spoken of. So each
signature is asked for with what it is given to (`Agree`), and releases are signed one by one, the newest where none is
named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from galactica.errors import ProofError, UsageError
from galactica.hints import word
from galactica.spread.trust.chain import TrustedRoot, follow_roots, next_root, root_signatures
from galactica.spread.trust.folder import (
    METADATA,
    PENDING,
    put_file,
    read_bounded_bytes,
    read_release,
    read_roots,
    read_signatures,
    release_folders,
    write_root,
    write_signature,
)
from galactica.spread.trust.making_roots import begun_root, collect_signatures, sign_root
from galactica.spread.trust.metadata import ROOT_DAYS, TIMESTAMP_DAYS, MetadataState, write_metadata
from galactica.spread.trust.releases import check_release, read_head, sign_release, signature_file
from galactica.spread.trust.roots import MOST_ROOT, NamedKey, described_root, keyid_of, read_root
from galactica.spread.trust.secret import SecretKey

Agree = Callable[[str], bool]
"""Asked before a signature is given: what is signed, for a person; whether it is to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedParts:
    """What signing a publication did.

    Attributes:
        signed: what was signed, and by whom; a line each.
        pending: what still waits for signatures; a line each.
        state: of the metadata; None where the chain of roots is not begun yet.
    """

    signed: tuple[str, ...]
    pending: tuple[str, ...]
    state: MetadataState | None


class PublicationSigner:
    """Signs what is published in a folder; begins its chain of roots where it has none and one key is given.

    Args:
        folder: of the publication, which need not be there yet.
        keys: the keys at hand, with the names of their owners.
        now: the time, UTC.
        title: what a publication that begins is called.

    Raises:
        UsageError: there is no root and more than one key is given, or none of them may sign releases.
        ProofError: the chain of roots that is there does not hold.
    """

    def __init__(self, folder: Path, keys: Sequence[tuple[SecretKey, str]], now: datetime, *, title: str = "") -> None:
        self._folder, self._now = folder, now
        self._secrets = [secret for secret, _ in keys]
        self.root = publication_root(folder, keys, now, title=title)
        self._may = [each for each in self._secrets if keyid_of(each.public.raw) in self.root.release_keys]
        if not self._may:
            may = ", ".join(each.told for each in self.root.release_keys.values())
            raise UsageError("None of these keys may sign releases of this publication.", f"Those that may: {may}.")
        self.state: MetadataState | None = None

    def beside(self, raw: bytes) -> Mapping[str, bytes]:
        """Name → content of the files that stand beside a `release.json` with these bytes: its signatures."""
        return {signature_file(each.public): sign_release(raw, each, self.root.publication) for each in self._may}

    def announce(self, folder: Path, release: object, raw: bytes) -> None:
        """Say in the metadata of the publication `folder` what is there now; `state` has what is still to be signed."""
        self.state = write_metadata(folder, self._secrets, self._now)


def publication_root(
    folder: Path, keys: Sequence[tuple[SecretKey, str]], now: datetime, *, title: str = ""
) -> TrustedRoot:
    """The newest root of a publication; where it has none, its first is made for one key, which signs everything.

    Raises:
        UsageError: it has none, and not exactly one key is given, or one waits for signatures.
        ProofError: the chain that is there does not hold.
    """
    roots = read_roots(folder / METADATA)
    if roots:
        return follow_roots(roots)
    if read_roots(folder / METADATA / PENDING):  # else one key would begin another chain, which it alone vouches for
        raise UsageError(
            f"The root document of {folder} waits for signatures; nothing is signed there before it holds.",
            f"Each of its people signs it first: galactica keys sign {word(folder)} --key KEY.",
        )
    if len(keys) != 1:
        raise UsageError(
            f"{folder} has no root document, which says how many of these keys must sign.",
            "Make one first: galactica keys root --threshold 2 KEY KEY KEY --out FOLDER.",
        )
    secret, name = keys[0]
    expires = now + timedelta(days=ROOT_DAYS)
    raw = sign_root(begun_root(title, [NamedKey(key=secret.public, name=name)], 1, expires=expires), secret)
    write_root(folder / METADATA, 1, raw)
    return follow_roots({1: raw})


def sign_publication(
    folder: Path,
    secrets: Sequence[SecretKey],
    now: datetime,
    *,
    agree: Agree,
    release: str = "",
    days: int = TIMESTAMP_DAYS,
) -> SignedParts:
    """Sign what waits in a publication: a root, a release, the metadata.

    Args:
        folder: of the publication.
        secrets: the keys at hand.
        now: the time, UTC.
        agree: asked before each root and release is signed.
        release: name of a release's folder; "": the newest; "*": all of them.
        days: how long the timestamp holds.

    Raises:
        UsageError: there is no such publication or release.
        ProofError: the chain of roots does not hold.
    """
    signed, pending = _sign_pending_root(folder, secrets, agree)
    roots = read_roots(folder / METADATA)
    if not roots:
        if not signed and not pending:
            raise UsageError(f"{folder} is no publication that anybody signs.", "Make its root: galactica keys root.")
        return SignedParts(signed=tuple(signed), pending=tuple(pending), state=None)
    root = follow_roots(roots)
    may = [each for each in secrets if keyid_of(each.public.raw) in root.release_keys]
    places = release_folders(folder)
    if release not in ("", "*"):
        places = tuple(each for each in places if each.name == release)
        if not places:
            raise UsageError(f"{folder} has no release {release}.", "They are the folders in releases/.")
    for place in places if release else places[:1]:
        raw, there = read_release(place), read_signatures(place)
        head = read_head(raw)
        for each in may:
            made, keyid = sign_release(raw, each, root.publication), keyid_of(each.public.raw)
            told = f"Release {head.number}, root {head.root}, {head.title!r}, by {root.release_keys[keyid].told}."
            if there.get(keyid) != made and agree(told):
                write_signature(place, each.public, made)
                signed.append(told)
        try:
            check_release(raw, read_signatures(place), root)
        except ProofError as error:
            pending.append(error.problem)
    state = write_metadata(folder, secrets, now, days=days)
    return SignedParts(signed=tuple(signed), pending=tuple(dict.fromkeys((*pending, *state.pending))), state=state)


def add_pending_root(folder: Path, raw: bytes) -> tuple[str, ...]:
    """Put a root document into a publication: to its place where enough keys have signed it, else to what waits, with
    the signatures of the copy that waits there already.

    Returns:
        What is still to be signed, a line each.

    Raises:
        ProofError: it does not follow the newest root, or another one waits already.
    """
    document = read_root(raw)
    roots = read_roots(folder / METADATA)
    before = follow_roots(roots) if roots else None
    if before is not None and before.version >= document.version:
        raise ProofError(f"{folder} has root {document.version} already.", "Make the next one: galactica keys rotate.")
    waiting = folder / METADATA / PENDING / f"{document.version}.root.json"
    if waiting.is_file():
        raw = collect_signatures(raw, [read_bounded_bytes(waiting, MOST_ROOT)])
    found = root_signatures(read_root(raw), before.document if before else None)
    if not found.enough:
        put_file(waiting, raw)
        return tuple(f"Root {document.version} waits: {each.told}." for each in found.missing)
    if before is not None:
        next_root(before, raw)
    write_root(folder / METADATA, document.version, raw)
    waiting.unlink(missing_ok=True)
    return ()


def _sign_pending_root(folder: Path, secrets: Sequence[SecretKey], agree: Agree) -> tuple[list[str], list[str]]:
    """Sign the root that waits, where one does; (what was signed, what still waits)."""
    signed: list[str] = []
    for _, raw in sorted(read_roots(folder / METADATA / PENDING).items()):
        document = read_root(raw)
        roots = read_roots(folder / METADATA)
        before = follow_roots(roots).document if roots else None
        judges = (document,) if before is None else (before, document)
        may = {each.keyid: each for judge in judges for each in judge.holders("root")}
        for each in secrets:
            keyid = keyid_of(each.public.raw)
            told = f"{described_root(document)} By {may[keyid].told}." if keyid in may else ""
            if told and keyid not in document.metadata.signatures and agree(told):
                raw = sign_root(raw, each)
                signed.append(told)
        return signed, list(add_pending_root(folder, raw))
    return signed, []
