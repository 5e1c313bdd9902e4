"""Lines of roff as HTML: letters that escapes stand for, fonts, words of a request (`inline_html`, `request_words`).

Source: groff_char(7), groff(7) "Escape short reference", man(7).
"""

from __future__ import annotations

import re
from html import escape, unescape

SIGNS = {
    **{"em": "—", "en": "–", "hy": "-", "bu": "•", "co": "©", "rg": "®", "tm": "™", "lq": "“", "rq": "”", "oq": "‘"},
    **{"cq": "’", "aq": "'", "dq": '"', "Fo": "«", "Fc": "»", "mu": "×", "di": "÷", "+-": "±", "de": "°", "sc": "§"},
    **{"ps": "¶", "dg": "†", "dd": "‡", "ha": "^", "ti": "~", "ga": "`", "rs": "\\", "sl": "/", "ba": "|", "br": "|"},
    **{"<=": "≤", ">=": "≥", "!=": "≠", "->": "→", "<-": "←", "<>": "↔", "==": "≡", "if": "∞", "Eu": "€", "Po": "£"},
    **{"ss": "ß", "AE": "Æ", "ae": "æ", "OE": "Œ", "oe": "œ", "/O": "Ø", "/o": "ø", "oA": "Å", "oa": "å", "mi": "−"},
    **{":a": "ä", ":o": "ö", ":u": "ü", ":A": "Ä", ":O": "Ö", ":U": "Ü", "'e": "é", "`e": "è", "'a": "á", "`a": "à"},
    **{",c": "ç", "~n": "ñ", "^e": "ê", "'i": "í", "'o": "ó", "'u": "ú", "12": "½", "14": "¼", "34": "¾", "S2": "²"},
    **{"S3": "³", "lh": "☜", "rh": "☞", "sq": "□", "la": "⟨", "ra": "⟩", "at": "@", "sh": "#", "Do": "$", "mc": "µ"},
    **{"*a": "α", "*b": "β", "*g": "γ", "*d": "δ", "*p": "π", "*m": "μ", "*s": "σ", "*l": "λ", "*W": "Ω", "*D": "Δ"},
}
"""Name of a sign of two letters → the sign."""

_ESCAPE = re.compile(
    r"\\(?:(?P<font>f(?:\(..|\[[^\]\n]{0,20}\]|.))|(?P<two>\((?P<name>..))|\[(?P<long>[^\]\n]{1,40})\]"
    r"|(?P<string>\*(?:\(..|\[[^\]\n]{0,40}\]|.))"
    r"|(?P<size>s(?:\([+-]?\d\d|[+-]?\(?\d{1,2}|\[[^\]\n]{0,8}\]|'[^'\n]{0,8}'))"
    r"|(?P<argument>[hvwDblLXZRSHNCAoxz]'[^'\n]{0,200}')|(?P<register>n(?:\(..|\[[^\]\n]{0,40}\]|[+-]?.))"
    r"|(?P<colour>[mM](?:\(..|\[[^\]\n]{0,40}\]|.))|(?P<remark>[\"#].*)|(?P<other>.)|$)",
    re.DOTALL,
)
_STRINGS = {"(lq": "“", "(rq": "”", "(Tm": "™", "R": "®", "S": "", "[lq]": "“", "[rq]": "”"}
_OTHERS = {
    **{"-": "-", "e": "\\", "\\": "\\", ".": ".", "'": "´", "`": "`", "t": "\t", "E": "\\"},
    **{" ": "\u00a0", "~": "\u00a0", "0": "\u00a0"},
}
_FONTS = {
    **dict.fromkeys(("B", "3", "BI", "4", "CB"), "b"),
    **dict.fromkeys(("I", "2", "CI"), "i"),
    **dict.fromkeys(("C", "CW", "CR"), "code"),
}
_CODE = re.compile(r"u([0-9A-F]{4,6})(?:_([0-9A-F]{4,6}))?\Z")


class RoffFonts:
    """The font that runs, and the one before it: \\fP goes back to that."""

    def __init__(self) -> None:
        self.now = ""
        self._before = ""

    def change(self, name: str) -> None:
        """Another font, by its name in roff."""
        wanted = self._before if name in ("P", "") else _FONTS.get(name, "")
        self.now, self._before = wanted, self.now


def inline_html(text: str, fonts: RoffFonts) -> str:
    """A stretch of text as HTML; a font that runs on at its end begins again with the next."""
    out: list[str] = [f"<{fonts.now}>"] if fonts.now else []
    at = 0
    while (begin := text.find("\\", at)) >= 0:
        out.append(escape(text[at:begin], quote=False))
        found = _ESCAPE.match(text, begin)
        if found is None:
            break
        at = max(found.end(), begin + 1)
        if found["font"]:
            out.append(f"</{fonts.now}>" if fonts.now else "")
            fonts.change(found["font"][1:].strip("()[]"))
            out.append(f"<{fonts.now}>" if fonts.now else "")
        else:
            out.append(escape(_sign(found), quote=False))
    else:
        out.append(escape(text[at:], quote=False))
    out.append(f"</{fonts.now}>" if fonts.now else "")
    return "".join(out)


def plain_text(text: str) -> str:
    """A stretch of text without fonts."""
    return unescape(re.sub(r"<[^<>]*>", "", inline_html(text, RoffFonts())))


def _sign(found: re.Match[str]) -> str:
    if found["name"]:
        return SIGNS.get(found["name"], found["name"])
    if long := found["long"]:
        if code := _CODE.match(long):
            return "".join(chr(int(each, 16)) for each in code.groups() if each and int(each, 16) < 0x110000)
        return SIGNS.get(long, "")
    if found["string"]:
        return _STRINGS.get(found["string"][1:], "")
    return _OTHERS.get(found["other"] or "", "")


def request_words(text: str) -> list[str]:
    """The words of a request; quotes keep what is between them together."""
    out: list[str] = []
    at, size = 0, len(text)
    while at < size:
        if text[at] in " \t":
            at += 1
            continue
        if text[at] == '"':
            end = at + 1
            piece: list[str] = []
            while end < size:
                if text[end] == '"':
                    if text[end + 1 : end + 2] != '"':
                        break
                    end += 1
                piece.append(text[end])
                end += 1
            out.append("".join(piece))
            at = end + 1
            continue
        end = at
        while end < size and text[end] not in " \t":
            end += 2 if text[end] == "\\" else 1
        out.append(text[at:end])
        at = end
    return out
