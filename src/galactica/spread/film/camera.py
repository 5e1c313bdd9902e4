"""What a browser's camera sees, on its way to whom packets are handed to: one picture or some codes at a time.

Rules:
1. One at a time takes packets (`PacketCollector` need not know of threads); pictures are looked at beside that.
2. When the last packet has come, the edition is put together in a thread of its own, once; what then comes is let go.
3. State is asked for at any time and tells how far it is; nothing here waits for it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from galactica.errors import GalacticaError, UsageError
from galactica.faults import fault_of
from galactica.spread.film.looking import codes_in
from galactica.spread.film.receiving import FilmTally, PacketSieve

MAX_SIDE = 4_096
"""Pixels of a picture's width and height that a browser may send."""

MAX_SENT_PIXELS = 4_000_000
"""Pixels of such a picture: a camera of 1920 by 1080 has half of that."""

Stage = Literal["waiting", "receiving", "assembling", "done", "failed"]


class PacketCollector(Protocol):
    """To whom packets are handed."""

    @property
    def title(self) -> str:
        """Of what is received, as far as it is known; else ""."""

    @property
    def share(self) -> float:
        """How much of it is there, 0 to 1."""

    @property
    def complete(self) -> bool:
        """Whether all of it is there, so that `finish` may be called."""

    def take(self, packet: bytes) -> None:
        """Take what may be a packet.

        Raises:
            GalacticaError: it cannot go on: the disk is full, or what is sent is refused.
        """

    def finish(self) -> None:
        """Put the edition together; called once.

        Raises:
            GalacticaError: it cannot be.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraState:
    """How far it is.

    Attributes:
        stage: "waiting" for the first packet; "receiving"; "assembling"; "done"; "failed".
        share: of what is received that is there, 0 to 1.
        title: of it; "" where it is not known yet.
        codes, foreign, packets: codes read, those that are none of ours, different packets.
        error: why it failed.
    """

    stage: Stage
    share: float
    title: str
    codes: int
    foreign: int
    packets: int
    error: GalacticaError | None = None


class CameraSession:
    """Receives one edition through a camera.

    Args:
        collector: to whom packets are handed.
    """

    def __init__(self, collector: PacketCollector) -> None:
        self._collector = collector
        self._tally = FilmTally()
        self._sieve = PacketSieve(self._tally)
        self._lock = threading.Lock()
        self._stage: Stage = "waiting"
        self._error: GalacticaError | None = None
        self._finishing: threading.Thread | None = None

    def see_picture(self, width: int, height: int, pixels: bytes) -> int:
        """Look for codes in a grey picture, row by row from the top, a byte each.

        Returns:
            Codes that were read in it.

        Raises:
            UsageError: the sizes are no picture's, or do not fit the bytes.
            MissingError: zxing-cpp is not installed.
        """
        if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE and width * height <= MAX_SENT_PIXELS):
            raise UsageError(
                f"A picture of {width} by {height} pixels is not looked at.",
                f"Send at most {MAX_SENT_PIXELS:,} pixels, {MAX_SIDE:,} in a row.",
            )
        if len(pixels) != width * height:
            raise UsageError(
                f"{len(pixels):,} bytes are no grey picture of {width} by {height} pixels.", "Send a byte a pixel."
            )
        if self._stage in ("assembling", "done", "failed"):
            return 0
        found = codes_in(np.frombuffer(pixels, np.uint8).reshape(height, width))
        self.see_codes(found)
        return len(found)

    def see_codes(self, contents: Iterable[bytes]) -> None:
        """Take what codes say."""
        with self._lock:
            if self._stage in ("assembling", "done", "failed"):
                return
            try:
                for packet in self._sieve.contents(contents):
                    self._stage = "receiving"
                    self._collector.take(packet)
                if self._collector.complete:
                    self._stage = "assembling"
                    self._finishing = threading.Thread(target=self._finish, name="assembler", daemon=True)
                    self._finishing.start()
            except GalacticaError as error:
                self._fail(error)

    def state(self) -> CameraState:
        """How far it is."""
        collector = self._collector
        return CameraState(
            stage=self._stage,
            share=1.0 if self._stage in ("assembling", "done") else min(1.0, max(0.0, collector.share)),
            title=collector.title,
            codes=self._tally.codes,
            foreign=self._tally.foreign,
            packets=self._tally.packets,
            error=self._error,
        )

    def wait(self) -> None:
        """Wait until an edition that is being put together is there."""
        if self._finishing is not None:
            self._finishing.join()

    def _finish(self) -> None:
        try:
            self._collector.finish()
        except GalacticaError as error:
            self._fail(error)
        except Exception as error:
            fault = fault_of(error)
            self._fail(fault or GalacticaError(f"The edition could not be put together: {error}.", "Try it again."))
        else:
            self._stage = "done"

    def _fail(self, error: GalacticaError) -> None:
        self._error = error
        self._stage = "failed"
