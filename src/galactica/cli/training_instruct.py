"""The verb that makes questions and cited answers out of an edition or a view: train instruct."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from galactica.cli.choice import chosen, one_chosen
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, Editions, Quiet, ShelfFolder
from galactica.cli.progress import reporting
from galactica.cli.terminal import tell, write, write_json
from galactica.hints import word
from galactica.model.said import counted


class QuestionKind(StrEnum):
    """What questions are made of."""

    DEFINITION = "definition"
    SECTION = "section"
    CLAIM = "claim"


@verb
def instruct(
    material: Annotated[
        str, typer.Argument(metavar="VIEW|EDITION", help="What is asked about: a view, or an edition.")
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file to make, NAME.jsonl; NAME.md tells of it.")],
    editions: Editions = None,
    kinds: Annotated[
        list[QuestionKind] | None,
        typer.Option("--kind", metavar="definition|section|claim", help="Only these kinds of questions. Repeatable."),
    ] = None,
    exclude: Annotated[
        list[Path] | None,
        typer.Option("--exclude", metavar="FILE", help="An evaluation set: no pair shares text with it. Repeatable."),
    ] = None,
    exclude_words: Annotated[
        int, typer.Option("--exclude-words", metavar="N", min=5, max=50, help="Words in a row that count as shared.")
    ] = 13,
    most: Annotated[
        int | None, typer.Option("--most", metavar="N", min=1, help="A fair sample of at most so many.")
    ] = None,
    shelf: ShelfFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Make questions with cited answers out of articles: a chat-format data set, a JSON object a line.

    Asked is for definitions, for sections by their headings, and for claims where galactica join has made them; in
    English and Chinese. Each answer is quoted word for word, with article, address, date and licence. No model writes
    anything.
    """
    from galactica import library

    of_view = (Path(material) / "view.json").is_file()
    path = Path(material) if of_view else one_chosen(material, shelf)
    with reporting(quiet) as report:
        made = library.make_instruct(
            path,
            out,
            editions=chosen(editions, shelf) if editions else (),
            kinds=tuple(kind.value for kind in kinds or QuestionKind),
            exclude=tuple(exclude or ()),
            exclude_words=exclude_words,
            most=most,
            report=report,
        )
    if as_json:
        from galactica.wire.views import instruct_document

        write_json(instruct_document(made))
        return
    of_kinds = ", ".join(f"{count:,} {kind}" for kind, count in made.kinds)
    write(f"{out}: {counted(made.pairs, 'question')} with cited answers ({of_kinds})")
    for title in made.without_claims:
        tell(f"The claims of “{title}” were not made; galactica join makes them, and then they are asked for too.")
    tell(f"What is in it and what its licences ask: {word(made.card)}")
