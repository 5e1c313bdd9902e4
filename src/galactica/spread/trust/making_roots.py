"""Making root documents and collecting their signatures: each person signs on their own machine, with their own key.

A root travels as a file. Who signs it adds a signature and hands it on, or sends it back: signatures of several copies
of one root are put together (`collect_signatures`). It may be used when `chain.root_signatures` finds enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from galactica.errors import ProofError, UsageError
from galactica.spread.trust.roots import ROLES, NamedKey, RootDocument, keyid_of, make_root, read_root
from galactica.spread.trust.secret import SecretKey


def sign_root(raw: bytes, secret: SecretKey) -> bytes:
    """A root document with one more signature. Of whom is not asked: keys of the root before sign as well.

    Raises:
        ProofError: it is no root.
    """
    from galactica.spread.trust.tuf_parts import KeySigner, written_metadata

    document = read_root(raw).metadata
    document.sign(KeySigner(secret, keyid_of(secret.public.raw)), append=True)
    made = written_metadata(document)
    read_root(made)
    return made


def collect_signatures(raw: bytes, others: Iterable[bytes]) -> bytes:
    """A root document with the signatures of other copies of it beside its own.

    Raises:
        ProofError: one of them is another root.
    """
    from galactica.spread.trust.tuf_parts import written_metadata

    document = read_root(raw)
    for each in map(read_root, others):
        if each.digest != document.digest:
            raise ProofError(
                f"The roots differ in more than their signatures: {document.digest[:16]}…, {each.digest[:16]}….",
                "Sign copies of one file.",
            )
        for keyid, signature in each.metadata.signatures.items():
            document.metadata.signatures.setdefault(keyid, signature)
    made = written_metadata(document.metadata)
    read_root(made)
    return made


def rotated_root(
    before: RootDocument,
    *,
    expires: datetime,
    add: Sequence[NamedKey] = (),
    remove: Iterable[str] = (),
    online: Sequence[NamedKey] = (),
    threshold: int = 0,
) -> bytes:
    """The root that follows one, with other keys; nobody has signed it yet.

    Args:
        before: the newest root.
        expires: until when the new one holds where a clock can be asked; UTC.
        add: keys that may sign roots and releases from now on.
        remove: key ids of those that may sign nothing any more.
        online: keys that sign snapshot and timestamp from now on; empty: as before, without those removed.
        threshold: how many must sign roots and releases; 0: as before.

    Raises:
        UsageError: such a root cannot be: more signatures needed than there are keys, a role without a key.
    """
    gone = frozenset(remove)
    unknown = [each for each in gone if each not in before.keys]
    if unknown:
        raise UsageError(f"Root {before.version} has no key {unknown[0][:16]}…", "See galactica keys show.")
    roles: dict[str, tuple[Sequence[NamedKey], int]] = {}
    for role in ROLES:
        kept = [each for each in before.holders(role) if each.keyid not in gone]
        if role in ("root", "targets"):
            known = {each.keyid for each in kept}
            keys = [*kept, *(each for each in add if each.keyid not in known)]
            roles[role] = keys, threshold or before.roles[role].threshold
        else:
            keys = list(online) or kept
            roles[role] = keys, min(before.roles[role].threshold, max(1, len(keys)))
    return make_root(before.title, roles, expires=expires, version=before.version + 1, publication=before.publication)


def begun_root(
    title: str,
    keys: Sequence[NamedKey],
    threshold: int,
    *,
    expires: datetime,
    online: Sequence[NamedKey] = (),
) -> bytes:
    """The first root of a publication; nobody has signed it yet.

    Args:
        title: what the publication is called.
        keys: that sign roots and releases.
        threshold: how many of them must.
        expires: until when it holds where a clock can be asked; UTC.
        online: keys of which one signs snapshot and timestamp; empty: one of `keys`.

    Raises:
        UsageError: such a root cannot be.
    """
    line = (list(online) or list(keys), 1)
    roles: Mapping[str, tuple[Sequence[NamedKey], int]] = {
        "root": (keys, threshold),
        "targets": (keys, threshold),
        "snapshot": line,
        "timestamp": line,
    }
    return make_root(title, roles, expires=expires)
