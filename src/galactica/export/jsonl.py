"""An edition as JSON Lines: one object a line, in row order, for any program that reads text.

Each line is an object in UTF-8 with these members, all always there:

    id          32 hex digits: article id (docs/formats/edition.md, section "Identity")
    title       plain text
    language    BCP 47 tag, "und" where unknown
    aliases     other titles, sorted
    body        canonical HTML (docs/formats/body.md)
    text        the body's projection to plain text; passages are spans of it
    categories  sorted
    source      key of the source
    path        where the article lay there
    url, revision, modified, licence
                as in the edition; "" where unknown
    work        path of the work that it is a part of in the same source; "" where it is none
    part        its place in the work, from 1; 0 where it is none
    headings    those above it in the work, the outermost first
    creators    names, in the order of the source
    published   EDTF level 1 date; "" where unknown
    identifiers "scheme:value", sorted

Such a file can be read as a source: every article comes back with the same body and, where the file is named so that
its source has the same key, the same id. It does not hold places of redirects, media, sources, and what is said of
works.

A name that ends in `.gz` or `.zst` is compressed. The same edition gives the same bytes. The lines may also flow into a
pipe, a device or a stream that is open already (standard output): those are written to, never replaced.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from galactica.export.summary import ExportSummary, Readable
from galactica.faults import not_written
from galactica.model import Article
from galactica.model.projection import project
from galactica.placing import check_place, placed
from galactica.progress import Report, silent

_REPORT_EVERY = 200


def export_jsonl(
    edition: Readable, out: Path | IO[bytes], *, replace: bool = False, report: Report = silent
) -> ExportSummary:
    """Write `edition` as lines.

    Args:
        edition: what to write.
        out: the file to make, which appears under its name when it is whole; a pipe or device; or an open stream, which
            is left open.
        replace: whether a file of that name may be replaced.
        report: stage "export", unit "articles".

    Raises:
        UsageError: something stands at `out` that is not replaced.
        MissingError: the file cannot be written.
        EditionError: the edition cannot be read.
        BrokenPipeError: who reads the stream has left.
    """
    if not isinstance(out, Path):
        return _flow(edition, out, report)
    try:
        if check_place(out, force="--force", replace=replace, flows=True):
            with packed_by_name(os.fdopen(os.open(out, os.O_WRONLY), "wb"), out.suffix) as file:
                return _flow(edition, file, report)
        with placed(out, force="--force", replace=replace) as raw, packed_by_name(raw, out.suffix) as file:
            articles = _flow(edition, file, report).articles
        return ExportSummary(articles=articles, bytes=out.stat().st_size)
    except OSError as error:
        raise not_written(out, error) from error


def _flow(edition: Readable, file: IO[bytes], report: Report) -> ExportSummary:
    """Every article as a line, from the first to the last."""
    total, count, size = edition.info.articles, 0, 0
    for _, article in edition.scan():
        line = json_line(article)
        file.write(line)
        size += len(line)
        if count % _REPORT_EVERY == 0:
            report("export", count, total, "articles")
        count += 1
    file.flush()
    report("export", count, total, "articles")
    return ExportSummary(articles=count, bytes=size)


def json_line(article: Article) -> bytes:
    """One article as one line."""
    record = {
        "id": article.id.hex(),
        "title": article.title,
        "language": article.language,
        "aliases": sorted({alias.title for alias in article.aliases}),
        "body": article.body,
        "text": project(article.body),
        "categories": article.categories,
        "source": article.source,
        "path": article.path,
        "url": article.url,
        "revision": article.revision,
        "modified": article.modified,
        "licence": article.licence,
        "work": article.work,
        "part": article.part,
        "headings": article.headings,
        "creators": article.creators,
        "published": article.published,
        "identifiers": article.identifiers,
    }
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


@contextlib.contextmanager
def packed_by_name(raw: IO[bytes], suffix: str) -> Iterator[IO[bytes]]:
    """`raw`, compressed as the ending of its name says; closed at the end."""
    with raw:
        if suffix == ".gz":
            # No name and no time in the header: the same articles give the same bytes (RFC 1952 §2.3).
            with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
                yield packed  # type: ignore[misc]  # a GzipFile is an IO[bytes] in all but name
        elif suffix == ".zst":
            import pyarrow as pa

            with pa.CompressedOutputStream(pa.PythonFile(raw, "w"), "zstd") as squeezed:
                yield squeezed
        else:
            yield raw
