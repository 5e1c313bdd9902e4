"""Settings and data in YAML (.yaml, .yml), TOML (.toml) and INI (.ini, .cfg, .conf, .properties): read as JSON is.

A file that holds documents or rows (a list of objects with a text or a name) gives them; any other, and one that says
more beside a list without texts, is one article of its fields. Scalars are text, as they are written: 007 is no 7.
Comments are counted. A name for a value (YAML's "*a") stands for it as often as `MAX_YAML_VALUES` allow. What is none
of these languages is read as plain text.

Standards: YAML 1.1 as libyaml reads it, failsafe schema; TOML 1.0; for INI and properties see `settings_lines`.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from galactica.errors import InputError, MissingError
from galactica.model import Document, Rejected
from galactica.sources import leaf, settings_lines
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.front_matter import Tree
from galactica.sources.json_page import MAX_PAGE
from galactica.sources.json_values import another_key
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.paths import stem
from galactica.sources.trees import TreeFile
from galactica.sources.value_items import value_items

MAX_YAML_VALUES = 500_000
"""Values of a file in YAML, each counted as often as it stands."""

WEIGHED = 100
"""Characters of a text that count as much as a value."""

MAX_NESTED_VALUES = 100
"""Values inside each other; deeper ones make the file plain text."""

_YAML, _TOML, _INI = (".yaml", ".yml"), (".toml",), (".ini", ".cfg", ".conf", ".properties", ".desktop", ".service")
_COMMENTS = {**dict.fromkeys((*_YAML, *_TOML), "#"), ".properties": "#!"}
_MOST_DOTS = 2 * 10**7
"""The squares of the dots on each line of a file in TOML, together: the time that its reader takes for keys of many
parts grows so."""


class _BrokenSettingsError(Exception):
    """Text that is not of the language that its name says."""


def recognise(name: str, head: bytes) -> int:
    """40 for text with the name of settings."""
    return 40 if leaf.suffix_of(name) in LEAF.suffixes and leaf.text_head(head) else 0


def read_settings(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield what stands in the file.

    Raises:
        MissingError: PyYAML is not installed, and the file is YAML.
    """
    text = leaf.decoded(entry, key)
    if isinstance(text, Rejected):
        yield text
        return
    suffix = leaf.suffix_of(entry.path)
    left = Counter({"settings:comment": settings_lines.comments_of_settings(text, _COMMENTS.get(suffix, "#;"))})
    try:
        items = value_items(_value(suffix, text, left), entry, key, options)
    except (_BrokenSettingsError, InputError, RecursionError, ValueError):
        yield Document(source=key, path=entry.path, title=stem(entry.path), markup="text", content=text)
        return
    for item in items:
        if isinstance(item, Document) and left:
            item = replace(item, dropped=(*item.dropped, *((rule, count) for rule, count in left.items() if count)))
            left.clear()
        yield item


def page(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item] | None:
    """What is in a file that is one article, and so a page of its folder; None for others."""
    items = list(read_settings(entry, key, options))
    return iter(items) if len(items) == 1 and getattr(items[0], "path", entry.path) == entry.path else None


def _value(suffix: str, text: str, left: Counter[str]) -> object:
    """The text as a value of JSON.

    Args:
        left: what was left out, counted here.

    Raises:
        _BrokenSettingsError: it is none.
    """
    if len(text) > MAX_PAGE and suffix not in _YAML:
        raise _BrokenSettingsError
    if suffix in _YAML:
        return _yaml(text, left)
    if suffix in _TOML:
        if sum(line.count(".") ** 2 for line in text.split("\n")) > _MOST_DOTS:
            raise _BrokenSettingsError
        try:
            return tomllib.loads(text, parse_float=str)
        except (tomllib.TOMLDecodeError, ValueError) as error:
            raise _BrokenSettingsError from error
    found = (settings_lines.properties_values if suffix == ".properties" else settings_lines.ini_values)(text)
    if found is None:
        raise _BrokenSettingsError
    return found


