"""The macros of mdoc(7), and the blocks that pages of manuals are made of (`MdocLines`). Standard: groff_mdoc(7)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from galactica.sources.roff import RoffFonts, inline_html, plain_text

MAX_LISTS = 20
"""Lists inside each other."""

_MARKS = frozenset(". , : ; ) ] ? ! |".split())
_OPENS = frozenset("( [".split())
_AROUND = {
    **{"Op": ("[", "]"), "Oo": ("[", ""), "Oc": ("]", ""), "Dq": ("“", "”"), "Do": ("“", ""), "Dc": ("”", "")},
    **{"Sq": ("‘", "’"), "So": ("‘", ""), "Sc": ("’", ""), "Ql": ("‘", "’"), "Qq": ('"', '"'), "Pq": ("(", ")")},
    **{"Po": ("(", ""), "Pc": (")", ""), "Bq": ("[", "]"), "Bo": ("[", ""), "Bc": ("]", ""), "Aq": ("⟨", "⟩")},
    **{"Ao": ("⟨", ""), "Ac": ("⟩", ""), "Brq": ("{", "}"), "Bro": ("{", ""), "Brc": ("}", ""), "Eo": ("", "")},
    **{"Qo": ('"', ""), "Qc": ('"', "")},
}
_SET = {
    **dict.fromkeys(("Nm", "Cm", "Ic", "Sy", "Fn", "Fd", "In", "Cd"), "b"),
    **dict.fromkeys(("Ar", "Em", "Pa", "Fa", "Va", "Vt", "Ft", "Ad", "Sx"), "i"),
    **dict.fromkeys(("Li", "Er", "Ev", "Dv", "An", "Lk", "Mt", "Tn", "Ms", "No", "Rs", "St", "Lb"), ""),
}
_SYSTEMS = {
    "Ux": "UNIX",
    "Bx": "BSD",
    "Fx": "FreeBSD",
    "Nx": "NetBSD",
    "Ox": "OpenBSD",
    "Dx": "DragonFly",
    "At": "AT&T UNIX",
}
_IGNORED = frozenset("Dd Os Sm Bk Ek Fo_ Fc_ Rv Ex_ Xo Xc Ns Ap Pf_ Re Ud Bt Lp_ Db Hf ".split())
_CITED = {"%A", "%T", "%B", "%D", "%J", "%N", "%P", "%R", "%V", "%O", "%U", "%I", "%C", "%Q"}


MACROS = frozenset(
    (*_AROUND, *_SET, *_SYSTEMS, *_IGNORED, *_CITED, "Fl", "Xr", "Nd", "Dd", "Os", "Dt", "Sh", "Ss", "Pp")
)
MACROS |= frozenset(("Lp", "Bl", "It", "El", "Bd", "Ed", "Dl", "D1"))
"""What is known of mdoc."""


def mdoc_words(words: list[str]) -> str:
    """Words as text; signs that close a clause stand close."""
    fonts = RoffFonts()
    return _close("".join(f"{inline_html(each, fonts)} " for each in words)).strip()


def _close(text: str) -> str:
    return re.sub(r" (?=[.,:;?!)\]](?: |$))", "", text)


class MdocLines:
    """A page being told: pieces of HTML, the lists that are open.

    Attributes:
        title: of the page; about: what stands in its frame (date, system, manual).
        pieces: of HTML so far; dropped: what was left out; pre: whether lines stay as they are.
    """

    def __init__(self) -> None:
        self.title = ""
        self.about: list[str] = []
        self.pieces: list[str] = []
        self.dropped: Counter[str] = Counter()
        self.pre = False
        self.has_text = False
        self._name = ""
        self._lists: list[str] = []  # how each open list ends, and "dl" for terms of man
        self._kinds: list[str] = []

    def put(self, html: str) -> None:
        """Text that runs on."""
        self.has_text = self.has_text or bool(html.strip())
        self.pieces.append(html)

    def block(self, html: str) -> None:
        """A block by itself."""
        self.has_text = True
        self.pieces.append(html)

    def paragraph(self, *, apart: bool = False) -> None:
        """A paragraph begins; terms end where it stands apart."""
        if apart:
            self._end_terms()
        self.pieces.append("<p>" if not self.pre else "\n")

    def line_break(self) -> None:
        """A line ends."""
        self.pieces.append("\n" if self.pre else "<br>")

    def heading(self, text: str, level: int) -> None:
        """A heading: all lists end."""
        self.close_all()
        self.pieces.append(f"<h{level}>{inline_html(text, RoffFonts())}</h{level}><p>")

    def term(self, html: str) -> None:
        """A term; what comes behind it is said of it."""
        self.code(False)
        if not self._lists or self._lists[-1] != "dl":
            self._lists.append("dl")
            self.pieces.append("<dl>")
        self.has_text = self.has_text or bool(html.strip())
        self.pieces.append(f"<dt>{html}</dt><dd>" if html.strip() else "<dd>")

    def nest(self, deeper: bool) -> None:
        """What comes stands further in, or no more."""
        if deeper and len(self._lists) < MAX_LISTS:
            self._lists.append("div")
            self.pieces.append("<div>")
        elif not deeper and "div" in self._lists:
            while self._lists:
                ended = self._lists.pop()
                self.pieces.append(f"</{ended}>")
                if ended == "div":
                    return

    def code(self, begins: bool) -> None:
        """Lines stay as they are, or no more."""
        if begins != self.pre:
            self.pieces.append("<pre>" if begins else "</pre>")
            self.pre = begins

    def close_all(self) -> None:
        """All that is open ends."""
        self.code(False)
        while self._lists:
            self.pieces.append(f"</{self._lists.pop()}>")
        self._kinds.clear()

    def _end_terms(self) -> None:
        while self._lists and self._lists[-1] == "dl":
            self.pieces.append(f"</{self._lists.pop()}>")

    def mdoc(self, name: str, words: list[str]) -> str:
        """A macro of mdoc: its text as HTML, "" where it is a block."""
        blocks: dict[str, Callable[[list[str]], None]] = {
            "Sh": lambda said: self.heading(plain_text(" ".join(said)), 2),
            "Ss": lambda said: self.heading(plain_text(" ".join(said)), 3),
            "Pp": lambda said: self.paragraph(),
            "Lp": lambda said: self.paragraph(),
            "Bl": self._list,
            "It": self._item,
            "El": lambda said: self._end_list(),
            "Bd": lambda said: self.code("-literal" in said or "-unfilled" in said),
            "Ed": lambda said: self.code(False),
            "Dt": self._titled,
        }
        if name in blocks:
            blocks[name](words)
            return ""
        if name == "Dl" or name == "D1":
            self.block(f"<pre>{self._said(words)}</pre>")
            return ""
        if name in ("Dd", "Os"):
            self.about.extend([plain_text(" ".join(words))] if words and "$" not in words[0] else [])
            return ""
        if name == "Nd":
            return f"— {self._said(words)}"
        if name in _CITED:
            return f"{mdoc_words(words)},"
        return self._said([name, *words])

    def _titled(self, words: list[str]) -> None:
        self.title = f"{plain_text(words[0])}({words[1]})" if len(words) > 1 else plain_text(" ".join(words))

    def _list(self, words: list[str]) -> None:
        if len(self._lists) >= MAX_LISTS:
            self.dropped["roff:too-deep"] += 1
            return
        kind = next((each for each in words if each.startswith("-")), "-bullet")
        out = {"-enum": "ol", "-bullet": "ul", "-dash": "ul", "-hyphen": "ul", "-item": "ul", "-column": "ul"}.get(
            kind, "div"
        )
        self._lists.append(out)
        self._kinds.append(kind)
        self.pieces.append(f"<{out}>")

    def _item(self, words: list[str]) -> None:
        if self._lists and self._lists[-1] in ("ul", "ol"):
            said = self._said([each for each in words if each != "Ta"])
            self.pieces.append(f"<li>{said} ")
            self.has_text = self.has_text or bool(said)
        else:
            self.term(self._said(words))

    def _end_list(self) -> None:
        self._end_terms()
        if self._lists:
            self.pieces.append(f"</{self._lists.pop()}>")
        if self._kinds:
            self._kinds.pop()

    def _said(self, words: list[str]) -> str:
        """Words among which there are macros, as HTML."""
        out: list[str] = []
        closing: list[str] = []
        font, empty, glue, told = "", "", False, -1

        def add(html: str) -> None:
            nonlocal glue
            if out and not glue:
                out.append(" ")
            out.append(html)
            glue = False

        for number, word in enumerate(words):
            if number == told:
                continue
            if word in _MARKS and (out or number):
                out.append(word)
                continue
            if empty and (word in _SET or word in _AROUND or word in ("Fl", "Xr")):
                add(empty)
                empty = ""
            if word in _AROUND:
                add(_AROUND[word][0])
                glue = _AROUND[word][1] != "" or word in ("Oo", "Do", "So", "Po", "Bo", "Ao", "Bro", "Qo")
                closing.append(_AROUND[word][1])
                font = ""
            elif word == "Fl":
                font, empty = "Fl", "<b>-</b>"
            elif word in _SET:
                font = word
                empty = {"Nm": f"<b>{self._name}</b>" if self._name else "", "Ar": "<i>file ...</i>"}.get(word, "")
            elif word == "Xr":
                font = "Xr"
            elif word in _SYSTEMS:
                add(_SYSTEMS[word])
            elif word in ("Ns", "Pf"):
                glue = True
            elif word in _IGNORED or word == "Ta":
                continue
            else:
                html = inline_html(word, RoffFonts())
                if font == "Xr" and number + 1 < len(words) and words[number + 1] not in _MARKS:
                    add(html)
                    out.append(f"({inline_html(words[number + 1], RoffFonts())})")
                    font, told = "", number + 1
                    continue
                if font == "Nm" and not self._name:
                    self._name = html
                out_font = "b" if font == "Fl" else _SET.get(font, "")
                add(f"<{out_font}>{'-' if font == 'Fl' else ''}{html}</{out_font}>" if out_font else html)
                glue = word in _OPENS
                empty = ""
        if empty:
            add(empty)
        out.extend(reversed(closing))
        return "".join(out)
