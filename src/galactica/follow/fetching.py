"""Fetching politely: redirects, conditional requests, back-off, robots rules, a pause between requests, bounds.

Rules:
1. At most `HOPS` redirects, none in a circle, none from https to http. What is on the public net never leads to what is
   not: only an address that a person named may be local, and only where they allowed it.
2. A reply is held up to a bound, unpacked bytes counted; of packed ones no more is unpacked than the bound.
3. A server that says when to come again (429, 503, Retry-After) is waited for where that is soon, else asked next time.
   What breaks off or does not come is tried again a few times, each wait four times the one before.
4. Between two requests to a host `PAUSE` seconds pass, or what its robots.txt asks for, up to `LONGEST_PAUSE`.
Standards: RFC 9110 §10.2.3 (Retry-After), §13 (conditional requests), §15.4 (redirects); RFC 9309 (robots).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from galactica.follow.replies import body_of, retry_after
from galactica.follow.robots import EVERYTHING, NOTHING, RobotsRules, read_robots
from galactica.network.addresses import AddressError, checked_address, redirected, server_of
from galactica.network.connection import FetchError, Opener, ServerReply

HOPS = 5
"""Redirects that are followed (RFC 9309 asks for five; browsers follow twenty)."""

MAX_REPLY = 16 * 2**20
"""Bytes of a reply, unpacked, where the caller names no other bound."""

SECONDS = 90.0
"""For one request, until the last byte."""

TRIES = 3
"""How often something is asked for that breaks off or does not come."""

PATIENCE = 60.0
"""Seconds that a server may ask to wait for within a run; longer ones are kept for the next."""

PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds between two requests to a host on the public net."""

MAX_ROBOTS = 512 * 1024
"""Bytes of a robots.txt (RFC 9309 §2.5 asks for 500 KiB)."""

