"""Secret keys, in minisign's own files: encrypted by a passphrase, or plain where the person asks for that.

A file is a comment and, in base64: "Ed", the way the passphrase is stretched ("Sc": scrypt, RFC 7914; two zeros: none),
"B2", a salt of 32 bytes, how much work and how much memory scrypt takes, and 104 bytes that scrypt's output is added to
bit by bit: the key's number, its seed, its public key, and the BLAKE2b-256 of all these.

The seed leaves this module for nobody but `ed25519.sign_bytes`: a `SecretKey` shows nothing of it, is not compared, not
pickled and not copied into messages; what reads a file raises without naming what stood in it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import NoReturn

from galactica.errors import InputError, LimitError, UsageError
from galactica.spread.trust.ed25519 import PUBLIC, SEED, new_seed, public_of, sign_bytes
from galactica.spread.trust.minisign import (
    HASHED,
    MOST_COMMENT,
    NUMBER,
    PLAIN,
    UNTRUSTED,
    DetachedSignature,
    PublicKey,
    digest_of,
    line_of_base64,
)

MOST_SECRET = 2_048
"""Bytes of a file with a secret key."""
MOST_PASSPHRASE = 1_024
"""Bytes of a passphrase: minisign reads as many."""

WORK, MEMORY = 2**23, 2**28
"""Scrypt's effort for new keys, as libsodium counts it: 256 MiB and about a second, so that small machines can sign.
minisign's own take four times both, and are read."""
MOST_MEMORY = 2**30
"""Bytes that opening a key may take: as much as minisign's own keys do; a hostile file could ask for anything."""
MOST_WORK = 2**26
"""The same for the work: twice that of minisign's keys."""
_LEAST_WORK = 2**15
_LIBRARY_MEMORY = 2**31 - 1
_R = 8

_CHECK = 32
_BODY = NUMBER + SEED + PUBLIC + _CHECK
_SALT = 32
_HEAD = 2 + 2 + 2 + _SALT + 8 + 8
_SCRYPT, _NONE, _BLAKE = b"Sc", b"\0\0", b"B2"


class SecretKey:
    """A secret key in memory: signs, and says which public key it belongs to. Nothing else comes out of it."""

    __slots__ = ("_seed", "public")

    def __init__(self, seed: bytes, number: bytes) -> None:
        self._seed = seed
        self.public = PublicKey(raw=public_of(seed), number=number)

    @classmethod
    def new(cls) -> SecretKey:
        """A new key. Its number is random, as minisign's are."""
        return cls(new_seed(), secrets.token_bytes(NUMBER))

    def sign(self, message: bytes) -> bytes:
        """The signature of a message, 64 bytes."""
        return sign_bytes(self._seed, message)

    def sign_file(self, raw: bytes, comment: str) -> DetachedSignature:
        """The signature of a file, with a comment that it vouches for.

        Raises:
            ValueError: the comment is no line, or too long.
        """
        if len(comment) > MOST_COMMENT or not comment.isprintable():
            raise ValueError("a comment is one printable line")
        signature = self.sign(digest_of(raw))
        sealed = self.sign(signature + comment.encode())
        return DetachedSignature(number=self.public.number, signature=signature, comment=comment, sealed=sealed)

    def to_text(self, passphrase: bytes | None, *, work: int = WORK, memory: int = MEMORY) -> str:
        """The text of its file, for nothing but that file.

        Args:
            passphrase: None leaves the key unencrypted.
            work, memory: what scrypt takes, as libsodium counts it.
        """
        body = self.public.number + self._seed + self.public.raw
        body += _check(body)
        salt = secrets.token_bytes(_SALT)
        head = PLAIN + _NONE + _BLAKE + bytes(_SALT + 16)
        if passphrase is not None:
            head = PLAIN + _SCRYPT + _BLAKE + salt + work.to_bytes(8, "little") + memory.to_bytes(8, "little")
            body = _added(body, _stretched(passphrase, salt, work, memory))
        kind = "encrypted" if passphrase is not None else "UNENCRYPTED"
        return f"{UNTRUSTED}minisign {kind} secret key\n{base64.b64encode(head + body).decode('ascii')}\n"

    def __repr__(self) -> str:
        return f"SecretKey({self.public.short})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret key is not copied and leaves its process for no other")


