"""Keys, root documents and whom a machine trusts, as JSON documents. Of a secret key nothing is ever written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from galactica.wire.objects import JsonObject
from galactica.wire.terms import Count

if TYPE_CHECKING:
    from galactica.library.keys import RootState
    from galactica.library.trusting import TrustedThing
    from galactica.spread.trust.key_files import KeptKey
    from galactica.spread.trust.roots import NamedKey
    from galactica.spread.trust.signing import SignedParts

KeyId = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description="Id of the key in documents of TUF.")]
KeyNumber = Annotated[str, Meta(pattern="^[0-9A-F]{16}$", description="Its number, as minisign writes it.")]
KeyLine = Annotated[str, Meta(description="The public key in one line, as minisign -P takes it.")]
KeyName = Annotated[str, Meta(description="What it is called; nothing vouches for that.")]
PublicationId = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description="Id of the publication.")]
ToBeSigned = Annotated[list[str], Meta(description="What is still to be signed, and by whom; for people.")]


class PublicKeyDocument(JsonObject, frozen=True, kw_only=True):
    """A public key."""

    name: KeyName
    id: KeyId
    number: KeyNumber
    public: KeyLine


class OwnKeyDocument(JsonObject, frozen=True, kw_only=True):
    """A key of the person's own, by its public half."""

    name: KeyName
    id: KeyId
    number: KeyNumber
    public: KeyLine
    path: Annotated[str, Meta(description="The file of the secret key.")]
    encrypted: Annotated[bool, Meta(description="Whether it asks for a passphrase.")]
    exposed: Annotated[bool, Meta(description="Whether others on this machine may read the file.")]


class OwnKeysDocument(JsonObject, frozen=True, kw_only=True):
    """The person's own keys."""

    keys: list[OwnKeyDocument]


class RootRoleDocument(JsonObject, frozen=True, kw_only=True):
    """Who may sign for a role, and how many of them must."""

    role: Annotated[str, Meta(description="root, targets (releases), snapshot or timestamp.")]
    threshold: Annotated[int, Meta(ge=1)]
    keys: list[PublicKeyDocument]


class RootStateDocument(JsonObject, frozen=True, kw_only=True):
    """A root document."""

    version: Annotated[int, Meta(ge=1)]
    title: Annotated[str, Meta(description="What the publication is called.")]
    publication: PublicationId
    digest: Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description="SHA-256 of what is signed of it.")]
    expires: Annotated[str, Meta(description="Until when it holds on line (RFC 3339).")]
    path: Annotated[str, Meta(description="Its file.")]
    waiting: Annotated[bool, Meta(description="Whether it waits for signatures where no reader asks for it.")]
    roles: list[RootRoleDocument]
    signed: list[PublicKeyDocument]
    missing: ToBeSigned


class RootsDocument(JsonObject, frozen=True, kw_only=True):
    """A chain of root documents."""

    roots: list[RootStateDocument]


class SignedDocument(JsonObject, frozen=True, kw_only=True):
    """What was signed."""

    signed: Annotated[list[str], Meta(description="What was signed, and by whom; for people.")]
    pending: ToBeSigned
    complete: Annotated[bool, Meta(description="Whether nothing waits for a signature.")]
    listed: Annotated[list[str], Meta(description="Releases that are listed on line, by their paths.")]


class TrustedDocument(JsonObject, frozen=True, kw_only=True):
    """A publication or a single key that this machine trusts."""

    kind: Annotated[str, Meta(description="publication or key.", extra_json_schema={"enum": ["publication", "key"]})]
    name: Annotated[str, Meta(description="Its title, or what the key is called.")]
    id: Annotated[str, Meta(description="Of a publication 64 hex digits; of a key its number.")]
    root: Annotated[Count, Meta(description="Version of the newest root; 0 for a key.")]
    threshold: Annotated[int, Meta(ge=1, description="How many of the keys must sign a release.")]
    keys: list[PublicKeyDocument]
    added: Annotated[bool, Meta(description="Whether the person named it; else it was trusted at first use.")]
    number: Annotated[Count, Meta(description="The highest number of an edition that was taken; 0: none.")]
    edition: Annotated[str, Meta(pattern="^([0-9a-f]{64})?$", description="Root of that edition, or empty.")]


class TrustDocument(JsonObject, frozen=True, kw_only=True):
    """Whom this machine trusts."""

    trusted: list[TrustedDocument]


def own_keys_document(keys: Sequence[KeptKey]) -> OwnKeysDocument:
    """The person's own keys."""
    return OwnKeysDocument(
        keys=[
            OwnKeyDocument(
                name=each.named.name,
                id=each.named.keyid,
                number=each.named.key.short,
                public=each.named.key.line,
                path=str(each.file),
                encrypted=each.encrypted,
                exposed=each.exposed,
            )
            for each in keys
        ]
    )


def public_key_document(key: NamedKey) -> PublicKeyDocument:
    """A public key."""
    return PublicKeyDocument(name=key.name, id=key.keyid, number=key.key.short, public=key.key.line)


def roots_document(states: Sequence[RootState]) -> RootsDocument:
    """A chain of root documents."""
    return RootsDocument(roots=[_root(each) for each in states])


def signed_document(found: SignedParts) -> SignedDocument:
    """What was signed."""
    return SignedDocument(
        signed=list(found.signed),
        pending=list(found.pending),
        complete=not found.pending,
        listed=list(found.state.listed) if found.state is not None else [],
    )


def trust_document(things: Sequence[TrustedThing]) -> TrustDocument:
    """Whom this machine trusts."""
    return TrustDocument(
        trusted=[
            TrustedDocument(
                kind=each.kind,
                name=each.name,
                id=each.id,
                root=each.root,
                threshold=each.threshold,
                keys=[public_key_document(key) for key in each.keys],
                added=each.added,
                number=each.number,
                edition=each.edition,
            )
            for each in things
        ]
    )


def _root(state: RootState) -> RootStateDocument:
    document = state.document
    return RootStateDocument(
        version=document.version,
        title=document.title,
        publication=document.publication,
        digest=document.digest,
        expires=document.expires.isoformat(),
        path=str(state.place),
        waiting=state.waiting,
        roles=[
            RootRoleDocument(
                role=role,
                threshold=rule.threshold,
                keys=[public_key_document(each) for each in document.holders(role)],
            )
            for role, rule in document.roles.items()
        ],
        signed=[public_key_document(each) for each in state.signatures.signed],
        missing=[f"{each.told}." for each in state.signatures.missing],
    )
