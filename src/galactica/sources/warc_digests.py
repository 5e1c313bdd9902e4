"""The digests that records of a web archive carry: whether they fit the bytes, however they are written.

Source: WARC 1.1 §5.8 and 5.9 ("algorithm:value", base 32 by custom, base 16 and base 64 in practice). A digest of a
payload is made by some tools of the body as it was sent, by others with its chunks put together; either fits.
"""

from __future__ import annotations

import base64
import binascii
import hashlib

from galactica.sources.warc_records import WarcRecord

_ALGORITHMS = {
    **{"sha1": "sha1", "sha-1": "sha1", "md5": "md5", "sha256": "sha256", "sha-256": "sha256"},
    **{"sha512": "sha512", "sha-512": "sha512", "sha384": "sha384", "blake2b": "blake2b"},
}


def digest_faults(record: WarcRecord, start: int, plain: bytes) -> list[str]:
    """["digest"] where a digest of a record does not fit its bytes; [] where all fit, or none can be compared.

    Args:
        start: byte of the block at which the payload begins.
        plain: the payload with its chunks put together.
    """
    if len(record.block) < record.length or record.fault:
        return []
    block = record.fields.get("warc-block-digest", "")
    if block and digest_fits(block, record.block) is False:
        return ["digest"]
    payload = record.fields.get("warc-payload-digest", "")
    if not payload or block or record.fields.get("warc-type") == "revisit":
        return []
    bodies = [record.block[start:]] + ([plain] if len(plain) != len(record.block) - start else [])
    return ["digest"] if all(digest_fits(payload, body) is False for body in bodies) else []


def digest_fits(written: str, content: bytes) -> bool | None:
    """Whether a digest is that of a content; None where it is none that is known here."""
    name, colon, value = written.strip().partition(":")
    algorithm = _ALGORITHMS.get(name.lower(), "")
    if not colon or not algorithm:
        return None
    made = hashlib.new(algorithm, content, usedforsecurity=False).digest()
    stated = _bytes(value.strip(), len(made))
    return None if stated is None else stated == made


def payload_digest(content: bytes) -> str:
    """The digest of a payload as records write it, in lower case."""
    made = hashlib.sha1(content, usedforsecurity=False).digest()
    return f"sha1:{base64.b32encode(made).decode().lower()}"


def _bytes(value: str, size: int) -> bytes | None:
    try:
        if len(value) == 2 * size:
            return bytes.fromhex(value)
        if len(value.rstrip("=")) == -(-size * 8 // 5):
            return base64.b32decode(value.upper().rstrip("=") + "=" * (-len(value.rstrip("=")) % 8))
        found = base64.b64decode(value + "=" * (-len(value) % 4), validate=True)
    except (ValueError, binascii.Error):
        return None
    return found if len(found) == size else None
