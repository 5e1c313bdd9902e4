"""Ways of doing that `templates.toml` calls by name: each turns a template's arguments into wikitext.

What they return is read again as wikitext (links, apostrophes, tags), unless it was set aside. None of them raises on
odd arguments: what cannot be understood comes out as it was given.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from galactica.refine.wikitext import dates, units
from galactica.refine.wikitext.language_names import country_name, language_name
from galactica.refine.wikitext.page import Page

if TYPE_CHECKING:
    from galactica.refine.wikitext.templates import Rule

Given = dict[str, str]

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*\Z")
_JOINERS = {"-": "–", "–": "–", "to": "to", "to(-)": "to", "and": "and", "and(-)": "and", "or": "or", "x": "×", "by": "by",
            "×": "×", "xx": "×", "*": "×", "+/-": "±", "±": "±", "-to": "to"}  # fmt: skip


def positional(given: Given) -> list[str]:
    """The numbered arguments in order, as far as they follow each other; without the space around them."""
    out = []
    while str(len(out) + 1) in given and len(out) < 1000:
        out.append(given[str(len(out) + 1)].strip())
    return out


def nothing(page: Page, given: Given, rule: Rule) -> str:
    """Settings and decoration: nothing is lost, so nothing is counted."""
    return ""


def last(page: Page, given: Given, rule: Rule) -> str:
    """The last numbered argument that is not empty: the words of colours, sizes and alignments."""
    return next((value for value in reversed(positional(given)) if value), "")


def convert(page: Page, given: Given, rule: Rule) -> str:
    """`{{convert|5|km|mi}}` → "5 km (3.1 mi)"; ranges too; an unknown unit keeps the value."""
    words = positional(given)
    values: list[str] = []
    while words:
        values.append(words.pop(0))
        if words and words[0] in _JOINERS:
            values.append(words.pop(0))
        else:
            break
    if not values:
        return ""
    unit = words.pop(0) if words else ""
    wanted = words.pop(0) if words and units.number(words[0]) is None else ""
    digits = int(words[0]) if words and re.fullmatch(r"-?\d", words[0]) else None
    shown = f"{_range(values)}{_gap(unit)}{units.sign_of(unit)}".rstrip()
    if given.get("disp") == "out" or given.get("disp") == "output only":
        other = _converted(values, unit, wanted, digits)
        return other or shown
    others = [_converted(values, unit, one, digits) for one in (wanted.split() or [""])]
    other = "; ".join(one for one in others if one)
    return f"{shown} ({other})" if other else shown


def _gap(unit: str) -> str:
    return "" if unit.startswith("/") else "\xa0"


def _range(values: list[str]) -> str:
    out = values[0]
    for index in range(1, len(values) - 1, 2):
        joiner = _JOINERS[values[index]]
        out += (joiner if joiner == "–" else f" {joiner} ") + values[index + 1]
    return out


def _converted(values: list[str], unit: str, wanted: str, digits: int | None) -> str:
    numbers = [units.converted(value, unit, wanted, digits) for value in values[::2]]
    if not all(numbers) or not numbers:
        return ""
    sign = numbers[-1].partition(" ")[2]
    plain = [one.partition(" ")[0] for one in numbers]
    mixed = [plain[0]]
    for index, one in enumerate(plain[1:]):
        mixed += [values[2 * index + 1], one]
    return f"{_range(mixed)}{_gap(sign)}{sign}"


def coordinates(page: Page, given: Given, rule: Rule) -> str:
    """`{{coord|52|13|N|21|01|E}}` → "52°13′N 21°01′E"; decimal degrees get their letters."""
    display = given.get("display", "inline").lower()
    if display in ("title", "t") and not page.lead:
        return ""
    parts = [part for part in positional(given) if ":" not in part]
    angles: list[list[str]] = [[]]
    for part in parts[:8]:
        if part.upper() in ("N", "S", "E", "W", "O"):
            angles[-1].append("W" if part.upper() == "W" else "E" if part.upper() == "O" else part.upper())
            angles.append([])
        elif re.fullmatch(r"[-−]?\d{1,3}(\.\d+)?", part):
            angles[-1].append(part)
    found = [angle for angle in angles if angle]
    if len(found) == 2 and all(angle[-1].isalpha() and len(angle) > 1 for angle in found):
        return " ".join("".join(v + s for v, s in zip(angle[:-1], "°′″", strict=False)) + angle[-1] for angle in found)
    if len(found) == 1 and len(found[0]) == 2:
        out = []
        for value, letters in zip(found[0], ("NS", "EW"), strict=True):
            negative = value[0] in "-−"
            out.append(f"{value.lstrip('-−')}°{letters[negative]}")
        return " ".join(out)
    return ""


def _day_first(page: Page, given: Given) -> bool:
    return given.get("df", "").lower() in ("y", "yes") or (bool(given.get("mf")) and given["mf"] in ("n", "no"))


def _date_of(values: list[str]) -> tuple[int, int, int] | None:
    """(year, month, day) from numbers in that order, or from one written date."""
    if not values:
        return None
    year = dates.number(values[0])
    if year and len(values[0].strip()) >= 3 and values[0].strip().isdecimal():
        rest = [dates.number(value) for value in values[1:3]] + [0, 0]
        return year, rest[0], rest[1]
    parsed = dates.parsed(values[0])
    if parsed is None and len(values) >= 3 and dates.number(values[2]) > 31:  # day, month, year
        return dates.number(values[2]), dates.number(values[1]), dates.number(values[0])
    return parsed


def date_in_words(page: Page, given: Given, rule: Rule) -> str:
    """The (first) date in words; what is no date as it was given."""
    values = [value for value in positional(given) if value]
    when = _date_of(values)
    if when is None:
        return values[0] if values else next((v for k, v in given.items() if v and k not in ("df", "mf")), "")
    return dates.in_words(*when, page.language, day_first=_day_first(page, given))


def date_span(page: Page, given: Given, rule: Rule) -> str:
    """`{{death date and age|1970|1|2|1900|3|4}}` → the first date and the age between the two."""
    values = [value for value in positional(given) if value]
    first = date_in_words(page, {str(i + 1): v for i, v in enumerate(values[:3])} | _named(given), rule)
    if len(values) < 6:
        one = dates.parsed(values[0]) if values else None
        two = dates.parsed(values[1]) if len(values) > 1 else None
    else:
        one, two = _date_of(values[:3]), _date_of(values[3:6])
    if one is None or two is None:
        return first
    years = dates.years_between(two, one)
    if years is None:
        return first
    code = page.language.partition("-")[0]
    aged = {"en": f"aged\xa0{years}", "ja": f"{years}歳没", "vi": f"{years}\xa0tuổi", "zh": f"{years}歲"}
    return f"{first} ({aged.get(code, years)})"


def _named(given: Given) -> Given:
    return {key: value for key, value in given.items() if not key.isdecimal()}


def age(page: Page, given: Given, rule: Rule) -> str:
    """Whole years between two stated dates; nothing where the second is "today"."""
    values = [value for value in positional(given) if value]
    if len(values) < 6:
        return ""
    one, two = _date_of(values[:3]), _date_of(values[3:6])
    years = dates.years_between(one, two) if one and two else None
    return "" if years is None else str(years)


def bullets(page: Page, given: Given, rule: Rule) -> str:
    """Numbered arguments as a list."""
    items = [value for value in positional(given) if value]
    if len(items) == 1 and items[0].lstrip().startswith("*"):
        return "\n" + items[0] + "\n"
    inner = "".join(f"<li>{item}</li>" for item in items)
    return f"\n<ul>{inner}</ul>\n" if inner else ""


def inline_list(page: Page, given: Given, rule: Rule) -> str:
    """Numbered arguments, or the lines of a list, on one line with dots between."""
    items = [value for value in positional(given) if value]
    if len(items) == 1 and items[0].lstrip().startswith("*"):
        items = [line.lstrip("* ").strip() for line in items[0].split("\n") if line.strip("* ")]
    return " · ".join(items)


def block(page: Page, given: Given, rule: Rule) -> str:
    """Its (first) argument as lines of their own: lists and paragraphs inside a template."""
    text = given.get("1") or given.get("content") or given.get("liste") or given.get("text") or ""
    return f"\n{text.strip()}\n" if text.strip() else ""


def columns(page: Page, given: Given, rule: Rule) -> str:
    """All numbered arguments as blocks, one after the other."""
    texts = [value for value in positional(given) if value]
    texts += [given[f"col{number}"] for number in range(1, 7) if given.get(f"col{number}")]
    return "\n" + "\n\n".join(texts) + "\n" if texts else ""


def hatnote(page: Page, given: Given, rule: Rule) -> str:
    """ "Main article: A, B" as a paragraph in italics, with links."""
    links = []
    for number, target in enumerate(positional(given), 1):
        target = target.strip().lstrip(":")
        if not target:
            continue
        shown = given.get(f"l{number}") or given.get(f"label {number}") or given.get(f"titre{number}") or target
        shown = shown.replace("#", " § ") if shown == target and "#" in target else shown
        # Some wikis give whole links as arguments.
        links.append(target if "[[" in target or "\ufdd0" in target else f"[[{target}|{shown}]]")
    if not links:
        target = given.get("main") or given.get("article") or ""
        links = [f"[[{target}]]"] if target else []
    return f"\n\n<i>{rule.label}: {', '.join(links)}</i>\n\n" if links else ""


def language(page: Page, given: Given, rule: Rule) -> str:
    """`{{lang|de|Stadt}}`: the words, marked with their language."""
    code, text = given.get("1", "").strip(), given.get("2", "").strip() or given.get("text", "")
    return f'<span lang="{code}">{text}</span>' if _TAG.match(code) and text else text


def language_by_name(page: Page, given: Given, rule: Rule) -> str:
    """`{{lang-de|Stadt}}` → "German: Stadt" where the page's language has a word for it here, else the words."""
    code = rule_language(given, rule)
    text = given.get("1", "").strip() or given.get("text", "")
    if not text:
        return ""
    name = language_name(code, page.language)
    marked = f'<i><span lang="{code}">{text}</span></i>' if _TAG.match(code) else text
    colon = "：" if page.language[:2] in ("zh", "ja") else ": "
    return f"{name}{colon}{marked}" if name and not rule.label else marked


