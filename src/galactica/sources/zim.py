"""ZIM files, the containers Kiwix reads: all three generations, whole or split, through libzim in a child process.

What becomes what: HTML entries → `Document` (a page that only sends its reader on → `Redirect`), plain text and
Markdown → `Document`, redirects → `Redirect`, pictures, sound, film, PDF → `MediaFile`, everything else → `Rejected`
("not-an-article": styles, scripts, fonts, the ZIM's own indexes). Metadata becomes the `Source`.

Paths are those of the entries: "A/Ray_Charles" and "I/m/Ray.jpg" in ZIMs with namespaces (format 5), "Ray_Charles" in
those without (format 6, minor 1 and later). Relative addresses in a page resolve against its path in both, because
old pages write "../I/m/Ray.jpg". Source: https://wiki.openzim.org/wiki/ZIM_file_format, .../Metadata.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from galactica.errors import InputError
from galactica.languages import tag_of_list
from galactica.model import Document, Markup, MediaFile, Redirect, Rejected, Source
from galactica.sources.child_message import ChildMessage
from galactica.sources.contract import Format, Item, OpenSource, SourceOptions
from galactica.sources.zim_guard import Guard
from galactica.sources.zim_page import PageFacts, page_facts, page_text, resolve_inside, spdx
from galactica.sources.zim_parts import parts_of

_MAGIC = b"ZIM\x04"
_PART = re.compile(r"\.zim[a-z]{2}$")
_FILE_LIKE = re.compile(r"[/_%]|\.[a-zA-Z]{1,5}$|^\d+$")
_FRAME = re.compile(r"_galactica_*/(index\.html|style\.css)$")
"""What an export (galactica.export.zim) puts around an edition's own articles."""
_NOTHING = frozenset({"", "n/a", "na", "-", "none", "unknown"})


def _recognise(path: Path, head: bytes) -> int:
    if head.startswith(_MAGIC):
        return 95
    if _parts_in_folder(path) is not None or (not path.exists() and parts_of(path)):
        return 90
    return 40 if _PART.search(path.name) or path.suffix.lower() == ".zim" else 0


def _parts_in_folder(path: Path) -> Path | None:
    """The first part, for a folder that holds the parts of one split ZIM and nothing else."""
    if not path.is_dir():
        return None
    names = sorted(entry.name for entry in path.iterdir())
    firsts = [name for name in names if name.endswith(".zimaa")]
    if len(firsts) != 1 or not all(name.startswith(firsts[0][:-2]) and _PART.search(name) for name in names):
        return None
    return path / firsts[0]


def _open(path: Path, options: SourceOptions) -> OpenSource:
    path = _parts_in_folder(path) or path
    if _PART.search(path.name) and not path.name.endswith("aa"):
        raise InputError(
            f"{path.name} is a later part of a split ZIM and cannot be read alone.",
            f"Give the first part instead: {path.name[:-2]}aa, with all parts in the same folder.",
        )
    if not parts_of(path):
        raise InputError(f"{path.name} does not exist.", "Check the path.")
    return ZimSource(path, options)


class ZimSource:
    """An open ZIM; see `contract.OpenSource`."""

    def __init__(self, path: Path, options: SourceOptions) -> None:
        self._guard = Guard(path)
        self._opened = self._guard.opened
        self._done = 0
        self._exported = dict(self._opened.metadata).get("Scraper", "").startswith("galactica ")
        self._source = describe_zim(dict(self._opened.metadata), path.name, options)

    @property
    def source(self) -> Source:
        """What the ZIM's metadata says."""
        return self._source

    @property
    def size(self) -> int | None:
        """Bytes of the file, all parts together."""
        return self._opened.size

    @property
    def position(self) -> int:
        """How far it is: entries are read in the order of their clusters, so their number is a fair measure."""
        return self._opened.size * self._done // max(1, self._opened.entries)

    def read(self) -> Iterator[Item]:
        """Every entry of the ZIM, content in the order in which it is stored, then redirects."""
        for frame in self._guard.frames():
            self._done = max(self._done, frame.number + 1)
            yield from self._items(frame)

    def __enter__(self) -> ZimSource:
        return self

    def __exit__(self, *exc: object) -> None:
        self._guard.close()

    def _items(self, frame: ChildMessage) -> Iterator[Item]:
        key = self._source.key
        if frame.kind == "checksum":
            yield self._rejected("the whole file", "checksum", "its bytes do not fit the MD5 that it carries")
        elif frame.kind == "bad":
            yield self._rejected(frame.path, frame.reason, frame.detail)
        elif not sound_path(frame.path) or (frame.kind == "redirect" and not sound_path(frame.target)):
            yield self._rejected(frame.path or f"entry {frame.number}", "bad-path", frame.target)
        elif self._exported and _FRAME.match(frame.path):
            yield self._rejected(frame.path, "not-an-article", "made by the export")
        elif frame.kind == "redirect":
            yield Redirect(source=key, path=frame.path, title=_title(frame, None), target=frame.target)
        elif not frame.content.strip():
            yield self._rejected(frame.path, "empty", frame.mime)
        elif frame.kind == "media":
            yield MediaFile(source=key, path=frame.path, mime=frame.mime, content=frame.content)
        else:
            yield from self._document(frame)

    def _document(self, frame: ChildMessage) -> Iterator[Item]:
        text, lost = page_text(frame.content, frame.detail)
        if lost:
            # The rest of the page can be read, so it is taken; what cannot is counted.
            yield self._rejected(frame.path, "bad-encoding", f"{lost} characters of it cannot be read")
        key, markup = self._source.key, _markup(frame)
        if markup != "html":
            yield Document(source=key, path=frame.path, title=_title(frame, None), markup=markup, content=text)
            return
        facts = page_facts(text)
        target = resolve_inside(frame.path, facts.refresh) if facts.refresh else ""
        if target and target != frame.path:
            yield Redirect(source=key, path=frame.path, title=_title(frame, facts), target=target)
            return
        language = tag_of_list(facts.language) if self._source.language in ("mul", "und") else "und"
        yield Document(
            source=key,
            path=frame.path,
            title=_title(frame, facts),
            markup="html",
            content=text,
            language="" if language == "und" else language,
            categories=facts.categories,
            url=facts.url,
            revision=facts.revision,
            modified=facts.modified,
            licence="" if self._source.licence else facts.licence,
        )

    def _rejected(self, where: str, reason: str, detail: str) -> Rejected:
        return Rejected(source=self._source.key, where=where[:1000], stage="read", reason=reason, detail=detail[:500])


