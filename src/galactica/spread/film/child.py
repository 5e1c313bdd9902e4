"""The process that opens pictures and videos and looks for codes in them, so that no file can hurt its reader.

Run by `watching`: `python -P -m galactica.spread.film.child FIRST FILE…`. What it tells of each picture is a message:
one byte that says what it is, the number of the file, how many texts follow, each with its length.

* `S`: the process has started; said once, before the first file is opened.
* `P`: a picture; the texts are what its codes say.
* `U`: a file that cannot be read (any further); the text says why.
* `M`: something this machine lacks; the texts are the problem and its remedy.
* `E`: all files are done.
"""

from __future__ import annotations

import contextlib
import os
import struct
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from galactica.errors import MissingError
from galactica.sources.child_frame import bound_memory
from galactica.spread.film.looking import Picture, barcode_reader, codes_in
from galactica.spread.film.stills import NoPictureError, load_pillow, still_pictures
from galactica.spread.film.videos import is_video, video_pictures

DATA_LIMIT = 1_500 * 2**20
"""Bytes of memory this process may take for itself: a picture of `MAX_PIXELS` in colour, its grey copy, and a decoder's
own frames."""

HEADER = struct.Struct(">cIB")
LENGTH = struct.Struct(">H")


def tell_codes(files: Sequence[Path], first: int, out: IO[bytes]) -> None:
    """Tell of every picture in the files from number `first` on."""
    for load in (barcode_reader, load_pillow):
        with contextlib.suppress(MissingError):  # a plain video needs no Pillow; what is needed is told with its file
            load()
    _tell(out, b"S", first, [])
    for number in range(first, len(files)):
        try:
            for picture in _opened(files[number]):
                _tell(out, b"P", number, codes_in(picture))
        except MissingError as error:
            _tell(out, b"M", number, [error.problem.encode(), error.remedy.encode()])
            return
        except (NoPictureError, MemoryError, OSError) as error:
            _tell(out, b"U", number, [(str(error) or type(error).__name__).encode("utf-8", "replace")[:500]])
    _tell(out, b"E", len(files), [])


def _opened(path: Path) -> Iterator[Picture]:
    if not path.is_file():
        raise NoPictureError("no file")
    with path.open("rb") as file:
        head = file.read(16)
    return video_pictures(path) if is_video(head) else still_pictures(path)


def _tell(out: IO[bytes], kind: bytes, number: int, texts: Sequence[bytes]) -> None:
    out.write(HEADER.pack(kind, number, len(texts)) + b"".join(LENGTH.pack(len(text)) + text for text in texts))
    out.flush()


def run_child() -> None:
    """What this process is for: the arguments are the number of the first file, and the files."""
    pipe = os.fdopen(os.dup(1), "wb", buffering=2**16)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)  # native libraries write notes of their own
    os.dup2(quiet, 2)
    bound_memory(DATA_LIMIT)
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        tell_codes([Path(name) for name in sys.argv[2:]], int(sys.argv[1]), pipe)
    os._exit(0)


if __name__ == "__main__":
    run_child()
