"""The selectors that rules are written in: what one tag alone can answer.

A subset of CSS (Selectors Level 4, sections 5 and 6): `tag`, `.class`, `#id`, `[name]`, `[name="v"]`, `[name~="v"]`,
`[name^="v"]`, `[name*="v"]`, any number of them together, no combinators. `style` is compared in lower case without
white space. A tag is asked once and its answer kept, which is what makes cleaning fast.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_PART = re.compile(
    r"(?P<tag>^[a-z][a-z0-9]*)|\.(?P<class>[\w-]+)|#(?P<id>[\w-]+)"
    r'|\[(?P<name>[a-z:-]+)(?:(?P<op>[~^*]?=)"(?P<value>[^"]*)")?\]'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """One compiled selector.

    Attributes:
        tag: "" for any.
        tests: (attribute, operator, value); operator "" asks only whether the attribute is there.
    """

    tag: str
    tests: tuple[tuple[str, str, str], ...]

    def matches(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Whether a tag with these attributes (values unescaped) is meant."""
        if self.tag and self.tag != tag:
            return False
        return all(_holds(attributes.get(name), op, value) for name, op, value in self.tests)

    def key(self) -> tuple[str, str]:
        """What a tag must have for this selector to be worth asking: ("id" | "class" | "name" | "tag", value)."""
        for name, op, value in self.tests:
            if (name, op) in (("id", "="), ("class", "~=")):
                return name, value
        return ("name", self.tests[0][0]) if self.tests else ("tag", self.tag)


def compile_selector(text: str) -> Selector:
    """The selector that `text` writes; ValueError where it is outside the subset."""
    tag, tests, place = "", [], 0
    while place < len(text):
        part = _PART.match(text, place)
        if part is None:
            raise ValueError(f"not a selector of one tag: {text!r}")
        if part["tag"]:
            tag = part["tag"]
        elif part["class"]:
            tests.append(("class", "~=", part["class"]))
        elif part["id"]:
            tests.append(("id", "=", part["id"]))
        else:
            tests.append((part["name"], part["op"] or "", part["value"] or ""))
        place = part.end()
    if not tag and not tests:
        raise ValueError("an empty selector means every tag")
    return Selector(tag=tag, tests=tuple(tests))


def _holds(found: str | None, op: str, value: str) -> bool:
    if found is None:
        return False
    match op:
        case "":
            return True
        case "=":
            return found == value
        case "~=":
            return value in found.split()
        case "^=":
            return found.startswith(value)
        case _:
            return value in found
