"""The BagIt bag that an edition's truth lies in, so that archivists' own tools can check it.

Standard: RFC 8493 (BagIt 1.0) §2. The payload is `data/`; `index/` stands outside it, is derived, and has a manifest of
its own (`index/manifest.json`: the root it was made for, and the SHA-256 of each of its files and of itself).
`index/meaning/`, which may be added to an edition when all else is done, has one more of the same form. Nothing here
holds the time of day: the same input gives the same bag.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

from galactica.codes.files import whole
from galactica.edition.info import read_bounded
from galactica.errors import EditionError
from galactica.faults import is_machines
from galactica.progress import Report, silent

_CHUNK = 1 << 20
_HEX = re.compile("[0-9a-f]{64}")
_LINE = re.compile("([0-9a-f]{64})  ([^\r\n]+)")
_PROGRAM = re.compile(r"galactica [0-9][0-9A-Za-z.+]*")
_MOST_WRONG = 20
"""Faulty lines of a manifest that are told; they are all of one kind."""
_MAX_MANIFEST = 256 * 2**20
_MAX_INDEX_MANIFEST = 4 * 2**20
_TAGS = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")

TAG_MANIFEST = "tagmanifest-sha256.txt"
INDEX_MANIFEST = "manifest.json"
MEANING = "meaning"
"""The folder of `index/` that has a manifest of its own and is in no other."""


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
    _write(path / TAG_MANIFEST, "".join(f"{sha256_of(path / name)}  {name}\n" for name in _TAGS))


def check_bag(path: Path, report: Report = silent) -> Iterator[Damage]:
    """Yield every file that is missing, added or changed against the manifests of the bag.

    The tag manifest is in no other manifest: it is held to the letter, and must name every other tag file.
    """
    for name in ("bagit.txt", "manifest-sha256.txt", TAG_MANIFEST):
        if not (path / name).is_file():
            yield Damage(where=name, what="missing")
            return
    yield from tag_manifest_faults(path)
    yield from _check(path, path / TAG_MANIFEST, silent, lines=False)
    listed = yield from _check(path, path / "manifest-sha256.txt", report)
    for file in _files(path / "data"):
        name = file.relative_to(path).as_posix()
        if name not in listed:
            yield Damage(where=name, what="not in the manifest")


def tag_manifest_faults(path: Path) -> Iterator[Damage]:
    """What is wrong with the tag manifest's own lines; of its digests those are wrong that no file there has."""
    tags, wrong = _entries(path / TAG_MANIFEST)
    for what in wrong:
        yield Damage(where=TAG_MANIFEST, what=what)
    for name in _TAGS:
        if name not in tags:
            yield Damage(where=TAG_MANIFEST, what=f"does not name {name}")


def _check(
    path: Path, manifest: Path, report: Report, *, lines: bool = True
) -> Generator[Damage, None, dict[str, str]]:
    """As `check_bag` for one manifest; returns the names it lists. `lines`: what is wrong with its lines is told."""
    listed, wrong = _entries(manifest)
    if lines:
        for what in wrong:
            yield Damage(where=manifest.name, what=what)
    sizes = {name: _size(path, name) for name in listed}
    total, done = sum(sizes.values()), 0
    for name, digest in listed.items():
        what = _wrong(path, name, digest)
        if what:
            yield Damage(where=name, what=what)
        done += sizes[name]
        report("checksums", done, total, "B")
    return listed


def _size(folder: Path, name: str) -> int:
    try:
        return (folder / name).stat().st_size if _inside(folder, name) else 0
    except OSError:
        return 0


def write_index_manifest(index: Path, root: str, program: str, *, but: str = MEANING) -> None:
    """Write the manifest of an index over the files in its folder, last of all and whole at once.

    Args:
        but: a folder in it whose files are not listed.
    """
    names = {f.relative_to(index).as_posix(): f for f in _files(index) if f.name != INDEX_MANIFEST}
    sums = {name: sha256_of(f) for name, f in names.items() if not name.startswith(f"{but}/")}
    with whole(index / INDEX_MANIFEST) as part:
        _write(part, _index_text({"root": root, "program": program, "files": sums}))


def _index_text(stated: Mapping[str, object]) -> str:
    """The manifest of an index: what it states, and the SHA-256 of that, so that it vouches for itself."""
    plain = {name: value for name, value in stated.items() if name != "sum"}
    made = hashlib.sha256(_json(plain).encode()).hexdigest()
    return _json({**plain, "sum": made})


def _json(document: Mapping[str, object]) -> str:
    return json.dumps(document, indent=1, sort_keys=True) + "\n"


def index_root(index: Path) -> str | None:
    """The root that an index was made for; None where it is missing or unfinished."""
    stated = _index_manifest(index)
    return stated[0] if stated is not None else None


def index_sums(index: Path) -> dict[str, str]:
    """SHA-256 (hex) of each file in the folder of an index, by its path there, as its manifest has them; without names
    that lead out of the folder or over a link, and empty where no manifest can be read."""
    stated = _index_manifest(index)
    return {name: digest for name, digest in stated[1].items() if _inside(index, name)} if stated is not None else {}


