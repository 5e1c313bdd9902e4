"""Fetching objects from several mirrors at once: each is asked for what the others do not fetch, none is believed.

What comes is compared with its hash. A mirror that sends something else is left and not asked again; so is one that
stalls while there are others, does not answer or breaks off `TRIES` times in a row, or lacks `LACKS` objects. Of an
object whose connection broke what came is kept beside the store, and the rest asked for by its range: where pieces of
two mirrors together are not what the hash says, neither is blamed, and the object is asked for whole.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue

from galactica.errors import InputError, ProofError
from galactica.network.connection import FetchError, Opener
from galactica.network.kept import KeptConnections
from galactica.spread.fetching.mirrors import Mirror, leaving, mirror_of
from galactica.spread.release.document import ReleaseObject
from galactica.spread.release.objects import object_path
from galactica.spread.release.pack import CheckedObject, check_object

AT_ONCE = 4
"""Objects that are fetched at a time: each waits for its own connection, and is held whole until it is taken in."""

TRIES = 3
"""How often in a row a mirror may fail to send what it has."""

LACKS = 16
"""Objects that a mirror may not have, before it is not asked any more."""

WAIT = 2.0
"""Seconds before a mirror that failed is asked again; twice as long each time."""

Told = Callable[[str], None]


@dataclass(slots=True)
class _State:
    """What is known of a mirror."""

    busy: int = 0
    failed: int = 0
    lacks: int = 0
    left: str = ""
    """Why it is not asked any more."""


@dataclass(slots=True)
class _Wanted:
    """An object that is fetched: the mirrors that do not have it, and those that its first part came from."""

    stated: ReleaseObject
    without: set[str] = field(default_factory=set)
    part: set[str] = field(default_factory=set)


class MirrorSet:
    """The mirrors of a publication, and what is known of each; several threads may use it.

    Args:
        told: hears that a mirror is left, and why.
    """

    def __init__(self, mirrors: Sequence[Mirror], *, told: Told) -> None:
        self.mirrors = tuple(mirrors)
        self._states = {each.name: _State() for each in mirrors}
        self._told = told
        self._lock = threading.Lock()

    def asked(self) -> list[Mirror]:
        """Those that are still asked."""
        return [each for each in self.mirrors if not self._states[each.name].left]

    def leave(self, mirror: Mirror, why: str) -> None:
        """Ask it no more."""
        with self._lock:
            state = self._states[mirror.name]
            first, state.left = not state.left, state.left or why
        if first and len(self.mirrors) > 1:  # of a single one it is said by what ends with it
            self._told(f"{mirror.name} is not asked any more: {why}.")

    def reasons(self) -> str:
        """Why none is left, for people."""
        return "; ".join(f"{name}: {state.left or 'does not have it'}" for name, state in self._states.items())

    def objects(self, wanted: Iterable[ReleaseObject], parts: Path) -> Iterator[CheckedObject]:
        """Fetch objects, several at a time; they come in about the order in which they are wanted.

        Args:
            parts: folder in which what came of an object is kept until it is whole.

        Raises:
            InputError: no mirror has one of them, or none is left.
        """
        parts.mkdir(parents=True, exist_ok=True)
        stop = threading.Event()
        todo: SimpleQueue[ReleaseObject | None] = SimpleQueue()
        done: SimpleQueue[CheckedObject | BaseException] = SimpleQueue()

        def work() -> None:
            while (stated := todo.get()) is not None and not stop.is_set():
                try:
                    done.put(self._object(_Wanted(stated), parts, stop))
                except BaseException as error:  # raised again by whoever waits for it
                    done.put(error)

        # Daemons, so that who presses Ctrl-C does not wait for a server that has stalled.
        threads = [threading.Thread(target=work, name="fetch", daemon=True) for _ in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        going = 0
        try:
            for stated in wanted:
                todo.put(stated)
                going += 1
                if going >= AT_ONCE:
                    yield _result(done.get())
                    going -= 1
            for _ in range(going):
                yield _result(done.get())
        finally:
            stop.set()
            for _ in threads:
                todo.put(None)

    def _object(self, wanted: _Wanted, parts: Path, stop: threading.Event) -> CheckedObject:
        while not stop.is_set():
            mirror = self._next(wanted)
            if mirror is None:
                raise InputError(
                    f"The object {wanted.stated.hash[:16]}… cannot be had. {self.reasons()}.",
                    "Run the same command again, or name another --mirror; what was fetched is kept.",
                )
            state = self._states[mirror.name]
            try:
                found = self._from(mirror, wanted, parts, stop)
                with self._lock:
                    state.failed = 0
                if found is not None:
                    return found
                wanted.without.add(mirror.name)
                with self._lock:
                    state.lacks += 1
                    lacks = state.lacks
                if lacks > LACKS:
                    self.leave(mirror, "it lacks what the release names")
            except FetchError as error:
                self._failed(mirror, error, stop)
            finally:
                with self._lock:
                    state.busy -= 1
        raise InputError("Stopped.", "Run the same command again.")

    def _next(self, wanted: _Wanted) -> Mirror | None:
        """The mirror that is asked next: of those that may have the object, the one with the least to do."""
        with self._lock:
            may = [each for each in self.asked() if each.name not in wanted.without]
            if not may:
                return None
            best = min(may, key=lambda each: (self._states[each.name].failed, self._states[each.name].busy))
            self._states[best.name].busy += 1
            return best

    def _failed(self, mirror: Mirror, error: FetchError, stop: threading.Event) -> None:
        state = self._states[mirror.name]
        with self._lock:
            state.failed += 1
            failed = state.failed
        hopeless = error.lasting or error.reason in ("tls", "unreachable")
        if hopeless or failed >= TRIES or (error.reason == "timeout" and len(self.asked()) > 1):
            self.leave(mirror, str(error))
        else:
            stop.wait(WAIT * 2 ** (failed - 1) if error.again is None else error.again)

    def _from(self, mirror: Mirror, wanted: _Wanted, parts: Path, stop: threading.Event) -> CheckedObject | None:
        """An object from one mirror; None where it does not have it, or what is here has to be asked for anew."""
        stated = wanted.stated
        part = parts / stated.hash
        start = part.stat().st_size if part.is_file() else 0
        if start >= stated.size:
            part.unlink()
            start = 0
        if start and not wanted.part:
            wanted.part.add("an earlier run")
        pieces = mirror.opened(object_path(stated.hash), start, stated.size)
        if pieces is None:
            return None
        wanted.part.add(mirror.name)
        size = start
        with leaving(pieces), part.open("ab") as file:
            for piece in pieces:
                size += len(piece)
                if size > stated.size:
                    break
                file.write(piece)
                if stop.is_set():
                    raise FetchError("broken", "stopped")
        raw = part.read_bytes() if size <= stated.size else b""
        try:
            found = check_object(raw, stated)
        except ProofError:
            short, alone = size < stated.size, wanted.part == {mirror.name}
            if short and mirror.online:  # the connection broke, or the mirror says that it ends here
                raise FetchError(
                    "broken", f"{object_path(stated.hash)} ends after {size:,} of {stated.size:,} bytes"
                ) from None
            part.unlink(missing_ok=True)
            wanted.part.clear()
            if alone:
                raise FetchError(
                    "lie", f"it sends something else as {object_path(stated.hash)}", lasting=True
                ) from None
            return self._from(mirror, wanted, parts, stop)
        part.unlink()
        return found


def _result(found: CheckedObject | BaseException) -> CheckedObject:
    if isinstance(found, BaseException):
        raise found
    return found


@contextmanager
def asked_mirrors(
    sources: Sequence[str], opener: Opener | None, *, clock: Callable[[], float], allow_local: bool, told: Told
) -> Iterator[MirrorSet]:
    """The mirrors that a person named, each once; connections to them are kept open between requests.

    Args:
        opener: sends requests, in the place of these connections.

    Raises:
        UsageError: a source is none.
    """
    with nullcontext(opener) if opener is not None else KeptConnections() as asks:
        named = dict.fromkeys(sources)
        yield MirrorSet([mirror_of(each, asks, clock=clock, allow_local=allow_local) for each in named], told=told)