def rule_language(given: Given, rule: Rule) -> str:
    """The language that the template's own name says; `calls` leaves it in the argument called "_name"."""
    name = given.get("_name", "")
    code = name.partition("-")[2] if "-" in name else name
    return code.removesuffix("-short").strip()


def note(page: Page, given: Given, rule: Rule) -> str:
    """`{{efn|text}}`, `{{refn|text}}`: a footnote."""
    text = given.get("1", "").strip() or given.get("text", "") or given.get("content", "")
    name = given.get("name", "") or given.get("nom", "")
    group = given.get("group", "") or rule.label
    page.notes.define(name, group, text)
    if not text and not name:
        return ""
    return page.set_aside(lambda: page.notes.cite(name, group, text))


def named_note(page: Page, given: Given, rule: Rule) -> str:
    """`{{r|a|b}}`: marks of notes that are named elsewhere."""
    group = given.get("group", "") or given.get("g", "")
    marks = []
    for name in positional(given)[:20]:
        if name:
            marks.append(page.set_aside(lambda name=name: page.notes.cite(name, group, "")))  # type: ignore[misc]
    return "".join(marks)


def note_list(page: Page, given: Given, rule: Rule) -> str:
    """`{{reflist}}`, `{{notelist}}`: where the notes of a group are listed."""
    group = given.get("group", "") or rule.label
    return "\n" + page.set_aside(lambda: page.notes.listing(group), block=True) + "\n"


