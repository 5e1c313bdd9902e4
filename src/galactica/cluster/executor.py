"""An executor whose work is done on other machines: what `concurrent.futures` asks for, over an engine and a store.

For each task: its pickled values and its files go into the store under their addresses (what is there is not sent
again); an order goes to a machine; the reply names results by their addresses; those are fetched, compared and put in
their places, each with its name only when it is whole. Then the future has its value, as if the function had run here.

A machine that dies, fails its store, or sends other bytes than it names is not believed and not waited for: the order
goes to another, `TRIES` times. One that runs another program ends the work, because nobody knows what it would have
made.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from galactica import errors
from galactica.cluster import contract, program
from galactica.cluster.contract import Blob, Engine, EngineGoneError, MachineLostError, MovedFile, Travels, WorkOrder
from galactica.cluster.packing import pack_value, unpack_value
from galactica.cluster.store import Store, StoreError, WrongBytesError
from galactica.errors import LimitError, MissingError

TRIES = 4
"""Machines that one task is given to, one after the other; an engine may have tried by itself before."""

SENDING = 4
"""Tasks that are put into the store at a time: the next ones wait in their source, not in memory."""

MOST_HANDS = 64
"""Tasks that are worked on at a time. Each has a thread here, and its packed values are kept until it is done, some
3 MB of a batch of text: twice as many are out at the most (`Crew`), 400 MB."""


@dataclass(slots=True)
class _Sent:
    """A task on its way.

    Attributes:
        folders: of the task, by its fields.
        content: function and task as they were sent.
        tried: why each machine that had it did not do it.
        avoid: those machines.
    """

    folders: dict[str, Path]
    travels: Travels
    content: bytes
    order: WorkOrder
    tried: list[str]
    avoid: set[str]


class ClusterExecutor(Executor):
    """Runs tasks that say how they travel (`contract.Travelling`) on the machines of an engine, all others here.

    Attributes:
        done: tasks that other machines did.
        again: how often one was given to another machine.
        machines: that did any.
    """

    def __init__(self, engine: Engine, store: Store, folder: str) -> None:
        self.hands = max(1, min(engine.hands, MOST_HANDS))
        self._engine, self._store, self._folder = engine, store, folder
        self._threads = ThreadPoolExecutor(2 * self.hands + 1, thread_name_prefix="cluster")
        self._slots = threading.BoundedSemaphore(SENDING)
        self._lock = threading.Lock()
        self._known: dict[Path, tuple[tuple[int, int], Blob]] = {}
        self.done = self.again = 0
        self.machines: set[str] = set()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401 - as its base
        """Have a function of a module done; waits while others are being sent."""
        task = args[0] if len(args) == 1 and not kwargs else None
        asked = getattr(task, "travels", None)
        travels = asked() if asked is not None else None
        if travels is None:
            return self._threads.submit(fn, *args, **kwargs)
        self._slots.acquire()
        return self._threads.submit(self._through, fn, [task], travels)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Give up what is being worked on, and let the engine go."""
        self._threads.shutdown(wait=False, cancel_futures=cancel_futures)
        self._engine.close()
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)

    def _through(self, fn: Callable[..., Any], box: list[Any], travels: Travels) -> Any:  # noqa: ANN401 - any task
        """Send the task in `box`, which is empty then: what is in the store needs no memory here while it waits."""
        try:
            try:
                sent = self._send(fn, box.pop(), travels)
            finally:
                self._slots.release()
            return self._tried(sent)
        except StoreError as error:
            raise store_failed(self._store.url, str(error)) from error
        except EngineGoneError as error:
            raise MissingError(
                f"The cluster cannot be reached any more: {error}",
                "See that it runs, then run the same command again; it goes on from where it was.",
            ) from error

    def _send(self, fn: Callable[..., Any], task: Any, travels: Travels) -> _Sent:  # noqa: ANN401
        fields = {*travels.writes, *(field for field, _ in (*travels.reads, *travels.folders))}
        folders = {field: Path(getattr(task, field)) for field in sorted(fields)}
        content, size = pack_value((fn, replace(task, **dict.fromkeys(folders))))
        order = WorkOrder(
            program=program.this_program(),
            store=self._store.url,
            folder=self._folder,
            task=self._store.put(content),
            unpacked=size,
            reads=tuple(self._file(folders[field], field, inside) for field, inside in travels.reads),
            writes=travels.writes,
            folders=travels.folders,
        )
        return _Sent(folders=folders, travels=travels, content=content, order=order, tried=[], avoid=set())

    def _file(self, folder: Path, field: str, inside: str, *, anew: bool = False) -> MovedFile:
        """A file that is in the store; one that came from there, and has not changed since, is not read again."""
        path = folder / inside
        with self._lock:
            stamp, blob = self._known.get(path, ((-1, -1), None))
        if blob is None or anew or stamp != _stamp(path):
            blob = self._store.put_file(path, anew=anew)
            self._know(path, blob)
        return MovedFile(field=field, path=inside, content=blob)

    def _know(self, path: Path, blob: Blob) -> None:
        with self._lock:
            self._known[path] = _stamp(path), blob

    def _tried(self, sent: _Sent) -> Any:  # noqa: ANN401
        """Give a task to one machine after the other until it is done."""
        while True:
            try:
                text = self._engine.run(msgspec.json.encode(sent.order), frozenset(sent.avoid))
                reply = msgspec.json.decode(text, type=contract.WorkReply)
                if reply.kind == contract.DONE:
                    return self._take(sent, reply)
                why = self._why_not(sent, reply)
                sent.avoid.add(reply.machine)
            except MachineLostError as error:
                why = str(error)
            except WrongBytesError:
                why = f"what {reply.machine} named is not in the store as it named it"
                sent.avoid.add(reply.machine)
                sent.order = replace(sent.order, anew=True)
            except msgspec.MsgspecError as error:
                why = f"a reply that cannot be read ({error})"
            with self._lock:
                self.again += 1
            sent.tried.append(why)
            if len(sent.tried) >= TRIES:
                raise self._given_up(sent)

    def _take(self, sent: _Sent, reply: contract.WorkReply) -> Any:  # noqa: ANN401
        """Put what a machine made in its place; returns what the function returned."""
        content = reply.result if reply.result_at is None else self._store.get(reply.result_at)
        for file in reply.files:
            self._place(sent, file)
        try:
            result = unpack_value(content, reply.unpacked)
        except Exception as error:
            raise WrongBytesError("result") from error
        for blob in (sent.order.task, *([reply.result_at] if reply.result_at else ())):
            self._store.remove(blob)
        with self._lock:
            self.done += 1
            self.machines.add(reply.machine)
        return result

    def _place(self, sent: _Sent, file: MovedFile) -> None:
        """Fetch a file to where the task would have written it."""
        inside = PurePosixPath(file.path)
        if file.field not in sent.travels.writes or inside.is_absolute() or ".." in inside.parts or "\0" in file.path:
            raise WrongBytesError(file.path)
        path = sent.folders[file.field] / inside
        self._store.fetch(file.content, path)
        self._know(path, file.content)

    def _why_not(self, sent: _Sent, reply: contract.WorkReply) -> str:
        """Why a machine did not do it, for the next one to be tried; raises where none could."""
        match reply.kind:
            case contract.OTHER:
                here, there = program.difference(sent.order.program, reply.said)
                raise MissingError(
                    f"Machine {reply.machine} runs another program: {there}; here it is {here}.",
                    "Install the same versions on every machine, then run the same command again; it goes on.",
                )
            case contract.FAILED:
                raise _ours(reply)
            case contract.BROKE:
                raise RuntimeError(f"on machine {reply.machine}:\n{reply.said}")
            case contract.LOST:
                self._send_anew(sent)
                return f"{reply.machine} does not find in the store what was put there"
            case contract.STORE:
                return f"{reply.machine} cannot use the store: {reply.said}"
            case _:
                return f"{reply.machine}: {reply.said}"

    def _send_anew(self, sent: _Sent) -> None:
        """Put into the store again all that a task needs: where a machine did not find one thing there, or found it
        damaged, the next would be the second."""
        self._store.put(sent.content, anew=True)
        for file in sent.order.reads:
            self._file(sent.folders[file.field], file.field, file.path, anew=True)

    def _given_up(self, sent: _Sent) -> errors.GalacticaError:
        why = "; ".join(dict.fromkeys(sent.tried))
        if all("store" in each for each in sent.tried):
            return MissingError(
                f"No machine of the cluster can use the store {self._store.url}: {why}.",
                "See that every machine reaches it and has its keys, then run the same command again; it goes on.",
            )
        return LimitError(
            f"A task was given to {len(sent.tried)} machines, and none did it: {why}.",
            "See to those machines, then run the same command again; it goes on from where it was.",
        )


def _ours(reply: contract.WorkReply) -> errors.GalacticaError:
    """An error of ours that the function raised there, as if it had been raised here."""
    kind = getattr(errors, reply.name, LimitError)
    if not (isinstance(kind, type) and issubclass(kind, errors.GalacticaError)):
        kind = LimitError
    return kind(reply.said, reply.remedy)


def store_failed(url: str, said: str) -> MissingError:
    """The store cannot be used from this machine."""
    return MissingError(
        f"The store {url} does not take or give what it is asked: {said}",
        "See that it is there, has room, and that this machine has its keys; then run the same command again.",
    )


def _stamp(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns
