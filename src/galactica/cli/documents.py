"""Values of the library as JSON documents; src/galactica/schemas holds the schema of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from galactica.cli import left_out
from galactica.cli.terminal import Json
from galactica.model import licence_of
from galactica.wire.answer import place_document
from galactica.wire.work import article_fields, standing_document

if TYPE_CHECKING:
    from galactica.collection.works import InWork
    from galactica.edition import Edition, EditionInfo, Head, MeaningInfo
    from galactica.edition.record import Value
    from galactica.library import Difference, Proven, Verification
    from galactica.model import Hit, Source, Suggestion
    from galactica.search import SearchPage


def source(value: Source) -> dict[str, Json]:
    """Where articles come from."""
    return {
        "key": value.key,
        "title": value.title,
        "format": value.format,
        "language": value.language,
        "licence": value.licence,
        "publisher": value.publisher,
        "date": value.date,
        "url": value.url,
        "attribution": value.attribution,
        "creators": list(value.creators),
    }


def meaning(value: MeaningInfo | None) -> Json:
    """How far an index of meaning is; null where there is none."""
    if value is None:
        return None
    return {
        "encoder": value.encoder,
        "digest": value.digest,
        "dimensions": value.dimensions,
        "done": value.done,
        "total": value.total,
        "complete": value.complete,
    }


def verified(path: Path) -> Json:
    """What is known on this machine of an edition's being whole."""
    from galactica import library

    known = library.known(path)
    return {"state": "unknown", "day": ""} if known is None else {"state": known.state, "day": known.day}


def one_info(path: Path, value: EditionInfo) -> dict[str, Json]:
    """An edition at a glance."""
    return {
        "path": str(path),
        "title": value.title,
        "root": value.root,
        "format_version": value.format_version,
        "number": value.number,
        "parent": value.parent,
        "articles": value.articles,
        "passages": value.passages,
        "rejected": value.rejected,
        "media": value.media,
        "aliases": value.aliases,
        "works": value.works,
        "statements": value.statements,
        "languages": dict(value.languages),
        "licences": list(value.licences),
        "bytes": value.bytes,
        "verified": verified(path),
        "only_bycatch": value.only_bycatch,
        "damaged": value.damaged,
        "left_out": [
            {
                "kind": each.kind,
                "reason": each.reason,
                "count": each.count,
                "example": each.example,
                "why": left_out.why(each),
            }
            for each in value.left_out
        ],
        "meaning": meaning(value.meaning),
        "sources": [source(each) for each in value.sources],
    }


def info(editions: Sequence[tuple[Path, EditionInfo]]) -> dict[str, Json]:
    """Sums over all editions, then each; `root` and `title` only where there is exactly one."""
    languages: Counter[str] = Counter()
    for _, value in editions:
        languages.update(dict(value.languages))
    single = editions[0][1] if len(editions) == 1 else None
    return {
        "title": single.title if single else "",
        "root": single.root if single else "",
        "articles": sum(value.articles for _, value in editions),
        "passages": sum(value.passages for _, value in editions),
        "rejected": sum(value.rejected for _, value in editions),
        "media": sum(value.media for _, value in editions),
        "aliases": sum(value.aliases for _, value in editions),
        "works": sum(value.works for _, value in editions),
        "statements": sum(value.statements for _, value in editions),
        "bytes": sum(value.bytes for _, value in editions),
        "languages": dict(languages.most_common()),
        "licences": sorted({licence for _, value in editions for licence in value.licences}),
        "editions": [one_info(path, value) for path, value in editions],
    }


def verification(editions: Sequence[tuple[Path, Verification]]) -> dict[str, Json]:
    """What was found; `ok` only if every edition is whole."""
    return {
        "ok": all(value.ok for _, value in editions),
        "articles": sum(value.articles for _, value in editions),
        "problems": [
            {"edition": str(path), "where": problem.where, "what": problem.what, "article": problem.article}
            for path, value in editions
            for problem in value.problems
        ],
        "editions": [
            {
                "path": str(path),
                "root": value.root,
                "ok": value.ok,
                "articles": value.articles,
                "files": value.files,
                "problems": len(value.problems),
            }
            for path, value in editions
        ],
    }


