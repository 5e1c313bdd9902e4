"""Root documents: who may speak for a publication. They are TUF's own (specification §4.3), with a few members of ours.

A root names the keys and how many of them each role needs: `root` (the next root), `targets` (releases), `snapshot` and
`timestamp` (what is newest, on line). Keys are Ed25519 alone, named by TUF's key id (SHA-256 of the key's canonical
JSON), so that one key has one name. Beside each stand the number by which minisign knows it, and its owner's name.

A publication is the chain that begins with one root: its id is the SHA-256 of what was signed of the first, and every
later root names it. Two publications by the same people have two chains.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from galactica.errors import ProofError, UsageError
from galactica.spread.trust.minisign import PublicKey

if TYPE_CHECKING:
    from tuf.api.metadata import Metadata, Root

MOST_ROOT = 2**18
"""Bytes of a root document: one of 64 keys and 64 signatures has some 40 kB."""
MOST_KEYS = 64
"""Keys of a root: signatures of all of them are computed in some milliseconds."""
MOST_NAME = 80
"""Characters of a name, of a key or a publication."""

ROLES = ("root", "targets", "snapshot", "timestamp")
"""Every root has these four, and no other. `targets` signs releases."""

NUMBER_FIELD, NAME_FIELD = "x-galactica-minisign", "x-galactica-name"
PUBLICATION_FIELD, TITLE_FIELD = "x-galactica-publication", "x-galactica-title"
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedKey:
    """A public key and what whoever made the root calls its owner.

    Attributes:
        key: the key.
        name: for people; nothing vouches that it is so.
    """

    key: PublicKey
    name: str = ""

    @property
    def keyid(self) -> str:
        """TUF's id: SHA-256 of the key's canonical JSON, 64 hex digits."""
        return keyid_of(self.key.raw)

    @property
    def told(self) -> str:
        """The key for people."""
        return f"{self.name} ({self.key.short})" if self.name else self.key.short


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRule:
    """Who may sign for a role: at least `threshold` of these keys."""

    keyids: tuple[str, ...]
    threshold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RootDocument:
    """A root document of the right form. Nobody vouches for it yet: see `chain`.

    Attributes:
        raw: its bytes.
        version: from 1 on.
        title: what the publication is called.
        publication: id of the publication, 64 hex digits.
        expires: until when it holds where a clock can be asked.
        keys: by key id.
        roles: the rule of each of `ROLES`.
        digest: SHA-256 of what is signed of it, 64 hex digits; says which root it is, whoever has signed it so far.
    """

    raw: bytes
    version: int
    title: str
    publication: str
    expires: datetime
    keys: Mapping[str, NamedKey]
    roles: Mapping[str, RoleRule]
    digest: str
    metadata: Metadata[Root] = field(repr=False, compare=False)

    def holders(self, role: str) -> tuple[NamedKey, ...]:
        """The keys of a role, in the order of the document."""
        return tuple(self.keys[each] for each in self.roles[role].keyids)


def keyid_of(raw: bytes) -> str:
    """TUF's id of a public key of Ed25519 (specification §4.2): 64 hex digits."""
    form = {"keytype": "ed25519", "scheme": "ed25519", "keyval": {"public": raw.hex()}}
    return hashlib.sha256(json.dumps(form, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def read_root(raw: bytes) -> RootDocument:
    """The root document in these bytes.

    Raises:
        ProofError: it is none, or one that this program does not take: keys of another kind, one key under two ids,
            more keys needed than there are, roles that a root has not.
    """
    from galactica.spread.trust.tuf_parts import Root, read_metadata

    found = read_metadata(raw, Root, MOST_ROOT)
    root = found.signed
    try:
        if root.consistent_snapshot is not True:
            raise ValueError("its files would not be told apart by version")
        keys = {keyid: _key(keyid, each.to_dict()) for keyid, each in root.keys.items()}
        if not 1 <= len(keys) <= MOST_KEYS:
            raise ValueError(f"it has {len(keys)} keys; from 1 to {MOST_KEYS} are allowed")
        if set(root.roles) != set(ROLES):
            raise ValueError("it has not the four roles of a root")
        roles = {name: _rule(name, root.roles[name].to_dict(), keys) for name in ROLES}
        digest = hashlib.sha256(found.signed_bytes).hexdigest()
        named = root.unrecognized_fields.get(PUBLICATION_FIELD)
        if (named is None) != (root.version == 1):
            raise ValueError("it does not say of which publication it is, or is the first and says so")
        publication = digest if named is None else hex_digits(named)
        title = _name(root.unrecognized_fields.get(TITLE_FIELD, ""))
    except ValueError as error:
        raise ProofError(
            f"Root document {root.version} is refused: {error}.", "Ask the publisher for it again."
        ) from None
    return RootDocument(
        raw=raw,
        version=root.version,
        title=title,
        publication=publication,
        expires=root.expires,
        keys=keys,
        roles=roles,
        digest=digest,
        metadata=found,
    )


def described_root(document: RootDocument) -> str:
    """A root in a line for a person: what it would be to sign it."""
    called = {"root": "keys", "targets": "releases", "snapshot": "what is newest", "timestamp": "what is newest"}
    rules: dict[RoleRule, dict[str, None]] = {}
    for role, name in called.items():
        rules.setdefault(document.roles[role], {})[name] = None
    told = [
        f"{' and '.join(names)}: {rule.threshold} of {', '.join(document.keys[each].told for each in rule.keyids)}"
        for rule, names in rules.items()
    ]
    title = f" of “{document.title}”" if document.title else ""
    return f"Root {document.version}{title} ({document.digest[:16]}…): {'; '.join(told)}."


def make_root(
    title: str,
    roles: Mapping[str, tuple[Sequence[NamedKey], int]],
    *,
    expires: datetime,
    version: int = 1,
    publication: str = "",
) -> bytes:
    """A root document that nobody has signed yet.

    Args:
        title: what the publication is called.
        roles: of each of `ROLES`, the keys and how many of them must sign.
        expires: until when it holds where a clock can be asked; UTC.
        version: of the first 1.
        publication: id of the publication, where it is not the first.

    Raises:
        UsageError: such a root cannot be.
    """
    from galactica.spread.trust.tuf_parts import Metadata, Root, written_metadata

    more = {TITLE_FIELD: title, **({PUBLICATION_FIELD: publication} if publication else {})}
    root = Root(version=version, expires=expires, consistent_snapshot=True, unrecognized_fields=more)
    for role, (keys, threshold) in roles.items():
        for each in keys:
            root.add_key(_tuf_key(each), role)
        root.roles[role].threshold = threshold
    raw = written_metadata(Metadata(root))
    try:
        read_root(raw)
    except ProofError as error:
        raise UsageError(f"Such a root cannot be: {error.problem}", "Name other keys, or another threshold.") from error
    return raw


def hex_digits(value: object) -> str:
    """A hash in hexadecimal digits.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(value, str) or len(value) != 64 or not _HEX.issuperset(value):
        raise ValueError("a hash in it is none")
    return value


def _tuf_key(named: NamedKey) -> object:
    from securesystemslib.signer import SSlibKey

    more = {NUMBER_FIELD: named.key.number.hex(), **({NAME_FIELD: named.name} if named.name else {})}
    return SSlibKey(named.keyid, "ed25519", "ed25519", {"public": named.key.raw.hex()}, more)


def _key(keyid: str, found: Mapping[str, object]) -> NamedKey:
    value = found["keyval"]
    if (found["keytype"], found["scheme"]) != ("ed25519", "ed25519") or not isinstance(value, dict):
        raise ValueError(f"key {keyid[:16]} is of a kind that does not sign here; Ed25519 alone does")
    raw, number = hex_digits(value.get("public")), found.get(NUMBER_FIELD)
    if not isinstance(number, str) or len(number) != 16 or not _HEX.issuperset(number) or len(value) != 1:
        raise ValueError(f"key {keyid[:16]} has no number by which minisign knows it")
    key = PublicKey(raw=bytes.fromhex(raw), number=bytes.fromhex(number))
    if keyid_of(key.raw) != keyid:
        raise ValueError(f"key {keyid[:16]} is named by another id than its own")
    return NamedKey(key=key, name=_name(found.get(NAME_FIELD, "")))


def _rule(name: str, found: Mapping[str, object], keys: Mapping[str, NamedKey]) -> RoleRule:
    keyids, threshold = found["keyids"], found["threshold"]
    if not isinstance(keyids, list) or not isinstance(threshold, int) or isinstance(threshold, bool):
        raise ValueError(f"the role {name} is none")
    if any(each not in keys for each in keyids):
        raise ValueError(f"the role {name} has a key that the root does not show")
    if not 1 <= threshold <= len(keyids):
        raise ValueError(f"the role {name} needs {threshold} of {len(keyids)} keys")
    return RoleRule(keyids=tuple(keyids), threshold=threshold)


def _name(value: object) -> str:
    if not isinstance(value, str) or len(value) > MOST_NAME or not (value.isprintable() or not value):
        raise ValueError("a name in it is none")
    return value
