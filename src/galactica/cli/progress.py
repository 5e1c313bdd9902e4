"""How far the work is, on standard error: bars on a terminal, a line every few seconds elsewhere, nothing if quiet."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from galactica.cli.terminal import size, tell
from galactica.model.said import counted
from galactica.progress import Report, silent

EVERY = 5.0
"""Seconds between two lines where there is no terminal."""


@contextmanager
def reporting(quiet: bool) -> Iterator[Report]:
    """A `Report` for the length of a `with` block."""
    if quiet:
        yield silent
    elif sys.stderr.isatty():
        with _bars() as report:
            yield Forward(report)
    else:
        lines = Lines(tell, time.monotonic)
        yield Forward(lines)
        lines.end()


class Forward:
    """A `Report` that passes on another's, never backwards.

    A stage may begin again, with the next of several sources: what is done is added up then, and how much there is in
    all is not known any more.

    Args:
        report: told what is done of a stage, never less than before.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self._lock = threading.Lock()
        self._before: dict[str, tuple[int, int, bool]] = {}  # stage → (done before it began again, done since, again)

    def __call__(self, stage: str, done: int, total: int | None, unit: str) -> None:
        """As `Report`."""
        with self._lock:
            base, last, again = self._before.get(stage, (0, 0, False))
            if done < last:
                base, again = base + last, True
            self._before[stage] = base, done, again
            self._report(stage, base + done, None if again or total is None else max(total, done), unit)


class Lines:
    """A `Report` in plain lines: one when a stage ends, and one every `EVERY` seconds while it lasts.

    Args:
        write: takes a line.
        clock: seconds from anywhere, never backwards.
    """

    def __init__(self, write: Callable[[str], None], clock: Callable[[], float]) -> None:
        self._write = write
        self._clock = clock
        self._lock = threading.Lock()
        self._stage = ""
        self._begun = self._told = 0.0
        self._last: tuple[int, int | None, str] = (0, None, "")

    def __call__(self, stage: str, done: int, total: int | None, unit: str) -> None:
        """As `Report`."""
        with self._lock:
            now = self._clock()
            if stage != self._stage:
                self._close(now)
                self._stage, self._begun, self._told = stage, now, now
            self._last = (done, total, unit)
            if now - self._told >= EVERY:
                self._told = now
                self._write(f"{stage}: {progress_described(done, total, unit, now - self._begun)}")

    def end(self) -> None:
        """The last stage is over."""
        with self._lock:
            self._close(self._clock())
            self._stage = ""

    def _close(self, now: float) -> None:
        if self._stage:
            done, _, unit = self._last
            self._write(f"{self._stage}: {amount(done, unit)} in {now - self._begun:.1f} s")


def amount(number: int, unit: str) -> str:
    """12.3 MB, or 1,234 articles."""
    if unit == "B":
        return size(number)
    one = f"{unit[:-3]}y" if unit.endswith("ies") else unit.removesuffix("s")
    return counted(number, f"{one}|{unit}")


def progress_described(done: int, total: int | None, unit: str, seconds: float) -> str:
    """How far, how fast, how long still."""
    words = amount(done, unit)
    rate = done / seconds if seconds > 0 else 0.0
    if total is not None and total > 0:
        words += f" of {amount(total, unit)} ({min(100, 100 * done // total)} %)"
    if rate > 0:
        words += f", {amount(round(rate), unit)}/s"
        if total is not None and total > done:
            words += f", {duration_words((total - done) / rate)} left"
    return words


def duration_words(seconds: float) -> str:
    """45 s, 3 min 20 s, 2 h 5 min."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


@contextmanager
def _bars() -> Iterator[Report]:
    """One bar for each stage, with rate and time left."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn
    from rich.progress_bar import ProgressBar
    from rich.text import Text

    class Described(ProgressColumn):
        def render(self, task: Task) -> Text:
            total = None if task.total is None else int(task.total)
            return Text(progress_described(int(task.completed), total, str(task.fields["unit"]), task.elapsed or 0.0))

    class Known(BarColumn):
        """A bar where the end is known; else the time that runs, for a bar without an end tells nothing."""

        def render(self, task: Task) -> ProgressBar | Text:  # type: ignore[override]  # a column may give any of them
            if task.total is None:
                return Text(duration_words(task.elapsed or 0.0).rjust(self.bar_width or 0), style="dim")
            return super().render(task)

    columns = (TextColumn("{task.description:>10}"), Known(bar_width=30), Described())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        tasks: dict[str, object] = {}
        lock = threading.Lock()

        def report(stage: str, done: int, total: int | None, unit: str) -> None:
            with lock:
                if stage not in tasks:
                    for earlier in progress.tasks:
                        progress.update(earlier.id, total=earlier.completed or 1, completed=earlier.completed or 1)
                        progress.stop_task(earlier.id)
                    tasks[stage] = progress.add_task(stage, total=total, unit=unit)
                for task in progress.tasks:
                    if task.description == stage:
                        progress.update(task.id, completed=done, total=total)

        yield report
