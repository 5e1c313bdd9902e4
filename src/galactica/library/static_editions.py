"""Static editions: laid out for a plain file server, read from afar."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from galactica.edition import Edition
from galactica.library.settings import Settings
from galactica.library.trusting import trust_store
from galactica.progress import Report, silent
from galactica.spread.static.layout import StaticWritten
from galactica.spread.static.making import StaticMaker
from galactica.spread.static.opened import StaticReader, is_static, open_static
from galactica.spread.trust.store import TrustStore

__all__ = ["StaticReader", "StaticWritten", "is_static", "kept_folder", "lay_out_static", "open_static", "static_trust"]


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


def static_trust(settings: Settings | None = None) -> TrustStore:
    """Whom this machine trusts, for `open_static`; default: by the person's own settings."""
    return trust_store(settings or Settings.default())


def kept_folder() -> Path:
    """Where what was seen of static editions is kept: in the folder GALACTICA_CACHE, else in the platform's for what
    can be had again."""
    named = os.environ.get("GALACTICA_CACHE")
    base = Path(named) if named else Path(platformdirs.user_cache_dir("galactica", appauthor=False))
    return base / "static"
