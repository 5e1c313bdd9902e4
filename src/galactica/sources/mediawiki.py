"""A wiki's dump, as MediaWiki exports it: every page becomes an article, another name for one, or a stated refusal.

Rule 1, nothing lost: pages in = `Document` + `Redirect` + `Rejected`, one value a page. A page that the dump breaks
off in is the closing `Rejected("truncated")`.
Rule 2: articles are the pages of namespace 0 in the wikitext model; of several revisions the latest, once.
Rule 3: what the person says (key, language, licence) comes before what the dump says.

Standard: MediaWiki export schema 0.3 to 0.11, as plain XML or packed by gzip, bzip2 or xz (`mediawiki_streams`,
`mediawiki_xml`). A Wikidata dump holds entities, not articles: each is rejected as "unsupported-model".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote, unquote, urlsplit

from galactica.errors import InputError
from galactica.model import Document, Redirect, Rejected, Site, Source
from galactica.sources.contract import HEAD_BYTES, MAX_DOCUMENT, Format, Item, SourceOptions
from galactica.sources.mediawiki_redirects import redirect_target
from galactica.sources.mediawiki_streams import Fault, Unpacked, packing
from galactica.sources.mediawiki_xml import Broken, Event, ExportParser, Page, SiteInfo

NAME = "mediawiki"
SUFFIXES = (".xml", ".xml.bz2", ".xml.gz", ".xml.xz", ".bz2", ".gz", ".xz")

SNIFF_PACKED = 1024 * 1024
"""Bytes of a packed file that recognising may take: a bzip2 block unpacks only once it is whole, up to 900 kB."""

# The licence is not in the dump; these are the terms of the projects of the Wikimedia Foundation for text.
# Source: https://foundation.wikimedia.org/wiki/Policy:Terms_of_Use section 7, June 2023.
_SHARE_ALIKE = frozenset(
    "wikipedia wiktionary wikibooks wikiquote wikisource wikiversity wikivoyage wikimedia mediawiki".split()
)
_WIKITEXT = ("", "wikitext")

# Wikis whose language code is not a BCP 47 tag, or not that of their language.
# Source: https://meta.wikimedia.org/wiki/Special_language_codes, read 2024; tags from the IANA subtag registry.
_TAGS = {
    "als": "gsw", "bat-smg": "sgs", "be-x-old": "be-tarask", "cbk-zam": "cbk", "eml": "egl", "fiu-vro": "vro",
    "map-bms": "jv-x-bms", "mo": "ro-Cyrl-MD", "no": "nb", "nrm": "nrf", "roa-rup": "rup", "roa-tara": "nap-x-tara",
    "simple": "en", "zh-classical": "lzh", "zh-min-nan": "nan", "zh-yue": "yue",
}  # fmt: skip
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
_DATED = re.compile(r"-(\d{4})(\d{2})(\d{2})(?=\D|\Z)")
_ROOT = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:\w+:)?mediawiki[\s>]", re.DOTALL)


def language_tag(code: str) -> str:
    """The BCP 47 tag of a wiki's language code: "zh-classical" → "lzh"; "und" where it is none."""
    code = code.strip().replace("_", "-")
    tag = _TAGS.get(code.lower(), code)
    return tag if _TAG.match(tag) else "und"


def _text(head: bytes) -> str:
    """The first bytes as text, in the encodings a dump may have."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", "replace")
    if head[:2] == b"<\0":
        return head.decode("utf-16-le", "replace")
    if head[:2] == b"\0<":
        return head.decode("utf-16-be", "replace")
    return head.decode("utf-8-sig", "replace")


def recognise(path: Path, head: bytes) -> int:
    """95 where the (unpacked) bytes begin with a `<mediawiki>` element, else 0. A packed file is opened for it."""
    if packing(head):
        try:
            with path.open("rb") as file:
                head = _first_unpacked(file)
        except OSError:
            return 0
    return 95 if _ROOT.match(_text(head[:HEAD_BYTES])) else 0


def _first_unpacked(file: BinaryIO) -> bytes:
    stream = Unpacked(file)
    head = b""
    for piece in stream.pieces():
        head += piece[:HEAD_BYTES]
        if len(head) >= HEAD_BYTES or stream.taken >= SNIFF_PACKED:
            break
    return head


def open_dump(path: Path, options: SourceOptions) -> Dump:
    """Open a dump and read as far as its first page, so that its `source` is known."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise InputError(
            f"{path.name} cannot be opened: {error.strerror}.", "Check the path and its permissions."
        ) from error
    try:
        return Dump(path, file, options)
    except BaseException:
        file.close()
        raise