def proven(file: str, value: Proven, text: str | None) -> dict[str, Json]:
    """What a proof shows; the record without its body, bytes in hexadecimal digits; the text where it was asked for."""
    record: dict[str, Json] = {name: _plain(each) for name, each in sorted(value.fields.items()) if name != "body"}
    shown: dict[str, Json] = {
        "file": file,
        "root": value.root,
        "compared": value.compared,
        "format": value.format,
        "edition": {"title": value.edition, "number": value.number},
        "table": value.table,
        "index": value.index,
        "count": value.count,
        "record": record,
        "source": source(value.source) if value.source else None,
        "work": value.work.title if value.work else None,
    }
    return {"ok": True, "proof": shown if text is None else {**shown, "text": text}}


def names_of(value: Proven) -> list[tuple[str, str]]:
    """(what it is, what it is called) of what a proof shows, most telling first."""
    fields = {name: str(_plain(each)) for name, each in value.fields.items() if isinstance(each, str | bytes | int)}
    wanted = ("title", "path", "key", "hash", "id", "subject", "property", "value", "mime", "url", "modified")
    return [(name, fields[name]) for name in wanted if name in fields]


def _plain(value: Value) -> Json:
    """A value of a record in JSON."""
    if isinstance(value, bytes):
        return value.hex()
    return value if isinstance(value, str | int) else [_plain(each) for each in value]


def hit(value: Hit) -> dict[str, Json]:
    """One result of a search."""
    return {
        "edition": value.edition,
        "id": value.id.hex(),
        "title": value.title,
        "language": value.language,
        "source": value.source,
        "path": value.path,
        "url": value.url,
        "licence": value.licence,
        "date": value.date,
        "score": value.score,
        "passage": value.passage,
        "start": value.start,
        "end": value.end,
        "snippet": value.snippet,
        "marks": [list(mark) for mark in value.marks],
        "exact": value.exact,
        "work": value.work,
        "place": place_document(value.place),
    }


def search(page: SearchPage) -> dict[str, Json]:
    """A page of results."""
    return {
        "query": page.query,
        "total": page.total,
        "corrected": page.corrected,
        "notes": list(page.notes),
        "hits": [hit(each) for each in page.hits],
    }


def suggestion(value: Suggestion) -> dict[str, Json]:
    """A title that what was typed may become."""
    return {
        "edition": value.edition,
        "id": value.id.hex(),
        "title": value.title,
        "matched": value.matched,
        "language": value.language,
        "source": value.source,
        "path": value.path,
        "typos": value.typos,
    }


def article(edition: Edition, row: int, text: str, standing: InWork | None) -> dict[str, Json]:
    """An article with its text, the spans of its passages in it, and where it stands in its work."""
    value = edition.article(row)
    return {
        "edition": edition.root,
        "id": value.id.hex(),
        "title": value.title,
        "language": value.language,
        "aliases": sorted({alias.title for alias in value.aliases}),
        "categories": list(value.categories),
        "source": source(edition.source(value.source)),
        "path": value.path,
        "url": value.url,
        "revision": value.revision,
        "modified": value.modified,
        "licence": licence_of(
            value.licence, standing.work if standing is not None else None, edition.source(value.source)
        ),
        "body": value.body,
        "text": text,
        "passages": [[passage.start, passage.end] for passage in edition.passages(row)],
        **article_fields(value),
        "work": None if standing is None else _standing(standing),
    }


def _standing(value: InWork) -> dict[str, Json]:
    return standing_document(value.work, value.number, value.parts, _part(value.previous), _part(value.next))


def _part(head: Head | None) -> Json:
    return None if head is None else {"id": head.id.hex(), "title": head.title}


def difference(value: Difference) -> dict[str, Json]:
    """What changed from one edition to another."""
    changes: dict[str, Json] = {
        name: [
            {
                "id": change.id.hex(),
                "title": change.title,
                "language": change.language,
                "source": change.source,
                "path": change.path,
            }
            for change in group
        ]
        for name, group in (("added", value.added), ("removed", value.removed), ("changed", value.changed))
    }
    return {"roots": list(value.roots), "same": value.same, **changes}
