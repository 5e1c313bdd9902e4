"""A publication: the folder that releases are published in, and what each file of it is called.

    README.txt                              what this is, in plain words
    releases/releases.json                  which releases there are; signed by nobody, a hint
    releases/NUMBER-ROOT16/release.json     one release; beside it release.json.KEYID.minisig for each signing key
    objects/ab/abcdef…                      packs, leaves, deltas: by the SHA-256 of their bytes
    metadata/                               of whoever signs (spread.trust)
    .publishing/                            of the publisher alone: a lock, and which packs were made

A release is there when its folder has its name, which is after all its objects are; `releases.json` is written again
from what is there, last. docs/formats/pack.md is normative.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from galactica.codes.files import whole
from galactica.edition.info import MAX_COUNT
from galactica.errors import EditionError
from galactica.spread.release.document import MAX_RELEASE, Release
from galactica.spread.release.objects import OBJECTS
from galactica.spread.release.pack import object_hash
from galactica.spread.trust.folder import MOST_RELEASES
from galactica.spread.trust.minisign import MOST_SIGNATURE
from galactica.spread.trust.releases import MOST_SIGNATURES

RELEASES, RELEASE, LIST = "releases", "release.json", "releases.json"
METADATA, PUBLISHING = "metadata", ".publishing"
MAKING = ".making"
"""How the folder of a release ends that is not whole yet."""

MAX_LIST = 2**20
"""Bytes of `releases.json`."""

SIGNATURE = re.compile(r"release\.json\.([0-9A-Za-z]{1,128})\.minisig")
_FOLDER = re.compile("[1-9][0-9]{0,9}-[0-9a-f]{16}")
_HASH = re.compile("[0-9a-f]{64}")
_README = """\
This folder holds an encyclopedia made with Galactica, published to be copied, mirrored and carried.

Get it with:     galactica fetch ADDRESS-OR-FOLDER OUT.edition
Any web server, bucket or stick can carry the folder: every file is plain, and none is made anew when it is asked for.
Nobody has to trust who carries it: each file is checked against the release, and the release by its signatures or by
the root that you know. What is in it: releases/. What it is made of: objects/, named by their SHA-256.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRelease:
    """A line of `releases.json`, which nobody vouches for.

    Attributes:
        number, root: of the release.
        hash, size: SHA-256 and bytes of its `release.json`.
        signatures: names of the keys that signed it.
    """

    number: int
    root: str
    hash: str
    size: int
    signatures: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """Where in a publication it lies."""
        return f"{RELEASES}/{self.number}-{self.root[:16]}"


def release_folder(release: Release) -> str:
    """Where in a publication a release lies."""
    return f"{RELEASES}/{release.called}"


def signature_name(key: str) -> str:
    """What the signature of the key called `key` is called, beside `release.json`."""
    return f"{RELEASE}.{key}.minisig"


def read_list(raw: bytes) -> tuple[ListedRelease, ...]:
    """The releases that `releases.json` names, the newest first.

    Raises:
        EditionError: it is none, or damaged.
    """
    try:
        if len(raw) > MAX_LIST:
            raise ValueError
        listed = json.loads(raw.decode("ascii"))["releases"]
        if not isinstance(listed, list) or not 0 < len(listed) <= MOST_RELEASES:
            raise ValueError
        found = [_listed(each) for each in listed]
    except (KeyError, TypeError, ValueError, RecursionError):
        raise EditionError(
            "Its releases/releases.json cannot be read.", "Name a folder or address that galactica publish made."
        ) from None
    return tuple(sorted(found, key=lambda each: (-each.number, each.root)))