class Dump:
    """An open dump; an `OpenSource`."""

    def __init__(self, path: Path, file: BinaryIO, options: SourceOptions) -> None:
        self._file = file
        self._stream = Unpacked(file)
        self._parser = ExportParser(MAX_DOCUMENT)
        self._events = self._parse()
        self._size = path.stat().st_size
        first = next(self._events, None)
        if not isinstance(first, SiteInfo):
            reason = first.detail if isinstance(first, Broken) else "it is empty"
            raise InputError(
                f"{path.name} is not a MediaWiki dump that can be read: {reason}.",
                "Download it again, or check that it is a pages-articles XML dump.",
            )
        self.site = _site(first, options)
        self._source = _source(first, self.site, path.name, options)
        self._prefixes = {
            name.casefold().replace("_", " "): number for name, number in first.namespaces if name and number
        }

    @property
    def source(self) -> Source:
        """The wiki; known before the first page is read."""
        return self._source

    @property
    def size(self) -> int | None:
        """Bytes of the file, packed as it is."""
        return self._size

    @property
    def position(self) -> int:
        """Bytes of the file read so far."""
        return self._stream.taken

    def __enter__(self) -> Dump:
        return self

    def __exit__(self, *exc: object) -> None:
        self._file.close()

    def read(self) -> Iterator[Item]:
        """Yield one value a page, in the dump's order, and a last `Rejected` where the dump breaks off."""
        for event in self._events:
            if isinstance(event, Page):
                yield self._settle(event)
            elif isinstance(event, Broken):
                yield self._cut(event)

    def _parse(self) -> Iterator[Event]:
        for piece in self._stream.pieces():
            for event in self._parser.feed(piece):
                yield event
                if isinstance(event, Broken):
                    return
        fault = self._stream.fault
        if fault is not None:
            yield Broken(reason=fault.reason, where=f"byte {self._stream.given}", detail=fault.detail)
            return
        for event in self._parser.finish():
            if isinstance(event, Broken) and not self._parser.complete:
                # What follows the last whole piece is missing: to expat any early end is "no element found".
                event = Broken(reason="truncated", where=event.where, detail="the dump ends before its root element")
            yield event

    def _cut(self, broken: Broken) -> Rejected:
        """The end of a dump that breaks off. Damage in the packed stream counts as the page that it cut."""
        page = self._parser.page
        reason = "truncated" if broken.reason == "checksum" else broken.reason
        inside = f" inside page {page.title!r}" if page is not None else " between pages"
        where = (page.title if page is not None else "") or broken.where
        return self._reject(where, reason, f"{broken.detail}; {broken.where} of the unpacked dump,{inside}")

    def _reject(self, where: str, reason: str, detail: str) -> Rejected:
        return Rejected(source=self._source.key, where=where[:500], stage="read", reason=reason, detail=detail[:500])

    def _namespace(self, page: Page) -> int:
        """Its number; schemas before 0.6 do not give it, then the title's prefix says."""
        if page.ns is not None:
            return page.ns
        prefix, colon, _ = page.title.partition(":")
        return self._prefixes.get(prefix.strip().casefold().replace("_", " "), 0) if colon else 0

    def _settle(self, page: Page) -> Item:
        """Rule 1: exactly one value for a page."""
        where = page.title or f"page {page.id or f'at byte {page.offset}'}"
        if page.kind != "page":
            return self._reject(where, "not-an-article", "an entry of a log")
        namespace = self._namespace(page)
        revision = page.revision
        if namespace != 0:
            model = revision.model if revision is not None else ""
            if model.startswith("wikibase"):
                return self._reject(where, "unsupported-model", f"content model {model}")
            return self._reject(where, "not-an-article", f"namespace {namespace}")
        if not page.title:
            return self._reject(where, "bad-path", "the page has no title")
        path = page.title.replace(" ", "_")
        problem = _bad_path(path)
        if problem:
            return self._reject(where, "bad-path", problem)
        if revision is None:
            return self._reject(where, "empty", "the page has no revision")
        if revision.text is None:
            return self._reject(where, "too-large", f"{revision.size} bytes of text")
        if revision.model not in _WIKITEXT:
            return self._reject(where, "unsupported-model", f"content model {revision.model}")
        target = redirect_target(revision.text) or page.redirect
        if target is not None or page.redirect is not None:
            return self._redirect(page.title, path, page.redirect or target or "")
        if not revision.text.strip():
            return self._reject(
                where, "empty", "the text was deleted" if revision.deleted else "the dump holds no text for it"
            )
        return Document(
            source=self._source.key,
            path=path,
            title=page.title,
            markup="wikitext",
            content=revision.text,
            url=self.site.base + quote(path, safe="/:@!$()*,;~") if self.site.base else "",
            revision=revision.id,
            modified=revision.timestamp,
            site=self.site,
        )

    def _redirect(self, title: str, path: str, target: str) -> Item:
        target = target.partition("#")[0].strip(" _:").replace(" ", "_")
        if target and self.site.first_letter:
            target = target[0].upper() + target[1:]
        if not target or _bad_path(target):
            return self._reject(title, "broken-redirect", f"leads to {target!r}")
        return Redirect(source=self._source.key, path=path, title=title, target=target)


