"""What a browser's camera sees, on its way to whoever receives: some codes, or one picture, at a time.

Rules:
1. Whoever receives runs in a thread of its own and takes packets out of `packets`, one after the other.
2. What comes faster than it is taken is let go: a film shows it again.
3. When it has all it wants it returns, and what then comes is let go.
4. How far it is can be asked for at any time; nothing here waits for it.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from galactica.errors import GalacticaError, UsageError
from galactica.faults import fault_of
from galactica.spread.film.looking import codes_in
from galactica.spread.film.receiving import FilmTally, PacketSieve

MAX_SIDE = 4_096
"""Pixels of a picture's width and height that a browser may send."""

MAX_SENT_PIXELS = 4_000_000
"""Pixels of such a picture: a camera of 1920 by 1080 has half of that."""

MAX_WAITING = 4_096
"""Packets that wait to be taken: three minutes of a film, 8 MB at the most."""

MOMENT = 0.25
"""Seconds without a packet after which whoever receives is told that nothing came."""

RECEIVING_STAGE = "receive"
"""The stage that whoever receives reports while packets come; any other is of putting the edition together."""

CameraStage = Literal["waiting", "receiving", "assembling", "done", "failed"]


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

    stage: CameraStage
    share: float
    title: str
    codes: int
    foreign: int
    packets: int
    error: GalacticaError | None = None


class CameraSession:
    """Receives one edition through a camera.

    Args:
        receive: receives from this session, in a thread of its own, until all of it is there; raises why it cannot.
    """

    def __init__(self, receive: Callable[[CameraSession], None]) -> None:
        self._receive = receive
        self._tally = FilmTally()
        self._sieve = PacketSieve(self._tally)
        self._lock = threading.Lock()
        self._waiting: queue.Queue[bytes] = queue.Queue(MAX_WAITING)
        self._closed = threading.Event()
        self._stage: CameraStage = "waiting"
        self._share = 0.0
        self._title = ""
        self._error: GalacticaError | None = None
        self._thread = threading.Thread(target=self._run, name="receiver", daemon=True)

    def start(self) -> None:
        """Let the receiving begin."""
        self._thread.start()

    def close(self) -> None:
        """Let it end with the packet that it has; what was received is kept by whoever receives."""
        self._closed.set()
        if self._thread.is_alive():
            self._thread.join()

    def wait(self) -> None:
        """Wait until it has ended by itself."""
        self._thread.join()

    def packets(self) -> Iterator[bytes | None]:
        """For whoever receives: packets as they come, and None behind each and whenever none comes; until `close`."""
        while not self._closed.is_set():
            with contextlib.suppress(queue.Empty):
                yield self._waiting.get(timeout=MOMENT)
            yield None

    def report(self, stage: str, done: int, total: int | None, unit: str) -> None:
        """As `Report`, for whoever receives."""
        if stage != RECEIVING_STAGE:
            self._stage = "assembling"
        elif total:
            self._share = min(1.0, done / total)

    def called(self, title: str) -> None:
        """For whoever receives: what is received is called this. The first word counts: others may send, too."""
        self._title = self._title or title

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
        if self._is_over:
            return 0
        found = codes_in(np.frombuffer(pixels, np.uint8).reshape(height, width))
        self.see_codes(found)
        return len(found)

    def see_codes(self, contents: Iterable[bytes]) -> None:
        """Take what codes say."""
        with self._lock:
            if self._is_over or self._waiting.full():
                return
            for packet in self._sieve.contents(contents):
                try:
                    self._waiting.put_nowait(packet)
                except queue.Full:
                    self._sieve.forget(packet)
                if self._stage == "waiting":
                    self._stage = "receiving"

    def state(self) -> CameraState:
        """How far it is."""
        return CameraState(
            stage=self._stage,
            share=1.0 if self._stage in ("assembling", "done") else self._share,
            title=self._title,
            codes=self._tally.codes,
            foreign=self._tally.foreign,
            packets=self._tally.packets,
            error=self._error,
        )

    @property
    def _is_over(self) -> bool:
        return self._stage in ("assembling", "done", "failed")

    def _run(self) -> None:
        try:
            self._receive(self)
        except GalacticaError as error:
            self._fail(error)
        except Exception as error:
            self._fail(fault_of(error) or GalacticaError(f"It could not be received: {error}.", "Try it again."))
        else:
            if not self._closed.is_set():
                self._stage = "done"

    def _fail(self, error: GalacticaError) -> None:
        self._error = error
        self._stage = "failed"
