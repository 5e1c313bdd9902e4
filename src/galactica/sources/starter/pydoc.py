"""The Python documentation that every interpreter carries: a library that can be built anywhere, offline.

Two parts, in this order: the language reference's topics (`pydoc_data.topics`, paths "topics/NAME"), and one article
a module of the standard library (paths "library/MODULE") with its docstring and the signatures and docstrings of its
public functions and classes.

Rules:
1. Nothing is imported to be documented: modules are read as source files with `ast`. The exceptions are the modules
   written in C of `_COMPILED`, whose import has no effect that could be seen.
2. One interpreter version gives one stream: sorted by name, no paths of the machine, no addresses.
3. A module that this installation does not have, or that does not parse, is `Rejected`; nothing else fails.

Source: PEP 257 (docstrings), `sys.stdlib_module_names` (Python 3.10).
"""

from __future__ import annotations

import ast
import importlib
import inspect
import sys
import sysconfig
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from galactica.errors import InputError
from galactica.model import Document, Rejected, Source
from galactica.sources.contract import MAX_DOCUMENT, Format, Item, OpenSource, SourceOptions
from galactica.sources.starter.pydoc_members import MAX_MEMBERS, compiled_members, members_of
from galactica.sources.starter.pydoc_text import heading_title, pydoc_to_html

WORD = "pydoc:"
"""What a person writes instead of a path."""

KEY = "python-docs"

_COMPILED = frozenset(
    "array atexit binascii builtins cmath contextvars decimal errno faulthandler fcntl gc grp itertools marshal "
    "math mmap posix pwd pyexpat resource select signal struct sys syslog termios time unicodedata zlib".split()
)
_WRITTEN_IN = {"collections.abc": "_collections_abc.py", "tomllib": "tomllib/_parser.py"}
"""Modules that only hand on what another file defines."""

_ALSO = {"posixpath": "os.path"}
"""Names by which a module is better known."""

_LEFT_OUT = frozenset("antigravity this idlelib test tests turtledemo pydoc_data lib2to3 ensurepip".split())
_NO_CHILDREN = frozenset({"encodings"})
"""Packages whose many modules are alike and have nothing to read (one codec each)."""


def _version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


