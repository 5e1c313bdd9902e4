"""What passes over the desk: a request made small and a reply ready to send. No sockets here."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote

from galactica.errors import UsageError
from galactica.model.said import said
from galactica.web import security
from galactica.wire.objects import encoded

Pairs = tuple[tuple[bytes, bytes], ...]

HTML = b"text/html; charset=utf-8"
JSON = b"application/json"

START = said("start-from-home", "Start from the first page.")
FEWER_WORDS = said("fewer-words", "Ask in fewer words.")
"""Remedies that several refusals share."""

_CONTROL = dict.fromkeys((*range(32), 127), " ")


class NotFoundError(UsageError):
    """There is nothing at this address."""


class RefusedError(UsageError):
    """A request that is not answered for a reason with a status of its own (RFC 9110 §15).

    Attributes:
        status: from 400 to 599.
        headers: that go with it.
    """

    def __init__(self, problem: str, remedy: str, *, status: int, headers: Pairs = ()) -> None:
        super().__init__(problem, remedy)
        self.status = status
        self.headers = headers


@dataclass(frozen=True, slots=True, kw_only=True)
class WebRequest:
    """A request.

    Attributes:
        steps: the percent-encoded segments of the path, the leading slash left out: "/a/x/y" → ("a", "x", "y").
        query: the last value of each parameter.
        language: the interface's language, one of `words.INTERFACES`.
        look: "auto", "light" or "dark".
        headers: lower-case name → value, the last one where a name comes twice.
    """

    steps: tuple[str, ...]
    query: dict[str, str] = field(default_factory=dict)
    language: str = "en"
    look: str = "auto"
    headers: dict[bytes, bytes] = field(default_factory=dict)

    def step(self, number: int) -> str:
        """Segment `number` decoded; NotFoundError where there is none or not UTF-8."""
        if number >= len(self.steps):
            raise NotFoundError(
                said("address-short", "This address is too short."),
                START,
            )
        return percent_decoded(self.steps[number])

    def rest(self, number: int) -> str:
        """All segments from `number` on, decoded and joined; NotFoundError where that is nothing."""
        path = percent_decoded("/".join(self.steps[number:]))
        if not path:
            raise NotFoundError(
                said("address-short", "This address is too short."),
                START,
            )
        return path

    def text(self, name: str, *, limit: int) -> str:
        """A parameter without control characters; UsageError where it is longer than `limit` characters."""
        value = self.query.get(name, "")
        if len(value) > limit:
            raise UsageError(
                said(
                    "too-many-characters",
                    "“{name}” has {number} characters; at most {limit} are read.",
                    name=name,
                    number=len(value),
                    limit=limit,
                ),
                FEWER_WORDS,
            )
        return value.translate(_CONTROL).strip()

    def number(self, name: str, *, default: int, low: int, high: int) -> int:
        """A whole number; UsageError where it is none or outside `low` to `high`."""
        value = self.query.get(name, "").strip()
        if not value:
            return default
        if not (value.isascii() and value.isdecimal() and len(value) <= 9 and low <= int(value) <= high):
            raise UsageError(
                said(
                    "not-a-number",
                    "“{name}” is not a whole number from {low} to {high}.",
                    name=name,
                    low=low,
                    high=high,
                ),
                said("leave-out-or", "Leave it out, or say {default}.", default=default),
            )
        return int(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A response; `headers` come on top of type, length and the porter's own."""

    status: int = 200
    body: bytes = b""
    type: bytes = HTML
    headers: Pairs = ()
    guard: Pairs = security.PAGE


def percent_decoded(text: str) -> str:
    """Undo percent-encoding; NotFoundError where the result is not UTF-8 or holds a NUL."""
    try:
        plain = unquote(text, errors="strict") if "%" in text else text
    except UnicodeDecodeError:
        plain = "\0"
    if "\0" in plain:
        raise NotFoundError(
            said("address-broken", "This address is not well-formed."),
            said("search-for-it", "Search for what you were looking for."),
        )
    return plain


def read_query(raw: bytes) -> dict[str, str]:
    """The parameters of an address, at most 20; broken UTF-8 becomes U+FFFD."""
    if not raw:
        return {}
    try:
        pairs = parse_qsl(raw.decode("latin-1"), keep_blank_values=True, errors="replace", max_num_fields=20)
    except ValueError:
        raise UsageError(
            said("too-many-parameters", "This address has too many parameters."),
            said("leave-some-out", "Leave some out."),
        ) from None
    return dict(pairs)


def as_json(value: object, *, status: int = 200, headers: Pairs = ()) -> Reply:
    """A reply of the API: a document, or what JSON has."""
    return Reply(
        status=status,
        body=encoded(value),
        type=JSON,
        headers=((b"cache-control", b"no-cache"), *headers),
    )


def redirect(path: str, *, headers: Pairs = ()) -> Reply:
    """Send the browser to an address of this room: an absolute path that cannot name another host."""
    assert path.startswith("/")
    assert not path.startswith(("//", "/\\"))
    return Reply(status=302, headers=((b"location", path.encode("ascii")), *headers))
