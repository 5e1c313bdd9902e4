"""A view, open for training: texts of documents in order or by number, and where each of them is from.

Documents are numbered from 0 in the order of the view's rows: edition after edition, row after row. Opening compares
each edition's root with the one that the view names; every text that is read is compared with its SHA-256.

A view holds no open files between calls and can be pickled: another process opens it again.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from galactica.edition import Edition
from galactica.edition.damage import damaged
from galactica.model import article_id
from galactica.model.article import date_of, licence_of
from galactica.model.projection import plain_lines, project
from galactica.model.said import said
from galactica.train.views.editions_found import opened_editions
from galactica.train.views.header import ROWS, ViewCounts, ViewHeader, broken_view, read_view_header
from galactica.train.views.rows import Rows, read_view_rows, row_key
from galactica.train.views.texts import StoredTexts, cut, text_digest

SPARSE = 4
"""Documents of a row group below which each is read by itself: half a millisecond, where a group takes ten or more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """Where a document is from.

    Attributes:
        title: of the article.
        id: its 16 bytes.
        language: BCP 47 tag.
        source: key of its source.
        date: as a person is told it (`model.article.date_of`); "" where unknown.
        licence: SPDX identifier or the source's words; "" where unknown.
        address: where the source has it on the web; "" where unknown.
        edition: root of the edition, hex.
        row: of the article in the edition.
    """

    title: str
    id: bytes
    language: str
    source: str
    date: str
    licence: str
    address: str
    edition: str
    row: int