def short_citation(page: Page, given: Given, rule: Rule) -> str:
    """`{{harvnb|Smith|2001|p=5}}` → "Smith 2001, p. 5"."""
    words = [word for word in positional(given) if word]
    if not words:
        return ""
    year = words.pop() if len(words) > 1 and re.search(r"\d", words[-1]) else ""
    names = (
        words[0]
        if len(words) == 1
        else f"{', '.join(words[:-1])} & {words[-1]}"
        if len(words) < 4
        else f"{words[0]} et al."
    )
    page_mark = given.get("p") or given.get("page") or given.get("s") or ""
    pages = given.get("pp") or given.get("pages") or ""
    where = f"p. {page_mark}" if page_mark else f"pp. {pages}" if pages else given.get("loc", "")
    return ", ".join(part for part in (f"{names} {year}".strip(), where) if part)


def short_note(page: Page, given: Given, rule: Rule) -> str:
    """`{{sfn|Smith|2001|p=5}}`: a footnote that holds a short citation; the same citation is the same note."""
    text = short_citation(page, given, rule)
    return page.set_aside(lambda: page.notes.cite(text, "", text)) if text else ""


def quotation(page: Page, given: Given, rule: Rule) -> str:
    """A quotation with who said it."""
    words = positional(given)
    text = given.get("text") or given.get("quote") or given.get("content") or (words[0] if words else "")
    if not text.strip():
        return ""
    author = given.get("author") or given.get("sign") or given.get("by") or ""
    source = given.get("source") or given.get("title") or ""
    if not author and not given.get("text") and not given.get("quote"):
        author = ", ".join(word for word in words[1:3] if word and not re.fullmatch(r"\d+(px|%|em)", word))
    said = ", ".join(part for part in (author, source) if part)
    return f"\n<blockquote>\n{text.strip()}\n" + (f"\n— {said}\n" if said else "") + "</blockquote>\n"


