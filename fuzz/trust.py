"""Target of the fuzzer: any bytes are a root, a list, a key, a signature or a release in their one form, or are refused."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from galactica.errors import ProofError
from galactica.spread.trust.chain import first_root
from galactica.spread.trust.making_roots import begun_root, sign_root
from galactica.spread.trust.metadata import MOST_BYTES, MOST_TARGET_MARKS
from galactica.spread.trust.minisign import DetachedSignature, PublicKey, digest_of
from galactica.spread.trust.releases import check_release, read_head
from galactica.spread.trust.roots import NamedKey
from galactica.spread.trust.secret import SecretKey
from galactica.spread.trust.tuf_parts import Snapshot, Targets, Timestamp, read_metadata, written_metadata

_KEY = SecretKey(bytes(range(32)), b"fuzzing.")
_NAMED = NamedKey(key=_KEY.public, name="k")
_ROOT = sign_root(begun_root("t", [_NAMED], 1, expires=datetime(2040, 1, 1, tzinfo=UTC)), _KEY)
_SIGNATURE = _KEY.sign_file(b"x", "comment").to_text().encode()
_RELEASE = b'{\n "number": 1,\n "parent": "",\n "root": "' + b"0" * 64 + b'",\n "title": "t"\n}\n'
SEEDS = (_ROOT, _SIGNATURE, _RELEASE, _KEY.public.to_text().encode(), b"[]", b"")
PIECES = ('{"', '": ', "[", "]", "}", ",", '"', "1", "0" * 64, '"signed": {', '"signatures": [', '"_type": "root"', "\n",
          ' "number": 1,\n', ' "root": "', '"keyid": "', '"sig": ""', "\\ud800", " ", "1e999", "-", "\x01", "RW", "=",
          "untrusted comment: ", "trusted comment: ", "a")  # fmt: skip


def one(data: bytes) -> None:
    """Take `data` for each of them.

    Raises:
        AssertionError: a document was taken that has another form too.
    """
    root = first_root(_ROOT)
    with suppress(ProofError):
        assert first_root(data).document.raw == data
    for kind in (Targets, Snapshot, Timestamp):
        with suppress(ProofError):
            assert written_metadata(read_metadata(data, kind, MOST_BYTES[kind.type], marks=MOST_TARGET_MARKS)) == data
    with suppress(ProofError):
        read_head(data)
    with suppress(ProofError):
        check_release(data, {"a": data, "b": _SIGNATURE}, root)
    with suppress(ValueError):
        DetachedSignature.from_bytes(data).holds(_KEY.public, digest_of(b"x"))
    with suppress(ValueError):
        PublicKey.from_text(data.decode())
