"""Ways of doing for centuries, and for the eras that their years are of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from galactica.refine.wikitext.makers import Given, positional
from galactica.refine.wikitext.page import WikiPage

if TYPE_CHECKING:
    from galactica.refine.wikitext.table import TemplateRule

_ROMAN = re.compile(r"[IVXLivxl]{1,8}")
_BETWEEN = re.compile(r"(?:au|et|ou|à|-|–|et au|et du|puis|,)")


def centuries(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """fr `{{s|XIX}}`, `{{s2|XV|e|XVI|e}}`, `{{sp-|XV|e|au|XVI|e}}`: ordinals and the word for a century."""
    words = [word for word in positional(given) if word]
    out: list[str] = []
    count = 0
    for word in words:
        if _ROMAN.fullmatch(word):
            count += 1
            number = word.upper()
            if out and count > 1 and not _BETWEEN.fullmatch(out[-1]):
                out.append("et")
            out.append(f"{number}{'er' if number == 'I' else 'e'}")
        elif word in ("e", "er", "ème", "re") or (word == "s" and count):
            continue
        else:
            out.append(word)
    before = " av. J.-C." if "av" in rule.label else ""
    return f"{' '.join(out)}\xa0siècle{'s' if count > 1 else ''}{before}" if count else " ".join(out)


_ERAS = {"a": "a.\xa0C.", "d": "d.\xa0C."}


def siglo(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """es `{{siglo|V|a|s}}` → "siglo V a. C.": the number, "a" or "d" for the era, "s" or "S" for the word."""
    number, era, word, *rest = [*positional(given), "", "", ""]
    rest = [one for one in rest if one and one != "1"]  # 1: the link is left out
    if word.lower() == "s":
        number = f"{'Siglo' if word == 'S' else 'siglo'}\xa0{number}"
    elif word:
        rest.insert(0, word)
    return " ".join(part for part in (number, _ERAS.get(era, era), *rest) if part)
