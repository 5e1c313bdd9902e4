"""An edition, written as a ZIM, is a ZIM that Kiwix opens: each check is printed with what it found.

    python -m benchmarks.export_zim [EDITION] [--source FILE]... [--keep FOLDER]

Without an EDITION one is built from real ZIMs with redirects and pictures (GALACTICA_DATA, default ../shared/data).
Checks: `Archive.check()` of libzim; every internal link and picture resolves; redirects, metadata, illustration;
full-text search and suggestions by libzim and by `kiwix-serve` (Debian's kiwix-tools), which also serves every page;
Debian's `zimcheck` says nothing of it that it does not say of a plain ZIM made by libzim in the same run; read in
again, it gives the same article ids. The exit status is 1 where a check fails; missing programs are said and skipped.
"""

from __future__ import annotations

import argparse
import contextlib
import html
import json
import os
import posixpath
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

from libzim.reader import Archive
from libzim.search import Query, Searcher
from libzim.suggestion import SuggestionSearcher
from libzim.writer import Creator, Hint, Item, StringProvider

from galactica import library
from galactica.edition import Edition
from galactica.export.zim_frame import illustration
from galactica.model import Document
from galactica.sources.formats import open_source

DEFAULT_SOURCES = ("wikipedia_en_ray_charles_2015-06.joined.zim", "kiwix-js-history/wikipedia_en_100_mini_2022-10.zim")
WORDS = ("piano", "population", "music", "history")


class Checks:
    """Prints each check and remembers whether one failed."""

    def __init__(self) -> None:
        self.failed: list[str] = []

    def check(self, name: str, good: bool, found: str = "") -> None:
        print(f"{'ok  ' if good else 'FAIL'}  {name}{f': {found}' if found else ''}", flush=True)
        if not good:
            self.failed.append(name)


class Page(Item):
    def __init__(self, path: str, title: str, mime: str, content: bytes, front: bool) -> None:
        super().__init__()
        self._path, self._title, self._mime, self._content, self._front = path, title, mime, content, front

    def get_path(self) -> str:
        return self._path

    def get_title(self) -> str:
        return self._title

    def get_mimetype(self) -> str:
        return self._mime

    def get_contentprovider(self) -> StringProvider:
        return StringProvider(self._content)

    def get_hints(self) -> dict[Hint, bool]:
        return {Hint.FRONT_ARTICLE: self._front}


def plain_zim(out: Path | str) -> None:
    """What libzim makes of two linked pages with all metadata: the measure for an old zimcheck."""
    with Creator(out).config_indexing(True, "eng") as creator:
        creator.set_mainpath("one")
        for name, other in (("one", "two"), ("two", "one")):
            page = f'<html><body><h1>{name}</h1><p>Words of {name}.</p><a href="{other}">{other}</a></body></html>'
            creator.add_item(Page(name, name, "text/html", page.encode(), True))
        for name in ("Name", "Title", "Creator", "Publisher", "Description"):
            creator.add_metadata(name, "plain")
        creator.add_metadata("Language", "eng")
        creator.add_metadata("Date", "2024-01-01")
        creator.add_illustration(48, illustration(48))


def addresses(archive: Archive) -> Iterator[tuple[str, str]]:
    """(page, internal address) of every page, as written."""
    for number in range(archive.all_entry_count):
        entry = archive._get_entry_by_id(number)
        if entry.is_redirect:
            continue
        item = entry.get_item()
        if item.mimetype.startswith("text/html"):
            for address in re.findall(r'\b(?:href|src|poster)="([^"]*)"', bytes(item.content).decode()):
                address = html.unescape(address).partition("#")[0]
                if address and not re.match(r"[a-z][a-z0-9+.-]*:", address):
                    yield entry.path, address


def check_links(checks: Checks, archive: Archive) -> None:
    count, broken = 0, []
    for page, address in addresses(archive):
        count += 1
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(address)))
        if not archive.has_entry_by_path(target):
            broken.append((page, address))
    checks.check("every internal link resolves", not broken, f"{count:,} links, {len(broken)} broken {broken[:3]}")


def check_entries(checks: Checks, archive: Archive, edition: Edition) -> None:
    wanted = edition.info.articles
    missing = [a.path for _, a in edition.scan(body=False) if not _lies(archive, a.path, a.source, edition)]
    checks.check("every article is there", not missing, f"{wanted:,} articles, {len(missing)} missing {missing[:3]}")
    mandatory = ("Name", "Title", "Creator", "Publisher", "Date", "Description", "Language")
    absent = [name for name in mandatory if name not in archive.metadata_keys]
    checks.check("mandatory metadata and illustration", not absent and archive.has_illustration(48), str(absent or ""))
    checks.check("main page", archive.has_main_entry, archive.main_entry.get_item().path)


def _lies(archive: Archive, path: str, source: str, edition: Edition) -> bool:
    if len(edition.info.sources) == 1:
        return bool(archive.has_entry_by_path(path))
    return any(archive.has_entry_by_path(f"{folder}/{path}") for folder in (source, re.sub(r"[^\w.-]+", "_", source)))


