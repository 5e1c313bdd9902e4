"""The room over the made-up library, with and without a socket."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from visitor import Visitor

sys.path.insert(0, str(Path(__file__).parent))

from shelf import FakeLibrary

from galactica.web import create_app


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def room(library: FakeLibrary) -> Visitor:
    return Visitor(create_app(library))
