"""Target of the fuzzer: any bytes are a proof or a record in the one form that these have, or are refused."""

from __future__ import annotations

from contextlib import suppress

from galactica.edition import decode, record
from galactica.edition.proof import InclusionProof, Member, check_proof, read_proof
from galactica.errors import EditionError, ProofError
from galactica.model import Alias, Article, Source, article_id

_ARTICLE = record.article_record(
    Article(
        id=article_id("s", "p"),
        title="a",
        language="en",
        aliases=(Alias(title="b", path="q"),),
        body="<p>c</p>",
        categories=("d",),
        source="s",
        path="p",
        part=300,
        work="w",
    ),
    2,
)
_SOURCE = record.source_record(Source(key="s", title="e", format="f"), 2)
_PROOF = InclusionProof(
    format=1,
    tables=tuple((name, 3, bytes(32)) for name in ("articles", "edition", "files", "media", "sources")),
    members=(Member(table="sources", index=1, steps=(bytes(32), b"\1" * 32), record=_SOURCE),),
)
SEEDS = (_ARTICLE, _SOURCE, _PROOF.to_json().encode(), b"[]", b"\xa0")
PIECES = ('{"', '":', "[", "]", "}", ",", '"', "1", "0" * 64, '"proof": 1', '"format": 2', '"records": [', '"tables": {',
          '"articles"', '"index": 0', '"path": []', "\\ud800", " ", "\n", "1e999", "-", "\x01", "\x18", "a")  # fmt: skip
_TABLES = ("articles", "edition", "files", "media", "sources", "statements", "works")


def one(data: bytes) -> None:
    """Take `data` for a proof, and for a record of each table.

    Raises:
        AssertionError: one was taken that has another form too.
    """
    with suppress(ProofError, EditionError):
        proof = read_proof(data)
        assert proof.to_json().encode() == data
        check_proof(proof)
    for table in _TABLES:
        with suppress(ValueError):
            fields = decode.fields_of(data, table, 2)
            assert record.encode(fields) == data
            if table == "articles":
                decode.article_of(fields)
