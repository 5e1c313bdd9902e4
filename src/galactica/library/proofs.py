"""Proofs that something is part of an edition: made from it, and checked without it (`edition.proof`)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import IO

from galactica.codes.letters import title_key
from galactica.edition import Edition
from galactica.edition.proof import MAX_PROOF, InclusionProof, Proven, check_proof, read_proof
from galactica.edition.proving import prove_article, prove_record
from galactica.edition.table import truths
from galactica.errors import EditionError, GalacticaError, InputError, LimitError, UsageError
from galactica.hints import word
from galactica.model import article_id
from galactica.model.projection import project
from galactica.progress import Report, silent

__all__ = ["InclusionProof", "Proven", "prove", "proven_text", "verify_proof"]

_ROOT = re.compile("[0-9a-f]{64}")
_ID = re.compile("[0-9a-fA-F]{32}")

MOST_NAMED = 8
"""Articles of one name that are told to whoever has to choose."""

MOST_LOOKED_AT = 50
"""Articles with one name that are looked at in an index."""


def prove(
    path: Path | str, name: str, *, table: str = "articles", source: str = "", report: Report = silent
) -> InclusionProof:
    """The proof that an article, or a record of another table, is part of an edition.

    Args:
        path: the edition's folder.
        name: of an article its id, its title, another title or its path, in this order; of media the SHA-256 in
            hexadecimal digits, of a source its key, of files, statements and works the path; of "edition" anything.
        table: the table.
        source: key of the source in which a path is looked for; "": in all of them.
        report: stage "records" (articles), where all of them have to be read.

    Raises:
        GalacticaError: there is nothing of that name.
        UsageError: the format of the edition has no such table, or several articles are called so.
        EditionError: there is no edition at `path`, or it is damaged where the proof needs it.
        LimitError: the proof would be larger than one may be.
    """
    with Edition.open(path) as edition:
        if table not in truths(edition.statement.format):
            tables = ", ".join(truths(edition.statement.format))
            raise UsageError(f"No table {table!r} is part of the root of {path}.", f"There are: {tables}.")
        if table == "articles":
            proof = prove_article(edition, _only_row(edition, name, source), report=report)
        else:
            found = (prove_record(edition, table, key) for key in _keys(edition, table, name, source))
            proof_or_none = next((each for each in found if each is not None), None)
            if proof_or_none is None:
                raise GalacticaError(
                    f"{path} has no {name!r} among its {table}.",
                    f"See what there is: galactica sql 'from {table}' -e {word(edition.path)}",
                )
            proof = proof_or_none
    if len(proof.to_json()) > MAX_PROOF:
        raise LimitError(f"The proof would be larger than {MAX_PROOF:,} bytes.", "Hand over the edition itself.")
    return proof


def verify_proof(proof: Path | IO[bytes] | bytes, *, root: str = "") -> Proven:
    """What a proof shows; it is checked without the edition.

    Args:
        proof: the file, an open stream of it, or its bytes.
        root: the root of the edition as the person knows it, 64 hexadecimal digits; without it the proof shows only
            that it agrees with itself, and `Proven.root` must be compared by whoever reads it.

    Raises:
        ProofError: it does not hold.
        InputError: the file cannot be read.
        UsageError: `root` is no root.
        EditionError: the proof is of a version that this program does not know.
    """
    known = root.strip().lower().removeprefix("galactica:")
    if root and not _ROOT.fullmatch(known):
        raise UsageError(
            f"{root[:80]} is no root of an edition.", "A root has 64 hexadecimal digits: see galactica info."
        )
    return check_proof(read_proof(proof if isinstance(proof, bytes) else _bytes(proof)), known)


def proven_text(found: Proven) -> str | None:
    """The text of a proven article, as everything speaks of it (docs/formats/body.md, "Projection").

    Returns:
        None where what was proved is no article, or its body has not the form of one: then nothing of it is safe to
        show.
    """
    from galactica.refine.clean import sanitise

    if found.article is None or (found.article.body and not sanitise(found.article.body)):
        return None
    return project(sanitise(found.article.body))


def _bytes(file: Path | IO[bytes]) -> bytes:
    """The bytes of a file, at most one more than a proof may have."""
    try:
        if not isinstance(file, Path):
            return file.read(MAX_PROOF + 1)
        with file.open("rb") as stream:
            return stream.read(MAX_PROOF + 1)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.", "Name the file of a proof.") from error


def _only_row(edition: Edition, name: str, source: str) -> int:
    """The row of the one article that a name fits best."""
    rows = article_rows(edition, name, source)
    if len(rows) == 1:
        return rows[0]
    heads = [edition.head(row) for row in rows[:MOST_NAMED]]
    told = "; ".join(f"{each.id.hex()} {each.title} ({each.source}, {each.language}, {each.path})" for each in heads)
    more = f"; and {len(rows) - MOST_NAMED:,} more" if len(rows) > MOST_NAMED else ""
    raise UsageError(
        f"{len(rows):,} articles are called {name}.",
        f"Name the one that you mean by its id, or add --source where that tells it from the others. {told}{more}",
    )


def article_rows(edition: Edition, name: str, source: str = "") -> list[int]:
    """The rows of the articles that a name fits best, the most prominent first; by the indexes where they are whole,
    else by looking at all titles.

    Args:
        name: an id, a title, another title or a path, in this order.
        source: key of the source that they are of; "": of any.

    Raises:
        GalacticaError: there is none.
    """
    from galactica.collection.opening import open_library

    near = ""
    try:
        with open_library(edition.path) as library:
            found = library.find(name)
            if found is not None and _ID.fullmatch(name):
                return [found[1]]
            rows = [row for _, row in library.namesakes(name, limit=MOST_LOOKED_AT)]
            rows = _with_title(edition, [row for row in rows if source in ("", edition.head(row).source)], name)
            near = ", ".join(dict.fromkeys(each.title for each in library.suggest(name, limit=5)))
        rows = rows or _rows_by_path(edition, name, source)
        if not rows and source:  # of so many others that have the title, the one of the source is not among the first
            rows = _rows_by_reading(edition, name, source)
    except EditionError:  # no index that fits
        rows = _rows_by_reading(edition, name, source)
    if not rows:
        raise GalacticaError(
            f"There is no article called {name}.",
            f"Did you mean: {near}?" if near else f"Try: galactica search -e {word(edition.path)} {word(name)}",
        )
    return rows


def _with_title(edition: Edition, rows: list[int], name: str) -> list[int]:
    """Of articles that have a name, those whose title it is, letter for letter or else as titles are compared; all,
    where it is another name of each."""
    titles = [edition.head(row).title for row in rows]
    own = [row for row, title in zip(rows, titles, strict=True) if title == name]
    key = title_key(name)
    return own or [row for row, title in zip(rows, titles, strict=True) if title_key(title) == key] or rows


def _rows_by_path(edition: Edition, name: str, source: str) -> list[int]:
    """The rows of the articles that lie at a path, or to which a redirect there leads, one of each source."""
    try:
        rows = (edition.row_of(article_id(key, name)) for key in _sources(edition, source))
        return list(dict.fromkeys(row for row in rows if row is not None))
    except UnicodeEncodeError:  # no text, and no path
        return []


def _rows_by_reading(edition: Edition, name: str, source: str) -> list[int]:
    """The rows of the articles with this id, title, other title or path: those of the best of these."""
    identity = bytes.fromhex(name) if _ID.fullmatch(name) else None
    key = title_key(name)
    found: dict[int, list[int]] = {}
    for row, article in edition.scan(body=False):
        if source and article.source != source:
            continue
        paths = {article.path, *(alias.path for alias in article.aliases if alias.path)}
        names = {article.title, *(alias.title for alias in article.aliases)}
        ids = (article_id(article.source, path) for path in paths) if identity else ()
        fits = (
            identity in ids,
            name == article.title,
            bool(key) and key == title_key(article.title),
            name in names or (bool(key) and key in map(title_key, names)),
            name in paths,
        )
        if any(fits):
            found.setdefault(fits.index(True), []).append(row)
    return found[min(found)] if found else []


def _sources(edition: Edition, source: str) -> list[str]:
    return [each.key for each in edition.sources if source in ("", each.key)]


def _keys(edition: Edition, table: str, name: str, source: str) -> list[bytes]:
    """What `prove_record` takes for a name, of which there may be one a source."""
    if table == "edition":
        return [b""]
    if table == "media":
        try:
            return [bytes.fromhex(name)]
        except ValueError:
            raise UsageError(f"{name[:80]} is no SHA-256.", "Media are named by the SHA-256 of their bytes.") from None
    plain = name.encode(errors="replace")
    return [plain] if table == "sources" else [key.encode() + b"\0" + plain for key in _sources(edition, source)]
