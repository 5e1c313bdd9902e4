"""Which licence an address means: Creative Commons and the public domain by SPDX identifier.

Source: creativecommons.org/licenses; SPDX licence list 3.
"""

from __future__ import annotations

import re

_DEED = re.compile(
    r"(?:https?:)?//(?:www\.)?creativecommons\.org/(?:(?:licenses/(by(?:-nc)?(?:-nd|-sa)?)/([1-4]\.[05])(?:/([a-z]{2,3}))?)"
    r"|(publicdomain/zero)/1\.0|(publicdomain/mark)/1\.0)(?:[/?#].*)?",
    re.IGNORECASE,
)
_PORTED = {
    "3.0": frozenset({"at", "au", "de", "igo", "nl", "us"}),
    "2.0": frozenset({"uk"}),
    "2.5": frozenset({"au"}),
    "2.1": frozenset({"jp"}),
}
"""Countries whose own versions SPDX has identifiers for; others go by the version that they were made of."""

_OTHERS = (
    ("www.gnu.org/licenses/fdl-1.3", "GFDL-1.3-or-later"),
    ("www.gnu.org/copyleft/fdl", "GFDL-1.3-or-later"),
    ("www.apache.org/licenses/license-2.0", "Apache-2.0"),
    ("opensource.org/licenses/mit", "MIT"),
    ("www.nationalarchives.gov.uk/doc/open-government-licence/version/3", "OGL-UK-3.0"),
    ("www.etalab.gouv.fr/licence-ouverte", "etalab-2.0"),
)


def licence_meant(address: str) -> str:
    """The licence that an address means; an address that is not known here stands for itself, what is none is ""."""
    deed = _DEED.fullmatch(address)
    if deed:
        if deed[4]:
            return "CC0-1.0"
        if deed[5]:
            return "PDM-1.0"
        country = (deed[3] or "").lower()
        ported = f"-{country.upper()}" if country in _PORTED.get(deed[2], ()) and deed[1].lower() == "by" else ""
        return f"CC-{deed[1].upper()}-{deed[2]}{ported}"
    bare = address.partition("://")[2].lower()
    for start, name in _OTHERS:
        if bare.startswith(start):
            return name
    return address if address.startswith(("http://", "https://")) and " " not in address else ""
