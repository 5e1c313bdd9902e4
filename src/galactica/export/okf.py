"""An edition as a bundle of the Open Knowledge Format 0.2: a folder of Markdown, an article a file.

Each article is a concept: its front matter has type, title, tags, resource, the date of its last change (`generated`)
and where it comes from (`sources`); what else an edition keeps of it stands under `galactica`. Its body is Markdown
where that gives back exactly the same body, block by block, else HTML, which Markdown passes through. Media files lie
under `files`. What Markdown has no place for is in tables beside (`model.bundle`): a bundle that nobody changed is
built into an edition with the same root: with its own parent named as `--parent`, where it has one. What was left out
of the edition is not in the bundle, and is no part of the root.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO
from urllib.parse import quote

from galactica.edition import Edition
from galactica.edition.places import article_places, media_places
from galactica.errors import UsageError
from galactica.export.summary import ExportSummary
from galactica.faults import not_written
from galactica.model import Article, Source, article_id, bundle
from galactica.model.bundle import scalar
from galactica.model.markdown import to_markdown
from galactica.progress import Report, silent

LISTED = 500
"""Articles of a source that the index names."""

_REPORT_EVERY = 50
_TAGS = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^<>]*>")
_VOID = frozenset(("br", "hr", "img", "source", "track"))
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Again = Callable[[str, Article, str, Mapping[str, str]], str]
"""(Markdown, its article, its file, file → path of its source) → the body that it is built into."""


def export_okf(edition: Edition, out: Path, *, again: Again, report: Report = silent) -> ExportSummary:
    """Write `edition` as a folder.

    Args:
        out: the folder to make; nothing may be there.
        again: reads back what is written.
        report: stage "export", unit "articles".

    Raises:
        UsageError: something stands at `out`.
        MissingError: it cannot be written.
        EditionError: the edition cannot be read.
    """
    if out.exists() or out.is_symlink():
        raise UsageError(f"{out} is there already.", "Name a folder that is not there.")
    part = out.with_name(f".{out.name}.partial")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        summary = _Bundle(edition, part).write(again, report)
        part.rename(out)
        return summary
    except OSError as error:
        raise not_written(out, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


class _Bundle:
    """A bundle in the making: which file is what, and the tables that say it."""

    def __init__(self, edition: Edition, folder: Path) -> None:
        self._edition = edition
        self._folder = folder
        self._sources = {each.key: each for each in edition.sources}
        names, media_names = bundle.FileNames(), bundle.FileNames()
        several = len(self._sources) > 1
        self._files: dict[str, dict[str, str]] = {key: {} for key in self._sources}  # path → file, by source
        self._order: list[tuple[str, str]] = []
        self._media: dict[tuple[str, str], str] = {}
        for source, path, _ in article_places(edition.path):
            place = f"{source}/{path}" if several else path
            file = names.file(place, article_id(source, path).hex(), ending=".md")
            self._files[source][path] = file
            self._order.append((source, path))
        for source, path in media_places(edition.path):
            place = f"{source}/{path}" if several else path
            file = f"{bundle.FILES}/{media_names.file(place, article_id(source, path).hex())}"
            self._media[source, path] = file
            self._files[source].setdefault(path, file)
        self._paths = {key: {file: path for path, file in files.items()} for key, files in self._files.items()}
        self._bytes = 0

    def write(self, again: Again, report: Report) -> ExportSummary:
        """Write everything."""
        (self._folder / bundle.TABLES).mkdir()
        redirects: list[dict[str, str]] = []
        total = len(self._order)
        for number, (_, article) in enumerate(self._edition.scan()):
            self._article(article, again)
            redirects += [
                {"source": article.source, "path": alias.path, "title": alias.title, "target": article.path}
                for alias in article.aliases
                if alias.path
            ]
            if number % _REPORT_EVERY == 0:
                report("export", number, total, "articles")
        report("export", total, total, "articles")
        media = self._write_media()
        self._table(bundle.ARTICLES, ({"file": self._files[s][p], "source": s, "path": p} for s, p in self._order))
        self._table(bundle.REDIRECTS, redirects)
        self._table(bundle.WORKS, map(asdict, self._edition.works()))
        self._table(bundle.STATEMENTS, map(asdict, self._edition.statements()))
        self._table(bundle.MEDIA, media)
        title = self._edition.statement.title
        sources = sorted(self._sources.values(), key=lambda each: each.title != title)
        about = {"bundle": bundle.VERSION, "title": title, "sources": [asdict(each) for each in sources]}
        self._put(bundle.MANIFEST, json.dumps(about, ensure_ascii=False, indent=1) + "\n")
        self._put(bundle.INDEX, self._index(sources))
        return ExportSummary(articles=total, redirects=len(redirects), media=len(media), bytes=self._bytes)

    def _article(self, article: Article, again: Again) -> None:
        files, paths = self._files[article.source], self._paths[article.source]
        file = files[article.path]
        body = bundle.outward(article.body, lambda path: files.get(path, ""), lambda name: name in paths)
        text = _markdown(article, body, lambda markdown: again(markdown, article, file, paths))
        front = "\n".join(_front(article, self._sources[article.source]))
        self._put(file, f"---\n{front}\n---\n\n{text}\n")

    def _write_media(self) -> list[dict[str, str]]:
        found: dict[tuple[str, str], str] = {}
        for item, content in self._edition.media.items():
            for place in item.names:
                target = self._folder / self._media[place]
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
                self._bytes += len(content)
                found[place] = item.mime
        return [
            {"file": file, "source": source, "path": path, "mime": found[source, path]}
            for (source, path), file in self._media.items()
        ]

    def _index(self, sources: list[Source]) -> str:
        lines = ["---", 'okf_version: "0.2"', "---", ""]
        for source in sources:
            own = [(path, file) for path, file in self._files[source.key].items() if file.endswith(".md")]
            lines += [f"# {to_markdown(_escape(source.title or source.key))}", ""]
            shown = sorted(file for _, file in own)[:LISTED]
            lines += [f"* [{to_markdown(_escape(file.removesuffix('.md')))}]({_address(file)})" for file in shown]
            if len(own) > len(shown):
                lines.append(f"* … and {len(own) - len(shown):,} more, in `{bundle.ARTICLES}`")
            lines.append("")
        return "\n".join(lines)

    def _table(self, name: str, rows: Iterable[Mapping[str, object]]) -> None:
        with self._open(name) as file:
            for row in rows:
                line = json.dumps(row, ensure_ascii=False) + "\n"
                file.write(line)
                self._bytes += len(line.encode())

    def _put(self, name: str, text: str) -> None:
        with self._open(name) as file:
            file.write(text)
        self._bytes += len(text.encode())

    @contextlib.contextmanager
    def _open(self, name: str) -> Iterator[IO[str]]:
        target = self._folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("w", encoding="utf-8", newline="\n") as file:
            yield file


def _front(article: Article, source: Source) -> Iterator[str]:
    """The lines of an article's front matter."""
    yield "type: Article"
    yield f"title: {scalar(article.title)}"
    yield from _list("tags", article.categories)
    if article.url:
        yield f"resource: {scalar(article.url)}"
    if article.modified:
        yield f'generated: {{ by: "process:galactica", at: {scalar(article.modified)} }}'
    yield "sources:"
    yield f"  - id: {scalar(source.key)}"
    yield f"    resource: {scalar(article.url or source.url or f'{source.key}: {article.path}')}"
    yield f"    title: {scalar(source.title or source.key)}"
    if _DAY.fullmatch(source.date):
        yield f"    last_modified: {source.date}"
    yield from _list("aliases", [alias.title for alias in article.aliases if not alias.path])
    yield f"lang: {scalar(article.language)}"
    if article.licence:
        yield f"license: {scalar(article.licence)}"
    own = {name: getattr(article, name) for name in ("revision", "published", "work", "part")}
    lists = {name: getattr(article, name) for name in ("headings", "creators", "identifiers")}
    if any(own.values()) or any(lists.values()):
        yield "galactica:"
        yield from (f"  {name}: {scalar(str(value))}" for name, value in own.items() if value)
        for name, values in lists.items():
            if values:
                yield f"  {name}: [{', '.join(map(scalar, values))}]"


