"""What becomes of an item of a feed: a document, or why there is none.

An item without a title is called by how its text begins; one without a text is its link. Addresses in a text are
resolved against the item's link where it does not say otherwise. An item that its source took back is rejected as
"deleted", so that every item is accounted for, and stated, so that the edition's root says it
(docs/decisions/0029-what-is-followed.md).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from galactica.languages import tag
from galactica.model import Document, Redirect, SourceStatement
from galactica.sources import leaf
from galactica.sources.contract import Item
from galactica.sources.feed_items import FeedItem, sound_item, without_tags
from galactica.sources.feed_names import NamedItems
from galactica.sources.trees import rejected

LONGEST_NAME = 80
"""Characters of a title that is made of a text."""

DELETED = "deleted"
"""Reason of an item that its source took back, and the property of the statement that says so."""

_UNQUOTED = "/-._~:@!$()*+,;='"
"""What stands in an address as it is; docs/formats/body.md, "Addresses"."""

_FILE = re.compile(r"[^/?#]*")


def items_of(items: Iterable[FeedItem], key: str, named: NamedItems) -> Iterator[Item]:
    """What becomes of the items of a feed: documents, and what was taken back or is no text."""
    for item in map(sound_item, items):
        path = named.path(item)
        if item.deleted:
            yield from _deleted(item, key, path)
        elif item.target:
            yield Redirect(source=key, path=path, title=item_title(item) or path, target=item.target)
        elif item.refused:
            yield rejected(key, path, item.refused, item.why)
        elif not without_tags(item.content, 1) and not item.title and not item.link:
            yield rejected(key, path, "empty", "an item without title, text and link")
        else:
            yield _document(item, key, path)


def _document(item: FeedItem, key: str, path: str) -> Document:
    content = item.content
    if not content.strip() and item.link:
        shown = html.escape(item.title or item.link)
        content = f'<p><a href="{html.escape(item.link)}">{shown}</a></p>'
    elif not content.strip():
        content = f"<p>{html.escape(item.title)}</p>"
    elif item.link and item.markup == "html" and not re.search(r"<base\b", content[:2000], re.IGNORECASE):
        content = f'<base href="{html.escape(item.link)}">{content}'
    return Document(
        source=key,
        path=path,
        title=item.title if item.markup == "webpage" else item_title(item) or path,
        markup=item.markup,
        content=content,
        language=tag(item.language) if item.language else "",
        categories=item.categories,
        url=item.link,
        revision=item.revision,
        modified=item.modified,
        licence=item.licence,
        dropped=item.dropped,
        creators=item.creators,
        published=item.published,
        identifiers=item.identifiers,
    )


def item_title(item: FeedItem) -> str:
    """The title of an item: its own, else how its text begins, else what its link ends in."""
    own = leaf.title_line(item.title)
    if own:
        return own
    words = without_tags(item.content, 4 * LONGEST_NAME)
    if len(words) > LONGEST_NAME:
        words = words[:LONGEST_NAME].rpartition(" ")[0] or words[:LONGEST_NAME]
        words = f"{words.rstrip(' ,;:-–—')}…"
    if words:
        return leaf.title_line(words)
    ending = item.link.rstrip("/").rpartition("/")[2]
    found = _FILE.match(ending)
    return leaf.title_line((found[0] if found else "") or item.link or item.guid)


def _deleted(item: FeedItem, key: str, path: str) -> Iterator[Item]:
    when = "" if item.deleted == "unknown" else item.deleted
    said = f"{item.why or 'its source took it back'}{f' ({when})' if when else ''}"
    yield rejected(key, path, DELETED, said)
    yield SourceStatement(
        source=key,
        path=f"{path}#{DELETED}",
        subject=f"path:{quote(path, safe=_UNQUOTED)}",
        property=DELETED,
        kind="time" if when else "unknown",
        value=when,
        text=leaf.title_line(item.title),
    )
