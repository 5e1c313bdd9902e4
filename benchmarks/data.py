"""Where the real data lies, and the articles that several benchmarks share."""

from __future__ import annotations

import os
import re
import sys
import tarfile
from pathlib import Path

DOC = re.compile(r'<doc id="[^"]*" url="[^"]*" title="[^"]*">\n.*?\n</doc>\n?', re.S)


def real(name: str) -> Path:
    """A folder or file of the real data; ends the program plainly where it is absent."""
    folder = Path(os.environ.get("GALACTICA_DATA", "../shared/data"))
    path = folder / name
    if not path.exists():
        print(f"skipped: {path} is not there; set GALACTICA_DATA to the folder of real data")
        sys.exit(0)
    return path


def wikipedia(into: Path, *, articles: int = 0, cut: int = 0) -> tuple[Path, int]:
    """Unpack the English Wikipedia articles (AA and AB, about 13,000, 205 MB) into a folder.

    Args:
        into: a folder to make.
        articles: take only the first so many; 0 is all.
        cut: keep only the first so many characters of each article's text; 0 is all.

    Returns:
        The folder, and the bytes of text in it.
    """
    into.mkdir(parents=True)
    left, size = articles or 10**9, 0
    for name in ("AA", "AB"):
        with tarfile.open(real(f"enwiki-2015-core-wikiextractor/{name}.tar.xz")) as archive:
            for member in sorted((m for m in archive if m.isfile()), key=lambda m: m.name):
                file = archive.extractfile(member)
                if file is None or left <= 0:
                    continue
                docs = DOC.findall(file.read().decode())[:left]
                left -= len(docs)
                text = "".join(_cut(doc, cut) for doc in docs) if cut else "".join(docs)
                target = into / name / Path(member.name).name
                target.parent.mkdir(exist_ok=True)
                size += target.write_bytes(text.encode())
    return into, size


def _cut(doc: str, cut: int) -> str:
    head, _, rest = doc.partition("\n")
    body = rest.rpartition("\n</doc>")[0]
    return f"{head}\n{body[:cut]}\n</doc>\n"
