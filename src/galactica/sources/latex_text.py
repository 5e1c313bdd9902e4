"""The text of a source in LaTeX as HTML (`TexText`): gone through once, with all braces matched before."""

from __future__ import annotations

import re
from collections import Counter
from html import escape

from galactica.sources.latex_source import OPTION, behind_groups, latex_table, matched_braces, maths_html
from galactica.sources.tex_letters import ACCENTS, LETTERS, accented, ligatures

MAX_INSIDE = 60
"""Arguments inside each other that are told apart; of what is deeper the text runs on."""

MAX_ARGUMENT = 200_000
"""Characters of a formula or table that are looked at for its end."""

_NEXT = re.compile(r"[\\$~{}]|\n[ \t]*\n\s*|&")
_COMMAND = re.compile(r"\\([A-Za-z@]+)(\*?)[ \t]*\n?[ \t]*|\\(.)", re.DOTALL)
_NAME = re.compile(r"\s*\{([A-Za-z@]{1,40})(\*?)\}")
_ROW = re.compile(r"\\\\(?:\s*\[[^\]\n]{0,40}\])?|\\tabularnewline")
_RULES = re.compile(
    r"\\(?:hline|toprule|midrule|bottomrule|endhead|endfirsthead|endfoot|endlastfoot)\b|\\c(?:line|midrule)(?:\([^)\n]*\))?\s*\{[^{}\n]*\}"
)
_SPAN = re.compile(r"\s*\\multicolumn\s*\{(\d{1,3})\}\s*\{[^{}]*\}")