def is_encrypted(text: str) -> bool:
    """Whether the text of a secret key's file asks for a passphrase.

    Raises:
        InputError: it is none.
    """
    return _parts(text)[0] == _SCRYPT


def secret_from_text(text: str, passphrase: bytes | None) -> SecretKey:
    """The key in the text of its file.

    Args:
        passphrase: None where the file is said to need none.

    Raises:
        InputError: it is no secret key, or a damaged one.
        UsageError: the passphrase is missing, or wrong.
        LimitError: opening it would take more memory or time than this program allows.
    """
    way, salt, work, memory, body = _parts(text)
    if way == _SCRYPT:
        if passphrase is None:
            raise UsageError("The secret key is encrypted.", "Give its passphrase.")
        body = _added(body, _stretched(passphrase, salt, work, memory))
        inner, check = body[:-_CHECK], body[-_CHECK:]
        if not hmac.compare_digest(_check(inner), check):
            raise UsageError("The passphrase is wrong, or the secret key is damaged.", "Try the passphrase again.")
    number, seed = body[:NUMBER], body[NUMBER : NUMBER + SEED]
    try:
        key = SecretKey(seed, number)
        if key.public.raw != body[NUMBER + SEED : NUMBER + SEED + PUBLIC]:
            raise ValueError
    except ValueError:
        raise _no_key() from None
    return key


def _parts(text: str) -> tuple[bytes, bytes, int, int, bytes]:
    """Way, salt, work, memory and body of a secret key's file."""
    lines = text.strip().splitlines()
    try:
        if len(lines) != 2 or not lines[0].startswith("untrusted comment:"):
            raise ValueError
        raw = line_of_base64(lines[1], _HEAD + _BODY)
    except ValueError:
        raise _no_key() from None
    way, salt = raw[2:4], raw[6 : 6 + _SALT]
    if raw[:2] not in (PLAIN, HASHED) or way not in (_SCRYPT, _NONE) or raw[4:6] != _BLAKE:
        raise _no_key()
    work, memory = (int.from_bytes(raw[at : at + 8], "little") for at in (38, 46))
    return way, salt, work, memory, raw[_HEAD:]


def _no_key() -> InputError:
    return InputError(
        "This is no file of a secret key, or a damaged one.", "Name the file that galactica keys new made."
    )


def _check(body: bytes) -> bytes:
    return hashlib.blake2b(PLAIN + body, digest_size=_CHECK).digest()


def _added(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _stretched(passphrase: bytes, salt: bytes, work: int, memory: int) -> bytes:
    """What a passphrase is stretched to, by the parameters that libsodium's `crypto_pwhash_scryptsalsa208sha256` takes
    for this work and memory (`pickparams`)."""
    if work > MOST_WORK or memory > MOST_MEMORY:
        raise LimitError(
            f"Opening this key would take {memory / 2**20:,.0f} MiB; at most {MOST_MEMORY / 2**20:,.0f} are allowed.",
            "It is no key that minisign or this program makes: ask where it comes from.",
        )
    work = max(work, _LEAST_WORK)
    p = 1
    if work < memory // 32:
        most = work // (_R * 4)
        log = _log(most)
    else:
        log = _log(memory // (_R * 128))
        p = max(1, min(work // 4 >> log, 0x3FFFFFFF) // _R)
    n = 1 << log
    if p * n * _R * 4 > 2 * MOST_WORK:
        raise _no_key()
    return hashlib.scrypt(passphrase[:MOST_PASSPHRASE], salt=salt, n=n, r=_R, p=p, maxmem=_LIBRARY_MEMORY, dklen=_BODY)


def _log(most: int) -> int:
    """The least n from 1 on with 2^n above half of `most`."""
    return max(1, (most // 2).bit_length())
