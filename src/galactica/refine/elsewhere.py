"""What an article is called in other scripts, by its own page: so that a question in one script finds it in another.

Where a page says it, the strongest source first:
1. links to the same page in other languages: `[[ru:Токио]]` in wikitext (MediaWiki "Help:Interlanguage links": the
   first of each language counts, one with a colon before it is a link like others), the list of languages and
   `<link rel="alternate" hreflang>` of a wiki's HTML page, where the address is that of a title;
2. brackets that stand right behind the article's name where it begins: "Tokyo (東京, Tōkyō; …)", "Peking
   (chinesisch 北京)". Only names that are wholly in another script than the title, with a language before them at
   most; from the first piece on that is prose, nothing is taken.

Names in the script of the title are left out: "Pain" is bread in French, and an article on bread is not called so in
English. A language is not kept with a name: its script says for whom it is. All of it is bounded and linear.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from html import unescape
from urllib.parse import unquote

from galactica.languages import by_language, primary, scripts_in, small_words
from galactica.model import Document, Site

MOST_NAMES = 64
"""Names of one article; those of languages that people ask in here come first. A great city has about 70."""

MOST_LINKS = 2_000
"""Links to other languages of one page that are looked at; there are about 340 Wikipedias."""

HEAD = 20_000
"""Characters of a page in which the first of its links to other languages stands, if it has them in its head."""

LONGEST_NAME = 255
"""Characters of a name; no title of a wiki has more bytes."""

_LINK = re.compile(
    rf"\[\[[ _]*+([A-Za-z][A-Za-z-]{{1,11}})[ _]*+:([^\[\]{{}}<>|\n]{{1,{LONGEST_NAME}}})(?:\|[^\[\]\n]{{0,255}})?\]\]"
)
_HIDING = re.compile(r"<!--|<(nowiki|pre|source|syntaxhighlight|math)\b[^<>]{0,200}(?<!/)>", re.IGNORECASE)

_LISTED = re.compile(r"<link\b([^<>]{0,3000})>|<li\b([^<>]{0,600})>\s{0,20}<a\b([^<>]{0,3000})>")
_ATTRIBUTE = re.compile(r"\b(href|hreflang|lang|data-title|rel)\s{0,9}=\s{0,9}(?:\"([^\"]{1,2000})\"|'([^']{1,2000})')")
_ADDRESS = re.compile(r"(?:https?:)?//([a-z][a-z-]{1,11})\.[a-z.-]{3,60}/wiki/([^?#]{1,2000})\Z")

LOOKED_AT = 6_000
"""Characters of a text in which its article's beginning is looked for: an infobox may stand before it."""

BEFORE, INSIDE, LONGEST_LED, MOST_LED = 120, 400, 60, 8
"""Characters before the bracket, in it, of a name in it; names of one bracket."""

_DISAMBIGUATED = re.compile(r"\s*[(（][^()（）]*[)）]\s*\Z")
_JOINED = frozenset(("zh", "ja"))
"""Scripts in which the parts of a name are parted for the eye only."""

_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+|(?<=[аеиоуыэюяіїєАЕИОУЫЭЮЯІЇЄ])\u0301")
"""Signs that say nothing of how a name is written: of direction and width, and the stress of a Cyrillic word."""

_CYRILLIC = "[А-ЯЁІЇЄҐ][а-яёіїєґ’'-]+"
_WITH_PATRONYMIC = re.compile(rf"({_CYRILLIC}) [А-ЯЁІЇЄҐ][а-яёіїєґ’]+(?:ич|вна|чна) ({_CYRILLIC})")
_SPOKEN = re.compile(r"\[[^\[\]]{0,100}\]|/[^/]{1,60}/|[^\s,;()]{0,60}[\u02c8\u02cc\u02d0][^\s,;()]{0,60}")
"""How a name is said, by its brackets or its marks of stress and length."""

