"""The verbs by which editions travel, as `spread_killed` kills them: what each begins with, does, and may leave behind.

Who adds a verb adds a `KilledVerb` to `VERBS`: the rest is the same for all.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from galactica import library
from galactica.edition.info import read_statement
from galactica.edition.partial import read_partial
from galactica.library.settings import Settings
from galactica.spread.fetching.fetching import FETCHING
from galactica.spread.release.document import Release
from galactica.spread.release.objects import has_object
from galactica.spread.release.publication import LIST, RELEASE, RELEASES, read_list
from galactica.spread.trust import SecretKey, follow_roots
from galactica.spread.trust.folder import read_roots
from galactica.spread.trust.online import read_online

NOW = datetime(2026, 11, 29, tzinfo=UTC)
OUT = "out.edition"
SEED = sha256(b"a key of this benchmark alone").digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What all verbs begin with; only read.

    Attributes:
        first, second: editions, the second built upon the first.
        one, both: signed publications of the first, and of both.
        delta: that leads from the first to the second; packets: a folder of packets of the second.
    """

    first: Path
    second: Path
    one: Path
    both: Path
    delta: Path
    packets: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class KilledVerb:
    """A verb that is killed.

    Attributes:
        name: what it is called in the results.
        prepare: puts into a new folder what it begins with.
        run: does it, in that folder; is called again after a kill.
        state: "old" or "new", of what is in the folder; AssertionError where it is neither.
    """

    name: str
    prepare: Callable[[Made, Path], None]
    run: Callable[[Made, Path], None]
    state: Callable[[Made, Path], str]


def make(folder: Path, articles: int) -> Made:
    """Two editions of so many articles, and what is published of them."""
    source = folder / "texts"
    source.mkdir(parents=True)
    for number in range(articles):
        lines = " ".join(f"bend{number * 7919 + i * i * 31}" for i in range(300))
        (source / f"river{number}.txt").write_text(f"River {number}\n\n{lines}.\n")
    made = Made(
        first=folder / "a.edition",
        second=folder / "b.edition",
        one=folder / "one",
        both=folder / "both",
        delta=folder / "a-b.delta",
        packets=folder / "packets",
    )
    library.build(made.first, [source], workers=0, meaning=False)
    for number in range(0, articles, 7):
        (source / f"river{number}.txt").write_text(f"River {number}\n\nIt dried up in {1900 + number}.\n")
    library.build(made.second, [source], workers=0, meaning=False, parent=made.first)
    publish(made.first, made.one)
    shutil.copytree(made.one, made.both)
    publish(made.second, made.both)
    library.delta(made.first, [made.second], made.delta)
    library.broadcast(made.both, out=made.packets, settings=Settings(folder / "config"))
    return made


def publish(edition: Path, folder: Path) -> None:
    """Publish an edition, signed."""
    key = SecretKey(SEED, SEED[:8])
    library.publish(edition, folder, keys=[(key, "benchmark")], workers=0, now=NOW)


def publication_state(made: Made, folder: Path) -> str:
    """Which release of a publication is the newest; all that are listed must be whole, and TUF must agree."""
    place = folder / "pub"
    listed = read_list((place / RELEASES / LIST).read_bytes())
    for line in listed:
        raw = (place / line.folder / RELEASE).read_bytes()
        release = Release.from_bytes(raw)
        assert sha256(raw).hexdigest() == line.hash
        assert all(has_object(place, each.hash, each.size) for each in release.objects)
        assert line.signatures
    root = follow_roots(read_roots(place / "metadata"))
    online = read_online(root, {}, lambda path, most: _read(place / path, most), NOW)
    assert online is not None
    assert online.releases[0].digest in {line.hash for line in listed}
    return "new" if online.releases[0].number == 2 else "old"


def _read(file: Path, most: int) -> bytes | None:
    return file.read_bytes()[: most + 1] if file.is_file() else None


