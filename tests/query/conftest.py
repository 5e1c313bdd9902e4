"""Sandboxes that open quickly."""

from .forked import quick_sandboxes, sandboxes

__all__ = ["quick_sandboxes", "sandboxes"]
