"""The completion curve as a picture: what share of receivers, or of an edition, can be read when."""

from __future__ import annotations

from collections.abc import Sequence

from galactica.codes.curves import Axis, PlottedLine, draw_curves, round_step

UNITS = ((365.25 * 86_400.0, "years"), (86_400.0, "days"), (3600.0, "hours"), (60.0, "minutes"), (1.0, "seconds"))

_TENTHS = tuple((tenth / 10, f"{tenth * 10}%") for tenth in range(0, 11, 2))


def curves_png(
    title: str, lines: Sequence[PlottedLine], *, until: float, since: float = 0.0, said: str = "share that can be read"
) -> bytes:
    """A PNG of lines between 0 and 1 over time.

    Args:
        title: above it; letters of ASCII.
        lines: as many as `codes.curves.INKS`; places across are seconds.
        until: seconds at the right edge.
        since: seconds at the left edge; above 0, the axis of time is logarithmic.
        said: what goes up, beside the title.
    """
    until = max(until, since * 1.001 + 1e-9)
    unit, name = next((each for each in UNITS if until >= 2 * each[0]), UNITS[-1])
    if since:
        across = Axis(
            low=since,
            high=until,
            ticks=[each for each in _marks() if since <= each[0] <= until],
            name="time since the sender began",
            logarithmic=True,
        )
    else:
        step = round_step(until / unit / 8)
        ticks = [(n * step * unit, f"{n * step:g}") for n in range(int(until / unit / step) + 1)]
        across = Axis(low=0.0, high=until, ticks=ticks, name=f"{name} since the sender began")
    return draw_curves(title, lines, across=across, up=Axis(low=0.0, high=1.0, ticks=_TENTHS, name=said))


def _marks() -> list[tuple[float, str]]:
    marks: list[tuple[float, str]] = [(1, "1 s"), (10, "10 s"), (60, "1 min"), (600, "10 min"), (3600, "1 h")]
    marks.append((36_000, "10 h"))
    return [*marks, *((86_400.0 * n, f"{n} d") for n in (1, 2, 4, 10, 20, 40, 100, 200, 400, 1000))]
