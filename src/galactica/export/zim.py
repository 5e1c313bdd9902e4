"""An edition as a ZIM file that Kiwix opens, searches and shows: the way onto phones.

Rules:
1. Every internal link resolves: what leads out of the edition becomes plain words (counted in the summary).
2. Redirect paths become redirects unless an article lies there; a second name of a media file becomes a redirect.
3. Nothing is taken from the clock: the date is the sources' own. libzim draws a random UUID for each file, so two
   exports of one edition hold the same entries but are not the same bytes.
4. The file appears under its name when it is whole, or not at all.

Metadata: https://wiki.openzim.org/wiki/Metadata (mandatory: Name, Title, Creator, Publisher, Date, Description,
Language, Illustration_48x48@1; Title at most 30 characters, Description at most 80).
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from galactica.export import zim_frame
from galactica.export.places import Clean, ExportPlaces, IdSet, sound
from galactica.export.summary import ExportSummary, Overview, Readable
from galactica.export.zim_writer import ZimWriter
from galactica.languages import iso_639_3
from galactica.model import Article, MediaItem, article_id
from galactica.model.said import counted
from galactica.placing import check_place
from galactica.progress import Report, silent

_REPORT_EVERY = 200
Passive = Callable[[str, bytes], tuple[str, bytes] | None]
"""Media type and content of a file → the same of one that can only be looked at or saved."""

_LISTED = 500
"""How many articles the main page lists; of a larger edition it lists every n-th."""


def export_zim(
    edition: Readable,
    out: Path,
    *,
    report: Report = silent,
    clean: Clean = lambda body: body,
    passive: Passive = lambda mime, content: (mime, content),
    workers: int = 0,
    replace: bool = False,
) -> ExportSummary:
    """Write `edition` to the ZIM file `out`.

    Args:
        edition: what to write.
        out: the file.
        report: stage "export", unit "articles".
        clean: the sanitiser that is applied to every body on its way out.
        passive: the one that is applied to every file; what it gives None for is left out.
        workers: threads that compress; 0 for one a processor, at most 4.
        replace: whether a file of that name may be replaced.

    Raises:
        UsageError: something stands at `out` that is not replaced.
        MissingError: libzim is not installed, or the file cannot be written.
        EditionError: the edition cannot be read.
    """
    check_place(out, force="--force", replace=replace)
    info = edition.info
    articles, everything = _known(edition, passive)
    places = ExportPlaces(info.sources, everything)
    export = _Export(edition, places, articles)
    language = iso_639_3(info.languages[0][0]) if info.languages else "und"
    workers = workers or min(4, os.cpu_count() or 1)
    with ZimWriter(out, language=language, main=f"{places.own}/index.html", workers=workers, replace=replace) as writer:
        export.write_articles(writer, clean, report)
        export.write_media(writer, passive)
        export.write_frame(writer)
    return export.summary(writer.refused, out.stat().st_size)


def _known(edition: Readable, passive: Passive) -> tuple[IdSet, IdSet]:
    """Ids of the articles, and of all that will lie in the export."""
    articles, everything = IdSet(), IdSet()
    for _, article in edition.scan(body=False):
        if sound(article.path):
            articles.add(article.id)
            everything.add(article.id)
            for alias in article.aliases:
                if sound(alias.path):
                    everything.add(article_id(article.source, alias.path))
    for item, _, content in _files(edition, passive):
        for source, path in item.names:
            if content and sound(path):
                everything.add(article_id(source, path))
    return articles, everything


def _files(edition: Readable, passive: Passive) -> Iterator[tuple[MediaItem, str, bytes]]:
    """Every file that can be exported, its media type and content as they are then."""
    for item, content in edition.media.items():
        found = passive(item.mime, content)
        if found is not None:
            yield item, *found


class _Export:
    """One run: counts what it writes."""

    def __init__(self, edition: Readable, places: ExportPlaces, articles: IdSet) -> None:
        self._edition = edition
        self._info = edition.info
        self._places = places
        self._articles = articles
        self._sources = {source.key: source for source in edition.info.sources}
        self._listed: list[tuple[str, str]] = []
        self._latest = ""
        names = ("articles", "redirects", "media", "dropped_links", "dropped_aliases", "dropped_articles")
        self._counts = dict.fromkeys(names, 0)

    def write_articles(self, writer: ZimWriter, clean: Clean, report: Report) -> None:
        """Every article and, behind it, its other names."""
        total = self._info.articles
        step = max(1, -(-total // _LISTED))
        for row, article in self._edition.scan():
            path = self._places.path(article.source, article.path)
            if not sound(path):
                self._counts["dropped_articles"] += 1
                continue
            body, dropped = self._places.relink(clean(article.body), article.source, path)
            source, style = self._sources.get(article.source), f"{self._places.own}/style.css"
            writer.article(path, article.title, zim_frame.article_page(article, body, source, path, style))
            self._redirects(writer, article, path)
            self._counts["articles"] += 1
            self._counts["dropped_links"] += dropped
            self._latest = max(self._latest, article.modified[:10])
            if row % step == 0:
                self._listed.append((article.title, path))
            if row % _REPORT_EVERY == 0:
                report("export", row, total, "articles")
        report("export", total, total, "articles")

    def _redirects(self, writer: ZimWriter, article: Article, target: str) -> None:
        for alias in article.aliases:
            # A name without a place gets one, so that it can still be typed and found.
            own = alias.path or alias.title.replace(" ", "_")
            path, identity = self._places.path(article.source, own), article_id(article.source, own)
            invented = not alias.path and self._places.holds(article.source, own)
            if sound(path) and identity not in self._articles and not invented:
                # Kiwix shows one title for each article: a name that differs only in case would hide the article's own.
                writer.redirect(path, alias.title, target, front=_letters(alias.title) != _letters(article.title))
                self._counts["redirects"] += 1
            else:
                self._counts["dropped_aliases"] += 1

    def write_media(self, writer: ZimWriter, passive: Passive) -> None:
        """Every media file once; its further names lead to the first."""
        for item, mime, content in _files(self._edition, passive):
            first = ""
            for source, own in item.names:
                path = self._places.path(source, own)
                if not content or not sound(path) or article_id(source, own) in self._articles:
                    continue
                if first:
                    writer.redirect(path, "", first, front=False)
                    self._counts["redirects"] += 1
                else:
                    first = path
                    writer.file(path, "", mime, content)
                    self._counts["media"] += 1

    def write_frame(self, writer: ZimWriter) -> None:
        """Main page, style, metadata."""
        info, own = self._info, self._places.own
        main = f"{own}/index.html"
        page = zim_frame.main_page(info, sorted(self._listed), main, f"{own}/style.css", self._counts["articles"])
        writer.file(main, info.title, "text/html", page.encode())
        writer.file(f"{own}/style.css", "", "text/css", zim_frame.STYLE.encode())
        writer.metadata(metadata(info, self._latest), zim_frame.illustration(48))

    def summary(self, refused: Mapping[str, int], size: int) -> ExportSummary:
        """What was written, less what libzim refused."""
        counts = self._counts
        for kind, written, dropped in (
            ("article", "articles", "dropped_articles"),
            ("redirect", "redirects", "dropped_aliases"),
        ):
            counts[written] -= refused.get(kind, 0)
            counts[dropped] += refused.get(kind, 0)
        counts["media"] -= refused.get("file", 0)
        return ExportSummary(**counts, bytes=size)


def _letters(title: str) -> str:
    """What a search by title sees of it: letters and digits without case and accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", title).casefold() if sign.isalnum())


