"""What an office file says of itself: title, creators, dates, language, keywords.

Titles that programs write by themselves are none ("Microsoft Word - draft2.doc", "Presentation 1"), nor are names of
users nobody chose ("Administrator"), nor the dates that programs put into every new file. Standards: ECMA-376-2 §11
(core properties, of Dublin Core), OpenDocument 1.3 part 3 §4.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from galactica.languages import tag
from galactica.sources import leaf
from galactica.sources.office.faults import PartError
from galactica.sources.office.package import OfficePackage
from galactica.sources.office.xmltree import text_of
from galactica.sources.paths import stem

MOST = 50
"""Creators and keywords of one file, at most."""

MAX_DESCRIPTION = 2_000
"""Characters of a description."""

_NO_TITLE = re.compile(
    r"(?:microsoft (?:office )?(?:word|excel|powerpoint)\b.*"
    r"|(?:power ?point )?(?:presentation|pr[äe]sentation)(?: ?\d+)?|powerpoint[- ]pr[äeé]sentation"
    r"|pr[ée]sentation powerpoint|presentaci[óo]n de powerpoint"
    r"|(?:document|dokument|documento|untitled|unbenannt|sans titre|title|titel|slide|folie|diapositive|workbook|mappe"
    r"|classeur|book|doc|file|template|no title|none|null|normal)[ _-]?\d*"
    r"|\W*|.*\.(?:docx?|rtf|odt|pptx?|odp|xlsx?|ods|dotx?|wpd))",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    r"(?:administrator|admin|user|users?\d*|owner|author|unknown|default|guest|test|pc|asus|dell|hp|lenovo|acer|toshiba"
    r"|microsoft(?: office)?(?: user)?|windows user|openpyxl|python-docx|apache poi|\W*)",
    re.IGNORECASE,
)
_NO_DATES = frozenset(
    {
        *("1996-10-14T23:33:28Z", "1996-12-17T01:32:42Z", "2006-09-13T11:12:02Z", "2006-09-13T11:21:51Z"),
        *("2006-09-16T00:00:00Z", "2006-09-28T05:33:49Z", "2015-06-05T18:17:20Z", "2015-06-05T18:19:34Z"),
        *("2013-12-23T23:15:00Z", "2013-01-27T09:14:16Z", "2006-08-16T00:00:00Z", "1601-01-01T00:00:00Z"),
    }
)
"""Dates of creation that stand in what programs and libraries begin a new file with."""

_DATE = re.compile(r"((?:19[789]|20\d)\d)(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?=T|$)")
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?Z\Z")
"""A time in UTC. OpenDocument writes the time of a place that it does not name: of that the day is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What is said of a file; "" and () where nothing is.

    Attributes:
        title: never "" once `titled` has been asked.
        creators: names.
        published: the day it was made, as EDTF.
        modified: ISO 8601 time in UTC, or a day.
        language: BCP 47 tag.
        keywords: in order, without repeats.
        description: a sentence or a paragraph.
        publisher: who published it.
    """

    title: str = ""
    creators: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    language: str = ""
    keywords: tuple[str, ...] = ()
    description: str = ""
    publisher: str = ""


def described(
    *,
    title: str = "",
    creators: Iterable[str] = (),
    created: str = "",
    modified: str = "",
    language: str = "",
    keywords: Iterable[str] = (),
    description: str = "",
    publisher: str = "",
) -> Described:
    """What a file says, without what says nothing."""
    title = leaf.title_line(title)
    persons = (leaf.title_line(each) for name in creators for each in name.split(";"))
    words = (leaf.title_line(each) for word in keywords for each in re.split(r"[,;]", word))
    created = created.strip()
    modified = "" if modified.strip() in _NO_DATES else modified
    changed = _TIME.match(modified.strip())
    return Described(
        title="" if _NO_TITLE.fullmatch(title) else title,
        creators=tuple(dict.fromkeys(name for name in persons if name and not _NO_PERSON.fullmatch(name)))[:MOST],
        published="" if created in _NO_DATES else day(created),
        modified=f"{changed[1]}Z" if changed and day(modified.strip()) else day(modified.strip()),
        language=_language(language),
        keywords=tuple(dict.fromkeys(word for word in words if word))[:MOST],
        description=" ".join(description[: 2 * MAX_DESCRIPTION].split())[:MAX_DESCRIPTION],
        publisher=leaf.title_line(publisher),
    )


def titled(about: Described, path: str, title: str = "", heading: str = "") -> str:
    """The title of a file: what its text shows as its title, else what the file says, else its first heading or its
    name."""
    return leaf.title_line(title) or about.title or leaf.title_line(heading) or stem(path) or "document"


def of_package(
    package: OfficePackage, path: str, title: str = "", heading: str = "", *, language: str = ""
) -> Described:
    """What an OPC package says of itself, with a title; `language` where it does not say that.

    Args:
        title: what its text shows as its title.
        heading: its first heading.
    """
    name = next((each.target for each in package.relations("").values() if each.kind == "core-properties"), "")
    root = None
    for each in dict.fromkeys((name, "docProps/core.xml")):
        if root is None and package.find(each):
            with contextlib.suppress(PartError):
                root = package.xml(each)
    about = core(root)
    return replace(about, title=titled(about, path, title, heading), language=about.language or _language(language))


def core(root: Element | None) -> Described:
    """What `docProps/core.xml` says."""
    if root is None:
        return Described()
    found = {each.tag: text_of(each) for each in root}
    return described(
        title=found.get("dc:title", ""),
        creators=[found.get("dc:creator", "")],
        created=found.get("dcterms:created", ""),
        modified=found.get("dcterms:modified", ""),
        language=found.get("dc:language", ""),
        keywords=[found.get("cp:keywords", ""), found.get("cp:category", "")],
        description=found.get("dc:description", "") or found.get("dc:subject", ""),
        publisher=found.get("dc:publisher", ""),
    )


def opendocument(root: Element | None) -> Described:
    """What `office:meta` of an OpenDocument file says."""
    if root is None:
        return Described()
    found: dict[str, list[str]] = {}
    for each in root.iter():
        if each.text and each.tag != "office:meta":
            found.setdefault(each.tag, []).append(each.text)

    def one(*names: str) -> str:
        return next((found[name][0] for name in names if name in found), "")

    return described(
        title=one("dc:title"),
        creators=[one("meta:initial-creator", "dc:creator")],
        created=one("meta:creation-date"),
        modified=one("dc:date"),
        language=one("dc:language"),
        keywords=found.get("meta:keyword", []),
        description=one("dc:description", "dc:subject"),
        publisher=one("dc:publisher"),
    )


def day(written: str) -> str:
    """A date as EDTF level 1, of a time its day; "" for what is none."""
    match = _DATE.match(written)
    return "-".join(part for part in match.groups() if part) if match else ""


def _language(written: str) -> str:
    found = tag(written.strip()) if written.strip() else ""
    return "" if found in ("und", "zxx", "x-none") else found
