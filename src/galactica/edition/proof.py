"""A proof that an article is part of an edition: a small file that is checked without the edition.

docs/formats/proof.md is its description. It holds the article's record, its place in its table and the hashes that lead
to that table's head (RFC 9162 §2.1.3), the same of the records that the article names (its edition, its source, its
work), and the heads of all tables, which give the root. Whoever knows the root by another way knows then that the
article, to the letter, is what whoever made the edition put into it.

The order in which it is checked: the file is text of the one form that a proof has, so that no byte of it may differ;
the heads give the root; each record is led to its head; each record is one of its table; the records belong together.
Every proof is hostile until then: sizes and numbers are bounded before anything is made of them.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from galactica.codes import merkle
from galactica.edition import decode, record
from galactica.edition.info import MAX_COUNT
from galactica.edition.record import FIRST_VERSION, FORMAT_VERSION, Value
from galactica.edition.table import truths
from galactica.errors import EditionError, ProofError
from galactica.model import Article, Source, Work

PROOF_VERSION = 1
"""Version of the form of proofs, counted apart from the format of editions."""

MAX_PROOF = 100 * 2**20
"""Bytes of a proof: a document has at most 64 MB, its record as base64 a third more."""

MAX_STEPS = 31
"""Hashes that lead from a leaf to its head: a table has fewer than 2^31 records."""

MAX_RECORDS = 4
"""An article, its edition, its source and its work."""

MAX_MARKS = 1_000
"""Commas and opening brackets: a proof has some 200. Counted before it is parsed, so that what is made of a text of the
largest size takes no more memory than the text."""

_HASH = re.compile("[0-9a-f]{64}")
_AGAIN = "Ask for the proof again, or make one: galactica prove EDITION TITLE."


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A record, and what leads from it to the head of its table.

    Attributes:
        table: its name.
        index: place of the record in its table, from 0.
        steps: 32-byte hashes, nearest first.
        record: its bytes.
    """

    table: str
    index: int
    steps: tuple[bytes, ...]
    record: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class InclusionProof:
    """What a file of a proof holds; nothing of it is checked yet.

    Attributes:
        format: version of the edition's format.
        tables: (table, records, head) of every table that is truth in that version, by name.
        members: what is proved first, then the records it names, by table.
    """

    format: int
    tables: tuple[tuple[str, int, bytes], ...]
    members: tuple[Member, ...]

    @property
    def root(self) -> str:
        """The root that the heads give, in hexadecimal digits."""
        return record.root_of(self.tables, self.format).hex()

    def to_json(self) -> str:
        """The text of the file: the only one that this proof has."""
        document = {
            "format": self.format,
            "proof": PROOF_VERSION,
            "records": [
                {
                    "index": each.index,
                    "path": [step.hex() for step in each.steps],
                    "record": base64.b64encode(each.record).decode(),
                    "table": each.table,
                }
                for each in self.members
            ],
            "root": self.root,
            "tables": {name: {"count": count, "head": head.hex()} for name, count, head in self.tables},
        }
        return json.dumps(document, ensure_ascii=True, sort_keys=True, indent=1) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What a proof shows, all of it led to the root.

    Attributes:
        root: of the edition, 64 hex digits.
        compared: whether it was compared with one that is known by another way. If not, nothing is proved yet.
        format: version of the edition's format.
        edition, number: its title, and which edition it is.
        table, index, count: the table of what is proved, its place there from 0, and how many records there are.
        fields: the record itself, without what is empty.
        article: where it is one; its body is as the edition has it, to be sanitised before it is shown as HTML.
        source, work: that it names; None where it names none.
    """

    root: str
    compared: bool
    format: int
    edition: str
    number: int
    table: str
    index: int
    count: int
    fields: Mapping[str, Value]
    article: Article | None
    source: Source | None
    work: Work | None


def read_proof(raw: bytes) -> InclusionProof:
    """The proof in the bytes of a file.

    Raises:
        ProofError: they are no proof, or one in another form than a proof has.
        EditionError: it is of a version that this program does not know.
    """
    if len(raw) > MAX_PROOF:
        raise ProofError(f"It is larger than {MAX_PROOF:,} bytes, the most that a proof has.", _AGAIN)
    try:
        text = raw.decode("ascii")
        if sum(map(text.count, ",[{")) > MAX_MARKS:
            raise ValueError
        document = json.loads(text)
        if _number(document["proof"]) > PROOF_VERSION or _number(document["format"]) > FORMAT_VERSION:
            raise EditionError(
                "The proof is of a version that this program does not know.", "Install a newer galactica."
            )
        found = _proof(document)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise ProofError("It is no proof of an edition, or a damaged one.", _AGAIN) from None
    if found.to_json() != text:
        raise ProofError("It is not in the form that a proof has; a byte of it was changed.", _AGAIN)
    return found


def check_proof(proof: InclusionProof, root: str = "") -> Proven:
    """See whether a proof holds.

    Args:
        root: the root that the person knows, 64 lower-case hex digits; "" where none is known.

    Raises:
        ProofError: it does not.
    """
    if root and proof.root != root:
        raise ProofError(
            f"It speaks of the edition {proof.root}, not of {root}.",
            "Compare the root with what whoever made the edition says of it.",
        )
    sizes = {name: (count, head) for name, count, head in proof.tables}
    found: dict[str, dict[str, Value]] = {}
    for each in proof.members:
        count, head = sizes[each.table]
        if not merkle.verify_inclusion(merkle.leaf_hash(each.record), each.index, count, each.steps, head):
            raise ProofError(f"Its record of {each.table!r} is not part of the edition whose root it names.", _AGAIN)
        if each.table in found:
            raise ProofError(f"It has two records of {each.table!r}.", _AGAIN)
        try:
            found[each.table] = decode.fields_of(each.record, each.table, proof.format)
        except ValueError as error:
            raise ProofError(f"Its record of {each.table!r} has not the form of one: {error}.", _AGAIN) from error
    first = proof.members[0]
    fields = found[first.table]
    if list(found) != [first.table, *companions(first.table, fields)] or not _belong(proof, first.table, found):
        raise ProofError("Its records do not belong together.", _AGAIN)
    try:
        article = decode.article_of(fields) if first.table == "articles" else None
    except ValueError as error:
        raise ProofError(f"Its article is none: {error}.", _AGAIN) from error
    edition = found["edition"]
    return Proven(
        root=proof.root,
        compared=bool(root),
        format=proof.format,
        edition=str(edition.get("title", "")),
        number=int(str(edition.get("number", 1))),
        table=first.table,
        index=first.index,
        count=sizes[first.table][0],
        fields=fields,
        article=article,
        source=decode.source_of(found["sources"]) if "sources" in found else None,
        work=decode.work_of_fields(found["works"]) if "works" in found else None,
    )


def companions(table: str, fields: Mapping[str, Value]) -> list[str]:
    """Tables of the records that stand in a proof beside one with these fields: those that it names."""
    named = [] if table == "edition" else ["edition"]
    if "source" in fields:
        named.append("sources")
    if "work" in fields:
        named.append("works")
    return named


def _belong(proof: InclusionProof, table: str, found: Mapping[str, Mapping[str, Value]]) -> bool:
    """Whether the records beside the first are those that it names."""
    fields = found[table]
    source, work = found.get("sources", {}), found.get("works", {})
    return (
        found["edition"].get("format") == proof.format
        and (table == "sources" or source.get("key") == fields.get("source"))
        and (table == "works" or (work.get("source"), work.get("path")) == _work_of(fields))
    )


def _work_of(fields: Mapping[str, Value]) -> tuple[Value | None, Value | None]:
    return (fields.get("source"), fields["work"]) if "work" in fields else (None, None)


def _proof(document: Mapping[str, object]) -> InclusionProof:
    """The proof of a document of the right form; KeyError, TypeError or ValueError where it is of another."""
    version, rows, tables = _number(document["format"]), document["records"], document["tables"]
    if version < FIRST_VERSION or not isinstance(rows, list) or not isinstance(tables, dict):
        raise TypeError
    if not 1 <= len(rows) <= MAX_RECORDS or tuple(sorted(tables)) != truths(version):
        raise ValueError
    return InclusionProof(
        format=version,
        tables=tuple((name, _number(tables[name]["count"]), _hash(tables[name]["head"])) for name in sorted(tables)),
        members=tuple(_member(row, version) for row in rows),
    )


def _member(row: Mapping[str, object], version: int) -> Member:
    table, steps, packed = row["table"], row["path"], row["record"]
    if not isinstance(table, str) or not isinstance(steps, Sequence) or not isinstance(packed, str):
        raise TypeError
    if table not in truths(version) or len(steps) > MAX_STEPS:
        raise ValueError
    return Member(
        table=table,
        index=_number(row["index"]),
        steps=tuple(_hash(step) for step in steps),
        record=base64.b64decode(packed, validate=True),
    )


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_COUNT:
        raise TypeError
    return value


def _hash(value: object) -> bytes:
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise ValueError
    return bytes.fromhex(value)
