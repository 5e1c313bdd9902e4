"""The page of a static edition: files that a browser reads it with, written beside the manifest.

HTML, CSS and JavaScript of our own in `page/`, copied as they are; with them `allowed.js`, what a body may be made of
(`model.body`), and in `worker.js` which files the page is, so that a browser keeps them. The same every time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from galactica.model import body

_HERE = Path(__file__).parent / "page"

WORKER = "worker.js"
ALLOWED = "allowed.js"


def page_files() -> dict[str, bytes]:
    """Name → content of every file of the page."""
    found = {path.name: _lean(path) for path in sorted(_HERE.iterdir()) if path.is_file()}
    found[ALLOWED] = "".join(_allowed()).encode()
    scripts = [name for name in sorted(found) if name.endswith(".js") and name != WORKER]
    listed = b", ".join(json.dumps(name).encode() for name in scripts)
    worker = found.pop(WORKER).replace(b'"@SCRIPTS@"', listed)
    version = hashlib.sha256(worker + b"".join(found[name] for name in sorted(found))).hexdigest()[:16]
    found[WORKER] = worker.replace(b"@VERSION@", version.encode())
    return found


def _lean(path: Path) -> bytes:
    """A file of the page without indents, which are a tenth of it, and lines of comment; no text has either."""
    raw = path.read_bytes()
    if path.suffix not in (".js", ".css", ".html"):
        return raw
    lines = [line.lstrip(b" ") for line in raw.splitlines(keepends=True)]
    return b"".join(line for line in lines if not line.startswith((b"// ", b"/** ", b"* ", b"*/", b"/**\n")))


def write_page(folder: Path) -> None:
    """Write the page into a folder that has, or will have, a static edition."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, raw in page_files().items():
        (folder / name).write_bytes(raw)


def _allowed() -> Iterator[str]:
    """The allowlist as a script."""
    yield "// What a body may be made of: docs/formats/body.md. Made from galactica.model.body.\n\n"
    for name, values in (
        ("TAGS", body.TAGS),
        ("MATH", body.MATH_TAGS),
        ("GLOBAL", body.GLOBAL_ATTRIBUTES),
        ("ROLES", body.ROLES),
    ):
        yield f"export const {name} = new Set({json.dumps(sorted(values))});\n"
    own = {tag: sorted(each) for tag, each in sorted(body.ATTRIBUTES.items())}
    yield f"export const ATTRIBUTES = {json.dumps(own)};\n"
