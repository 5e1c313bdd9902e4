"""Variables and parser functions: `{{PAGENAME}}`, `{{#if:…}}`, `{{lc:…}}`, on a page that stands alone.

Rules: both branches of a condition are already expanded, the sensible one is kept; nothing depends on the clock or
on other pages (`{{CURRENTYEAR}}` and `#invoke` give nothing; `#ifexist` takes the page to exist). Standard:
MediaWiki "Help:Magic words" and the ParserFunctions extension.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from urllib.parse import quote

from galactica.codes.casing import capitals, first_capital, first_small, small
from galactica.refine.wikitext.arithmetic import evaluate, plain_number
from galactica.refine.wikitext.dates import formatted, formatted_time
from galactica.refine.wikitext.extensions import EXTENSIONS, extension
from galactica.refine.wikitext.page import WikiPage
from galactica.values.numerals import all_written, in_digits, without_style
from galactica.values.plurals import plural_form

Parts = list[tuple[str | None, str]]

_CONSTANT = {
    "!": "|", "=": "=", "(": "{", ")": "}", "((": "{{", "))": "}}", "!!": "||", "!-": "|-", "(!": "{|", "!)": "|}",
    "!+": "|+", "pipe": "|", "NAMESPACE": "", "ARTICLESPACE": "", "SUBJECTSPACE": "", "NAMESPACENUMBER": "0",
    "NAMESPACEE": "", "TALKSPACE": "", "SITENAME": "", "SERVER": "", "SERVERNAME": "", "SCRIPTPATH": "", "PAGEID": "",
    "CURRENTYEAR": "", "CURRENTMONTH": "", "CURRENTMONTHNAME": "", "CURRENTMONTH1": "", "CURRENTDAY": "",
    "CURRENTDAY2": "", "CURRENTDAYNAME": "", "CURRENTDOW": "", "CURRENTTIME": "", "CURRENTHOUR": "", "CURRENTWEEK": "",
    "CURRENTTIMESTAMP": "", "LOCALYEAR": "", "LOCALMONTH": "", "LOCALMONTHNAME": "", "LOCALDAY": "", "LOCALDAY2": "",
    "LOCALTIME": "", "REVISIONID": "", "REVISIONDAY": "", "REVISIONMONTH": "", "REVISIONYEAR": "", "REVISIONUSER": "",
    "REVISIONTIMESTAMP": "", "NUMBEROFARTICLES": "", "NUMBEROFPAGES": "", "NUMBEROFUSERS": "", "NUMBEROFFILES": "",
    "NUMBEROFEDITS": "", "NUMBEROFADMINS": "", "NUMBEROFACTIVEUSERS": "", "CURRENTVERSION": "",
    "noexternallanglinks": "", "DISPLAYTITLE": "", "NOTOC": "", "STYLEPATH": "",
    "TALKPAGENAME": "", "TALKPAGENAMEE": "", "!((": "", "DIRMARK": "",
    "DIRECTIONMARK": "", "CASCADINGSOURCES": "",
}  # fmt: skip
_NO_LETTERS = re.compile(r"(</?[a-zA-Z][^<>]*>|&#?\w+;)")
_TITLE = frozenset(
    "PAGENAME FULLPAGENAME SUBJECTPAGENAME ARTICLEPAGENAME PAGENAMEE FULLPAGENAMEE SUBJECTPAGENAMEE".split()
)


def variable(page: WikiPage, name: str) -> str | None:
    """The value of a variable, or None where `name` is not one. Names are case-sensitive."""
    value = _CONSTANT.get(name)
    if value is not None:
        return value
    title = page.title
    if name in _TITLE:
        return title if not name.endswith("EE") else quote(title.replace(" ", "_"))
    if name in ("BASEPAGENAME", "BASEPAGENAMEE"):
        return title.rpartition("/")[0] or title
    if name in ("SUBPAGENAME", "SUBPAGENAMEE"):
        return title.rpartition("/")[2] or title
    if name in ("ROOTPAGENAME", "ROOTPAGENAMEE"):
        return title.partition("/")[0] or title
    if name in ("CONTENTLANGUAGE", "CONTENTLANG", "PAGELANGUAGE"):
        return page.language
    return None


def function(page: WikiPage, head: str, first: str, rest: Parts) -> str | None:
    """The value of `{{head:first|rest…}}`, or None where `head` is no function that is known here."""
    head = head.strip().lower()
    doing = _FUNCTIONS.get(head)
    if doing is not None:
        return doing(page, first.strip(), rest)
    if head in _NOTHING or (head.startswith("#") and head in _NOTHING_HASH):
        return ""
    if head.startswith("#"):
        return page.drop(f"{head}:{first.strip()}"[:60] if head in ("#invoke", "#قلب") else head[:40])
    return None


def _raw(part: tuple[str | None, str]) -> str:
    key, value = part
    return (value if key is None else f"{key}={value}").strip()


def _nth(rest: Parts, number: int) -> str:
    return _raw(rest[number]) if number < len(rest) else ""


def _if(page: WikiPage, first: str, rest: Parts) -> str:
    return _nth(rest, 0 if first else 1)


def _ifeq(page: WikiPage, first: str, rest: Parts) -> str:
    second = _nth(rest, 0)
    one, two = plain_number(first), plain_number(second)
    same = one == two if one is not None and two is not None else first == second
    return _nth(rest, 1 if same else 2)


def _iferror(page: WikiPage, first: str, rest: Parts) -> str:
    if 'class="error"' in first:
        return _nth(rest, 0)
    return _nth(rest, 1) if len(rest) > 1 else first


def _ifexist(page: WikiPage, first: str, rest: Parts) -> str:
    return _nth(rest, 0)


def _expr(page: WikiPage, first: str, rest: Parts) -> str:
    return evaluate(first)


def _ifexpr(page: WikiPage, first: str, rest: Parts) -> str:
    value = evaluate(first)
    return _nth(rest, 0 if value not in ("", "0", "-0") else 1)


def _switch(page: WikiPage, first: str, rest: Parts) -> str:
    """Fall-through cases, `#default`, and a last case without "=" as the default."""
    default, found, default_next = "", False, False
    value = plain_number(first)
    for index, (key, text) in enumerate(rest):
        case = (text if key is None else key).strip()
        number = plain_number(case)
        found = found or case == first or (value is not None and number == value)
        if key is None:
            if index == len(rest) - 1 and not found:
                return case
            default_next = default_next or case == "#default"
        elif found:
            return text.strip()
        elif case == "#default" or default_next:
            default, default_next = text.strip(), False
    return default


def _formatnum(page: WikiPage, first: str, rest: Parts) -> str:
    """A number as the wiki's language writes it; `R` takes that off, `NOSEP` leaves the signs between groups out."""
    options = {_raw(part).upper() for part in rest}
    if "R" in options:
        return without_style(first, page.language)
    return in_digits(first, page.language) if "NOSEP" in options else all_written(first, page.language)


