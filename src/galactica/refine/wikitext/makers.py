"""Ways of doing that `templates.toml` calls by name: each turns a template's arguments into wikitext.

What they return is read again as wikitext (links, apostrophes, tags), unless it was set aside. None of them raises on
odd arguments: what cannot be understood comes out as it was given.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from galactica.refine.wikitext.language_names import country_name, language_name
from galactica.refine.wikitext.page import Page

if TYPE_CHECKING:
    from galactica.refine.wikitext.templates import Rule

Given = dict[str, str]

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*\Z")


def positional(given: Given) -> list[str]:
    """The numbered arguments in order, as far as they follow each other; without the space around them."""
    out: list[str] = []
    while str(len(out) + 1) in given and len(out) < 1000:
        out.append(given[str(len(out) + 1)].strip())
    return out


def nothing(page: Page, given: Given, rule: Rule) -> str:
    """Settings and decoration: nothing is lost, so nothing is counted."""
    return ""


def last(page: Page, given: Given, rule: Rule) -> str:
    """The last numbered argument that is not empty: the words of colours, sizes and alignments."""
    return next((value for value in reversed(positional(given)) if value), "")


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
