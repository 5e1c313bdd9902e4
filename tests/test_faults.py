"""What the machine refused is told from what was read and from what the program did wrong."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

import pyarrow as pa
import pytest

from galactica.errors import EditionError, GalacticaError, InputError, LimitError, MissingError, UsageError
from galactica.faults import check_memory, fault_of, is_machines, stopped


def raised(error: Exception, cause: Exception) -> Exception:
    try:
        raise error from cause
    except Exception as caught:
        return caught


FULL = OSError(errno.ENOSPC, "No space left on device", "/disk/x")


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (FULL, MissingError, "disk is full (/disk/x)"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), MissingError, "disk is full"),
        (ValueError("An IO error occurred: 'No space left on device (os error 28)'"), MissingError, "disk is full"),
        (OSError("Error writing bytes to file. Detail: [errno 28] No space left"), MissingError, "disk is full"),
        (sqlite3.OperationalError("database or disk is full"), MissingError, "disk is full"),
        (OSError(errno.EFBIG, "File too large", "x"), LimitError, "may not grow"),
        (OSError(errno.EROFS, "Read-only file system", "x"), MissingError, "only be read"),
        (OSError(errno.EIO, "Input/output error", "x"), MissingError, "failed"),
        (OSError(errno.EMFILE, "Too many open files", "x"), LimitError, "Too many files"),
        (ValueError("cannot open: Too many open files (os error 24)"), LimitError, "Too many files"),
        (MemoryError(), LimitError, "not enough memory"),
        (pa.ArrowMemoryError("malloc of size 64 failed"), LimitError, "not enough memory"),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), LimitError, "not enough memory"),
        (ImportError("libx.so: failed to map segment from shared object"), LimitError, "not enough memory"),
        (RuntimeError("std::bad_alloc"), LimitError, "not enough memory"),
        (RuntimeError("can't start new thread"), LimitError, "no further process or thread"),
        (BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable"), LimitError, "no further process"),
        (FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']"), MissingError, "temporary"),
        (PermissionError(errno.EACCES, "Permission denied", "x.zim"), InputError, "Permission denied: x.zim"),
        (raised(ValueError("something else"), FULL), MissingError, "disk is full"),
        (raised(EditionError("It is damaged.", "Verify it."), MemoryError()), LimitError, "not enough memory"),
        (raised(EditionError("It is damaged.", "Verify it."), ValueError("bad page")), EditionError, "damaged"),
        (raised(UsageError("No.", "Yes."), FULL), UsageError, "No."),
    ],
)
def test_every_coat_of_a_refusal_is_known(error: Exception, kind: type[GalacticaError], words: str) -> None:
    found = fault_of(error)
    assert type(found) is kind
    assert words in found.problem
    assert found.remedy


@pytest.mark.parametrize(
    "error",
    [ZeroDivisionError("by zero"), KeyError("out of memory"), AssertionError("disk quota exceeded"), ValueError()],
)
def test_a_bug_is_nobodys_but_ours(error: Exception) -> None:
    assert fault_of(error) is None


def test_an_error_that_is_its_own_ancestor_comes_to_an_end() -> None:
    one, other = ValueError("one"), ValueError("other")
    one.__cause__, other.__cause__ = other, one
    assert fault_of(one) is None


@pytest.mark.parametrize(
    ("error", "machine"),
    [
        (MemoryError(), True),
        (pa.ArrowMemoryError("malloc of size 4096 failed"), True),
        (pa.ArrowMemoryError("malloc of size 9223372036854775000 failed"), False),  # a damaged number asked for it
        (OSError(errno.EMFILE, "Too many open files"), True),
        (OSError("Unknown error: Failed to launch worker thread: Resource temporarily unavailable"), True),
        (OSError("Corrupt snappy compressed data."), False),
        (OSError(errno.EIO, "Input/output error"), False),
        (ValueError("cannot allocate memory"), False),
    ],
)
def test_a_short_machine_is_no_damaged_file(error: Exception, machine: bool) -> None:
    assert is_machines(error) is machine


def test_too_little_memory_is_said_before_work_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (10**9, 10**9))
    check_memory(10**9)
    with pytest.raises(LimitError, match=r"may use 1\.0 GB of addresses; this work takes up to 2\.0 GB") as caught:
        check_memory(2 * 10**9)
    assert "ulimit -v 1953125" in caught.value.remedy
    monkeypatch.setattr(resource, "getrlimit", lambda _: (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    check_memory(2**60)


def test_a_place_that_can_only_be_read_keeps_nothing_and_is_not_full() -> None:
    error = OSError(errno.EROFS, os.strerror(errno.EROFS), "/mnt/disc/x")
    told = stopped("The build", error, Path("/mnt/disc"))
    assert "can only be read (/mnt/disc/x)" in told.problem
    assert "kept" not in told.remedy
    assert "room" not in told.remedy
