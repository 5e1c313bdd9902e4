"""A static edition behind a file server: whole files and ranges by HTTP, each reply bounded before it is read.

A server that does not know ranges sends the whole file with status 200: that is told, and the connection given up,
because an answer must not cost an edition. Standard: RFC 9110 §14.2, §15.3.7. Redirects are not followed: what is
read is checked by its hash, but where it is read is what the person named.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote, urlsplit

from galactica.errors import EditionError, GalacticaError, InputError, UsageError
from galactica.network.addresses import AddressError, checked_address
from galactica.network.connection import FetchError, Opener

SECONDS = 60.0
"""For one request."""

_AGAIN = "Try again; what was read before is kept. A disc or a folder works as well."


class ServedFiles:
    """A static edition at an address.

    Args:
        address: of the folder, as a person wrote it.
        opener: asks for it.

    Raises:
        UsageError: it is no address.
    """

    def __init__(self, address: str, opener: Opener) -> None:
        try:
            self.where = checked_address(address if address.endswith("/") else f"{address}/")
        except AddressError as error:
            raise UsageError(f"{address} cannot be read: {error}.", "Name the address of the folder.") from error
        self._opener = opener

    def whole(self, name: str, most: int) -> bytes:
        """See `StaticFiles`."""
        status, raw = self._asked(name, {}, most)
        if status != 200:
            raise self._refused(name, status)
        return raw

    def part(self, name: str, offset: int, size: int) -> bytes:
        """See `StaticFiles`."""
        if not size:
            return b""
        status, raw = self._asked(name, {"range": f"bytes={offset}-{offset + size - 1}"}, size)
        if status == 200:
            raise EditionError(
                f"The server at {self.where} does not know ranges: for a few bytes of {name} it would send all of it.",
                "Use another mirror, or fetch the whole edition: galactica fetch.",
            )
        if status != 206:
            raise self._refused(name, status)
        return raw

    def _asked(self, name: str, headers: dict[str, str], most: int) -> tuple[int, bytes]:
        """Status and body of a reply; the body of another status than was hoped for is not read."""
        address = self.where + quote(name)
        headers = {"host": urlsplit(address).netloc, "accept-encoding": "identity", **headers}
        try:
            with self._opener(address, headers, local=True, seconds=SECONDS) as reply:
                wanted = reply.status == (206 if "range" in headers else 200)
                if not wanted:
                    return reply.status, b""
                if reply.headers.get("content-encoding", "identity") not in ("", "identity"):
                    raise EditionError(f"The server at {self.where} packs {name} though it was asked not to.", _AGAIN)
                if "range" in headers:
                    self._check_range(name, reply.headers.get("content-range", ""), headers["range"])
                return reply.status, self._body(name, reply.read, most)
        except FetchError as error:
            raise InputError(f"{self.where}{name} cannot be read now: {error}.", _AGAIN) from error

    def _check_range(self, name: str, given: str, asked: str) -> None:
        """See that a server gives the range that it was asked for."""
        if given.partition("/")[0].replace("bytes ", "bytes=") != asked:
            raise EditionError(f"The server at {self.where} gives another part of {name} than was asked for.", _AGAIN)

    def _body(self, name: str, read: Callable[[], bytes], most: int) -> bytes:
        out = bytearray()
        while piece := read():
            out += piece
            if len(out) > most:
                raise EditionError(f"The server at {self.where} sends more of {name} than there is.", _AGAIN)
        return bytes(out)

    def _refused(self, name: str, status: int) -> GalacticaError:
        if status in (404, 410, 416):
            return EditionError(
                f"There is no {name} at {self.where}, or less of it than there should be.",
                "Name the folder that has the manifest.json of a static edition.",
            )
        return InputError(f"The server at {self.where} refuses {name} (status {status}).", _AGAIN)
