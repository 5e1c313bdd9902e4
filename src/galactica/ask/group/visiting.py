"""Researchers that come with packages: tools whose only argument is the question (see `tools`).

What such a tool quotes is read like any passage, and only where its quotations are found in their articles.
"""

from __future__ import annotations

from functools import cache

from galactica.ask.evidence import resolves
from galactica.ask.group.desk import Workspace
from galactica.ask.group.researchers import Looked, Researcher
from galactica.ask.group.toolbox import tools
from galactica.ask.group.tools import Tool, use_tool
from galactica.ask.named import passage_of
from galactica.model.said import said

SECONDS = 3.0


@cache
def visitors() -> tuple[tuple[Researcher, ...], tuple[str, ...]]:
    """(the researchers, notes about tools that were left out); packages are looked for once."""
    found, notes = tools()
    return tuple(visitor(tool) for tool in found if tool.studies), notes


def visitor(tool: Tool) -> Researcher:
    """A tool as a researcher."""

    def look(desk: Workspace) -> Looked:
        result = use_tool(tool, desk.asked, question=desk.asked.question.text, seconds=SECONDS)
        hits = []
        for each in result.citations:
            page = desk.asked.holdings.page(each.edition, each.id)
            sound = page is not None and resolves(each, page)
            if page is not None and sound and desk.asked.allows(page.article):
                number = next((n for n, end in enumerate(page.ends) if each.start < end), 0)
                if page.starts:
                    hits.append(passage_of(page, number))
        found = desk.findings(tool.name, desk.read(hits), tool.about[:200])
        did = said("read-quoted", "Read {number:passage} that it quotes.", number=len(hits))
        if result.note:
            did = said("two-sentences", "{first} {second}", first=did, second=result.note)
        return Looked(did=did, findings=tuple(found))

    return Researcher(name=tool.name, look=look, seconds=SECONDS + 1, whole=True)
