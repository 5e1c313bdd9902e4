"""What stands above a Markdown text between lines of dashes (YAML) or pluses (TOML): keys and their values.

All scalars are text, as they are written: no date, number or "yes" is made of them. YAML is read by PyYAML; what is
none (a colon in a title without quotes), and everything where it is nested without measure, is read line by line,
`key: value` and `- a` alone. What is nested stays nested for those who ask (`Front.tree`), others see flat values.

Standards: YAML 1.1 as PyYAML reads it, failsafe schema (YAML 1.2.2 §10.1); TOML 1.0.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from galactica.errors import MissingError

MAX_FRONT = 64 * 1024
"""Characters of front matter."""

MAX_VALUES = 200
"""Values of one key."""

MAX_OPEN = 200
"""Brackets in the text of a front matter that YAML is asked about: each may be a level, and its parser is recursive."""

MAX_NODES = 20_000
"""Values in a front matter, each counted as often as it stands: a name for a value may stand for many."""

Tree = str | list["Tree"] | dict[str, "Tree"]
"""A value: text, a list or a mapping."""

Flat = Mapping[str, tuple[str, ...]]
"""Lower-case key → its values; what is nested is left out."""

_YAML = re.compile(r"---[ \t]*\n(.*?)\n?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY = re.compile(r"([A-Za-z_][\w-]{0,60})\s*:(?:\s+(.*))?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """Front matter.

    Attributes:
        flat: lower-case key → its values.
        tree: key as it is written → value; empty where the text was read line by line.
    """

    flat: Flat = field(default_factory=dict)
    tree: Mapping[str, Tree] = field(default_factory=dict)

    def one(self, *keys: str) -> str:
        """The first value of the first of these keys that has one; "" where none has."""
        return next((self.flat[key][0].strip() for key in keys if self.flat.get(key)), "")

    def many(self, *keys: str) -> tuple[str, ...]:
        """The values of the first of these keys that has any."""
        return next((self.flat[key] for key in keys if self.flat.get(key)), ())[:MAX_VALUES]


def split_front(text: str) -> tuple[Front, str]:
    """A text's front matter (empty where there is none) and the rest.

    Raises:
        MissingError: PyYAML is not installed, and there is a front matter in YAML.
    """
    text = text.removeprefix("\ufeff")
    start = text[:MAX_FRONT]
    if found := _YAML.match(start):
        if start[found.end(1) : found.end(1) + 1] not in ("\n", "") and found[1]:
            return Front(), text  # the dashes stand at the end of a line
        return yaml_front(found[1]), text[found.end() :]
    if found := _TOML.match(start):
        return _toml(found[1]), text[found.end() :]
    return Front(), text


def yaml_front(block: str) -> Front:
    """The front matter that a block of YAML is; see the module for what is none."""
    tree = _loaded(block)
    if tree is None:
        return Front(flat=_by_lines(block))
    flat = {}
    for key, value in tree.items():
        values = value if isinstance(value, list) else [value]
        flat[key.lower()] = tuple(v.strip() for v in values[:MAX_VALUES] if isinstance(v, str) and v.strip())
    return Front(flat=flat, tree=tree)


def starts_with_key(start: str) -> bool:
    """Whether a text begins with a front matter in YAML whose first line has a key."""
    front = _YAML.match(start)
    return front is not None and _KEY.match(front[1].partition("\n")[0]) is not None


def _loaded(block: str) -> dict[str, Tree] | None:
    """A mapping in YAML; None where it is none."""
    if block.count("[") + block.count("{") > MAX_OPEN or "\t" in block[:1]:
        return None
    try:
        import yaml
    except ImportError as error:
        raise MissingError(
            "Front matter cannot be read: the package PyYAML is not installed.",
            "Install the extra for building: pip install 'galactica[build]'.",
        ) from error
    try:
        loaded = yaml.load(block, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506 - makes text only
        tree = _bounded(loaded, [MAX_NODES])
    except (yaml.YAMLError, ValueError, RecursionError, TypeError):
        return None
    return tree if isinstance(tree, dict) else None


def _bounded(value: object, left: list[int]) -> Tree:
    """The value without what is no text; ValueError where there is more than may be left."""
    left[0] -= 1
    if left[0] < 0:
        raise ValueError("more values than front matter has")
    if isinstance(value, list):
        return [_bounded(each, left) for each in value]
    if isinstance(value, dict):
        return {str(key)[:200]: _bounded(each, left) for key, each in value.items()}
    return str(value) if value is not None else ""


def _by_lines(block: str) -> Flat:
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
        return Front()
    flat: dict[str, tuple[str, ...]] = {}
    for key, value in table.items():
        values = value if isinstance(value, list) else [value]
        flat[key.lower()] = tuple(str(v) for v in values if not isinstance(v, dict | list))
    return Front(flat=flat)


def _bare(value: str) -> str:
    """A YAML scalar without its quotes or the comment behind it."""
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].replace('\\"', '"').replace("''", "'")
    return value.partition(" #")[0].strip()