_MOVED = frozenset((301, 302, 303, 307, 308))
_BUSY = frozenset((429, 500, 502, 503, 504))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A whole reply.

    Attributes:
        address: where it came from in the end.
        status: 200, or 304 where nothing has changed since.
        headers: by name in lower case.
        body: unpacked.
        local: whether the first address asked was not public.
    """

    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    local: bool

    @property
    def etag(self) -> str:
        """What it is to be asked for by next time."""
        return self.headers.get("etag", "")[:500]

    @property
    def modified(self) -> str:
        """The same by date."""
        return self.headers.get("last-modified", "")[:100]

    @property
    def media_type(self) -> str:
        """Bare media type in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Fetcher:
    """Asks servers, one request at a time.

    Args:
        opener: sends a request.
        clock: seconds since 1970, by which servers say when to come again.
        sleep: waits so many seconds.
        agent: what servers are told of who asks.
        allow_local: whether an address that a person named may be on this machine or its network.
    """

    def __init__(
        self,
        opener: Opener,
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        agent: str,
        allow_local: bool = False,
    ) -> None:
        self._open, self._clock, self._sleep, self._agent = opener, clock, sleep, agent
        self.allow_local = allow_local
        self._next: dict[str, float] = {}
        self._pauses: dict[str, float] = {}
        self._robots: dict[str, RobotsRules] = {}

    def get(
        self,
        address: str,
        *,
        local: bool,
        accept: str = "*/*",
        etag: str = "",
        modified: str = "",
        limit: int = MAX_REPLY,
        robots: bool = False,
    ) -> Fetched:
        """Ask for an address until it comes, or does not.

        Args:
            local: whether it may be an address that is not public.
            etag, modified: of what is here already.
            limit: bytes of the reply.
            robots: whether the rules of its host for robots are kept: where no person named the address.

        Raises:
            FetchError: see there.
        """
        headers = {"Accept": accept, "Accept-Encoding": "gzip"}
        if etag:
            headers["If-None-Match"] = etag
        if modified:
            headers["If-Modified-Since"] = modified
        wait = 1.0
        for left in reversed(range(TRIES)):
            try:
                return self._followed(address, headers, local, limit, robots)
            except FetchError as error:
                pause = wait if error.again is None else error.again
                hopeless = error.lasting or error.reason in ("unreachable", "tls")
                if hopeless or not left or pause > PATIENCE:
                    raise
            self._sleep(pause)
            wait *= 4
        raise AssertionError("the last try returns or raises")

    @contextmanager
    def stream(self, address: str, *, local: bool, headers: Mapping[str, str], seconds: float) -> Iterator[ServerReply]:
        """A reply that does not end by itself; it is left when the block ends.

        Raises:
            FetchError: see there.
        """
        reply, _, _ = self._arrived(address, {**headers, "Accept-Encoding": "identity"}, local, seconds, robots=False)
        with reply:
            self._check_status(reply)
            yield reply

    def allowed(self, address: str, *, local: bool) -> bool:
        """Whether the robots rules of its host let this program ask for an address.

        Raises:
            FetchError: "busy", where the host cannot be asked for its rules now.
        """
        host = server_of(address)
        scheme = address.partition("://")[0]
        if host not in self._robots:
            self._robots[host] = self._rules(f"{scheme}://{host}/robots.txt", local)
            self._pauses[host] = min(LONGEST_PAUSE, self._robots[host].delay)
        return self._robots[host].allows(address)

    def _rules(self, address: str, local: bool) -> RobotsRules:
        try:
            found = self.get(address, local=local, accept="text/plain", limit=MAX_ROBOTS)
            return read_robots(found.body.decode("utf-8", "replace"), self._agent)
        except FetchError as error:
            if error.reason == "too-large":
                return NOTHING
            if error.reason == "status" and 400 <= error.status < 500 and error.status != 429:
                return EVERYTHING
            raise FetchError("busy", f"the rules of {server_of(address)} for robots cannot be had: {error}") from error

    def _followed(self, address: str, headers: Mapping[str, str], local: bool, limit: int, robots: bool) -> Fetched:
        reply, arrived, first_local = self._arrived(address, headers, local, SECONDS, robots=robots)
        with reply:
            if reply.status == 304 and ("If-None-Match" in headers or "If-Modified-Since" in headers):
                return Fetched(address=arrived, status=304, headers=reply.headers, body=b"", local=first_local)
            self._check_status(reply)
            if reply.headers.get("content-type", "").lower().startswith("text/event-stream"):
                raise FetchError("stream", "it is a stream of events, which does not end", lasting=True)
            return Fetched(
                address=arrived, status=200, headers=reply.headers, body=body_of(reply, limit), local=first_local
            )

    def _arrived(
        self, address: str, headers: Mapping[str, str], local: bool, seconds: float, *, robots: bool
    ) -> tuple[ServerReply, str, bool]:
        """(the reply at the end of all redirects, its address, whether the first address was not public)."""
        try:
            address = checked_address(address)
        except AddressError as error:
            raise FetchError("address", f"{address[:200]!r} is not fetched: {error}", lasting=True) from None
        seen = {address}
        first_local: bool | None = None
        while True:
            may_be_local = local if first_local is None else (local and first_local)
            if robots and not self.allowed(address, local=may_be_local):
                raise FetchError("robots", "its host asks robots not to fetch it", lasting=True)
            self._wait(address)
            reply = self._open(address, {"User-Agent": self._agent, **headers}, local=may_be_local, seconds=seconds)
            if first_local is None:
                first_local = reply.local
            self._next[server_of(address)] = self._clock() + (
                0.0 if reply.local else self._pauses.get(server_of(address), PAUSE)
            )
            if reply.status not in _MOVED or "location" not in reply.headers:
                return reply, address, first_local
            with reply:
                try:
                    address = redirected(address, reply.headers["location"])
                except AddressError as error:
                    raise FetchError(
                        "redirects", f"it is sent on to where nothing is fetched: {error}", lasting=True
                    ) from None
            if address in seen or len(seen) > HOPS:
                circle = "in a circle" if address in seen else f"more than {HOPS} times"
                raise FetchError("redirects", f"it is sent on {circle}", lasting=True)
            seen.add(address)

    def _wait(self, address: str) -> None:
        left = self._next.get(server_of(address), 0.0) - self._clock()
        if left > 0:
            self._sleep(min(left, LONGEST_PAUSE))

    def _check_status(self, reply: ServerReply) -> None:
        """Raise FetchError where a reply is not what was asked for."""
        status = reply.status
        if status == 200:
            return
        again = retry_after(reply.headers.get("retry-after", ""), self._clock())
        if status in _BUSY:
            raise FetchError("busy", f"the server is busy (HTTP {status})", status=status, again=again)
        raise FetchError("status", f"the server answers HTTP {status}", status=status, lasting=True)
