"""Small HTML for atlas articles: a lead, headings, tables, lists, and links that are relative to the page."""

from __future__ import annotations

import html
import posixpath
from collections.abc import Sequence
from urllib.parse import quote

from galactica.model import Document
from galactica.sources.starter.atlas.tables import BilingualName, names_by_key, rows
from galactica.sources.starter.atlas.wording import TAGS, Language, year

VALUE_HEAD = BilingualName(en="Fact|Value|Year", zh="项目|数值|年份")
CLAIM_HEAD = BilingualName(en="Value|Year|Source", zh="数值|年份|来源")

Line = tuple[str, str, str]
"""Three cells of a table, the first its head."""


def escape(text: str) -> str:
    """Text made safe for HTML."""
    return html.escape(text, quote=False)


def place_path(path: str, language: Language) -> str:
    """Where an article lies: English ones at their path, Chinese ones below "zh/"."""
    return f"zh/{path}" if language == "zh" else path


class AtlasPage:
    """An article that is being written; `path` is the English one, from which the Chinese one follows."""

    def __init__(self, source: str, path: str, title: str, language: Language) -> None:
        self.source, self.path, self.title, self.language = source, path, title, language
        self._parts: list[str] = []
        self._publishers: list[str] = []

    def say(self, en: str, zh: str) -> str:
        """The text in the page's language."""
        return zh if self.language == "zh" else en

    def link(self, path: str, label: str, language: Language | None = None) -> str:
        """A link to another article of the source, in the page's language unless another is asked for."""
        here = posixpath.dirname(place_path(self.path, self.language))
        there = place_path(path, language or self.language)
        return f'<a href="{quote(posixpath.relpath(there, here or "."))}">{escape(label)}</a>'

    def paragraph(self, content: str) -> None:
        """A paragraph of HTML."""
        self._parts.append(f"<p>{content}</p>")

    def heading(self, en: str, zh: str) -> None:
        """A heading of the second level."""
        self._parts.append(f"<h2>{escape(self.say(en, zh))}</h2>")

    def table(self, head: str, lines: Sequence[Sequence[str]], *, row_heads: bool = True) -> None:
        """A table; `head` is plain text with "|" between the cells, cells are HTML. Nothing where there is no line."""
        if not lines:
            return
        out = ["<tr>", *(f"<th>{escape(cell)}</th>" for cell in head.split("|")), "</tr>"]
        for line in lines:
            first = "th" if row_heads else "td"
            cells = "".join(f"<td>{cell}</td>" for cell in line[1:])
            out.append(f"<tr><{first}>{line[0]}</{first}>{cells}</tr>")
        self._parts.append(f"<table>{''.join(out)}</table>")

    def items(self, items: Sequence[str]) -> None:
        """A list; items are HTML."""
        self._parts.append("<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>")

    def cite(self, *publishers: str) -> None:
        """Name publishers in the list of sources; once each, in the order of first use."""
        self._publishers += [key for key in publishers if key and key not in self._publishers]

    def publisher(self, key: str) -> str:
        """A publisher's name as plain HTML, cited from now on."""
        self.cite(key)
        return escape(names_by_key("publications", "key")[key].of(self.language))

    def year(self, text: str) -> str:
        """The year of a figure, in words of the page's language."""
        return escape(year(text, self.language))

    def document(
        self, *, other: str = "", aliases: Sequence[str] = (), categories: Sequence[str] = (), see: Sequence[str] = ()
    ) -> Document:
        """The finished article. `other`: its title in the other language, by which it is found too; `see`: links."""
        if see:
            self.heading("See also", "参见")
            self.items(see)
        if self._publishers:
            self.heading("Sources", "资料来源")
            urls = {row["key"]: row["url"] for row in rows("publications")}
            self.items([self._cited(key, urls[key]) for key in self._publishers])
        if other:
            there: Language = "en" if self.language == "zh" else "zh"
            label = self.say("In Chinese: ", "英文版：")
            self.paragraph(label + self.link(self.path, other, there))
        return Document(
            source=self.source,
            path=place_path(self.path, self.language),
            title=self.title,
            markup="html",
            content="\n".join(self._parts),
            language=TAGS[self.language],
            aliases=tuple(sorted({*aliases, other} - {"", self.title})),
            categories=tuple(categories),
        )

    def _cited(self, key: str, url: str) -> str:
        name = escape(names_by_key("publications", "key")[key].of(self.language))
        return f'<a href="{html.escape(url)}">{name}</a>' if url else name
