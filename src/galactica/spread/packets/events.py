"""What a receiver tells of what came in."""

from __future__ import annotations

from dataclasses import dataclass

from galactica.errors import GalacticaError
from galactica.spread.packets.announcement import Announcement
from galactica.spread.packets.layout import SentObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A release was announced, and whoever judges announcements took it.

    Attributes:
        release: its 6 bytes in packets.
        symbol: bytes of a symbol; the same release may come in packets of several lengths.
        announcement: document, signatures, roots.
    """

    release: bytes
    symbol: int
    announcement: Announcement


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A release was announced and not taken.

    Attributes:
        release: its 6 bytes in packets.
        why: what whoever judges announcements said.
    """

    release: bytes
    why: GalacticaError


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectArrived:
    """An object is whole, and its hash is the one that the release names.

    Attributes:
        release: its 6 bytes in packets.
        place: of the object in the release's list.
        object: its hash and size.
    """

    release: bytes
    place: int
    object: SentObject


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseSymbols:
    """Symbols that do not belong to a block were found and dropped.

    Attributes:
        release: its 6 bytes in packets.
        block: its number; -1 is the announcement.
        count: how many.
    """

    release: bytes
    block: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockSpoiled:
    """More symbols of a block are false than can be told from the true ones: it begins anew.

    Attributes:
        release: its 6 bytes in packets.
        block: its number; -1 is the announcement.
    """

    release: bytes
    block: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AllArrived:
    """Every object of a release is there.

    Attributes:
        release: its 6 bytes in packets.
    """

    release: bytes


ReceiverEvent = Announced | Refused | ObjectArrived | FalseSymbols | BlockSpoiled | AllArrived
