"""The one way out to a model: nothing leaves for another place, nothing unasked goes along, no more comes in than may.

It stands below the library that speaks HTTP and sees every request that would be sent, whoever made it. Loaded only
when a model is called.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2

from galactica.ask.models.address import Model

SENT = frozenset({"host", "accept", "content-type", "content-length", "transfer-encoding"})
"""Headers that go out as they were made; all others stay here, also those that the environment would add."""

TAIL = 64
"""Bytes of the end of a reply that are kept, to see whether it was finished."""


class GateError(httpx2.TransportError):
    """The gate is shut; the message says why, in words for a person."""


class Gate(httpx2.AsyncBaseTransport):
    """A transport to one model's address.

    Args:
        model: whose address it is, and how many bytes may come in.
        key: sent as a bearer token (RFC 6750); "" for none.
    """

    def __init__(self, model: Model, key: str) -> None:
        self._place = httpx2.URL(model.url)
        self._key = key
        self._left = model.size
        self._way = httpx2.AsyncHTTPTransport(trust_env=False, retries=0)
        self.tail = b""
        self.shut = ""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request to the model's own address.

        Raises:
            GateError: it would go elsewhere, or the answer sends us elsewhere, or is packed.
        """
        if not self._same(request.url):
            raise self._refuse("something else than its address would have been called")
        request.headers = httpx2.Headers(
            [
                *((name, value) for name, value in request.headers.items() if name.lower() in SENT),
                ("accept-encoding", "identity"),
                ("user-agent", "galactica"),
                *((("authorization", f"Bearer {self._key}"),) if self._key else ()),
            ]
        )
        response = await self._way.handle_async_request(request)
        if 300 <= response.status_code < 400:
            await response.aclose()
            raise self._refuse("it sent us to another address, where nobody was asked to go")
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            await response.aclose()
            raise self._refuse("its answer is packed, which was not asked for")
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        return httpx2.Response(
            response.status_code, headers=response.headers, stream=_Counted(self, response.stream), request=request
        )

    async def aclose(self) -> None:
        """Close the connection."""
        await self._way.aclose()

    def take(self, piece: bytes) -> bytes:
        """A piece of the reply that came in.

        Raises:
            GateError: more came than may.
        """
        self._left -= len(piece)
        if self._left < 0:
            raise self._refuse("it sent more than it may")
        self.tail = (self.tail + piece)[-TAIL:]
        return piece

    def _same(self, url: httpx2.URL) -> bool:
        own = self._place
        inside = url.path == own.path or url.path.startswith(own.path.rstrip("/") + "/")
        return (url.scheme, url.host, url.port) == (own.scheme, own.host, own.port) and inside

    def _refuse(self, why: str) -> GateError:
        self.shut = why
        return GateError(why)


class _Counted(httpx2.AsyncByteStream):
    """A reply whose bytes are counted as they come."""

    def __init__(self, gate: Gate, stream: httpx2.AsyncByteStream) -> None:
        self._gate = gate
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._stream:
            yield self._gate.take(piece)

    async def aclose(self) -> None:
        await self._stream.aclose()
