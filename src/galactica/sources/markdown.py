"""Markdown files: front matter (YAML's or TOML's simplest form), title, and the text.

The title is the front matter's, else the first `# heading` (which is then dropped from the text, as an article's
title is not said twice), else the file's name. Links to other .md files stay as they are: a document's path is its
relative path, so they lead to it. Of front matter only flat keys are read: title, lang/language, tags/categories,
date/updated, aliases, url, licence; what else stands there is the site's own business.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping

from galactica.languages import tag
from galactica.model import Document, Rejected
from galactica.sources import leaf
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.paths import stem
from galactica.sources.trees import TreeFile, rejected

MAX_FRONT = 64 * 1024
"""Characters of front matter."""

MAX_HEADING = 2000
"""Characters of a first line; in a longer one no title is looked for."""

MAX_VALUES = 200
"""Tags or aliases of one document."""

_YAML = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY = re.compile(r"([A-Za-z_][\w-]{0,60})\s*:(?:\s+(.*))?$")
_ATX = re.compile(r"#[ \t]+(\S.*?)(?:[ \t]+#+)?[ \t]*\Z")
_PLAIN = re.compile(r"([^#>*+\-\s].*)\Z")
_INLINE = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`]{1,3}([^*_`]+)[*_`]{1,3}|\s*\{#[^}]*\}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?")

Front = Mapping[str, tuple[str, ...]]
"""Front matter: lower-case key → its values."""


def recognise(name: str, head: bytes) -> int:
    """40 for the name, 35 for front matter, 25 for a heading in the first line."""
    start = leaf.text_head(head)
    if not start:
        return 0
    if leaf.suffix_of(name) in LEAF.suffixes:
        return 40
    if leaf.suffix_of(name) not in ("", ".txt", ".text"):
        return 0
    front = _YAML.match(start)
    if front and _KEY.match(front[1].partition("\n")[0]):
        return 35
    return 25 if start.startswith("# ") and leaf.suffix_of(name) == "" else 0


def read_markdown(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the document."""
    text = leaf.decoded(entry, key)
    if isinstance(text, Rejected):
        yield text
        return
    front, body = front_matter(text)
    title, body = _title(front, body)
    if not body.strip():
        yield rejected(key, entry.path, "empty", title)
        return
    url = _one(front, "url", "canonical", "permalink")
    yield Document(
        source=key,
        path=entry.path,
        title=title or stem(entry.path),
        markup="markdown",
        content=body,
        language=tag(_one(front, "lang", "language", "locale")),
        aliases=_many(front, "aliases", "alias"),
        categories=_many(front, "tags", "categories", "category"),
        url=url if url.startswith(("http://", "https://")) else "",
        modified=_date(_one(front, "updated", "lastmod", "modified", "date")),
        licence=_one(front, "licence", "license"),
    )


def front_matter(text: str) -> tuple[Front, str]:
    """Split a text into its front matter (empty where there is none) and the rest."""
    text = text.removeprefix("\ufeff")
    start = text[:MAX_FRONT]
    if found := _YAML.match(start):
        return _yaml(found[1]), text[found.end() :]
    if found := _TOML.match(start):
        return _toml(found[1]), text[found.end() :]
    return {}, text


def _yaml(block: str) -> Front:
    """Flat `key: value`, `key: [a, b]` and `key:` with `- a` lines after it; anything else is passed over."""
    front: dict[str, tuple[str, ...]] = {}
    key = ""
    for line in block.split("\n"):
        if found := _KEY.match(line):
            key = found[1].lower()
            value = (found[2] or "").strip()
            if value.startswith("[") and value.endswith("]"):
                front[key] = tuple(v for part in value[1:-1].split(",") if (v := _bare(part)))
            else:
                front[key] = (_bare(value),) if _bare(value) else ()
        elif key and line.lstrip().startswith("- "):
            front[key] = (*front[key], _bare(line.lstrip()[2:]))[:MAX_VALUES]
    return front


def _toml(block: str) -> Front:
    try:
        table = tomllib.loads(block)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return {}
    front: dict[str, tuple[str, ...]] = {}
    for key, value in table.items():
        values = value if isinstance(value, list) else [value]
        front[key.lower()] = tuple(str(v) for v in values if not isinstance(v, dict | list))
    return front


def _bare(value: str) -> str:
    """A YAML scalar without its quotes or the comment behind it."""
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].replace('\\"', '"').replace("''", "'")
    return value.partition(" #")[0].strip()


def _title(front: Front, body: str) -> tuple[str, str]:
    """The title, and the text without the heading that says the same."""
    stated = leaf.title_line(_one(front, "title"))
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


def _one(front: Front, *keys: str) -> str:
    return next((front[key][0].strip() for key in keys if front.get(key)), "")


def _many(front: Front, *keys: str) -> tuple[str, ...]:
    values = next((front[key] for key in keys if front.get(key)), ())
    return tuple(v for value in values[:MAX_VALUES] if (v := leaf.title_line(value)))


def _date(text: str) -> str:
    """An ISO 8601 date or time, "" for anything else."""
    found = _DATE.match(text)
    return found[0].replace(" ", "T") if found else ""


LEAF = Leaf(
    name="markdown",
    suffixes=(".md", ".markdown", ".mdown", ".mkd"),
    recognise=recognise,
    read=read_markdown,
    whole=True,
)
FORMAT = file_format(LEAF)
