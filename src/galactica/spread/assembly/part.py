"""An edition of what arrived so far: it opens, reads, searches and asks like any, and knows which whole it is of.

It has a root of its own, for it is other records; `partial.json` names the whole's. An article is taken where its
source and its work are here, a work where it has an article, a place of a file where the file is. Where the leaf hashes
of all articles are there, each article that is taken is one of them; without them, it is as good as its pack.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from galactica.codes import merkle
from galactica.edition import decode
from galactica.edition.partial import LEAF_FOLDER, PARTIAL, PartialHeader
from galactica.edition.table import truths
from galactica.errors import EditionError, InputError
from galactica.progress import Report, silent
from galactica.spread.assembly.assembling import assembling, keep_beside, place_edition
from galactica.spread.assembly.store import RecordStore
from galactica.spread.assembly.writing import Taken, write_edition
from galactica.spread.release.document import Release
from galactica.spread.release.publication import RELEASE

_AGAIN = "Fetch it again; if that gives the same, ask whoever published it to publish the edition again."
_PROVED = ("articles", "sources", "works")
"""Tables whose leaf hashes are kept for proofs: of articles, and of what they name."""


def assemble_part(
    store: RecordStore,
    release: Release,
    out: Path,
    *,
    work: Path,
    beside: Mapping[str, bytes] | None = None,
    workers: int = 0,
    replace: Callable[[Path, Path], None] | None = None,
    report: Report = silent,
) -> PartialHeader:
    """Put together an edition of what is in a store so far.

    Args: as `assembling.assemble`.

    Returns:
        How much of the whole it is.

    Raises:
        InputError: no article arrived yet that can be read.
        EditionError: something in the store is none of the release.
    """
    with assembling(out):
        leaves = _leaves(store, release)
        takes, counts = _takes(store, release)
        if not counts["articles"]:
            raise InputError("No article has arrived yet.", "Wait for more of it.")
        taken = Taken(
            title=release.title,
            number=release.number,
            parent="",
            licences=release.licences,
            articles=counts["articles"],
            takes=takes,
        )
        made, root = write_edition(store, taken, work, workers=workers, report=report)
        keep_beside(made, {RELEASE: release.to_bytes(), **(beside or {})})
        for table, raw in leaves.items():
            place = made / LEAF_FOLDER / table
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(raw)
        header = PartialHeader(
            root=release.root,
            format=release.format,
            tables=tuple((name, count, head, counts.get(name, 0)) for name, count, head in release.tables),
            edition=release.edition_record(),
            arrived=store.bytes_of_objects(),
            bytes=release.bytes,
        )
        (made / PARTIAL).write_text(header.to_json(), encoding="ascii", newline="\n")
        place_edition(made, out, root, replace)
    return header


def _leaves(store: RecordStore, release: Release) -> dict[str, bytes]:
    """Table → leaf hashes of all its records, of the tables that they are known of.

    Raises:
        EditionError: the leaf hashes that arrived are not those of the root, or an article is none of theirs.
    """
    found: dict[str, bytes] = {}
    for table in _PROVED:
        if table not in truths(release.format):
            continue
        came = list(store.all_leaves(table)) if store.count(table) < release.count(table) else []
        came = came or list(store.leaf_hashes(table))
        if len(came) == release.count(table):
            if merkle.tree_head(came) != release.head(table):
                raise EditionError(f"The hashes of {table!r} that arrived do not give the root of the release.", _AGAIN)
            found[table] = b"".join(came)
    if "articles" in found:
        every = np.sort(np.frombuffer(found["articles"], dtype=">u8")[::4])
        here = np.frombuffer(b"".join(leaf[:8] for leaf in store.leaf_hashes("articles")), dtype=">u8")
        at = np.minimum(np.searchsorted(every, here), len(every) - 1)
        if (every[at] != here).any():
            raise EditionError("An article that arrived is none of the release.", _AGAIN)
    return found


def _takes(store: RecordStore, release: Release) -> tuple[Callable[[str, bytes, bytes], bool], dict[str, int]]:
    """What is taken, and how many records of each table that are."""
    sources = {key for key, _ in store.keyed_leaves("sources")}
    works = {key for key, _ in store.keyed_leaves("works")} & store.works_named()
    homeless = store.homeless(sources, works)
    whole = {key for key, _ in store.keyed_leaves("media") if store.content_size(key) is not None}
    placed = {_hash_of(raw, release.format) for _, raw in store.records("files")} & whole

    def takes(table: str, key: bytes, raw: bytes) -> bool:
        if table == "articles":
            return key not in homeless
        if table == "works":
            return key in works
        if table == "media":
            return key in placed
        if table == "files":
            return _hash_of(raw, release.format) in placed
        return table == "sources" or key.partition(b"\0")[0] in sources

    counts = {"edition": 1, "articles": store.count("articles") - len(homeless), "works": len(works)}
    counts |= {"media": len(placed), "sources": len(sources)}
    for name in ("files", "statements"):
        counts[name] = sum(takes(name, key, raw) for key, raw in store.records(name))
    return takes, {name: count for name, count in counts.items() if name in truths(release.format)}


def _hash_of(raw: bytes, version: int) -> bytes:
    found = decode.fields_of(raw, "files", version).get("hash")
    return found if isinstance(found, bytes) else b""
