"""What can go wrong, split by what the person in front of it can do.

Every error carries its exit code, the `problem` (what happened) and a `remedy` (what to do). Interfaces (command line,
web) translate an error; nothing else prints. A thing that could not be read but does not stop the work is not an
error: it is a `model.Rejected` value and is counted.

Exit codes (documented in docs/cli.md): 0 done; 1 a check found damage or a search found nothing where that was the
question; 2 the command line is wrong (also what the option parser uses); 3 an input cannot be read; 4 an edition is
damaged or not an edition; 5 something is missing on this machine (an extra, a program, disk space, a place to write
the result to, a step that must be run before); 6 a limit was reached (time, memory, rows, size, open files); 8 an
edition was made, but nothing of what its folder is for could be read (read-me files, licences, lists of files alone);
9 an edition was made, but parts of a source are damaged and missing in it, or some of what is followed could not be
asked; 129 its terminal was closed; 130 stopped by the person (Ctrl-C); 143 ended by the system (SIGTERM), as tidily
as by Ctrl-C.
"""

from __future__ import annotations

from typing import ClassVar


class GalacticaError(Exception):
    """The root of the tree: cannot go on.

    Args:
        problem: what happened, in one sentence, naming the thing it happened to.
        remedy: what the person can do about it, in one sentence.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy

    @property
    def told(self) -> str:
        """Problem and remedy as running text, for a place that has one line for both."""
        return " ".join(
            each if each.endswith((".", "!", "?", "…")) else f"{each}." for each in (self.problem, self.remedy)
        )

    def __reduce__(self) -> tuple[type[GalacticaError], tuple[str, str]]:
        # Errors cross process borders: without this, pickle would call __init__ with `problem` alone.
        return (type(self), (self.problem, self.remedy))


class UsageError(GalacticaError):
    """The request makes no sense as asked; asking differently helps."""

    exit_code = 2


class InputError(GalacticaError):
    """A source cannot be read at all: missing, of no known format, or broken from its first byte."""

    exit_code = 3


class BrokenInputError(InputError):
    """A source is what its name says, and so damaged that nothing of it can be read."""


class EditionError(GalacticaError):
    """An edition is missing, unfinished, damaged, or of a version this program does not know."""

    exit_code = 4


class ProofError(GalacticaError):
    """A proof does not hold: it is damaged, forged, of another edition, or none at all."""

    exit_code = 1


class MissingError(GalacticaError):
    """Something this machine lacks: an optional package (the remedy names the extra), a program, disk space."""

    exit_code = 5


class StepMissingError(MissingError):
    """What is asked for comes of a step that was not run yet (joining): the edition is as good as it was."""


class LimitError(GalacticaError):
    """A bound on time, memory, rows or size was reached."""

    exit_code = 6
