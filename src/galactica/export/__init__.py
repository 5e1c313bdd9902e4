"""Ways out of an edition: a ZIM file for Kiwix, JSON Lines for programs.

Each name is loaded when it is first asked for: the process that writes a ZIM (`zim_child`) needs none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from galactica.export.jsonl import export_jsonl
    from galactica.export.summary import ExportSummary
    from galactica.export.zim import export_zim

__all__ = ["ExportSummary", "export_jsonl", "export_zim"]

_HOMES = {"ExportSummary": "summary", "export_jsonl": "jsonl", "export_zim": "zim"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
