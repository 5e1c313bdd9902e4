"""Which column of a table, or key of a JSON object, holds what of a document.

What the person said wins; the rest is guessed from the names in `GUESSES`, case and punctuation aside. A table without
a text column is refused with the names of the columns that were found. A row without text, with a path that is none,
or with the wrong kind of value is rejected with its number; the others stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast, get_args

from galactica.errors import InputError
from galactica.languages import tag
from galactica.model import Document, Rejected
from galactica.model.document import Markup
from galactica.sources import leaf
from galactica.sources.contract import MAX_DOCUMENT, SourceOptions
from galactica.sources.paths import clean_path, printable
from galactica.sources.text import split_title
from galactica.sources.trees import rejected
from galactica.values.moments import iso_day, iso_stamp

Value = str | int | float | bool | None | Sequence["Value"] | Mapping[str, "Value"]
"""What a cell can hold."""

MAX_VALUES = 1000
"""Aliases or categories of one row."""

MAX_HEADINGS = 20
"""Above one part of a work; HTML has six, outlines of books seldom eight."""

GUESSES: dict[str, tuple[str, ...]] = {
    # field → names of columns, the likeliest first
    "text": (
        "text", "content", "body", "article", "body_html", "html", "markdown", "md", "wikitext", "document",
        "page_content", "article_text", "article_body", "contents", "passage", "context", "abstract", "summary",
        "description", "extract",
    ),
    "title": ("title", "name", "heading", "headline", "page_title", "article_title", "label", "subject"),
    "path": (
        "path", "id", "page_id", "pageid", "curid", "doc_id", "docid", "_id", "article_id", "slug", "identifier", "key",
    ),
    "language": ("language", "lang", "language_code", "locale"),
    "url": ("url", "link", "source_url", "canonical_url", "permalink", "uri"),
    "published": ("published", "date_published", "publication_date", "pubdate"),
    "date": ("date", "modified", "timestamp", "updated", "last_modified", "date_modified", "updated_at"),
    "category": ("category", "categories", "tags", "topics"),
    "licence": ("licence", "license"),
    "alias": ("alias", "aliases", "redirects", "also_known_as"),
    "creators": ("creators", "creator", "authors", "author", "byline"),
    "identifiers": ("identifiers", "wikidata", "wikidata_id", "wikibase_item", "qid"),
    "work": ("work",),
    "part": ("part",),
    "headings": ("headings",),
}  # fmt: skip

FIELDS = tuple(GUESSES)
"""The fields that a column can be given for."""

EXPORTED = frozenset("id title language aliases body text categories source path url revision modified licence".split())
"""Members of each line that `galactica export` writes: `text` is there only for those who want no HTML."""

_MARKUPS: dict[str, Markup] = {
    "html": "html",
    "body_html": "html",
    "markdown": "markdown",
    "md": "markdown",
    "wikitext": "wikitext",
}
_PUNCTUATION = re.compile(r"[\s.-]+")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?)?)?\Z")
EDTF = re.compile(r"-?\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?[?~%]?\Z")
"""A date of EDTF level 1 (ISO 8601-2), as far as tables hold them; of a time the day is kept."""
_IDENTIFIER = re.compile(r"[a-z][a-z0-9]{0,29}:\S{1,300}\Z")
_ITEM = re.compile(r"Q[1-9]\d{0,11}\Z")
_HTML = re.compile(
    r"\s*<(?:[a-z][a-z0-9]{0,15}[\s>/]|!doctype|!--).*</[a-z][a-z0-9]{0,15}>\s*\Z", re.DOTALL | re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """Which column holds what.

    Attributes:
        columns: (field, column) pairs; "text" is always among them.
        markup: how the text is written.
    """

    columns: tuple[tuple[str, str], ...]
    markup: Markup

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that are needed, each once."""
        return tuple(dict.fromkeys(column for _, column in self.columns))


def choose_columns(found: Iterable[str], options: SourceOptions, where: str, samples: Sequence[str] = ()) -> Mapped:
    """Decide which of the columns that were found holds what.

    Args:
        where: the file, for the message.
        samples: some texts, to see whether they are HTML; used where neither person nor column name says.

    Raises:
        InputError: no text column, or one that the person named is not there.
    """
    names = list(dict.fromkeys(found))
    shown = ", ".join(printable(name, 60) for name in names[:40]) or "none"
    chosen: dict[str, str] = {}
    for field, column in options.columns:
        if field not in FIELDS:
            raise InputError(f"There is no field called {field}", f"Fields are: {', '.join(FIELDS)}.")
        if column not in names:
            raise InputError(f"{where} has no column called {column}", f"Its columns are: {shown}.")
        chosen[field] = column
    ours = "text" not in chosen and EXPORTED.issubset(names)
    if ours:
        chosen["text"] = "body"
    plain = {_plain(name): name for name in reversed(names)}
    for field, guesses in GUESSES.items():
        if field not in chosen:
            match = next((plain[g] for g in guesses if g in plain and plain[g] not in chosen.values()), "")
            if match:
                chosen[field] = match
    if "text" not in chosen:
        raise InputError(
            f"{where} has no column that looks like the text of an article",
            f"Name it, as in --column text=NAME; the columns found are: {shown}.",
        )
    markup = "html" if ours and not options.markup else _markup(chosen["text"], options, samples)
    return Mapped(columns=tuple(chosen.items()), markup=markup)


