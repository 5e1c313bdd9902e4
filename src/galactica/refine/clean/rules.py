"""The cleaning rules: rules.toml, read once.

A rule says what to do with tags that its selectors name: drop them with all inside, unwrap them, give them a role, or
rename them. Each carries its reason and its own examples; a rule without an example is refused by the tests, which
run them all. The first rule of the file that matches a tag decides.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from galactica.refine.clean.selector import Selector, compile_selector

Action = Literal["drop", "unwrap", "role", "rename", "keep"]
"""What a rule does; "keep" protects a tag from the rules after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """`before` is cleaned to `after`; where `after` equals `before` the rule must leave it alone."""

    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule.

    Attributes:
        name: unique, lower-case with hyphens; counts in `Cleaned.dropped` carry it.
        value: the role or the new tag name; "" for the other actions.
        page_only: it holds only on pages in which no article could be told from its surroundings.
    """

    name: str
    action: Action
    value: str
    page_only: bool
    selectors: tuple[Selector, ...]
    why: str
    examples: tuple[Example, ...]


class RuleBook:
    """All rules in order, and how to find the article in a page.

    Attributes:
        rules: in the file's order.
        article: (CSS selector, whether it counts only where exactly one tag matches), best first.
        categories: CSS selectors of links to categories.
    """

    def __init__(
        self, rules: tuple[Rule, ...], article: tuple[tuple[str, bool], ...], categories: tuple[str, ...]
    ) -> None:
        self.rules = rules
        self.article = article
        self.categories = categories
        # A selector is looked for only under the most telling thing that it asks for: an id, a class, a name.
        self._index: dict[tuple[str, str], list[tuple[int, Selector]]] = {}
        for number, rule in enumerate(rules):
            for selector in rule.selectors:
                self._index.setdefault(selector.key(), []).append((number, selector))

    def find(self, tag: str, attributes: Mapping[str, str], *, page: bool) -> Rule | None:
        """The first rule for a tag with these attributes (`style` folded); `page` where no article was found."""
        keys = [("tag", tag)]
        for name, value in attributes.items():
            keys.append(("name", name))
            if name == "class":
                keys.extend(("class", one) for one in value.split())
            elif name == "id":
                keys.append(("id", value))
        best = len(self.rules)
        for key in keys:
            for number, selector in self._index.get(key, ()):
                if number >= best or (self.rules[number].page_only and not page):
                    continue
                if selector.matches(tag, attributes):
                    best = number
        return self.rules[best] if best < len(self.rules) else None


@cache
def rule_book() -> RuleBook:
    """The rules that ship with the program."""
    table = tomllib.loads(files(__package__).joinpath("rules.toml").read_text(encoding="utf-8"))
    return RuleBook(
        rules=tuple(
            Rule(
                name=rule["name"],
                action=rule["action"],
                value=rule.get("value", ""),
                page_only=rule.get("page_only", False),
                selectors=tuple(compile_selector(text) for text in rule["selectors"]),
                why=rule["why"],
                examples=tuple(
                    Example(before=e["before"], after=e["after"])
                    if "before" in e
                    else Example(before=e["leave"], after=e["leave"])
                    for e in rule.get("example", ())
                ),
            )
            for rule in table["rule"]
        ),
        article=tuple((entry["selector"], entry.get("single", False)) for entry in table["article"]),
        categories=tuple(table["categories"]["selectors"]),
    )
