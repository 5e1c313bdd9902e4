"""What reading a dump yields before it is known what an article is: the site, its pages, and what cannot be read."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class SiteInfo:
    """What a dump says of its wiki; "" and empty where it says nothing.

    Attributes:
        namespaces: (name as written, number) pairs in the dump's order.
        first_letter: False where titles are case-sensitive.
    """

    language: str = ""
    sitename: str = ""
    dbname: str = ""
    base: str = ""
    first_letter: bool = True
    namespaces: list[tuple[str, int]] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Revision:
    """One state of a page. `comment` is what its author said of the change. `text` is None where it was longer than the
    limit; `size` counts its UTF-8 bytes."""

    id: str = ""
    timestamp: str = ""
    model: str = ""
    comment: str = ""
    text: str | None = ""
    size: int = 0
    deleted: bool = False


@dataclass(slots=True, kw_only=True)
class DumpPage:
    """One `<page>` (or `<logitem>`, `kind` says which). `ns` is None where the dump does not number namespaces;
    `redirect` is None where it has no redirect mark, "" where the mark names no target; `repairs` counts what had to
    be put right before it could be read."""

    kind: str = "page"
    title: str = ""
    ns: int | None = None
    id: str = ""
    redirect: str | None = None
    revision: Revision | None = None
    offset: int = 0
    repairs: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenDump:
    """Something cannot be read: `reason` "malformed", "too-large", …; `where` a title or byte offset.

    Attributes:
        final: True where the dump as a whole is given up, however much follows.
    """

    reason: str
    where: str
    detail: str
    final: bool = False


Event = SiteInfo | DumpPage | BrokenDump
