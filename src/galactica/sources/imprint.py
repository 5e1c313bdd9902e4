"""What books and documents say of themselves, in the many ways it is written: dates, numbers, licences, descriptions.

Rules: a date is told as far as it is certain (EDTF level 1: a day, a month, a year), and not at all where it could mean
two; an identifier gets a scheme only where its form or its own words say which. Standards: ISO 8601-1 and -2; ISBN (ISO
2108), check digits and all; the names of OPF's schemes (ONIX code list 5).
"""

from __future__ import annotations

import html
import re
from calendar import monthrange

from galactica.sources.zim_page import spdx
from galactica.values.check_digits import long_isbn

MAX_DESCRIPTION = 4_000
"""Characters of a description; longer ones are cut at a word."""

_DAY = re.compile(r"\s*([+-]?\d{4,6})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?([?~%]?)(?:[T ].{0,40})?\s*\Z", re.DOTALL)
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:\d{6}|T\d{2,6}Z?)?\s*\Z")
_YEAR = re.compile(r"(?<![0-9.,-])(1[0-9]{3}|20[0-9]{2})(?![0-9]|[,.-][0-9])")
_NOT_DIGITS = re.compile(r"[\s\u2010-\u2015-]+")
_UUID = re.compile(r"(?:urn:)?(?:uuid:)?\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?", re.I)
_DOI = re.compile(r"(?:doi:|info:doi/|urn:doi:|https?://(?:dx\.)?doi\.org/)?\s*(10\.\d{4,9}(?:\.\d+)*/\S{1,200})", re.I)
_URN_ISBN = re.compile(r"(?:urn:)?e?isbn(?:-?1[03])?[:\s]\s*(.{9,25})", re.I | re.DOTALL)
_SCHEME = re.compile(r"[a-z][a-z0-9]{0,29}")
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")
_BLOCK = re.compile(r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|blockquote)\b[^<>]{0,2000}>", re.I)


def edtf(written: str) -> str:
    """A date of EDTF level 1; "" where none is certain.

    Example:
        >>> edtf("2012-01-18T12:47:00Z"), edtf("c1999, by the author"), edtf("2001-13-01"), edtf("0101-01-01")
        ('2012-01-18', '1999', '2001', '')
    """
    text = written.strip()[:200]
    found = _DAY.match(text) or _COMPACT.match(text)
    if found is None:
        years = set(_YEAR.findall(text))
        return years.pop() if len(years) == 1 else ""
    groups = (*found.groups(), "")
    year, month, day, doubt = int(found[1]), int(groups[1] or 0), int(groups[2] or 0), groups[3] or ""
    if year in (0, 1, 101) or abs(year) > 9999:  # what programs write for "not known"
        return ""
    told = f"{'-' if year < 0 else ''}{abs(year):04}"
    if 1 <= month <= 12:
        told += f"-{month:02}"
        if 1 <= day <= monthrange(max(year, 1) if year > 0 else 4, month)[1]:
            told += f"-{day:02}"
    return told + (doubt if doubt in ("?", "~", "%") else "")


def isbn(written: str) -> str:
    """The thirteen digits of a book's number, whichever way it is written; "" where its check digit is wrong."""
    return long_isbn(_NOT_DIGITS.sub("", written).upper())


def identifier_told(written: str, scheme: str = "") -> str:
    """ "scheme:value" of an identifier as it is written; "" where its scheme cannot be told.

    Args:
        scheme: what the document calls it ("ISBN", "15", "uuid"), or "".
    """
    text = _SPACE.sub(" ", written).strip()[:400]
    scheme = scheme.strip().rpartition(":")[2].lower()
    said = _URN_ISBN.fullmatch(text)
    if number := isbn(said[1] if said else text):
        if said or len(_NOT_DIGITS.sub("", text)) == 13 or scheme in ("isbn", "15", "02", "eisbn"):
            return f"isbn:{number}"
    elif said or scheme in ("isbn", "15"):
        value = _NOT_DIGITS.sub("", said[1] if said else text)
        return f"isbn:{value}" if value[:9].isdigit() else ""
    if found := _UUID.fullmatch(text):
        return f"uuid:{found[1].lower()}"
    if found := _DOI.fullmatch(text):
        return f"doi:{found[1]}"
    if text.lower().startswith("urn:") and " " not in text:
        return f"urn:{text[4:]}"
    if " " in text or not text or text.lower().startswith(("http:", "https:")):
        return ""
    own, colon, value = text.partition(":")
    if colon and value and _SCHEME.fullmatch(own.lower()) and scheme in ("", own.lower()):
        return f"{own.lower()}:{value}"
    return f"{scheme}:{text}" if _SCHEME.fullmatch(scheme) and scheme not in ("uri", "url", "unknown") else ""


def licence_told(written: str) -> str:
    """An SPDX identifier where one fits, else the words, at most 300 characters of them."""
    return spdx(plain_description(written))


def plain_description(written: str, most: int = MAX_DESCRIPTION) -> str:
    """Text that may hold tags, escaped or not, as plain text; cut at a word."""
    text = written[: 4 * most]
    if "&lt;" in text or "&amp;" in text:
        text = html.unescape(text)
    text = html.unescape(_TAG.sub("", _BLOCK.sub(" ", text)))
    text = _SPACE.sub(" ", text).strip()
    return text if len(text) <= most else text[:most].rpartition(" ")[0] + " …"