def _bad_path(path: str) -> str:
    """Why a path breaks the source contract, or ""."""
    if path.startswith("/"):
        return "begins with a slash"
    if any(part in (".", "..") for part in path.split("/")):
        return "has a dot segment"
    return "holds a NUL" if "\0" in path else ""


def _site(info: SiteInfo, options: SourceOptions) -> Site:
    base = info.base if info.base.startswith(("http://", "https://")) else ""
    return Site(
        namespaces=tuple((name.lower().replace("_", " "), number) for name, number in info.namespaces if name),
        language=options.language or language_tag(info.language or urlsplit(base).netloc.partition(".")[0]),
        first_letter=info.first_letter,
        base=base[: base.rfind("/") + 1] if base.count("/") > 2 else "",
    )


def _source(info: SiteInfo, site: Site, file_name: str, options: SourceOptions) -> Source:
    host = urlsplit(info.base).netloc.lower()
    parts = host.removeprefix("www.").split(".")
    project = parts[-2] if len(parts) > 1 else ""
    licence = options.licence
    if not licence and project in _SHARE_ALIKE:
        licence = "CC-BY-SA-4.0"
    elif not licence and project == "wikidata":
        licence = "CC0-1.0"
    key = options.key or info.dbname or _host_key(parts) or _stem(file_name)
    title = options.title or _title(info, parts, project) or key
    wikimedia = project in _SHARE_ALIKE or project == "wikidata"
    dated = _DATED.search(file_name)
    return Source(
        key=key,
        title=title,
        format=NAME,
        language=site.language,
        licence=licence,
        publisher="Wikimedia Foundation" if wikimedia else "",
        date="-".join(dated.groups()) if dated else "",
        url=f"{urlsplit(info.base).scheme}://{host}/" if host else "",
        attribution=f"Text by the contributors of {title} ({unquote(host)})." if licence and host else "",
    )


def _title(info: SiteInfo, parts: list[str], project: str) -> str:
    """The wiki's name; the many Wikipedias are told apart by their language."""
    name = info.sitename or ".".join(parts)
    code = parts[0] if len(parts) > 2 and parts[0] != project else ""
    return f"{name} ({code})" if code and project in _SHARE_ALIKE else name


def _host_key(parts: list[str]) -> str:
    """The database name that Wikimedia gives a host: en.wikipedia.org → enwiki; the host itself elsewhere."""
    if len(parts) == 3 and parts[1] in _SHARE_ALIKE:
        family = "wiki" if parts[1] in ("wikipedia", "wikimedia", "mediawiki") else parts[1]
        return parts[0].replace("-", "_") + family
    return ".".join(parts)


def _stem(file_name: str) -> str:
    """A file's name without its date and endings: "mywiki-20240101-pages-articles.xml.bz2" → "mywiki"."""
    stem = re.split(r"\.xml|\.bz2|\.gz|\.xz", file_name)[0]
    return re.sub(r"-(latest|\d{8}|pages-\w+|current|history)\b", "", stem) or "wiki"


__all__ = ["FORMAT", "Dump", "Fault", "language_tag", "open_dump", "recognise"]

FORMAT = Format(name=NAME, suffixes=SUFFIXES, recognise=recognise, open=open_dump)