def _formatdate(page: WikiPage, first: str, rest: Parts) -> str:
    return formatted(first, _nth(rest, 0), page.language)


def _pad(left: bool) -> Callable[[WikiPage, str, Parts], str]:
    def pad(page: WikiPage, first: str, rest: Parts) -> str:
        width = plain_number(_nth(rest, 0))
        fill = (_nth(rest, 1) or "0")[0]
        size = min(int(width), 500) if width is not None and width == width and width > 0 else 0
        return first.rjust(size, fill) if left else first.ljust(size, fill)

    return pad


def _titleparts(page: WikiPage, first: str, rest: Parts) -> str:
    pieces = first.split("/")
    count, start = plain_number(_nth(rest, 0)), plain_number(_nth(rest, 1))
    begin = int(start) - 1 if start is not None and 0 < start < 1000 else 0
    end = begin + int(count) if count is not None and 0 < count < 1000 else None
    return "/".join(pieces[begin:end])


def _tag(page: WikiPage, first: str, rest: Parts) -> str:
    name = first.lower()
    if name not in EXTENSIONS:
        return ""
    given = [(key.strip(), value.strip()) for key, value in rest[1:] if key is not None]
    attributes = "".join(f' {key}="{value.replace(chr(34), "")}"' for key, value in given)
    return extension(page, name, attributes, _nth(rest, 0))


