"""Erasure codes: pieces of which any k restore the whole, however many there are. They know no encyclopedia."""

from __future__ import annotations

from galactica.codes.erasure.block import (
    MAX_SOURCES,
    first_repair,
    is_point,
    repair_symbols,
    restore_symbols,
    symbol_point,
    symbols_of,
)
from galactica.codes.erasure.false import MAX_FALSE, false_points
from galactica.codes.erasure.plain import weighed_sums

__all__ = [
    "MAX_FALSE",
    "MAX_SOURCES",
    "false_points",
    "first_repair",
    "is_point",
    "repair_symbols",
    "restore_symbols",
    "symbol_point",
    "symbols_of",
    "weighed_sums",
]
