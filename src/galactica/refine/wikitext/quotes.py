"""Apostrophes: '' is italic, ''' is bold, ''''' is both, on one line; what does not pair up is settled by rule.

Standard: MediaWiki's Parser::doQuotes. Four apostrophes are one and a bold mark, more than five are text and five;
where a line has an odd number of both kinds, one bold mark is read as an apostrophe and an italic mark: first
choice after a single-letter word, then after a longer word, then after a space.
"""

from __future__ import annotations

import re

_RUN = re.compile(r"''+")


def quotes(text: str) -> str:
    """`text` (one or more lines) with its apostrophes turned into <i> and <b>."""
    if "''" not in text:
        return text
    if "\n" in text:
        return "\n".join([_line(line) if "''" in line else line for line in text.split("\n")])
    return _line(text)


def _line(line: str) -> str:
    pieces = _RUN.split(line)
    runs = [len(run) for run in _RUN.findall(line)]
    bold = italic = 0
    for index, length in enumerate(runs):
        if length == 4 or length > 5:
            pieces[index] += "'" * (length - (3 if length == 4 else 5))
            length = runs[index] = 3 if length == 4 else 5
        bold += length != 2
        italic += length != 3
    if bold % 2 and italic % 2:
        _unbold(pieces, runs)
    return _marked(pieces, runs)


def _unbold(pieces: list[str], runs: list[int]) -> None:
    """One bold mark becomes an apostrophe and an italic mark."""
    letter = word = space = -1
    for index, length in enumerate(runs):
        if length != 3:
            continue
        before = pieces[index]
        if before.endswith(" "):
            space = index if space < 0 else space
        elif before[-2:-1] == " ":
            letter = index
            break
        elif word < 0:
            word = index
    chosen = letter if letter >= 0 else word if word >= 0 else space
    if chosen >= 0:
        runs[chosen] = 2
        pieces[chosen] += "'"


def _marked(pieces: list[str], runs: list[int]) -> str:
    """Marks to tags; `state` is what is open, outermost first, "?" where five marks may go either way."""
    out = [pieces[0]]
    state, waiting = "", -1
    for index, length in enumerate(runs):
        if length == 2:
            tag, state = _ITALIC[state]
        elif length == 3:
            tag, state = _BOLD[state]
        elif state == "?":
            tag, state = "</i></b>", ""
            out[waiting] = "<b><i>"
        elif state == "":
            tag, state, waiting = "", "?", len(out)
        else:
            tag, state = _BOTH[state]
        if waiting >= 0 and len(out) > waiting and state not in ("?",) and out[waiting] == "":
            # The five marks are settled by what came after them.
            out[waiting] = "<b><i>" if tag.startswith("</i>") else "<i><b>"
        out.append(tag)
        out.append(pieces[index + 1])
    if state == "?":
        out[waiting] = "<b><i>"
        out.append("</i></b>")
    else:
        out.append({"": "", "i": "</i>", "b": "</b>", "ib": "</b></i>", "bi": "</i></b>"}[state])
    return "".join(out)


_ITALIC = {
    "": ("<i>", "i"), "i": ("</i>", ""), "b": ("<i>", "bi"), "bi": ("</i>", "b"), "ib": ("</b></i><b>", "b"),
    "?": ("</i>", "b"),
}  # fmt: skip
_BOLD = {
    "": ("<b>", "b"), "b": ("</b>", ""), "i": ("<b>", "ib"), "ib": ("</b>", "i"), "bi": ("</i></b><i>", "i"),
    "?": ("</b>", "i"),
}  # fmt: skip
_BOTH = {"i": ("</i><b>", "b"), "b": ("</b><i>", "i"), "ib": ("</b></i>", ""), "bi": ("</i></b>", "")}
