"""What a worker says of a batch that it has gathered into files: what enters the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from galactica.model import Attachment, Redirect, Rejected, SourceStatement, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What a worker says of a batch that it has gathered into files.

    Attributes:
        articles: (id, language, licence, source, path, work) of each row of the batch's file, in order.
        leaves: leaf hashes of the articles where their tables are drafted, else none.
        media: (hash, mime, size) of each row of its media file, in order.
        files: (source, path, hash) of every media file.
        redirects, rejected, works, statements: as they came.
        dropped: (source, rule, count).
        attachments: as they came.
        links: (source, path, folder of the page, whether it is shown) of what pages of folders link to.
        pages: (source, path) of the pages of folders.
        bycatch: rows of the articles that are none of what their folder is for.
    """

    articles: tuple[tuple[bytes, str, str, str, str, str], ...]
    leaves: tuple[bytes, ...]
    media: tuple[tuple[bytes, str, int], ...]
    files: tuple[tuple[str, str, bytes], ...]
    redirects: tuple[Redirect, ...]
    rejected: tuple[Rejected, ...]
    dropped: tuple[tuple[str, str, int], ...]
    works: tuple[Work, ...] = ()
    statements: tuple[SourceStatement, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    links: tuple[tuple[str, str, str, bool], ...] = ()
    pages: tuple[tuple[str, str], ...] = ()
    bycatch: frozenset[int] = frozenset()
