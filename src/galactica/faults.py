"""What the machine refused, told from what this program did wrong: memory, disk, files, processes, a broken device.

The system's refusals come in many coats: `OSError` with a number, `MemoryError`, an `ImportError` of a library that
could not be mapped, SQLite's own errors, and texts of libraries in Rust and C++ that hold the number ("os error 28").
`fault_of` knows them and says each in one sentence with a remedy. What it does not know is nobody's but ours.

Numbers and names: POSIX.1-2017 `errno.h`.
"""

from __future__ import annotations

import errno
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from galactica.errors import EditionError, GalacticaError, InputError, LimitError, MissingError

_NUMBERED = re.compile(r"\((?:os|system) error (\d{1,3})\)|\[errno (\d{1,3})\]", re.IGNORECASE)
"""How std::io::Error of Rust and Status of Arrow write an error of the system."""

_OUT_OF_MEMORY = re.compile(
    r"bad[ _]alloc|bad allocation|out of memory|cannot allocate memory|failed to allocate|allocation (?:failed|error)"
    r"|failed to map segment|can't allocate|unable to allocate|cannot create thread-local|mmap failed",
    re.IGNORECASE,
)
_NO_THREAD = re.compile(
    r"can't start new thread|pthread_create failed|failed to (?:spawn|launch).{0,20}thread"
    r"|resource temporarily unavailable",
    re.IGNORECASE,
)
_ASKED = re.compile(r"of size (\d{1,20})")
_MOST_ASKED = 2**28
"""Bytes that nothing of ours asks for at once: a page unpacks to half a megabyte, a row group to some eight."""
_OUT_OF_FILES = re.compile(r"too many open files", re.IGNORECASE)
_FULL = re.compile(r"no space left on device|database or disk is full|disk quota exceeded", re.IGNORECASE)
_SHORT = frozenset(
    (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.EROFS)
)
_MAX_LINKS = 16
"""Causes of causes that are looked at; an exception may be its own ancestor."""

AGAIN = "run the same command again; what was done is kept"


def fault_of(error: BaseException) -> GalacticaError | None:
    """The machine's refusal that `error` is, or was raised for; None where it is something else.

    An error of ours is given back as it is, unless it calls damaged what the machine was too short to read.
    """
    causes = list(_causes(error))
    if isinstance(error, GalacticaError):
        short = next((each for each in causes[1:] if is_machines(each)), None)
        return error if short is None or not isinstance(error, EditionError | InputError) else _one(short)
    return next((found for found in map(_one, causes) if found is not None), None)


def not_written(out: Path, error: OSError) -> MissingError:
    """The error of a result of which nothing stands at its place, because it could not be written whole."""
    fault = fault_of(error)  # which knows a full disk in whatever coat it comes
    full_disk = fault is not None and fault.problem.startswith(full("").problem.rstrip("."))
    return MissingError(
        f"{out} could not be written: {'the disk is full' if full_disk else error.strerror or error}.",
        "See that there is space and that the folder may be written to.",
    )


def stopped(what: str, error: Exception, place: Path) -> GalacticaError:
    """The error that ends a work which goes on from there when it is begun again.

    Args:
        what: the work, for people ("The build").
        error: what the system or SQLite raised.
        place: where it worked, for an error that names no file.
    """
    fault = fault_of(error)
    if isinstance(fault, LimitError):
        return fault
    said = getattr(error, "strerror", None) or error
    told = f"{said} ({getattr(error, 'filename', None) or place})."
    if getattr(error, "errno", None) == errno.EROFS and fault is not None:  # nothing was done there that could be kept
        return MissingError(f"{what} stopped: {fault.problem}", fault.remedy)
    return MissingError(
        f"{what} stopped: {fault.problem if isinstance(fault, MissingError) else told}",
        f"Make room, or put the permissions right, and {AGAIN}.",
    )


def is_machines(error: BaseException) -> bool:
    """Whether an error says that the machine is short of something, and nothing about what was read.

    A file that is damaged may raise any error, these not: too many open files, no memory, no space, no process. But a
    damaged number may ask for more memory than any file of ours needs; that is the file's fault.
    """
    said = str(error)
    if isinstance(error, MemoryError):
        asked = _ASKED.search(said)
        return asked is None or int(asked[1]) < _MOST_ASKED
    if not isinstance(error, OSError | RuntimeError):
        return False
    return getattr(error, "errno", None) in _SHORT or any(
        words.search(said) for words in (_NO_THREAD, _OUT_OF_FILES, _FULL)
    )


