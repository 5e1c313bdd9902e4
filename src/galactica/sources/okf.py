"""A bundle of the Open Knowledge Format that an edition was written as: the same edition comes of it again.

It is known by its `galactica.json` (`model.bundle`). The sources, redirects, works, statements and media files come
from its tables, each article from its Markdown file: what somebody changed there is changed. A file that the tables
name and that is gone is said to be; Markdown that they do not name is a further article of the first source. Bundles
without that file are folders like others (`concepts`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from galactica.errors import InputError
from galactica.model import (
    Document,
    MediaFile,
    Qualifier,
    Redirect,
    Rejected,
    Source,
    SourceStatement,
    Work,
    bundle,
)
from galactica.sources import leaf, markdown, trees
from galactica.sources.contract import Format, Item, OpenSource, SourceOptions
from galactica.sources.front_matter import Front, Tree, split_front
from galactica.sources.paths import clean_path, is_file
from galactica.sources.trees import TreeFile, rejected

MAX_MANIFEST = 16 * 2**20
"""Bytes of `galactica.json`; that of an edition of a thousand sources has a third of a MB."""

MAX_LINE = 2**20
"""Characters of a line of a table."""

T = TypeVar("T")


class BundleSource:
    """A bundle as an open source."""

    def __init__(self, path: Path, options: SourceOptions) -> None:
        self._path = path
        self._options = options
        self._done = 0
        sources, self._title = _manifest(path)
        self._keys = {each.key: each.key for each in sources}
        if len(sources) == 1:
            stated = leaf.stated_source(sources[0], options)
            self._keys = {sources[0].key: stated.key}
            sources = (stated,)
        self._sources = sources

    @property
    def source(self) -> Source:
        """The first source of the edition."""
        return self._sources[0]

    @property
    def edition_title(self) -> str:
        """What the edition was called that it was written of."""
        return self._title

    @property
    def size(self) -> int | None:
        """Not known."""
        return None

    @property
    def position(self) -> int:
        """Bytes of articles that have been read."""
        return self._done

    def __enter__(self) -> BundleSource:
        return self

    def __exit__(self, *exc: object) -> None:
        """Nothing is open."""

    def read(self) -> Iterator[Item]:
        """Yield the sources, then what the tables say, then articles and media files in the order of the edition."""
        yield from self._sources[1:]
        yield from self._rows(bundle.REDIRECTS, lambda row: _made(Redirect, row))
        yield from self._rows(bundle.WORKS, lambda row: _made(Work, row))
        yield from self._rows(bundle.STATEMENTS, _statement)
        files: dict[str, tuple[str, str]] = {}
        paths: dict[str, dict[str, str]] = {key: {} for key in self._keys}
        for table in (bundle.ARTICLES, bundle.MEDIA):
            for row in self._lines(table):
                if isinstance(row, Rejected):
                    yield row
                elif (found := _place(row)) and found[1] in paths:
                    file, source, path = found
                    paths[source][file] = path
                    if table == bundle.ARTICLES:
                        files[file] = (source, path)
                else:
                    yield rejected(self.source.key, table, "bad-row", "no file, source or path")
        for file, (source, path) in files.items():
            yield self._article(file, source, path, paths[source])
        yield from self._media()
        yield from self._others(files, paths)

    def _article(self, file: str, source: str, path: str, paths: dict[str, str]) -> Document | Rejected:
        key = self._keys[source]
        place = self._path / file
        if not is_file(place) or place.is_symlink():
            return rejected(key, file, "gone", "named in the bundle's table, and not there")
        entry = TreeFile(path=file, open=trees.opener(place), local=place)
        text = leaf.decoded(entry, key)
        if isinstance(text, Rejected):
            return text
        self._done += len(text)
        front, body = split_front(text)
        own = front.tree.get("galactica")
        own = own if isinstance(own, dict) else {}
        made = front.tree.get("generated")
        part = _text(own.get("part"))
        return Document(
            source=key,
            path=path,
            title=_text(front.tree.get("title")) or front.one("title") or path,
            markup="markdown",
            content=bundle.inward(body, file, paths),
            language=_text(front.tree.get("lang")),
            aliases=_texts(front, "aliases"),
            categories=_texts(front, "tags"),
            url=_text(front.tree.get("resource")),
            modified=_text(made.get("at")) if isinstance(made, dict) else "",
            licence=_text(front.tree.get("license")),
            revision=_text(own.get("revision")),
            published=_text(own.get("published")),
            work=_text(own.get("work")),
            part=int(part) if part.isascii() and part.isdigit() and len(part) < 10 else 0,
            headings=_listed(own.get("headings")),
            creators=_listed(own.get("creators")),
            identifiers=_listed(own.get("identifiers")),
        )

    def _media(self) -> Iterator[Item]:
        for row in self._lines(bundle.MEDIA):
            found = None if isinstance(row, Rejected) else _place(row)
            if isinstance(row, Rejected) or not found or found[1] not in self._keys:
                continue  # told before
            file, source, path = found
            place = self._path / file
            key = self._keys[source]
            if not is_file(place) or place.is_symlink():
                yield rejected(key, file, "gone", "named in the bundle's table, and not there")
                continue
            content = leaf.whole_file(TreeFile(path=file, open=trees.opener(place), local=place), key)
            if isinstance(content, Rejected):
                yield content
            else:
                yield MediaFile(source=key, path=path, mime=_text(row.get("mime")), content=content)

    def _others(self, files: dict[str, tuple[str, str]], paths: dict[str, dict[str, str]]) -> Iterator[Item]:
        """Files that the tables do not name: Markdown is read, else it is said that it is not."""
        known = {file for each in paths.values() for file in each}
        tables = {bundle.MANIFEST, *(f"{bundle.TABLES}/{name}.jsonl" for name in _TABLES)}
        key = self.source.key
        for step in trees.walk_folder(self._path, key):
            if not isinstance(step, TreeFile):
                yield step
            elif step.path in known or step.path in tables or step.path.rpartition("/")[2] in ("index.md", "log.md"):
                continue
            elif step.path.endswith(".md"):
                yield from markdown.read_markdown(step, key, self._options)
            else:
                yield rejected(key, step.path, "unsupported", "a file that the bundle's tables do not name")

    def _rows(self, table: str, make: Callable[[dict[str, Any]], Item]) -> Iterator[Item]:
        for row in self._lines(table):
            if isinstance(row, Rejected):
                yield row
                continue
            try:
                item = make({**row, "source": self._keys[row["source"]]})
                path = "" if isinstance(item, Rejected | Source) else item.path
            except (KeyError, TypeError, ValueError, AttributeError):
                yield rejected(self.source.key, table, "bad-row", "not of the form that a bundle has")
                continue
            yield item if clean_path(path) == path else rejected(self.source.key, path, "bad-path")

    def _lines(self, table: str) -> Iterator[dict[str, Any] | Rejected]:
        place = self._path / table
        if not is_file(place):
            return
        with place.open(encoding="utf-8", errors="replace") as lines:
            for number, line in enumerate(iter(lambda: lines.readline(MAX_LINE), ""), 1):
                try:
                    row = json.loads(line)
                except (ValueError, RecursionError):
                    row = None
                if isinstance(row, dict):
                    yield row
                else:
                    yield rejected(self.source.key, f"{table}:{number}", "bad-row", "no object in JSON")


_TABLES = ("articles", "redirects", "works", "statements", "media")


def _manifest(path: Path) -> tuple[tuple[Source, ...], str]:
    """The sources that a bundle names, and what its edition was called.

    Raises:
        InputError: it names none, or not in the form that a bundle has.
    """
    try:
        with (path / bundle.MANIFEST).open("rb") as stream:
            raw = json.loads(stream.read(MAX_MANIFEST).decode())
        if raw["bundle"] > bundle.VERSION:
            raise InputError(f"{path} was written by a later program", "Install a newer galactica.")
        found = tuple(_made(Source, each) for each in raw["sources"])
        title = str(raw.get("title", ""))
        if not found or any(not each.key for each in found) or "\0" in title.encode().decode():
            raise ValueError
        return found, title
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}", "Check its permissions.") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(
            f"{path} is no bundle that can be read: its {bundle.MANIFEST} is damaged",
            f"Write the bundle again, or take {bundle.MANIFEST} away to read it as a folder.",
        ) from error


def _made(kind: type[T], row: dict[str, Any]) -> T:
    """A value out of a row of a table, its lists as tuples; TypeError or ValueError where it is none."""
    known = {each.name: each.type for each in fields(kind)}  # type: ignore[arg-type]  # all are dataclasses
    found: dict[str, object] = {}
    for name, value in row.items():
        if name not in known:
            raise ValueError(name)
        several = str(known[name]).startswith("tuple")
        if several != isinstance(value, list) or not isinstance(value, str | list):
            raise TypeError(name)
        if isinstance(value, list) and not all(isinstance(each, str) for each in value):
            raise TypeError(name)
        found[name] = tuple(value) if isinstance(value, list) else value
    return kind(**found)


def _statement(row: dict[str, Any]) -> SourceStatement:
    qualifiers = tuple(_made(Qualifier, each) for each in row.pop("qualifiers", []))
    references = tuple(tuple(_made(Qualifier, each) for each in several) for several in row.pop("references", []))
    plain = _made(SourceStatement, row)
    return SourceStatement(
        **{each.name: getattr(plain, each.name) for each in fields(plain)}
        | {"qualifiers": qualifiers, "references": references}
    )


def _place(row: dict[str, Any]) -> tuple[str, str, str] | None:
    """(file, source, path) of a row; None where they are none, or lead out of the bundle."""
    file, source, path = (row.get(name) for name in ("file", "source", "path"))
    if not (isinstance(file, str) and isinstance(source, str) and isinstance(path, str)):
        return None
    return (file, source, path) if clean_path(file) == file and clean_path(path) == path else None


def _text(value: Tree | None) -> str:
    return value if isinstance(value, str) else ""


def _listed(value: Tree | None) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _texts(front: Front, key: str) -> tuple[str, ...]:
    return _listed(front.tree.get(key)) or front.many(key)


def recognise(path: Path, head: bytes) -> int:
    """95 for a folder with a `galactica.json` in it."""
    return 95 if not head and path.is_dir() and is_file(path / bundle.MANIFEST) else 0


def _open(path: Path, options: SourceOptions) -> OpenSource:
    return BundleSource(path, options)


FORMAT = Format(name="okf", suffixes=(), recognise=recognise, open=_open, redirects=True)
