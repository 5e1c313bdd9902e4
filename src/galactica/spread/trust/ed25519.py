"""Signatures by Ed25519 (RFC 8032): the one module that knows the library which computes them.

A public key is 32 bytes. Two are refused that the library would take: one of a point of small order, with which anybody
can sign, and one that is not in the only form of its point, so that nobody counts twice by writing a key differently.
"""

from __future__ import annotations

import secrets
from functools import cache
from typing import Any

from galactica.errors import MissingError

SEED = 32
"""Bytes of a secret key (RFC 8032 §5.1.5)."""
PUBLIC = 32
"""Bytes of a public key."""
SIGNATURE = 64
"""Bytes of a signature."""

_P = 2**255 - 19
_X_IS_ODD = 1 << 255
_Y8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
_SMALL_ORDER = frozenset({0, 1, _P - 1, _Y8, _P - _Y8})
"""y of the points of order 1, 2, 4 and 8. y² of the last solves d·t² + 2t = 1 (RFC 8032 §5.1 with x² = -y²)."""


def check_public(public: bytes) -> None:
    """See that these bytes may be a public key.

    Raises:
        ValueError: they may not: wrong length, no canonical form, or a point of small order.
    """
    if len(public) != PUBLIC:
        raise ValueError(f"a public key has {PUBLIC} bytes, not {len(public)}")
    y = int.from_bytes(public, "little") & (_X_IS_ODD - 1)
    if y >= _P:
        raise ValueError("the public key is not in the one form of its point")
    if y in _SMALL_ORDER:
        raise ValueError("the public key is a point of small order, with which anybody can sign")


def new_seed() -> bytes:
    """A new secret key: 32 bytes from the system's source of randomness."""
    return secrets.token_bytes(SEED)


def public_of(seed: bytes) -> bytes:
    """The public key that belongs to a secret one.

    Raises:
        MissingError: the extra is not installed.
    """
    public: bytes = _library().Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return public


def sign_bytes(seed: bytes, message: bytes) -> bytes:
    """The signature of a message, 64 bytes; the same every time.

    Raises:
        MissingError: the extra is not installed.
    """
    made: bytes = _library().Ed25519PrivateKey.from_private_bytes(seed).sign(message)
    return made


def signature_holds(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether this is the key's signature of the message; False for a key that may be none.

    Raises:
        MissingError: the extra is not installed.
    """
    try:
        check_public(public)
        _library().Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (ValueError, _invalid()):
        return False
    return True


@cache
def _library() -> Any:  # noqa: ANN401 - a module
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError as error:
        raise MissingError(
            "Signatures need the package cryptography.", "Install it: pip install 'galactica[spread]'."
        ) from error
    return ed25519


@cache
def _invalid() -> type[Exception]:
    _library()
    from cryptography.exceptions import InvalidSignature

    kind: type[Exception] = InvalidSignature
    return kind