_APART = re.compile(r"[,;，；،؛、|]|\s[—–/-]\s")
_READING = re.compile(r"\s+[\"“‘'][^\"”’]{1,60}[\"”’']?\Z")
_QUOTES = " \t\xa0\"'“”„«»‘’*_[]"
_DEPTH = {"(": 1, "（": 1, ")": -1, "）": -1}
_JOINS = frozenset("of de the von van zu al ibn bin di da del".split())
"""Small words inside names of persons."""

_IN = frozenset("in en em auf på i w v na на în به по".split())
"""Words before a language that say that a name is of it ("en russe"); others tell where a word is from ("from")."""


def names_elsewhere(document: Document, title: str, text: str, language: str) -> tuple[str, ...]:
    """The names in other scripts than its title's that a page gives its article, each once, at most `MOST_NAMES`.

    Args:
        title: of the article.
        text: projection of its body.
        language: its tag.
    """
    own = scripts_in(_DISAMBIGUATED.sub("", title))
    given = [name for name in _linked(document, language) if scripts_in(name) - own]
    several = [form for name in (*given, *_led(text, title, own, language)) for form in _forms(name)]
    return tuple(dict.fromkeys(several))[:MOST_NAMES]


def _forms(name: str) -> Iterator[str]:
    """A name, and that of a person as it is said: "Толстой, Лев Николаевич" is Лев Николаевич Толстой, Лев Толстой;
    "黒澤 明" is 黒澤明."""
    yield name
    if " " in name and scripts_in(name) <= _JOINED:
        yield name.replace(" ", "")
    last, comma, first = name.partition(", ")
    said = f"{first} {last}" if comma else name
    if person := _WITH_PATRONYMIC.fullmatch(said):
        yield said
        yield f"{person[1]} {person[2]}"


def _linked(document: Document, language: str) -> list[str]:
    """The titles of the same page in other languages, those of languages that people ask in first."""
    if document.markup == "wikitext":
        pairs = _of_wikitext(document.content, document.site, language)
    elif document.markup in ("html", "webpage"):
        pairs = _of_html(document.content)
    else:
        return []
    first: dict[str, str] = {}
    for code, name in pairs:
        first.setdefault(code, name)
        if len(first) >= MOST_LINKS:
            break
    asked = _asked()
    return [first[code] for code in sorted(first, key=lambda code: code.partition("-")[0] not in asked)]


@cache
def _asked() -> frozenset[str]:
    return frozenset(by_language("asking"))


def _of_wikitext(content: str, site: Site | None, language: str) -> Iterator[tuple[str, str]]:
    """(code of the other wiki, title there), in the page's order."""
    from galactica.refine.wikitext.names import ARTICLE, LANGUAGE, names_of  # here, because it loads the converter

    names = names_of(site, language)
    hidden: list[tuple[int, int]] | None = None
    for match in _LINK.finditer(content):
        code = match[1].lower()
        if names.split(f"{code}:")[0] != LANGUAGE:
            continue
        name = _plain(unescape(match[2]))
        if not name or "#" in name or names.split(name)[0] != ARTICLE:
            continue
        if hidden is None:
            hidden = list(_hidden(content))
        before = bisect_left(hidden, (match.start(), 0)) - 1
        if before < 0 or hidden[before][1] < match.start():
            yield code, name


def _hidden(content: str) -> Iterator[tuple[int, int]]:
    """(start, end) of comments and of text that is no markup; what is not closed hides nothing."""
    at, unclosed = 0, set[str]()
    while match := _HIDING.search(content, at):
        closing = f"</{match[1].lower()}" if match[1] else "-->"
        at = match.end()
        if closing in unclosed:
            continue
        end = content.find(closing, at)
        if end < 0:
            unclosed.add(closing)
            continue
        yield match.start(), end
        at = end


