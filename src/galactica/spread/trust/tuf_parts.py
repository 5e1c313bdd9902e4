"""python-tuf, loaded when it is needed: documents of TUF (The Update Framework, 1.0.31) read and written.

What arrives is read in one way only: bounded in size and in how much it holds, and, to the byte, the text that
python-tuf would write of it (JSON with sorted members and an indent of one space). So nothing stands in a document that
is not looked at, no member twice, no number in two forms; and its signatures are over all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from galactica.errors import MissingError, ProofError, UsageError

try:
    from securesystemslib.signer import Key, Signature, Signer, SSlibKey
    from tuf.api import exceptions
    from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp
    from tuf.api.serialization import DeserializationError, SerializationError
    from tuf.api.serialization.json import JSONSerializer
    from tuf.ngclient._internal.trusted_metadata_set import TrustedMetadataSet
    from tuf.ngclient.config import EnvelopeType
except ImportError as error:
    raise MissingError("Trust needs the package tuf.", "Install it: pip install 'galactica[spread]'.") from error

if TYPE_CHECKING:
    from datetime import datetime

    from galactica.spread.trust.secret import SecretKey

__all__ = [
    "AnyRole",
    "KeySigner",
    "MetaFile",
    "Metadata",
    "Root",
    "Snapshot",
    "TargetFile",
    "Targets",
    "Timestamp",
    "exceptions",
    "read_metadata",
    "trusted_set",
    "written_metadata",
]

AnyRole = TypeVar("AnyRole", Root, Timestamp, Snapshot, Targets)

_HEX = frozenset("0123456789abcdef")

MOST_MARKS = 16_384
"""Commas, colons and opening brackets of a document, counted before it is parsed: a root of 64 keys has some 1,000."""
MOST_SIGNATURES = 128
"""Signatures of a document: a root may have those of 64 keys of the one before, and of 64 of its own."""


class KeySigner(Signer):
    """Signs documents of TUF by one of our secret keys.

    Args:
        secret: the key.
        keyid: by which documents name it.
    """

    def __init__(self, secret: SecretKey, keyid: str) -> None:
        self._secret = secret
        self._keyid = keyid

    @property
    def public_key(self) -> Key:
        """The public half, as documents of TUF name it."""
        return SSlibKey(self._keyid, "ed25519", "ed25519", {"public": self._secret.public.raw.hex()})

    @classmethod
    def from_priv_key_uri(cls, priv_key_uri: str, public_key: Key, secrets_handler: Any = None) -> KeySigner:  # noqa: ANN401
        """Refused: keys are files here, which `key_files.open_key` opens; they have no addresses.

        Raises:
            UsageError: always.
        """
        raise UsageError(f"{priv_key_uri} is an address of a key, and keys are files here.", "Name the key's file.")

    def sign(self, payload: bytes) -> Signature:
        """The signature of a document's signed part."""
        return Signature(self._keyid, self._secret.sign(payload).hex())


def read_metadata(raw: bytes, kind: type[AnyRole], most: int, *, marks: int = MOST_MARKS) -> Metadata[AnyRole]:
    """The document of TUF in these bytes; of its signatures nothing is checked yet.

    Args:
        kind: which document it should be.
        most: bytes that it may have.
        marks: commas, colons and opening brackets that it may have.

    Raises:
        ProofError: it is none, or not in the one form that it has.
    """
    what = f"The {kind.type} document"
    if len(raw) > most:
        raise ProofError(
            f"{what} is larger than {most:,} bytes.", "It is none that a publisher makes: try another copy."
        )
    if sum(map(raw.count, (b",", b":", b"[", b"{"))) > marks:
        raise ProofError(f"{what} holds more than it may.", "It is none that a publisher makes: try another copy.")
    try:
        found: Metadata[AnyRole] = Metadata.from_bytes(raw)
        if not isinstance(found.signed, kind) or not _counted(found.signed.version):
            raise TypeError
        same = written_metadata(found) == raw
        beside = any(map(_odd, found.signatures.values())) or found.unrecognized_fields
        found.signed_bytes  # noqa: B018 - what cannot be signed is none
    except (DeserializationError, SerializationError, TypeError, ValueError, RecursionError) as error:
        raise ProofError(f"{what} is damaged, or none.", "Try another copy.") from error
    if not same or beside or len(found.signatures) > MOST_SIGNATURES:
        raise ProofError(f"{what} is not in the form that it has; a byte of it was changed.", "Try another copy.")
    return found


def written_metadata(document: Metadata[AnyRole]) -> bytes:
    """The bytes of a document: the only ones that it has."""
    raw: bytes = document.to_bytes(JSONSerializer())
    return raw


def trusted_set(root: bytes, now: datetime) -> TrustedMetadataSet:
    """python-tuf's client workflow, which begins with a trusted root, at a time that is told.

    It is taken from inside python-tuf, whose `Updater` asks the clock, opens connections and writes files by itself.
    """
    found = TrustedMetadataSet(root, EnvelopeType.METADATA)
    found.reference_time = now
    return found


def _odd(signature: Signature) -> bool:
    """Whether a signature is not in the one form that it has, or says more than it should."""
    digits = signature.signature
    return bool(signature.unrecognized_fields) or len(digits) > 128 or not _HEX.issuperset(digits)


def _counted(version: object) -> bool:
    return isinstance(version, int) and not isinstance(version, bool) and 1 <= version <= MOST_VERSION


MOST_VERSION = 2**31 - 1
"""Version of a document: a clock's seconds fit, and a fast-forward to the end is seen for what it is."""
