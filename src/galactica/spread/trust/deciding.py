"""Whether a release is taken, and what the person is told: the one place where trust is decided.

In this order; the first that applies decides:

1. the person named the root of the edition: it is that one, or refused. Nothing else is asked.
2. the publication (that its roots are of, or its signatures name where it has no roots) is trusted on this machine: its
   chain of roots goes on from the root that is kept, the release has enough signatures by the newest, and is not
   older than what was taken before, unless that is asked for.
3. a key that the person trusts has signed it.
4. the address, or the edition that is to be updated, was another publication's, or signed and is not now: refused.
5. the publication shows a chain of roots: taken at first use, and said. From then on it is trusted.
6. there are no signatures: nothing vouches for it, and that is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from galactica.errors import ProofError
from galactica.spread.trust.chain import TrustedRoot, follow_roots, key_changes
from galactica.spread.trust.releases import (
    ReleaseHead,
    SignedRelease,
    check_release,
    named_publications,
    read_head,
    signed_by_key,
)
from galactica.spread.trust.roots import NamedKey, read_root
from galactica.spread.trust.seen import SeenNumber
from galactica.spread.trust.store import SeenPublication, TrustStore

Vouching = Literal["root", "publication", "key", "first use", "nobody"]
"""What vouches for a release: the root that the person named, a publication or key that is trusted, or neither."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedRelease:
    """A release that is taken, and why.

    Attributes:
        raw: its bytes.
        head: what it says of itself.
        vouched: what vouches for it.
        publication: id of its publication, 64 hex digits; "" where nothing of it is signed.
        signers: the keys that vouch.
        said: what the person is to be told; always something where `vouched` is "first use" or "nobody".
        root: the newest root of its publication; None where no chain of roots vouches.
    """

    raw: bytes
    head: ReleaseHead
    vouched: Vouching
    publication: str
    signers: tuple[NamedKey, ...]
    said: tuple[str, ...]
    root: TrustedRoot | None = None

    def remember(self, store: TrustStore, place: str = "") -> None:
        """Keep in the store that it was taken: to be called when the edition has its place."""
        if self.publication:
            store.remember(self.publication, self.head, self.root, place)


def decide(
    raw: bytes,
    signatures: Mapping[str, bytes],
    roots: Mapping[int, bytes],
    *,
    store: TrustStore,
    named_root: str = "",
    place: str = "",
    expected: str = "",
    older: bool = False,
) -> TrustedRelease:
    """Whether a release is taken.

    Args:
        raw: its release.json.
        signatures: its signature files by the key ids of their names.
        roots: the root documents of the publication by version.
        store: whom this machine trusts. Nothing is written to it: see `TrustedRelease.remember`.
        named_root: root of the edition as the person knows it, 64 lower-case hex digits; "": none named.
        place: the URL that it comes from, as the person named it; "": none, as of a folder or a stick, where something
            else may stand tomorrow.
        expected: id of the publication that it must be of, where an edition is updated; "": any.
        older: the person asked for one that is older than what was taken before.

    Raises:
        ProofError: it is not taken.
        UsageError: what is kept of the machine's trust cannot be read.
    """
    head = read_head(raw)
    if named_root:
        if head.root != named_root:
            raise ProofError(
                f"This is release {head.number} of the edition {head.root}, not of {named_root}.",
                "Compare the root with what whoever made the edition says of it.",
            )
        said = ("It is the edition whose root you named.",)
        return TrustedRelease(raw=raw, head=head, vouched="root", publication="", signers=(), said=said)
    publication = _publication(roots)
    claimed = (publication,) if publication else named_publications(signatures)
    known = next((each for each in map(store.publication, claimed) if each is not None), None)
    if known is not None:
        publication = known.root.publication
        _expect(publication, expected, "The edition here")
        found = store.found_at(place) if place and not known.seen.added else ""
        _expect(publication, found, place)
        return _by_publication(raw, signatures, roots, known, older)
    keys = store.single_keys()
    by_key = signed_by_key(raw, signatures, keys) if keys else None
    if by_key is not None:
        key, of = by_key
        _expect(of, expected, "The edition here")
        return _by_key(raw, key, _signed(raw, signatures, roots, of), of, store, older)
    _expect(publication, expected, "The edition here")
    _expect(publication, store.found_at(place) if place else "", place)
    if publication:
        root = follow_roots(roots)
        signed = check_release(raw, signatures, root)
        return TrustedRelease(
            raw=raw,
            head=head,
            vouched="first use",
            publication=publication,
            signers=signed.signers,
            said=(
                _first(root),
                *_namesakes(store, root.document.title, head.title),
                *signed.remarks,
                *check_number(head, store.seen(publication), older),
            ),
            root=root,
        )
    loose = "There are signatures, but no root document says whose they are. " if signatures else ""
    told: tuple[str, ...] = (
        f"{loose}NOTHING VOUCHES for this edition: it is unsigned. That it is whole is checked; who made it is not "
        f"known. Compare its root with one that you know by another way: {head.root}",
        *_namesakes(store, head.title),
    )
    return TrustedRelease(raw=raw, head=head, vouched="nobody", publication="", signers=(), said=told)


