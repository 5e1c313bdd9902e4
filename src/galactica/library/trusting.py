"""Whom this machine trusts: what a person who receives does with `spread.trust`.

What is trusted lies in `trust/` beside the settings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from galactica.errors import UsageError
from galactica.library.keys import keys_folder
from galactica.library.settings import Settings
from galactica.spread.trust.chain import TrustedRoot, first_root, follow_roots
from galactica.spread.trust.folder import METADATA, read_bounded_bytes, read_roots
from galactica.spread.trust.key_files import public_key
from galactica.spread.trust.roots import MOST_ROOT, NamedKey, read_root
from galactica.spread.trust.store import TrustStore

_ROOT = re.compile("[0-9a-f]{64}")

__all__ = ["TrustedThing", "add_trust", "root_as_typed", "trust_store", "trusted_things"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedThing:
    """A publication or a single key that this machine trusts.

    Attributes:
        kind: "publication" or "key".
        name: its title, or what the key is called.
        id: of the publication, 64 hex digits, or the key's number as minisign writes it.
        root: version of the newest root; 0 for a key.
        keys: those that may sign releases.
        threshold: how many of them must.
        added: whether the person named it; else it was trusted at first use.
        number: the highest number of an edition that was taken; 0: none.
        edition: root of that edition, or "".
    """

    kind: str
    name: str
    id: str
    root: int
    keys: tuple[NamedKey, ...]
    threshold: int
    added: bool
    number: int
    edition: str


def root_as_typed(text: str) -> str:
    """The root of an edition that a person typed or copied, 64 lower-case hex digits; "" where they named none.

    Raises:
        UsageError: it is none.
    """
    root = text.strip().lower()
    if root and not _ROOT.fullmatch(root):
        raise UsageError("A root has 64 hexadecimal digits.", "Copy it from what galactica info or publish says.")
    return root


def trust_store(settings: Settings) -> TrustStore:
    """Whom this machine trusts."""
    return TrustStore(settings.path.parent / "trust")


def add_trust(what: str, *, settings: Settings, name: str = "") -> TrustedThing:
    """Trust a publication, or a single key.

    Args:
        what: the folder of a publication, the file of a root document, or a public key: a line, a file, a name.
        name: what a key is called here.

    Raises:
        UsageError: it is neither.
        ProofError: the chain of roots does not hold, or is not the one that is trusted here.
    """
    store, place = trust_store(settings), Path(what)
    root: TrustedRoot | None = None
    if place.is_dir():
        roots = read_roots(place / METADATA) or read_roots(place)
        if not roots:
            raise UsageError(f"{place} has no root document.", "Name a publication, the file of a root, or a key.")
        root = _follow(roots, store)
    elif place.is_file() and place.suffix == ".json":
        raw = read_bounded_bytes(place, MOST_ROOT)
        root = first_root(raw)
    if root is not None:
        store.add_root(root)
        return next(each for each in trusted_things(settings) if each.id == root.publication)
    key = public_key(what, keys_folder(settings))
    named = NamedKey(key=key.key, name=name or key.name)
    store.add_key(named)
    return _trusted_key(named)


def trusted_things(settings: Settings) -> tuple[TrustedThing, ...]:
    """All that this machine trusts: publications, then keys.

    Raises:
        UsageError: what is kept cannot be read.
    """
    store = trust_store(settings)
    found = [
        TrustedThing(
            kind="publication",
            name=each.root.document.title,
            id=each.root.publication,
            root=each.root.version,
            keys=tuple(each.root.release_keys.values()),
            threshold=each.root.threshold,
            added=each.seen.added,
            number=each.seen.number,
            edition=each.seen.edition,
        )
        for each in store.publications()
    ]
    return (*found, *map(_trusted_key, store.single_keys()))


def _trusted_key(named: NamedKey) -> TrustedThing:
    return TrustedThing(
        kind="key",
        name=named.name,
        id=named.key.short,
        root=0,
        keys=(named,),
        threshold=1,
        added=True,
        number=0,
        edition="",
    )


def _follow(roots: dict[int, bytes], store: TrustStore) -> TrustedRoot:
    """The newest root of a folder; from the one that is trusted already, where one is."""
    known = store.publication(read_root(roots[min(roots)]).publication)
    return follow_roots(roots, None if known is None else known.root)
