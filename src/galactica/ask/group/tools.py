"""What a researcher can do: tools, each a value with a name, arguments of a type, a function.

Rules:
1. A tool reads; it changes nothing, and it is run by the program, never because a text or a model says so.
2. Its arguments are checked before it is run, its result is bounded after, and it has so many seconds.
3. It never raises: what goes wrong is a note.

Which there are says `toolbox`.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from galactica.ask.asked import Asked
from galactica.errors import GalacticaError
from galactica.model import Citation

MOST_TEXT = 20_000
"""Code points of what a tool says, and of one argument."""

MOST_CITATIONS = 20
SECONDS = 5.0
"""For one use of a tool."""

Value = str | int | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """What a tool is given.

    Attributes:
        name: an identifier.
        about: what it is, for a person.
        kind: str, int or float.
        default: what it is where none is given; None where one must be.
        choices: the only values it may have; none: any.
    """

    name: str
    about: str
    kind: type[Value] = str
    default: Value | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a tool found.

    Attributes:
        text: in words, or lines of tab-separated cells; "" where nothing was found.
        citations: quotations of the library, best first.
        note: why it found nothing, or what was left out; "" where there is nothing to say.
    """

    text: str = ""
    citations: tuple[Citation, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """Something that can be done.

    Attributes:
        name: an identifier; the first of two of one name counts.
        about: what it does, in a sentence for a person.
        arguments: in order.
        run: called with the question that is worked on and the arguments by name.
    """

    name: str
    about: str
    arguments: tuple[Argument, ...]
    run: Callable[..., Result]

    @property
    def studies(self) -> bool:
        """Whether it can look into any question by itself."""
        return [each.name for each in self.arguments] == ["question"]


def use_tool(tool: Tool, asked: Asked, /, *, seconds: float = SECONDS, **given: Value) -> Result:
    """Run a tool; whatever happens, a bounded result comes back.

    Args:
        asked: what is worked on: the library and which articles of it are allowed.
        seconds: for the whole use.
        given: arguments by name.
    """
    try:
        arguments = checked(tool, given)
    except ValueError as error:
        return Result(note=f"{tool.name}: {error}")
    outcome: list[Result] = []

    def work() -> None:
        try:
            outcome.append(_bounded(tool.run(asked, **arguments)))
        except GalacticaError as error:
            outcome.append(Result(note=f"{tool.name}: {error.problem[:300]}"))
        except Exception as error:  # a tool may come from any package
            outcome.append(Result(note=f"{tool.name} failed ({type(error).__name__})."))

    thread = threading.Thread(target=work, name=f"galactica-tool-{tool.name}"[:60], daemon=True)
    thread.start()
    thread.join(seconds)
    return outcome[0] if outcome else Result(note=f"{tool.name} was not done within {seconds:g} seconds.")


def checked(tool: Tool, given: Mapping[str, Value]) -> dict[str, Value]:
    """The arguments of a tool, each of its kind.

    Raises:
        ValueError: one is missing, unknown, of another kind, or too long.
    """
    known = {each.name: each for each in tool.arguments}
    unknown = [name for name in given if name not in known]
    if unknown:
        raise ValueError(f"there is no argument {unknown[0][:40]!r}.")
    arguments: dict[str, Value] = {}
    for each in tool.arguments:
        value = given.get(each.name, each.default)
        if value is None:
            raise ValueError(f"{each.name} is missing.")
        if each.kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(max(-(2**53), min(2**53, value)))
        if not isinstance(value, each.kind) or isinstance(value, bool):
            raise ValueError(f"{each.name} is no {each.kind.__name__}.")
        if isinstance(value, str) and len(value) > MOST_TEXT:
            raise ValueError(f"{each.name} is longer than {MOST_TEXT:,} characters.")
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError(f"{each.name} is no number.")
        if each.choices and value not in each.choices:
            raise ValueError(f"{each.name} is one of {', '.join(each.choices)}.")
        arguments[each.name] = value
    return arguments


def _bounded(result: Result) -> Result:
    if not isinstance(result, Result):
        raise TypeError("a tool gives a Result")
    over = len(result.text) > MOST_TEXT or len(result.citations) > MOST_CITATIONS
    note = result.note[:500] or ("The rest was left out." if over else "")
    return replace(result, text=result.text[:MOST_TEXT], citations=result.citations[:MOST_CITATIONS], note=note)
