"""A source in LaTeX before it is told: its remarks, its braces, what its commands are (`latex_commands.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib import resources
from typing import Any

OPTION = re.compile(r"\s*\[[^\[\]]{0,2000}\]")
"""What stands in brackets behind a command."""

_REMARK = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*\n?[ \t]*")
_LABEL = re.compile(r"\\(?:label\s*\{[^{}]*\}|nonumber|notag)")


@cache
def latex_table() -> dict[str, Any]:
    """What commands and environments become."""
    text = resources.files("galactica.sources").joinpath("latex_commands.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    for name in ("quiet", "quiet_argument", "maths", "verbatim", "tables", "struck", "runs_on", "gone"):
        table[name] = frozenset(str(table[name]).split())
    return table


def without_remarks(text: str) -> str:
    """A source without what stands behind % to the end of a line; code keeps its own."""
    if "%" not in text:
        return text
    parts = re.split(r"(\\begin\{(?:verbatim|lstlisting|minted|Verbatim)\*?\})", text)
    out = [_REMARK.sub(r"\1", parts[0])]
    for begin, rest in zip(parts[1::2], parts[2::2], strict=True):
        name = begin[7:-1]
        end = rest.find(f"\\end{{{name}}}")
        end = 0 if end < 0 else end
        out.extend((begin, rest[:end], _REMARK.sub(r"\1", rest[end:])))
    return "".join(out)


def maths_html(tex: str) -> str:
    """A formula in TeX as HTML; "" for none."""
    bare = " ".join(_LABEL.sub("", tex).split())
    return f'<math alttext="{escape(bare)}"><mtext>{escape(bare, quote=False)}</mtext></math>' if bare else ""


def matched_braces(text: str) -> dict[int, int]:
    """Where each brace that is closed is closed."""
    found: dict[int, int] = {}
    open_: list[int] = []
    for mark in re.finditer(r"\\.|[{}]", text, re.DOTALL):
        if mark[0] == "{":
            open_.append(mark.start())
        elif mark[0] == "}" and open_:
            found[open_.pop()] = mark.start()
    return found


def behind_groups(text: str, closes: Mapping[int, int], at: int, braces: int) -> int:
    """Behind the options and at most so many groups in braces that come next."""
    while option := OPTION.match(text, at):
        at = option.end()
    for _ in range(braces):
        start = at
        while start < len(text) and text[start] in " \t":
            start += 1
        if text[start : start + 1] != "{" or start not in closes:
            break
        at = closes[start] + 1
        while option := OPTION.match(text, at):
            at = option.end()
    return at