def check_memory(need: int) -> None:
    """Say at once that too little memory is allowed: libraries in Rust end the whole program where they get none.

    Args:
        need: bytes of addresses that the work takes.

    Raises:
        LimitError: the limit on this process (RLIMIT_AS) is below that.
    """
    try:
        import resource
    except ImportError:  # a system without such limits
        return
    allowed = resource.getrlimit(resource.RLIMIT_AS)[0]
    if allowed != resource.RLIM_INFINITY and allowed < need:
        raise LimitError(
            f"This program may use {allowed / 1e9:.1f} GB of addresses; this work takes up to {need / 1e9:.1f} GB.",
            f"Allow more (ulimit -v {need // 1024}, or unlimited), and {AGAIN}.",
        )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error, what it was raised for, and so on."""
    seen: BaseException | None = error
    for _ in range(_MAX_LINKS):
        if seen is None:
            return
        yield seen
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)


def full(name: str = "") -> MissingError:
    """The disk has no room left."""
    where = f" ({name})" if name else ""
    return MissingError(f"The disk is full{where}.", f"Make room and {AGAIN}.")


def out_of_memory() -> LimitError:
    """No memory is left, or no more is allowed."""
    return LimitError(
        "There is not enough memory, or this program may not use more of it.",
        f"Close other programs, allow more (ulimit -v) or use fewer --workers, and {AGAIN}.",
    )


def _one(error: BaseException) -> GalacticaError | None:
    if isinstance(error, GalacticaError):
        return None  # an error of ours on the way has been judged by who raised it
    if isinstance(error, MemoryError):
        return out_of_memory()
    said = str(error)
    if isinstance(error, OSError) and error.errno is not None:
        return _system(error.errno, error.strerror or os.strerror(error.errno), error.filename)
    if isinstance(error, OSError) and "No usable temporary directory" in said:
        return _no_temporary()
    if isinstance(error, sqlite3.Error):
        return _database(error)
    numbered = _NUMBERED.search(said)
    if numbered:
        number = int(numbered[1] or numbered[2])
        return _system(number, os.strerror(number), None)
    if isinstance(error, ArithmeticError | AssertionError | AttributeError | LookupError | NameError):
        return None  # of the program itself, whatever words stand in them
    return _worded(said)


def _worded(said: str) -> GalacticaError | None:
    """What libraries say in words alone."""
    if _FULL.search(said):
        return full()
    if _OUT_OF_FILES.search(said):
        return _too_many(said)
    if _NO_THREAD.search(said):
        return _no_process()
    return out_of_memory() if _OUT_OF_MEMORY.search(said) else None


def _system(number: int, said: str, name: object) -> GalacticaError:
    """An error of the system by its number."""
    place = os.fsdecode(name) if isinstance(name, bytes | str) else ""
    named = f" ({place})" if place else ""
    if number == errno.ENOENT and "No usable temporary directory" in said:
        return _no_temporary()
    if number in (errno.ENOSPC, errno.EDQUOT):
        return full(place)
    if number == errno.EFBIG:
        return LimitError(f"A file may not grow any further{named}.", f"Allow larger files (ulimit -f), and {AGAIN}.")
    if number in (errno.EMFILE, errno.ENFILE):
        return _too_many(named)
    if number == errno.ENOMEM:
        return out_of_memory()
    if number == errno.EAGAIN:
        return _no_process()
    if number == errno.EROFS:
        return MissingError(
            f"The file system can only be read{named}.",
            "Make it writable, or work with a copy elsewhere.",
        )
    if number == errno.EIO:
        return MissingError(
            f"The disk, or what leads to it, failed{named}.", f"Check the disk and its cable or network, and {AGAIN}."
        )
    return InputError(f"{said}{': ' if place else ''}{place}.", "Check the path and who may use it.")


def _database(error: sqlite3.Error) -> GalacticaError | None:
    """An error of SQLite (https://sqlite.org/rescode.html), in which a build keeps its ledger."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code == sqlite3.SQLITE_FULL or _FULL.search(str(error)):
        return full()
    if code == sqlite3.SQLITE_NOMEM:
        return out_of_memory()
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return MissingError(
            f"What the build keeps beside OUT cannot be written ({error}).",
            f"See that there is space, that files may be opened and written there, and {AGAIN}.",
        )
    return None


def _too_many(named: str) -> LimitError:
    named = named if named.startswith(" (") else ""
    return LimitError(
        f"Too many files are open{named}.",
        f"Allow more (ulimit -n 4096), read fewer editions at once or use fewer --workers, and {AGAIN}.",
    )


def _no_process() -> LimitError:
    return LimitError(
        "The system gives this program no further process or thread.",
        f"Close other programs, allow more (ulimit -u, ulimit -v) or use fewer --workers, and {AGAIN}.",
    )


def _no_temporary() -> MissingError:
    return MissingError(
        "There is no folder for temporary files that can be written to.",
        "Make room in /tmp, or name another folder in the environment variable TMPDIR.",
    )