def _listed(raw: Mapping[str, object]) -> ListedRelease:
    number, size, signatures = raw["number"], raw["size"], raw["signatures"]
    root, digest = str(raw["root"]), str(raw["hash"])
    if not isinstance(number, int) or not isinstance(size, int) or not isinstance(signatures, list):
        raise TypeError
    if not 1 <= number <= MAX_COUNT or not 1 <= size <= MAX_RELEASE or len(signatures) > MOST_SIGNATURES:
        raise ValueError
    names = tuple(str(each) for each in signatures)
    if not _HASH.fullmatch(root) or not _HASH.fullmatch(digest):
        raise ValueError
    if not all(SIGNATURE.fullmatch(signature_name(each)) for each in names):
        raise ValueError
    return ListedRelease(number=number, root=root, hash=digest, size=size, signatures=names)


def published_releases(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """(folder, bytes of its `release.json`) of every release in a publication on disk, in no order."""
    releases = folder / RELEASES
    for each in sorted(releases.iterdir()) if releases.is_dir() else ():
        if _FOLDER.fullmatch(each.name) and (each / RELEASE).is_file() and not each.is_symlink():
            with (each / RELEASE).open("rb") as file:
                yield each, file.read(MAX_RELEASE + 1)


def signatures_beside(folder: Path) -> dict[str, bytes]:
    """Name of the key → detached signature, of the release in the folder of one."""
    found: dict[str, bytes] = {}
    for each in sorted(folder.iterdir()):
        name = SIGNATURE.fullmatch(each.name)
        if name and each.is_file() and len(found) < MOST_SIGNATURES:
            with each.open("rb") as file:
                found[name[1]] = file.read(MOST_SIGNATURE)
    return found


def put_release(folder: Path, release: Release, beside: Mapping[str, bytes]) -> None:
    """Give a release its place in the publication `folder`, whole, with what stands beside it by name; and list it.

    Every object it names must be there already. What stood beside it before stays; the same name is replaced.
    """
    place = folder / release_folder(release)
    if place.is_dir():
        for name, raw in beside.items():
            with whole(place / name, durable=True) as part:
                part.write_bytes(raw)
    else:
        making = place.with_name(place.name + MAKING)
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        for name, raw in {RELEASE: release.to_bytes(), **beside}.items():
            with whole(making / name, durable=True) as part:
                part.write_bytes(raw)
        making.rename(place)
    write_list(folder)


def write_list(folder: Path) -> None:
    """Write `releases.json` again from what is there, and what the folder is for people."""
    listed = []
    for place, raw in published_releases(folder):
        release = Release.from_bytes(raw)
        listed.append(
            {
                "number": release.number,
                "root": release.root,
                "hash": object_hash(raw),
                "size": len(raw),
                "signatures": sorted(signatures_beside(place)),
            }
        )
    listed.sort(key=lambda each: (-int(str(each["number"])), str(each["root"])))
    text = json.dumps({"releases": listed}, ensure_ascii=True, sort_keys=True, indent=1) + "\n"
    (folder / RELEASES).mkdir(parents=True, exist_ok=True)
    for name, written in ((f"{RELEASES}/{LIST}", text), ("README.txt", _README)):
        with whole(folder / name, durable=True) as part:
            part.write_text(written, encoding="ascii", newline="\n")


def prune(folder: Path, keep: int) -> tuple[int, int]:
    """Take away all but the newest releases of a publication, and the objects that no release names any more.

    A release goes before its objects do, and the list before it: whatever is stopped, what is listed is whole.

    Args:
        keep: how many releases stay, at least 1.

    Returns:
        (releases, objects) that were taken away.
    """
    releases = sorted(((Release.from_bytes(raw), place) for place, raw in published_releases(folder)), key=_newest)
    gone = releases[max(1, keep) :]
    for _, place in gone:
        place.rename(place.with_name(place.name + MAKING))
    write_list(folder)
    for making in (folder / RELEASES).glob(f"*{MAKING}"):
        shutil.rmtree(making, ignore_errors=True)
    named = {each.hash for release, _ in releases[: max(1, keep)] for each in release.objects}
    count = 0
    for file in sorted((folder / OBJECTS).glob("??/*")):
        if file.name not in named:
            file.unlink(missing_ok=True)
            count += 1
    return len(gone), count


def _newest(pair: tuple[Release, Path]) -> tuple[int, str]:
    return -pair[0].number, pair[0].root
