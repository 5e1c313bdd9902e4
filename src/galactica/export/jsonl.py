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

A name that ends in `.gz` or `.zst` is compressed. The same edition gives the same bytes.
"""

from __future__ import annotations

import contextlib
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from galactica.errors import MissingError
from galactica.export.summary import ExportSummary, Readable
from galactica.model import Article
from galactica.model.projection import project
from galactica.progress import Report, silent

_REPORT_EVERY = 200


def export_jsonl(edition: Readable, out: Path, *, report: Report = silent) -> ExportSummary:
    """Write `edition` to the file `out`, replaced if it is there; it appears under its name when it is whole.

    Raises:
        MissingError: the file cannot be written.
        EditionError: the edition cannot be read.
    """
    total, count = edition.info.articles, 0
    partial = out.with_name(f".{out.name}.partial")
    try:
        with _writing(partial, out.suffix) as file:
            for _, article in edition.scan():
                file.write(json_line(article))
                if count % _REPORT_EVERY == 0:
                    report("export", count, total, "articles")
                count += 1
        partial.replace(out)
        report("export", count, total, "articles")
        return ExportSummary(articles=count, bytes=out.stat().st_size)
    except OSError as error:
        raise MissingError(
            f"{out.name} could not be written: {error.strerror or error}",
            "See that there is space and that the folder may be written to.",
        ) from error
    finally:
        partial.unlink(missing_ok=True)


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
    }
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


@contextlib.contextmanager
def _writing(path: Path, suffix: str) -> Iterator[IO[bytes]]:
    if suffix == ".gz":
        # No name and no time in the header: the same articles give the same bytes (RFC 1952 §2.3).
        with path.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
            yield packed  # type: ignore[misc]  # a GzipFile is an IO[bytes] in all but name
    elif suffix == ".zst":
        import pyarrow as pa

        with pa.OSFile(str(path), "wb") as raw, pa.CompressedOutputStream(raw, "zstd") as packed:
            yield packed
    else:
        with path.open("wb") as plain:
            yield plain
