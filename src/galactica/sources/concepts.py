"""Open Knowledge Format: what a concept's front matter says beyond what an article has, as statements of the source.

Of a concept (a Markdown file whose front matter has a `type`) title, tags, aliases, resource and the date of its last
change are the article's. Everything else is kept: what it was made from (`sources`, each with its credibility signals
as qualifiers), who made and who verified it, its status, and every key of the producer's own. A statement is named
"FILE#KEY", the further ones of a key "FILE#KEY-2", …; a value that is nested otherwise is its JSON.

Standard: Open Knowledge Format 0.2 (Google, 2026), §4, §5, §10; 0.1 where it differs (`timestamp`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

from galactica.model import Qualifier, SourceStatement
from galactica.sources.front_matter import Front, Tree

MAX_STATEMENTS = 500
"""Statements of one concept."""

FAMILIES = frozenset("sources generated verified status stale_after resource timestamp usage_window runtime".split())
"""Keys that only this format has: one of them beside `type` makes a concept of a file."""

_OF_ARTICLE = frozenset(
    "title tags aliases alias lang language locale categories category url canonical permalink licence license updated "
    "lastmod modified date cssclass cssclasses".split()
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,30})(?:\.\d{1,30})?")
_ACTED = {"generated": "by", "verified": "by", "sources": "resource"}
"""Keys whose values are mappings, and what of each is the value; the rest qualifies it."""


def is_concept(front: Front, declared: bool) -> bool:
    """Whether a file is a concept.

    Args:
        declared: whether the folder says that it is a bundle of this format.
    """
    return bool(front.one("type")) and (declared or not FAMILIES.isdisjoint(key.lower() for key in front.tree))


def last_change(front: Front) -> str:
    """When a concept was last changed: `generated.at`, else `timestamp`; "" where neither says it."""
    made = next((value for key, value in front.tree.items() if key.lower() == "generated"), "")
    at = made.get("at", "") if isinstance(made, dict) else ""
    return at if isinstance(at, str) and at else front.one("timestamp")


def statements(front: Front, key: str, path: str) -> Iterator[SourceStatement]:
    """What a concept's front matter says, in its order.

    Args:
        key, path: of the source, and of the article in it.
    """
    count = 0
    for name, value in front.tree.items():
        if name.lower() in _OF_ARTICLE:
            continue
        values = value if isinstance(value, list) else [value]
        for number, each in enumerate(values, 1):
            count += 1
            if count > MAX_STATEMENTS:
                return
            made = _statement(name, each)
            if made is not None:
                kind, said, qualifiers = made
                yield SourceStatement(
                    source=key,
                    path=f"{path}#{name}" + (f"-{number}" if number > 1 else ""),
                    subject=f"path:{quote(path, safe='/:@!$()*+,;=~' + chr(39))}",
                    property=name,
                    kind=kind,
                    value=said,
                    qualifiers=qualifiers,
                )


def _statement(name: str, value: Tree) -> tuple[str, str, tuple[Qualifier, ...]] | None:
    main = _ACTED.get(name.lower())
    if main and isinstance(value, dict) and isinstance(value.get(main), str) and value[main]:
        rest = tuple(_qualifier(property_, each) for property_, each in value.items() if property_ != main and each)
        kind, said = _told(str(value[main]))
        return kind, said, rest
    if isinstance(value, str):
        return (*_told(value), ()) if value.strip() else None
    return "text", json.dumps(value, ensure_ascii=False, sort_keys=True), ()


def _qualifier(name: str, value: Tree) -> Qualifier:
    if not isinstance(value, str):
        return Qualifier(property=name, kind="text", value=json.dumps(value, ensure_ascii=False, sort_keys=True))
    kind, said = _told(value)
    return Qualifier(property=name, kind=kind, value=said)


def _told(text: str) -> tuple[str, str]:
    """(kind, value) of a scalar, by its form."""
    text = text.strip()
    if text.startswith(("http://", "https://")) and not re.search(r"\s", text):
        return "url", text
    if _DAY.fullmatch(text):
        return "time", text
    return ("quantity", text) if _NUMBER.fullmatch(text) and text != "-0" else ("text", text)
