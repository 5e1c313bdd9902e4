"""The verb that measures a language model (the group eval)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from galactica.cli.choice import chosen
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, Editions, Quiet, ShelfFolder
from galactica.cli.progress import reporting
from galactica.cli.terminal import write, write_json, write_table
from galactica.model.said import counted

if TYPE_CHECKING:
    from galactica.train.lm.evaluating_lm import LmEvaluation


@verb
def evaluate_lm_verb(
    model: Annotated[Path, typer.Argument(metavar="MODEL", help="A model's folder.")],
    view: Annotated[Path, typer.Argument(metavar="VIEW", help="The view that it was trained on, or another.")],
    size: Annotated[int, typer.Option("--bytes", metavar="N", min=1, help="Held-back text to read.")] = 1_000_000,
    questions: Annotated[int, typer.Option("--questions", metavar="N", min=0, help="With a gap; 0: none.")] = 600,
    prompts: Annotated[
        int, typer.Option("--prompts", metavar="N", min=0, help="To see what it says by heart; 0: none.")
    ] = 100,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Of gaps and places.")] = 0,
    device: Annotated[str, typer.Option("--device", metavar="auto|cpu|cuda[:N]", help="Where it is computed.")] = "cpu",
    no_contamination: Annotated[
        bool, typer.Option("--no-contamination", help="Do not read what it learned from to look for the same text.")
    ] = False,
    no_trace: Annotated[bool, typer.Option("--no-trace", help="Do not trace what it writes.")] = False,
    editions: Editions = None,
    shelf: ShelfFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Measure a language model on text that was held back when it was trained.

    Bits a byte, beside compressors, with and without documents that stand in what was learned from; questions with a
    gap and four answers; what it says by heart, and what of its writing stands in the view word for word.
    """
    from galactica import library

    with reporting(quiet) as report:
        found = library.evaluate_lm(
            model,
            view,
            editions=chosen(editions, shelf) if editions else (),
            size=size,
            questions=questions,
            prompts=prompts,
            seed=seed,
            device=device,
            contamination=not no_contamination,
            trace=not no_trace,
            report=report,
        )
    if as_json:
        from galactica.wire.language_models import lm_evaluation_document

        write_json(lm_evaluation_document(found))
        return
    _show(found)


def _show(found: LmEvaluation) -> None:
    if found.same_view is False:
        write("It was trained on another view: it may have learned from some of this text.")
    elif found.same_view is None:
        write("It does not say what it was trained on: it may have learned from this text.")
    write(
        f"Bits a byte, of {counted(found.held.documents, 'document')} that were held back, {found.held.bytes:,} bytes:"
    )
    rows = [(found.model, f"{found.held.bits:.3f}"), *((each.name, f"{each.bits:.3f}") for each in found.beside)]
    if found.shared and found.clean is not None:
        rows.insert(
            1, (f"{found.model}, without {found.shared:,} that stand in what it learned", f"{found.clean.bits:.3f}")
        )
    write_table(("", "bits a byte"), rows)
    if found.cloze:
        write("Questions with a gap and four answers (by chance 25 %):")
        kinds = [
            (each.kind or "all", each.questions, each.right, f"{each.right / each.questions:.1%}")
            for each in found.cloze
        ]
        write_table(("kind", "questions", "right", "share"), kinds)
    if found.learned.prompts:
        write("Said by heart, begun with 32 tokens of a document:")
        write_table(
            ("documents", "prompts", "32 tokens word for word", "tokens, mean", "longest"),
            [
                (name, each.prompts, each.whole, f"{each.tokens:.2f}", each.longest)
                for name, each in (("learned from", found.learned), ("held back", found.unlearned))
            ],
        )
    if found.verbatim is not None:
        write(f"Of what it writes by chance, {found.verbatim:.1%} stands in the view word for word.")
