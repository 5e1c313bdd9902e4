"""Proofs out of a part of an edition: that a record is part of the whole, by the leaf hashes that travelled with it."""

from __future__ import annotations

from collections.abc import Callable

from galactica.codes import merkle
from galactica.edition import decode
from galactica.edition.damage import damaged
from galactica.edition.partial import PartialHeader, read_whole_leaves
from galactica.edition.proof import InclusionProof, Member, companions
from galactica.edition.read import Edition
from galactica.errors import EditionError

Find = Callable[[str, bytes], bytes | None]
"""(table, key) → record, or None where it is not here."""


def prove_in_whole(edition: Edition, whole: PartialHeader, table: str, raw: bytes, find: Find) -> InclusionProof:
    """The proof that a record which is here is part of the whole that the edition is a part of.

    Args:
        raw: the record.
        find: looks up the records that it names.

    Raises:
        EditionError: the leaf hashes that the proof needs did not arrive yet; or the edition is damaged.
    """
    fields = decode.fields_of(raw, table, whole.format)
    source = str(fields.get("source", "")).encode()
    keys = {"sources": source, "works": source + b"\0" + str(fields.get("work", "")).encode()}
    members = [_member(edition, whole, table, raw)]
    for name in companions(table, fields):
        named = whole.edition if name == "edition" else find(name, keys[name])
        if named is None:
            raise damaged(edition.path, f"what a record of {table!r} names is not in {name!r}")
        members.append(_member(edition, whole, name, named))
    return InclusionProof(
        format=whole.format,
        tables=tuple((name, count, head) for name, count, head, _ in whole.tables),
        members=tuple(members),
    )


def _member(edition: Edition, whole: PartialHeader, table: str, raw: bytes) -> Member:
    if table == "edition":
        return Member(table=table, index=0, steps=(), record=raw)
    leaves = read_whole_leaves(edition.path, whole, table)
    if leaves is None:
        raise EditionError(
            f"{edition.path} is a part of an edition; the hashes that prove its {table} did not arrive yet.",
            "Fetch or receive more of it.",
        )
    try:
        index = leaves.index(merkle.leaf_hash(raw))
    except ValueError:
        raise damaged(edition.path, f"a record of {table!r} is none of the whole") from None
    return Member(table=table, index=index, steps=tuple(merkle.inclusion_proof(leaves, index)), record=raw)
