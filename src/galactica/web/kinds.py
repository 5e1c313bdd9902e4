"""What a work is, in the words of the room."""

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


def kind_of(words: Words, work: Work) -> str:
    """What a work is, in a person's language; kinds that are not known as they stand."""
    return words(_KINDS[work.kind]) if work.kind in _KINDS else work.kind
