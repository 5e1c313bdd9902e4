"""Why something of a source was left out, and what to do: a sentence for each reason (`model.Rejected`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from galactica.library import LeftOut

KEPT = "kept-unread"
"""The reason of files that are in the edition, but are not searched."""

WHY = {
    "unsupported": "not read; turn it into HTML or text, or let a page link to it and it is kept as a file",
    KEPT: "kept as files because pages link to them; their text is not searched",
    "not-linked": "no page that was read shows it or links to it",
    "encrypted": "under a password; unpack or unlock it first",
    "pictures-only": "pages that are pictures and have no text; recognise it first (OCR)",
    "no-letters": "pages whose fonts do not say which letters they show; recognise them first (OCR)",
    "hidden": "a name that begins with a dot",
    "not-here": "not on the machine where the edition was built",
    "gone": "deleted, or never there: its source says so",
    "no-file": "no plain file but a link, a pipe or a device",
    "empty": "there is nothing in it",
    "too-large": "over a bound; for files that pages link to, --max-file and --max-files say which",
    "too-deep": "in too many folders or archives; unpack them",
    "too-many": "more files than one source may have; name parts of it",
    "too-slow": "took too long to clean",
    "truncated": "breaks off; check that it was copied whole",
    "checksum": "damaged; fetch it again",
    "unreadable": "cannot be read; check its permissions",
    "bad-path": "its name is no path: no Unicode, a line break or the like in it, or it leads out",
    "bad-encoding": "no text in an encoding that is known; save it as UTF-8",
    "bad-row": "a row without what an article needs",
    "bad-header": "no header that can be read",
    "broken-link": "a link to nothing",
    "outside": "a link that leads out of the folder",
    "deleted": "its source took it back; it is in the older editions",
    "robots": "its site asks robots not to fetch it",
    "unreachable": "it did not come, however often it was asked for",
    "broken-redirect": "another name of an article that is not there",
    "duplicate": "something came before it at the same place",
    "malformed": "damaged, or its markup cannot be cleaned",
    "unsafe-picture": "a picture that could do more than be looked at",
    "not-an-article": "talk, templates, styles and the like",
    "unsupported-model": "data, not an article",
    "archive-record": "a record about the crawl: a request, metadata, an address of a machine",
    "superseded": "another capture of the same page is kept",
    "revisit": "found unchanged when it was captured again; the day is kept",
    "revisit-unresolved": "unchanged since a capture that is not in this archive",
    "not-modified": "not sent again, because it was unchanged",
    "robots-txt": "a site's rules for robots",
    "not-found": "the server had nothing there, or said so in a page",
    "forbidden": "the server did not give it out",
    "server-error": "the server failed",
    "http-error": "an answer of the server that holds no page",
    "error-page": "a page that only says that something failed",
    "login-page": "a page that only asks for a password",
    "consent-page": "a page that only asks for consent",
    "robot-check": "a page that only asks whether its reader is a robot",
    "to-itself": "a redirect to the same page",
    "partial": "a part of a file",
    "damaged": "bytes that are no record",
    "other": "of rarer kinds",
}
"""Reason → why, and what to do."""

_WHY_OF = {
    "JSON file": "holds no objects with a text; name the key with --column text=NAME, or make one object a line of it",
    "notebook": "notebooks are not read; save it as Markdown or HTML (jupyter nbconvert --to markdown)",
    "table": "no column that looks like a text; name it with --column text=NAME",
    "ZIM file": "cannot be opened as a ZIM; fetch it again, all parts of it",
    "zip archive": "cannot be unpacked; unpack it first",
    "edition": "name it with -e beside the new one, or build on it with --parent",
    "packed file": "what is packed in it is not read",
    "program": "programs are not read",
    "script": "scripts are not read",
    "EPUB book": "style sheets and the like, or a part of no kind that is read; see the details",
    "style sheet": "styles are not read",
    "font": "fonts are not read",
}
"""Kinds of files that are "unsupported" for a reason of their own."""


def why_left_out(line: LeftOut) -> str:
    """Why things of a kind were left out, and what to do; "" for a reason that this program does not know."""
    return why_of(line.kind, line.reason)


def why_of(kind: str, reason: str) -> str:
    """The same, for a kind and a reason."""
    if reason == "unsupported" and not kind:
        return "cannot be read; see the details"
    if reason == "unsupported" and kind in _WHY_OF:
        return _WHY_OF[kind]
    return WHY.get(reason, "")
