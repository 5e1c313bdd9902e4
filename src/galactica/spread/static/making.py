"""A static edition within a publication: files, page, who vouches for it; what `galactica publish --static` makes.

The manifest is an object of the release, so that who trusts the release trusts the manifest; and it is signed by
itself, because a reader who wants a few kilobytes should not have to read a release that names thousands of packs.
Its text has the lines that a signature of a release speaks of (number, root, parent, title), so the same signatures do
(`spread.trust.releases`), and the same decision is made of them (`spread.trust.deciding`). A release is never taken
for a manifest, nor the other way round: neither has the form of the other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from galactica.codes.files import whole
from galactica.edition import Edition
from galactica.errors import EditionError
from galactica.faults import stopped
from galactica.progress import Report, silent
from galactica.spread.release.document import ReleaseObject
from galactica.spread.release.objects import keep_object
from galactica.spread.static.layout import StaticWritten, put_manifest, write_static
from galactica.spread.static.pages import write_page

STATIC = "static"
"""The kind of a release's object that is a manifest, and the folder in a publication."""

TRUST = "trust.json"
"""What vouches for a manifest, beside its files."""

MAX_TRUST = 4 * 2**20
"""Bytes of it: 256 roots of some kilobytes, 64 signatures."""

_ENDING = ".minisig"


class ManifestSigner(Protocol):
    """Signs what is published (`spread.trust.signing`)."""

    def beside(self, raw: bytes) -> Mapping[str, bytes]:
        """Name → content of the signature files for these bytes; a name is `….KEYID.minisig`."""


class StaticMaker:
    """Lays out what is published; one of the makers of `publish_edition`.

    Args:
        signer: signs the manifest; None: nobody vouches for it.
        roots: root documents of the publication, by version.

    Attributes:
        written: what was laid out; None while nothing was.
    """

    def __init__(self, signer: ManifestSigner | None = None, roots: Mapping[int, bytes] | None = None) -> None:
        self._signer, self._roots = signer, dict(roots or {})
        self.written: StaticWritten | None = None

    def __call__(self, edition: Edition, folder: Path, report: Report) -> Sequence[ReleaseObject]:
        """Lay the edition out in the publication `folder`, and keep its manifest among the objects."""
        self.written = self.lay_out(edition, folder / STATIC, report=report)
        digest, size = keep_object(folder, self.written.manifest.to_bytes())
        return (ReleaseObject(hash=digest, size=size, kind=STATIC),)

    def lay_out(self, edition: Edition, place: Path, *, report: Report = silent) -> StaticWritten:
        """Lay an edition out in a folder, with its page and what vouches for it; raises as `write_static` does."""
        written = write_static(edition, place, report=report)
        raw = written.manifest.to_bytes()
        signatures = self._signer.beside(raw) if self._signer is not None else {}
        try:
            with whole(place / written.manifest.folder / TRUST) as part:
                part.write_bytes(trust_file(signatures, self._roots))
            put_manifest(place, written.manifest)
            write_page(place)
        except OSError as error:
            raise stopped("Laying the edition out", error, place) from error
        return written


def trust_file(signatures: Mapping[str, bytes], roots: Mapping[int, bytes]) -> bytes:
    """`trust.json`: signature files by key id, root documents by version, each as its text. It vouches for nothing by
    itself.

    Args:
        signatures: by name, which is `….KEYID.minisig`.
    """
    document = {
        "roots": {str(version): raw.decode() for version, raw in roots.items()},
        "signatures": {name.removesuffix(_ENDING).rpartition(".")[2]: raw.decode() for name, raw in signatures.items()},
    }
    return (json.dumps(document, ensure_ascii=True, sort_keys=True, indent=1) + "\n").encode()


def read_trust_file(raw: bytes) -> tuple[dict[str, bytes], dict[int, bytes]]:
    """(signatures by key id, roots by version) of `trust.json`.

    Raises:
        EditionError: it is none.
    """
    try:
        document = json.loads(raw.decode("ascii"))
        signatures = {str(keyid): _bytes(text) for keyid, text in document["signatures"].items()}
        roots = {int(version): _bytes(text) for version, text in document["roots"].items()}
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise EditionError(f"{TRUST} of the static edition is damaged.", "Read it from another mirror.") from None
    return signatures, roots


def _bytes(text: object) -> bytes:
    if not isinstance(text, str):
        raise TypeError
    return text.encode()
