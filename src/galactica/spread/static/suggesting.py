"""Titles that what was typed may become: one or two leaves of titles, or the summary of a common beginning."""

from __future__ import annotations

from galactica.codes.letters import loose_key
from galactica.search.query import understand
from galactica.spread.static.lookup import FoundTitle, titles_of
from galactica.spread.static.ranges import not_as_stated
from galactica.spread.static.reading import StaticEdition


def suggest_static(edition: StaticEdition, typed: str, *, limit: int = 10) -> tuple[FoundTitle, ...]:
    """Titles that what was typed may become, best first; raises as `search_static` does."""
    question = understand(typed)
    key = question.key
    if not key:
        return ()
    found: dict[int, FoundTitle] = {}
    for beginning in dict.fromkeys((key, loose_key(key))):
        for title in _beginning(edition, beginning):
            if title.number not in found:
                found[title.number] = title
        if found:
            break
    return tuple(sorted(found.values(), key=lambda title: (-title.rank, title.number)))[:limit]


def named_static(edition: StaticEdition, name: str) -> FoundTitle | None:
    """The most prominent article that is called so, by a title or another one; None where none is; raises as
    `search_static` does."""
    key = understand(name).key
    for wanted in dict.fromkeys((key, loose_key(key))) if key else ():
        leaf = edition.titles.leaves([wanted.encode()]).get(wanted.encode())
        try:
            entries = titles_of(leaf) if leaf else []
        except ValueError as error:
            raise not_as_stated(edition.ranges.files.where, "titles") from error
        found = [title for other, titles in entries if other == wanted for title in titles]
        if found:
            return max(found, key=lambda title: (title.name == name, title.rank, -title.number))
    return None


def _beginning(edition: StaticEdition, beginning: str) -> list[FoundTitle]:
    """Titles whose keys begin so: of its summary where there is one, else all, which stand in one or two leaves."""
    summary, last = f"{beginning}\0".encode(), f"{beginning}\U0010ffff".encode()
    leaves = edition.titles.leaves([summary, last])
    try:
        for key, titles in titles_of(leaves[summary]) if summary in leaves else ():
            if key == f"{beginning}\0":
                return list(titles)
        several = dict.fromkeys(leaves.values())
        found = [t for raw in several for key, titles in titles_of(raw) if key.startswith(beginning) for t in titles]
    except ValueError as error:
        raise not_as_stated(edition.ranges.files.where, "titles") from error
    return sorted(found, key=lambda title: (-title.rank, title.number))