def check_index(index: Path, root: str, *, called: str = "index") -> Iterator[Damage]:
    """Yield what is wrong with an index: made for another root, files missing or changed.

    Args:
        called: path of the folder `index` in the edition, as `Damage.where` is to begin.
    """
    stated = _index_manifest(index)
    if stated is None:
        yield Damage(where=f"{called}/{INDEX_MANIFEST}", what="missing or unreadable")
        return
    made_for, files = stated
    if not _as_written(index / INDEX_MANIFEST):
        yield Damage(where=f"{called}/{INDEX_MANIFEST}", what="changed (it is not what its own SHA-256 says)")
    if made_for != root:
        yield Damage(where=f"{called}/{INDEX_MANIFEST}", what="the index was made for another edition")
    for name, digest in files.items():
        what = _wrong(index, name, digest)
        if what:
            yield Damage(where=f"{called}/{name}", what=what)


def _index_manifest(index: Path) -> tuple[str, dict[str, str]] | None:
    """(root, file → SHA-256) as the manifest of an index has them; None where there is none that can be read."""
    try:
        raw = json.loads(read_bounded(index / INDEX_MANIFEST, _MAX_INDEX_MANIFEST))
        root, files = raw["root"], raw["files"]
        if not isinstance(root, str) or not isinstance(files, dict):
            return None
        for text in (root, *files, *files.values()):
            text.encode()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return root, files


def is_index_sound(index: Path) -> bool:
    """Whether the manifest of an index can be read and vouches for itself; its files are not looked at."""
    return _index_manifest(index) is not None and _as_written(index / INDEX_MANIFEST)


def _as_written(manifest: Path) -> bool:
    """Whether the manifest of an index is to the letter what `write_index_manifest` writes.

    One that was written before 0.3 has no sum of its own: there the text `program` is only looked at for its form.
    """
    text = read_bounded(manifest, _MAX_INDEX_MANIFEST)
    stated = json.loads(text)
    if "sum" in stated:
        return text == _index_text(stated) and _HEX.fullmatch(stated["root"]) is not None
    same = sorted(stated) == ["files", "program", "root"] and text == _json(stated)
    hexes = (stated["root"], *stated["files"].values())
    return same and all(_HEX.fullmatch(each) for each in hexes) and bool(_PROGRAM.fullmatch(str(stated["program"])))


def _wrong(folder: Path, name: str, digest: str) -> str:
    """What is wrong with the file called `name` in a manifest of `folder`; "" where nothing is."""
    file = folder / name
    if not _inside(folder, name):
        return "lies outside the edition, or is a link"
    if not file.is_file():
        return "missing"
    try:
        same = sha256_of(file) == digest
    except OSError as error:
        if is_machines(error):
            raise
        return f"cannot be read ({error.strerror})"
    return "" if same else "changed (its SHA-256 is not the one in the manifest)"


def _entries(manifest: Path) -> tuple[dict[str, str], list[str]]:
    """Path → hex digest as the lines say, and what is wrong with the lines.

    A line is what `write_bag` writes, to the letter: 64 digits in lower case, two spaces, a path, a line feed. RFC 8493
    would let another program write some of it otherwise; what nothing else vouches for is not read generously.
    """
    if manifest.stat().st_size > _MAX_MANIFEST:
        raise EditionError(f"{manifest} has an impossible size.", "Fetch the edition again.")
    text = manifest.read_bytes().decode("utf-8", errors="replace")
    listed: dict[str, str] = {}
    wrong: list[str] = []
    *lines, rest = text.split("\n")
    if rest:
        wrong.append("does not end with a line feed")
        lines.append(rest)
    for number, line in enumerate(lines, 1):
        found = _LINE.fullmatch(line)
        name = unquote(found[2]) if found else ""
        if found is None or _encode(name) != found[2] or name in listed:
            wrong.append(f"line {number} is not a digest, two spaces and a path of its own")
        if found is not None:
            listed[name] = found[1]
    return listed, wrong[:_MOST_WRONG]


def _files(folder: Path) -> list[Path]:
    return sorted(f for f in folder.rglob("*") if f.is_file())


def _inside(folder: Path, name: str) -> bool:
    """Whether a manifest's name leads to a place in `folder`, by no link."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\0" in name or not (folder / path).is_relative_to(folder):
        return False
    place = folder
    for part in path.parts:
        place /= part
        if place.is_symlink():
            return False
    return True


def _encode(name: str) -> str:
    """RFC 8493 §2.1.3: CR, LF and % are percent-encoded, nothing else."""
    return quote(name, safe="/!\"#$&'()*+,:;<=>?@[\\]^`{|}~ ") if any(c in name for c in "\r\n%") else name


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def is_vouched(index: Path, root: str) -> bool:
    """Whether the manifest of an index can be believed to say what its files must be, of the edition with this root."""
    return index_root(index) == root and is_index_sound(index)