def describe_zim(metadata: dict[str, str], file_name: str, options: SourceOptions) -> Source:
    """The `Source` of a ZIM from its metadata, what the person said, and, where both are silent, its file name."""
    said = {name: " ".join(value.replace("\0", " ").split())[:500] for name, value in metadata.items()}
    said = {name: value for name, value in said.items() if value.lower() not in _NOTHING}
    stem = key_of_file(file_name)
    licence = options.licence or spdx(said.get("License", said.get("Licence", "")))
    creator = said.get("Creator", "")
    address = said.get("Source", "")
    if address and not address.startswith(("http://", "https://")):
        address = f"https://{address}" if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", address) else ""
    date = re.match(r"\d{4}(-\d{2}(-\d{2})?)?", said.get("Date", ""))
    title = options.title or said.get("Title", "") or said.get("Name", "") or stem
    return Source(
        key=options.key or said.get("Name", "") or stem,
        title=title,
        format="zim",
        language=options.language or tag_of_list(said.get("Language", "")),
        licence=licence,
        publisher=said.get("Publisher", ""),
        date=date[0] if date else "",
        url=address,
        attribution=_attribution(title, creator, licence),
    )


def _attribution(title: str, creator: str, licence: str) -> str:
    if not creator:
        return ""
    work = title if creator in title else f"{title} by {creator}"
    return f"{work}, {licence}" if licence else work


def key_of_file(file_name: str) -> str:
    """A file name without its suffixes, date and flavour: "wiki_en_all_maxi_2024-01.zim" → "wiki_en_all"."""
    stem = re.sub(r"(\.joined)?\.zim([a-z]{2})?$", "", file_name, flags=re.I)
    bare = re.sub(r"(_(maxi|mini|nopic|novid|nodet))?_\d{4}-\d{2}(-\d{2})?.*$", "", stem)
    return bare or stem or "zim"


def sound_path(path: str) -> bool:
    """Rule 5 of the contract: relative, without NUL, "." and ".." segments."""
    return bool(path) and path[0] != "/" and "\0" not in path and not {".", ".."} & set(path.split("/"))


def _markup(frame: ChildMessage) -> Markup:
    return "html" if frame.kind == "page" else "markdown" if frame.mime == "text/markdown" else "text"


def _title(frame: ChildMessage, facts: PageFacts | None) -> str:
    """The entry's title; a page whose title is only its file name is asked for a better one."""
    title = " ".join(frame.title.replace("\0", " ").split())
    bare = frame.path[2:] if frame.path[1:2] == "/" else frame.path
    if title and (title not in (frame.path, bare) or not _FILE_LIKE.search(title)):
        return title
    if facts is not None and (facts.heading or facts.title):
        return facts.heading or facts.title
    return title or bare


def _sniff(name: str, head: bytes) -> int:
    return 95 if head.startswith(_MAGIC) else 40 if name.lower().endswith((".zim", ".zimaa")) else 0


FORMAT = Format(
    name="zim",
    suffixes=(".zim", ".zimaa"),
    recognise=_recognise,
    open=_open,
    sniff=_sniff,
    own=True,
    redirects=True,
)
