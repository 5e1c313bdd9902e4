"""A file of JSON that holds neither documents nor rows, as one article: what it says, as a table of its fields.

Comments and commas before a closing bracket, which JSON has none of and settings of programs do, are passed over and
counted. Numbers are told as they are written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape

from galactica.model import Document, Rejected
from galactica.sources import json_fields, leaf
from galactica.sources.columns import GUESSES, Value, one_text
from galactica.sources.json_values import with_both
from galactica.sources.leaf import title_line
from galactica.sources.paths import stem
from galactica.sources.trees import TreeFile

MAX_PAGE = 4 * 2**20
"""Characters of a file that is read so; a larger one holds data, and which of it are articles must be said."""

MAX_PAGE_FIELDS = 20_000
"""Fields of an object that is a file of its own; lists of what a program says in a language have some thousands."""

_STRING = re.compile(r'"(?>(?:[^"\\\n]++|\\.)*)"')
_MARK = re.compile(r'"|//[^\n]*+|/\*')
_COMMA_OR_STRING = re.compile(r'"|,(?=\s*[}\]])')


def fields_page(entry: TreeFile, key: str, *, title: str = "", lists: bool = False) -> Document | None:
    """The article; None where the file is none such, or too large.

    Args:
        title: what it is called where it does not say; "" for the file's name.
        lists: whether lists of documents are fields too.
    """
    text = leaf.decoded(entry, key)
    if isinstance(text, Rejected) or len(text) > MAX_PAGE:
        return None
    value, comments = _loaded(text.strip())
    if not isinstance(value, dict | list) or not value:
        return None
    if isinstance(value, dict) and not lists and any(map(_is_list_of_documents, value.values())):
        return None  # which of its lists are meant must be said
    row: Mapping[str, Value] = value if isinstance(value, dict) else {"": value}
    named = _title_of(row)
    table, lost = json_fields.fields_html(row, named, MAX_PAGE_FIELDS if isinstance(value, dict) else None)
    if ("<tr>" not in table and not named) or (lost and isinstance(value, list)):
        return None  # of a list of many rows too much would be left out
    called = title_line(one_text(row[named])) if named else title or stem(entry.path)
    return Document(
        source=key,
        path=entry.path,
        title=called,
        markup="html",
        content=table if "<tr>" in table else f"<p>{escape(called, quote=False)}</p>",
        dropped=tuple((rule, count) for rule, count in (("json:comment", comments), ("json:fields", lost)) if count),
    )


def _loaded(text: str) -> tuple[object, int]:
    """(the value, how many comments stood in it); None for what is no JSON even without them."""
    try:
        return _parsed(text), 0
    except RecursionError:
        return None, 0
    except ValueError:
        bare, comments = _without_comments(text)
    try:
        return _parsed(bare), comments
    except (ValueError, RecursionError):
        return None, 0


def _parsed(text: str) -> object:
    return json.loads(
        text, strict=False, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=with_both
    )


def _without_comments(text: str) -> tuple[str, int]:
    """The text without comments and commas that nothing follows, and how many comments there were."""
    bare, comments = _taken_out(text, _MARK, " ")
    return _taken_out(bare, _COMMA_OR_STRING, "")[0], comments


def _taken_out(text: str, marks: re.Pattern[str], instead: str) -> tuple[str, int]:
    """The text without what is marked outside of strings, and how often it was. After a string that never ends
    nothing is looked for."""
    out: list[str] = []
    at = count = 0
    while found := marks.search(text, at):
        out.append(text[at : found.start()])
        at = found.end()
        if found[0] == '"':
            string = _STRING.match(text, found.start())
            at = string.end() if string else len(text)
            out.append(text[found.start() : at])
            continue
        count += 1
        out.append(instead)
        if found[0] == "/*":
            end = text.find("*/", at)
            at = end + 2 if end >= 0 else len(text)
    out.append(text[at:])
    return "".join(out), count


def _is_list_of_documents(value: object) -> bool:
    first = value[0] if isinstance(value, list) and value else None
    return isinstance(first, dict) and any(name.strip().lower() in GUESSES["text"] for name in first)


def _title_of(row: Mapping[str, Value]) -> str:
    """The member that says what the whole is called."""
    plain = {name.strip().lower().replace(" ", "_").replace("-", "_"): name for name in row}
    for guess in GUESSES["title"]:
        name = plain.get(guess)
        if name and isinstance(row[name], str) and 0 < len(one_text(row[name]).strip()) <= leaf.MAX_TITLE:
            return name
    return ""
