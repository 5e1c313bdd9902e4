"""The verb that asks: the answer first, then the quotation that proves it, and where it is from.

Exit code 1 where nothing was found: a search found nothing where that was the question. A probable answer is one and
ends with 0, with `--sure` with 1. Steps are told on standard error as they are done; the answer is on standard output.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from galactica.cli.afar import named_afar, opened_afar
from galactica.cli.choice import chosen, open_settings
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, ConfigFolder, Editions, Language, Quiet, ShelfFolder
from galactica.cli.terminal import console, one_line, tell, write_json
from galactica.cli.verdicts import VerdictWords, verdict_words
from galactica.errors import UsageError
from galactica.languages import cldr_number
from galactica.model import anchors
from galactica.model.said import said

if TYPE_CHECKING:
    from rich.text import Text

    from galactica.model import Answer, Citation, Step

NOT_FOUND = 1


@verb
def ask_verb(
    question: Annotated[list[str], typer.Argument(metavar="QUESTION...", help="A question, in words.")],
    editions: Editions = None,
    language: Language = "",
    sources: Annotated[
        str, typer.Option("--sources", metavar="KEY,KEY", help="Only articles of these sources; see galactica info.")
    ] = "",
    group: Annotated[
        bool, typer.Option("--group", help="Let several researchers look, each in another way, and put it together.")
    ] = False,
    model: Annotated[
        str,
        typer.Option(
            "--model",
            metavar="URL#NAME",
            help="A language model that the group may call, for this time; none for no model. Else what galactica "
            "model use has set; without that nothing is called.",
        ),
    ] = "",
    key_from: Annotated[
        str,
        typer.Option("--key-from", metavar="VARIABLE", help="The environment variable that holds that model's key."),
    ] = "",
    reader: Annotated[
        Literal["auto", "trained", "rules"],
        typer.Option("--reader", help="Who reads: the trained reader where it is there, or rules."),
    ] = "auto",
    fast: Annotated[
        bool,
        typer.Option("--fast", help="Read what search finds first; do not look which passages are worth reading."),
    ] = False,
    sure: Annotated[
        bool,
        typer.Option("--sure", help="Exit code 1 also where the answer is only probable; it is shown all the same."),
    ] = False,
    show_work: Annotated[
        bool, typer.Option("--show-work", help="Also say what was done, and what came of it.")
    ] = False,
    shelf: ShelfFolder = None,
    config: ConfigFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> int:
    """Ask a question; the answer comes with the quotation that proves it.

    What is given as the answer is right in at least 95 of 100 cases. Of all that is called "Probably: …" at least 75
    of 100 are right; each says how likely it is by itself. Exit code 1 where nothing is likely enough; what came
    nearest is shown then. Where sources disagree, every side is shown. No language model is called unless you have
    chosen one.
    """
    from galactica import library

    if not " ".join(question).strip():
        raise UsageError(
            said("no-question", "There is no question."), said("write-question", "Write it: galactica ask …")
        )
    keys = [key.strip() for key in sources.split(",") if key.strip()]
    report = untold if quiet or as_json else step_teller(" ".join(question))
    if afar := named_afar(editions):
        answer = _asked_afar(afar, " ".join(question), language, keys, reader, fast, report, group=group)
        return _ended(answer, sure=sure, show_work=show_work, as_json=as_json)
    called = library.chosen_model(open_settings(config), model, key_from=key_from) if group or model else None
    with library.open_library(chosen(editions, shelf)) as opened:
        answer = opened.ask(
            " ".join(question),
            language=language,
            sources=keys,
            group=group,
            reader=reader,
            fast=fast,
            model=called,
            report=report,
        )
    return _ended(answer, sure=sure, show_work=show_work, as_json=as_json)


def _ended(answer: Answer, *, sure: bool, show_work: bool, as_json: bool) -> int:
    """Write an answer out; the exit code."""
    if as_json:
        from galactica.wire.answer import answer_document

        write_json(answer_document(answer))
    else:
        show(answer, work=show_work)
    return NOT_FOUND if answer.verdict == "not_found" or (sure and answer.verdict == "probably") else 0


def _asked_afar(
    named: str,
    question: str,
    language: str,
    sources: list[str],
    reader: str,
    fast: bool,
    report: Callable[[Step], None],
    *,
    group: bool,
) -> Answer:
    """What a static edition answers: out of the articles that search finds best there."""
    from galactica import library

    if group:
        raise UsageError("A static edition is asked without the group.", "Leave --group out, or fetch it first.")
    with opened_afar(named) as far:
        return library.ask_static(
            far,
            question,
            language=language,
            sources=sources,
            by=reader,
            fast=fast,
            report=report,
        )


def untold(step: Step) -> None:
    """A step that nobody is told of."""


def step_teller(question: str) -> Callable[[Step], None]:
    """Tells each step on standard error, as it is done, in the words for a question."""
    words = verdict_words(question)

    def told_step(step: Step) -> None:
        took = cldr_number(step.seconds * 1000, words.language)
        tell(f"  {words.who(step.who)}: {one_line(words.note(step.did))} ({took} ms)")

    return told_step


def show(answer: Answer, *, work: bool = False) -> None:
    """An answer for a person."""
    from rich.text import Text

    from galactica.model import LEAST_TOLD, times_in_ten

    out = console()
    words = verdict_words(answer.question)
    chance = words.chance.format(n=times_in_ten(answer.confidence))
    for note in answer.notes:
        tell(one_line(words.note(note)))
    if answer.verdict == "not_found":
        out.print(Text(words.nothing + (f" {words.nearest}" if answer.near else "")))
        for place, citation in enumerate(answer.near):
            out.print(marked_quotation(citation))
            out.print(Text(f"    {origin_line(citation)}", style="dim"))
            if place == 0 and answer.confidence >= LEAST_TOLD:
                out.print(Text(f"  {chance}", style="dim"))
    elif answer.verdict == "disputed":
        out.print(Text(words.disagree, style="bold"))
        for position in answer.positions:
            out.print(Text(one_line(position.dated), style="bold"))
            _proofs(position.citations)
    else:
        probably = answer.verdict == "probably"
        alone = answer.positions[0] if len(answer.positions) == 1 and answer.over is None else None
        said = one_line(alone.dated) if alone is not None and not alone.of else one_line(answer.text)
        out.print(Text(words.probably if probably else "").append(said, style="bold"))
        if len(answer.statements) == 1:
            _proofs(answer.statements[0].citations)
        else:
            for statement in answer.statements:
                out.print(Text(one_line(statement.text)))
                _proofs(statement.citations)
        if probably:
            out.print(Text(f"  {chance}", style="dim"))
    if answer.series:
        out.print(Text(words.series, style="dim"))
        for other in answer.series:
            out.print(Text(one_line(other.dated), style="bold"))
            _proofs(other.citations)
    if answer.others:
        claimed = bool(answer.positions) and answer.verdict != "disputed"
        out.print(Text(words.besides if claimed else words.others, style="dim"))
        for other in answer.others:
            out.print(Text(one_line(other.dated), style="bold"))
            _proofs(other.citations)
    if work:
        _work(answer, words)


def marked_quotation(citation: Citation) -> Text:
    """A quotation with what answers in it marked."""
    from rich.text import Text

    text = Text(f"  “{one_line(citation.quote)}”")
    start, end = citation.mark
    if end > start:
        text.stylize("bold yellow", start + 3, end + 3)
    return text


def origin_line(citation: Citation) -> str:
    """Article, work and place there, source, date, licence of a quotation, what is called alike once; its address."""
    source = citation.source_title or citation.source
    place = anchors.told(citation.place)
    facts = (citation.title, citation.work, place, source, citation.date, citation.licence, citation.url)
    return one_line(" · ".join(dict.fromkeys(fact for fact in facts if fact)))


def _proofs(citations: tuple[Citation, ...]) -> None:
    from rich.text import Text

    out = console()
    for citation in citations:
        out.print(marked_quotation(citation))
        out.print(Text(f"    {origin_line(citation)}", style="dim"))


def _work(answer: Answer, words: VerdictWords) -> None:
    """What was done, step by step, with what came of it."""
    from rich.text import Text

    out = console()
    out.print()
    for number, step in enumerate(answer.work, 1):
        did = one_line(words.note(step.did))
        out.print(Text(f"{number:>2}. {words.who(step.who)}: ", style="bold").append(did, style="not bold"))
        for citation in step.found:
            out.print(marked_quotation(citation))
            out.print(Text(f"    {origin_line(citation)}", style="dim"))
    read_by = words.read_by.format(reader=one_line(answer.reader), confidence=f"{answer.confidence:.2f}")
    out.print(Text(read_by, style="dim"))
