"""The index of meaning of an edition: added when the edition has its final name and can be searched for words.

That an encoder is not there is no error: the edition is whole without this index, and it can be added at any time.
Likewise the index is opened where there is one, finished or not, and passed over where there is none that fits.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from galactica.building.crew import crew
from galactica.cluster.opened import ClusterPlace
from galactica.edition import Edition, EditionInfo
from galactica.encode.contract import Encoder
from galactica.errors import EditionError, GalacticaError, MissingError
from galactica.faults import fault_of, stopped
from galactica.progress import Report, silent
from galactica.search.meaning.layout import meaning_info

if TYPE_CHECKING:
    from galactica.search.features import WordVectors
    from galactica.search.meaning import MeaningIndex

ENCODER = "static"
"""The encoder that is used where nobody says another; the only one whose absence is no error."""

Note = Callable[[str], None]
"""Told, now and then, something that a person should know and that is no error."""


def unheard(said: str) -> None:
    """A `Note` that tells nobody."""


def encoder_for(name: str) -> Encoder:
    """The encoder called `name`; raises as `encode.open_encoder` does, MissingError where it is not there."""
    from galactica import encode  # here, so that a device that only reads articles does not load it

    return encode.open_encoder(name)


def word_vectors() -> WordVectors | None:
    """Vectors of words for weighing passages: those of the project's own encoder; None where it is not there."""
    from galactica.encode.static import StaticEncoder

    with suppress(GalacticaError):
        encoder = encoder_for(ENCODER)
        return encoder if isinstance(encoder, StaticEncoder) else None
    return None


def wanted_encoder(name: str) -> str:
    """The name of the encoder that somebody asked for, as an index remembers it; "" stays, as does `ENCODER`.

    Raises:
        UsageError: there is no encoder of that name.
        MissingError: it, or the extra that runs it, is not installed.
        EditionError: its file is damaged.
    """
    from galactica import encode

    return name if name in ("", ENCODER) else encode.settled(name)


def add_meaning(
    path: Path,
    *,
    encoder: str = "",
    workers: int,
    parent: Path | None = None,
    cluster: ClusterPlace | None = None,
    report: Report = silent,
    note: Note = unheard,
) -> None:
    """Make the index of meaning of the edition in `path`, or what is missing of it.

    Args:
        encoder: name of the one to make it with; "": the one it was made with, if that is still here, else `ENCODER`.
        workers: processes that encode; a small edition is encoded in this one.
        parent: an edition whose codes of unchanged articles are used again.
        cluster: where shards are encoded instead; with a parent, or an encoder in a file, they are encoded here.
        report: stage "meaning", in passages.
        note: told why there will be none, or why the parent is of no use.

    Raises:
        EditionError: an edition cannot be opened, or is damaged.
        UsageError: there is no encoder of that name.
        MissingError: the encoder that was named is not installed; the disk is full, or cannot be written.
        LimitError: a worker died.
    """
    from galactica.search.meaning.build import build_meaning  # what builds is loaded where something is built
    from galactica.search.meaning.encoding import forget_encoder, identify

    encoder = wanted_encoder(encoder)
    with ExitStack() as stack:
        edition = stack.enter_context(Edition.open(path))
        old = stack.enter_context(Edition.open(parent)) if parent is not None else None
        stack.callback(forget_encoder)
        processes = min(workers, len(edition.statement.shards))
        processes = processes if len(edition.statement.shards) > 1 else 0
        hands = stack.enter_context(crew(processes, cluster if processes else None, _work_folder(path, stack), note))
        try:
            facts = hands.executor.submit(identify, encoder_for, encoder or _made_with(edition)).result()
        except MissingError as error:
            if encoder not in ("", ENCODER):
                raise
            note(f"{path} will be searched by words alone. {error.problem} {error.remedy}")
            return
        try:
            built = build_meaning(
                edition,
                edition.meaning_dir(),
                encoder=facts,
                opener=encoder_for,
                pool=hands.executor,
                workers=hands.hands,
                report=report,
                parent=old,
            )
        except OSError as error:
            raise stopped("The index of meaning", error, path) from error
        if built.unused:
            note(f"All passages were encoded. {built.unused}")


def _work_folder(path: Path, stack: ExitStack) -> Path:
    """Where a cluster keeps what is not done yet, beside the edition; removed when all is."""
    folder = path.with_name(f"{path.name}.cluster")

    def done(kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            shutil.rmtree(folder, ignore_errors=True)

    stack.push(done)
    return folder


def _made_with(edition: Edition) -> str:
    """Name of the encoder that the index of an edition was made with, if it is here, unchanged; else `ENCODER`."""
    from galactica import encode

    found = meaning_info(edition)
    with suppress(GalacticaError):
        if found is not None and encode.identity(found.encoder) == (found.dimensions, found.digest):
            return found.encoder
    return ENCODER


def open_meaning(edition: Edition) -> MeaningIndex | None:
    """The index of meaning of an edition, finished or still being made; None where there is none that fits.

    Raises:
        LimitError, MissingError: it is there, and the machine is too short of something to open it.
    """
    from galactica.search.meaning import MeaningIndex

    try:
        return MeaningIndex.open(edition, edition.meaning_dir())
    except EditionError as error:
        fault = fault_of(error)
        if fault is not error and fault is not None:
            raise fault from error
    return None


def edition_described(edition: Edition) -> EditionInfo:
    """An edition at a glance, its index of meaning included."""
    return replace(edition.info, meaning=meaning_info(edition))
