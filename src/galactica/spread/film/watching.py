"""What the codes in a folder of pictures, or in a video, say: read in a child process, picture after picture.

A child that crashes or is silent for too long is ended; the file that did it is left out and told, and the next child
goes on behind it. After `MAX_CRASHES` of them the rest is left out too.
"""

from __future__ import annotations

import contextlib
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from galactica.codes.child import child_command, child_environment
from galactica.errors import InputError, LimitError, MissingError
from galactica.spread.film.child import HEADER, LENGTH

MAX_FILES = 1_000_000
"""Files of one folder."""

AT_ONCE = 500
"""Files that one child is started with; their names have to fit into a command line."""

SILENCE = 60.0
"""Seconds in which a child has to say something of its next picture: one of 50 million pixels takes two."""

STARTING = 300.0
"""Seconds in which a child has to say its first word: on a machine that is busy with other things."""

MAX_CRASHES = 10
"""Files that may end their child before the rest is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSeen:
    """One picture, or a file without one.

    Attributes:
        file: where it stands.
        codes: what its codes say, in no order.
        why: why the file could not be read (any further); "" for a picture.
    """

    file: Path
    codes: tuple[bytes, ...] = ()
    why: str = ""


def picture_files(path: Path) -> list[Path]:
    """The files that `path` stands for: itself, or all in the folder, by name.

    Raises:
        InputError: there is nothing there.
        LimitError: the folder has too many files.
    """
    try:
        if path.is_file():
            return [path]
        if not path.is_dir():
            raise InputError(f"There are no pictures at {path}.", "Name a folder of pictures, or a video.")
        files: list[Path] = []
        for each in path.iterdir():
            if each.is_file() and not each.name.startswith("."):
                files.append(each)
            if len(files) > MAX_FILES:
                raise LimitError(f"{path} has more than {MAX_FILES:,} files.", "Hand over fewer pictures at a time.")
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}.", "Name a folder of pictures, or a video."
        ) from error
    return sorted(files)


def watched(files: Sequence[Path], *, silence: float = SILENCE) -> Iterator[PictureSeen]:
    """What is seen in the files, in their order: each picture once, each file that cannot be read once.

    Args:
        silence: seconds.

    Raises:
        MissingError: zxing-cpp, Pillow or OpenCV is needed and not installed.
    """
    crashes = 0
    for begin in range(0, len(files), AT_ONCE):
        batch = files[begin : begin + AT_ONCE]
        first = 0
        while first < len(batch):
            now = first
            ended = False
            for number, looked in _told(batch, first, silence):
                now = max(now, number)
                if looked is None:
                    ended = True
                    break
                yield looked
                if looked.why:
                    now = number + 1
            if ended:
                break
            crashes += 1
            if now < len(batch):
                yield PictureSeen(file=batch[now], why="what opens pictures crashed or hung at it")
            first = now + 1
            if crashes >= MAX_CRASHES:
                for each in files[begin + first :]:
                    yield PictureSeen(file=each, why="too many files before it crashed what opens pictures")
                return


def _told(batch: Sequence[Path], first: int, silence: float) -> Iterator[tuple[int, PictureSeen | None]]:
    """(number of the file, what was seen) as a child tells it; None at its good end."""
    names = [str(path.resolve()) for path in batch]
    command = (*child_command("galactica.spread.film.child"), str(first), *names)
    child = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=child_environment()
    )
    assert child.stdout is not None
    watch = _Watch(child)
    patience = STARTING
    try:
        while True:
            watch.listen(patience)
            message = _message(child.stdout)
            watch.rest()
            patience = silence
            if message is None:
                return
            kind, number, texts = message
            if kind == b"M" and len(texts) == 2:
                raise MissingError(*(text.decode("utf-8", "replace") for text in texts))
            if kind == b"E":
                yield number, None
                return
            if not first <= number < len(batch):
                return
            if kind == b"S":
                continue
            if kind == b"P":
                yield number, PictureSeen(file=batch[number], codes=tuple(texts))
            elif kind == b"U" and texts:
                yield number, PictureSeen(file=batch[number], why=texts[0].decode("utf-8", "replace"))
            else:
                return
    finally:
        watch.end()
        child.kill()
        child.stdout.close()
        child.wait()


def _message(pipe: IO[bytes]) -> tuple[bytes, int, list[bytes]] | None:
    """The next message, all of it bounded by its own form; None where the pipe ends."""
    head = pipe.read(HEADER.size)
    if len(head) < HEADER.size:
        return None
    kind, number, count = HEADER.unpack(head)
    texts: list[bytes] = []
    for _ in range(count):
        size = pipe.read(LENGTH.size)
        if len(size) < LENGTH.size:
            return None
        texts.append(pipe.read(LENGTH.unpack(size)[0]))
    return kind, number, texts


class _Watch:
    """Ends a child that says nothing for too long while it is listened to."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self._child = child
        self._until: float | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def listen(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    def rest(self) -> None:
        self._until = None

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.5):
            until = self._until
            if until is not None and time.monotonic() > until:
                with contextlib.suppress(OSError):
                    self._child.kill()
                return
