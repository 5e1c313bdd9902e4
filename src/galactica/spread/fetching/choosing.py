"""Which release is fetched: what each mirror offers, what vouches for it, and what is said where they do not agree.

Each mirror is asked by itself for the newest release that it has, or for the one that the person named, and what it
gives is checked before it counts (`spread.trust`): by the root that the person named, by the keys that this machine
trusts, at first use by the chain of roots that the publication shows, or by nothing, which is said. What is refused is
said with its reason, and that mirror is left. Of what is taken the highest number counts. Two releases of one number,
or two publications, are shown and refused: somebody is lying, and only the person can know who.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from galactica.errors import EditionError, GalacticaError, InputError, LimitError, ProofError
from galactica.network.connection import FetchError
from galactica.spread.fetching.mirrors import Mirror, read_file
from galactica.spread.fetching.objects import MirrorSet
from galactica.spread.release.document import Release
from galactica.spread.release.pack import object_hash
from galactica.spread.release.publication import (
    LIST,
    MAX_LIST,
    RELEASE,
    RELEASES,
    ListedRelease,
    read_list,
)
from galactica.spread.trust import TrustedRelease, TrustStore, decide
from galactica.spread.trust.chain import MOST_ROOTS, TrustedRoot, follow_roots
from galactica.spread.trust.folder import METADATA
from galactica.spread.trust.minisign import MOST_SIGNATURE
from galactica.spread.trust.online import OnlineState, StaleError, read_online
from galactica.spread.trust.roots import MOST_ROOT


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseWish:
    """Which release the person wants, and whom they trust.

    Attributes:
        store: whom this machine trusts.
        root: of the edition as the person knows it, 64 hex digits; "": the newest.
        number: of the edition; 0: the newest.
        expected: id of the publication that it must be of; "": any.
        offline: what mirrors on the net say of what is newest may be old.
        now: the time, UTC.
    """

    store: TrustStore
    now: datetime
    root: str = ""
    number: int = 0
    expected: str = ""
    offline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VouchedRelease:
    """A release that is taken, with what vouches for it.

    Attributes:
        trusted: why it is taken.
        release: what it holds.
        signatures, roots: as they stand beside it, by key id and by version.
        place: the address that it came from, "" of a folder.
        online: what the publication said on line of what is newest; None where it said nothing.
        newer: the highest number that its mirrors list, which may be above its own.
    """

    trusted: TrustedRelease
    release: Release
    signatures: Mapping[str, bytes]
    roots: Mapping[int, bytes]
    place: str = ""
    online: OnlineState | None = None
    newer: int = 0

    def beside(self) -> dict[str, bytes]:
        """Name → content of what stands beside its `release.json`."""
        files = {f"{RELEASE}.{keyid}.minisig": raw for keyid, raw in self.signatures.items()}
        return files | {f"{version}.root.json": raw for version, raw in self.roots.items()}

    def remember(self, store: TrustStore) -> None:
        """Keep in the store that it was taken: to be called when the edition has its place."""
        self.trusted.remember(store, self.place)
        if self.online is not None:
            store.keep_online(self.online.root, self.online.kept)


def choose_release(mirrors: MirrorSet, wish: ReleaseWish, told: Callable[[str], None]) -> VouchedRelease:
    """The release that is fetched.

    Args:
        told: hears what the person should know: what vouches, which mirrors are behind or left.

    Raises:
        ProofError: the mirrors do not agree, or what all of them offer is refused.
        InputError: none of them has a release, or what is wanted.
    """
    found: list[tuple[Mirror, VouchedRelease]] = []
    refused: list[GalacticaError] = []
    remedy = "Name another address, or try again later."
    for mirror in mirrors.asked():
        try:
            found.append((mirror, _offered(mirror, wish)))
        except FetchError as error:
            mirrors.leave(mirror, str(error))
            if error.reason == "address":
                remedy = "Add --allow-local if that is meant; no address on the public net leads there."
        except (ProofError, EditionError, LimitError) as error:
            refused.append(error)
            mirrors.leave(mirror, error.told.rstrip("."))
        except InputError as error:
            mirrors.leave(mirror, error.problem.rstrip("."))
            remedy = error.remedy
    if not found:
        if len(refused) == len(mirrors.mirrors) == 1:
            raise refused[0]
        kind = ProofError if refused else InputError
        raise kind(f"There is no release to fetch. {mirrors.reasons()}.", remedy)
    chosen = _agreed(mirrors, found)
    for mirror, offered in found:
        if offered.release.number < chosen.release.number:
            told(f"{mirror.name} is behind: it has number {offered.release.number}.")
    for said in chosen.trusted.said:
        told(said)
    return chosen


def is_listed(mirrors: MirrorSet, release: Release) -> bool:
    """Whether one of the mirrors lists a release still; those that cannot be asked are left."""
    for mirror in mirrors.asked():
        try:
            listed = read_file(mirror, f"{RELEASES}/{LIST}", MAX_LIST)
            if listed is not None and any(each.root == release.root for each in read_list(listed)):
                return True
        except (FetchError, EditionError) as error:
            mirrors.leave(mirror, str(error).rstrip("."))
    return False


def _agreed(mirrors: MirrorSet, found: list[tuple[Mirror, VouchedRelease]]) -> VouchedRelease:
    """The one of what was taken that counts; ProofError where two contradict each other."""
    vouched = [(mirror, each) for mirror, each in found if each.trusted.vouched != "nobody"]
    for mirror, each in found:
        if vouched and each.trusted.vouched == "nobody":
            mirrors.leave(mirror, "nothing vouches for what it offers, and another mirror's is signed")
    counted = vouched or found
    publications = {each.trusted.publication for _, each in counted}
    best = max((each for _, each in counted), key=lambda each: each.release.number)
    for _, each in counted:
        unlike = each.release.root != best.release.root
        same_number = each.release.number == best.release.number
        if unlike and (same_number or not vouched or len(publications) > 1):
            shown = "; ".join(
                f"{mirror.name} has number {other.release.number}, root {other.release.root}"
                for mirror, other in counted
            )
            raise ProofError(
                f"The mirrors do not agree: {shown}.", "Ask the publisher which is theirs, and name it: --root ROOT."
            )
    return best


def _offered(mirror: Mirror, wish: ReleaseWish) -> VouchedRelease:
    """The release that one mirror offers, checked."""
    listed = read_file(mirror, f"{RELEASES}/{LIST}", MAX_LIST)
    if listed is None:
        raise InputError("there is no publication.", "Name a folder that galactica publish made.")
    lines = read_list(listed)
    roots, trusted = _roots(mirror, wish)
    online = _online(mirror, wish, trusted)
    if online is not None:
        roots = {**roots, **online.roots}
    line = _line(mirror, lines, wish, online)
    folder = line.folder
    raw = read_file(mirror, f"{folder}/{RELEASE}", line.size)
    if raw is None or object_hash(raw) != line.hash:
        raise EditionError(f"Its {folder}/{RELEASE} is not the file that it lists.", "Take another mirror.")
    keyids = dict.fromkeys(line.signatures)
    if trusted is not None:
        keyids |= dict.fromkeys((online.root if online is not None else follow_roots(roots)).release_keys)
    signatures = {}
    for keyid in keyids:
        signature = read_file(mirror, f"{folder}/{RELEASE}.{keyid}.minisig", MOST_SIGNATURE)
        if signature is not None:
            signatures[keyid] = signature
    place = mirror.name if mirror.online else ""
    decision = decide(
        raw,
        signatures,
        roots,
        store=wish.store,
        named_root=wish.root,
        place=place,
        expected=wish.expected,
        older=bool(wish.number),
    )
    release = Release.from_bytes(raw)
    if (release.root, release.number) != (line.root, line.number):
        raise EditionError(f"Its {folder}/{RELEASE} is of another edition than it lists.", "Take another mirror.")
    return VouchedRelease(
        trusted=decision,
        release=release,
        signatures=signatures,
        roots=roots,
        place=place,
        online=online,
        newer=max(each.number for each in lines),
    )


def _line(
    mirror: Mirror, lines: tuple[ListedRelease, ...], wish: ReleaseWish, online: OnlineState | None
) -> ListedRelease:
    """The line of a mirror's list that is asked for; what is vouched for on line takes the place of the list."""
    if wish.root or wish.number:
        for each in lines:
            if wish.root in ("", each.root) and wish.number in (0, each.number):
                return each
        wanted = f"the edition {wish.root}" if wish.root else f"number {wish.number}"
        has = ", ".join(f"{each.number} ({each.root[:16]}…)" for each in lines[:5])
        raise InputError(f"it does not have {wanted}; it has {has}.", "Name one that it has.")
    if online is None:
        return lines[0]
    if not online.releases:
        raise ProofError(f"{mirror.name} has nothing that its publisher has signed.", "Take another mirror.")
    newest = online.releases[0]
    for each in lines:
        if each.hash == newest.digest and each.number == newest.number:
            return each
    raise ProofError(
        f"{mirror.name} does not list number {newest.number}, which its publisher says is the newest.",
        "Take another mirror.",
    )


