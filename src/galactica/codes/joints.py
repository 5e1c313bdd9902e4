"""Words that marks hold together, and what they are without them: U.S.A. and USA, e-mail and email, צה"ל and צהל.

Word cutters see "co-operative" as two words and "U.S.A." as three. `joints` finds such words in a text and says what
they are when they are written as one; an index has that besides its parts, a question asks for it besides them or,
where the parts say nothing by themselves (`Joint.whole`), instead of them.

* dots in abbreviations (U.S.A., e.g., Ph.D., Node.js) and between initials (J. R. R.), also with a space: instead
* gershayim within Hebrew, middle dots (col·lecció): instead
* separators of thousands (1,200; 1.200; 1 200; 1’200): instead
* what a sign ends or begins: C++, C#, F#, .NET: instead, as "cplusplus", "csharp", "dotnet"
* hyphens, joiners without width (می‌خواهم), apostrophes (O’Brien, Qur’an), & (R&B): besides

An English possessive is no part of a word: "O’Brien’s" is "obrien".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 40
"""Characters of a word that marks hold together: what is longer is an address or data."""

MOST_PARTS = 6

MOST_KEPT = 30_000
"""Stretches of text whose joints are remembered, some 10 MB: half of those in a text were in one before."""

_LETTER = r"[^\W\d_]"
_JOINT = re.compile(
    rf"""
    (?P<dotted> (?<![^\W_]) {_LETTER}{{1,4}} (?:\.{_LETTER}{{1,4}})+ (?![^\W_]) )
  | (?P<initials> (?<![^\W_]) {_LETTER}\. (?:[ \u00a0]?{_LETTER}\.){{1,5}} )
  | (?P<digits> (?<![^\W_]) \d{{1,3}} (?P<mark>[,.'\u066c\u00a0\u2009\u202f]) \d{{3}} (?:(?P=mark)\d{{3}})*
        (?![^\W_]|[.,]\d) )
  | (?P<hebrew> [\u05d0-\u05ea]+ ["\u201c\u201d] [\u05d0-\u05ea]+ )
  | (?P<middle> {_LETTER}+ (?: [·‧]{_LETTER}+)+ )
  | (?P<sign> (?<![^\W_]) [A-Za-z]{{1,10}} (?:\+\+|\#) (?![^\W\d_]|[+#]) )
  | (?P<dot> (?<![^ \n(]) \.[A-Za-z]{{2,10}} (?![\w.]) )
  | (?P<besides> [^\W_]+ (?: [-'&\u200c][^\W_]+)+ )
    """,
    re.VERBOSE,
)
_POSSESSIVE = re.compile(r"'[sS]\Z")
_MARKS = re.compile(r"[^\w]|_")
_SIGNS = {"++": "plusplus", "#": "sharp"}

_PART = rb"[A-Za-z0-9\x80-\xff]"
_SOUGHT = {
    mark: re.compile(re.escape(mark) + around)
    for mark, around in (
        (b"-", rb"(?=%b)" % _PART),
        (b"'", rb"(?=%b)(?!s(?!%b))" % (_PART, _PART)),
        (b".", rb"(?=%b| [A-Za-z\x80-\xff]{1,2}\.)" % _PART),
        (b",", rb"(?=[0-9])"),
        (b"&", rb"(?=%b)" % _PART),
        (b"++", rb"(?<=[A-Za-z]\+\+)"),
        (b"#", rb"(?<=[A-Za-z]#)"),
        (b'"', rb"(?=\xd7)(?<=[\x80-\xbf].)"),
        *((mark.encode(), rb"(?=%b)" % _PART) for mark in "·‧\u200c\u201c\u201d"),
        *((mark.encode(), rb"(?=[0-9])") for mark in "\u066c\u00a0\u2009\u202f"),
    )
}
"""Mark → where it may stand within a joint. One expression each, because what begins with a letter that is always the
same is looked for at the speed of memory; sets of them take five times as long as all of these."""

_HEBREW = frozenset(mark.encode() for mark in '"\u201c\u201d')

_CLASSES = bytes(
    b"a"[0] if byte >= 128 or chr(byte).isalnum() else b"-"[0] if chr(byte) in "-'.,&+#\"" else b" "[0]
    for byte in range(256)
)
"""Byte of UTF-8 → a: part of a letter, a digit, or beyond ASCII; -: a mark; space: what ends a joint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """A word that marks hold together.

    Attributes:
        start, end: where it stands in the text.
        text: what it is without its marks, in the text's own case.
        whole: whether its parts say nothing by themselves.
    """

    start: int
    end: int
    text: str
    whole: bool


def joints(text: str) -> Iterator[Joint]:
    """The words of a text that marks hold together, in order, as `_JOINT` finds them.

    The expression is only tried where a look over the bytes says that there may be one: a hundredth of the time.
    """
    end = 0
    for window in _windows(text):
        found = _within(window)
        if found:
            at = text.find(window, end)
            for joint in found:
                end = at + joint.end
                yield Joint(start=at + joint.start, end=end, text=joint.text, whole=joint.whole)


def joined_words(text: str) -> list[str]:
    """What the words of a text that marks hold together are without those (`Joint.text`), in order."""
    return [joint.text for window in _windows(text) for joint in _within(window)]


@lru_cache(maxsize=MOST_KEPT)
def _within(window: str) -> tuple[Joint, ...]:
    """The joints of a stretch of text."""
    found = []
    for match in _JOINT.finditer(window):
        kind = match.lastgroup or ""
        text = _joined(match[0], kind)
        if text:
            found.append(Joint(start=match.start(), end=match.end(), text=text, whole=kind != "besides"))
    return tuple(found)


def _windows(text: str) -> Iterator[str]:
    """Stretches of a text without overlap, in order, outside which there are no joints."""
    if text.isalnum():
        return
    raw = text.encode("utf-8", "replace")
    hebrew = b"\xd7" in raw
    sought = (expression for mark, expression in _SOUGHT.items() if mark in raw and (hebrew or mark not in _HEBREW))
    hits = [match.start() for expression in sought for match in expression.finditer(raw)]
    if not hits:
        return
    classes = raw.translate(_CLASSES)
    done = 0
    for hit in sorted(hits):
        if hit < done:
            continue
        start = classes.rfind(b" ", done, hit) + 1 or done
        done = _after(classes, hit)
        while classes.startswith((b"a-", b"aa-"), done + 1):  # initials go on after a space
            done = _after(classes, done + 1)
        yield raw[start:done].decode("utf-8", "replace")


def _after(classes: bytes, at: int) -> int:
    """Where the word at a place ends."""
    found = classes.find(b" ", at)
    return len(classes) if found < 0 else found


def _joined(word: str, kind: str) -> str:
    """A word without its marks; "" where that says nothing new."""
    if len(word) > LONGEST:
        return ""
    if kind == "sign":
        letters = word.rstrip("+#")
        return letters + _SIGNS[word[len(letters) :]]
    if kind == "dot":
        return "dot" + word[1:]
    if kind == "besides":
        word = _POSSESSIVE.sub("", word)
        if word.replace("-", "").isdigit() or len(_MARKS.findall(word)) not in range(1, MOST_PARTS):
            return ""
    return _MARKS.sub("", word)
