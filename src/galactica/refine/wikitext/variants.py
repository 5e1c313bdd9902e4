"""Chinese (and Serbian, Kazakh …) words in several scripts, -{zh-hans:…; zh-hant:…}-: the page's own is kept.

Standard: MediaWiki's LanguageConverter. Flags: H and T and D say nothing at this place, R and A and no flag show the
words. Where no rule fits the page's language, the first one is taken.
"""

from __future__ import annotations

import re

from galactica.languages import primary

_RULE = re.compile(r"-\{(?!\{)([^{}]*)\}-")
_CODE = r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3})\s*:(?!//)"
_PART = re.compile(rf"\s*(?:[^;]*?=>\s*)?{_CODE}\s*(.*)", re.DOTALL)
_END_OF_PART = re.compile(rf";(?=\s*(?:[^;]*?=>\s*)?{_CODE}|\s*\Z)")
_PREFERRED = {
    "hant": ("zh-hant", "zh-tw", "zh-hk", "zh-mo"),
    "hans": ("zh-hans", "zh-cn", "zh-sg", "zh-my"),
}
_FLAGS = re.compile(r"[A-Za-z;\s-]{0,60}")
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


def _wanted(written: str) -> tuple[str, ...]:
    language = written.lower()
    traditional = any(part in language for part in ("hant", "-tw", "-hk", "-mo"))
    return (language, *_PREFERRED["hant" if traditional else "hans"], "zh", primary(language))


def _chosen(rule: str, wanted: tuple[str, ...]) -> str:
    flags, bar, words = rule.partition("|")
    if bar and _FLAGS.fullmatch(flags):
        given = {flag.strip() for flag in flags.split(";")}
        if given & {"H", "T", "D", "-"}:
            return ""
        if "R" in given:
            return words
        if any(len(flag) > 1 for flag in given):  # -{zh-hans;zh-hant|words}-: the same in each of them
            return words
    else:
        words = rule
    variants: dict[str, str] = {}
    start = 0
    for end in [*(match.start() for match in _END_OF_PART.finditer(words)), len(words)]:
        match = _PART.match(words[start:end])
        if match is not None:
            variants.setdefault(_code(match[1]), match[2].strip())
        elif words[start:end].strip():
            return words if not variants else next(iter(variants.values()))
        start = end + 1
    chosen = next((variants[code] for code in wanted if code in variants), None)
    return chosen if chosen is not None else next(iter(variants.values()), "")


def _code(written: str) -> str:
    """MediaWiki's code of a variant: "zh-Hant-TW" is its "zh-tw"."""
    parts = written.lower().split("-")
    return f"{parts[0]}-{parts[2]}" if parts[0] == "zh" and len(parts) == 3 else "-".join(parts)