def phonetic(page: Page, given: Given, rule: Rule) -> str:
    """Phonetic signs between the brackets that the template puts; `rule.label` holds the pair."""
    words = [word for word in positional(given) if word]
    if not words:
        return ""
    if rule.label == "//":
        skip = ("lang", "pron", "us", "uk", "audio", "local", "also", "UK", "US", "usalso", "-", "uklang", "uslang")
        return f"/{''.join(w.strip() if w != '_' else ' ' for w in words if w not in skip and '.og' not in w)}/"
    text = words[0]
    return text if text[0] in "[/" else f"[{text}]" if rule.label == "[]" else text


def respelling(page: Page, given: Given, rule: Rule) -> str:
    """`{{respell|KAN|zəs}}` → "KAN-zəs" in italics."""
    words = [word for word in positional(given) if word]
    return f"<i>{'-'.join(words)}</i>".replace("-_-", " ") if words else ""


def value(page: Page, given: Given, rule: Rule) -> str:
    """`{{val|1.5|0.2|e=3|u=kg}}` → "1.5±0.2×10³ kg"."""
    words = positional(given)
    if not words:
        return ""
    out = words[0]
    if len(words) > 2 and words[2]:
        out += f"+{words[1]}−{words[2]}"
    elif len(words) > 1 and words[1]:
        out += f"±{words[1]}" if not words[1].startswith("(") else words[1]
    if given.get("e"):
        out += f"×10<sup>{given['e'].replace('-', '−')}</sup>"
    unit = given.get("u") or given.get("ul") or given.get("upl") or given.get("up") or ""
    return f"{out}\xa0{unit}".rstrip("\xa0")


def fraction(page: Page, given: Given, rule: Rule) -> str:
    """`{{frac|3|1|2}}` → "3+1⁄2"."""
    words = [word for word in positional(given) if word]
    if len(words) == 1:
        return f"1⁄{words[0]}"
    if len(words) == 2:
        return f"{words[0]}⁄{words[1]}"
    return f"{words[0]}+{words[1]}⁄{words[2]}" if len(words) == 3 else ""


