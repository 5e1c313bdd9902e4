"""What stands in a volume, or beside parity, besides the shard: put right from others, or made anew.

A file that is what SHA256SUMS says is right and stays. One that is not is taken from another folder of the set that
has it right, or made again as it was made first. SHA256SUMS is written anew where it is damaged itself.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from galactica.edition import Edition
from galactica.errors import EditionError
from galactica.preserve import restore
from galactica.preserve.checks import sums_of
from galactica.preserve.copies import Repairing, StillLost, overwrite, sum_or_none
from galactica.preserve.crate import CRATE
from galactica.preserve.described import COPIES
from galactica.preserve.finding import KnownSet, is_edition
from galactica.preserve.kept import CATALOGUE, FOOTERS, HEAD, SUMS, VOLUME, heads_of, write_lists, write_sums
from galactica.preserve.places import ShardPlace
from galactica.preserve.table import SET, TABLE
from galactica.preserve.texts import format_text, readme_of_parity, readme_of_volume

Maker = Callable[[], bytes]


def mend_words(place: ShardPlace, known: KnownSet, done: Repairing) -> None:
    """Put right what stands in a folder of a set beside its shards."""
    folder = place.folder
    sums = sums_of(folder)
    siblings = [other.folder for other in known.places if other.folder != folder and not is_edition(other.folder)]
    lost: list[str] = []
    for name, maker, digest in _wanted(place, known):
        there = sum_or_none(folder / name)
        if there and there == (digest or sums.get(name)):
            continue
        raw = next(_candidates(name, digest or sums.get(name, ""), siblings, maker), None)
        if raw is None:
            lost.append(name)
        elif there != hashlib.sha256(raw).hexdigest():
            overwrite(folder / name, raw)
            done.files.add(folder / name)
            done.written += len(raw)
    done.lost += [StillLost(folder=str(folder), where=name, start=0, length=0) for name in lost]
    shards = any(each.folder == str(folder) for each in done.lost)
    if not shards and _read(folder / SUMS) != _sums_text(folder):
        write_sums(folder, {})
        done.files.add(folder / "SHA256SUMS")


def _sums_text(folder: Path) -> bytes:
    """SHA256SUMS as it should be."""
    names = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != SUMS and not path.name.endswith((".lock", ".part"))
    )
    return "".join(f"{sum_or_none(folder / name)}  {name}\n" for name in names).encode()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _wanted(place: ShardPlace, known: KnownSet) -> Iterator[tuple[str, Maker | None, str]]:
    """(name, what makes it anew, the SHA-256 that it must have or "") of all that should stand there."""
    made, raw = known.described, known.table.to_bytes()
    numbers = [""] if made.kind == "volumes" else ["", *(f".{number}" for number in range(2, COPIES + 1))]
    for number in numbers:
        yield f"{SET}{number}", made.to_bytes, made.name
        yield f"{TABLE}{number}", lambda: raw, made.table
    yield "FORMAT.txt", lambda: format_text(made).encode(), ""
    yield "restore.py", Path(restore.__file__).read_bytes, ""
    if made.kind == "volumes":
        note = (json.dumps({"set": made.name, "shard": place.shards[0], "volume": 1}, indent=1) + "\n").encode()
        yield VOLUME, lambda: note, hashlib.sha256(note).hexdigest()
        yield "README.txt", lambda: readme_of_volume(made, place.shards[0]).encode(), ""
        yield CRATE, None, ""
    else:
        yield "README.txt", lambda: readme_of_parity(made).encode(), ""
    editions = [other.folder for other in known.places if is_edition(other.folder)]
    for path, digest in heads_of(made).items():
        yield f"{HEAD}/{path}", _copied(editions, path, digest), digest
    for name in (CATALOGUE, FOOTERS):
        yield name, _listing(known, editions, name), ""


def _candidates(name: str, digest: str, siblings: list[Path], maker: Maker | None) -> Iterator[bytes]:
    """What a file may be: first what has the SHA-256 that it should have, then what is made anew.

    What is common to all folders of a set is in others as it should be here, where these say so themselves.
    """
    own = name in (VOLUME, "README.txt", CRATE)
    for sibling in siblings if not own else ():
        found = sum_or_none(sibling / name)
        if found and found in (digest, sums_of(sibling).get(name)):
            yield (sibling / name).read_bytes()
    if maker is not None:
        try:
            yield maker()
        except (OSError, EditionError):
            return


def _copied(editions: list[Path], path: str, digest: str) -> Maker:
    def make() -> bytes:
        for edition in editions:
            if sum_or_none(edition / path) == digest:
                return (edition / path).read_bytes()
        raise FileNotFoundError(path)

    return make


def _listing(known: KnownSet, editions: list[Path], name: str) -> Maker:
    def make() -> bytes:
        for folder in editions:
            work = Path(tempfile.mkdtemp())
            try:
                with Edition.open(folder) as edition:
                    if edition.root == known.described.root:
                        write_lists(work, edition, known.described)
                        return (work / name).read_bytes()
            finally:
                shutil.rmtree(work)
        raise FileNotFoundError(name)

    return make
