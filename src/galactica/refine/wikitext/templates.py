"""A template's rule is looked up by name and wiki, applied to its arguments, and held to account for each of them.

Patterns: `{1/text}` is the first of these arguments that is not empty; what stands in `‹ ›` is left out where an
argument in it is empty. After a rule was applied, every argument that was given must stand in what came out, or be one
that the way of doing understands (`ways.py`), or one that prints nothing in the wiki itself (`TemplateRule.silent`,
`rules/settings.toml`); what is left is counted as dropped under "name|argument", so that nothing is lost in silence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from galactica.refine.wikitext.page import MARKER, WikiPage
from galactica.refine.wikitext.table import TemplateRule, rule_table
from galactica.refine.wikitext.ways import BY_NAME, WAYS

__all__ = ["TemplateRule", "apply", "fill", "loses", "rule_for", "rules"]

Given = dict[str, str]

_PIECE = re.compile(r"\{([^{}]+)\}|‹([^‹›]*)›")
_PLAIN = re.compile(
    r"(?:yes|no|y|n|on|off|auto|none|true|false|left|right|center|centre|both|inline|block|top|bottom|middle|-|–|—"
    r"|[^\n|]{1,200}\.(?:jpe?g|png|svg|gif|tiff?|webp|og[gav]|webm|djvu|wav|mp3)"
    r"|#?[0-9a-f]{6}|\d{1,4} ?(?:px|em|ex|pt|%)|\W*)",
    re.IGNORECASE,
)
"""Values that say nothing without what they steer."""


def rules() -> tuple[TemplateRule, ...]:
    """The whole table, for those who check it."""
    return rule_table().rules


@lru_cache(maxsize=8192)
def rule_for(name: str, language: str = "en", project: str = "wikipedia") -> TemplateRule | None:
    """The rule for a template's name (lower case, single spaces) on a wiki; None where there is none."""
    return rule_table().find(name, language, project)


def apply(page: WikiPage, rule: TemplateRule, name: str, given: Given) -> str:
    """The wikitext that a rule makes of arguments."""
    if rule.do == "drop":
        return page.drop(name)
    asked = given | {"_name": name} if rule.do in BY_NAME or "{_name}" in rule.text else given
    if rule.do and rule.silent is not None and not rule.all_silent:
        asked = {key: value for key, value in asked.items() if not (key.isdecimal() and rule.silent.fullmatch(key))}
    if rule.do:
        made = WAYS[rule.do].make(page, asked, rule)
    else:
        made = fill(rule.text, asked) if rule.text else ""
    for key in loses(rule, given, made):
        page.drop(f"{name[:60]}|{key[:30]}")
    return made


def loses(rule: TemplateRule, given: Given, made: str) -> list[str]:
    """The arguments that do not stand in what was made of them and are not known to print nothing."""
    if not given or rule.all_silent or (rule.do and WAYS[rule.do].takes_all):
        return []
    lost = []
    for key, value in given.items():
        if not value or value in made:
            continue
        value = value.strip()
        if value in made or _takes(rule, key) or _PLAIN.fullmatch(value):
            continue
        words = MARKER.sub("", value).strip()
        if words and words not in made:
            lost.append(key)
    return lost


@lru_cache(maxsize=16384)
def _takes(rule: TemplateRule, key: str) -> bool:
    """True for an argument that is understood, or that is a setting."""
    if rule.silent is not None and rule.silent.fullmatch(key):
        return True
    if rule.do and WAYS[rule.do].reads.fullmatch(key):
        return True
    return bool(rule_table().settings.fullmatch(key))


def fill(pattern: str, given: Given) -> str:
    """A pattern with arguments in it."""

    def piece(match: re.Match[str]) -> str:
        if match[1] is not None:
            return _first(match[1], given)
        inner = match[2]
        if all(_first(names, given) for names in re.findall(r"\{([^{}]+)\}", inner)):
            return _PIECE.sub(piece, inner)
        return ""

    return _PIECE.sub(piece, pattern)


def _first(names: str, given: Given) -> str:
    for name in names.split("/"):
        value = given.get(name, "")
        if value:
            stripped = value.strip()
            if stripped:
                return stripped
    return ""
