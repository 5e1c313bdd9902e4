"""What ends the reading of a part of an office file, or of all of it; loaded with nothing else."""

from __future__ import annotations


class PartError(Exception):
    """A part, or the whole file, that cannot be read.

    Attributes:
        reason: word for `Rejected.reason`.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
