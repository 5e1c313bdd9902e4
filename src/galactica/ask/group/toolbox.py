"""The tools there are: the program's own, and those that packages add.

Packages add tools by the entry point group `galactica.tools`: each names a `Tool`, or a function that makes one. One
that cannot be loaded is left out, and a note says so. A tool whose only argument is `question` takes part in every
study, and what it quotes is shown only where the quotation is found in its article, word for word.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points

from galactica.ask.group import days, looking, reckoning
from galactica.ask.group.tools import Tool

GROUP = "galactica.tools"
MOST_TOOLS = 50


def tools(found: Sequence[EntryPoint] | None = None) -> tuple[tuple[Tool, ...], tuple[str, ...]]:
    """(the tools there are, notes about those that were left out): the program's own first, then those of packages.

    Args:
        found: entry points; None: those that are installed.
    """
    known = {each.name: each for each in (*looking.TOOLS, *reckoning.TOOLS, *days.TOOLS)}
    notes: list[str] = []
    points = entry_points(group=GROUP) if found is None else found
    for point in sorted(points, key=lambda point: point.name)[:MOST_TOOLS]:
        try:
            made = point.load()
            tool = made if isinstance(made, Tool) else made()
        except Exception as error:  # whatever a package does when it is loaded
            notes.append(f"The tool {point.name[:60]} was left out: it cannot be loaded ({type(error).__name__}).")
            continue
        if not isinstance(tool, Tool) or not tool.name.isidentifier() or tool.name in known:
            notes.append(f"The tool {point.name[:60]} was left out: it is no tool, or its name is taken.")
            continue
        known[tool.name] = tool
    return tuple(known.values()), tuple(notes)
