"""Some articles of a static edition as an edition on disk, so that whatever works on editions works on them: asking.

Each was led to the root of the whole when it was read; what comes of them has a root of its own, and says in
`partial.json` of which whole it is a part (`spread.assembly`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from galactica.edition import decode
from galactica.edition.partial import PartialHeader
from galactica.edition.record import Value
from galactica.progress import Report, silent
from galactica.spread.assembly.part import assemble_part
from galactica.spread.assembly.store import RecordStore
from galactica.spread.release.document import Release
from galactica.spread.static.manifest import Manifest
from galactica.spread.static.reading import ProvedArticle, StaticEdition


def gather_edition(
    edition: StaticEdition, articles: Sequence[ProvedArticle], out: Path, *, report: Report = silent
) -> PartialHeader:
    """Make an edition of some articles in the new folder `out`; files beside it are for the work.

    Args:
        articles: at least one.
        report: as `assembly.part.assemble_part`.

    Raises:
        InputError: the edition's sources cannot be had now.
        EditionError: what came is not the edition's.
        MissingError, LimitError: the machine's refusals.
    """
    release = release_of(edition.manifest)
    named = {each.article.source for each in articles}
    works = {(each.article.source, each.article.work) for each in articles if each.article.work}
    with RecordStore.of(out.with_name(f"{out.name}.store"), release) as store:
        for each in articles:
            store.put("articles", each.record)
        for raw in edition.records("sources"):
            if _fields(raw, "sources", release.format).get("key") in named:
                store.put("sources", raw)
        for raw in edition.records("works") if works else ():
            fields = _fields(raw, "works", release.format)
            if (fields.get("source"), fields.get("path")) in works:
                store.put("works", raw)
        store.commit()
        return assemble_part(store, release, out, work=out.with_name(f"{out.name}.work"), report=report)


def release_of(manifest: Manifest) -> Release:
    """What a manifest says of its edition, as a release without objects."""
    return Release(
        format=manifest.format,
        root=manifest.root,
        number=manifest.number,
        parent=manifest.parent,
        title=manifest.title,
        languages=tuple(tag for tag, _ in manifest.languages),
        licences=manifest.licences,
        tables=manifest.tables,
        objects=(),
    )


def _fields(raw: bytes, table: str, version: int) -> dict[str, Value]:
    return decode.fields_of(raw, table, version)
