"""What a PDF says of itself: title, people, date, licence, language, identifiers, out of XMP and its information
dictionary; XMP first, because it is the newer of the two (ISO 32000-2, 14.3.3).

Programs write their own words where nobody wrote a title or a name ("Microsoft Word - x.doc", "user"); those are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from galactica.languages import tag
from galactica.sources.imprint import isbn
from galactica.sources.leaf import title_line
from galactica.sources.pdf.page import PdfFacts
from galactica.sources.pdf.xmp import Values, values_of
from galactica.sources.zim_page import spdx
from galactica.values.check_digits import is_issn
from galactica.values.moments import iso_day

_DC = "{http://purl.org/dc/elements/1.1/}"
_PRISM = tuple(f"{{http://prismstandard.org/namespaces/basic/{version}/}}" for version in ("3.0", "2.1", "2.0", "1.2"))
_RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
_CC = "{http://creativecommons.org/ns#}"
_PDFX = "{http://ns.adobe.com/pdfx/1.3/}"

_NO_TITLE = re.compile(
    r"microsoft (?:word|powerpoint|excel|office)\b.*|(?:untitled|unbenannt|sans titre|sin título|document|dokument|"
    r"title|print|powerpoint[- ]presentation|presentation|slide|slide title|layout|page|scan|scanned document|template|"
    r"default|none|null|test|book|"
    r"\(anonymous\)|anonymous|unknown|unspecified)[\s_-]*\d*"
    r"|.{0,200}\.(?:docx?|od[tspg]|rtf|txt|md|csv|pages|numbers|key|tex|dvi|ps|eps|indd|qxd|qxp|pmd|fm|pptx?|xlsx?|pdf|html?|wpd|cdr|ai|psd|jpe?g|png|"
    r"tiff?)"
    r"|[\W\d_]*|[\x00-\x7f]{0,2}|[0-9a-f]{16,}|https?://\S*|[a-z]:[\\/].*|(?:img|scan|doc|dsc|kmbt)[_-]?[\w-]*\d{3,}[\w-]*",
    re.I | re.S,
)
_NO_NAME = re.compile(
    r"(?:user|users?\d*|admin|administrator|root|owner|author|unknown|anonymous|\(anonymous\)|default|guest|test|none|null|"
    r"microsoft office user|windows user|office|dell|hp|lenovo|acer|pc|toshiba|asus|utilisateur|usuario|benutzer|"
    r"system|scanner|it|www-data|unspecified|[\W\d_]*|.)|\S+\.(?:docx?|pdf)",
    re.I,
)
_PDF_DATE = re.compile(r"\s*(?:D:)?(\d{4})(?:(\d\d)(?:(\d\d))?)?")
_ISO_DATE = re.compile(r"\s*(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>]+)")
_ISBN = re.compile(r"\b(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]\b")
_LICENCE = re.compile(r"creativecommons\.org|\bCC[- ]?(?:BY|0)\b|\blicen[cs]e|public domain", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a file says of itself, each empty where it does not."""

    title: str = ""
    creators: tuple[str, ...] = ()
    publisher: str = ""
    published: str = ""
    language: str = ""
    licence: str = ""
    description: str = ""
    identifiers: tuple[str, ...] = ()


def facts_of(said: PdfFacts) -> Facts:
    """What is to be believed of it."""
    info = dict(said.info)
    xmp = values_of(said.xmp)
    titles = (*xmp.get(f"{_DC}title", ()), info.get("Title", ""))
    names = xmp.get(f"{_DC}creator", ()) or (info.get("Author", ""),)
    language = said.language or next(iter(xmp.get(f"{_DC}language", ())), "")
    return Facts(
        title=next((good for title in titles if (good := good_title(title))), ""),
        creators=_names(names) or _names((info.get("Author", ""),)),
        publisher=title_line(next(iter(xmp.get(f"{_DC}publisher", ())), "")),
        published=_published(xmp, info),
        language=_language(language),
        licence=_licence(xmp),
        description=title_line(next(iter(xmp.get(f"{_DC}description", ())), "") or info.get("Subject", "")),
        identifiers=_identifiers(xmp, info),
    )


