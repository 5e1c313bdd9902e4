"""Ways of doing that the rules call by name: each turns a template's arguments into wikitext.

What they return is read again as wikitext (links, apostrophes, tags), unless it was set aside. None of them raises on
odd arguments: what cannot be understood comes out as it was given.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from galactica.refine.wikitext.language_names import country_name, is_language
from galactica.refine.wikitext.page import WikiPage

if TYPE_CHECKING:
    from galactica.refine.wikitext.table import TemplateRule

Given = dict[str, str]

_SETTING = re.compile(
    r"\d+(?:\.\d+)?(?:px|%|em|ex|pt|rem|vw)?|#[0-9a-fA-F]{3,8}|(?:left|right|center|centre|none|both)", re.IGNORECASE
)
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|rgba?\([^()]*\)|(?:light|dark|medium)?[a-z]{3,14}")


def positional(given: Given) -> list[str]:
    """The numbered arguments in order, as far as they follow each other; without the space around them."""
    out: list[str] = []
    while str(len(out) + 1) in given and len(out) < 1000:
        out.append(given[str(len(out) + 1)].strip())
    return out


def nothing(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """Settings and decoration."""
    return ""


def last(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """The words of colours, sizes and alignments: all numbered arguments but the setting at the front."""
    words = [word for word in positional(given) if word]
    text = given.get("text", "") or given.get("content", "")
    if text:
        return text
    while len(words) > 1 and (
        _SETTING.fullmatch(words[0]) or _COLOUR.fullmatch(words[0]) or ":" in words[0][:24] or ";" in words[0]
    ):
        words = words[1:]
    return " ".join(words)


def respelling(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{respell|KAN|zəs}}` → "KAN-zəs" in italics."""
    words = [word for word in positional(given) if word]
    return f"<i>{'-'.join(words)}</i>".replace("-_-", " ") if words else ""


def country(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{USA}}`: a flag and a country; here its English name as a link, or its code in other languages."""
    code = given["_name"]
    name = country_name(code) if page.language.startswith("en") else ""
    shown = f"[[{name}]]" if name else code.upper()
    words = [word for word in positional(given) if word.strip("#")]
    return " ".join([shown, *words])


def flag(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{flag|France}}`, `{{flag|FRA}}`: a country as a link; on English pages a code becomes its name."""
    words = [word for word in positional(given) if word]
    if not words:
        return ""
    code = len(words[0]) == 3 and words[0].isupper() and page.language.startswith("en")
    country = (country_name(words[0].lower()) if code else "") or words[0]
    shown = given.get("name", "")
    return f"[[{country}|{shown}]]" if shown else f"[[{country}]]"


_CODE = re.compile(r"[a-z]{2,3}(?:-[a-z]+)?")
_SOUND = re.compile(r".*\.(?:og[ga]|wav|mp3|flac)\Z", re.IGNORECASE)
_SKIPPED = frozenset(
    "lang pron us uk audio local also UK US usalso - uklang uslang icon en-US en-GB small no nolink".split()
)


def phonetic(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """Phonetic signs between the brackets that the template puts; `rule.label` holds the pair."""
    words = [word for word in positional(given) if word and not _SOUND.match(word)]
    if not words:
        return ""
    if rule.label == "//":
        return f"/{''.join(w if w != '_' else ' ' for w in words if w not in _SKIPPED)}/"
    brackets = rule.label == "[]"
    if len(words) > 1 and (is_language(words[0]) or (_CODE.fullmatch(words[0]) and words[1][0] in "[/")):
        words, brackets = words[1:], True
    text, rest = words[0], [word for word in words[1:] if word not in _SKIPPED]
    shown = text if text[0] in "[/<" or "[" in text[:3] else f"[{text}]" if brackets else text
    return " ".join([shown, *rest])


def chart(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{bar percent|Name|color|12}}`, `{{legend|#fff|Name}}`: the words and numbers, without colours."""
    words = [word for word in positional(given) if word]
    kept = [word for word in words if not re.fullmatch(r"#?[0-9a-fA-F]{6}|#[0-9a-fA-F]{3}", word)]
    plain = [word for index, word in enumerate(kept) if not (len(kept) > 1 and index < 2 and _COLOUR.fullmatch(word))]
    return "\n\n" + ": ".join(plain or kept) + "\n\n" if kept else ""


def hatnote(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """ "Main article: A, B" as a paragraph in italics, with links; a label of "1" is what the first argument says."""
    links = []
    words = positional(given)
    label = rule.label if rule.label != "1" else "".join(words[:1])
    for number, target in enumerate(words if label == rule.label else words[1:], 1):
        forced = ":" if target.startswith(":") else ""  # else ":en:Riga" would be the same page in English
        target = target.lstrip(": ")
        if not target:
            continue
        labels = (f"l{number}", f"label {number}", f"label{number}", f"titre{number}", f"titel{number}", f"d{number}")
        shown = next((given[key] for key in labels if given.get(key)), target)
        shown = shown.replace("#", " § ") if shown == target and "#" in target else shown
        # Some wikis give whole links as arguments.
        links.append(target if "[[" in target or "\ufdd0" in target else f"[[{forced}{target}|{shown}]]")
    if not links:
        target = given.get("main") or given.get("article") or ""
        links = [f"[[{target}]]"] if target else []
    if rule.label == "1" and not links:
        return f"\n\n<i>{label}</i>\n\n" if label else ""
    return f"\n\n<i>{label}: {', '.join(links)}</i>\n\n" if links else ""


def table_cell(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`| {{yes}}`, `{{n/a}}`, `{{dunno}}`: a coloured cell; its words, or the word it stands for."""
    return " ".join(value for value in positional(given) if value) or rule.label


def address(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{URL|example.org|words}}`: a link; an address without a scheme gets one."""
    words = positional(given)
    target = (given.get("url") or given.get("URL") or (words[0] if words else "")).strip()
    shown = given.get("name") or given.get("text") or (words[1] if len(words) > 1 else "")
    rest = "".join(f" {word}" for word in words[2:] if word)
    if not target or "[" in target or "\ufdd0" in target or " " in target:
        return " ".join(part for part in (target, shown) if part) + rest
    full = target if "//" in target else f"http://{target}"
    return f"[{full} {shown or target.removeprefix('https://').removeprefix('http://')}]{rest}"


def own_name(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{3e}}`, `{{XIXe siècle}}`: the words are the template's name."""
    name = given["_name"]
    century = re.fullmatch(r"(?:(?:ier|e) )?([ivx]+)(e|er) siècle( av\. j\.-c\.)?", name)
    if century:
        return f"{century[1].upper()}<sup>{century[2]}</sup> siècle{' av. J.-C.' if century[3] else ''}"
    ordinal = re.fullmatch(r"(\d+)(er|re|e|o|a|d)", name)
    text = f"{ordinal[1]}<sup>{ordinal[2]}</sup>" if ordinal else name
    return " ".join([text, *(word for word in positional(given) if word)])


def chess(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """A diagram of a board: its pieces cannot be shown; the words under and over it stay."""
    words = [
        word
        for word in positional(given)
        if len(word) > 2 and not re.fullmatch(r"(?:tleft|tright|left|right|[a-z]{2}|=)", word)
    ]
    return "\n\n" + " ".join(words) + "\n\n" if words else ""
