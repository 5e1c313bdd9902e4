"""What the tests of several sources share: the sources that come with the program, each read once."""

from __future__ import annotations

import functools
from collections.abc import Callable

import pytest

from galactica.model import Source
from galactica.sources.contract import Item
from galactica.sources.formats import open_source


@pytest.fixture(scope="session")
def built_in() -> Callable[[str], tuple[Source, list[Item]]]:
    """Gives a built-in source by its word, and everything in it."""

    @functools.cache
    def read(word: str) -> tuple[Source, list[Item]]:
        with open_source(word) as source:
            return source.source, list(source.read())

    return read