def good_title(title: str) -> str:
    """A title without white space around; "" where it is none that a person wrote."""
    line = title_line(re.sub(r"[\x00-\x1f\x7f-\x9f\ufffd]", " ", title))
    if _NO_TITLE.fullmatch(line) or not re.search(r"[^\W\d_]{2}|[\u2e80-\uffdf]", line):
        return ""
    return line


def _names(written: tuple[str, ...]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for value in written:
        value = re.sub(r"\s*[<(]?\S{1,80}@\S{1,80}[>)]?", "", value)
        for part in re.split(r"\s*[;\n]\s*|\s+(?:and|und|et|&)\s+", value):
            pieces = re.split(r"\s*,\s*", part)
            several = len(pieces) > 1 and all(len(piece.split()) > 1 for piece in pieces)
            for name in pieces if several else [part]:
                line = title_line(name).strip(" ,")
                if line and not _NO_NAME.fullmatch(line) and "\ufffd" not in line:
                    found[line[:200]] = None
    return tuple(found)[:100]


def _published(xmp: Values, info: dict[str, str]) -> str:
    stated = [value for name in _PRISM for value in xmp.get(f"{name}publicationDate", ())]
    stated += [*xmp.get(f"{_DC}date", ()), *xmp.get("{http://ns.adobe.com/xap/1.0/}CreateDate", ())]
    for value in stated:
        if found := _date(_ISO_DATE.match(value)):
            return found
    return _date(_PDF_DATE.match(info.get("CreationDate", "")))


def _date(found: re.Match[str] | None) -> str:
    """A date in EDTF; "" where it cannot be one of a publication."""
    if found is None:
        return ""
    year, month, day = found[1], found[2] or "", found[3] or ""
    if not "1400" <= year <= "2100" or year in ("1601", "1899", "1900", "1904", "1970", "1980"):
        return ""  # what clocks say that were never set
    if not "01" <= month <= "12":
        return year
    return iso_day(f"{year}-{month}-{day or 0}") or f"{year}-{month}"


def _language(written: str) -> str:
    known = tag(written.replace("_", "-").strip()[:35]) if written.strip() else "und"
    return "" if known == "und" or written.strip().lower() in ("x-unknown", "x-default") else known


def _licence(xmp: Values) -> str:
    for name in (f"{_CC}license", f"{_CC}licence", f"{_RIGHTS}WebStatement", f"{_RIGHTS}UsageTerms", f"{_DC}rights"):
        for value in xmp.get(name, ()):
            if name.startswith(_CC) or _LICENCE.search(value):
                return spdx(value)
    return ""


def _identifiers(xmp: Values, info: dict[str, str]) -> tuple[str, ...]:
    found: set[str] = set()
    own = [f"{_DC}identifier", "{http://crossref.org/crossmark/1.0/}DOI", f"{_PDFX}doi", f"{_PDFX}DOI"]
    for name in [*own, *(f"{each}doi" for each in _PRISM)]:
        for value in xmp.get(name, ()):
            if doi := _DOI.search(value):
                found.add(f"doi:{doi[1].rstrip('.,;)').lower()}")
            elif "isbn" in value.lower() and (written := _ISBN.search(value)) and (number := isbn(written[0])):
                found.add(f"isbn:{number}")
    for value in (value for each in _PRISM for value in xmp.get(f"{each}isbn", ())):
        if number := isbn(value):
            found.add(f"isbn:{number}")
    for value in (value for each in _PRISM for name in ("issn", "eIssn") for value in xmp.get(f"{each}{name}", ())):
        bare = re.sub(r"[^0-9Xx]", "", value).upper()
        if is_issn(bare):
            found.add(f"issn:{bare[:4]}-{bare[4:]}")
    for value in (info.get("Subject", ""), info.get("Keywords", "")):
        if value.lower().startswith(("doi:", "https://doi.org/")) and (doi := _DOI.search(value)):
            found.add(f"doi:{doi[1].rstrip('.,;)').lower()}")
    return tuple(sorted(found))