def check_search(checks: Checks, archive: Archive, edition: Edition) -> None:
    hits = {word: Searcher(archive).search(Query().set_query(word)).getEstimatedMatches() for word in WORDS}
    checks.check("libzim's full-text search finds", archive.has_fulltext_index and any(hits.values()), str(hits))
    titles = [article.title for row, article in edition.scan(body=False) if row % max(1, len(edition) // 50) == 0][:50]
    lost = []
    for title in titles:
        results = SuggestionSearcher(archive).suggest(title).getResults(0, 10)
        if title not in {archive.get_entry_by_path(path).title for path in results}:
            lost.append(title)
    found = len(titles) - len(lost)
    checks.check("suggestions find titles", found >= 0.95 * len(titles), f"{found} of {len(titles)}, not {lost[:3]}")


def check_again(checks: Checks, out: Path, edition: Edition) -> None:
    if len(edition.info.sources) != 1:
        return
    with open_source(out) as source:
        key = source.source.key
        paths = {item.path for item in source.read() if isinstance(item, Document)}
    lost = [a.path for _, a in edition.scan(body=False) if a.path not in paths or a.source != key]
    checks.check(
        "read in again, ids are the same", not lost, f"{len(paths):,} documents, {len(lost)} differ {lost[:3]}"
    )


@contextlib.contextmanager
def kiwix_serve(zim: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        ["kiwix-serve", "-i", "127.0.0.1", "-p", str(port), str(zim)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(base, timeout=1)
                break
            time.sleep(0.1)
        yield base
    finally:
        server.kill()
        server.wait()


def fetch(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, ""


def check_kiwix(checks: Checks, out: Path, archive: Archive) -> None:
    if not shutil.which("kiwix-serve"):
        print("skip  kiwix-serve is not installed")
        return
    with kiwix_serve(out) as base:
        book = out.stem
        main_page = quote(archive.main_entry.get_item().path)
        root = f"{base}/content/{book}"
        if fetch(f"{root}/{main_page}")[0] == 404:
            root = f"{base}/{book}"  # kiwix-tools before 3.4
        status, page = fetch(f"{root}/{main_page}")
        checks.check("kiwix-serve opens the main page", status == 200 and "<h1>" in page, f"status {status}")
        bad, count = [], 0
        for number in range(archive.all_entry_count):
            entry = archive._get_entry_by_id(number)
            if archive.has_entry_by_path(entry.path) and number % max(1, archive.all_entry_count // 300) == 0:
                count += 1
                status, _ = fetch(f"{root}/{quote(entry.path)}")
                if status != 200:
                    bad.append((status, entry.path))
        checks.check("kiwix-serve serves entries", not bad, f"{count} asked, {len(bad)} refused {bad[:3]}")
        status, page = fetch(f"{base}/search?pattern={WORDS[0]}&books.name={book}")
        if status != 200:
            status, page = fetch(f"{base}/search?pattern={WORDS[0]}&content={book}")
        results = len(re.findall(r"<li>\s*<a href", page))
        checks.check("kiwix-serve searches", status == 200 and results > 0, f"{results} results on the first page")
        status, page = fetch(f"{base}/suggest?content={book}&term=a")
        count = len(json.loads(page)) if status == 200 else 0
        checks.check("kiwix-serve suggests", count > 1, f"{count} suggestions")


def zimcheck(path: Path) -> set[str]:
    """Kinds of complaint, without their counts and places."""
    done = subprocess.run(["zimcheck", "-A", str(path)], capture_output=True, text=True, errors="replace", timeout=900)
    said = done.stdout + done.stderr
    return {" ".join(line.split()) for line in said.splitlines() if re.match(r"\s*\[(ERROR|WARNING)\]", line)}


def check_zimcheck(checks: Checks, out: Path, folder: Path) -> None:
    if not shutil.which("zimcheck"):
        print("skip  zimcheck is not installed")
        return
    command = (
        "import sys; from benchmarks.export_zim import plain_zim; plain_zim(sys.argv[1])"  # libzim prints its steps
    )
    subprocess.run([sys.executable, "-c", command, str(folder / "plain.zim")], stdout=subprocess.DEVNULL, check=True)
    usual, ours = zimcheck(folder / "plain.zim"), zimcheck(out)
    checks.check("zimcheck says nothing new", not ours - usual, f"new {sorted(ours - usual)}, as ever {sorted(usual)}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edition", type=Path, nargs="?")
    parser.add_argument("--source", type=Path, action="append")
    parser.add_argument("--keep", type=Path, help="folder to leave the ZIM in")
    options = parser.parse_args()
    root = Path(os.environ.get("GALACTICA_DATA", "../shared/data")) / "zim"
    sources = options.source or [root / name for name in DEFAULT_SOURCES]
    if options.edition is None and not all(path.exists() for path in sources):
        print(f"skipped: no real data in {root} (set GALACTICA_DATA)")
        return 0
    checks = Checks()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        runs = (
            [(options.edition, None)] if options.edition else [(None, [path]) for path in sources] + [(None, sources)]
        )
        for number, (edition, given) in enumerate(runs):
            if edition is None:
                edition = Path(scratch) / f"run{number}.edition"
                library.build(edition, given, title="Export check")
            one_run(checks, edition, folder, Path(scratch))
    print(json.dumps({"failed": checks.failed}))
    return 1 if checks.failed else 0


def one_run(checks: Checks, path: Path, folder: Path, scratch: Path) -> None:
    out = folder / f"{path.stem}.zim"
    started = time.perf_counter()
    summary = library.export(path, out, format="zim")
    print(f"\n{path.name} → {out.name} in {time.perf_counter() - started:.1f} s: {summary}")
    archive = Archive(out)
    with Edition.open(path) as edition:
        checks.check("Archive.check()", archive.check())
        check_entries(checks, archive, edition)
        check_links(checks, archive)
        check_search(checks, archive, edition)
        check_again(checks, out, edition)
    check_kiwix(checks, out, archive)
    check_zimcheck(checks, out, scratch)


if __name__ == "__main__":
    sys.exit(main())