def _roots(mirror: Mirror, wish: ReleaseWish) -> tuple[dict[int, bytes], TrustedRoot | None]:
    """The root documents of a mirror, and the newest that they lead to; nothing where it has none."""
    roots: dict[int, bytes] = {}
    try:
        while len(roots) < MOST_ROOTS:
            raw = read_file(mirror, f"{METADATA}/{len(roots) + 1}.root.json", MOST_ROOT)
            if raw is None:
                break
            roots[len(roots) + 1] = raw
        return roots, follow_roots(roots) if roots else None
    except (FetchError, GalacticaError):
        if wish.root:  # nobody's keys are asked for; what holds is kept, to be handed on
            return {}, None
        raise


def _online(mirror: Mirror, wish: ReleaseWish, root: TrustedRoot | None) -> OnlineState | None:
    """What the publication says on line of what is newest; None where it says nothing, or is not asked."""
    if root is None or not mirror.online or wish.offline or wish.root:
        return None
    known = wish.store.publication(root.publication)
    kept = wish.store.kept_online(root.publication)
    try:
        return read_online(
            known.root if known is not None else root, kept, lambda path, most: read_file(mirror, path, most), wish.now
        )
    except FetchError as error:
        raise StaleError(
            f"What is newest cannot be asked for: {error}.", "Try another mirror, or --offline."
        ) from error