class PydocSource:
    """The open source; `library` is the folder of the standard library's source files."""

    def __init__(self, options: SourceOptions, library: Path | None = None) -> None:
        self._source = _described(options)
        self._library = library or Path(sysconfig.get_path("stdlib"))
        self._position = 0

    @property
    def source(self) -> Source:
        """Who and what it is."""
        return self._source

    @property
    def size(self) -> int | None:
        """Bytes of source files; known once they are listed, so None here."""
        return None

    @property
    def position(self) -> int:
        """Bytes of documentation read so far."""
        return self._position

    def read(self) -> Iterator[Item]:
        """The topics, then the modules, each sorted by name."""
        yield from self._topics()
        for name in sorted(sys.stdlib_module_names):
            if not name.startswith("_") and name not in _LEFT_OUT:
                yield from self._module_tree(name)

    def __enter__(self) -> OpenSource:
        return self

    def __exit__(self, *exc: object) -> None:
        return None

    def _topics(self) -> Iterator[Item]:
        try:
            topics: dict[str, str] = importlib.import_module("pydoc_data.topics").topics
        except (ImportError, AttributeError):  # a trimmed-down installation
            yield self._rejected("topics", "not-here", "This interpreter has no pydoc_data.topics.")
            return
        for name, text in sorted(topics.items()):
            self._position += len(text)
            heading, rest = heading_title(text)
            title = heading or name
            yield self._document(f"topics/{name}", title, pydoc_to_html(rest), "Language reference", name)

    def _module_tree(self, name: str) -> Iterator[Item]:
        folder = self._library / name
        if (folder / "__init__.py").is_file():
            yield from self._package(name, folder)
        elif (file := self._library / f"{name}.py").is_file():
            yield self._module(name, file)
        elif name in _COMPILED:
            yield self._compiled(name)
        else:
            yield self._rejected(name, "not-here", "This installation has neither source nor documentation of it.")

    def _package(self, package: str, folder: Path) -> Iterator[Item]:
        """A package, then what lies in it, depth first. Only names of the library are followed, never a link out."""
        inside: list[tuple[str, Path]] = []
        for entry in sorted(folder.iterdir(), key=lambda one: one.name) if package not in _NO_CHILDREN else ():
            name = entry.name.removesuffix(".py")
            if name.isidentifier() and not name.startswith("_") and name not in _LEFT_OUT:
                is_module = entry.suffix == ".py" and entry.is_file()
                if is_module or (entry / "__init__.py").is_file():
                    inside.append((name, entry))
        file = self._library / _WRITTEN_IN[package] if package in _WRITTEN_IN else folder / "__init__.py"
        yield self._module(package, file, tuple(name for name, _ in inside))
        for name, entry in inside:
            if entry.is_dir():
                yield from self._package(f"{package}.{name}", entry)
            else:
                written = _WRITTEN_IN.get(f"{package}.{name}")
                yield self._module(f"{package}.{name}", self._library / written if written else entry)

    def _module(self, name: str, file: Path, inside: tuple[str, ...] = ()) -> Item:
        try:
            content = file.read_bytes()
            self._position += len(content)
            if len(content) > MAX_DOCUMENT:
                return self._rejected(name, "too-large", f"{len(content)} bytes of source.")
            with warnings.catch_warnings():  # old modules hold escapes that the compiler warns of
                warnings.simplefilter("ignore")
                tree = ast.parse(content)
        except (OSError, SyntaxError, ValueError, RecursionError, MemoryError) as error:
            return self._rejected(name, "unreadable", type(error).__name__)
        doc, members = ast.get_docstring(tree) or "", members_of(tree)
        if not members and name in _COMPILED:  # a file that hands on what C code defines
            return self._compiled(name)
        return self._module_document(name, doc, members, inside)

    def _compiled(self, name: str) -> Item:
        try:
            module = importlib.import_module(name)
        except ImportError:
            return self._rejected(name, "not-here", "This interpreter was built without it.")
        doc = inspect.getdoc(module) or ""
        self._position += len(doc)
        return self._module_document(name, doc, list(compiled_members(module)))

    def _module_document(
        self, name: str, doc: str, members: list[tuple[str, str]], inside: tuple[str, ...] = ()
    ) -> Item:
        if not (doc or members or inside):
            return self._rejected(name, "empty", "The module documents nothing.")
        parts = [pydoc_to_html(doc) if doc else f"<p><code>{name}</code> is a module of Python's standard library.</p>"]
        parts.append(f"<p>Use it with <code>import {name}</code>.</p>" if name != "builtins" else "")
        for heading in ("Functions", "Classes", "Exceptions"):
            chosen = [text for kind, text in members if kind == heading]
            if chosen:
                parts += [f"<h2>{heading}</h2>", f"<dl>{''.join(chosen[:MAX_MEMBERS])}</dl>"]
            if len(chosen) > MAX_MEMBERS:
                parts.append(f"<p>{len(chosen) - MAX_MEMBERS} more are not listed here.</p>")
        if inside:
            listed = "".join(f"<li><code>{name}.{one}</code></li>" for one in inside)
            parts += ["<h2>Modules inside</h2>", f"<ul>{listed}</ul>"]
        title, alias = f"{name} (Python module)", _ALSO.get(name, name)
        return self._document(f"library/{name}", title, "\n".join(parts), "Standard library", alias)

    def _document(self, path: str, title: str, body: str, category: str, alias: str) -> Item:
        if len(body) > MAX_DOCUMENT:
            return self._rejected(path, "too-large", f"{len(body)} characters.")
        return Document(
            source=self._source.key,
            path=path,
            title=title,
            markup="html",
            content=body,
            language="en",
            aliases=() if alias == title else (alias,),
            categories=("Python", category),
        )

    def _rejected(self, where: str, reason: str, detail: str) -> Rejected:
        return Rejected(source=self._source.key, where=where, stage="read", reason=reason, detail=detail)


def _described(options: SourceOptions) -> Source:
    source = Source(
        key=KEY,
        title=f"Python {_version()} documentation",
        format="pydoc",
        language="en",
        licence="PSF-2.0",
        publisher="Python Software Foundation",
        url=f"https://docs.python.org/{_version()}/",
        attribution=f"From the documentation of Python {_version()}, © Python Software Foundation, "
        "licensed under the PSF License Version 2.",
    )
    return replace(
        source,
        key=options.key or source.key,
        title=options.title or source.title,
        licence=options.licence or source.licence,
    )


def _recognise(path: Path, head: bytes) -> int:
    return 100 if str(path) == WORD else 0


def _open(path: Path, options: SourceOptions) -> OpenSource:
    if str(path) != WORD:
        raise InputError(f"{path.name} is not the built-in Python documentation.", f"Write {WORD} as the source.")
    return PydocSource(options)


FORMAT = Format(name="pydoc", suffixes=(), recognise=_recognise, open=_open)
