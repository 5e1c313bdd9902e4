"""Bytes of a static edition's files, by ranges: many at once, kept on disk, checked before anyone looks at them.

Rules: 1. What comes is as long as was asked for, or it is refused. 2. It has the hash that the pointer names, or it is
refused, and what was kept of it is thrown away. 3. Ranges that lie side by side are asked for together. 4. What cannot
be had now but was seen before is read from what is kept, and checked like everything.
Standard: RFC 9110 §14 (range requests).
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Protocol, TypeVar

from galactica.errors import EditionError, InputError
from galactica.spread.static.blocks import Pointer

One = TypeVar("One")
Other = TypeVar("Other")

PARALLEL = 6
"""Requests at a time: as many as browsers make to one server (HTTP/1.1)."""

GAP = 12 * 1024
"""Bytes between two ranges that are asked for with them rather than in two requests: 5 ms at 20 Mbit/s, where a server
that answers one request at a time costs a round of 150 ms for every six."""

MOST_TOGETHER = 2**20
"""Bytes that are asked for at once, where there are several ranges."""


class StaticFiles(Protocol):
    """Where a static edition lies."""

    where: str
    """What a person calls it: an address, a folder."""

    def whole(self, name: str, most: int) -> bytes:
        """A whole file.

        Raises:
            InputError: it cannot be had now.
            EditionError: there is none, or it has more than `most` bytes.
        """

    def part(self, name: str, offset: int, size: int) -> bytes:
        """`size` bytes of a file from `offset` on.

        Raises:
            InputError: it cannot be had now.
            EditionError: there are none.
        """


class KeptBytes(Protocol):
    """What was seen before, by name."""

    def get(self, name: str) -> bytes | None:
        """What is kept under a name."""

    def put(self, name: str, raw: bytes) -> None:
        """Keep bytes under a name."""

    def drop(self, name: str) -> None:
        """Forget what is kept under a name."""


class NothingKept:
    """Keeps nothing."""

    def get(self, name: str) -> bytes | None:
        """Nothing."""
        return None

    def put(self, name: str, raw: bytes) -> None:
        """Not at all."""

    def drop(self, name: str) -> None:
        """There is nothing to forget."""


class FolderFiles:
    """A static edition in a folder: a disc, a stick."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.where = str(folder)

    def whole(self, name: str, most: int) -> bytes:
        """See `StaticFiles`."""
        return self._read(name, 0, most + 1, most)

    def part(self, name: str, offset: int, size: int) -> bytes:
        """See `StaticFiles`."""
        return self._read(name, offset, size, size)

    def _read(self, name: str, offset: int, size: int, most: int) -> bytes:
        try:
            with (self._folder / name).open("rb") as file:
                file.seek(offset)
                raw = file.read(size)
        except FileNotFoundError as error:
            raise EditionError(f"There is no {name} in {self.where}.", "Copy the folder again, all of it.") from error
        except OSError as error:
            raise InputError(f"{self.where}/{name} cannot be read: {error.strerror}.", "Check the disc.") from error
        if len(raw) > most:
            raise not_as_stated(self.where, name)
        return raw


def not_as_stated(where: str, name: str) -> EditionError:
    """What was read is not what it should be."""
    return EditionError(
        f"What {where} gives of {name} is not what the edition has: it is damaged, changed, or of another edition.",
        "Nothing of it was used. Try again, or read it from elsewhere.",
    )


@dataclass(slots=True)
class RequestRound:
    """What one round of requests, made at the same time, took: (name, offset, size) of each; size 0 is a whole file."""

    requests: list[tuple[str, int, int]]