class View:
    """A view on disk. Open it with `View.open`; several threads may use it.

    Attributes:
        path: its folder.
        header: what `view.json` says.
        hash: its name, 64 hex digits.
        sizes: `uint32 [documents]`, bytes of UTF-8 of each text.
        groups: `uint16 [documents]`, numbers in `group_names`.
        group_names, weights: of the mix; weights sum to 1. A view without a mix has one group, "all".
    """

    def __init__(self, path: Path, header: ViewHeader, rows: Rows, editions: Sequence[Edition]) -> None:
        self.path = path
        self.header = header
        self.hash = header.hash
        self.sizes: npt.NDArray[np.uint32] = rows.sizes
        self.groups: npt.NDArray[np.uint16] = rows.groups
        self.group_names = tuple(name for name, _ in header.mix)
        self.weights = tuple(weight for _, weight in header.mix)
        self._rows = rows
        self._editions = tuple(editions)
        self._stored = tuple(StoredTexts(each.path, each.statement) for each in editions)

    @classmethod
    def open(cls, path: Path | str, editions: Sequence[Path] = ()) -> View:
        """Open the view in the folder `path`.

        Args:
            path: of the view.
            editions: where its editions lie; those that are not among them are looked for where they lay when the
                view was made.

        Raises:
            InputError: it is no view, damaged, or of an unknown version.
            EditionError: an edition is not found, damaged, or another one than the view names.
        """
        path = Path(path)
        header = read_view_header(path)
        rows = read_view_rows(path, header)
        opened = opened_editions(path, header, editions)
        for number, edition in enumerate(opened):
            last = int(np.searchsorted(rows.keys, row_key(number + 1, 0)))
            if last and rows.keys[last - 1] >= row_key(number, len(edition)):
                raise broken_view(path, ROWS)
        return cls(path, header, rows, opened)

    @property
    def filter(self) -> Mapping[str, Any]:
        """What made it: option → what was asked for."""
        return self.header.filter

    @property
    def counts(self) -> ViewCounts:
        """How much it holds."""
        return self.header.counts

    @property
    def editions(self) -> tuple[Edition, ...]:
        """Its editions, open."""
        return self._editions

    @property
    def text_digests(self) -> npt.NDArray[np.uint8]:
        """`uint8 [documents, 16]`, the beginning of the SHA-256 of each text."""
        return self._rows.texts

    def __len__(self) -> int:
        return len(self.sizes)

    def read(self, numbers: Sequence[int]) -> list[bytes]:
        """Texts of documents, in the order of `numbers`, in UTF-8.

        Raises:
            IndexError: there is no such document.
            EditionError: its record is damaged, or not the one that was chosen.
        """
        found: dict[int, bytes] = {}
        wanted = sorted(set(map(int, numbers)))
        if wanted and not 0 <= wanted[0] <= wanted[-1] < len(self):
            raise IndexError(f"the view has documents 0 to {len(self) - 1}")
        at = 0
        while at < len(wanted):
            edition, row = self._place(wanted[at])
            shard, group, first, behind = self._stored[edition].place(row)
            end = bisect.bisect_left(wanted, self._first(edition, behind), at)
            if end - at < SPARSE and not self._stored[edition].is_small(shard, group):
                titles = self._stored[edition].titles(shard, group)
                for number in wanted[at:end]:
                    own = self._place(number)[1]
                    body = self._editions[edition].stored_body(own)
                    found[number] = self._text(number, edition, titles[own - first].as_py(), body)
            else:
                titles, bodies = self._stored[edition].group(shard, group)
                for number in wanted[at:end]:
                    inside = self._place(number)[1] - first
                    found[number] = self._text(number, edition, titles[inside].as_py(), bodies[inside].as_py())
            at = end
        return [found[int(number)] for number in numbers]

    def scan(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, bytes]]:
        """Yield (number, text) of documents start … stop-1, in order; one row group is in memory at a time.

        Raises:
            EditionError: a record is damaged, or not the one that was chosen.
        """
        end = len(self) if stop is None else min(stop, len(self))
        number = max(start, 0)
        while number < end:
            edition, row = self._place(number)
            shard, group, first, behind = self._stored[edition].place(row)
            titles, bodies = self._stored[edition].group(shard, group)
            last = min(end, self._first(edition, behind))
            for each in range(number, last):
                inside = self._place(each)[1] - first
                yield each, self._text(each, edition, titles[inside].as_py(), bodies[inside].as_py())
            number = last

    def about(self, number: int) -> DocumentFacts:
        """Where a document is from; raises as `read` does."""
        if not 0 <= number < len(self):
            raise IndexError(f"the view has documents 0 to {len(self) - 1}")
        which, row = self._place(number)
        edition = self._editions[which]
        head = edition.head(row)
        source = edition.source(head.source)
        work, published = edition.belonging(row)
        return DocumentFacts(
            title=head.title,
            id=article_id(head.source, head.path),
            language=head.language,
            source=head.source,
            date=date_of(head.modified, published, work, source),
            licence=licence_of(head.licence, work, source),
            address=head.url,
            edition=edition.root,
            row=row,
        )

    def cuts(self, number: int) -> tuple[int, ...]:
        """Code points [start, end, start, end …] that are cut out of a document's text; () for most."""
        return self._rows.cuts.get(number, ())

    def place(self, number: int) -> tuple[str, int]:
        """(root of its edition, row there) of a document."""
        edition, row = self._place(number)
        return self._editions[edition].root, row

    def held_back(self, share: float) -> npt.NDArray[np.bool_]:
        """Which documents are held back where a share of them is: `bool [documents]`, told by the SHA-256 of each text,
        so that a document is held back whatever else is in the view.

        Args:
            share: 0 to 1.
        """
        drawn = self._rows.texts[:, :4].copy().view(">u4").reshape(-1)
        held: npt.NDArray[np.bool_] = drawn < share * 2**32
        return held

    def close(self) -> None:
        """Let go of the editions' files."""
        for edition in self._editions:
            edition.close()

    def __enter__(self) -> View:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __reduce__(self) -> tuple[Any, ...]:
        return View.open, (self.path, tuple(edition.path for edition in self._editions))

    def _place(self, number: int) -> tuple[int, int]:
        key = int(self._rows.keys[number])
        return key >> 32, key & 0xFFFFFFFF

    def _first(self, edition: int, row: int) -> int:
        """The first document that is of this row of an edition or comes after."""
        return int(np.searchsorted(self._rows.keys, row_key(edition, row)))

    def _text(self, number: int, edition: int, title: str, body: str) -> bytes:
        cuts = self._rows.cuts.get(number, ())
        for project_body in (plain_lines, project):
            raw = cut(f"{title}\n\n{project_body(body)}", cuts).encode()
            if len(raw) == self.sizes[number] and text_digest(raw) == self._rows.texts[number].tobytes():
                return raw
        raise damaged(
            self._editions[edition].path,
            said("article-changed", "the article '{title}' is not what it was when the edition was made", title=title),
        )