def fetch(made: Made, folder: Path, share: float = 1.0) -> None:
    """Fetch the newest release."""
    library.fetch(
        [str(made.both)],
        folder / OUT,
        settings=Settings(folder / "config"),
        share=share,
        meaning=False,
        workers=0,
        now=NOW,
    )


def fetch_unless_there(made: Made, folder: Path) -> None:
    """The same; where a run that was killed had finished all but its last words, there is nothing left to do."""
    if edition_state(made, folder) == "old" or (folder / (OUT + FETCHING)).exists():
        fetch(made, folder)


def edition_state(made: Made, folder: Path) -> str:
    """Whether there is no edition ("old") or the whole one ("new")."""
    if not (folder / OUT).exists():
        return "old"
    assert read_statement(folder / OUT).root == read_statement(made.second).root
    assert library.verify(folder / OUT).ok
    return "new"


def part_state(made: Made, folder: Path) -> str:
    """Whether there is the part ("old") or the whole ("new"); never nothing."""
    assert library.verify(folder / OUT).ok
    partial = read_partial(folder / OUT)
    if partial is None:
        return edition_state(made, folder)
    assert partial.root == read_statement(made.second).root
    return "old"


def fetch_rest(made: Made, folder: Path) -> None:
    """Fetch what is missing of a part."""
    if part_state(made, folder) == "old" or (folder / (OUT + FETCHING)).exists():
        fetch(made, folder)


def update(made: Made, folder: Path) -> None:
    """Bring the first edition up to date by the delta; nothing where it is."""
    if updated_state(made, folder) == "old":
        library.update(folder / OUT, [str(made.delta)], meaning=False, workers=0)


def update_from_publication(made: Made, folder: Path) -> None:
    """Bring the first edition up to date from a publication that has no delta: by its packs; nothing where it is."""
    if updated_state(made, folder) == "old":
        library.update(
            folder / OUT,
            [str(made.both)],
            settings=Settings(folder / "config"),
            meaning=False,
            workers=0,
            now=NOW,
        )


def updated_state(made: Made, folder: Path) -> str:
    """Whether there is the first edition ("old") or the second; never nothing."""
    root = read_statement(folder / OUT).root
    assert root in (read_statement(made.first).root, read_statement(made.second).root)
    assert library.verify(folder / OUT).ok
    return "new" if root == read_statement(made.second).root else "old"


def receive(made: Made, folder: Path) -> None:
    """Receive the second edition from a folder of packets."""
    if received_state(made, folder) == "old":
        library.receive(folder / OUT, places=[made.packets], settings=Settings(folder / "config"))


def received_state(made: Made, folder: Path) -> str:
    """Whether there is nothing or a part ("old"), or the whole edition."""
    return part_state(made, folder) if (folder / OUT).exists() else "old"


def _first(made: Made, folder: Path) -> None:
    shutil.copytree(made.first, folder / OUT)


def _copied(made: Made, folder: Path) -> None:
    shutil.copytree(made.one, folder / "pub")


def _nothing(made: Made, folder: Path) -> None:
    return None


VERBS: tuple[KilledVerb, ...] = (
    KilledVerb(
        name="publish",
        prepare=_copied,
        run=lambda made, folder: publish(made.second, folder / "pub"),
        state=publication_state,
    ),
    KilledVerb(name="fetch", prepare=_nothing, run=fetch_unless_there, state=edition_state),
    KilledVerb(
        name="fetch the rest of a part",
        prepare=lambda made, folder: fetch(made, folder, 0.2),
        run=fetch_rest,
        state=part_state,
    ),
    KilledVerb(name="update", prepare=_first, run=update, state=updated_state),
    KilledVerb(name="update by packs", prepare=_first, run=update_from_publication, state=updated_state),
    KilledVerb(name="receive", prepare=_nothing, run=receive, state=received_state),
)


def named(names: list[str]) -> Iterator[KilledVerb]:
    """The verbs of these names, or all."""
    for each in VERBS:
        if not names or each.name in names:
            yield each