def _list(name: str, values: Iterable[str]) -> Iterator[str]:
    found = [scalar(each) for each in values]
    if found:
        yield f"{name}: [{', '.join(found)}]"


def _markdown(article: Article, body: str, again: Callable[[str], str]) -> str:
    """The Markdown that gives back exactly the article's body, as much of it as can be."""
    whole = to_markdown(body, exact=True)
    if again(whole) == article.body:
        return whole
    texts = [(block, to_markdown(block, exact=True)) for block in _blocks(body)]
    alone = [text if text.strip() and _same(again(text), again(_raw(block))) else _raw(block) for block, text in texts]
    mixed = "\n\n".join(alone)
    return mixed if again(mixed) == article.body else "\n\n".join(_raw(block) for block, _ in texts)


def _same(one: str, other: str) -> bool:
    return one == other and bool(one)


def _raw(block: str) -> str:
    """A block of HTML as Markdown passes it through: on one line."""
    return block.replace("\n", "&#10;")


def _blocks(body: str) -> Iterator[str]:
    """The blocks at the top of a canonical body."""
    depth = begun = 0
    for match in _TAGS.finditer(body):
        if match[2] in _VOID:
            if depth == 0:
                yield body[begun : match.end()].strip("\n")
                begun = match.end()
            continue
        depth += -1 if match[1] else 1
        if depth == 0:
            yield body[begun : match.end()].strip("\n")
            begun = match.end()


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _address(file: str) -> str:
    return quote(file, safe="/")
