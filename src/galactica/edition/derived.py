"""Folders of an edition that are derived when somebody asks for them: `joined/NAME`, each with a manifest of its own.

A folder is used only where its manifest names the edition's root, and `made.json` the version of what is looked for. It
is written beside its name and gets it whole; what a stopped job left is found there again, so that the job goes on.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from galactica import __version__
from galactica.codes.lock import locked
from galactica.edition import bag
from galactica.edition.info import read_bounded
from galactica.edition.read import Edition

INDEX = "index"
"""The folder of the index of words, which every edition has, and of the one of meaning inside."""

JOINED = "joined"
"""The folder in which they stand."""

MAKING = ".making"
"""What the name of a folder ends with that is not finished."""

MADE = "made.json"
"""What a folder was made by: `version`, and under `of` what else it depends on, text by name."""

_MOST = 1 << 16


def derived_folders(edition: Path, root: str) -> Iterator[str]:
    """The folders that were made of the edition with this root, by their paths in it, for whoever looks for damage.

    Every edition has an index of words. One of meaning may be absent or unfinished, and so may be what is joined; what
    was joined of another edition is passed over by whoever reads, and is no damage.
    """
    yield INDEX
    joined = edition / JOINED
    names = sorted(each.name for each in joined.iterdir() if each.is_dir()) if joined.is_dir() else []
    for name in (f"{INDEX}/{bag.MEANING}", *(f"{JOINED}/{each}" for each in names)):
        folder = edition / name
        if not os.path.lexists(folder / bag.INDEX_MANIFEST) or name.endswith(MAKING):
            continue
        if not (name.startswith(JOINED) and bag.is_index_sound(folder)) or bag.is_vouched(folder, root):
            yield name


def derived_dir(edition: Edition, name: str) -> Path:
    """Where the folder `name` lies, or would."""
    return edition.path / JOINED / name


def derived_digest(edition: Edition, name: str) -> str:
    """SHA-256 of the folder's manifest, which changes with any byte of it; "" where it is missing."""
    manifest = derived_dir(edition, name) / bag.INDEX_MANIFEST
    return bag.sha256_of(manifest) if manifest.is_file() else ""


def derived(edition: Edition, name: str, version: int, of: Mapping[str, str] | None = None) -> Path | None:
    """The folder `name`, where it is whole, of this edition and this version; else None.

    Args:
        of: what it must have been made of; None: whatever it was.
    """
    folder = derived_dir(edition, name)
    if bag.index_root(folder) != edition.root:
        return None
    made = _made(folder)
    return folder if made is not None and made[0] == version and of in (None, made[1]) else None


def derived_from(folder: Path) -> Mapping[str, str]:
    """What else than the edition a folder depends on, as it was made; nothing where that cannot be read."""
    made = _made(folder)
    return made[1] if made is not None else {}


@contextmanager
def deriving(edition: Edition, name: str, version: int, of: Mapping[str, str] | None = None) -> Iterator[Path]:
    """A folder to write in; when the block ends without an error, it takes the place of `joined/NAME`.

    Files that a stopped job of the same version, of the same things, left are still there: whoever writes several
    writes each whole (`codes.files.whole`) and passes over those that are done.

    Args:
        version: of what is written; to be raised when the same edition must give another folder.
        of: what else it depends on ("claims": their digest).

    Raises:
        OSError: the machine's refusals.
        UsageError: another process is at it.
    """
    folder = derived_dir(edition, name)
    folder.parent.mkdir(exist_ok=True)
    work = folder.with_name(f"{name}{MAKING}")
    stated = {"version": version, "root": edition.root, "of": dict(of or {})}
    with locked(folder.with_name(f"{name}.lock"), f"Another process is making {folder}."):
        if _stated(work) != stated:
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir()
            _write(work / MADE, stated)
        yield work
        bag.write_index_manifest(work, edition.root, f"galactica {__version__}", but="")
        shutil.rmtree(folder, ignore_errors=True)
        work.rename(folder)


def _made(folder: Path) -> tuple[int, dict[str, str]] | None:
    stated = _stated(folder)
    version, of = (stated or {}).get("version"), (stated or {}).get("of")
    return (version, of) if isinstance(version, int) and isinstance(of, dict) else None


def _stated(folder: Path) -> dict[str, object] | None:
    try:
        stated = json.loads(read_bounded(folder / MADE, _MOST))
    except (OSError, ValueError, RecursionError):
        return None
    return stated if isinstance(stated, dict) else None


def _write(path: Path, stated: Mapping[str, object]) -> None:
    path.write_text(json.dumps(stated, indent=1, sort_keys=True) + "\n", encoding="utf-8")
