"""What stands between double braces: a variable, a parser function or a template; each becomes wikitext.

Order: variables and functions by their names first, then the rules for templates (`rules/`), those of the page's own
wiki before those of all, then the guess that an unknown template of many named lines at the top of an article is an
infobox; what has no rule falls into the net (`net.py`) and is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from galactica.refine.wikitext import functions, infobox, net, templates
from galactica.refine.wikitext.page import WikiPage
from galactica.refine.wikitext.table import TemplateRule

Part = tuple[str | None, str]
"""One part of a call: (key or None, value), as written; the first is the name."""

_NAME_NOISE = re.compile(r"[\s_]+")
_MARKS = re.compile("[\ufdd0\ufdd2][0-9]+\ufdd1")
_PREFIX = re.compile(r"(?:template|subst|safesubst|msg|msgnw|raw)\s*:\s*", re.IGNORECASE)
MAX_NAME = 200
"""Characters of a template's name."""


def argument(parts: list[Part]) -> str:
    """`{{{name|default}}}` on a page of its own: the default, or nothing."""
    if len(parts) < 2:
        return ""
    key, value = parts[1]
    return value if key is None else f"{key}={value}"


def arguments(parts: list[Part]) -> dict[str, str]:
    """Name or number → value; named ones without the space around them. A later one wins (MediaWiki's rule)."""
    out: dict[str, str] = {}
    number = 0
    for key, value in parts[1:]:
        if key is None:
            number += 1
            out[str(number)] = value
        else:
            out[key.strip()] = value.strip()
    return out


def call(page: WikiPage, parts: list[Part], around: Callable[[], tuple[str, str]]) -> str:
    """The wikitext that stands in the place of `{{parts}}`; `around` tells what stands before and behind it."""
    key, value = parts[0]
    written = value if key is None else f"{key}={value}"
    name = _MARKS.sub("", written).strip()
    if not name or len(name) > MAX_NAME or "\n" in name:
        short = _NAME_NOISE.sub(" ", name)[:40]
        return page.drop(short) if short else ""
    variable = functions.variable(page, name)
    if variable is not None:
        return variable
    name = _PREFIX.sub("", name, count=1)
    if ":" in name:
        head, _, first = written.partition(":")
        result = functions.function(page, head.strip(), first, parts[1:])
        if result is not None:
            return result or (net.unknown_value(around()[0]) if head.strip().lower() == "#invoke" else "")
        if not page.names.is_template(name):
            return page.drop(_NAME_NOISE.sub(" ", name)[:60])
        name = name.partition(":")[2]
    name = _NAME_NOISE.sub(" ", name).strip()
    given = arguments(parts)
    rule = _rule(page, name, given)
    name = name.lower()
    if rule is not None:
        made = templates.apply(page, rule, name, given)
        return net.unknown_value(around()[0]) if rule.do == "drop" else made
    if infobox.looks_like_one(page, parts):
        return infobox.infobox_table(page, name, given)
    return net.caught(page, name, given, *around())


def _rule(page: WikiPage, name: str, given: dict[str, str]) -> TemplateRule | None:
    """The rule for a name as it is written: {{ESP}} is a country, {{esp|8}} a power of ten.

    A sign, or what says nothing, that is given words is another wiki's template of the same name: none of this wiki's.
    """
    rule = templates.rule_for(name.lower(), page.language, page.names.project)
    if len(name) <= 3 and name.isupper() and (rule is None or not given):
        rule = templates.rule_for(name, page.language, page.names.project) or rule
    if rule is None or not given or not rule.says_nothing or not templates.loses(rule, given, rule.text):
        return rule
    general = templates.rule_for(name.lower(), "", "") if rule.wikis else None
    return general if general is not None and not general.says_nothing else None
