"""What a search gives back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One result: an article and the passage of it that fits best.

    Attributes:
        edition: root of the edition, 64 hex digits.
        id: article id, 16 bytes.
        title, language, source, path, url, licence: as in `Article`.
        date: the article's own time of change, else its source's date; "" where neither is known.
        score: higher is better; comparable within one answer only.
        passage: number of the best passage, and `start`/`end` its span in code points of the projection.
        snippet: a stretch of the passage around the matching words, plain text.
        marks: (start, end) spans in `snippet`, in order, that match the query.
        exact: True where the query is the article's title or an alias of it.
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