def _of_html(content: str) -> Iterator[tuple[str, str]]:
    if "interwiki-" not in content and "hreflang" not in content[:HEAD]:
        return
    from galactica.refine.wikitext.names import ARTICLE, names_of  # here, because it loads the converter

    names = names_of(None)
    for match in _LISTED.finditer(content):
        link, item, inside = match.groups("")
        if ("hreflang" not in link) if link else ("interwiki-" not in item):
            continue
        given = {key: unescape(a or b) for key, a, b in _ATTRIBUTE.findall(link or inside)}
        if link and "alternate" not in given.get("rel", "").split():
            continue
        address = _ADDRESS.match(given.get("href", ""))
        if address is None:
            continue
        name = _plain(given.get("data-title") or unquote(address[2]))
        if 0 < len(name) <= LONGEST_NAME and names.split(name)[0] == ARTICLE:
            yield address[1], name


def _plain(name: str) -> str:
    return " ".join(_UNSEEN.sub("", name).replace("_", " ").split())


def _led(text: str, title: str, own: frozenset[str], language: str) -> list[str]:
    """The names in the brackets behind an article's name where it begins."""
    name = _DISAMBIGUATED.sub("", title).casefold().strip()
    if not own:
        return []  # of a title without letters any prose is in another script
    head, at = text[:LOOKED_AT], -1
    if "（" in head:
        head = head.replace("（", "(").replace("）", ")")
    while (at := head.find("(", at + 1)) >= 0:
        start = head.rfind("\n", 0, at) + 1
        if at - start <= BEFORE and _is_name(head[start:at], name):
            inside = text[at : at + INSIDE].partition("\n")[0]
            return list(_bracketed(_SPOKEN.sub(" ", inside), own, language))
        at = head.find("\n", at)
        if at < 0:
            break
    return []


def _is_name(before: str, name: str) -> bool:
    """Whether what stands before a bracket is the article's name, or a longer form of it: "Ashoka Maurya", "Archimedes
    of Syracuse", "Lev Nikolayevich Tolstoy" of Leo Tolstoy."""
    before = before.strip(_QUOTES)
    if before.casefold() == name:
        return True
    words, last = before.split(), name.split()[-1:]
    if not 0 < len(words) <= 6 or not all((word[0].isupper() or word in _JOINS) and word.isalpha() for word in words):
        return False
    return before.casefold().startswith(f"{name} ") or (" " in name and [words[-1].casefold()] == last)


def _bracketed(inside: str, own: frozenset[str], language: str) -> Iterator[str]:
    """The names in a bracket that begins at the first character of `inside`; none of one that is not closed."""
    depth = found = 0
    end = next((at for at, sign in enumerate(inside) if not (depth := depth + _DEPTH.get(sign, 0))), 0)
    if not end:
        return
    for piece in _APART.split(inside[1:end]):
        label, name = _parted(piece.strip(_QUOTES), own)
        if label and not _is_label(label, language):
            return
        if name and found < MOST_LED:
            found += 1
            yield name


def _parted(piece: str, own: frozenset[str]) -> tuple[str, str]:
    """(words before a name, the name), of a piece that may hold one; the name is "" where there is none."""
    piece = _READING.sub("", _plain(piece))
    scripts = scripts_in(piece)
    if not scripts or scripts <= own:
        return "", ""  # a reading, dates: neither a name nor prose that leads to one
    at = next(place for place, sign in enumerate(piece) if scripts_in(sign) - own)
    label, name = piece[:at].strip(_QUOTES), piece[at:]
    name = name[name.rfind(":") + 1 :].strip(_QUOTES)  # a label in the name's own script
    whole = 2 <= len(name) <= LONGEST_LED and not scripts_in(name) & own and not any(map(str.isdigit, name))
    return label or ("" if whole else piece), name if whole and not set(name) & set("=()（）<>[]") else ""


def _is_label(label: str, language: str) -> bool:
    """Whether what stands before a name says no more than its language: "Chinese:", "яп.", "en russe :"."""
    colon = label[-1] in ":："
    from galactica.refine.wikitext.language_names import every_language_name  # as above

    words = label.rstrip(":： \xa0").casefold().split()
    if not words or len(words) > 3:
        return not words
    if words[-1] in every_language_name():
        small = small_words(primary(language))
        return all(word in _IN or word not in small for word in words[:-1])
    return len(words) == 1 and (colon or words[0].endswith("."))
