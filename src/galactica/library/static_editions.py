"""Static editions: laid out for a plain file server, read from afar."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import platformdirs

from galactica.edition import Edition
from galactica.library.settings import Settings
from galactica.library.trusting import trust_store
from galactica.model import Answer, Step, Verdict
from galactica.model.said import said
from galactica.progress import Report, silent
from galactica.spread.static.layout import StaticWritten
from galactica.spread.static.making import StaticMaker
from galactica.spread.static.opened import StaticReader, is_static, open_static
from galactica.spread.trust.store import TrustStore

__all__ = [
    "StaticReader",
    "StaticWritten",
    "ask_static",
    "is_static",
    "kept_folder",
    "lay_out_static",
    "open_static",
    "static_trust",
]


def lay_out_static(path: Path | str, folder: Path | str, *, report: Report = silent) -> StaticWritten:
    """Lay the edition at `path` out in `folder` with its page, so that a file server is enough to read it; nobody
    vouches for it then (`publish` with `static` and keys does).

    Raises:
        UsageError: something else stands at `folder`.
        EditionError: there is no edition, or it is damaged.
        MissingError: no room, or no permission.
    """
    with Edition.open(path) as edition:
        return StaticMaker().lay_out(edition, Path(folder), report=report)


def ask_static(
    reader: StaticReader,
    question: str,
    *,
    language: str = "",
    sources: Sequence[str] = (),
    by: str = "auto",
    fast: bool = False,
    articles: int = 12,
    report: Callable[[Step], None] | None = None,
) -> Answer:
    """Ask a static edition: the articles that search finds best are fetched, proved, made into a small edition in a
    temporary folder, and that is asked.

    Args:
        question, language, sources, fast, report: as `Library.ask`.
        by: the reader: "auto", "trained" or "rules".
        articles: how many are fetched, at most.

    Raises:
        InputError: they cannot be had now.
        EditionError: what came is not the edition's.
        UsageError, MissingError: as `Library.ask`; the machine's refusals.
    """
    from galactica.collection.opening import open_library
    from galactica.spread.static.gathered import gather_edition
    from galactica.spread.static.searching import search_static

    found = search_static(reader.edition, question, limit=articles, language=language)
    fit = [hit.found for hit in found.hits if not sources or hit.found.article.source in sources]
    if not fit:
        note = said("static-nothing", "No article has any word of the question.")
        return Answer(question=question, text="", verdict=Verdict.NOT_FOUND, confidence=0.0, notes=(note,))
    with tempfile.TemporaryDirectory(prefix="galactica-") as folder:
        out = Path(folder) / "found.edition"
        gather_edition(reader.edition, fit, out)
        with open_library([out]) as opened:
            answer = opened.ask(question, language=language, sources=sources, reader=by, fast=fast, report=report)
    note = said(
        "static-asked",
        "Asked of the {number:article} that search found best; each was proved to be of the edition {root}.",
        number=len(fit),
        root=reader.root,
    )
    return replace(answer, notes=(note, *answer.notes))


def static_trust(settings: Settings | None = None) -> TrustStore:
    """Whom this machine trusts, for `open_static`; default: by the person's own settings."""
    return trust_store(settings or Settings.default())


def kept_folder() -> Path:
    """Where what was seen of static editions is kept: in the folder GALACTICA_CACHE, else in the platform's for what
    can be had again."""
    named = os.environ.get("GALACTICA_CACHE")
    base = Path(named) if named else Path(platformdirs.user_cache_dir("galactica", appauthor=False))
    return base / "static"
