"""Sandboxes for questions in SQL that open quickly."""

from ..query.forked import quick_sandboxes, sandboxes

__all__ = ["quick_sandboxes", "sandboxes"]
