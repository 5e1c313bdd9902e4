"""A small MediaWiki behind api.php, and what a stream tells of its pages."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.follow.server import Asked, HostileServer, Script, reply

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"


class Wiki:
    """A small MediaWiki behind api.php."""

    def __init__(self, server: HostileServer) -> None:
        self.pages: dict[str, tuple[int, str]] = {}
        self.redirects: dict[str, str] = {}
        self.changes: list[dict[str, Any]] = []
        self.server = server
        self.fault: dict[str, Any] | None = None
        server.pages["/w/api.php"] = self.answer

    def edit(self, title: str, text: str, minute: int) -> None:
        number = len(self.changes) + 1
        self.pages[title] = (number, text)
        self.log(title, minute, type="edit", revid=number)

    def log(self, title: str, minute: int, **more: Any) -> None:
        row = {"title": title, "rcid": len(self.changes) + 1, "timestamp": f"2026-03-01T10:{minute:02}:00Z", "ns": 0}
        self.changes.append({**row, **more})

    def answer(self, asked: Asked) -> Script:
        said = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        if self.fault:
            return [reply(json.dumps(self.fault), kind="application/json")]
        return [reply(json.dumps(self._answer(said)), kind="application/json")]

    def _answer(self, said: dict[str, str]) -> dict[str, Any]:
        if said.get("meta") == "siteinfo":
            general = {
                "sitename": "Testpedia",
                "wikiid": "testwiki",
                "lang": "en",
                "base": "https://t.example/wiki/Main",
            }
            general |= {"server": "//t.example", "articlepath": "/wiki/$1"}
            return {"query": {"general": general, "rightsinfo": {"text": "CC BY-SA 4.0"}}}
        if said.get("list") == "recentchanges":
            since = said.get("rcstart", "")
            rows = [row for row in self.changes if row["timestamp"] >= since]
            if said["rcdir"] == "older":
                return {"query": {"recentchanges": rows[::-1]}}
            at = int(said.get("rccontinue", 0))
            found: dict[str, Any] = {"query": {"recentchanges": rows[at : at + 2]}}
            return found | ({"continue": {"rccontinue": str(at + 2)}} if at + 2 < len(rows) else {})
        title = said["page"]
        if title in self.redirects:
            return {"parse": {"title": "x", "redirects": [{"from": title, "to": self.redirects[title]}], "text": "x"}}
        if title not in self.pages:
            return {"error": {"code": "missingtitle", "info": "no such page"}}
        revision, text = self.pages[title]
        named = [{"category": "Big_things"}, {"category": "Hidden", "hidden": True}]
        return {"parse": {"title": title, "revid": revision, "text": f"<p>{text}</p>", "categories": named}}


def events(*said: dict[str, Any], first: int = 1) -> bytes:
    return b"".join(
        f"id: {number}\nevent: message\ndata: {json.dumps(each)}\n\n".encode()
        for number, each in enumerate(said, first)
    )


def changed(server: HostileServer, title: str, **more: Any) -> dict[str, Any]:
    host = urlsplit(server.address).netloc
    meta = {"domain": host, "dt": "2026-03-01T10:00:00Z", "stream": "mediawiki.recentchange"}
    said = {"meta": meta, "type": "edit", "title": title, "namespace": 0, "wiki": "testwiki"}
    return {**said, "server_url": server.address, "server_script_path": "/w", **more}