class _YamlValues:
    """The documents of a file in YAML, put together event by event, so that nothing expands without measure."""

    def __init__(self) -> None:
        self.documents: list[Tree] = []
        self._named: dict[str, tuple[Tree, int]] = {}  # anchor → value, its weight
        self._open: list[tuple[Tree, list[str], str, int]] = []  # value, the key that waits, anchor, weight before it
        self._merged: dict[int, list[dict[str, Tree]]] = {}  # of mappings that are open
        self._times: dict[int, dict[str, int]] = {}  # of mappings that are open: how often a key was said
        self._weight = 0

    def begin(self, made: Tree, anchor: str) -> None:
        """A list or mapping begins."""
        self._open.append((made, [], anchor, self._weight))
        self._grow(1)

    def end(self) -> None:
        """The innermost list or mapping ends."""
        ended, _, anchor, before = self._open.pop()
        if isinstance(ended, dict):
            for merged in self._merged.pop(id(ended), ()):
                for name, value in merged.items():
                    ended.setdefault(name, value)
            self._times.pop(id(ended), None)
        self._put(ended)
        if anchor:
            self._named[anchor] = (ended, self._weight - before)

    def scalar(self, value: str, anchor: str) -> None:
        """A text."""
        weight = 1 + len(value) // WEIGHED
        self._grow(weight)
        self._put(value)
        if anchor:
            self._named[anchor] = (value, weight)

    def alias(self, anchor: str) -> None:
        """A value that has a name stands here again."""
        value, weight = self._named.get(anchor, (f"*{anchor}", 1))  # of one that is not known, or open still, the name
        self._grow(weight)
        self._put(value)

    def _grow(self, weight: int) -> None:
        self._weight += weight
        if self._weight > MAX_YAML_VALUES or len(self._open) > MAX_NESTED_VALUES:
            raise _BrokenSettingsError

    def _put(self, value: Tree) -> None:
        if not self._open:
            self.documents.append(value)
            return
        around, waiting, _, _ = self._open[-1]
        if isinstance(around, list):
            around.append(value)
        elif isinstance(around, dict) and waiting:
            key = waiting.pop()
            if key == "<<" and (others := _mappings(value)):  # what others hold, unless it is said here
                self._merged.setdefault(id(around), []).extend(others)
            else:  # of what is said twice both are kept
                again = key in around and around[key] != value
                around[another_key(key, around, self._times.setdefault(id(around), {})) if again else key] = value
        else:
            waiting.append((value if isinstance(value, str) else json.dumps(value))[:300])


def _mappings(value: Tree) -> list[dict[str, Tree]]:
    """What a mapping can be merged with: a mapping, or a list of nothing else; none for others."""
    several = value if isinstance(value, list) else [value]
    found = [each for each in several if isinstance(each, dict)]
    return found if len(found) == len(several) else []


def _yaml(text: str, left: Counter[str]) -> Tree:
    """The documents of a file in YAML: one alone, or a list of them; what kinds values say that they are is counted."""
    try:
        import yaml
    except ImportError as error:
        raise MissingError(
            "YAML cannot be read: the package PyYAML is not installed.",
            "Install the extra for building: pip install 'galactica[build]'.",
        ) from error
    values = _YamlValues()
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
            if (getattr(event, "tag", None) or "!").strip("!"):
                left["settings:kind-of-value"] += 1
            if isinstance(event, yaml.AliasEvent):
                values.alias(event.anchor)
            elif isinstance(event, yaml.ScalarEvent):
                values.scalar(event.value, event.anchor or "")
            elif isinstance(event, yaml.MappingStartEvent):
                values.begin({}, event.anchor or "")
            elif isinstance(event, yaml.SequenceStartEvent):
                values.begin([], event.anchor or "")
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                values.end()
    except (yaml.YAMLError, ValueError) as error:
        raise _BrokenSettingsError from error
    if not values.documents:
        raise _BrokenSettingsError
    if all(isinstance(each, list) for each in values.documents):  # lists one behind the other are one
        return [item for each in values.documents for item in each]
    return values.documents[0] if len(values.documents) == 1 else values.documents


LEAF = Leaf(
    name="settings",
    suffixes=(*_YAML, *_TOML, *_INI),
    recognise=recognise,
    read=read_settings,
    whole=True,
    own=True,
    page=page,
)
FORMAT = file_format(LEAF)
