"""What a licence asks of whoever passes the text on: in a sentence each, as far as its SPDX identifier says it.

It is no legal advice: what the law says of models that were trained on a text differs from country to country, and is
not said here. Passing on means a copy of the text: an export, a sample, an output that repeats it.
"""

from __future__ import annotations

import re

ATTRIBUTION = (
    "Name the source, the authors it names, the licence and, where there is one, the address, and say that the text "
    "was changed."
)
SHARE_ALIKE = "Pass the text, and what is adapted from it, on under the same licence or one it names as compatible."
NO_COMMERCE = "Do not use it for commercial advantage."
NO_CHANGES = "Do not pass on changed versions; plain text made of the articles is a change of their form."
FREE = "It asks nothing; naming the source is a courtesy."
NOTICE = "Keep the copyright notice and the text of the licence with every copy."
COPYLEFT = "Keep notices and the text of the licence, and pass changed versions on under the same licence."
UNKNOWN = "Nothing is stated: take it that all rights are reserved, and ask before any of it is passed on."
OTHER = "Read its text: this program knows no summary of it."

_FREE = re.compile(r"cc0-|pddl-|public[ -]?domain|unlicense$|cc-pddc|0bsd", re.IGNORECASE)
_CREATIVE = re.compile(r"cc-by(?P<more>(?:-(?:nc|nd|sa))*)-[0-9]", re.IGNORECASE)
_NOTICE = re.compile(r"(?:mit|apache|bsd|isc|zlib|psf|python|odc-by|ogl-uk|etalab)\b", re.IGNORECASE)
_COPYLEFT = re.compile(r"(?:gfdl|gpl|lgpl|agpl|mpl|odbl|fdl)\b", re.IGNORECASE)


def duties(licence: str) -> tuple[str, ...]:
    """What a licence asks, a sentence each.

    Args:
        licence: SPDX identifier, or the source's own words; "" where none is known.
    """
    if not licence:
        return (UNKNOWN,)
    if _FREE.match(licence):
        return (FREE,)
    if found := _CREATIVE.match(licence):
        more = found["more"].lower().split("-")
        return (
            ATTRIBUTION,
            *([SHARE_ALIKE] if "sa" in more else []),
            *([NO_COMMERCE] if "nc" in more else []),
            *([NO_CHANGES] if "nd" in more else []),
        )
    if _NOTICE.match(licence):
        return (NOTICE,)
    if _COPYLEFT.match(licence):
        return (COPYLEFT,)
    return (OTHER,)