class TexText:
    """A stretch of a source.

    Attributes:
        dropped: what was left out; has_text: whether anything is said.
    """

    def __init__(self, text: str, inside: int = 0) -> None:
        self.dropped: Counter[str] = Counter()
        self.has_text = False
        self._text = text
        self._inside = inside
        self._closes = matched_braces(text)
        self._missing: set[str] = set()  # ends that do not come any more
        self._notes: list[str] = []
        self._open: list[str] = []
        self._top = 2 if "\\chapter" in text or "\\part" in text else 1

    def argument_of(self, command: str) -> str:
        """What stands in the braces of the first such command; "" where there is none."""
        found = re.search(rf"\\{command}\b\s*(?:\[[^\[\]]{{0,500}}\])?\s*\{{", self._text)
        end = self._closes.get(found.end() - 1, -1) if found else -1
        return self._text[found.end() : end] if found and end >= 0 else ""

    def html(self) -> str:
        """All of it as HTML."""
        out = ["<p>", self._told(0, len(self._text), 0)]
        while self._open:
            out.append(f"</{self._open.pop()}>")
        return "".join((*out, *self._notes))

    def _told(self, at: int, end: int, depth: int) -> str:
        out: list[str] = []
        text = self._text
        while found := _NEXT.search(text, at, end):
            out.append(self._plain(text[at : found.start()]))
            sign = found[0]
            at = found.end()
            if sign[0] == "\n":
                out.append("<p>")
            elif sign == "~":
                out.append("\u00a0")
            elif sign == "&":
                out.append("\t")
            elif sign == "$":
                display = text[at : at + 1] == "$"
                html, at = self._formula(at + display, "$$" if display else "$", end)
                out.append(html)
            elif sign == "\\":
                html, at = self._command(found.start(), end, depth)
                out.append(html)
        out.append(self._plain(text[at:end]))
        return "".join(out)

    def _plain(self, text: str) -> str:
        if text and not text.isspace():
            self.has_text = True
        return escape(ligatures(text), quote=False)

    def _command(self, at: int, end: int, depth: int) -> tuple[str, int]:
        found = _COMMAND.match(self._text, at, end)
        if found is None:
            return "", at + 1
        name, after = found[1] or "", found.end()
        if sign := found[3]:
            return self._sign(sign, after, end)
        table = latex_table()
        if name == "begin":
            return self._begin(after, end, depth)
        if name == "end":
            named = _NAME.match(self._text, after)
            return (self._ended(named[1]) if named else ""), named.end() if named else after
        if name in ACCENTS:
            inner, after = self._argument(after, end, depth)
            return accented(name, inner[:1]) + inner[1:], after
        if name in LETTERS:
            self.has_text = True
            return escape(LETTERS[name], quote=False), after
        if name == "verb":
            stop = self._text.find(self._text[after : after + 1], after + 1, after + 1_000)
            return (
                (f"<code>{escape(self._text[after + 1 : stop], quote=False)}</code>", stop + 1)
                if stop > 0
                else ("", after)
            )
        if name in table["headings"]:
            title, after = self._argument(after, end, depth)
            level = min(6, max(2, table["headings"][name] + self._top))
            return f"<h{level}>{title}</h{level}><p>", after
        if name == "item":
            return self._item(after, end, depth)
        if name in table["quiet"]:
            return (" " if name in ("newline", "linebreak", "hfill") else ""), self._passed(after, 0)
        if name in table["quiet_argument"]:
            return "", self._passed(after, 3)
        return self._told_command(name, after, end, depth)

    def _told_command(self, name: str, after: int, end: int, depth: int) -> tuple[str, int]:
        """A command that says something."""
        table = latex_table()
        if name in ("newcommand", "renewcommand", "providecommand", "def", "DeclareMathOperator", "newenvironment"):
            self.dropped["latex:macro"] += 1
            return "", self._passed(re.compile(r"\s*\\?[A-Za-z@]*(?:#\d)*").match(self._text, after).end(), 3)  # type: ignore[union-attr]
        if name in ("input", "include", "bibliography", "includegraphics"):
            self.dropped[f"latex:{'picture' if name == 'includegraphics' else 'file'}"] += 1
            return "", self._passed(after, 1)
        if name in table["struck"]:
            self.dropped["struck"] += 1
            return "", self._passed(after, 1)
        inner, after = self._argument(after, end, depth)
        if name in ("footnote", "footnotetext", "thanks", "endnote"):
            number = len(self._notes) + 1
            self._notes.append(f'<aside id="note-{number}" role="doc-footnote"><p>{inner}</p></aside>')
            return f'<sup role="doc-noteref"><a href="#note-{number}">{number}</a></sup>', after
        if name in ("href", "texorpdfstring", "textcolor", "colorbox", "multirow", "fcolorbox"):
            more, after = self._argument(after, end, depth)
            if name == "multirow":
                more, after = self._argument(after, end, depth)
            return (
                f'<a href="{inner}">{more}</a>' if name == "href" else inner if name == "texorpdfstring" else more
            ), after
        if name == "url":
            return f'<a href="{inner}">{inner}</a>', after
        if name in ("ref", "eqref", "autoref", "cref", "Cref", "pageref", "nameref", "vref"):
            self.dropped["latex:reference"] += 1
            return f"[{inner}]", after
        if name.lower().startswith("cite") or name in ("textcite", "parencite", "footcite", "autocite"):
            return f"[{inner}]", after
        if name == "bibitem":
            return f"<p>[{inner}] ", after
        if name == "caption":
            return f"<p>{inner}<p>", after
        if name in ("SI", "qty"):
            unit, after = self._argument(after, end, depth)
            return f"{inner} {unit}", after
        if name == "ensuremath":
            return inner, after
        out = table["tags"].get(name)
        if out is None:
            self.dropped["latex:command"] += name not in table["runs_on"]
            return f"{inner} " if inner and not inner.endswith(" ") and name not in table["runs_on"] else inner, after
        return f"<{out}>{inner}</{out}>", after

    def _sign(self, sign: str, at: int, end: int) -> tuple[str, int]:
        if sign == "\\":
            option = OPTION.match(self._text, at)
            return "<br>", option.end() if option else at
        if sign in "([":
            return self._formula(at, "\\)" if sign == "(" else "\\]", end)
        if sign in ACCENTS and sign not in "=.":
            found = re.compile(r"\s*(?:\{\s*\\?([A-Za-z])\s*\}|\\([ij])(?![A-Za-z])|([A-Za-z]))").match(self._text, at)
            if found:
                self.has_text = True
                return accented(sign, found[1] or found[2] or found[3]), found.end()
        if sign in "/-!":
            return "", at
        return (" " if sign in " ,;:\n" else escape(sign, quote=False)), at

    def _formula(self, at: int, stop: str, end: int) -> tuple[str, int]:
        """A formula up to its end, which is no further than `MAX_ARGUMENT`; a sign that nothing ends is itself."""
        found = -1 if stop in self._missing else self._text.find(stop, at, min(end, at + MAX_ARGUMENT))
        while found > 0 and stop[0] == "$" and self._text[found - 1] == "\\":
            found = self._text.find(stop, found + 1, min(end, at + MAX_ARGUMENT))
        if found < 0:
            self._missing.add(stop)
            return stop if stop[0] == "$" else "", at
        html = maths_html(self._text[at:found])
        self.has_text = self.has_text or bool(html)
        return (f"<p>{html}<p>" if stop in ("$$", "\\]") else html), found + len(stop)

    def _begin(self, at: int, end: int, depth: int) -> tuple[str, int]:
        named = _NAME.match(self._text, at)
        if named is None:
            return "", at
        table, name, at = latex_table(), named[1], named.end()
        whole = name in table["maths"] or name in table["verbatim"] or name in table["tables"]
        whole = whole or name in table["gone"]
        if whole:
            stop = f"\\end{{{name}{named[2]}}}"
            found = -1 if stop in self._missing else self._text.find(stop, at, end)
            if found < 0:
                self._missing.add(stop)
                return "", at
            inside = self._text[at:found]
            if name in table["gone"]:
                self.dropped["latex:picture" if "picture" in name else "latex:comment"] += 1
                return "", found + len(stop)
            self.has_text = True
            if name in table["verbatim"]:
                option = OPTION.match(inside)
                code = inside[option.end() :] if option and name != "verbatim" else inside
                return f"<pre>{escape(code.strip(chr(10)), quote=False)}</pre>", found + len(stop)
            if name in table["maths"]:
                starred = (
                    f"\\begin{{{name}*}}{inside}\\end{{{name}*}}"
                    if name not in ("equation", "displaymath", "math")
                    else inside
                )
                return f"<p>{maths_html(starred)}<p>", found + len(stop)
            return self._rows(inside, name), found + len(stop)
        at = self._passed(at, table["arguments"].get(name, 0))
        out = table["environments"].get(name)
        if out is None:
            self.dropped["latex:environment"] += 1
            return "<p>", at
        if out:
            self._open.append(out)
        return f"<{out}>" if out else "<p>", at

    def _ended(self, name: str) -> str:
        out = latex_table()["environments"].get(name, "")
        if not out or out not in self._open[-20:]:
            return "<p>"
        closed = ""
        while self._open:
            last = self._open.pop()
            closed += f"</{last}>"
            if last == out:
                break
        return closed

    def _passed(self, at: int, braces: int) -> int:
        return behind_groups(self._text, self._closes, at, braces)

    def _item(self, at: int, end: int, depth: int) -> tuple[str, int]:
        option = OPTION.match(self._text, at)
        term = ""
        if option:
            start = self._text.index("[", at) + 1
            term, at = self._told(start, option.end() - 1, depth + 1) if depth < MAX_INSIDE else "", option.end()
        if self._open and self._open[-1] == "dl":
            return f"<dt>{term}</dt><dd>", at
        return f"<li>{term} " if term else "<li>", at

    def _rows(self, inside: str, name: str) -> str:
        """A table: its rows are parted by two backslashes, its cells by &."""
        if self._inside > 3:
            return ""
        start = re.compile(r"\s*(?:\[[^\]]{0,40}\])?").match(inside).end()  # type: ignore[union-attr]
        for _ in range(2 if name in ("tabularx", "tabular*", "tabulary") else 1):
            group = re.compile(r"\s*\{").match(inside, start)
            close = matched_braces(inside[start : start + 2_000]).get(group.end() - 1 - start, -1) if group else -1
            start = start + close + 1 if close >= 0 else start
        rows = []
        for row in _ROW.split(_RULES.sub("", inside[start:])):
            if not row.strip():
                continue
            cells = []
            for cell in re.split(r"(?<!\\)&", row):
                span = _SPAN.match(cell)
                inner = TexText(cell[span.end() :] if span else cell, self._inside + 1)
                inner._notes = self._notes
                told = inner._told(0, len(inner._text), 1)
                self.dropped.update(inner.dropped)
                cells.append(f'<td colspan="{span[1]}">{told}</td>' if span else f"<td>{told}</td>")
            rows.append(f"<tr>{''.join(cells)}</tr>")
        return f"<table><tbody>{''.join(rows)}</tbody></table>"

    def _argument(self, at: int, end: int, depth: int) -> tuple[str, int]:
        """What stands in the braces that come next, told; options before them are passed over."""
        while option := OPTION.match(self._text, at, end):
            at = option.end()
        start = at
        while start < end and self._text[start] in " \t\n":
            start += 1
        if start >= end or self._text[start] != "{" or start not in self._closes:
            return "", at
        close = min(self._closes[start], end)
        if depth >= MAX_INSIDE:
            self.dropped["latex:too-deep"] += 1
            return self._plain(self._text[start + 1 : close].replace("{", "").replace("}", "")), close + 1
        return self._told(start + 1, close, depth + 1), close + 1
