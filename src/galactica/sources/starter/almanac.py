"""The built-in almanac, under the module name by which the table of formats finds it; made in `atlas`."""

from galactica.sources.starter.atlas import ALMANAC as FORMAT

__all__ = ["FORMAT"]