def metadata(info: Overview, latest: str = "") -> dict[str, str]:
    """The metadata of a ZIM made from an edition.

    Args:
        info: the edition at a glance.
        latest: date of its last changed article (YYYY-MM-DD) or "", for sources that tell no date.
    """
    sources = info.sources
    dates = [f"{source.date}-01-01"[:10] if len(source.date) == 4 else f"{source.date}-01"[:10] for source in sources]
    date = max([date for date in dates if len(date) == 10], default="") or latest or "1970-01-01"
    single = sources[0] if len(sources) == 1 else None
    names = sorted({source.publisher or source.title for source in sources})
    codes = list(dict.fromkeys(iso_639_3(tag) for tag, _ in info.languages))
    title = info.title or (single.title if single else "") or "Galactica"
    return {
        "Name": single.key if single else "_".join(title.split()),
        "Title": zim_frame.cut_with_ellipsis(title, 30),
        "Description": zim_frame.cut_with_ellipsis(f"{title}: {counted(info.articles, 'article')}", 80),
        "LongDescription": zim_frame.cut_with_ellipsis("\n".join(filter(None, (s.attribution for s in sources))), 4000),
        "Language": ",".join(code for code in codes if code != "und") or "und",
        "Creator": zim_frame.cut_with_ellipsis(", ".join(names) or title, 500),
        "Publisher": "Galactica",
        "Date": date,
        "License": "; ".join(info.licences),
        "Source": single.url if single else "",
        "Scraper": zim_frame.SCRAPER,
        "Tags": "_ftindex:yes",
        "X-Galactica-Root": info.root,
    }
