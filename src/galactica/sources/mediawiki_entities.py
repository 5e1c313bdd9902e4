"""Pages of a wiki's dump that hold entities of Wikibase: Wikidata's own dumps, as XML with JSON inside.

They are read by the code that reads Wikidata's JSON (`wikibase_entities`); their paths are their pages' titles.
Entities of a wiki that is not Wikidata have identifiers of its own, begun with the name of its host.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec

from galactica.languages import primary
from galactica.model import Site
from galactica.sources.contract import Item
from galactica.sources.mediawiki_events import DumpPage
from galactica.sources.trees import rejected
from galactica.sources.wikibase_entities import Entities
from galactica.sources.wikibase_names import EntityNames
from galactica.sources.wikibase_old import is_old, renewed
from galactica.sources.wikibase_values import SCHEME, EntityValues

PREFIX = "wikibase-"
"""What the content models of entities begin with."""

_ITEM = re.compile(r"\[\[ *:? *(?:d|wikidata|m:d) *: *([qQ][1-9]\d{0,11})(?:[|#][^\[\]]{0,200})?\]\]", re.IGNORECASE)
_MOVED = re.compile(r"interwiki|lang(?:uage)? ?links?|iw-?links?", re.IGNORECASE)

_PLAIN = re.compile(r"[^a-z0-9]+")


def holds_entity(page: DumpPage) -> bool:
    """Whether the content model of a page's last revision is an entity."""
    return page.revision is not None and page.revision.model.startswith(PREFIX)


class DumpEntities:
    """Makes items of the pages of one wiki.

    Args:
        source: its key.
        language: that entities are titled in; "" for English.
    """

    def __init__(self, source: str, site: Site, language: str) -> None:
        scheme = _scheme(site.base)
        names = EntityNames(primary(language or "en") if scheme == SCHEME else "")
        self._made = Entities(
            source=source, names=names, language=language, values=EntityValues(scheme=scheme), namespaced=True
        )

    def items(self, page: DumpPage) -> Iterator[Item]:
        """What a page holds: as `Entities.items`."""
        revision, source = page.revision, self._made.source
        assert revision is not None
        if revision.text is None:
            yield rejected(source, page.title, "too-large", f"{revision.size} bytes of text")
            return
        if not revision.text.strip():
            detail = "the text was deleted" if revision.deleted else "the dump holds no text for it"
            yield rejected(source, page.title, "empty", detail)
            return
        try:
            entity = msgspec.json.decode(revision.text)
        except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as error:
            yield rejected(source, page.title, "bad-row", f"no JSON: {error}"[:300])
            return
        if isinstance(entity, dict):
            if is_old(entity):
                entity = renewed(entity, page.title)
            entity.setdefault("title", page.title)
            entity.setdefault("lastrevid", int(revision.id) if revision.id.isdecimal() and len(revision.id) < 19 else 0)
            entity.setdefault("modified", revision.timestamp)
            if "redirect" in entity and not isinstance(entity.get("id"), str):
                entity["id"] = entity.get("entity", page.title.rpartition(":")[2])
        yield from self._made.items(entity, page.title)


def item_of_comment(comment: str) -> tuple[str, ...]:
    """The identifier of the item that a page's links to other languages were moved to, as the comment on its last
    change says: in 2013 they went to Wikidata, page by page, and many pages of small wikis are so ever since."""
    if "ikidata" not in comment or not _MOVED.search(comment):
        return ()
    found = {match.upper() for match in _ITEM.findall(comment[:2_000])}
    return (f"{SCHEME}:{found.pop()}",) if len(found) == 1 else ()


def _scheme(base: str) -> str:
    """What identifiers of a wiki's entities begin with, by the wiki's address."""
    host = (urlsplit(base).hostname or "").lower()
    parts = host.split(".")
    if host.endswith("wikidata.org") or len(parts) < 2:
        return SCHEME
    name = _PLAIN.sub("", parts[-2])
    return name if name[:1].isalpha() else f"x{name}"


__all__ = ["PREFIX", "DumpEntities", "holds_entity", "item_of_comment"]
