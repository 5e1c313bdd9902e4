"""Where a result is put: under its name when it is whole, and never over what stands there without a word.

What may stand at a name, and what is done (the kinds of POSIX `stat`):

1. nothing: the file is made;
2. a regular file: refused, unless the person said that it may be replaced;
3. a pipe or a character device: written to where the form allows it (lines do), never replaced;
4. a folder, a link, a socket, a block device: refused, always. A link is refused, not followed: what it leads to is
   not what was named. Only one to a pipe or character device stands for it (`/dev/fd/63` of a shell's `>(...)`).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from galactica.errors import MissingError, UsageError

_KINDS = (
    (stat.S_ISLNK, "a link"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)


def check_place(out: Path, *, force: str = "", replace: bool = False, flows: bool = False) -> bool:
    """See that a result can be put at `out`, before anything is made.

    Args:
        out: the file that is to be made.
        force: the option by which a person allows that a file is replaced, for the remedy; "" where there is none.
        replace: it was said.
        flows: whether the result is written from its beginning to its end, so that a pipe or a device can take it.

    Returns:
        Whether `out` is a pipe or device, to be written to as it is.

    Raises:
        UsageError: something stands there that is not replaced.
        MissingError: the folder is not there, or cannot be looked into.
    """
    if out.name in ("", ".."):
        raise UsageError(f"{out} is not the name of a file.", "Name the file to write.")
    try:
        mode = out.lstat().st_mode
    except FileNotFoundError:
        if not out.parent.is_dir():
            raise MissingError(
                f"There is no folder {out.parent} to write in.", "Make it, or name another file."
            ) from None
        return False
    except OSError as error:
        raise MissingError(f"{out} cannot be looked at: {error.strerror}.", "Name another file.") from error
    if flows and takes_a_stream(out):
        return True
    if stat.S_ISREG(mode):
        if replace:
            return False
        another = (
            f"Name another file, or add {force} to replace it." if force else "Name another file, or move it away."
        )
        raise UsageError(f"{out} exists already.", another)
    kind = next((name for of, name in _KINDS if of(mode)), "no file")
    leads = f"; it leads to {out.readlink()}" if stat.S_ISLNK(mode) else ""
    raise UsageError(
        f"{out} is {kind}{leads}. It is never replaced.", "Name the file itself, one that is not there yet."
    )


def takes_a_stream(out: Path) -> bool:
    """Whether `out` is a pipe or a character device, or a link to one."""
    try:
        mode = out.stat().st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)


def check_home(folder: Path, variable: str) -> None:
    """See that a folder of the person's own is one: where the system knows no home, "~" would become a folder's name.

    Args:
        folder: as `platformdirs` gives it.
        variable: the environment variable that names another.

    Raises:
        MissingError: nobody says where the home folder is.
    """
    if folder.parts[:1] == ("~",):
        raise MissingError(
            "This system does not say where your home folder is.",
            f"Set HOME, or name a folder in the environment variable {variable}.",
        )


def put(part: Path, out: Path, *, force: str = "", replace: bool = False) -> None:
    """Give the whole file `part` its name `out`, which `check_place` allowed before.

    What came to stand there in the meantime is not replaced: a link to the file is made, which fails where there is
    something, and then the other name is taken away.

    Raises:
        UsageError: as `check_place`.
        OSError: the system refuses.
    """
    check_place(out, force=force, replace=replace)
    if replace:
        part.replace(out)
        return
    try:
        os.link(part, out, follow_symlinks=False)
    except FileExistsError:
        check_place(out, force=force)
        raise
    except (OSError, NotImplementedError):  # a file system without links: looked at a moment ago
        part.replace(out)
        return
    part.unlink()


@contextmanager
def placed(out: Path, *, force: str = "", replace: bool = False) -> Iterator[IO[bytes]]:
    """Write a file that gets its name `out`, which `check_place` allowed before, when the block ends well; else nothing
    is left of it. The block may close it.

    What a run that was killed left is taken away, and a link that somebody put in its place is not written through.

    Raises:
        UsageError: as `check_place`; or another process writes the same file, and began later.
        OSError: the system refuses.
    """
    part = out.with_name(f".{out.name}.partial")
    part.unlink(missing_ok=True)
    file = part.open("xb")
    ours = os.fstat(file.fileno())
    try:
        with file:
            yield file
        if not _is(part, ours):
            raise UsageError(f"{out} is being written by another process too.", "Wait for it, or name another file.")
        put(part, out, force=force, replace=replace)
    finally:
        if _is(part, ours):
            part.unlink()


def _is(path: Path, known: os.stat_result) -> bool:
    try:
        return os.path.samestat(path.lstat(), known)
    except FileNotFoundError:
        return False
