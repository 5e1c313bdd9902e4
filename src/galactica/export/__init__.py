"""Ways out of an edition: a ZIM file for Kiwix, JSON Lines for programs."""

from galactica.export.jsonl import export_jsonl
from galactica.export.summary import ExportSummary
from galactica.export.zim import export_zim

__all__ = ["ExportSummary", "export_jsonl", "export_zim"]
