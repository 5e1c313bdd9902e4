"""Pages from templates: compiled once, with the room's own files loaded once and named by their content.

A static file's address holds the start of its SHA-256, so browsers keep it for good and a new version is a new address.
Templates escape everything; only `galactica.web.body` hands over markup.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from galactica.languages import name_among, name_of
from galactica.web import words
from galactica.web.exchange import Pairs, Reply, WebRequest
from galactica.web.identifiers import identifier
from galactica.web.kinds import kind_of
from galactica.web.security import safe_link
from galactica.wire.addresses import path_encoded

LOOKS = ("auto", "light", "dark")
"""Appearances: as the system says, always light, always dark."""

_HERE = Path(__file__).parent
_TYPES = {
    ".css": b"text/css; charset=utf-8",
    ".js": b"text/javascript; charset=utf-8",
    ".svg": b"image/svg+xml",
}
_TEMPLATES = (
    "home report results article differences titles categories category about message ask answer step".split()
    + "model work works receive trace".split()
)  # each is templates/NAME.html


@dataclass(frozen=True, slots=True, kw_only=True)
class Static:
    """A file of the room itself."""

    type: bytes
    body: bytes


class Renderer:
    """Templates and static files of the room.

    Attributes:
        static: file name in its address ("room.0123abcd.css") → file.
        stamp: changes whenever a template, a catalogue or a static file does; part of every ETag.
    """

    def __init__(self) -> None:
        self.static: dict[str, Static] = {}
        addresses: dict[str, str] = {}
        digest = hashlib.sha256()
        for file in sorted((_HERE / "static").iterdir()):
            content = file.read_bytes()
            name = f"{file.stem}.{hashlib.sha256(content).hexdigest()[:8]}{file.suffix}"
            self.static[name] = Static(type=_TYPES[file.suffix], body=content)
            addresses[file.name] = f"/static/{name}"
        for folder in ("static", "templates", "words"):
            for file in sorted(path for path in (_HERE / folder).iterdir() if path.is_file()):
                digest.update(file.read_bytes())
        for file in sorted(_HERE.glob("*.py")):
            digest.update(file.read_bytes())
        self.stamp = digest.hexdigest()[:8]
        environment = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        environment.globals.update(static=addresses, looks=LOOKS, interfaces=words.INTERFACES)
        environment.filters.update(
            path=path_encoded,
            language=name_of,
            among=name_among,
            direction=words.direction,
            web=safe_link,
            identifier=identifier,
            kind=lambda work, w: kind_of(w, work),
            day=lambda date: date[:10],
        )
        self._templates: dict[str, Template] = {name: environment.get_template(f"{name}.html") for name in _TEMPLATES}

    def page(
        self, template: str, request: WebRequest, *, status: int = 200, headers: Pairs = (), **values: object
    ) -> Reply:
        """Render a page in the language and the look that were asked for."""
        values.setdefault("query", "")
        text = self._templates[template].render(w=words.CATALOGUES[request.language], look=request.look, **values)
        return Reply(
            status=status,
            body=text.encode("utf-8", "replace"),
            headers=(*headers, (b"vary", b"accept-language, cookie")),
        )

    def piece(self, template: str, request: WebRequest, **values: object) -> bytes:
        """A part of a page that is sent as it grows."""
        text = self._templates[template].render(w=words.CATALOGUES[request.language], look=request.look, **values)
        return text.encode("utf-8", "replace")
