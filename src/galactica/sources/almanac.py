"""The built-in almanac, under the module name by which the table of formats finds it; made in `sources.atlas`."""

from galactica.sources.atlas import ALMANAC as FORMAT

__all__ = ["FORMAT"]
