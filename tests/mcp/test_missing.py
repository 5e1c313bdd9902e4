"""Without the extra there is a word about it, and the exit code that says so."""

from __future__ import annotations

import sys

import pytest

from galactica.errors import MissingError
from galactica.mcp import serve_http, serve_stdio


@pytest.fixture
def without(monkeypatch):
    monkeypatch.delitem(sys.modules, "galactica.mcp.server", raising=False)
    monkeypatch.setattr("galactica.mcp.server", None, raising=False)
    monkeypatch.delattr("galactica.mcp.server")
    for name in [name for name in sys.modules if name == "mcp" or name.startswith("mcp.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)


def test_a_missing_package_is_named_with_its_remedy(without, opened):
    for serve in (serve_stdio, serve_http):
        with pytest.raises(MissingError, match="package mcp") as caught:
            serve(opened)
        assert caught.value.remedy == 'Install it with: pip install "galactica[mcp]"'
        assert caught.value.exit_code == 5
