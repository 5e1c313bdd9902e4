"""Markdown files: front matter (YAML's or TOML's simplest form), title, and the text.

The title is the front matter's, else the first `# heading` (which is then dropped from the text, as an article's
title is not said twice), else the file's name. Links to other .md files stay as they are: a document's path is its
relative path, so they lead to it. Of front matter these keys are the article's: title, lang/language, tags/categories,
date/updated, aliases, url, licence, and author/authors where it is no concept; of a concept of the Open Knowledge
Format all others are statements (`concepts`), else they are the site's own business. What vaults of notes write in
their own way becomes plain Markdown (`vault`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from galactica.languages import tag
from galactica.model import Document, Rejected
from galactica.sources import concepts, leaf, vault
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.front_matter import split_front, starts_with_key
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.paths import stem
from galactica.sources.trees import TreeFile, rejected
from galactica.values.moments import iso_stamp

MAX_HEADING = 2000
"""Characters of a first line; in a longer one no title is looked for."""

_ATX = re.compile(r"#[ \t]+(\S.*?)(?:[ \t]+#+)?[ \t]*\Z")
_PLAIN = re.compile(r"([^#>*+\-\s].*)\Z")
_INLINE = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`]{1,3}([^*_`]+)[*_`]{1,3}|\s*\{#[^}]*\}")


def recognise(name: str, head: bytes) -> int:
    """40 for the name, 35 for front matter, 25 for a heading in the first line."""
    start = leaf.text_head(head)
    if not start:
        return 0
    if leaf.suffix_of(name) in LEAF.suffixes:
        return 40
    if leaf.suffix_of(name) not in ("", ".txt", ".text"):
        return 0
    if starts_with_key(start):
        return 35
    return 25 if start.startswith("# ") and leaf.suffix_of(name) == "" else 0


def read_markdown(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the document."""
    text = leaf.decoded(entry, key)
    if isinstance(text, Rejected):
        yield text
        return
    front, body = split_front(text)
    title, body = first_heading(body, leaf.title_line(front.one("title")))
    if not body.strip():
        yield rejected(key, entry.path, "empty", title)
        return
    around = vault.vault_of(entry)
    concept = concepts.is_concept(front, around.declared)
    note = vault.plain_markdown(body, entry.path, around)
    url = front.one("url", "canonical", "permalink") or (front.one("resource") if concept else "")
    modified = front.one("updated", "lastmod", "modified") or (concepts.last_change(front) if concept else "")
    yield Document(
        source=key,
        path=entry.path,
        title=title or stem(entry.path),
        markup="markdown",
        content=note.text,
        language=tag(front.one("lang", "language", "locale")),
        aliases=_titles(front.many("aliases", "alias")),
        categories=_titles((*front.many("tags", "categories", "category"), *note.tags)),
        url=url if url.startswith(("http://", "https://")) else "",
        modified=iso_stamp(modified or front.one("date")),
        licence=front.one("licence", "license"),
        creators=() if concept else _titles(front.many("authors", "author", "creators", "creator")),
        dropped=note.dropped,
    )
    if concept:
        yield from concepts.statements(front, key, entry.path)


def first_heading(body: str, stated: str = "") -> tuple[str, str]:
    """The title, and the text without the heading that says the same.

    Args:
        stated: what the file says elsewhere that it is called; "" where it does not.
    """
    start = body.lstrip("\n \t")
    first, second = [*start[: 2 * MAX_HEADING].split("\n", 2), ""][:2]
    if len(first) > MAX_HEADING:
        return stated, body
    if found := _ATX.match(first):
        rest = start[len(first) + 1 :]
    elif (found := _PLAIN.match(first)) and second.rstrip() and not second.rstrip().strip("="):
        rest = start[len(first) + 1 :].partition("\n")[2]
    else:
        return stated, body
    heading = leaf.title_line(_INLINE.sub(lambda m: m[1] or m[2] or "", found[1]))
    return (heading, rest) if heading and stated in ("", heading) else (stated, body)


def _titles(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v for value in values if (v := leaf.title_line(value).removeprefix("#"))))


LEAF = Leaf(
    name="markdown",
    suffixes=(".md", ".markdown", ".mdown", ".mkd"),
    recognise=recognise,
    read=read_markdown,
    whole=True,
)
FORMAT = file_format(LEAF)
