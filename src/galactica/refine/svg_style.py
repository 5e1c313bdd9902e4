"""Style in pictures: which properties, functions and addresses may stand in it, so that it can load nothing.

Standard: SVG 2 (W3C Candidate Recommendation), appendix N lists properties; CSS Syntax Module Level 3.
"""

from __future__ import annotations

import re

MAX_VALUE = 16 * 2**20
"""Characters of one value: no more than a whole picture has bytes."""

PRESENTATION = frozenset(
    "alignment-baseline baseline-shift clip-path clip-rule color color-interpolation color-interpolation-filters "
    "color-rendering direction display dominant-baseline fill fill-opacity fill-rule filter flood-color flood-opacity "
    "font font-family font-feature-settings font-kerning font-size font-size-adjust font-stretch font-style "
    "font-variant font-weight glyph-orientation-horizontal glyph-orientation-vertical image-rendering kerning "
    "letter-spacing lighting-color line-height marker marker-end marker-mid marker-start mask mask-type "
    "mix-blend-mode opacity overflow paint-order isolation shape-rendering stop-color stop-opacity stroke "
    "stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width "
    "text-align text-anchor text-decoration text-indent text-rendering text-transform transform-origin "
    "unicode-bidi vector-effect visibility white-space word-spacing writing-mode "
    "font-variant-caps font-variant-ligatures font-variant-numeric font-variation-settings".split()
)
"""Properties, also as attributes of their own."""

_FUNCTION = re.compile(r"([a-zA-Z-]{1,30})\s*\(")
_LOCAL = re.compile(r"url\(\s*[\"']?#[^\"'()\s\\<>]{1,200}[\"']?\s*\)", re.IGNORECASE)
_FUNCTIONS = frozenset(
    "rgb rgba hsl hsla hwb lab lch oklab oklch color matrix matrix3d translate translatex translatey scale scalex "
    "scaley rotate skewx skewy calc min max clamp blur brightness contrast grayscale saturate sepia invert opacity "
    "hue-rotate drop-shadow polygon circle ellipse inset var".split()
)
_SELECTOR = re.compile(r"[\w\s.#:,>*+~()\[\]=\"'|^$-]{1,1000}\Z")


def safe_value(value: str) -> bool:
    """Whether the value of an attribute or a declaration of style can load nothing: every address in it is "#id"."""
    if "\\" in value or "<" in value or "\0" in value or len(value) > MAX_VALUE:
        return False
    if "(" not in value and ":" not in value:
        return True
    rest = _LOCAL.sub(" ", value)
    return ":" not in rest and all(name.lower() in _FUNCTIONS for name in _FUNCTION.findall(rest))


def _uncommented(style: str) -> str:
    """Without comments; one that never ends takes the rest with it."""
    kept, at = [], 0
    while (start := style.find("/*", at)) >= 0:
        kept.append(style[at:start])
        end = style.find("*/", start + 2)
        if end < 0:
            return " ".join(kept)
        at = end + 2
    return " ".join((*kept, style[at:]))


def declarations_of(style: str) -> str:
    """The declarations of a style that are on the list, in one form."""
    kept = []
    for declaration in _uncommented(style).split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip().lower(), " ".join(value.split())
        if name in PRESENTATION and value and "@" not in value and not set(value) & set("{}<>&") and safe_value(value):
            kept.append(f"{name}:{value}")
    return ";".join(kept)


def rules_of(sheet: str) -> str:
    """The rules of a style sheet that hold anything of the list; at-rules go, with all that is in them."""
    kept: list[str] = []
    sheet = _uncommented(sheet).replace("<!--", " ").replace("-->", " ")
    at, depth, start = 0, 0, 0
    for mark in re.finditer(r"[{};]", sheet):
        sign = mark[0]
        if sign == "{":
            depth += 1
            if depth == 1:
                start = mark.end()
        elif sign == "}":
            depth = max(0, depth - 1)
            if depth == 0:
                selector, inner = sheet[at : max(at, start - 1)].strip(), sheet[start : mark.start()]
                at = mark.end()
                if _SELECTOR.match(selector) and "{" not in inner and (found := declarations_of(inner)):
                    kept.append(f"{' '.join(selector.split())}{{{found}}}")
        elif depth == 0:  # the end of an at-rule without a block
            at = mark.end()
    return "".join(kept)
