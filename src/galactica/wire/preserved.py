"""What keeps editions for long as JSON documents: what was protected, what scrubbing found, what was put right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from galactica.wire.objects import JsonObject, copied
from galactica.wire.terms import Count, Root

if TYPE_CHECKING:
    from galactica.library.preserving import Protection, Recovery, Repair, Scrubbed

SetName = Annotated[str, Meta(description="Name of the set: SHA-256 of its set.json.", pattern="^[0-9a-f]{64}$")]


class ProtectionDocument(JsonObject, frozen=True, kw_only=True):
    """What was made to protect an edition."""

    set: SetName
    root: Root
    folders: Annotated[list[str], Meta(description="The volumes in order; or the one of the parity.")]
    data: Annotated[int, Meta(ge=1, description="Shards that are needed.")]
    parity: Annotated[int, Meta(ge=1, description="Shards that may be lost.")]
    bytes: Annotated[int, Meta(ge=0, description="Of the edition's files.")]
    stored: Annotated[int, Meta(ge=0, description="That the folders take.")]
    again: Annotated[bool, Meta(description="Whether it was there already, and nothing was made.")]
    par2: Annotated[str, Meta(description="Folder of the PAR2 set, or empty.")]


class DamagedStretch(JsonObject, frozen=True, kw_only=True):
    """Something that is not what it should be."""

    folder: str
    where: Annotated[str, Meta(description="The file, or the first of them.")]
    shard: Annotated[int, Meta(ge=-1, description="Of the set; -1 for a file that is in none.")]
    piece: Annotated[int, Meta(ge=-1, description="Of the shard; -1 for a file that is in none.")]
    start: Annotated[int, Meta(ge=0, description="Byte, in the file or the shard.")]
    length: Count
    what: str


class ScrubDocument(JsonObject, frozen=True, kw_only=True):
    """What a round of scrubbing found."""

    ok: bool
    bytes: Annotated[int, Meta(ge=0, description="That were checked.")]
    checks: Annotated[int, Meta(ge=0, description="Pieces and files.")]
    resumed: Annotated[bool, Meta(description="Whether it went on from where one before was stopped.")]
    protected: Annotated[list[str], Meta(description="Folders that belong to a set, which can be repaired from it.")]
    damage: list[DamagedStretch]


class LostStretch(JsonObject, frozen=True, kw_only=True):
    """What could not be put right."""

    folder: str
    where: str
    start: Count
    length: Count


class RepairDocument(JsonObject, frozen=True, kw_only=True):
    """What a repair did."""

    ok: Annotated[bool, Meta(description="Whether all is right now.")]
    pieces: Annotated[int, Meta(ge=0, description="That were wrong and are right.")]
    written: Annotated[int, Meta(ge=0, description="Bytes that were written.")]
    checked: Annotated[int, Meta(ge=0, description="Bytes that were looked at.")]
    files: Annotated[list[str], Meta(description="That were written to.")]
    articles: Annotated[int, Meta(ge=0, description="That were taken out of other editions.")]
    lost: list[LostStretch]


class MissingArticleDocument(JsonObject, frozen=True, kw_only=True):
    """An article that cannot be had."""

    row: Count
    language: str
    source: str
    path: str
    title: Annotated[str, Meta(description="Empty where no volume has the list of articles.")]


class HoleDocument(JsonObject, frozen=True, kw_only=True):
    """A file of which bytes cannot be had."""

    path: str
    bytes: Count


class RecoveryDocument(JsonObject, frozen=True, kw_only=True):
    """What was recovered."""

    path: str
    root: Root
    whole: bool
    articles: Annotated[int, Meta(ge=0, description="Of the whole edition.")]
    here: Annotated[int, Meta(ge=0, description="Of what was made.")]
    volumes: Count
    needed: Count
    missing: list[MissingArticleDocument]
    files: list[HoleDocument]


def protection_document(made: Protection, par2: str = "") -> ProtectionDocument:
    """What was made to protect an edition."""
    return copied(ProtectionDocument, made, folders=[str(folder) for folder in made.folders], par2=par2)


def scrub_document(found: Scrubbed) -> ScrubDocument:
    """What a round of scrubbing found."""
    damage = [copied(DamagedStretch, each) for each in found.damage]
    return copied(ScrubDocument, found, damage=damage, protected=list(found.protected))


def repair_document(done: Repair) -> RepairDocument:
    """What a repair did."""
    lost = [copied(LostStretch, each) for each in done.lost]
    return copied(RepairDocument, done, files=list(done.files), lost=lost)


def recovery_document(path: str, found: Recovery) -> RecoveryDocument:
    """What was recovered."""
    return copied(
        RecoveryDocument,
        found,
        path=path,
        missing=[copied(MissingArticleDocument, each) for each in found.missing],
        files=[HoleDocument(path=name, bytes=count) for name, count in found.files],
    )
