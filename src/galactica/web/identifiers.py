"""Where an identifier leads, where that is certain and safe: an address is made of checked letters and digits alone."""

from __future__ import annotations

import re
from urllib.parse import quote

from galactica.values.check_digits import is_isbn, is_issn

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
    if scheme == "isbn" and is_isbn(digits := value.replace("-", "")):
        return name, value, f"https://openlibrary.org/isbn/{digits}"
    if scheme == "issn" and _ISSN.fullmatch(value) and is_issn(value.replace("-", "")):
        return name, value, f"https://portal.issn.org/resource/ISSN/{value}"
    return name, value, ""
