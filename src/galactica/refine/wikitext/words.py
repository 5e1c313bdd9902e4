"""Ways of doing for words within a sentence: other languages, glosses, keys, ships, marks of music, links to elsewhere.

The rule that holds for all: the words that a reader of the wiki sees stay, in the order in which they stand there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from galactica.refine.wikitext.language_names import is_language, language_name
from galactica.refine.wikitext.makers import Given, positional
from galactica.refine.wikitext.page import WikiPage
from galactica.values.numerals import read_number
from galactica.values.plurals import plural_form

if TYPE_CHECKING:
    from galactica.refine.wikitext.table import TemplateRule

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*\Z")
_SCHEMES = frozenset("din din31635 iso bgn/pcgn ala ala-lc hepburn nihon kunrei scholar mr rr pinyin wadegiles".split())


def joined_arguments(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """All numbered arguments, one after the other; between them what the rule's label says."""
    named = [given[key].strip() for key in ("text", "texte", "content", "texto") if given.get(key)]
    return rule.label.join(word for word in (*positional(given), *named) if word)


def first_then_rest(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """A word and its glosses: "Fuji (富士, Fuji-san)"; the label holds what stands around and between the glosses."""
    words = positional(given)
    opening, between, closing = rule.label.split("|") if rule.label else (" (", ", ", ")")
    head = words[0] if words else ""
    rest = [word for word in words[1:] if word]
    rest += [given[key] for key in ("lead_text", "extra", "hangul", "hanja", "rr", "mr") if given.get(key)]
    tail = f" {given['extra2']}" if given.get("extra2") else ""
    if not head:
        return between.join(rest) + tail
    return (f"{head}{opening}{between.join(rest)}{closing}" if rest else head) + tail


def language(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{lang|de|Stadt}}`: the words, marked with their language; `{{transl|ru|ISO|gorod}}` names its scheme."""
    words = positional(given)
    code = words[0] if words else given.get("lang", "") or given.get("code", "")
    rest = [word for word in words[1:] if word]
    if len(rest) > 1 and rest[0].lower() in _SCHEMES:
        rest = rest[1:]
    text = given.get("text", "") or given.get("texte", "") or given.get("texto", "")
    text = " ".join([*rest, text]).strip()
    if not text:
        return ""
    return f'<span lang="{code}">{text}</span>' if _TAG.match(code) else text


def language_by_name(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{lang-de|Stadt}}`, `{{langx|de|Stadt}}`, de `{{enS|town}}`: the language's name, the words, their reading."""
    name, words = given.get("_name", ""), positional(given)
    if name in ("langx", "lang x", "lx"):
        code, words = (words[0], words[1:]) if len(words) > 1 else ("", words)
    elif name.startswith("lang-"):
        code = name.partition("-")[2].removesuffix("-short").strip()
    else:
        code = name.removesuffix("s").strip() if rule.label == "s" else name
    text = (words[0] if words else "") or given.get("text", "") or given.get("script", "")
    read = [word for word in words[1:] if word] + [given[key] for key in _READINGS if given.get(key)]
    meaning = given.get("lit") or given.get("translation") or given.get("b") or ""
    if not text and not read:
        return ""
    english = page.language.startswith("en") or page.language.startswith("simple")
    marked = f'<i><span lang="{code}">{text}</span></i>' if _TAG.match(code) and text else text
    parts = [marked] if marked else []
    for index, word in enumerate(read):
        label = ("romanized: ", "lit.\xa0")[index] if english and index < 2 and rule.label != "s" else ""
        parts.append(f"{label}{'‘' + word + '’' if label.startswith('lit') else f'<i>{word}</i>'}")
    if meaning:
        parts.append(f"lit.\xa0‘{meaning}’" if english else f"‘{meaning}’")
    shown = ", ".join(parts)
    if given.get("label"):
        return shown if given["label"] == "none" else f"{given['label']}: {shown}"
    if name.endswith("-short"):
        return shown
    title = language_name(code, page.language)
    if rule.label == "s":
        return f"{title.lower()} {shown}" if title else shown
    colon = "：" if page.language[:2] in ("zh", "ja") else ": "
    return f"{title}{' ' if title.endswith('.') else colon}{shown}" if title else shown


_READINGS = ("translit", "tr", "transl", "latin", "d", "w", "pinyin", "transkription", "u", "dmg", "ipa")


def readings(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{zh|t=…|s=…|p=…}}`, `{{Korean|hangul=…|rr=…}}`: each with what it is; the label holds "key=name" pairs."""
    names = dict(pair.split("=", 1) for pair in rule.label.split(";"))
    parts = [word for word in positional(given) if word]
    bare = given.get("labels") == "no"
    for key, value in given.items():
        if not value or key.isdecimal() or key not in names:
            continue
        shown = f"‘{value}’" if key in ("l", "lit") else value
        parts.append(f"{names[key]}: {shown}" if names[key] and not bare else shown)
    return "; ".join(parts)


_MUSIC = {
    "flat": "♭", "b": "♭", "♭": "♭", "sharp": "♯", "#": "♯", "♯": "♯", "natural": "♮", "n": "♮", "♮": "♮", "bb": "𝄫",
    "doubleflat": "𝄫", "double flat": "𝄫", "double-flat": "𝄫", "x": "𝄪", "##": "𝄪", "doublesharp": "𝄪",
    "double sharp": "𝄪", "double-sharp": "𝄪", "semibreve": "𝅝", "whole": "𝅝", "minim": "𝅗𝅥", "half": "𝅗𝅥",
    "crotchet": "♩", "quarter": "♩", "quaver": "♪", "eighth": "♪", "semiquaver": "𝅘𝅥𝅯", "sixteenth": "𝅘𝅥𝅯",
    "treble": "𝄞", "bass": "𝄢", "alto": "𝄡", "dim": "°", "halfdim": "ø", "half-dim": "ø", "aug": "+", "maj": "Δ",
    "dottedcrotchet": "♩.", "dottedquarter": "♩.", "dotted quarter": "♩.", "dotted crotchet": "♩.", "bemolle": "♭",
    "dottedhalf": "𝅗𝅥.", "dottedminim": "𝅗𝅥.", "dottedeighth": "♪.", "dottedquaver": "♪.", "fermata": "𝄐",
    "trill": "𝆖", "segno": "𝄋", "coda": "𝄌", "cut time": "𝄵", "cut-time": "𝄵", "common time": "𝄴", "common-time": "𝄴",
    "repeatsign": "𝄇", "32nd": "𝅘𝅥𝅰", "64th": "𝅘𝅥𝅱", "eighths": "♫", "beamedeighths": "♫", "beamedsixteenths": "♬",
}  # fmt: skip


def music(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{music|flat}}` → "♭", `{{music|time|3|4}}` → "3/4"; a mark that is not known is written out."""
    words = positional(given)
    kind = words[0].lower() if words else ""
    rest = [word for word in words[1:] if word]
    if kind in ("time", "timesig", "time signature", "time-sig"):
        return "/".join(rest)
    if kind in ("scale", "scaledegree", "degree"):
        return "".join(f"{word}\u0302" if re.fullmatch(r"\d", word) else word for word in rest)
    if kind in ("chord", "bass", "figured bass") and rest:
        return " ".join(rest)
    sign = _MUSIC.get(kind, words[0] if words else "")
    return sign + "".join(f" {word}" for word in rest)


def ship(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{HMS|Ocean|L12}}`, `{{ship|HMS|Ocean|L12}}`: prefix, name in italics; the number is in the link, or as told."""
    words = positional(given)[: 4 if rule.label == "ship" else 3]
    if rule.label == "ship":
        prefix, words = (words[0] if words else ""), words[1:]
    else:
        prefix = {"ijn": "Japanese ship", "gts": "GTS", "sms": "SMS"}.get(given["_name"], given["_name"].upper())
    name, number, form = [*words, "", "", ""][:3]
    if not name:
        return prefix if rule.label == "ship" else ""
    form = form or given.get("up", "")
    target = " ".join(part for part in (prefix, name) if part) + (f" ({number})" if number else "")
    shown = f"{prefix} ''{name}''".strip()
    if prefix == "Japanese ship":
        shown = f"''{name}''"
    if form == "1":
        shown = f"{shown} ({number})" if number else shown
    elif form in ("2", "3", "6"):
        shown = f"''{name}''" + (f" ({number})" if form == "3" and number else "")
    elif form in ("4", "5"):
        shown = number or shown
    return f"[[{target}|{shown}]]"


def ship_class(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{sclass|Nimitz|aircraft carrier|0}}` → "Nimitz-class aircraft carrier"."""
    words = [*positional(given), "", "", ""]
    name, kind, form = words[0], words[1], words[2]
    if not name:
        return kind
    target = f"{name}-class {kind}".strip()
    if form == "1":
        return f"[[{target}|''{name}'' class]] [[{kind}]]" if kind else f"[[{target}|''{name}'' class]]"
    if form in ("4", "5"):
        return f"[[{target}|''{name}''-class]]"
    shown = f"''{name}''-class {kind}" if kind else f"''{name}'' class"
    return f"[[{target}|{shown}]]"


_KEYS = {
    "ctrl": "Ctrl", "shift": "Shift", "alt": "Alt", "del": "Del", "up": "↑", "down": "↓", "left": "←", "right": "→",
    "enter": "↵ Enter", "return": "↵ Return", "tab": "Tab ↹", "win": "⊞ Win", "cmd": "⌘ Cmd", "command": "⌘ Command",
    "esc": "Esc", "space": "Space", "caps lock": "⇪ Caps Lock", "backspace": "← Backspace", "opt": "⌥ Opt",
}  # fmt: skip


def keys(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{key press|Ctrl|Shift|C}}` → "Ctrl+Shift+C"; "chain" parts are joined by commas."""
    between = given.get("chain") or "+"
    named = [_KEYS.get(word.lower(), word) for word in positional(given) if word]
    return between.join(f"<kbd>{word}</kbd>" for word in named)


def sic(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{sic|recieve}}` → "recieve [sic]"; "?" belongs to the mark; `hide` leaves the mark out."""
    words = [word for word in positional(given) if word]
    mark = "?" if "?" in words else "!" if "!" in words else ""
    text = " ".join(word for word in words if word not in ("?", "!"))
    if given.get("hide", "").lower() in ("y", "yes") and text:
        return text
    expected = given.get("expected", "")
    return f"{text} [<i>sic</i>{mark}]".lstrip() + (f" ({expected})" if expected else "")


def aside(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """fr `{{incise|dit-on}}` → "– dit-on –"; with "fin" or "stop" it ends the sentence."""
    words = positional(given)
    text = words[0] if words else ""
    end = len(words) > 1 and words[1] in ("fin", "stop", ".", "point")
    rest = "" if end or len(words) < 2 else " ".join(word for word in words[1:] if word)
    return " ".join(part for part in (f"–\xa0{text}", rest) if part) + ("" if end else "\xa0–") if text else rest


def elsewhere(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """A link to an article that another language has: the words that a reader sees here.

    The label says which argument is shown, best first ("4/3/2"); without one it is the first, or, where that is the
    code of a language, as in "4/3/2".
    """
    for key in _SHOWN:
        if given.get(key):
            return given[key].strip()
    words = positional(given)
    order = rule.label
    if not order:
        code = bool(words) and is_language(words[0]) and len(words) > 1
        order = "4/3/2" if code else "1"
    for key in order.split("/"):
        if given.get(key, "").strip():
            return given[key].strip()
    return next((word for word in (*words, given.get("trad", "")) if word), "")


TARGETS = (
    r"\d+|lang(?:ue|uage)?\d*|trad|lt|label|texte?o?|текст|display|d[sn]?|afficher|shown|треба|надо|trg|sichtbar|tekst|wd|wikidata"
    r"|italic|reallang|short|preserve|sort|quote|vertical-align|мова|є|язык|есть|nolink|redirect|icon|[a-z]{2,3}(?:-[a-z-]+)?"
)
"""Pattern of the names of arguments that say what to show, or where the article is elsewhere."""

_SHOWN = (
    "lt", "label", "texte", "текст", "text", "display", "ds", "dn", "d", "afficher", "texto", "shown", "fr", "треба",
    "надо", "vi", "zh", "trg", "sichtbar", "tekst",
)  # fmt: skip


def title_before(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """fr `{{Mme|Duval}}` → "Mme Duval": the template's own name, written as a title is, before the words."""
    name = given["_name"]
    return "\xa0".join([name[:1].upper() + name[1:], *(word for word in positional(given) if word)])


def ordinal_name(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """fr `2{{e}}` → "2e", raised; with an argument it is a power of ten (`10{{e|6}}`)."""
    words = [word for word in positional(given) if word]
    return f"×10<sup>{' '.join(words)}</sup>" if words else f"<sup>{given['_name']}</sup>"


def sortname(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{sortname|Ann|Li}}` → "Ann Li", linked to the third argument, or to the name with what `dab` adds."""
    words = [*positional(given), "", "", ""]
    name = " ".join(part for part in words[:2] if part)
    target = words[2] or (f"{name} ({given['dab']})" if given.get("dab") else name)
    if given.get("nolink") or not name or any(sign in name + target for sign in "[<\ufdd0"):
        return name
    return f"[[{target}|{name}]]"


def character(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{unichar|2021|double dagger}}` → "U+2021 ‡ double dagger"."""
    words = positional(given)
    code = words[0] if words else ""
    sign = ""
    if re.fullmatch(r"[0-9A-Fa-f]{2,6}", code) and 32 < int(code, 16) < 0x110000:
        sign = f"&#x{code};"
    return " ".join(part for part in (f"U+{code}" if code else "", sign, *words[1:]) if part)


def counted_word(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """ru `{{кол-во|5|дом|дома|домов}}` → "5 домов": a number with the form of the word that it asks for."""
    words = positional(given)
    forms = [word for word in words[1:] if word]
    number = words[0] if words else ""
    if read_number(number, page.language) is None:
        return " ".join(word for word in words if word)
    return f"{number}\xa0{plural_form(number, forms, page.language)}".rstrip("\xa0") if forms else number
