"""Chinese (and Serbian, Kazakh …) words in several scripts, -{zh-hans:…; zh-hant:…}-: the page's own is kept.

Standard: MediaWiki's LanguageConverter. Flags: H and T and D say nothing at this place, R and A and no flag show the
words. Where no rule fits the page's language, the first one is taken.
"""

from __future__ import annotations

import re

_RULE = re.compile(r"-\{(?!\{)([^{}]*)\}-")
_PART = re.compile(r"\s*([a-z]{2,3}(?:-[a-z]{2,8})?)\s*:\s*(.*)", re.DOTALL)
_PREFERRED = {
    "hant": ("zh-hant", "zh-tw", "zh-hk", "zh-mo"),
    "hans": ("zh-hans", "zh-cn", "zh-sg", "zh-my"),
}
MAX_LEVELS = 3
"""Rules inside rules."""


def convert_variants(text: str, language: str) -> str:
    """`text` with each rule replaced by the words of one variant."""
    wanted = _wanted(language)
    for _ in range(MAX_LEVELS):
        text, count = _RULE.subn(lambda match: _chosen(match[1], wanted), text)
        if not count:
            break
    return text


def _wanted(language: str) -> tuple[str, ...]:
    traditional = any(part in language for part in ("hant", "-tw", "-hk", "-mo"))
    return (language, *_PREFERRED["hant" if traditional else "hans"], "zh", language.partition("-")[0])


def _chosen(rule: str, wanted: tuple[str, ...]) -> str:
    flags, bar, words = rule.partition("|")
    if bar and re.fullmatch(r"[A-Za-z;\s-]{0,30}", flags):
        if any(flag.strip() in ("H", "T", "D", "-") for flag in flags.split(";")):
            return ""
    else:
        words = rule
    variants: dict[str, str] = {}
    for part in words.replace("&nbsp;", "\xa0").split(";"):
        match = _PART.match(part)
        if match is None:
            if part.strip():
                return words if not variants else next(iter(variants.values()))
            continue
        variants.setdefault(match[1], match[2].strip().rpartition("=>")[2])
    chosen = next((variants[code] for code in wanted if code in variants), None)
    return chosen if chosen is not None else next(iter(variants.values()), "")