def _publication(roots: Mapping[int, bytes]) -> str:
    """Id of the publication that root documents say they are of; "" where there are none."""
    if not roots:
        return ""
    named = {read_root(roots[version]).publication for version in (min(roots), max(roots))}
    if len(named) != 1:
        raise ProofError("The root documents are of different publications.", "Take another copy.")
    return named.pop()


def _by_publication(
    raw: bytes, signatures: Mapping[str, bytes], roots: Mapping[int, bytes], known: SeenPublication, older: bool
) -> TrustedRelease:
    root = follow_roots(roots, known.root)
    signed = check_release(raw, signatures, root)
    said = [*key_changes(known.root, root), *signed.remarks]
    if not known.seen.added:
        said.append(f"{_title(root)} is trusted since it was first used here; nobody named it by another way.")
    said += check_number(signed.head, known.seen, older)
    return TrustedRelease(
        raw=raw,
        head=signed.head,
        vouched="publication",
        publication=root.publication,
        signers=signed.signers,
        said=tuple(said),
        root=root,
    )


def check_number(head: ReleaseHead, known: SeenNumber, older: bool) -> tuple[str, ...]:
    """See that a release is not older than what was taken of its publication; what the person is told where it is.

    Raises:
        ProofError: it is, and nobody asked for that; or there are two of one number.
    """
    if head.number == known.number and head.root != known.edition:
        raise ProofError(
            f"There are two editions of number {head.number}: {head.root} here, {known.edition} taken before. "
            "Both are signed: the publisher erred, or enough of the keys are in other hands.",
            "Ask the publisher, by another way, which one is theirs.",
        )
    if head.number >= known.number:
        return ()
    if not older:
        raise ProofError(
            f"This is edition {head.number}; edition {known.number} was taken from this publication before. "
            "An old copy may be offered so that you miss what was mended since.",
            f"Look for a newer copy, or ask for the older one: --older (galactica fetch: --number {head.number}).",
        )
    return (f"This is edition {head.number}, older than {known.number}, which was taken before: you asked for it.",)


def _by_key(
    raw: bytes,
    key: NamedKey,
    chained: tuple[SignedRelease, TrustedRoot] | ProofError | None,
    publication: str,
    store: TrustStore,
    older: bool,
) -> TrustedRelease:
    head = read_head(raw)
    said = [f"{key.told}, a key that you trust, has signed it.", *check_number(head, store.seen(publication), older)]
    root = None
    if isinstance(chained, ProofError):
        said.append(f"By the rules of its own publication it would not be taken: {chained.problem}")
    elif chained is not None:
        root = chained[1]
        said.append(f"From now on its publication is trusted, too: {_title(root)}.")
    return TrustedRelease(
        raw=raw, head=head, vouched="key", publication=publication, signers=(key,), said=tuple(said), root=root
    )


def _signed(
    raw: bytes, signatures: Mapping[str, bytes], roots: Mapping[int, bytes], publication: str
) -> tuple[SignedRelease, TrustedRoot] | ProofError | None:
    """The release and the root of the publication that a key has signed it for, why its chain does not vouch for it, or
    None where there is no chain."""
    if not roots:
        return None
    try:
        root = follow_roots(roots)
        if root.publication != publication:
            return None
        return check_release(raw, signatures, root), root
    except ProofError as error:
        return error


def _expect(publication: str, known: str, where: str) -> None:
    """See that what comes from a place, or takes an edition's place, is of the publication that was there."""
    if not known or known == publication:
        return
    if not publication:
        raise ProofError(
            f"{where} was of publication {known[:16]}…; what is offered is SIGNED BY NOBODY. Somebody may have taken "
            "the signatures away.",
            "Take another copy, or name the root of the edition as you know it: --root ROOT.",
        )
    raise ProofError(
        f"{where} was of publication {known[:16]}…; what is offered is of another ({publication[:16]}…). THE KEYS WERE "
        "CHANGED without those who held them, or somebody speaks in the publisher's name.",
        "Ask the publisher by another way; if it is right: galactica trust add ROOT.json.",
    )


def _namesakes(store: TrustStore, *titles: str) -> tuple[str, ...]:
    """What is said where something that is not of a trusted publication is called as one is."""
    return tuple(
        f"It is called as {_title(each.root)} is, which is trusted here (publication {each.root.publication[:16]}…), "
        "and is NOT from those who publish that."
        for each in store.publications()
        if each.root.document.title and each.root.document.title in titles
    )


def _title(root: TrustedRoot) -> str:
    return f"“{root.document.title}”" if root.document.title else f"publication {root.publication[:16]}…"


def _first(root: TrustedRoot) -> str:
    rule = root.document.roles["targets"]
    keys = ", ".join(each.told for each in root.release_keys.values())
    return (
        f"FIRST USE of {_title(root)}: nothing on this machine vouches for its keys yet. From now on they are trusted: "
        f"{rule.threshold} of {keys}. Compare with what the publisher says: publication {root.publication}"
    )
