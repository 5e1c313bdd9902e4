"""A tool that reckons: the calculator of `values`, for researchers."""

from __future__ import annotations

from galactica.ask.asked import Asked
from galactica.ask.group.tools import Argument, Result, Tool
from galactica.values.calculator import reckon


def _calculate(asked: Asked, *, expression: str) -> Result:
    return Result(text=reckon(expression))


TOOLS = (
    Tool(
        name="calculate",
        about="Reckon with numbers and units: 100 km/h in mph.",
        arguments=(Argument(name="expression", about="What to reckon."),),
        run=_calculate,
    ),
)
