"""What a tool gives back, and how it tells what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from galactica.model import Step
from galactica.model.json import Json

Report = Callable[[Step], None]
"""Told each step when it is done; what it raises ends the work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolResult:
    """The same for a program and for a person.

    Attributes:
        document: fits the tool's schema.
        words: plain text.
    """

    document: Mapping[str, Json]
    words: str
