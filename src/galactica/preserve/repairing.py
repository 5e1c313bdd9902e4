"""Putting right what is damaged, from whatever is right elsewhere: parity, other volumes, copies of the edition.

1. Sets: of everything that is named (and of the parity that stands beside it) right pieces are gathered, and written
   over wrong ones in the folder that is repaired; beside one copy in the parity, too, for both guard each other.
2. Files that no set guards, or whose pieces cannot be had: from copies, where the manifest says that they have them
   right.
3. Indexes and what is joined: from copies too, where their own manifests say so.
4. What a volume has besides its shard: from other volumes, or made anew.

Nothing that is right is ever written over (`mending`), and what cannot be had is said. The same command again does
what is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from galactica.errors import EditionError, UsageError
from galactica.preserve.beside import mend_words
from galactica.preserve.copies import Repairing, StillLost, from_copies, root_stated
from galactica.preserve.derived_files import mend_derived
from galactica.preserve.extents import empty_files
from galactica.preserve.finding import KnownSet, is_edition, is_parity, known_sets
from galactica.preserve.gathering import PieceGatherer
from galactica.preserve.mending import Mender, cut_to
from galactica.preserve.places import ShardPlace
from galactica.progress import Report, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What a repair did.

    Attributes:
        pieces: that were wrong and are right now.
        written: bytes that were written, in sectors.
        files: that were written to.
        checked: bytes that were looked at.
        lost: what is still wrong.
        articles: that were taken out of other editions.
    """

    pieces: int
    written: int
    files: tuple[str, ...]
    checked: int
    lost: tuple[StillLost, ...]
    articles: int = 0

    @property
    def ok(self) -> bool:
        """Whether all is right now."""
        return not self.lost


def repair_folder(folder: Path, sources: Sequence[Path] = (), *, report: Report = silent) -> Repair:
    """Put right an edition, a volume or a folder of parity.

    Args:
        folder: what is repaired.
        sources: where right bytes may be: volumes, parity, other copies of the edition.
        report: stage "repair", bytes.

    Raises:
        EditionError: nothing says what should stand there.
        UsageError: the parity is of another edition than the one that stands there.
        MissingError: it cannot be written to.
    """
    for each in (folder, *sources):
        if not each.is_dir():
            raise EditionError(f"There is no folder {each}.", "Name a folder that is there, or use galactica recover.")
    done = Repairing()
    named = known_sets([folder, *sources])
    try:
        guarded = [each for each in named if any(place.folder == folder for place in each.places)]
        if is_edition(folder):
            guarded = [each for each in guarded if _is_meant(folder, each, len(named))]
        for known in guarded:
            _from_set(folder, known, done, report)
    finally:
        for known in named:
            known.close()
    if is_edition(folder):
        copies = [source for source in sources if is_edition(source)]
        from_copies(folder, copies, done)
        if root := root_stated(folder):
            mend_derived(folder, copies, root, done)
    elif not guarded:
        raise EditionError(
            f"Nothing says what should stand in {folder}.", "Name another volume of its set: --from VOLUME."
        )
    return Repair(
        pieces=done.pieces,
        written=done.written,
        files=tuple(sorted(map(str, done.files))),
        checked=done.checked,
        lost=tuple(done.lost),
    )


def _is_meant(edition: Path, known: KnownSet, sets: int) -> bool:
    """Whether a set is of the edition that stands in a folder.

    Raises:
        UsageError: it is not, and there is no other.
    """
    stated = root_stated(edition)
    if stated in ("", known.described.root):
        return True
    if sets > 1:
        return False
    raise UsageError(
        f"The parity is of the edition {known.described.root[:16]}, but {edition} is {stated[:16]}: it came to stand "
        "there later.",
        "Remove the parity, and protect the edition anew.",
    )


def _from_set(folder: Path, known: KnownSet, done: Repairing, report: Report) -> None:
    """Write right pieces over wrong ones in the folder, and in the parity of one copy that stands with it."""
    described = known.described
    targets = [place for place in known.places if place.folder == folder]
    if described.kind == "beside":
        beside = [place for place in known.places if is_parity(place.folder) or is_edition(place.folder)]
        first_edition = next((place for place in beside if is_edition(place.folder)), None)
        targets = list(dict.fromkeys([*targets, *(p for p in beside if is_parity(p.folder) or p is first_edition)]))
    others = [place for place in known.places if place not in targets]
    want = frozenset(shard for place in targets for shard in place.shards)
    gatherer = PieceGatherer(described, known.table, [*targets, *others])
    menders = {place: Mender(place) for place in targets}
    total = described.pieces * described.piece * len(want)
    try:
        for row in gatherer.rows(want=want):
            at = row.index * described.piece
            for place in targets:
                for shard in place.shards:
                    if shard in row.found:
                        continue
                    if shard in row.lost:
                        done.lost += _lost_of(place, shard, at, row.pieces.shape[1])
                    else:
                        menders[place].mend(shard, at, row.pieces[shard])
                        done.pieces += 1
            done.checked += row.pieces.shape[1] * len(want)
            report("repair", (row.index + 1) * described.piece * len(want), total, "B")
    finally:
        for mender in menders.values():
            mender.close()
            done.written += mender.written
            done.files |= mender.files
    for place in targets:
        _finish(place, known, done)


def _lost_of(place: ShardPlace, shard: int, at: int, length: int) -> Iterable[StillLost]:
    for stretch in place.stretches(shard):
        low, high = max(at, stretch.at), min(at + length, stretch.at + stretch.length)
        if low < high:
            yield StillLost(
                folder=str(place.folder),
                where=stretch.path.relative_to(place.folder).as_posix(),
                start=stretch.start + low - stretch.at,
                length=high - low,
            )


def _finish(place: ShardPlace, known: KnownSet, done: Repairing) -> None:
    """Lengths of files, empty files, and what stands in a volume beside its shard."""
    described = known.described
    if is_edition(place.folder):
        sizes = {place.folder / file.path: file.size for file in described.files}
    else:
        sizes = {stretch.path: stretch.length for shard in place.shards for stretch in place.stretches(shard)}
        mend_words(place, known, done)
    done.files |= {path for path, size in sizes.items() if cut_to(path, size)}
    if is_edition(place.folder):
        for file in empty_files(described):
            cut_to(place.folder / file.path, 0)