def _plural(page: WikiPage, first: str, rest: Parts) -> str:
    stated = {key.strip(): value.strip() for key, value in rest if key is not None}
    if first in stated:
        return stated[first]
    return plural_form(first, [value.strip() for key, value in rest if key is None], page.language)


def _time(page: WikiPage, first: str, rest: Parts) -> str:
    return formatted_time(first, _nth(rest, 0), page.language)


def _cased(change: Callable[[str, str], str]) -> Callable[[WikiPage, str, Parts], str]:
    """A change of letters by the page's language; what was set aside and tags keep theirs."""

    def cased(page: WikiPage, first: str, rest: Parts) -> str:
        if "<" not in first and "&" not in first:
            return change(first, page.language)
        pieces = _NO_LETTERS.split(first)
        if change in (first_capital, first_small):
            start = next((index for index in range(0, len(pieces), 2) if pieces[index]), 0)
            pieces[start] = change(pieces[start], page.language)
        else:
            pieces[::2] = [change(piece, page.language) for piece in pieces[::2]]
        return "".join(pieces)

    return cased


def _same(page: WikiPage, first: str, rest: Parts) -> str:
    return first


_FUNCTIONS: dict[str, Callable[[WikiPage, str, Parts], str]] = {
    "#if": _if, "#ifeq": _ifeq, "#iferror": _iferror, "#ifexist": _ifexist, "#ifexpr": _ifexpr, "#expr": _expr,
    "#switch": _switch, "#titleparts": _titleparts, "#tag": _tag, "#time": _time, "#timel": _time, "#language": _same,
    "formatnum": _formatnum, "#formatdate": _formatdate, "#dateformat": _formatdate, "padleft": _pad(True),
    "padright": _pad(False), "plural": _plural,
    "lc": _cased(small), "uc": _cased(capitals), "lcfirst": _cased(first_small), "ucfirst": _cased(first_capital),
    "urlencode": lambda page, first, rest: quote(first), "nowiki": lambda page, first, rest: escape(first),
    "anchorencode": lambda page, first, rest: first.replace(" ", "_"),
    "pagename": _same, "fullpagename": _same, "subpagename": lambda page, first, rest: first.rpartition("/")[2],
    "grammar": lambda page, first, rest: _nth(rest, 0), "gender": lambda page, first, rest: _nth(rest, 0),
    "bidi": _same,
}  # fmt: skip

# Settings of a page that a reader never sees, in the languages that give them names of their own.
_NOTHING = frozenset(
    """
    defaultsort defaultsortkey defaultcategorysort displaytitle ordena sortierung sortierungsschlüssel cletri clédetri
    clétri clef_de_tri ordenar rpreordenar sorteersleutel domyślnesortuj volgorde ordinapredefinito sortiraj lajittele
    sortera rendezés ключ_сортировки сортировка_по_умолчанию стандардносортирай
    стандардно_подреждане стандартне_сортування
    seřazení zoradenie sărtarea ordonare デフォルトソート 既定のソート 默认排序 預設排序 기본정렬 מיון_רגיל ترتیب_پیش‌فرض
    ترتيب_افتراضي sắp_xếp_mặc_định aaibikarî standaardsortering noexternallanglinks int localurl localurle fullurl
    fullurle canonicalurl filepath ns nse pagesincategory protectionlevel numberingroup talkpagename namespace server
    mostraratitol titelanzeige seitentitel afficher_titre mostrartítulo
    """.split()
)
_NOTHING_HASH = frozenset(
    """
    #default #lst #lsth #section #section-h #babel #coordinates #property #statements #related #assessment #seo
    #categorytree #target #mentor #rel2abs
    """.split()
)
