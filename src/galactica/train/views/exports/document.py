"""A document as it is exported: its text, and where it is from, so that a licence's terms can be kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from galactica.train.views.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedDocument:
    """One document; every member is text, "" where it is not known.

    Attributes:
        id: 32 hex digits, of the article.
        title, text: `text` begins with the title.
        language, source, licence, date, url: as `DocumentFacts` has them.
        edition: root.
    """

    id: str
    title: str
    text: str
    language: str
    source: str
    licence: str
    date: str
    url: str
    edition: str

    @property
    def facts(self) -> dict[str, str]:
        """All but the text."""
        return {name: value for name, value in asdict(self).items() if name != "text"}


COLUMNS = tuple(ExportedDocument.__dataclass_fields__)


def exported_documents(view: View, start: int, stop: int) -> Iterator[tuple[int, ExportedDocument]]:
    """(number, document) of documents start … stop-1, in order; raises as `View.scan`."""
    for number, text in view.scan(start, stop):
        facts = view.about(number)
        yield (
            number,
            ExportedDocument(
                id=facts.id.hex(),
                title=facts.title,
                text=text.decode(),
                language=facts.language,
                source=facts.source,
                licence=facts.licence,
                date=facts.date,
                url=facts.address,
                edition=facts.edition,
            ),
        )
