"""What a work is and who did a step, in the words of the room."""

from __future__ import annotations

from galactica.model import Work
from galactica.web.words import Words

_KINDS = {
    "book": "work_book",
    "report": "work_report",
    "periodical": "work_periodical",
    "presentation": "work_presentation",
    "spreadsheet": "work_spreadsheet",
    "recording": "work_recording",
    "site": "work_site",
    "collection": "work_collection",
}

RESEARCHERS = {
    "search": "who_search",
    "reader": "who_reader",
    "checker": "who_checker",
    "chair": "who_chair",
    "model": "who_model",
    "words and meaning": "who_both",
    "words": "who_words",
    "meaning": "who_meaning",
    "tables": "who_tables",
    "links": "who_links",
    "languages": "who_languages",
    "sources": "who_sources",
    "reckoning": "who_reckoning",
}
"""Who did a step → the words for it; others, that were added to the group, are shown by their own names."""


def kind_of(words: Words, work: Work) -> str:
    """What a work is, in a person's language; kinds that are not known as they stand."""
    return words(_KINDS[work.kind]) if work.kind in _KINDS else work.kind
