"""In which language is a wiki? By its code, as Wikimedia's wikis are called; BCP 47 for all but a few of them."""

from __future__ import annotations

from galactica.languages import tag

_TAGS = {
    "als": "gsw", "be-x-old": "be-tarask", "cbk-zam": "cbk", "eml": "egl", "map-bms": "jv-x-bms", "mo": "ro-Cyrl-MD",
    "no": "nb", "nrm": "nrf", "roa-tara": "nap-x-tara",
}  # fmt: skip
"""Codes that are the tag of another language, or of none. Source: https://meta.wikimedia.org/wiki/Special_language_codes,
read 2024; tags from the IANA subtag registry."""


def wiki_language(code: str) -> str:
    """The BCP 47 tag of a wiki's code: "zh-classical" → "lzh"; "und" where it is none ("commons").

    Args:
        code: the first part of its address, or what its site information says.
    """
    code = code.strip().replace("_", "-")
    return _TAGS.get(code.lower()) or tag(code) or "und"
