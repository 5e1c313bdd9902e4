"""What an edition says of itself: `data/edition.json`, and the values made from it."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from galactica.edition.record import FIRST_VERSION, FORMAT_VERSION
from galactica.edition.remedies import mend_it
from galactica.errors import EditionError
from galactica.model import FilesOfKind, Source

if TYPE_CHECKING:
    from galactica.edition.partial import PartialHeader

MAX_JSON = 16 * 2**20
"""Bytes above which an `edition.json` is not read: a bound against hostile editions."""

MAX_COUNT = 2**31 - 1
"""Of anything that is counted: rows are written in 32 bits."""

MAX_SHARDS = 100_000
"""Their names have five digits."""

_ROOT = re.compile("[0-9a-f]{64}")
MAX_LEFT_OUT = 1000
"""Lines of the sum of what was left out."""

_TRIFLES = frozenset({"style sheet", "script", "font", "icon", "settings file", "log", "file of no known kind"})
"""Kinds of files that a folder of pages has around it; that they are left out tells nothing of what it is for."""

DAMAGE = frozenset({"truncated", "checksum", "malformed", "unreadable"})
"""Reasons that say that something is lost which its source was meant to hold."""

_UNREAD = frozenset({"unsupported", "kept-unread", "encrypted", "too-large", "too-deep", *DAMAGE})
"""Reasons for which a file that a reader may have wanted was left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A line of the sum of what was left out.

    Attributes:
        kind: what a file is called ("PDF document"); "" for what is no file: pages, rows, entries.
        reason: as in `model.Rejected`; "kept-unread" for files that are kept because a page links to them, and that
            nothing was read of; "other" for what is rarer than the lines before.
        count: how many.
        example: path of one.
    """

    kind: str
    reason: str
    count: int
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionHeader:
    """The content of `edition.json`.

    Attributes:
        format: version of the format.
        number: which edition it is: its parent's number and 1; 1 where it has none, and for format 1.
        title: what the edition is called.
        languages: BCP 47 tag → number of articles, most first, then by tag.
        licences: licences of its sources and articles, sorted.
        parent: root of the edition it was made from, hex, or "".
        root: its own root, hex.
        tables: (table, records, tree head as hex) of every table that is truth.
        shards: articles in each shard, in order.
        counts: (name, number) of what is derived: passages, rejected, aliases; bycatch (articles that are none of what
            their folder is for: read-me files, licences, lists of files).
        left_out: the sum of what was left out; none in editions that were made before it was kept.
        files: the files of its folders by kind; none where no source was a folder, and in editions made before.
        program: what wrote it, for people; not part of its identity.
    """

    format: int
    title: str
    languages: tuple[tuple[str, int], ...]
    licences: tuple[str, ...]
    parent: str
    root: str
    tables: tuple[tuple[str, int, str], ...]
    shards: tuple[int, ...]
    counts: tuple[tuple[str, int], ...]
    program: str
    left_out: tuple[LeftOut, ...] = ()
    number: int = 1
    files: tuple[FilesOfKind, ...] = ()

    def to_json(self) -> str:
        """The file's text."""
        return (
            json.dumps(
                {
                    "format": self.format,
                    **({"number": self.number} if self.format >= 2 else {}),
                    "title": self.title,
                    "languages": dict(self.languages),
                    "licences": list(self.licences),
                    "parent": self.parent,
                    "root": self.root,
                    "tables": {name: {"count": count, "head": head} for name, count, head in self.tables},
                    "shards": list(self.shards),
                    "counts": dict(self.counts),
                    "left_out": [asdict(each) for each in self.left_out],
                    **({"files": [asdict(each) for each in self.files]} if self.files else {}),
                    "program": self.program,
                },
                ensure_ascii=False,
                indent=1,
            )
            + "\n"
        )

    def count(self, name: str) -> int:
        """Number of records of a table or of a derived thing; 0 where it is not listed."""
        for table, number, _ in self.tables:
            if table == name:
                return number
        return dict(self.counts).get(name, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeaningInfo:
    """How far the index of meaning of an edition is.

    Attributes:
        encoder: name of the encoder it is made with.
        digest: of that encoder, 64 hex digits.
        dimensions: of its vectors.
        done, total: passages.
        complete: it is finished.
    """

    encoder: str
    digest: str
    dimensions: int
    done: int
    total: int
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionInfo:
    """An edition at a glance.

    Attributes:
        root: 64 hex digits.
        articles, passages, rejected, media, aliases: counts.
        languages: (BCP 47 tag, articles), most first.
        bytes: size on disk, index included.
        number: which edition it is (`EditionHeader.number`).
        bycatch: articles that are none of what their folder is for (`EditionHeader.counts`).
        left_out: the sum of what was left out.
        meaning: its index of meaning; None where it has none, or nobody looked (editions know nothing of
            it; `library.info` looks).
        partial: of which whole it is a part, and how much of it; None where it is whole.
    """

    title: str
    root: str
    format_version: int
    parent: str
    articles: int
    passages: int
    rejected: int
    media: int
    aliases: int
    languages: tuple[tuple[str, int], ...]
    sources: tuple[Source, ...]
    licences: tuple[str, ...]
    bytes: int
    bycatch: int = 0
    left_out: tuple[LeftOut, ...] = ()
    meaning: MeaningInfo | None = None
    number: int = 1
    works: int = 0
    statements: int = 0
    partial: PartialHeader | None = None

    @property
    def damaged(self) -> int:
        """How many things are missing because the bytes of a source, or their markup, are damaged."""
        return sum(each.count for each in self.left_out if each.reason in DAMAGE)

    @property
    def only_bycatch(self) -> bool:
        """Whether nothing but by-catch was read, while files that may have been wanted were left out."""
        wanted = any(each.kind and each.reason in _UNREAD and each.kind not in _TRIFLES for each in self.left_out)
        return wanted and 0 < self.articles == self.bycatch


def read_statement(path: Path) -> EditionHeader:
    """Read and check `edition.json`.

    Args:
        path: the folder of the edition.

    Raises:
        EditionError: missing, unreadable, of an unknown version, or not of the form written down.
    """
    file = path / "data" / "edition.json"
    try:
        raw = json.loads(read_bounded(file, MAX_JSON))
    except (FileNotFoundError, NotADirectoryError):
        raise EditionError(
            f"{path} is not an edition (there is no data/edition.json)",
            "Name the folder that `galactica build` made; it usually ends in .edition.",
        ) from None
    except OSError as error:
        said = error.strerror or error
        raise EditionError(f"{path} cannot be opened: {said}.", mend_it(path)) from error
    except (ValueError, RecursionError) as error:
        raise EditionError(
            f"{path} cannot be opened: its file data/edition.json cannot be read.", mend_it(path)
        ) from error
    try:
        version = raw["format"]
        if _int(version) > FORMAT_VERSION:
            raise EditionError(
                f"{path} is written in edition format {version}; this program knows up to {FORMAT_VERSION}",
                "Install a newer galactica.",
            )
        return _statement(raw)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise EditionError(f"{path} has an edition.json that does not follow the format", mend_it(path)) from None


def read_bounded(file: Path, limit: int) -> str:
    """The text of a file of an edition, which may be anything that an adversary put there.

    Raises:
        OSError: it is missing, no regular file, or larger than `limit` bytes.
        ValueError: it is no UTF-8.
    """
    if file.exists() and not file.is_file():
        raise OSError(f"{file.name} is no file")
    with file.open("rb") as stream:
        raw = stream.read(limit + 1)
    if len(raw) > limit:
        raise OSError(f"{file.name} has an impossible size")
    return raw.decode("utf-8")


def _statement(raw: object) -> EditionHeader:
    if not isinstance(raw, dict) or raw["format"] < FIRST_VERSION or len(raw["shards"]) > MAX_SHARDS:
        raise TypeError
    return EditionHeader(
        format=_int(raw["format"]),
        number=_int(raw["number"]) if raw["format"] >= 2 else 1,
        title=_str(raw["title"]),
        languages=tuple((_str(tag), _int(n)) for tag, n in raw["languages"].items()),
        licences=tuple(_str(x) for x in raw["licences"]),
        parent=_hex(raw["parent"], empty=True),
        root=_hex(raw["root"], empty=False),
        tables=tuple((_str(n), _int(t["count"]), _hex(t["head"], empty=False)) for n, t in raw["tables"].items()),
        shards=tuple(_int(n) for n in raw["shards"]),
        counts=tuple((_str(n), _int(c)) for n, c in raw["counts"].items()),
        program=_str(raw["program"]),
        left_out=tuple(_left_out(each) for each in raw.get("left_out", [])[:MAX_LEFT_OUT]),
        files=tuple(
            FilesOfKind(kind=_str(each["kind"]), count=_int(each["count"]), read=_int(each["read"]))
            for each in raw.get("files", [])[:MAX_LEFT_OUT]
        ),
    )


def _left_out(raw: object) -> LeftOut:
    if not isinstance(raw, dict):
        raise TypeError
    return LeftOut(
        kind=_str(raw["kind"]), reason=_str(raw["reason"]), count=_int(raw["count"]), example=_str(raw["example"])
    )


def _str(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # JSON can write lone surrogates: a ValueError
    return value


def _int(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_COUNT:
        raise TypeError
    return value


def _hex(value: object, *, empty: bool) -> str:
    text = _str(value)
    if not (_ROOT.fullmatch(text) or (empty and not text)):
        raise ValueError
    return text
