"""The room over the made-up library, with and without a socket."""

from __future__ import annotations

import pytest

from galactica.web import create_app
from tests.web.shelf import FakeLibrary
from tests.web.visitor import Visitor


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def room(library: FakeLibrary) -> Visitor:
    return Visitor(create_app(library))
