"""Small sources and editions, as the tests of building make them."""

from ..building.conftest import made

__all__ = ["made"]
