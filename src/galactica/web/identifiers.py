"""Where an identifier leads, where that is certain and safe: an address is made of checked letters and digits alone."""

from __future__ import annotations

import re
from urllib.parse import quote

_WIKIDATA = re.compile(r"[QPL][1-9][0-9]{0,11}")
_COMMONS = re.compile(r"M[1-9][0-9]{0,11}")
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[!-~]{1,200}")
_ISSN = re.compile(r"[0-9]{4}-[0-9]{3}[0-9X]")
_NAMES = {
    "wikidata": "Wikidata",
    "commons": "Wikimedia Commons",
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "ark": "ARK",
    "urn": "URN",
}


def identifier(text: str) -> tuple[str, str, str]:
    """(name of the scheme, value, address) of "SCHEME:VALUE"; the address is "" where none is certain.

    Sources: Wikidata's entity pages; DOI handbook §3.8 (doi.org); check digits of ISBN (ISO 2108) and ISSN (ISO 3297).
    """
    scheme, _, value = text.partition(":")
    name = _NAMES.get(scheme, scheme)
    if scheme == "wikidata" and _WIKIDATA.fullmatch(value):
        kinds = {"Q": "", "P": "Property:", "L": "Lexeme:"}
        return name, value, f"https://www.wikidata.org/wiki/{kinds[value[0]]}{value}"
    if scheme == "commons" and _COMMONS.fullmatch(value):
        return name, value, f"https://commons.wikimedia.org/entity/{value}"
    if scheme == "doi" and _DOI.fullmatch(value):
        return name, value, f"https://doi.org/{quote(value, safe='/.:;()-_')}"
    if scheme == "isbn" and (digits := _isbn(value)):
        return name, value, f"https://openlibrary.org/isbn/{digits}"
    if scheme == "issn" and _ISSN.fullmatch(value) and _weighed(value.replace("-", ""), 8):
        return name, value, f"https://portal.issn.org/resource/ISSN/{value}"
    return name, value, ""


def _isbn(value: str) -> str:
    """The digits of a book's number whose check digit is right, else ""."""
    digits = value.replace("-", "")
    if re.fullmatch(r"97[89][0-9]{10}", digits):
        total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
        return "" if total % 10 else digits
    return digits if re.fullmatch(r"[0-9]{9}[0-9X]", digits) and _weighed(digits, 10) else ""


def _weighed(digits: str, first: int) -> bool:
    """Whether the check digit is right where digits weigh `first`, one less, … 1 modulo 11; X is ten."""
    values = (10 if digit == "X" else int(digit) for digit in digits)
    return sum(value * (first - place) for place, value in enumerate(values)) % 11 == 0
