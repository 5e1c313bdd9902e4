"""Packets out of what was filmed or recorded: each once, however often it was seen, and a count of everything else.

Nothing is trusted here. A code of somebody else, a packet of another release or one that is damaged costs its look;
whom packets are handed to says which are of use.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from galactica.progress import Report, silent
from galactica.spread.film.envelope import unwrapped
from galactica.spread.film.sound.listening import Listener
from galactica.spread.film.sound.profile import RATE
from galactica.spread.film.sound.wav import read_wav
from galactica.spread.film.watching import PictureSeen, picture_files, watched

REMEMBERED = 200_000
"""Packets that are known again when they come again; of more, the oldest are forgotten and may be given twice."""

TOLD_FILES = 20
"""Files that could not be read and are named."""

_DIGEST = 12
"""Bytes by which a packet is known again. Whoever makes two alike hides one of their own packets."""


@dataclass(slots=True, kw_only=True)
class FilmTally:
    """What has been seen or heard so far; counts only grow.

    Attributes:
        pictures: pictures that were looked at.
        seconds: of sound that was listened to.
        codes: codes, or packets in sound, that were read, repeats among them.
        foreign: codes that are none of ours.
        packets: different packets.
        unread: files that could not be read (any further).
        why: (file, reason) of the first of them.
    """

    pictures: int = 0
    seconds: float = 0.0
    codes: int = 0
    foreign: int = 0
    packets: int = 0
    unread: int = 0
    why: list[tuple[Path, str]] = field(default_factory=list)


class PacketSieve:
    """Lets each packet through once.

    Args:
        tally: what is counted up.
    """

    def __init__(self, tally: FilmTally) -> None:
        self._tally = tally
        self._known: OrderedDict[bytes, None] = OrderedDict()

    def contents(self, contents: Iterable[bytes]) -> Iterator[bytes]:
        """The new packets in what codes say."""
        for content in contents:
            packet = unwrapped(content)
            if packet is None:
                self._tally.codes += 1
                self._tally.foreign += 1
            else:
                yield from self.packets((packet,))

    def packets(self, packets: Iterable[bytes]) -> Iterator[bytes]:
        """Those that are new."""
        for packet in packets:
            self._tally.codes += 1
            digest = _digest(packet)
            if digest in self._known:
                self._known.move_to_end(digest)
                continue
            self._known[digest] = None
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
            self._tally.packets += 1
            yield packet

    def forget(self, packet: bytes) -> None:
        """Let a packet through once more: it was not taken."""
        if self._known.pop(_digest(packet), True) is None:
            self._tally.packets -= 1


def _digest(packet: bytes) -> bytes:
    return hashlib.blake2b(packet, digest_size=_DIGEST).digest()


def filmed_packets(path: Path, tally: FilmTally, *, report: Report = silent) -> Iterator[bytes]:
    """The packets in a folder of pictures, a picture, an animation or a video, as soon as each is seen.

    Args:
        path: where they are.
        tally: what is counted up.
        report: stage "pictures".

    Raises:
        InputError: there is nothing there.
        LimitError: the folder has too many files.
        MissingError: a package is needed that is not installed.
    """
    sieve = PacketSieve(tally)
    files = picture_files(path)
    for looked in watched(files):
        yield from sieve.contents(_counted(looked, tally))
        report("pictures", tally.pictures, None, "pictures")


def heard_packets(path: Path, tally: FilmTally, *, report: Report = silent) -> Iterator[bytes]:
    """The packets in a WAV file, as soon as each is heard.

    Args:
        path: the file.
        tally: what is counted up.
        report: stage "sound".

    Raises:
        InputError: it is no WAV file that is read.
    """
    sieve = PacketSieve(tally)
    listener = Listener()
    for piece in read_wav(path):
        yield from sieve.packets(listener.hear(piece))
        tally.seconds += len(piece) / RATE
        report("sound", int(tally.seconds), None, "seconds")
    yield from sieve.packets(listener.end())


def _counted(looked: PictureSeen, tally: FilmTally) -> tuple[bytes, ...]:
    if looked.why:
        tally.unread += 1
        if len(tally.why) < TOLD_FILES:
            tally.why.append((looked.file, looked.why))
    else:
        tally.pictures += 1
    return looked.codes
