"""Which releases of a publication enough keys have signed, as TUF lists them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from galactica.errors import ProofError
from galactica.spread.trust.chain import TrustedRoot
from galactica.spread.trust.folder import RELEASE, RELEASES, read_release, read_signatures, release_folders
from galactica.spread.trust.releases import check_release, signed_by_key
from galactica.spread.trust.secret import SecretKey


class SignedReleases:
    """The releases of a publication, and who has signed them.

    Attributes:
        vouched: targets of those that enough keys have signed, by path.
        others: paths of the others.
        newest: of the others the one with the highest number, where it is above all that are vouched for: its folder,
            its path, and what is wrong with it; None where it is not.
    """

    def __init__(self, folder: Path, root: TrustedRoot) -> None:
        self.root = root
        self.vouched: dict[str, Any] = {}
        self.newest: tuple[Path, str, str] | None = None
        others: list[str] = []
        for place in release_folders(folder):
            path, raw = f"{RELEASES}/{place.name}/{RELEASE}", read_release(place)
            try:
                check_release(raw, read_signatures(place), root)
            except ProofError as error:
                others.append(path)
                if not self.vouched and self.newest is None:
                    self.newest = place, path, error.problem
                continue
            self.vouched[path] = _target(path, raw)
        self.others = tuple(others)

    def signed_by(self, keys: Mapping[str, SecretKey]) -> dict[str, Any]:
        """The target of `newest`, where one of these keys has signed it; else nothing."""
        if self.newest is None:
            return {}
        place, path, _ = self.newest
        raw = read_release(place)
        named = [each for keyid, each in self.root.release_keys.items() if keyid in keys]
        try:
            found = signed_by_key(raw, read_signatures(place), named)
        except ProofError:
            return {}
        return {path: _target(path, raw)} if found is not None and found[1] == self.root.publication else {}


def _target(path: str, raw: bytes) -> Any:  # noqa: ANN401 - TUF's own
    from galactica.spread.trust.tuf_parts import TargetFile

    return TargetFile(len(raw), {"sha256": hashlib.sha256(raw).hexdigest()}, path)
