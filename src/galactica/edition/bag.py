"""The BagIt bag that an edition's truth lies in, so that archivists' own tools can check it.

Standard: RFC 8493 (BagIt 1.0) §2. The payload is `data/`; `index/` stands outside it, is derived, and has a manifest of
its own (`index/manifest.json`: the root it was made for, and the SHA-256 of each of its files). Nothing here holds the
time of day: the same input gives the same bag.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from galactica.errors import EditionError
from galactica.progress import Report, silent

_CHUNK = 1 << 20
_MAX_MANIFEST = 256 * 2**20
_TAGS = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A file that is not what its manifest says: `where` (path in the edition), `what` (for a person)."""

    where: str
    what: str


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_bag(path: Path, *, title: str, root: str) -> None:
    """Write the tag files over a complete `data/` folder, the payload manifest first, the tag manifest last."""
    files = [f for f in _files(path / "data") if f.is_file()]
    sums = {f.relative_to(path).as_posix(): sha256_of(f) for f in files}
    size = sum(f.stat().st_size for f in files)
    _write(path / "bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    one_line = " ".join(title.split())
    lines = (
        f"External-Identifier: galactica:{root}",
        f"External-Description: {one_line}",
        f"Payload-Oxum: {size}.{len(files)}",
    )
    _write(path / "bag-info.txt", "\n".join(lines) + "\n")
    _write(path / "manifest-sha256.txt", "".join(f"{sums[name]}  {_encode(name)}\n" for name in sorted(sums)))
    _write(path / "tagmanifest-sha256.txt", "".join(f"{sha256_of(path / name)}  {name}\n" for name in _TAGS))


def check_bag(path: Path, report: Report = silent) -> Iterator[Damage]:
    """Yield every file that is missing, added or changed against the manifests of the bag."""
    for name in ("bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"):
        if not (path / name).is_file():
            yield Damage(where=name, what="missing")
            return
    yield from _check(path, path / "tagmanifest-sha256.txt", silent)
    listed = yield from _check(path, path / "manifest-sha256.txt", report)
    for file in _files(path / "data"):
        name = file.relative_to(path).as_posix()
        if name not in listed:
            yield Damage(where=name, what="not in the manifest")


def _check(path: Path, manifest: Path, report: Report) -> Generator[Damage, None, dict[str, str]]:
    """As `check_bag` for one manifest; returns the names it lists."""
    listed = dict(_entries(manifest))
    total = sum(f.stat().st_size for f in (path / n for n in listed) if f.is_file())
    done = 0
    for name, digest in listed.items():
        file = path / name
        if not _inside(path, file):
            yield Damage(where=name, what="lies outside the edition")
            continue
        if not file.is_file():
            yield Damage(where=name, what="missing")
            continue
        try:
            if sha256_of(file) != digest:
                yield Damage(where=name, what="changed (its SHA-256 is not the one in the manifest)")
        except OSError as error:
            yield Damage(where=name, what=f"cannot be read ({error.strerror})")
        done += file.stat().st_size
        report("checksums", done, total, "B")
    return listed


def write_index_manifest(index: Path, root: str, program: str) -> None:
    """Write `index/manifest.json` over the files in `index/`, last of all."""
    sums = {f.relative_to(index).as_posix(): sha256_of(f) for f in _files(index) if f.name != "manifest.json"}
    text = json.dumps({"root": root, "program": program, "files": sums}, indent=1, sort_keys=True)
    _write(index / "manifest.json", text + "\n")


def index_root(index: Path) -> str | None:
    """The root that an index was made for; None where it is missing or unfinished."""
    try:
        raw = json.loads((index / "manifest.json").read_text(encoding="utf-8"))
        root = raw["root"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return root if isinstance(root, str) else None


def check_index(index: Path, root: str) -> Iterator[Damage]:
    """Yield what is wrong with an index: made for another root, files missing or changed."""
    try:
        raw = json.loads((index / "manifest.json").read_text(encoding="utf-8"))
        files = dict(raw["files"])
        made_for = raw["root"]
    except (OSError, ValueError, KeyError, TypeError):
        yield Damage(where="index/manifest.json", what="missing or unreadable")
        return
    if made_for != root:
        yield Damage(where="index/manifest.json", what="the index was made for another edition")
    for name, digest in files.items():
        file = index / name
        if not _inside(index, file) or not file.is_file():
            yield Damage(where=f"index/{name}", what="missing")
        elif sha256_of(file) != digest:
            yield Damage(where=f"index/{name}", what="changed (its SHA-256 is not the one in the manifest)")


def _entries(manifest: Path) -> Iterator[tuple[str, str]]:
    """(path, hex digest) of each line."""
    if manifest.stat().st_size > _MAX_MANIFEST:
        raise EditionError(f"{manifest} has an impossible size", "Fetch the edition again.")
    for line in manifest.read_text(encoding="utf-8", errors="replace").splitlines():
        digest, _, name = line.partition("  ")
        if name:
            yield unquote(name), digest


def _files(folder: Path) -> list[Path]:
    return sorted(f for f in folder.rglob("*") if f.is_file())


def _inside(folder: Path, file: Path) -> bool:
    if not file.is_relative_to(folder):
        return False
    return ".." not in file.relative_to(folder).parts and not file.is_symlink()


def _encode(name: str) -> str:
    """RFC 8493 §2.1.3: CR, LF and % are percent-encoded, nothing else."""
    return quote(name, safe="/!\"#$&'()*+,:;<=>?@[\\]^`{|}~ ") if any(c in name for c in "\r\n%") else name


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
