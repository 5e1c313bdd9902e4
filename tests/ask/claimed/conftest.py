"""An edition that is joined, opened once for all tests here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from galactica.library import Library, open_library
from tests.ask.claimed.shelf import made_shelf


@pytest.fixture(scope="package")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with open_library([made_shelf(tmp_path_factory.mktemp("countries"))]) as opened:
        yield opened
