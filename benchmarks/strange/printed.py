"""PDF files."""

from __future__ import annotations

from collections.abc import Iterator

from tests.sources.pdf.made import lines, pdf, shown

from benchmarks.strange.case import StrangeFile, strange

_LEFT = (
    "The pump runs at low pres-",
    "sure during the night and",
    "must not be left alone by",
    "the crew at any time since",
)
_RIGHT = (
    "Water in the room is to be",
    "pumped out by hand until",
    "help comes from the shore",
    "or from another vessel.",
)


def printed_files() -> Iterator[StrangeFile]:
    """All of them."""
    raised = (
        shown("Counts of 2 x 10", 72, 700) + shown("3", 145, 704, size=7) + shown("per mL were found in it.", 152, 700)
    )
    yield strange("raised.pdf", "a power", pdf([raised]), "10^3", never=("103",))
    above = (
        shown("Give H", 72, 700)
        + shown("2", 103.5, 696, size=8)
        + shown("O to drink, and rest for two days.", 108, 700)
    )
    below = (
        shown("The load was 10", 72, 688) + shown("5", 145, 693, size=8) + shown("N and more on that day.", 152, 688)
    )
    yield strange(
        "tight.pdf", "an index and a power in the next line at one height", pdf([above + below]), "H2", "10^5"
    )
    yield strange("columns.pdf", "two columns and words broken at the ends of lines", pdf([lines(_LEFT) + lines(_RIGHT, x=320)]),
                  "low pressure during the night", "Water in the room")  # fmt: skip
    forms = [
        shown(f"Pressure of the main pump: {page + 1}.{3 * page} bar", 72, 800) + lines(
            [f"Remark {'abcd'[page]}{'xyz'[number]} that the watch wrote down." for number in range(3)])
        for page in range(4)
    ]  # fmt: skip
    yield strange("form.pdf", "a form filled in once a page", pdf(forms), "2.3 bar", "3.6 bar")
    heads = [
        shown("Manual of the ship", 72, 810) + shown(f"Page {page + 1} of 4", 280, 30)
        + lines([f"Remark {'abcd'[page]}{'xyz'[number]} that the watch wrote down." for number in range(3)])
        for page in range(4)
    ]  # fmt: skip
    yield strange("heads.pdf", "head and foot of each page", pdf(heads), "Remark ax that", never=("Page 2 of 4",))
    yield strange("signs.pdf", "negative numbers and brackets", pdf([lines(["Loss (1 234,50) EUR", "From -12.5 to -3 degrees"])]),
                  "(1 234,50)", "-12.5 to -3")  # fmt: skip
    yield strange("blank.pdf", "a page without text", pdf(["0 0 100 100 re f"]), unread=True)
