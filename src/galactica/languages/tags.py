"""Tags of languages (BCP 47, RFC 5646): one function for whatever sources and people write, and what a tag is within.

Rules:
1. The shortest code of ISO 639 is used ("eng" is "en", RFC 5646 §2.2.1), for the language that is meant in practice
   where there is one ("arb" is "ar"). `langcodes` knows the codes; it is loaded for a tag that is not already as it is
   usual, because that takes a tenth of a second.
2. Scripts and countries stand in their usual case ("zh-Hant-TW", "pt-BR"; §2.1.1).
3. Names, English and a language's own, are understood too, and codes that are older than the language's own; they stand
   in the files of the languages.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from galactica.languages.tables import facts, known_languages

LONGEST = 100
"""Characters of what is written that are looked at; the longest name is a third of it."""

MOST_IN_LIST = 1_000
"""Characters of a list of languages that are looked at."""

_RENAMED = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro"}
"""Codes of two letters that ISO 639 has taken back → what they are now."""

_PAIRS = (
    "cmn zh arb ar pes fa zsm ms lvs lv npi ne ory or swh sw azj az ekk et khk mn kmr ku pbt ps plt mg uzn uz "
    "ydd yi hbs sh tgl tl scc sr scr hr"
).split()
_PRACTICAL = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
"""One language of several that share a code → that code, by which it is meant in practice; and codes for which
`langcodes` has a newer one that is hardly used ("fil" for "tl")."""

_EXTENDED = frozenset("ar kok lv ms sgn sw uz zh".split())
"""Languages before which another one was written as a part of them: "zh-yue" (RFC 5646 §2.2.2)."""

_WIDER = {"nb": ("no",), "nn": ("no",), "sr": ("sh",), "hr": ("sh",), "bs": ("sh",), "arz": ("ar",), "ary": ("ar",)}
_CHINESE = {"tw": "hant", "hk": "hant", "mo": "hant", "cn": "hans", "sg": "hans"}
_CODE = re.compile("[A-Za-z]{2,3}")
_USUAL = re.compile("[A-Za-z]{4}|[A-Za-z]{2}|[0-9]{3}")
_SUBTAG = re.compile("[A-Za-z0-9]{1,8}")
_LISTED = re.compile(r"[,;/|&+=\s]+")


@lru_cache(maxsize=4_096)
def tag(written: str) -> str:
    """The tag of one language, whatever form it is written in; "" where it is not understood.

    Args:
        written: "eng", "ENG", "zh_Hant_TW", "cmn", "en-GB", "English", "Deutsch", "pt_BR.UTF-8" …

    Example:
        >>> tag("zh_Hant_TW"), tag("eng"), tag("Klingonese")
        ('zh-Hant-TW', 'en', '')
    """
    text = written[:LONGEST].strip().partition(".")[0].partition("@")[0]
    first, *rest = text.replace("_", "-").split("-")
    if not _CODE.fullmatch(first) or not all(map(_SUBTAG.fullmatch, rest)):
        return _named(text)
    first = first.lower()
    if not all(map(_USUAL.fullmatch, rest)):
        whole = "-".join([first, *rest]).lower()
        if renamed := _other_codes().get(whole) or _registered(whole):
            return renamed
        if rest[0].isalpha() and len(rest[0]) == 3 and first in _EXTENDED:
            first, rest = rest[0].lower(), rest[1:]
    return "-".join([_shortest(first), *_cased(rest)])


def tag_of_list(written: str) -> str:
    """The tag for what a source says its language or languages are; "mul" for several, "und" where none is understood.

    Args:
        written: as for `tag`, or several of them: "eng,fra".
    """
    text = written[:MOST_IN_LIST]
    tags = dict.fromkeys(found for found in (tag(text), *map(tag, _LISTED.split(text))) if found not in ("", "und"))
    if tag(text):
        return tag(text)
    return "und" if not tags else next(iter(tags)) if len(tags) == 1 else "mul"


@lru_cache(maxsize=4_096)
def primary(written: str) -> str:
    """The language of a tag without script and country, in lower case: "zh" of "zh-Hant"; what is not understood, up to
    its first hyphen."""
    first = written.lower().replace("_", "-").partition("-")[0]
    if len(first) == 2 and first.isascii() and first.isalpha():
        return _RENAMED.get(first, first)
    return (tag(written) or first).partition("-")[0]


@lru_cache(maxsize=4_096)
def ranges(written: str) -> tuple[str, ...]:
    """What texts in a language are found by, in lower case: the tag as it is written and as it is usual, and what is
    wider than it, the language last.

    Example:
        >>> ranges("zh_Hant_TW")
        ('zh_hant_tw', 'zh-hant-tw', 'zh-tw', 'zh-hant', 'zh')
    """
    lower = written.lower()
    usual = tag(written)
    if not usual:
        return tuple(dict.fromkeys((lower, lower.partition("-")[0])))
    first, *rest = usual.lower().split("-")
    script = next((part for part in rest[:1] if len(part) == 4 and part.isalpha()), "")
    country = next((part for part in rest[:2] if len(part) == 2), "")
    script = script or (_CHINESE.get(country, "") if first == "zh" else "")
    wider = ["-".join(filter(None, each)) for each in ((first, script, country), (first, country), (first, script))]
    return tuple(dict.fromkeys((lower, usual.lower(), *wider, first, *_WIDER.get(first, ()))))


def within(written: str, wanted: str) -> bool:
    """Whether a text in the language `written` is one in the language `wanted`, however both are written."""
    return not {wanted.lower(), tag(wanted).lower()}.isdisjoint(ranges(written))


@lru_cache(maxsize=4_096)
def iso_639_3(written: str) -> str:
    """The three-letter code of a language ("zh-Hant" → "zho"); "und" where it has none."""
    first = primary(written)
    if len(first) == 2 and _CODE.fullmatch(first):
        from langcodes import Language

        try:
            first = Language.get(first, normalize=False).to_alpha3()
        except LookupError:
            return "und"
    return first if re.fullmatch("[a-z]{3}", first) else "und"


def _named(text: str) -> str:
    """The language of that name, or with that old code."""
    lower = text.casefold()
    return _names().get(lower) or _other_codes().get(lower.replace("_", "-")) or _registered(lower.replace("_", "-"))


def _registered(whole: str) -> str:
    """What a tag that was registered as a whole is now (RFC 5646 §2.2.8); "" for any other."""
    if not re.fullmatch("(?:i|[a-z]{2,3})(?:-[a-z]{2,8}){1,2}", whole):
        return ""
    from langcodes import standardize_tag, tag_parser

    try:
        found = standardize_tag(whole)
    except tag_parser.LanguageTagError:
        return ""
    first = found.partition("-")[0]
    return tag(found) if first != whole.partition("-")[0] and _CODE.fullmatch(first) else ""


@lru_cache(maxsize=1_024)
def _shortest(code: str) -> str:
    """The usual code for one of ISO 639."""
    if len(code) == 2:
        return _RENAMED.get(code, code)
    if code in known_languages() or code in ("und", "mul", "mis", "zxx"):
        return code
    if code in _PRACTICAL:
        return _PRACTICAL[code]
    from langcodes import standardize_tag, tag_parser

    try:
        found = standardize_tag(code)
    except tag_parser.LanguageTagError:
        return code
    return found if _CODE.fullmatch(found) else code


def _cased(rest: list[str]) -> list[str]:
    """Subtags in their usual case; those behind a single letter stay small."""
    cased: list[str] = []
    for part in rest:
        plain = any(len(before) == 1 for before in cased)
        usual = part.title() if len(part) == 4 and part.isalpha() else part.upper() if len(part) == 2 else part.lower()
        cased.append(part.lower() if plain else usual)
    return cased


@cache
def _names() -> dict[str, str]:
    """Name of a language in lower case → its tag."""
    return {name.strip().casefold(): where for name, where in _said("called")}


@cache
def _other_codes() -> dict[str, str]:
    """Codes in use that are no tags by the rules → the tag."""
    return dict(_said("codes"))


def _said(key: str) -> list[tuple[str, str]]:
    found = []
    for language in sorted(known_languages()):
        own = facts(language)
        for where, entry in ((language, own), *own.get("variants", {}).items()):
            found += [(each.strip(), where) for each in entry.get(key, "").split("|") if each.strip()]
    return found
