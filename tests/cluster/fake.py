"""An engine without machines: orders are worked on here, as a script says, over fsspec's file system in memory."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from galactica.cluster.contract import Travels, WorkOrder, WorkReply
from galactica.cluster.working import carry_out

Turn = Callable[[bytes, str], bytes]
"""What a machine does with an order; it gets its own name."""


@dataclass
class FakeEngine:
    """Machines `a`, `b`, `c`: the first that is not avoided. `turns` are what is done first, one after the other."""

    hands: int = 2
    turns: list[Turn] = field(default_factory=list)
    orders: list[WorkOrder] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    closed: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, order: bytes, avoid: frozenset[str]) -> bytes:
        machine = next(name for name in "abcdefgh" if name not in avoid)
        with self._lock:
            self.orders.append(msgspec.json.decode(order, type=WorkOrder))
            self.asked.append(machine)
            turn = self.turns.pop(0) if self.turns else carry_out
        return turn(order, machine)

    def close(self) -> None:
        self.closed = True


def raising(error: Exception) -> Turn:
    def turn(order: bytes, machine: str) -> bytes:
        raise error

    return turn


def changing(**changes: object) -> Turn:
    """Work is done, and the reply is another."""

    def turn(order: bytes, machine: str) -> bytes:
        reply = msgspec.json.decode(carry_out(order, machine), type=WorkReply)
        return msgspec.json.encode(replace(reply, **changes))  # type: ignore[arg-type]

    return turn


@dataclass(frozen=True, kw_only=True)
class Doubling:
    """A task: reads `number` out of one folder, writes twice as much into another."""

    name: str
    source: Path
    target: Path

    def travels(self) -> Travels:
        return Travels(reads=(("source", self.name),), writes=("target",), folders=(("target", "deep"),))


def doubled(task: Doubling) -> str:
    number = int((task.source / task.name).read_text(encoding="ascii"))
    (task.target / "deep" / task.name).write_text(str(2 * number), encoding="ascii")
    return f"{task.name}: {number}"


def surroundings(task: Doubling) -> dict[str, str]:
    """What a worker finds in its environment."""
    return dict(os.environ)
