"""The head of an article: what is shown of it where its body is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from galactica.model import article_id

HEAD_FIELDS = ("title", "language", "source", "path", "url", "modified", "licence")
"""Columns that a head is made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """An article without its body."""

    row: int
    id: bytes
    title: str
    language: str
    source: str
    path: str
    url: str
    modified: str
    licence: str


def article_head(row: int, fields: Mapping[str, Any]) -> Head:
    """The head of the article in `row`, from its fields."""
    return Head(
        row=row,
        id=article_id(fields["source"], fields["path"]),
        title=fields["title"],
        language=fields["language"],
        source=fields["source"],
        path=fields["path"],
        url=fields["url"] or "",
        modified=fields["modified"] or "",
        licence=fields["licence"] or "",
    )
