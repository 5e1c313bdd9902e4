import pytest

from tests.search.pretended import WORLD, searcher


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    """A searcher over `pretended.WORLD`."""
    return searcher(tmp_path_factory.mktemp("world") / "text", *WORLD)
