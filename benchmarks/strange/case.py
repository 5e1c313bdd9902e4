"""One awkward file: what is in it, and what must and must not be said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class StrangeFile:
    """A file as somebody has it.

    Attributes:
        name: of the file; its ending is part of what is tried.
        about: what is awkward in it.
        content: its bytes.
        says: each stands in the text of an article, a tab between cells, a line feed between blocks.
        never: none of it stands there.
        counted: a part of what must be counted as dropped or rejected.
        beside: further files of the folder, by path.
        unread: nothing can be read of it, and that is said.
    """

    name: str
    about: str
    content: bytes
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    beside: Mapping[str, bytes] = field(default_factory=dict)
    unread: bool = False


def strange(
    name: str,
    about: str,
    content: bytes | str,
    *says: str,
    never: tuple[str, ...] = (),
    counted: tuple[str, ...] = (),
    beside: Mapping[str, bytes] | None = None,
    unread: bool = False,
) -> StrangeFile:
    """A file, its text in UTF-8."""
    raw = content.encode() if isinstance(content, str) else content
    return StrangeFile(
        name=name, about=about, content=raw, says=says, never=never, counted=counted, beside=beside or {}, unread=unread
    )
