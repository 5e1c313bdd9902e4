"""The three standard streams: always there, and their failures known by name.

A program may be started without them (`>&-`), or with one that takes nothing more (a full disk, /dev/full). What is
not there is put in place first of all: the next file that is opened would else become standard output, and what is
printed would stand in it. Standard streams: POSIX.1-2017 `stdin(3)`.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import IO

STANDARD_OUTPUT = "standard output"
"""Stands as the file's name in every error of writing to it."""


class _Output(io.FileIO):
    """Standard output without a buffer; an error of it says that it is one of standard output."""

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # a buffer has no name before Python 3.12
        try:
            return super().write(data)
        except OSError as error:
            error.filename = STANDARD_OUTPUT
            raise


class _Closed(io.RawIOBase):
    """Stands for a standard output that was closed before this program began."""

    def writable(self) -> bool:
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # as above
        raise OSError(errno.EBADF, "it is closed", STANDARD_OUTPUT)

    def fileno(self) -> int:
        return 1


def prepare_streams() -> None:
    """Make the standard streams fit to be used; called once, before anything is opened or written."""
    closed = [number for number in range(3) if not _is_open(number)]
    for _ in closed:
        os.open(os.devnull, os.O_RDWR)  # the lowest number that is free, POSIX says
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(open(0, "rb", closefd=False), encoding="utf-8")  # noqa: SIM115  # lives as long as the program
    if sys.stderr is None:
        sys.stderr = io.TextIOWrapper(open(2, "wb", closefd=False), encoding="utf-8", errors="backslashreplace")  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = _text(_Closed(), None)
    elif isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.flush()
        sys.stdout = _text(_Output(1, "wb", closefd=False), sys.stdout)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Names of files may hold bytes that are no text; a terminal may know no Chinese. Neither ends the program.
            stream.reconfigure(errors="backslashreplace")


def _text(raw: io.RawIOBase, like: IO[str] | None) -> io.TextIOWrapper:
    """A text stream over `raw`, with the encoding and the line buffering of another."""
    encoding = getattr(like, "encoding", None) or "utf-8"
    lines = bool(getattr(like, "line_buffering", False))
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding=encoding, line_buffering=lines)


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True
