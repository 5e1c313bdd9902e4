"""minisign's public keys and signatures (https://jedisct1.github.io/minisign/, "Signature format"), to the byte.

A public key is a comment and, in base64, "Ed", the 8-byte number of the key and its 32 bytes. A signature file is four
lines: a comment nobody vouches for; "ED", the number and the signature of the BLAKE2b-512 of the file; a comment that
is vouched for; the signature of the first signature and that comment. The older signatures "Ed", over the file itself,
are refused: what they sign could be read as something else that the same key signs.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from galactica.spread.trust.ed25519 import PUBLIC, SIGNATURE, check_public, signature_holds

MOST_PUBLIC = 2_048
"""Bytes of a file with a public key: two lines, the comment of 1,024 at most in minisign."""
MOST_SIGNATURE = 16_384
"""Bytes of a signature file: minisign allows comments of 1,024 and 8,192."""
MOST_COMMENT = 1_024
"""Characters of a comment that is written."""

NUMBER = 8
"""Bytes of the number of a key; anybody can make a key of any number: it only says which key to try."""
PLAIN = b"Ed"
HASHED = b"ED"
UNTRUSTED = "untrusted comment: "
TRUSTED = "trusted comment: "


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """A public key of Ed25519 as minisign knows it.

    Attributes:
        raw: its 32 bytes.
        number: the 8 bytes by which minisign says which key it is.
    """

    raw: bytes
    number: bytes

    def __post_init__(self) -> None:
        check_public(self.raw)
        if len(self.number) != NUMBER:
            raise ValueError(f"the number of a key has {NUMBER} bytes")

    @property
    def short(self) -> str:
        """The number as minisign writes it: 16 upper-case hex digits of it as a little-endian integer."""
        return self.number[::-1].hex().upper()

    @property
    def line(self) -> str:
        """The key in one line, as `minisign -P` takes it."""
        return base64.b64encode(PLAIN + self.number + self.raw).decode("ascii")

    def to_text(self) -> str:
        """The text of its file."""
        return f"{UNTRUSTED}minisign public key {self.short}\n{self.line}\n"

    @classmethod
    def from_line(cls, line: str) -> PublicKey:
        """The key in the one line that `minisign -P` takes.

        Raises:
            ValueError: it is none.
        """
        raw = line_of_base64(line, len(PLAIN) + NUMBER + PUBLIC)
        if raw[:2] != PLAIN:
            raise ValueError("it is no public key of minisign")
        return cls(number=raw[2 : 2 + NUMBER], raw=raw[2 + NUMBER :])

    @classmethod
    def from_text(cls, text: str) -> PublicKey:
        """The key of a file, or of its second line alone.

        Raises:
            ValueError: it is none.
        """
        lines = text.strip().splitlines()
        if len(lines) > 2 or not lines or (len(lines) == 2 and not lines[0].startswith("untrusted comment:")):
            raise ValueError("it is no public key of minisign")
        return cls.from_line(lines[-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class DetachedSignature:
    """A signature file of minisign; nothing of it is checked yet.

    Attributes:
        number: of the key that it says it is by.
        signature: of the BLAKE2b-512 of the file, 64 bytes.
        comment: the comment that `sealed` vouches for.
        sealed: signature of `signature` and `comment`, 64 bytes.
    """

    number: bytes
    signature: bytes
    comment: str
    sealed: bytes

    def to_text(self) -> str:
        """The text of its file."""
        first = base64.b64encode(HASHED + self.number + self.signature).decode("ascii")
        last = base64.b64encode(self.sealed).decode("ascii")
        return f"{UNTRUSTED}signature of a Galactica release\n{first}\n{TRUSTED}{self.comment}\n{last}\n"

    @classmethod
    def from_bytes(cls, raw: bytes) -> DetachedSignature:
        """The signature in a file.

        Raises:
            ValueError: it is none.
        """
        if len(raw) > MOST_SIGNATURE:
            raise ValueError("it is too long for a signature")
        lines = raw.decode("utf-8").replace("\r\n", "\n").removesuffix("\n").split("\n")
        if len(lines) != 4 or not lines[0].startswith("untrusted comment:") or not lines[2].startswith(TRUSTED):
            raise ValueError("it has not the four lines of a signature of minisign")
        first = line_of_base64(lines[1], 2 + NUMBER + SIGNATURE)
        if first[:2] == PLAIN:
            raise ValueError("it is of minisign's old kind, over the file itself; sign again without -l")
        if first[:2] != HASHED:
            raise ValueError("it is of no kind that minisign has")
        return cls(
            number=first[2 : 2 + NUMBER],
            signature=first[2 + NUMBER :],
            comment=lines[2].removeprefix(TRUSTED),
            sealed=line_of_base64(lines[3], SIGNATURE),
        )

    def holds(self, key: PublicKey, digest: bytes) -> bool:
        """Whether it is the key's, over the file of this digest (`digest_of`), its comment included."""
        return (
            self.number == key.number
            and signature_holds(key.raw, self.signature, digest)
            and signature_holds(key.raw, self.sealed, self.signature + self.comment.encode())
        )


def digest_of(raw: bytes) -> bytes:
    """What minisign signs of a file: its BLAKE2b-512 (RFC 7693), 64 bytes."""
    return hashlib.blake2b(raw).digest()


def line_of_base64(text: str, size: int) -> bytes:
    """The bytes of a line of base64 (RFC 4648 §4) in the one form it has.

    Raises:
        ValueError: it is none, or of another number of bytes.
    """
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("a line of it is no base64") from error
    if len(raw) != size or base64.b64encode(raw).decode("ascii") != text:
        raise ValueError("a line of it has not the length that it should have")
    return raw
