"""Signatures of a release: detached files of minisign over the bytes of its release.json.

A signature vouches with its comment, too: it names the release's number, the root of the edition, and the publication
that it is signed for. So a signature for one publication is worth nothing in another, even where the same people sign
both, and whoever checks by minisign alone is told what was signed.

Rule 1: a signature counts where its key may sign releases by the root, over these very bytes, and its comment says so.
Rule 2: each key counts once, whatever files it is named by.
Rule 3: as many keys count as the root asks for, or the release is refused; others beside them neither help nor harm.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from galactica.errors import ProofError
from galactica.spread.trust.chain import TrustedRoot
from galactica.spread.trust.minisign import DetachedSignature, PublicKey, digest_of
from galactica.spread.trust.roots import NamedKey, hex_digits, keyid_of
from galactica.spread.trust.secret import SecretKey

MOST_RELEASE = 2**26
"""Bytes of a release.json: some 150 for each pack of 256 kB, as docs/formats/pack.md bounds it."""
MOST_SIGNATURES = 64
"""Signature files of a release that are looked at: of as many keys as a root may have."""
MOST_NUMBER = 2**31 - 1
"""Number of an edition, as in docs/formats/edition.md."""
MOST_TITLE = 4_096
"""Bytes of the line with a title."""

_LINE = re.compile(rb"\n \"(number|parent|root|title)\": ([^\n]{0,%d})(?=\n)" % MOST_TITLE)
_VALUES = {
    b"number": re.compile(rb"[1-9][0-9]{0,9}"),
    b"parent": re.compile(rb"\"([0-9a-f]{64})?\""),
    b"root": re.compile(rb"\"[0-9a-f]{64}\""),
    b"title": re.compile(rb"\"[^\n]*\""),
}
_AGAIN = "Take another copy, or ask the publisher for the signatures."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseHead:
    """What of a release trust has to know; all else is read when it is trusted.

    Attributes:
        number: of the edition in its publication, from 1 on.
        root: of the edition, 64 hex digits.
        parent: root of the edition before, or "".
        title: of the edition.
    """

    number: int
    root: str
    parent: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedRelease:
    """A release that enough keys of a publication vouch for.

    Attributes:
        raw: its bytes, as they were signed.
        head: what it says of itself.
        publication: id of the publication that it was signed for, 64 hex digits.
        signers: the keys that count.
        remarks: signatures that do not count, and why; for people.
    """

    raw: bytes
    head: ReleaseHead
    publication: str
    signers: tuple[NamedKey, ...]
    remarks: tuple[str, ...]


def read_head(raw: bytes) -> ReleaseHead:
    """What a release says of itself, out of the one form that its text has: a member of the document has a line of its
    own that begins with one space. Time linear in the bytes; nothing else of them is looked at.

    Raises:
        ProofError: it is no release.
    """
    if len(raw) > MOST_RELEASE:
        raise ProofError(f"The release is larger than {MOST_RELEASE:,} bytes.", "It is none: try another copy.")
    found: dict[bytes, bytes] = {}
    try:
        for each in _LINE.finditer(raw):
            name, value = each[1], each[2].removesuffix(b",")
            if name in found or not _VALUES[name].fullmatch(value):
                raise ValueError
            found[name] = value
        number, title = int(found[b"number"]), json.loads(found[b"title"])
        if number > MOST_NUMBER or not isinstance(title, str):
            raise ValueError
        root, parent = (found[name].strip(b'"').decode() for name in (b"root", b"parent"))
    except (ValueError, KeyError):
        raise ProofError("This is no release, or a damaged one.", "Try another copy.") from None
    return ReleaseHead(number=number, root=root, parent=parent, title=title)


def release_comment(head: ReleaseHead, publication: str) -> str:
    """What a signature of a release says beside it: the only text that it may have."""
    return f"Galactica release number {head.number} root {head.root} publication {publication}"


def sign_release(raw: bytes, secret: SecretKey, publication: str) -> bytes:
    """The signature of a release by one key: the bytes of its file. The same every time.

    Args:
        raw: the release.json.
        publication: id of the publication that it is signed for: `TrustedRoot.publication`.

    Raises:
        ProofError: it is no release.
    """
    return secret.sign_file(raw, release_comment(read_head(raw), publication)).to_text().encode()


def check_release(raw: bytes, signatures: Mapping[str, bytes], root: TrustedRoot) -> SignedRelease:
    """See that enough keys of a publication vouch for a release.

    Args:
        raw: its bytes.
        signatures: the bytes of signature files, by the key id that their name says; names vouch for nothing.
        root: the newest root of the publication.

    Raises:
        ProofError: too few do; says what is wrong with each signature.
    """
    head = read_head(raw)
    digest, comment = digest_of(raw), release_comment(head, root.publication)
    numbered: dict[bytes, list[NamedKey]] = {}
    for each in root.release_keys.values():
        numbered.setdefault(each.key.number, []).append(each)
    counted: dict[str, NamedKey] = {}
    remarks: list[str] = []
    for name, text in _bounded(signatures):
        try:
            signature = DetachedSignature.from_bytes(text)
        except ValueError as error:
            remarks.append(f"the signature called {name[:16]}…: {error}")
            continue
        told = signature.number[::-1].hex().upper()
        keys = numbered.get(signature.number, ())
        signer = next((each for each in keys if signature.holds(each.key, digest)), None)
        if not keys:
            remarks.append(f"{told} may not sign releases of this publication (root {root.version})")
        elif signer is None:
            remarks.append(f"the signature of {keys[0].told} is over other bytes, or forged")
        elif signature.comment != comment:
            remarks.append(f"the signature of {signer.told} is for another publication or release")
        else:
            counted[signer.keyid] = signer
    if len(counted) < root.threshold:
        have = ", ".join(each.told for each in counted.values()) or "none"
        why = f" {'; '.join(remarks)}." if remarks else ""
        raise ProofError(
            f"Release {head.number} ({head.root[:16]}…) needs {root.threshold} of {len(root.release_keys)} signatures; "
            f"{len(counted)} hold: {have}.{why}",
            _AGAIN,
        )
    return SignedRelease(
        raw=raw,
        head=head,
        publication=root.publication,
        signers=tuple(counted.values()),
        remarks=tuple(remarks),
    )


def signed_by_key(raw: bytes, signatures: Mapping[str, bytes], keys: Iterable[NamedKey]) -> tuple[NamedKey, str] | None:
    """The first of some keys that has signed a release, and for which publication; None: none of them has.

    Raises:
        ProofError: it is no release.
    """
    head, digest = read_head(raw), digest_of(raw)
    found = []
    for _, text in _bounded(signatures):
        with suppress(ValueError):
            found.append(DetachedSignature.from_bytes(text))
    for key in keys:
        for signature in found:
            publication = signature.comment[-64:]
            if signature.comment == release_comment(head, publication) and signature.holds(key.key, digest):
                return key, publication
    return None


def named_publications(signatures: Mapping[str, bytes]) -> tuple[str, ...]:
    """The publications that signatures say they are for, each once; nothing of that is checked.

    Raises:
        ProofError: there are more than a publisher makes.
    """
    found: dict[str, None] = {}
    for _, text in _bounded(signatures):
        with suppress(ValueError):
            found[hex_digits(DetachedSignature.from_bytes(text).comment[-64:])] = None
    return tuple(found)


def signature_file(key: PublicKey) -> str:
    """What the file of a key's signature is called, beside release.json."""
    return f"release.json.{keyid_of(key.raw)}.minisig"


def _bounded(signatures: Mapping[str, bytes]) -> list[tuple[str, bytes]]:
    if len(signatures) > MOST_SIGNATURES:
        raise ProofError(
            f"There are more than {MOST_SIGNATURES} signatures of one release.", "No publisher makes so many."
        )
    return sorted(signatures.items())