class Ranges:
    """Reads ranges; thread-safe as far as `files` and `kept` are.

    Args:
        files: where they lie.
        kept: what was seen before.
        root: of the edition: what is kept goes by it, and the folder that its files lie in.
        watch: called with each round of requests.
    """

    def __init__(
        self,
        files: StaticFiles,
        kept: KeptBytes | None = None,
        root: str = "",
        watch: Callable[[RequestRound], None] | None = None,
    ) -> None:
        self.files = files
        self._kept: KeptBytes = kept or NothingKept()
        self._prefix = root
        self._folder = f"{root[:16]}/" if root else ""
        self._watch = watch
        self._own = threading.local()

    def checked(self, pointers: Sequence[Pointer]) -> list[bytes]:
        """What pointers point to, in their order.

        Raises:
            InputError: something cannot be had now.
            EditionError: something has not the hash that it should have.
        """
        return self.taken(pointers, lambda pointer, raw: hashlib.sha256(raw).digest() == pointer.digest)

    def taken(self, pointers: Sequence[Pointer], holds: Callable[[Pointer, bytes], bool]) -> list[bytes]:
        """The same, checked by `holds`, which says whether bytes are what they should be."""
        found: dict[Pointer, bytes] = {}
        for pointer in pointers:
            raw = self._kept.get(self._name(pointer))
            if raw is not None:
                if len(raw) == pointer.size and holds(pointer, raw):
                    found[pointer] = raw
                else:
                    self._kept.drop(self._name(pointer))
        missing = [pointer for pointer in dict.fromkeys(pointers) if pointer not in found]
        for pointer, raw in self._fetched(missing).items():
            if len(raw) != pointer.size or not holds(pointer, raw):
                raise not_as_stated(self.files.where, pointer.file)
            self._kept.put(self._name(pointer), raw)
            found[pointer] = raw
        return [found[pointer] for pointer in pointers]

    def of(self, root: str) -> Ranges:
        """The same, of the edition with this root."""
        return Ranges(self.files, self._kept, root, self._watch)

    def forget(self, pointers: Sequence[Pointer]) -> None:
        """Throw away what is kept of these."""
        for pointer in pointers:
            self._kept.drop(self._name(pointer))

    def keep(self, name: str, raw: bytes) -> None:
        """Keep a whole file that was found good."""
        self._kept.put(f"{self._prefix}/{name}", raw)

    def fresh(self, name: str, most: int) -> bytes:
        """A whole file of at most so many bytes that is not kept, and that nothing vouches for; raises as
        `StaticFiles.whole` does."""
        self._tell([(name, 0, 0)])
        return self.files.whole(f"{self._folder}{name}", most)

    def wholes(self, files: Sequence[tuple[str, int]], holds: Callable[[str, bytes], bool]) -> list[bytes]:
        """Whole files, (name, most bytes) each, checked by `holds`; raises as `checked` does."""
        kept = {name: self._kept.get(f"{self._prefix}/{name}") for name, _ in files}
        missing = [(name, most) for name, most in files if not (raw := kept[name]) or not holds(name, raw)]
        if missing:
            self._tell([(name, 0, 0) for name, _ in missing])
            with ThreadPoolExecutor(PARALLEL) as several:
                come = list(several.map(lambda each: self.files.whole(f"{self._folder}{each[0]}", each[1]), missing))
            for (name, _), raw in zip(missing, come, strict=True):
                if not holds(name, raw):
                    raise not_as_stated(self.files.where, name)
                self._kept.put(f"{self._prefix}/{name}", raw)
                kept[name] = raw
        return [kept[name] or b"" for name, _ in files]

    def together(self, one: Callable[[], One], other: Callable[[], Other]) -> tuple[One, Other]:
        """What two callers want, at the same time; their rounds are told as made together."""
        rounds: tuple[list[RequestRound], list[RequestRound]] = ([], [])

        def collected(call: Callable[[], object], into: list[RequestRound]) -> object:
            self._own.rounds = into
            try:
                return call()
            finally:
                self._own.rounds = None

        with ThreadPoolExecutor(1) as besides:
            later = besides.submit(collected, other, rounds[1])
            first = collected(one, rounds[0])
            second = later.result()
        for here, there in zip_longest(*rounds):
            self._tell([*(here.requests if here else ()), *(there.requests if there else ())])
        return first, second  # type: ignore[return-value]

    def _name(self, pointer: Pointer) -> str:
        return f"{self._prefix}/{pointer.file}/{pointer.offset}/{pointer.size}"

    def _fetched(self, pointers: Sequence[Pointer]) -> dict[Pointer, bytes]:
        groups = _together(pointers)
        if not groups:
            return {}
        asked = [
            (group[0].file, group[0].offset, group[-1].offset + group[-1].size - group[0].offset) for group in groups
        ]
        self._tell(asked)
        asked = [(f"{self._folder}{name}", offset, size) for name, offset, size in asked]
        if len(asked) == 1:
            come = [self.files.part(*asked[0])]
        else:
            with ThreadPoolExecutor(PARALLEL) as several:
                come = list(several.map(lambda each: self.files.part(*each), asked))
        return {
            pointer: raw[pointer.offset - group[0].offset :][: pointer.size]
            for group, raw in zip(groups, come, strict=True)
            for pointer in group
        }

    def _tell(self, requests: list[tuple[str, int, int]]) -> None:
        rounds: list[RequestRound] | None = getattr(self._own, "rounds", None)
        if rounds is not None:
            rounds.append(RequestRound(requests))
        elif self._watch is not None and requests:
            self._watch(RequestRound(requests))


def _together(pointers: Sequence[Pointer]) -> list[list[Pointer]]:
    """Pointers in groups that are asked for at once."""
    groups: list[list[Pointer]] = []
    for pointer in sorted(pointers, key=lambda each: (each.file, each.offset, each.size)):
        if groups:
            first, last = groups[-1][0], groups[-1][-1]
            near = pointer.file == last.file and 0 <= pointer.offset - last.offset - last.size <= GAP
            if near and pointer.offset + pointer.size - first.offset <= MOST_TOGETHER:
                groups[-1].append(pointer)
                continue
        groups.append([pointer])
    return groups
