"""Objects come over connections that stay open: a server far away is not shaken hands with for each of them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from galactica import library
from galactica.spread.fetching.objects import AT_ONCE
from tests.spread.fetching.conftest import Two


class KeepingServer(ThreadingHTTPServer):
    """Serves a folder by HTTP/1.1, and counts."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        self.folder, self.connections, self.requests = folder, 0, 0
        super().__init__(("127.0.0.1", 0), KeepingHandler)

    def get_request(self) -> tuple[object, object]:  # type: ignore[override]
        self.connections += 1
        return super().get_request()


class KeepingHandler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, request: object, address: object, server: KeepingServer) -> None:
        super().__init__(request, address, server, directory=str(server.folder))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        assert isinstance(self.server, KeepingServer)
        self.server.requests += 1
        super().do_GET()

    def log_message(self, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def kept(two: Two) -> Iterator[KeepingServer]:
    with KeepingServer(two.both) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_many_objects_come_over_few_connections(kept: KeepingServer, two: Two, tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{kept.server_port}/"
    found = library.fetch([address], tmp_path / "out.edition", meaning=False, workers=0)
    assert found.chosen.release.root == two.second
    assert kept.requests > 20
    assert kept.connections <= AT_ONCE + 2


def test_an_update_comes_over_few_connections_too(kept: KeepingServer, two: Two, tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{kept.server_port}/"
    out = tmp_path / "out.edition"
    library.fetch([str(two.old)], out, meaning=False, workers=0)
    library.update(out, [address], meaning=False, workers=0)
    assert kept.requests > 4
    assert kept.connections <= AT_ONCE + 2
