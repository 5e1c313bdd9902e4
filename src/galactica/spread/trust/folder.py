"""The parts of a publication's folder that trust is about: root documents, releases and the signatures beside them.

All of it may come from others, so that no more is read than a publisher can have made: bounded numbers and sizes, no
links. What has not enough signatures yet waits in `metadata/pending/`, which no reader asks for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from galactica.codes.files import whole
from galactica.errors import InputError, LimitError
from galactica.spread.trust.chain import MOST_ROOTS
from galactica.spread.trust.minisign import MOST_SIGNATURE, PublicKey
from galactica.spread.trust.releases import MOST_RELEASE, MOST_SIGNATURES, signature_file
from galactica.spread.trust.roots import MOST_ROOT

METADATA, PENDING, RELEASES, RELEASE = "metadata", "pending", "releases", "release.json"
_ROOT_NAME = re.compile(r"([1-9][0-9]{0,4})\.root\.json")
_SIGNATURE_NAME = re.compile(r"release\.json\.([0-9a-f]{64})\.minisig")
_RELEASE_NAME = re.compile(r"([1-9][0-9]{0,9})-[0-9a-f]{16}")
MOST_ENTRIES = 2**16
"""Names in a folder that are looked at: old snapshots of metadata stay beside the roots."""
MOST_RELEASES = 1_000
"""Releases of a publication, as docs/formats/pack.md bounds them."""


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
    return {int(number): read_bounded_bytes(folder / name, MOST_ROOT) for name, number in found}


def write_root(folder: Path, version: int, raw: bytes) -> Path:
    """Put a root document into a folder, under its name; the folder is made where it is not there."""
    return put_file(folder / f"{version}.root.json", raw)


def read_signatures(folder: Path) -> dict[str, bytes]:
    """The signature files beside a release.json, by the key id that their name says.

    Raises:
        LimitError: there are more, or larger ones, than a publisher makes.
        InputError: the folder cannot be read. One that is not there has none.
    """
    found = _named(folder, _SIGNATURE_NAME)
    if len(found) > MOST_SIGNATURES:
        raise LimitError(f"{folder} has more than {MOST_SIGNATURES} signatures.", "No publisher makes so many.")
    return {keyid: read_bounded_bytes(folder / name, MOST_SIGNATURE) for name, keyid in found}


def write_signature(folder: Path, key: PublicKey, raw: bytes) -> Path:
    """Put a key's signature beside a release.json."""
    return put_file(folder / signature_file(key), raw)


def write_trust(folder: Path, roots: Mapping[int, bytes], signatures: Mapping[str, bytes]) -> None:
    """Put roots and signatures into one folder: what an edition keeps beside it, so that it can be passed on.

    Args:
        signatures: as `read_signatures` gives them; what is named by no key id is left out.
    """
    for version, raw in roots.items():
        write_root(folder, version, raw)
    for keyid, raw in signatures.items():
        name = f"release.json.{keyid}.minisig"
        if _SIGNATURE_NAME.fullmatch(name):
            put_file(folder / name, raw)


def release_folders(folder: Path) -> tuple[Path, ...]:
    """The folders of a publication's releases, the highest number first.

    Raises:
        LimitError: there are more than a publisher makes.
        InputError: the folder cannot be read.
    """
    place = folder / RELEASES
    found = [(int(number), place / name) for name, number in _named(place, _RELEASE_NAME, folders=True)]
    if len(found) > MOST_RELEASES:
        raise LimitError(f"{place} has more than {MOST_RELEASES} releases.", "No publisher makes so many.")
    return tuple(path for _, path in sorted(found, reverse=True) if (path / RELEASE).is_file())


def versions_in(folder: Path, role: str) -> tuple[int, ...]:
    """Which numbers of a role's document lie in a folder.

    Raises:
        LimitError, InputError: as `read_roots`.
    """
    pattern = re.compile(r"([1-9][0-9]{0,9})\." + role + r"\.json")
    return tuple(sorted(int(number) for _, number in _named(folder, pattern)))


def read_release(folder: Path) -> bytes:
    """The release.json in the folder of one.

    Raises:
        InputError: it cannot be read.
        LimitError: it is larger than one may be.
    """
    return read_bounded_bytes(folder / RELEASE, MOST_RELEASE)


def read_bounded_bytes(file: Path, most: int) -> bytes:
    """The bytes of a file that has at most so many.

    Raises:
        InputError: it cannot be read.
        LimitError: it has more.
    """
    try:
        with file.open("rb") as stream:
            raw = stream.read(most + 1)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.", "Name another copy.") from error
    if len(raw) > most:
        raise LimitError(f"{file} is larger than {most:,} bytes.", "It is none that a publisher makes.")
    return raw


def put_file(file: Path, raw: bytes) -> Path:
    """Write a file whole, durably, in a folder that is made where it is not there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with whole(file, durable=True) as part:
        part.write_bytes(raw)
    return file


def _named(folder: Path, pattern: re.Pattern[str], *, folders: bool = False) -> list[tuple[str, str]]:
    """(name, what the pattern's group holds) of what is called so; links are passed over."""
    names: list[tuple[str, str]] = []
    try:
        for number, each in enumerate(folder.iterdir()):
            if number >= MOST_ENTRIES:
                raise LimitError(f"{folder} has more than {MOST_ENTRIES:,} files.", "It is no folder of a publication.")
            found = pattern.fullmatch(each.name)
            if found and not each.is_symlink() and (each.is_dir() if folders else each.is_file()):
                names.append((each.name, found[1]))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise InputError(f"{folder} cannot be read: {error.strerror}.", "Name another copy.") from error
    return sorted(names)
