"""Signing a static edition by several people: whoever has signed a release signs the manifest that it names, too.

A static edition is read without its release, so its manifest has signatures of its own (`trust.json`). Nobody is asked
for them again: the release that was agreed to names the manifest by its SHA-256.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from galactica.codes.files import whole
from galactica.errors import GalacticaError
from galactica.spread.release.document import Release
from galactica.spread.static.making import MAX_TRUST, STATIC, TRUST, read_trust_file, trust_file
from galactica.spread.static.manifest import MANIFEST, MAX_MANIFEST, Manifest
from galactica.spread.trust.chain import follow_roots
from galactica.spread.trust.folder import (
    METADATA,
    read_bounded_bytes,
    read_release,
    read_roots,
    read_signatures,
    release_folders,
)
from galactica.spread.trust.releases import sign_release, signature_file, signed_by_key
from galactica.spread.trust.roots import keyid_of
from galactica.spread.trust.secret import SecretKey


def sign_static(folder: Path, secrets: Sequence[SecretKey]) -> tuple[str, ...]:
    """Sign the manifest of a publication's static edition with the keys that have signed its release.

    Args:
        folder: of the publication.
        secrets: the keys at hand.

    Returns:
        What was signed, a line each; nothing where there is no static edition, or nothing new to sign.

    Raises:
        EditionError: what vouches for it is damaged.
        InputError, LimitError: it cannot be read.
    """
    place, roots = folder / STATIC, read_roots(folder / METADATA)
    if not (place / MANIFEST).is_file() or not roots:
        return ()
    raw = read_bounded_bytes(place / MANIFEST, MAX_MANIFEST)
    manifest, root = Manifest.from_bytes(raw), follow_roots(roots)
    release = _release_of(folder, manifest, hashlib.sha256(raw).hexdigest())
    if release is None:
        return ()
    document, beside = read_release(release), read_signatures(release)
    file = place / manifest.folder / TRUST
    there, had = read_trust_file(read_bounded_bytes(file, MAX_TRUST)) if file.is_file() else ({}, {})
    signatures = {f"release.json.{keyid}.minisig": text for keyid, text in there.items()}
    signed = []
    for each in secrets:
        named = root.release_keys.get(keyid_of(each.public.raw))
        if named is None or signed_by_key(document, beside, [named]) != (named, root.publication):
            continue
        made = sign_release(raw, each, root.publication)
        if signatures.get(signature_file(each.public)) != made:
            signatures[signature_file(each.public)] = made
            signed.append(f"Static edition of release {manifest.number}, by {named.told}.")
    if signed or had != roots:
        with whole(file, durable=True) as part:
            part.write_bytes(trust_file(signatures, roots))
    return tuple(signed)


def _release_of(folder: Path, manifest: Manifest, digest: str) -> Path | None:
    """The folder of the release that names a manifest; None where none does."""
    for place in release_folders(folder):
        if not place.name.endswith(f"-{manifest.root[:16]}"):
            continue
        try:
            release = Release.from_bytes(read_release(place))
        except GalacticaError:
            continue
        if any(each.kind == STATIC and each.hash == digest for each in release.objects):
            return place
    return None
