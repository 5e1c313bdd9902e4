"""Sources in LaTeX (.tex, .ltx): one article each; sections, text, lists, tables, code, notes, formulas as TeX.

Commands that only lay out are passed over; those that are not known keep the text in their braces and are counted, like
files that are put in, references to numbers that only TeX reckons (their label is shown), and macros that a source
defines itself, which are not run. Comments go. Standard: LaTeX 2e; commands by `latex_commands.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from galactica.model import Document, Rejected
from galactica.sources import leaf
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.latex_source import without_remarks
from galactica.sources.latex_text import TexText
from galactica.sources.leaf import Leaf, file_format, title_line
from galactica.sources.paths import stem
from galactica.sources.tex_letters import plain_tex
from galactica.sources.trees import TreeFile, rejected

_BEGINS = re.compile(r"\\(?:documentclass|documentstyle|begin\{document\}|section\*?\{|chapter\*?\{|usepackage|input)")
_AND = re.compile(r"\\and\b|\\\\|\n\s*\n")
_NOT_NAMES = re.compile(r"\\(?:thanks|footnote|inst|affil|email|orcidlink)\s*(?:\{[^{}]*\})?|\$[^$]*\$")


def recognise(name: str, head: bytes) -> int:
    """90 for what begins as a source of LaTeX does, 50 for text of such a name with a backslash in it."""
    start = leaf.text_head(head)
    named = leaf.suffix_of(name) in LEAF.suffixes
    if start.startswith(("\\documentclass", "\\documentstyle")):
        return 92
    if named and start:
        return 90 if _BEGINS.search(start) else 50
    return 0


def read_latex(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the article."""
    text = leaf.decoded(entry, key)
    if isinstance(text, Rejected):
        yield text
        return
    text = without_remarks(text)
    begun = text.find("\\begin{document}")
    ended = text.find("\\end{document}", max(begun, 0))
    front = text[: begun if begun >= 0 else 0]
    body = text[begun + len("\\begin{document}") if begun >= 0 else 0 : ended if ended >= 0 else len(text)]
    telling = TexText(body)
    content = telling.html()
    about = TexText(front)
    title = about.argument_of("title") or telling.argument_of("title")
    names = about.argument_of("author") or telling.argument_of("author")
    people = (title_line(plain_tex(_NOT_NAMES.sub("", each))) for each in _AND.split(names)) if names else ()
    if not telling.has_text:
        yield rejected(key, entry.path, "empty", "a source of TeX without text")
        return
    yield Document(
        source=key,
        path=entry.path,
        title=title_line(plain_tex(title)) or stem(entry.path),
        markup="html",
        content=content,
        creators=tuple(dict.fromkeys(each for each in people if each)),
        dropped=tuple(sorted((rule, count) for rule, count in telling.dropped.items() if count)),
    )


LEAF = Leaf(name="latex", suffixes=(".tex", ".ltx", ".latex"), recognise=recognise, read=read_latex, whole=True)
FORMAT = file_format(LEAF)
