"""The process that writes a ZIM with libzim: what it is told on standard input, into one file.

Run by `zim_writer`: `python -P -m galactica.export.zim_child FILE LANGUAGE MAIN WORKERS`; it uses the standard library
and libzim only. A process of its own because libzim prints its steps to standard output, cannot be stopped half-way
without waiting for its own threads, and hangs or aborts where the disk is full (libzim 3.13, tried with a file size
limit): here all of this ends with one exit status and one line.

In: frames of two little-endian u32 (length of the header, length of the content), the header (JSON array: kind, path,
title, type or target, front), the content; kinds "article", "file", "redirect", "metadata", "illustration", "end".
Out: one JSON object, {"refused": {kind: number}} or {"error": what}.
"""

from __future__ import annotations

import json
import os
import shutil
import struct
import sys
import threading
import time
from pathlib import Path
from typing import IO, NoReturn

from libzim.writer import ContentProvider, Creator, Hint, Item, StringProvider

FRAME = struct.Struct("<II")

STILL_SECONDS = 60.0
"""How long one call of libzim may go on without work before it counts as a hang: no file grows, and less than
`STILL_SHARE` of one processor is used (its idle threads poll)."""

STILL_SHARE = 0.03

FULL_SECONDS = 3.0
"""The same where the disk has fewer than `FULL_BYTES` left: libzim's writing thread has failed without a word."""

FULL_BYTES = 64 * 2**10

_REFUSALS = ("Impossible to add", "String len is too big")


class ExportEntry(Item):  # type: ignore[misc]  # libzim ships no types
    """One entry, with its whole content at hand: an edition gives articles and files one by one."""

    def __init__(self, path: str, title: str, mime: str, content: bytes, *, front: bool) -> None:
        super().__init__()
        self._path, self._title, self._mime, self._content, self._front = path, title, mime, content, front

    def get_path(self) -> str:
        """Where it lies."""
        return self._path

    def get_title(self) -> str:
        """What it is called."""
        return self._title

    def get_mimetype(self) -> str:
        """What it is."""
        return self._mime

    def get_contentprovider(self) -> ContentProvider:
        """Its content, in one piece."""
        return StringProvider(self._content)

    def get_hints(self) -> dict[Hint, bool]:
        """Front articles are listed and suggested."""
        return {Hint.FRONT_ARTICLE: self._front}


def add(creator: Creator, kind: str, path: str, title: str, other: str, front: bool, content: bytes) -> None:
    """Do what one frame says."""
    if kind in ("article", "file"):
        creator.add_item(ExportEntry(path, title, other, content, front=front))
    elif kind == "redirect":
        creator.add_redirection(path, title, other, {Hint.FRONT_ARTICLE: front})
    elif kind == "metadata":
        creator.add_metadata(path, content.decode())
    elif kind == "illustration":
        creator.add_illustration(48, content)


class Watch(threading.Thread):
    """Ends this process where libzim makes no headway: it waits for ever for a thread of its own that failed."""

    def __init__(self, folder: Path, out: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self._folder, self._out = folder, out
        self.calls = 0
        """Even between calls of libzim, odd within one."""

    def run(self) -> None:
        """Look every second."""
        last, since, used = (0, 0), time.monotonic(), 0.0
        while True:
            time.sleep(1.0)
            now = (self.calls, _bytes_in(self._folder))
            still, cpu = time.monotonic() - since, time.process_time() - used
            if now != last or self.calls % 2 == 0 or cpu > max(1.0, STILL_SHARE * still):
                last, since, used = now, time.monotonic(), time.process_time()
            elif still > FULL_SECONDS and shutil.disk_usage(self._folder).free < FULL_BYTES:
                leave(self._out, {"error": "No space left on device"}, 1)
            elif still > STILL_SECONDS:
                leave(self._out, {"error": "libzim stopped working"}, 1)


def _bytes_in(folder: Path) -> int:
    try:
        return sum(file.stat().st_size for file in folder.iterdir())
    except FileNotFoundError:  # one of libzim's scratch files, gone between two looks
        return -1


def leave(out: IO[bytes], answer: dict[str, object], status: int) -> NoReturn:
    """Say the last word and end without waiting for libzim's threads."""
    out.write(json.dumps(answer).encode())
    out.flush()
    os._exit(status)


def write_zim(told: IO[bytes], out: IO[bytes], file: Path, language: str, main: str, workers: int) -> NoReturn:
    """Write everything that is told, finish, and answer."""
    creator = Creator(file).config_indexing(True, language).config_nbworkers(workers)
    creator.__enter__()
    creator.set_mainpath(main)
    refused = {"article": 0, "file": 0, "redirect": 0}
    watch = Watch(file.parent, out)
    watch.start()
    while len(head := told.read(FRAME.size)) == FRAME.size:
        header_length, content_length = FRAME.unpack(head)
        kind, path, title, other, front = json.loads(told.read(header_length))
        content = told.read(content_length)
        if kind == "end":
            watch.calls += 1
            creator.__exit__(None, None, None)
            leave(out, {"refused": refused}, 0)
        watch.calls += 1
        try:
            add(creator, kind, path, title, other, front, content)
        except RuntimeError as error:
            if kind not in refused or not str(error).startswith(_REFUSALS):
                raise
            refused[kind] += 1  # these two leave the file whole
        watch.calls += 1
    leave(out, {"error": "stopped"}, 1)


def write_from_frames() -> None:
    """Keep standard output for the answer alone."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        write_zim(sys.stdin.buffer, out, Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))
    except BaseException as error:
        leave(out, {"error": " ".join(str(error).split())[:300] or type(error).__name__}, 1)


if __name__ == "__main__":
    write_from_frames()
