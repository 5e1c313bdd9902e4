"""Where an edition is to be built, and whether it can be: looked at before anything is read or written.

Rules: nothing that is not a build's own is ever removed or overwritten; a build never reads what it writes; what can be
known to be wrong is said before the first hour of work and not after it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from galactica.cluster.opened import IDENTITY, STORE
from galactica.codes.files import PART
from galactica.errors import UsageError
from galactica.sources.contract import SourceOptions
from galactica.sources.formats import BUILT_IN, recognised
from galactica.sources.paths import is_file

LEDGER = "ledger.sqlite"
LOCK = "lock"
SEEN = "seen"
GATHERED = "gathered"
SCRATCH = "unpacked"
BAG = "bag"

BUILDING = ".building"
"""What is put behind the name of an edition for the folder in which it is built."""

_OWN = frozenset(
    (LOCK, IDENTITY, STORE, LEDGER, f"{LEDGER}-wal", f"{LEDGER}-shm", f"{LEDGER}-journal", SEEN, GATHERED, SCRATCH, BAG)
)


def work_folder(out: Path) -> Path:
    """The folder beside `out` in which it is built.

    Raises:
        UsageError: `out` exists (as whatever), has no name, or its path is no Unicode.
    """
    if out.name in ("", ".."):
        raise UsageError(f"{out} is not the name of a new folder.", "Name the folder to make, such as NAME.edition.")
    check_text(str(out.absolute()), "The path of the new edition")
    check_free(out)
    return out.with_name(out.name + BUILDING)


def check_free(out: Path) -> None:
    """Raise UsageError where something lies at `out`, be it a link that leads nowhere."""
    if os.path.lexists(out):
        hint = "Choose another name, or move it away; nothing is ever overwritten."
        if (out / "data" / "edition.json").is_file():
            hint += f" The next edition of the same sources is built under another name with --parent {out}."
        raise UsageError(f"{out} exists already.", hint)


def check_text(text: str, what: str) -> None:
    """Raise UsageError where `text` (`what` names it) could not be written down: bytes that are no UTF-8, or NUL."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UsageError(f"{what} is not Unicode text: {text!r}.", "Write it in UTF-8.") from None
    if "\0" in text:
        raise UsageError(f"{what} holds a NUL.", "Leave it out.")


def check_own(folder: Path) -> None:
    """Raise UsageError where `folder` exists and holds what no build put there: a build ends by removing it."""
    if folder.is_dir() and (foreign := sorted(f.name for f in folder.iterdir() if f.name not in _OWN)):
        raise UsageError(
            f"{folder} is in the way: it holds {foreign[0]}, which is not of a build.",
            "Move it away, or choose another name for the edition.",
        )


def check_sources(sources: Sequence[str], out: Path, options: SourceOptions) -> None:
    """Look at every source before the first is read.

    Raises:
        UsageError: one is an edition, or the new edition would lie in it.
        InputError: one is missing or of no known format.
    """
    place = out.resolve()
    for name in sources:
        if name in BUILT_IN:
            continue
        path = Path(name)
        if is_file(path / "data" / "edition.json"):
            raise UsageError(
                f"{path} is an edition already.",
                "Editions are read together with -e, and built upon with --parent; name the source it was made of.",
            )
        if path.is_dir() and place.is_relative_to(path.resolve()):
            raise UsageError(
                f"The new edition would lie in its own source, {path}.", "Name a place for it outside of that folder."
            )
        recognised(path, options)


def stamp(source: str) -> list[object]:
    """What changes when a source does, as far as names, sizes and times tell; the word itself for built-in ones."""
    path = Path(source)
    if source in BUILT_IN or not path.exists():
        return [source]
    digest = hashlib.sha256()
    for name, file in _files(path):
        stat = file.stat()
        digest.update(f"{name!r} {stat.st_size} {stat.st_mtime_ns}\n".encode("utf-8", "surrogatepass"))
    return [str(path.resolve()), digest.hexdigest()]


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    """(name inside `path`, place) of each file, in order; "" for a file that is the source itself."""
    if path.is_file():
        yield "", path
        return
    for file in sorted(path.rglob("*")):
        if is_file(file):
            yield file.relative_to(path).as_posix(), file


def clear(folder: Path) -> None:
    """Remove an earlier build's work from its folder, but for the lock and the name it has in a store."""
    for entry in folder.iterdir():
        if entry.name in (LOCK, IDENTITY):  # what a cluster was sent is found by it, and removed at the end
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def clear_parts(folder: Path) -> None:
    """Remove the files that a killed build had not finished; they are made anew under their own names."""
    for part in folder.rglob(f"*{PART}"):
        part.unlink()
