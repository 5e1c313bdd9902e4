"""What the sources of an edition are called where two have one title: two years of a dump, two copies of a book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from galactica.model import Source


def source_titles(sources: Sequence[Source]) -> dict[str, str]:
    """Key → what a person calls the source: its title, its key where it has none; where several have that title, with
    the date behind it that tells it from the others, else with its key."""
    titles = Counter(each.title or each.key for each in sources)
    dated = Counter((each.title, each.date) for each in sources)
    return {each.key: _told(each, titles, dated) for each in sources}


def _told(source: Source, titles: Counter[str], dated: Counter[tuple[str, str]]) -> str:
    title = source.title or source.key
    if titles[title] == 1 or title == source.key:
        return title
    beside = source.date if source.date and dated[source.title, source.date] == 1 else source.key
    return f"{title} ({beside})"
