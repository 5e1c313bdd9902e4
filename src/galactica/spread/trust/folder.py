"""The parts of a publication's folder that trust is about: its root documents and the signatures beside a release.

Both come from others, so that no more is read than a publisher can have made: bounded numbers, bounded sizes, no links.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from galactica.codes.files import whole
from galactica.errors import InputError, LimitError
from galactica.spread.trust.chain import MOST_ROOTS
from galactica.spread.trust.minisign import MOST_SIGNATURE, PublicKey
from galactica.spread.trust.releases import MOST_SIGNATURES, signature_name
from galactica.spread.trust.roots import MOST_ROOT

METADATA = "metadata"
RELEASE = "release.json"
_ROOT_NAME = re.compile(r"([1-9][0-9]{0,4})\.root\.json")
_SIGNATURE_NAME = re.compile(r"release\.json\.[0-9a-f]{64}\.minisig")
MOST_ENTRIES = 2**16
"""Names in a folder that are looked at: old snapshots of metadata stay beside the roots."""


def read_roots(folder: Path) -> dict[int, bytes]:
    """The root documents of a publication, or of what is kept beside an edition, by version.

    Args:
        folder: where the N.root.json lie.

    Raises:
        LimitError: there are more, or larger ones, than a publisher makes.
        InputError: the folder cannot be read. One that is not there has none.
    """
    found = _named(folder, _ROOT_NAME)
    if len(found) > MOST_ROOTS:
        raise LimitError(f"{folder} has more than {MOST_ROOTS} root documents.", "No publisher makes so many.")
    return {int(name.partition(".")[0]): _small(folder / name, MOST_ROOT) for name in found}


def write_root(folder: Path, version: int, raw: bytes) -> Path:
    """Put a root document into a folder, under its name; the folder is made where it is not there."""
    return _put(folder / f"{version}.root.json", raw)


def read_signatures(folder: Path) -> dict[str, bytes]:
    """The signature files beside a release.json, by name.

    Raises:
        LimitError: there are more, or larger ones, than a publisher makes.
        InputError: the folder cannot be read. One that is not there has none.
    """
    found = _named(folder, _SIGNATURE_NAME)
    if len(found) > MOST_SIGNATURES:
        raise LimitError(f"{folder} has more than {MOST_SIGNATURES} signatures.", "No publisher makes so many.")
    return {name: _small(folder / name, MOST_SIGNATURE) for name in found}


def write_signature(folder: Path, key: PublicKey, raw: bytes) -> Path:
    """Put a key's signature beside a release.json."""
    return _put(folder / signature_name(key), raw)


def write_trust(folder: Path, roots: Mapping[int, bytes], signatures: Mapping[str, bytes]) -> None:
    """Put roots and signatures into one folder: what an edition keeps beside it, so that it can be passed on.

    Args:
        signatures: as `read_signatures` gives them; other names are left out.
    """
    for version, raw in roots.items():
        write_root(folder, version, raw)
    for name, raw in signatures.items():
        if _SIGNATURE_NAME.fullmatch(name):
            _put(folder / name, raw)


def _named(folder: Path, pattern: re.Pattern[str]) -> list[str]:
    names: list[str] = []
    try:
        for number, each in enumerate(folder.iterdir()):
            if number >= MOST_ENTRIES:
                raise LimitError(f"{folder} has more than {MOST_ENTRIES:,} files.", "It is no folder of a publication.")
            if pattern.fullmatch(each.name) and each.is_file() and not each.is_symlink():
                names.append(each.name)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise InputError(f"{folder} cannot be read: {error.strerror}.", "Name another copy.") from error
    return sorted(names)


def _small(file: Path, most: int) -> bytes:
    try:
        with file.open("rb") as stream:
            raw = stream.read(most + 1)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.", "Name another copy.") from error
    if len(raw) > most:
        raise LimitError(f"{file} is larger than {most:,} bytes.", "It is none that a publisher makes.")
    return raw


def _put(file: Path, raw: bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    with whole(file) as part:
        part.write_bytes(raw)
    return file
