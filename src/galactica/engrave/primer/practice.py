"""The practice sheet: the smallest sheet there is, printed in the primer, with an edition of two articles on it: a
reader tries every step on it, from the squares to the proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import cbor2
import numpy as np

from galactica.codes import merkle
from galactica.edition import record
from galactica.edition.table import truths
from galactica.engrave.sheet.drawing import sheet_cells
from galactica.engrave.sheet.header import SheetHeader, sheet_digest
from galactica.engrave.sheet.layout import SheetGrid
from galactica.engrave.sheet.mask import mask
from galactica.engrave.stream.blocks import EDITION, LIST, NODES, PROOFS, RECORDS, packed_block
from galactica.engrave.stream.contents import (
    EngravedEdition,
    EngravedRecord,
    ListLine,
    nodes_content,
    proofs_content,
    records_content,
)
from galactica.model import Article, Source, article_id

GRID = SheetGrid(2, 2, 62)
"""Two tiles by two: 136 by 136 cells."""

SET = b"PRACTICE"
"""The number of its set."""

_HEIGHT = 1
"""Of its subtrees: two records each, so that there are a path and nodes to try."""

_TEXTS = (
    (
        "Ink",
        '<p><b>Ink</b> is a dark liquid for writing. Ink of <a href="./Soot">soot</a> does not fade: '
        "sheets written with it 2000 years ago can be read today.</p>",
    ),
    (
        "Paper",
        "<p><b>Paper</b> is made of plants. Their fibres are beaten in water, 1 part in 100, caught on a sieve, "
        "pressed and dried.</p>",
    ),
    (
        "Soot",
        "<p><b>Soot</b> is the black dust that a flame leaves. It is carbon &amp; little else. "
        'With water and gum it is <a href="./Ink">ink</a>.</p>',
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeSheet:
    """What is on it.

    Attributes:
        payload: of the sheet.
        header: of the sheet.
        root: of its edition, 32 bytes.
        heads: the bytes that the root is the leaf hash of.
        records: of its articles, in the order of the table of articles.
        cells: a string of 1 (black) and 0 for each row.
        free: the free cells in order, as they are drawn: a string of 1 and 0.
        plain: bytes of the free cells without the mask.
    """

    payload: bytes
    header: SheetHeader
    root: bytes
    heads: bytes
    records: tuple[bytes, ...]
    cells: tuple[str, ...]
    free: str
    plain: bytes


@cache
def practice_sheet() -> PracticeSheet:
    """The practice sheet: the same in every printing."""
    edition, articles, payload = _practice_payload()
    header = SheetHeader(
        root=edition.root[:16],
        set_id=SET,
        kind="data",
        sheet=0,
        sheets=1,
        group=0,
        place=0,
        data_sheets=1,
        parity_sheets=0,
        used=len(payload),
        digest=sheet_digest(payload),
    )
    drawn = sheet_cells(payload, header, GRID)
    _, free = GRID.fixed()
    bits = drawn[free].astype(np.uint8)
    plain = np.packbits((bits ^ mask(len(bits)))[: len(bits) // 8 * 8]).tobytes()
    return PracticeSheet(
        payload=payload,
        header=header,
        root=edition.root,
        heads=cbor2.dumps(["galactica", edition.format, [list(each) for each in edition.heads]]),
        records=articles,
        cells=tuple("".join("1" if cell else "0" for cell in row) for row in drawn.tolist()),
        free="".join(map(str, bits.tolist())),
        plain=plain,
    )


def _practice_payload() -> tuple[EngravedEdition, tuple[bytes, ...], bytes]:
    version = record.FORMAT_VERSION
    source = record.source_record(Source(key="practice", title="Practice", format="made", language="en"), version)
    articles = sorted((_record(title, body, version) for title, body in _TEXTS), key=_id_of)
    own = record.edition_record(version=version, number=1, title="Practice", languages=("en",), licences=(), parent="")
    tables = {"articles": articles, "sources": [source], "edition": [own]}
    heads = tuple(
        (name, len(tables.get(name, ())), merkle.tree_head([merkle.leaf_hash(each) for each in tables.get(name, ())]))
        for name in truths(version)
    )
    edition = EngravedEdition(
        root=record.root_of(heads, version),
        format=version,
        heads=heads,
        edition=own,
        articles=len(articles),
        left_out=(),
    )
    leaves = [merkle.leaf_hash(each) for each in articles]
    proved = [EngravedRecord(table="sources", raw=source, index=0, steps=())]
    proved += [
        EngravedRecord(table="articles", raw=raw, index=at, steps=_steps(leaves, at)) for at, raw in enumerate(articles)
    ]
    nodes = [merkle.tree_head(leaves[at : at + 2**_HEIGHT]) for at in range(0, len(leaves), 2**_HEIGHT)]
    lines = "".join(
        ListLine(index=at, language="en", title=str(cbor2.loads(raw)["title"])).line()
        for at, raw in enumerate(articles)
    )
    blocks = (
        (EDITION, 0, edition.to_content()),
        (LIST, 0, lines.encode()),
        (NODES, 0, nodes_content("articles", _HEIGHT, 0, nodes)),
        (NODES, 1, nodes_content("sources", 0, 0, [merkle.leaf_hash(source)])),
        (RECORDS, 0, records_content(proved)),
        (PROOFS, 0, proofs_content(proved)),
    )
    payload = b"".join(packed_block(kind, number, content).whole() for kind, number, content in blocks)
    return edition, tuple(articles), payload


def _record(title: str, body: str, version: int) -> bytes:
    made = Article(
        id=article_id("practice", title),
        title=title,
        language="en",
        aliases=(),
        body=body,
        categories=(),
        source="practice",
        path=title,
    )
    return record.article_record(made, version)


def _id_of(raw: bytes) -> bytes:
    found: bytes = cbor2.loads(raw)["id"]
    return found


def _steps(leaves: Sequence[bytes], at: int) -> tuple[bytes, ...]:
    first = at >> _HEIGHT << _HEIGHT
    return tuple(merkle.inclusion_proof(leaves[first : first + 2**_HEIGHT], at - first))
