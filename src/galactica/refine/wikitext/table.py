"""The rules for templates, read from the folder `rules/`: what each carries, on which wikis it holds, by what name.

A rule says either what text comes out (`text`, a pattern) or which of the ways of doing (`do`) makes it. Where the same
name means different things on different wikis, each meaning is a rule of its own with `wikis`; such a rule comes
before one that holds everywhere. Rules that cannot be right are refused when the table is read: without an example,
with an unknown way of doing, with a name that another rule has on the same wiki.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files

from galactica.languages import primary
from galactica.refine.wikitext.language_names import COUNTRY_CODES
from galactica.refine.wikitext.money import CURRENCIES

Example = tuple[str, str, str]
"""Wikitext, the HTML that it becomes, and the wiki it stands on ("en" unless the rule says)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class TemplateRule:
    """One row of the table.

    Attributes:
        names: lower-case names; one that ends in "*" stands for all that begin so.
        text: a pattern, where `do` is "".
        do: the name of a way of doing (`ways.py`).
        label: a word that the way of doing needs ("Main article").
        wikis: where the rule holds: "ru" (a language's Wikipedia), "en.wikinews", "*.wikinews"; () for everywhere.
        silent: arguments that print nothing in the wiki itself: names, or patterns of names; "*" stands for all.
        why: why they print nothing; needed where `silent` is given.
        examples: at least one.
    """

    names: tuple[str, ...]
    text: str = ""
    do: str = ""
    label: str = ""
    wikis: tuple[str, ...] = ()
    silent: re.Pattern[str] | None = None
    why: str = ""
    examples: tuple[Example, ...] = ()

    @cached_property
    def says_nothing(self) -> bool:
        """True for a sign, and for what is left out: neither has a place for arguments."""
        return self.do == "nothing" or (bool(self.text) and "{" not in self.text)

    @cached_property
    def all_silent(self) -> bool:
        """True where no argument prints anything."""
        return self.silent is not None and self.silent.pattern == ".*"


@dataclass(frozen=True, slots=True)
class TemplateTable:
    """All rules, and where each name leads: to rules by wiki, "" for everywhere."""

    rules: tuple[TemplateRule, ...]
    exact: dict[str, dict[str, TemplateRule]] = field(default_factory=dict)
    begins: dict[int, dict[str, dict[str, TemplateRule]]] = field(default_factory=dict)
    settings: re.Pattern[str] = re.compile("x")

    def find(self, name: str, language: str, project: str) -> TemplateRule | None:
        """The rule of a name on a wiki: the exact name before the longest beginning, the wiki's own before all's."""
        rule = _of(self.exact.get(name), language, project)
        if rule is not None:
            return rule
        for length in sorted(self.begins, reverse=True):
            rule = _of(self.begins[length].get(name[:length]), language, project)
            if rule is not None:
                return rule
        return None


def _of(meanings: dict[str, TemplateRule] | None, language: str, project: str) -> TemplateRule | None:
    if meanings is None:
        return None
    places = [f"{language}.{project}", f"*.{project}"]
    if project == "wikipedia":
        places += [language, primary(language)]
    for place in (*places, ""):
        rule = meanings.get(place)
        if rule is not None:
            return rule
    return None


@lru_cache(maxsize=1)
def rule_table() -> TemplateTable:
    """The whole table, read once."""
    rows: list[dict[str, object]] = []
    settings: list[str] = []
    for path in sorted(files(__package__).joinpath("rules").iterdir(), key=lambda one: one.name):
        if path.name.endswith(".toml"):
            data = tomllib.loads(path.read_text("utf-8"))
            rows += data.get("rule", [])
            settings += data.get("settings", [])
    rules = tuple(_rule(row) for row in rows)
    out = TemplateTable(rules, settings=re.compile("|".join(settings), re.IGNORECASE))
    for rule in rules:
        for name in rule.names:
            for wiki in rule.wikis or ("",):
                _enter(out, name, wiki, rule)
    sums = next(rule for rule in rules if rule.do == "money")
    for name in CURRENCIES:
        for one in (name, f"{name}convert", f"{name} convert"):
            out.exact.setdefault(one, {}).setdefault("", sums)
    codes = next(rule for rule in rules if rule.do == "country")
    for code in COUNTRY_CODES:
        out.exact[code.upper()] = {"": codes}  # in capitals: {{cog|…}} is no Congo, {{aut|…}} no Austria
    return out


def _enter(out: TemplateTable, name: str, wiki: str, rule: TemplateRule) -> None:
    if name.endswith("*") and len(name) > 2:
        meanings = out.begins.setdefault(len(name) - 1, {}).setdefault(name[:-1], {})
    else:
        meanings = out.exact.setdefault(name, {})
    if wiki in meanings:
        raise ValueError(f"two rules for {name!r} on {wiki or 'all wikis'}")
    meanings[wiki] = rule


def _rule(row: dict[str, object]) -> TemplateRule:
    names, examples = row["names"], row.get("examples")
    if not isinstance(names, list) or not isinstance(examples, list) or not examples:
        raise ValueError(f"a rule needs names and an example: {names}")
    wikis, silent = row.get("wikis", []), row.get("silent", [])
    assert isinstance(wikis, list)
    assert isinstance(silent, list)
    if silent and not row.get("why"):
        raise ValueError(f"why do arguments of {names[0]} print nothing?")
    home = str(wikis[0]).replace("*.", "en.") if wikis else "en"
    pattern = "|".join(".*" if one == "*" else str(one) for one in silent)
    return TemplateRule(
        names=tuple(str(n).lower() for n in names),
        text=str(row.get("text", "")),
        do=str(row.get("do", "")),
        label=str(row.get("label", "")),
        wikis=tuple(str(one) for one in wikis),
        silent=re.compile(pattern, re.IGNORECASE) if pattern else None,
        why=str(row.get("why", "")),
        examples=tuple((str(one[0]), str(one[1]), str(one[2]) if len(one) > 2 else home) for one in examples),
    )