def has_text(found: Sequence[str], options: SourceOptions) -> bool:
    """Whether some of these columns can be the text of articles, or the person says which one is."""
    plain = {_plain(name) for name in found}
    said = any(field == "text" for field, _ in options.columns)
    return said or EXPORTED.issubset(found) or not plain.isdisjoint(GUESSES["text"])


def text_column(mapped: Mapped) -> str:
    """The column that holds the text."""
    return dict(mapped.columns)["text"]


def row_document(
    row: Mapping[str, Value], mapped: Mapped, *, key: str, number: int, where: str, prefix: str
) -> Document | Rejected:
    """The document that a row holds, or why it holds none.

    Args:
        number: of the row, from 1; the path where no column gives one.
        where: what to call the row.
        prefix: goes before a path that is a number, so that the rows of two files of a folder do not meet.
    """
    cells = {field: row.get(column) for field, column in mapped.columns}
    text = _text(cells["text"])
    if text is None:
        return rejected(key, where, "bad-row", "the text is not a string")
    if not text.strip():
        return rejected(key, where, "empty", one_text(cells.get("title")))
    if len(text) > MAX_DOCUMENT:
        return rejected(key, where, "too-large", f"more than {MAX_DOCUMENT:,} characters")
    path = clean_path(one_text(cells.get("path")).strip() or f"{prefix}{number}")
    if path is None:
        return rejected(key, where, "bad-path", one_text(cells.get("path")))
    title = _line(cells.get("title"))
    if not title and mapped.markup == "text":
        title, text = split_title(text)
    url = one_text(cells.get("url")).strip()
    work = clean_path(one_text(cells.get("work")).strip()) or ""
    return Document(
        source=key,
        path=path,
        title=title or path,
        markup=mapped.markup,
        content=text,
        language=tag(one_text(cells.get("language"))) if "language" in cells else "",
        aliases=_several(cells.get("alias")),
        categories=_several(cells.get("category")),
        url=url if url.startswith(("http://", "https://")) and len(url) <= 4000 else "",
        modified=_date(one_text(cells.get("date"))) if "date" in cells else "",
        licence=_line(cells.get("licence")),
        work=work,
        part=_part(cells.get("part"), number) if work else 0,
        headings=_listed(cells.get("headings")) if work else (),
        creators=_several(cells.get("creators")),
        published=_day(one_text(cells.get("published"))),
        identifiers=_identifiers(cells.get("identifiers")),
    )


def _identifiers(value: Value) -> tuple[str, ...]:
    """Identifiers with their scheme; a bare "Q42" is of Wikidata."""
    several = (f"wikidata:{each}" if _ITEM.match(each) else each for each in _several(value))
    return tuple(each for each in several if _IDENTIFIER.match(each))


def one_text(value: Value) -> str:
    """A cell as a string; "" for what has none."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return ""


def plain_text(value: Value) -> str:
    """A cell as a string, numbers as they are written; "" for what has none."""
    return str(getattr(value, "written", "")) or one_text(value)


def _line(value: Value) -> str:
    """A cell as one line; "" for what has none."""
    return "" if value is None else leaf.title_line(_readable(plain_text(value)))


def _text(value: Value) -> str | None:
    """The text of an article: a string, or a list of paragraphs; None for anything else."""
    if isinstance(value, str):
        return _readable(value)
    if value is None:
        return ""
    if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
        return _readable("\n\n".join(cast(Sequence[str], value)))
    return None


def _several(value: Value) -> tuple[str, ...]:
    """Aliases or categories: a list, or one string in which "|" or ";" parts them."""
    if isinstance(value, str):
        parts: Sequence[Value] = re.split(r"[|;]", value[:100_000])
    elif isinstance(value, list | tuple):
        parts = value
    else:
        return ()
    texts = map(_line, parts[:MAX_VALUES])
    return tuple(dict.fromkeys(text for text in texts if text))


def _listed(value: Value) -> tuple[str, ...]:
    """Headings, the outermost first: a list, or one."""
    parts: Sequence[Value] = value if isinstance(value, list | tuple) else [value]
    return tuple(text for text in map(_line, parts[:MAX_HEADINGS]) if text)


def _part(value: Value, number: int) -> int:
    """A place in a work, from 1: as the table says, else the number of the row."""
    text = one_text(value).strip()
    return (
        int(text) if text.isascii() and text.isdecimal() and 0 < int(text[:10]) < 2**31 and len(text) <= 10 else number
    )


def _readable(text: str) -> str:
    """Without unpaired surrogates, which JSON can hold and UTF-8 cannot."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _date(text: str) -> str:
    text = text.strip()
    if not _DATE.match(text):
        return ""
    return iso_day(text) if len(text) <= len("2021-02-03") else iso_stamp(text)


def _day(text: str) -> str:
    text = text.strip().split("T")[0].split(" ")[0]
    return text if EDTF.match(text) else ""


def _plain(name: str) -> str:
    return _PUNCTUATION.sub("_", name.strip().lower())


def _markup(column: str, options: SourceOptions, samples: Sequence[str]) -> Markup:
    if options.markup in get_args(Markup):
        return cast(Markup, options.markup)
    named = _MARKUPS.get(_plain(column))
    if named:
        return named
    texts = [text for text in samples if text.strip()]
    return "html" if texts and all(_HTML.match(text) for text in texts) else "text"
