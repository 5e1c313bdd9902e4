"""How a file of JSON holds its documents: told from as much of it as that takes, without holding it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from galactica.errors import InputError
from galactica.sources import leaf
from galactica.sources.contract import SourceOptions
from galactica.sources.json_values import READ_AS_WRITTEN, Values
from galactica.sources.trees import TreeFile

MAX_MEMBERS = 1_000_000
"""Members of an object whose kinds are remembered, to tell what the file holds."""

SURE_TEXTS = ("text", "content", "body", "article", "body_html", "html", "markdown", "md", "wikitext", "article_text",
              "article_body", "page_content")  # fmt: skip
"""Keys that say of a single object that it is a document: settings of programs have a "description", too."""

_OF_A_MAP = frozenset(("type", "bbox", "crs"))
"""What GeoJSON says beside its features of them all (RFC 7946 §3.3)."""

IN_LINES = (".jsonl", ".ndjson", ".geojsonl")
"""Endings of files that hold rows, be it only one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonLayout:
    """How a file holds its documents.

    Attributes:
        kind: "lines", "array", "several" (values one behind the other), "member" (an array in the object), "members"
            (all members are objects), "page" (the object is a document).
        member: the key of the array.
        beside: how many members stand beside the array that say more than what kind of file it is.
    """

    kind: str
    member: str = ""
    beside: int = 0


def form_of(entry: TreeFile, options: SourceOptions) -> JsonLayout:
    """How a file holds its documents; reads as much of it as that takes, without holding it.

    Raises:
        InputError: it holds several lists, or none.
    """
    with entry.open() as stream:
        head = leaf.head_bytes(stream)
        lines = [line for line in leaf.text_head(head).split("\n", 64) if line.strip()]
        if len(lines) > 1 and lines[0].startswith("{") and isinstance(line_value(lines[0]), dict):
            return JsonLayout(kind="lines")
        if len(lines) > 1 and lines[1].startswith("{") and isinstance(line_value(lines[1]), dict):
            return JsonLayout(kind="lines")
        values = Values(stream, leaf.encoding_of(stream, entry.path))
        if values.peek() == "[":
            return JsonLayout(kind="array")
        if values.peek() != "{":
            return JsonLayout(kind="lines")
        form = _form_of_object(values, entry.path, dict(options.columns).get("text", ""))
        single = form.kind == "other"
        if single and leaf.suffix_of(entry.path) not in IN_LINES:
            raise InputError(
                f"{entry.path} is JSON that holds no document and no list of objects",
                "Make objects of it with keys such as title and text, or name the text's with --column text=NAME.",
            )
        return JsonLayout(kind="lines") if single else form


def _form_of_object(values: Values, path: str, text: str) -> JsonLayout:
    """The form of a file that begins with an object; "other" where that holds no document and no list."""
    kinds: dict[str, str] = {}
    for name in values.members():
        start = values.peek()
        kinds[name[:200]] = _kind(values, start)
        if len(kinds) > MAX_MEMBERS:
            break
    if values.peek() in ("{", "["):
        return JsonLayout(kind="several")
    plain = {plain_name(name): kind for name, kind in kinds.items()}
    if text in kinds or any(plain.get(name) in ("text", "texts") for name in SURE_TEXTS):
        return JsonLayout(kind="page")
    lists = [name for name, kind in kinds.items() if kind == "objects"]
    if len(lists) == 1:
        beside = len(kinds.keys() - {lists[0]} - (_OF_A_MAP if lists[0] == "features" else frozenset()))
        return JsonLayout(kind="member", member=lists[0], beside=beside)
    if len(lists) > 1:
        shown = ", ".join(lists[:10])
        raise InputError(
            f"{path} holds several lists of objects: {shown}",
            f"Take out the one that is meant, as in: jq -c '.[\"{lists[0]}\"][]' FILE > NAME.jsonl",
        )
    if kinds and all(kind == "object" for kind in kinds.values()):
        return JsonLayout(kind="members")
    return JsonLayout(kind="other")


def plain_name(name: str) -> str:
    """A key in the form of those that are known."""
    return re.sub(r"[\s.-]+", "_", name.strip().lower())


def _kind(values: Values, start: str) -> str:
    """What a member's value is: "text", "objects" (an array of them), "texts", "object" or "other"; passed over."""
    if start == "[":
        values.take("[")
        first = values.peek()
        found = {"{": "objects", '"': "texts"}.get(first, "other")
        while values.peek() not in ("]", ""):
            values.skip()
            if not values.take(","):
                break
        values.take("]")
        return found
    values.skip()
    return {"{": "object", '"': "text"}.get(start, "other")


def line_value(text: str) -> object:
    """The value of a line, None where it is no JSON."""
    try:
        return READ_AS_WRITTEN.decode(text)
    except (ValueError, RecursionError):  # ValueError also for numbers of more digits than Python turns into text
        return None
