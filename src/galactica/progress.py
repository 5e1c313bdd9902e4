"""How long work tells the person how far it is: one small callback, and nothing that knows of terminals."""

from __future__ import annotations

from typing import Protocol


class Report(Protocol):
    """Called now and then by long work.

    Args:
        stage: a short name of what is being done ("read", "settle", "index").
        done: how much of it is done, in `unit`.
        total: how much there is, or None where it cannot be known before the end.
        unit: "B" for bytes of input, else a plural noun ("articles").
    """

    def __call__(self, stage: str, done: int, total: int | None, unit: str) -> None:
        """Take note of how far the work is."""


def silent(stage: str, done: int, total: int | None, unit: str) -> None:
    """A `Report` that tells nobody."""
