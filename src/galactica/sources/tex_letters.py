"""Letters and signs as TeX writes them, as Unicode: "M\\"uller" is Müller, "10--12" is 10–12 (`plain_tex`)."""

from __future__ import annotations

import re
import unicodedata

ACCENTS = {
    **{"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307"},
    **{'"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328"},
    **{"b": "\u0331", "t": "\u0361"},
}
"""Accent of TeX → what is put behind a letter in Unicode."""

LETTERS = {
    **{"ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł"},
    **{"L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ"},
    **{"S": "§", "P": "¶", "dag": "†", "ddag": "‡", "copyright": "©", "pounds": "£", "euro": "€", "EUR": "€"},
    **{"textdegree": "°", "degree": "°", "dots": "…", "ldots": "…", "textellipsis": "…", "textendash": "–"},
    **{"textemdash": "—", "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textbar": "|"},
    **{"textless": "<", "textgreater": ">", "textquotesingle": "'", "textbullet": "•", "textregistered": "®"},
    **{"texttrademark": "™", "textmu": "µ", "texteuro": "€", "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX"},
    **{"quad": " ", "qquad": " ", "textquotedblleft": "“", "textquotedblright": "”", "textquoteleft": "‘"},
    **{"textquoteright": "’", "slash": "/", "textunderscore": "_", "lq": "‘", "rq": "’", "textperiodcentered": "·"},
}
"""Command that stands for a sign, without its backslash → the sign."""

ESCAPED = "&%$#_{} -/,;:!@|"
"""Signs that a backslash stands before: themselves, or a space of some width."""

_LIGATURES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("~", "\u00a0"))
_ACCENTED = re.compile(
    r"\\(?:([`'^\"~=.])\s*|([uvHckrdbt])(?![A-Za-z])\s*)(?:\{\s*\\?([A-Za-z])\s*\}|\\([ij])(?![A-Za-z])|([A-Za-z]))"
)
_LETTER = re.compile(r"\\([A-Za-z]+)(?:\{\}|\s+|(?![A-Za-z]))")
_ESCAPE = re.compile(r"\\([&%$#_{}\s,;:!/@|-])")
_COMMAND = re.compile(r"\\[A-Za-z]+\*?\s*")
_MATH = re.compile(r"\$([^$]{1,1000})\$")


def accented(accent: str, letter: str) -> str:
    """A letter with an accent of TeX, in one code point where there is one."""
    return unicodedata.normalize("NFC", letter + ACCENTS.get(accent, ""))


def ligatures(text: str) -> str:
    """Dashes, quotes and ties as Unicode has them."""
    for written, sign in _LIGATURES:
        if written in text:
            text = text.replace(written, sign)
    return text


def plain_tex(text: str) -> str:
    """A stretch of TeX as plain text: letters, signs, formulas without their dollars; other commands go, braces too."""
    if "\\" in text:
        text = _ACCENTED.sub(lambda m: accented(m[1] or m[2], m[3] or m[4] or m[5]), text)
        text = _LETTER.sub(lambda m: LETTERS.get(m[1], m[0]), text)
        text = _ESCAPE.sub(lambda m: "" if m[1] in "/!-" else " " if m[1] in " ,;:\n" else f"\x00{ord(m[1])}\x00", text)
        text = _MATH.sub(lambda m: m[1].replace("\\", "\x01"), text)
        text = _COMMAND.sub("", text).replace("\x01", "\\")
    text = ligatures(text.replace("{", "").replace("}", "").replace("$", ""))
    if "\x00" in text:
        text = re.sub(r"\x00(\d+)\x00", lambda m: chr(int(m[1])), text)
    return " ".join(text.split())