def chemistry(page: Page, given: Given, rule: Rule) -> str:
    """`{{chem|H|2|O}}`, `{{chem2|H2O}}`: digits are counts."""
    words = positional(given)
    out = ""
    for word in words:
        if re.fullmatch(r"\d+", word) and out:
            out += f"<sub>{word}</sub>"
        elif re.fullmatch(r"\d*[+−-]", word) and out:
            out += f"<sup>{word.replace('-', '−')}</sup>"
        else:
            out += re.sub(r"(?<=[A-Za-z)\]])(\d+)", r"<sub>\1</sub>", word)
    return out


def picture_words(page: Page, given: Given, rule: Rule) -> str:
    """Several pictures under one caption, or a caption each: the words stay."""
    words = [given.get(f"caption{number}", "") for number in range(1, 20)]
    words.append(given.get("caption", "") or given.get("footer", ""))
    figures = ""
    for caption in words:
        if caption.strip():
            html = page.render(caption)
            figures += f"<figure><figcaption>{html}</figcaption></figure>" if html else ""
    return page.set_aside(figures, block=True) if figures else ""


def interlanguage(page: Page, given: Given, rule: Rule) -> str:
    """A link to an article that another language has: here, its words."""
    shown = given.get("lt") or given.get("label") or given.get("1", "")
    return shown.strip()


def table_cell(page: Page, given: Given, rule: Rule) -> str:
    """`| {{yes}}`, `{{n/a}}`, `{{dunno}}`: a coloured cell; its words, or the word it stands for."""
    return next((value for value in positional(given) if value), rule.label)


def chart(page: Page, given: Given, rule: Rule) -> str:
    """`{{bar percent|Name|color|12}}`, `{{legend|#fff|Name}}`: the words and numbers, without colours."""
    words = [word for word in positional(given) if word and not re.fullmatch(r"#[0-9a-fA-F]{3,8}|[a-z]+", word)]
    return "\n\n" + ": ".join(words) + "\n\n" if words else ""


def address(page: Page, given: Given, rule: Rule) -> str:
    """`{{URL|example.org|words}}`: a link; an address without a scheme gets one."""
    words = positional(given)
    target = (given.get("url") or given.get("URL") or (words[0] if words else "")).strip()
    shown = given.get("name") or given.get("text") or (words[1] if len(words) > 1 else "")
    if not target or "[" in target or "\ufdd0" in target or " " in target:
        return target
    full = target if "//" in target else f"http://{target}"
    return f"[{full} {shown or target.removeprefix('https://').removeprefix('http://')}]"


def own_name(page: Page, given: Given, rule: Rule) -> str:
    """`{{3e}}`, `{{XIXe siècle}}`: the words are the template's name."""
    name = given["_name"]
    century = re.fullmatch(r"(?:(?:ier|e) )?([ivx]+)(e|er) siècle( av\. j\.-c\.)?", name)
    if century:
        return f"{century[1].upper()}<sup>{century[2]}</sup> siècle{' av. J.-C.' if century[3] else ''}"
    ordinal = re.fullmatch(r"(\d+)(er|re|e|o|a|d)", name)
    return f"{ordinal[1]}<sup>{ordinal[2]}</sup>" if ordinal else name


def country(page: Page, given: Given, rule: Rule) -> str:
    """`{{USA}}`: a flag and a country; here its English name as a link, or its code in other languages."""
    code = given["_name"]
    name = country_name(code) if page.language.startswith("en") else ""
    return f"[[{name}]]" if name else code.upper()


def ship(page: Page, given: Given, rule: Rule) -> str:
    """`{{USS|Ocean|AB-1}}`: a ship's prefix, its name in italics, its number in the link only."""
    words = positional(given)
    if not words or not words[0]:
        return ""
    prefix = given["_name"].upper()
    number = f" ({words[1]})" if len(words) > 1 and words[1] else ""
    return f"[[{prefix} {words[0]}{number}|{prefix} ''{words[0]}'']]"
