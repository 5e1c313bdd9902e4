"""Language models: trained on a view, asked to write, measured. What they write is traced to where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from galactica.errors import GalacticaError, InputError
from galactica.progress import Report, silent
from galactica.train.lm.again import wish_again
from galactica.train.lm.drawing import Choosing
from galactica.train.lm.generating import Generated, TextWriter
from galactica.train.lm.model import LOSS, open_model, read_training
from galactica.train.lm.wish import TrainingWish

if TYPE_CHECKING:
    from galactica.train.lm.evaluating_lm import LmEvaluation
    from galactica.train.lm.finishing import Traced
    from galactica.train.lm.training_lm import TrainedModel
    from galactica.train.tracing.told import TracedSpan
    from galactica.train.views.view import View

__all__ = [
    "Choosing",
    "TrainingWish",
    "evaluate_lm",
    "generate",
    "told_of_model",
    "train_lm",
]

MOST_PICTURE = 4 * 2**20
"""Bytes of a loss.png that is shown; ours have some ten thousand."""

_PNG = b"\x89PNG\r\n\x1a\n"


def train_lm(
    view: Path,
    out: Path,
    wish: TrainingWish | None = None,
    *,
    again: Path | None = None,
    editions: Sequence[Path] = (),
    trace: bool = True,
    report: Report = silent,
    tell: Callable[[str], None] = lambda line: None,
) -> TrainedModel:
    """Train a language model on a view; its samples are traced to where they stand in it.

    Args:
        view: folder of a view.
        out: the folder to make; must not exist.
        wish: how; None: the size nano for its usual steps.
        again: a model whose training is done again to the letter, in place of a wish.
        editions: where the view's editions lie, if not where they lay when it was made.
        trace: whether samples are traced: the view's index is made where there is none, 0.4 to 0.6 times the text.
        report: stages "read", "train" in tokens, "measure", "index".
        tell: told a line now and then.

    Raises:
        As `train_language_model`; InputError: `again` is no model.
    """
    from galactica.train.lm.training_lm import train_language_model

    asked = wish if again is None else wish_again(again, (wish or TrainingWish()).device)
    traced = (lambda opened: _tracing(opened, report, tell)) if trace else None
    return train_language_model(view, out, asked, editions=editions, traced=traced, report=report, tell=tell)


def generate(
    model: Path,
    prompt: str,
    *,
    tokens: int = 200,
    how: Choosing | None = None,
    told: Callable[[str], None] = lambda piece: None,
) -> Generated:
    """Have a model go on with a text.

    Args:
        model: its folder.
        prompt: the beginning; "" begins a document.
        tokens: to write at most.
        how: which token is taken; None: by chance, as `Choosing` has it.
        told: given each piece of text as it comes.

    Raises:
        InputError: it is no model, damaged, or another's tokenizer lies in it.
        UsageError: a number is out of range, or the prompt is too long.
        MissingError: `tokenizers` is not installed.
    """
    return TextWriter(open_model(model)).write(prompt, tokens=tokens, how=how or Choosing(), told=told)


def evaluate_lm(
    model: Path,
    view: Path,
    *,
    editions: Sequence[Path] = (),
    size: int = 1_000_000,
    questions: int = 600,
    prompts: int = 100,
    seed: int = 0,
    device: str = "cpu",
    contamination: bool = True,
    trace: bool = True,
    report: Report = silent,
) -> LmEvaluation:
    """Measure a model on the part of a view that was held back; see `evaluate_language_model`.

    Args:
        trace: whether what it writes by chance is traced in the view, whose index is made where there is none.
    """

    from galactica.train.lm.evaluating_lm import evaluate_language_model

    def verbatim(opened: View) -> Callable[[str], float]:
        from galactica.library.tracing import open_tracer

        tracer = open_tracer(opened, report=report)
        return lambda text: tracer.trace(text).share

    return evaluate_language_model(
        model,
        view,
        editions=editions,
        size=size,
        questions=questions,
        prompts=prompts,
        seed=seed,
        device=device,
        contamination=contamination,
        verbatim=verbatim if trace else None,
        report=report,
    )


def told_of_model(model: Path) -> tuple[dict[str, Any], bytes]:
    """What a model's training.json says, as JSON gives it, and its curve as a PNG, b"" where there is none.

    Raises:
        InputError: there is no such file, or it is damaged.
    """
    told = read_training(model)
    if not told:
        raise InputError(f"{model} does not say how it was trained.", "Name a model that galactica train lm made.")
    try:
        with (model / LOSS).open("rb") as file:
            picture = file.read(MOST_PICTURE + 1)
    except OSError:
        picture = b""
    good = picture.startswith(_PNG) and len(picture) <= MOST_PICTURE
    return told, picture if good else b""


def _tracing(view: View, report: Report, tell: Callable[[str], None]) -> Traced:
    """What finds the stretches of a text in a view. A model is not lost because its samples cannot be traced."""
    from galactica.library.tracing import open_tracer

    try:
        tracer = open_tracer(view, report=report)
    except (GalacticaError, OSError) as error:
        tell(f"Samples are not traced: {error}")
        return lambda text: []
    return lambda text: [_span(each) for each in tracer.trace(text).spans]


def _span(span: TracedSpan) -> Mapping[str, Any]:
    return {
        "start": span.start,
        "end": span.end,
        "bytes": span.bytes,
        "count": span.count,
        "places": [
            {
                "title": each.facts.title,
                "edition": each.facts.edition,
                "source": each.facts.source,
                "path": each.path,
                "date": each.facts.date,
                "licence": each.facts.licence,
                "address": each.facts.address,
                "passage": list(each.passage),
            }
            for each in span.places
        ],
    }
