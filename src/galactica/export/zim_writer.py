"""Writes a ZIM through a child process (`zim_child`), in a folder of its own that is gone at the end, whatever the end
is. The finished file moves to its name in one step.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import shutil
import struct
import subprocess
from collections.abc import Mapping
from pathlib import Path

from galactica.codes.child import child_command, child_environment
from galactica.errors import MissingError
from galactica.placing import check_place, put

COMMAND = child_command("galactica.export.zim_child")
"""What the child is started with, before the file, its language, its main page and how many threads compress."""

LEAST_FREE = 2**20
"""Bytes of disk below which a ZIM that could not be written failed for want of space."""

_FRAME = struct.Struct("<II")


class ZimWriter:
    """Writes one ZIM; use it as a context manager. Only a block that ends well leaves a file at `out`.

    Args:
        out: the file to make.
        language: ISO 639-3 code that the full-text index stems by.
        main: path of the main page.
        workers: threads that compress.
        replace: whether a file of that name may be replaced.

    Attributes:
        refused: after the end, how many articles, files and redirects libzim would not take, because something has
            their path already or it is too long.

    Raises:
        UsageError: something stands at `out` that is not replaced.
        MissingError: libzim is not installed, or the file cannot be written; from any method.
    """

    def __init__(self, out: Path, *, language: str, main: str, workers: int, replace: bool = False) -> None:
        check_place(out, force="--force", replace=replace)
        if importlib.util.find_spec("libzim") is None:
            raise MissingError(
                "Reading and writing ZIM files needs the package libzim, which is not installed.",
                "Install it with: pip install 'galactica[build]'",
            )
        self.refused: dict[str, int] = {}
        self._out, self._replace = out, replace
        self._folder = out.with_name(f".{out.name}.partial")
        self._arguments = [str(self._folder.absolute() / "new.zim"), language, main, str(workers)]

    def __enter__(self) -> ZimWriter:
        try:
            shutil.rmtree(self._folder, ignore_errors=True)  # of a run that was killed
            self._folder.mkdir()
        except OSError as error:
            raise self._failed(error.strerror or str(error)) from error
        self._child = subprocess.Popen(
            [*COMMAND, *self._arguments],
            env=child_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self

    def article(self, path: str, title: str, page: str) -> None:
        """A page that is listed, suggested and searched."""
        self._tell("article", path, title, "text/html", page.encode(), front=True)

    def file(self, path: str, title: str, mime: str, content: bytes) -> None:
        """Anything else that has a content."""
        self._tell("file", path, title, mime, content)

    def redirect(self, path: str, title: str, target: str, *, front: bool) -> None:
        """Another name for the entry at `target`; front ones are suggested."""
        self._tell("redirect", path, title, target, front=front)

    def metadata(self, values: Mapping[str, str], illustration: bytes) -> None:
        """What the ZIM says about itself; empty values are left out."""
        for name, value in values.items():
            if value:
                self._tell("metadata", name, content=value.encode())
        self._tell("illustration", content=illustration)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        try:
            if kind is None:
                self._tell("end")
                self.refused = self._answer()
                put(self._folder / "new.zim", self._out, force="--force", replace=self._replace)
        except OSError as failure:
            raise self._failed(failure.strerror or str(failure)) from failure
        finally:
            self._child.kill()
            self._child.communicate()
            shutil.rmtree(self._folder, ignore_errors=True)

    def _tell(
        self, kind: str, path: str = "", title: str = "", other: str = "", content: bytes = b"", *, front: bool = False
    ) -> None:
        header = json.dumps([kind, path, title, other, front]).encode()
        assert self._child.stdin is not None
        try:
            self._child.stdin.write(_FRAME.pack(len(header), len(content)) + header)
            self._child.stdin.write(content)
            if kind == "end":
                self._child.stdin.flush()
        except BrokenPipeError:
            self._answer()

    def _answer(self) -> dict[str, int]:
        """The child's last word; raises where that is not that all went well."""
        assert self._child.stdout is not None
        said = self._child.stdout.read()
        try:
            answer = json.loads(said)
            return {str(kind): int(number) for kind, number in answer["refused"].items()}
        except KeyError:
            raise self._failed(str(answer.get("error", ""))) from None
        except ValueError:
            raise self._failed("libzim crashed") from None

    def _failed(self, why: str) -> MissingError:
        with contextlib.suppress(OSError):
            if shutil.disk_usage(self._out.absolute().parent).free < LEAST_FREE:
                why = "the disk is full"  # libzim calls it an unknown exception
        return MissingError(
            f"{self._out} could not be written: {why}.",
            "See that there is space on the disk (about twice the size of the file) and leave to write in the folder.",
        )
