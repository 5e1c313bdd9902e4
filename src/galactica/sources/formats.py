"""The one table of formats, and how a source is opened by it.

A format is chosen by content: each reader sees the first bytes and says how sure it is. Names only settle what bytes
leave open. Built-in sources are opened by a word ("pydoc:", "atlas:", "almanac:").
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import cast

from galactica.errors import InputError
from galactica.sources import (
    csv,
    docbook,
    epub,
    factbook,
    feed,
    fictionbook,
    folder,
    html,
    icalendar,
    jats,
    jsonl,
    latex,
    leaf,
    mail,
    manual_pages,
    maps,
    markdown,
    mediawiki,
    mhtml,
    notebook,
    okf,
    other_xml,
    outlines,
    packed,
    parquet,
    rdf,
    references,
    settings_files,
    signatures,
    subtitles,
    tei,
    text,
    translations,
    vcard,
    wacz,
    warc,
    webarchive,
    wikidata,
    wikiextractor,
    zim,
)
from galactica.sources.contract import HEAD_BYTES, Format, OpenSource, SourceOptions
from galactica.sources.office import leaves as office
from galactica.sources.pdf import source as pdf


def _built_in(name: str) -> Format:
    """A source that comes with the program; its module, with its tables, is loaded when it is opened."""

    def open_it(path: Path, options: SourceOptions) -> OpenSource:
        module = importlib.import_module(f"galactica.sources.starter.{name}")
        return cast(Format, module.FORMAT).open(path, options)

    return Format(name=name, suffixes=(), recognise=lambda path, head: 0, open=open_it)


_BUILT_IN = (_built_in("pydoc"), _built_in("atlas"), _built_in("almanac"))

_FILES: tuple[Format, ...] = (
    zim.FORMAT,
    warc.over((pdf.FORMAT, *office.FORMATS)),
    wacz.over((pdf.FORMAT, *office.FORMATS)),
    epub.FORMAT,
    fictionbook.FORMAT,
    jats.FORMAT,
    tei.FORMAT,
    docbook.FORMAT,
    mediawiki.FORMAT,
    wikiextractor.FORMAT,
    feed.FORMAT,
    html.FORMAT,
    mail.MAIL,
    mail.MAILBOX,
    mhtml.FORMAT,
    webarchive.FORMAT,
    markdown.FORMAT,
    notebook.FORMAT,
    icalendar.FORMAT,
    vcard.FORMAT,
    maps.FORMAT,
    outlines.FORMAT,
    translations.FORMAT,
    references.FORMAT,
    manual_pages.FORMAT,
    latex.FORMAT,
    settings_files.FORMAT,
    subtitles.FORMAT,
    wikidata.FORMAT,
    factbook.FORMAT,
    rdf.FORMAT,
    pdf.FORMAT,
    *office.FORMATS,
    jsonl.FORMAT,
    csv.FORMAT,
    parquet.FORMAT,
    other_xml.FORMAT,
    text.FORMAT,
)

FORMATS: tuple[Format, ...] = (*_FILES, okf.FORMAT, folder.over(_FILES), *_BUILT_IN)
"""Every format; where two are equally sure of a file, the earlier one reads it."""

BUILT_IN: dict[str, Format] = {f"{entry.name}:": entry for entry in _BUILT_IN}
"""Sources that need no file: the word that opens each."""


def redirects(name: str) -> bool:
    """Whether in a format, by its name, a redirect may come after the article that it leads to."""
    return any(entry.redirects for entry in FORMATS if entry.name == name)


def open_source(where: str | Path, options: SourceOptions | None = None) -> OpenSource:
    """Open what lies at a path, or a built-in source by its word.

    Raises:
        InputError: it is missing, empty, unreadable, of no known format, or broken from its first byte.
    """
    options = options or SourceOptions()
    built_in = BUILT_IN.get(str(where))
    if built_in:
        return built_in.open(Path(str(where)), options)
    path = Path(where)
    try:
        return recognised(path, options).open(path, options)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}", "Check its permissions.") from error


def recognised(path: Path, options: SourceOptions | None = None) -> Format:
    """The format of what lies at `path`.

    Raises:
        InputError: as `open_source`.
    """
    head = b"" if _checked(path).is_dir() else _head(path)
    found = max(FORMATS, key=lambda entry: entry.recognise(path, head))
    if found.recognise(path, head):
        return found
    start = leaf.head_of(path, head)
    if options and options.markup and leaf.text_head(start):
        by_markup = next((entry for entry in FORMATS if entry.name == options.markup), None)
        if by_markup:
            return by_markup
    kind = signatures.unread_kind(start, path.name) or signatures.unread_kind(head, path.name)
    known = f"Formats that are read: {', '.join(entry.name for entry in FORMATS)}."
    if kind:
        raise InputError(f"{path} is {kind}, which is not read", f"Turn it into one that is. {known}")
    if packed.packing(head) and not start:
        raise InputError(f"{path} is packed and cannot be unpacked", "Check that the file is whole.")
    if leaf.text_head(start):
        raise InputError(
            f"{path} is text of a kind that is not known",
            f"Say how it is written with --markup html, markdown or text, or end its name in .txt or .md. {known}",
        )
    raise InputError(f"{path} is of no known format", known)


def _checked(path: Path) -> Path:
    """The path, if there is a file or folder at it that can be read like one."""
    try:
        mode_known = path.exists()
        regular = path.is_file() or path.is_dir()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise InputError(f"{str(path)!r} cannot be looked at: {error}", "Check the name.") from error
    if not mode_known:
        words = " or ".join(BUILT_IN)
        raise InputError(
            f"There is nothing at {path}",
            f"Check the name (one with blanks in it stands in quotation marks); built-in sources are {words}.",
        )
    if not regular:
        raise InputError(f"{path} is neither a file nor a folder", "Copy what it holds into a file first.")
    return path


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}", "Check its permissions.") from error
    if not head:
        raise InputError(f"{path} is empty", "Check that it was copied or downloaded whole.")
    return head
