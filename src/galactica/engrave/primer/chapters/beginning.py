"""Chapter: what the sheets are and why, how pages belong together, the way from ink to articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from galactica.engrave.primer.document import (
    Box,
    Cells,
    FigureLabel,
    Piece,
    PrimerFigure,
    Shape,
    Stroke,
    dashed,
    h1,
    h2,
    p,
    steps,
)
from galactica.engrave.primer.facts import PrimerFacts

_WAY = (
    ("sheet", "squares"),
    ("bits", "mask undone"),
    ("bytes", "mended"),
    ("payload", "lost sheets made"),
    ("blocks", "unpacked"),
    ("records", "read"),
    ("articles", "proved"),
)


def beginning_chapter(number: int, facts: PrimerFacts, contents: Sequence[str]) -> Iterator[Piece]:
    """The first pages.

    Args:
        contents: titles of the chapters, in order.
    """
    yield h1(f"{number}. What this is")
    yield p(
        f"""These pages hold a library: {facts.articles:,} articles of an encyclopedia, "{facts.title}". Most pages
        are sheets of very small black and white squares. Each sheet holds as much text as a book. The first pages,
        which you are reading, are in plain writing. They say everything that is needed to get the text back from
        the squares. You need no machine and no program of our time. You need a way to see the squares enlarged (a
        camera, a scanner, a microscope), and something that can calculate: any computer that you can make do what
        these pages say. With great patience, paper and pencil are enough for a part of it."""
    )
    yield _way()
    yield h2("Why it is worth the trouble")
    yield p(
        f"""The articles say what people of our time knew: how to treat the sick, to grow food, to build, to make
        tools and medicines; about the stars, living beings, languages, lands, people and what happened. The most
        important ones are on the first sheets, so begin with these: any one of the {facts.data_sheets:,} sheets
        with data gives some articles by itself, even if all others are lost. If up to {facts.parity}
        of the sheets of each group are lost, nothing is lost: the others give them back."""
    )
    yield h2("How the pages belong together")
    yield dashed(
        'Pages of plain writing, the primer, have a line at the bottom: "Primer page ... of ...".',
        f"""Each sheet of squares has a line of writing, too. It says the number of the sheet. There are
        {facts.sheets:,} sheets, numbered from 1 to {facts.sheets:,} in this line. (Inside the squares the number
        begins with 0.)""",
        """The order in which you read the sheets does not matter: each also says in its squares which one it is.""",
        f"The library has a name, its root. It is on every page of this primer, and its first half in every sheet: "
        f"{facts.root.hex()}.",
    )
    yield h2("What is in these pages")
    yield dashed(*contents)
    yield h2("The way from the squares to the articles")
    yield steps(
        "Make a picture of each sheet. Find its corners; read its squares as bits: black is 1, white is 0. (Chapter 3)",
        "Undo the mask; put eight bits together to a byte. (Chapter 3; if you do not know bits and bytes: chapter 2)",
        "Read the header, which says which sheet it is. (Chapter 6)",
        "Mend the bytes that were read wrongly. Put the payload of the sheet together. (Chapters 4 and 5)",
        "If sheets are missing: make their payloads from those of the others. (Chapter 7)",
        "Cut the payloads into blocks. Unpack each. (Chapters 8 and 9)",
        "Cut the unpacked blocks of the kind R into records. Read each: it is an article. (Chapters 10 and 11)",
        "If you want to be sure that nothing was changed: prove the articles. (Chapters 12 and 13)",
    )
    yield p(
        """At every step there are examples and test vectors: what must come out if what goes in is as shown. Try
        your way of doing it on them before you use it on the sheets. There is also a practice sheet, the smallest
        possible one, on which all steps can be tried together. At the end is a whole program, for those who can run
        it or want to read it."""
    )


def _way() -> PrimerFigure:
    shapes: list[Shape] = [
        Cells(
            x=2.0, y=6.0, cell=1.4, rows=("1011010", "0110011", "1101001", "0010110", "1110100", "0101011", "1001101")
        )
    ]
    for at, (name, how) in enumerate(_WAY):
        x = 14.0 + 24.0 * at
        shapes += [Box(x=x, y=6.0, width=18.0, height=10.0), FigureLabel(x=x + 9.0, y=11.0, text=name, size=3.8)]
        shapes.append(FigureLabel(x=x + 9.0, y=20.0, text=how, size=2.9))
        if at + 1 < len(_WAY):
            shapes.append(Stroke(x1=x + 18.5, y1=11.0, x2=x + 23.5, y2=11.0, arrow=True))
    told = ("    " + " -> ".join(f"{name} ({how})" for name, how in _WAY),)
    return PrimerFigure(
        shapes=tuple(shapes), height=23.0, caption="The way from ink to articles.", told=_folded(told[0])
    )


def _folded(line: str) -> tuple[str, ...]:
    first, second = line.split(" -> blocks")
    return first + " ->", "    blocks" + second
