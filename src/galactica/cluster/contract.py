"""What is agreed between the machine that builds and those that work for it.

An order names what is to be done by content addresses (SHA-256 of the bytes, in hex) in a store that all machines
reach; a reply names what came of it in the same way. Both are JSON, so that a worker of another program can read enough
of an order to refuse it in words. Nothing else is sent: no environment, no path of this machine, no key of the store.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Travels:
    """Which files a task reads and where it writes: what it takes to be done on another machine.

    Attributes:
        reads: (field of the task that holds a folder, path inside of it) of each file that it reads.
        writes: fields that hold the folders which it writes into; every new file in them comes back.
        folders: (field, path inside) of the folders that must be there before.
    """

    reads: tuple[tuple[str, str], ...] = ()
    writes: tuple[str, ...] = ()
    folders: tuple[tuple[str, str], ...] = ()


class Travelling(Protocol):
    """A task, a dataclass whose folders are fields, that can be done on another machine."""

    def travels(self) -> Travels | None:
        """The files that go with it; None where it is done quicker where they lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """Bytes in the store: their SHA-256 in hex, and how many there are."""

    address: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedFile:
    """A file in a folder of a task: the field that holds the folder, the path inside with "/", and what is in it."""

    field: str
    path: str
    content: Blob


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrder:
    """A task for another machine.

    Attributes:
        program: of the machine that asks (`program.this_program`); a worker of another refuses.
        store, folder: where the bytes lie.
        task: the function and its task, pickled and packed; `unpacked` bytes when they are unpacked.
        reads, writes, folders: as in `Travels`, with what is in the files.
        anew: whether what comes of it is put into the store though something lies at its address: that was damaged.
    """

    program: str
    store: str
    folder: str
    task: Blob
    unpacked: int
    reads: tuple[MovedFile, ...] = ()
    writes: tuple[str, ...] = ()
    folders: tuple[tuple[str, str], ...] = ()
    anew: bool = False


DONE = "done"
OTHER = "other program"
"""The worker is of another program; `said` is which."""
LOST = "lost"
"""The bytes at the address `said` are not there, or are others."""
STORE = "store"
"""The store failed; `said` tells how."""
SHORT = "short"
"""The worker's machine is short of something: memory, disk."""
FAILED = "failed"
"""The work ended with an error of ours: `said`, `remedy`, and its class, `name`."""
BROKE = "broke"
"""It ended with an error of another kind; `said` is the traceback."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkReply:
    """What came of an order.

    Attributes:
        kind: one of the words above.
        machine: which one worked, as its engine calls it.
        said, remedy, name: see the kinds.
        result: what the function returned, pickled and packed: here where it is small, else at `result_at`.
        unpacked: bytes of it when it is unpacked.
        files: that were written.
    """

    kind: str
    machine: str
    said: str = ""
    remedy: str = ""
    name: str = ""
    result: bytes = b""
    result_at: Blob | None = None
    unpacked: int = 0
    files: tuple[MovedFile, ...] = ()


class MachineLostError(Exception):
    """A worker or its machine ended before its work did: it can be done by another."""


class EngineGoneError(Exception):
    """The engine cannot be reached any more, or does not take work."""


class Engine(Protocol):
    """What runs orders on machines. Several threads may call it at once."""

    hands: int
    """Orders that are worked on at a time."""

    def run(self, order: bytes, avoid: frozenset[str]) -> bytes:
        """Have an order worked on, and wait for the reply; both are JSON.

        Args:
            avoid: machines that are not asked where there are others.

        Raises:
            MachineLostError: who had it is gone.
            EngineGoneError: nobody can be asked.
        """

    def close(self) -> None:
        """Let go of everything; what is being worked on is given up."""
