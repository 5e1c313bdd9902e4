"""What a worker does on another machine: fetch a task and its files, run the function, put what came of it back.

It works in a folder of its own that is removed at the end. One that was left by a worker that was killed is removed by
the next one on that machine, which knows it by its lock.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from galactica.cluster.contract import (
    BROKE,
    DONE,
    FAILED,
    LOST,
    OTHER,
    SHORT,
    STORE,
    MovedFile,
    WorkOrder,
    WorkReply,
)
from galactica.cluster.packing import pack_value, unpack_value
from galactica.cluster.program import this_program
from galactica.cluster.store import Store, StoreError, WrongBytesError
from galactica.codes.files import PART
from galactica.codes.lock import locked
from galactica.errors import GalacticaError, UsageError
from galactica.faults import fault_of

INLINE = 64 * 2**10
"""Bytes of a result that go back with the reply; larger ones go through the store, which outlives the worker."""

_PREFIX = "galactica-work-"
_LOCK = "lock"


class _Named(msgspec.Struct):
    """What every order has said since the first: which program asks."""

    program: str = ""


def carry_out(order: bytes, machine: str) -> bytes:
    """Do what an order asks for; never raises. Order and reply are JSON (`contract`)."""
    try:
        reply = _worked(order, machine)
    except WrongBytesError as error:
        reply = WorkReply(kind=LOST, machine=machine, said=str(error))
    except StoreError as error:
        reply = WorkReply(kind=STORE, machine=machine, said=str(error))
    except GalacticaError as error:
        name = type(error).__name__
        reply = WorkReply(kind=FAILED, machine=machine, said=error.problem, remedy=error.remedy, name=name)
    except Exception as error:
        reply = _broke(error, machine)
    return msgspec.json.encode(reply)


def _broke(error: Exception, machine: str) -> WorkReply:
    fault = fault_of(error)
    if fault is not None:
        return WorkReply(kind=SHORT, machine=machine, said=fault.problem, remedy=fault.remedy)
    return WorkReply(kind=BROKE, machine=machine, said="".join(traceback.format_exception(error)))


def _worked(text: bytes, machine: str) -> WorkReply:
    own = this_program()
    if msgspec.json.decode(text, type=_Named).program != own:
        return WorkReply(kind=OTHER, machine=machine, said=own)
    order = msgspec.json.decode(text, type=WorkOrder)
    store = Store(order.store, order.folder)
    function, task = unpack_value(store.get(order.task), order.unpacked)
    with _scratch() as scratch:
        given = {_fetched(store, each, scratch) for each in order.reads}
        for field, inside in order.folders:
            (scratch / field / inside).mkdir(parents=True, exist_ok=True)
        fields = {*order.writes, *(each.field for each in order.reads), *(field for field, _ in order.folders)}
        for field in fields:
            (scratch / field).mkdir(exist_ok=True)
        result = function(replace(task, **{field: scratch / field for field in fields}))
        files = tuple(_put(store, order, scratch, given))
    return _done(store, order, result, files, machine)


def _done(store: Store, order: WorkOrder, result: Any, files: tuple[MovedFile, ...], machine: str) -> WorkReply:  # noqa: ANN401
    content, size = pack_value(result)
    if len(content) <= INLINE:
        return WorkReply(kind=DONE, machine=machine, result=content, unpacked=size, files=files)
    blob = store.put(content, anew=order.anew)
    return WorkReply(kind=DONE, machine=machine, result_at=blob, unpacked=size, files=files)


def _fetched(store: Store, file: MovedFile, scratch: Path) -> Path:
    path = scratch / file.field / file.path
    store.fetch(file.content, path)
    return path


def _put(store: Store, order: WorkOrder, scratch: Path, given: set[Path]) -> Iterator[MovedFile]:
    """Put the new files into the store, by field and path."""
    for field in sorted(order.writes):
        folder = scratch / field
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path not in given and path.suffix != PART:
                content = store.put_file(path, anew=order.anew)
                yield MovedFile(field=field, path=path.relative_to(folder).as_posix(), content=content)


@contextmanager
def _scratch() -> Iterator[Path]:
    """A folder for one task, with a lock that ends with this process."""
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    try:
        with locked(folder / _LOCK, "It is being worked in."):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@cache
def _sweep() -> None:
    """Once in each process: remove what workers left that were killed."""
    for lock in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*/{_LOCK}"):
        with contextlib.suppress(UsageError, OSError), locked(lock, "It is being worked in."):
            shutil.rmtree(lock.parent, ignore_errors=True)
