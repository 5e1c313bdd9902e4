"""The room over the made-up library, with and without a socket."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from galactica.web import create_app, desk
from galactica.web.render import Renderer
from tests.web.shelf import FakeLibrary
from tests.web.visitor import Visitor


@pytest.fixture(scope="session", autouse=True)
def one_renderer() -> Iterator[None]:
    """Templates are compiled once, not for every application that a test makes."""
    renderer = Renderer()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk, "Renderer", lambda: renderer)
        yield


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def room(library: FakeLibrary) -> Visitor:
    return Visitor(create_app(library))
