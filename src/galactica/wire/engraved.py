"""Pages as JSON documents: what was engraved, and what scans gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from galactica.wire.objects import JsonObject, copied
from galactica.wire.terms import Count, Root

if TYPE_CHECKING:
    from galactica.library.engraving import EngravedPages
    from galactica.library.scans import RecoveredScans

SheetSet = Annotated[str, Meta(description="Number of the set, which is on all its sheets.", pattern="^[0-9a-f]{16}$")]


class LeftOutTable(JsonObject, frozen=True, kw_only=True):
    """Records of a table that are not on the pages."""

    table: str
    count: Count


class EngravedDocument(JsonObject, frozen=True, kw_only=True):
    """What was put on pages."""

    path: Annotated[str, Meta(description="The PDF.")]
    bytes: Annotated[int, Meta(ge=0, description="Of the PDF.")]
    root: Root
    title: str
    set: SheetSet
    pages: Annotated[int, Meta(ge=0, description="Of the PDF.")]
    primer: Annotated[int, Meta(ge=0, description="Of these, pages that say how the others are read.")]
    sheets: Annotated[int, Meta(ge=0, description="Of the set, parity sheets among them.")]
    data: Annotated[int, Meta(ge=0, description="Data sheets.")]
    parity: Annotated[int, Meta(ge=0, description="Parity sheets.")]
    groups: Count
    articles: Annotated[int, Meta(ge=0, description="That are on the sheets.")]
    of: Annotated[int, Meta(ge=0, description="Articles of the edition.")]
    left_out: Annotated[list[LeftOutTable], Meta(description="What of the edition is not on the sheets.")]
    payload: Annotated[int, Meta(ge=0, description="Bytes on all data sheets.")]
    capacity: Annotated[int, Meta(ge=0, description="Bytes that a sheet carries.")]
    net: Annotated[int, Meta(ge=0, description="Bytes of payload by sheet, parity sheets reckoned in.")]
    unknown: Annotated[list[str], Meta(description="What was named and fits no article.")]


class ScannedSetDocument(JsonObject, frozen=True, kw_only=True):
    """A set of which sheets are among the scans."""

    root: Annotated[str, Meta(description="How the root of its edition begins.", pattern="^[0-9a-f]{32}$")]
    set: SheetSet
    sheets: Annotated[int, Meta(ge=0, description="Of the set.")]
    read: Annotated[int, Meta(ge=0, description="Of them that were read.")]


class UnreadPageDocument(JsonObject, frozen=True, kw_only=True):
    """A page on which no sheet could be read."""

    file: str
    page: Annotated[int, Meta(ge=1, description="In the file.")]
    sheet: Annotated[int, Meta(ge=-1, description="Number of the sheet, from 0, where that could be read; else -1.")]
    reason: str


class ListedTitle(JsonObject, frozen=True, kw_only=True):
    """An article of the set's list."""

    language: str
    title: str


class ScansDocument(JsonObject, frozen=True, kw_only=True):
    """What scans of pages gave."""

    path: Annotated[str, Meta(description="The edition that was made.")]
    root: Root
    own: Annotated[str, Meta(description="Root of the edition that was made.", pattern="^[0-9a-f]{64}$")]
    title: str
    whole: Annotated[bool, Meta(description="Whether the whole edition is there, with its root.")]
    set: SheetSet
    others: Annotated[list[ScannedSetDocument], Meta(description="Other sets among the scans.")]
    files: Annotated[int, Meta(ge=0, description="Files with pages.")]
    pages: Count
    doubles: Annotated[int, Meta(ge=0, description="Pages with a sheet that another page has too.")]
    sheets: Annotated[int, Meta(ge=0, description="Of the set.")]
    data: Annotated[int, Meta(ge=0, description="Data sheets of the set.")]
    read: Annotated[int, Meta(ge=0, description="Sheets that were read.")]
    made: Annotated[int, Meta(ge=0, description="Missing data sheets that were made good.")]
    lost: Annotated[list[int], Meta(description="Numbers, from 0, of data sheets that cannot be had.")]
    unread: list[UnreadPageDocument]
    articles: Annotated[int, Meta(ge=0, description="Of the set.")]
    here: Annotated[int, Meta(ge=0, description="That were recovered and are proved.")]
    unproved: Annotated[int, Meta(ge=0, description="That were read and cannot be proved.")]
    missing: Annotated[list[ListedTitle], Meta(description="Articles that cannot be had, by name.")]
    complete: Annotated[bool, Meta(description="Whether the list of articles was read whole.")]


def engraved_document(made: EngravedPages) -> EngravedDocument:
    """What was put on pages."""
    return copied(
        EngravedDocument,
        made,
        path=str(made.out),
        set=made.set_id,
        left_out=[LeftOutTable(table=name, count=count) for name, count in made.left_out],
        unknown=list(made.missing),
    )


def scans_document(path: str, found: RecoveredScans) -> ScansDocument:
    """What scans of pages gave."""
    return copied(
        ScansDocument,
        found,
        path=path,
        set=found.set_id,
        others=[copied(ScannedSetDocument, each, set=each.set_id) for each in found.others],
        lost=list(found.lost),
        unread=[copied(UnreadPageDocument, each) for each in found.unread],
        missing=[ListedTitle(language=each.language, title=each.title) for each in found.missing],
    )
