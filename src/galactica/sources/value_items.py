"""Files that say what JSON could say (settings, XML of data): documents, rows, or one article of their fields."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from galactica.model import Document
from galactica.sources import jsonl
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.json_forms import SURE_TEXTS, plain_name
from galactica.sources.json_page import fields_page
from galactica.sources.paths import stem
from galactica.sources.trees import TreeFile


def value_items(value: object, entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """What a value is that a file holds, as if the file held it in JSON; all of it has been read.

    Args:
        value: of texts, lists and mappings.

    Raises:
        InputError, RecursionError, ValueError: it cannot be told so.
    """
    made = replace(entry, open=_opener(json.dumps(value, default=str).encode()), local=None)
    told = fields_page(made, key, lists=True) if _is_one_thing(value) else None
    if told is not None:
        return iter([told])
    items = list(jsonl.read_jsonl(made, key, options))
    if len(items) == 1 and isinstance(only := items[0], Document) and only.path == "1":  # the file is the document
        title = only.title if only.title != only.path else stem(entry.path)
        return iter([replace(only, path=entry.path, title=title)])
    return iter(items)


def _opener(content: bytes) -> Callable[[], BinaryIO]:
    return lambda: cast(BinaryIO, io.BufferedReader(io.BytesIO(content)))


def _is_one_thing(value: object) -> bool:
    """Whether a list in the value is but a part of what it says: other members stand beside it, and no texts in it."""
    if not isinstance(value, dict) or len(value) < 2:
        return False
    firsts = [each[0] for each in value.values() if isinstance(each, list) and each and isinstance(each[0], dict)]
    return bool(firsts) and not any(plain_name(name) in SURE_TEXTS for first in firsts for name in first)
