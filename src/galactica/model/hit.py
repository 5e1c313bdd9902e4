"""What a search gives back."""

from __future__ import annotations

from dataclasses import dataclass

from galactica.model.anchors import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One result: an article and the passage of it that fits best.

    Attributes:
        edition: root of the edition, 64 hex digits.
        id: article id, 16 bytes.
        title, language, source, path, url, licence: as in `Article`.
        date: as `article.date_of` says; "" where none is known.
        score: higher is better; comparable within one answer only.
        passage: number of the best passage, and `start`/`end` its span in code points of the projection.
        snippet: a stretch of the passage around the matching words, plain text.
        marks: (start, end) spans in `snippet`, in order, that match the query.
        exact: True where the query is the article's title or an alias of it.
        work: title of the work that the article is a part of; "" where it is none.
        place: where in its source the first word that matched stands, else the passage; () where nothing says it.
        anchor: the id in the article's body that leads there; "" where none does.
    """

    edition: str
    id: bytes
    title: str
    language: str
    source: str
    path: str
    url: str
    licence: str
    date: str
    score: float
    passage: int
    start: int
    end: int
    snippet: str
    marks: tuple[tuple[int, int], ...]
    exact: bool = False
    work: str = ""
    place: Place = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageHit:
    """One passage that may answer a question, whole.

    Attributes:
        edition: root of the edition, 64 hex digits.
        id: article id, 16 bytes.
        title, language, source, path: as in `Article`.
        passage: its number in the article; `start`/`end` its span in code points of the projection.
        text: the passage, plain text.
        score: higher is better; comparable within one answer only.
        work: title of the work that the article is a part of; "" where it is none.
        place: where in its source the passage begins; () where nothing says it.
    """

    edition: str
    id: bytes
    title: str
    language: str
    source: str
    path: str
    passage: int
    start: int
    end: int
    text: str
    score: float
    work: str = ""
    place: Place = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A title that what was typed may become.

    Attributes:
        edition: root of the edition, 64 hex digits.
        id: article id, 16 bytes.
        title: the article's title.
        matched: the title or alias that was matched (equal to `title`, or an alias).
        typos: how many typing mistakes lie between what was typed and the start of `matched`.
    """

    edition: str
    id: bytes
    title: str
    matched: str
    language: str
    source: str
    path: str
    typos: int
