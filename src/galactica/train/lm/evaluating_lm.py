"""How good a language model is on text that it did not learn from, and what of what it learned it says by heart."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from galactica.errors import MissingError, UsageError
from galactica.progress import Report, silent
from galactica.train.lm.by_heart import GOES_ON, PROMPT, ByHeart, said_by_heart, stretches_of
from galactica.train.lm.cloze import ClozeScore, cloze_choice, cloze_questions, cloze_scores
from galactica.train.lm.contaminated import SHARED, windows_shared
from galactica.train.lm.drawing import Choosing
from galactica.train.lm.generating import TextWriter
from galactica.train.lm.held_back import SHARE, TwoParts, ViewPart, split_view
from galactica.train.lm.model import LanguageModel, open_model
from galactica.train.lm.plain import PlainDecoder
from galactica.train.lm.scoring import BitsPerByte, Packed, PlainScorer, Scorer, bits_of, packed_beside, token_costs
from galactica.train.lm.starting import sampled_numbers
from galactica.train.views.view import View

MOST_BYTES = 2**31
MOST_QUESTIONS = 100_000
MOST_PROMPTS = 100_000

WRITTEN, WRITTEN_TOKENS = 20, 200
"""Texts that it writes to be traced, and tokens of each at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LmEvaluation:
    """What was measured.

    Attributes:
        model, view: names.
        same_view: whether it was trained on this view; None where it does not say on which.
        held: bits a byte of held-back text.
        beside: what compressors make of the same text.
        shared: documents of it that stand in what was learned from, in good part; None where that was not looked for.
        clean: bits a byte of the others; None where none is left, or that was not looked for.
        cloze: right answers, of all and by kind.
        learned, unlearned: what it says by heart of documents that it learned from, and of others.
        verbatim: share of what it writes by chance that stands in the view word for word; None where it is not traced.
    """

    model: str
    view: str
    same_view: bool | None
    held: BitsPerByte
    beside: tuple[Packed, ...]
    shared: int | None
    clean: BitsPerByte | None
    cloze: tuple[ClozeScore, ...]
    learned: ByHeart
    unlearned: ByHeart
    verbatim: float | None


def evaluate_language_model(
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
    verbatim: Callable[[View], Callable[[str], float]] | None = None,
    report: Report = silent,
) -> LmEvaluation:
    """Measure a model on the part of a view that was held back.

    Args:
        model: its folder.
        view: the view that it was trained on, or another one: which texts are held back depends on their hash alone.
        editions: where the view's editions lie, if not where they lay when it was made.
        size: bytes of held-back text that are read, about.
        questions: with a gap; 0: none.
        prompts: of what is said by heart, on either side; 0: none.
        seed: of gaps and of places.
        device: "cpu"; with PyTorch also "auto", "cuda", "cuda:N".
        contamination: whether documents that stand in what was learned from are looked for: all of that text is read.
        verbatim: what tells which share of a text stands in the view word for word, once it is open; None: nothing.
        report: stages "measure" and "contamination" in bytes, "cloze", "memory".

    Raises:
        UsageError: a number is out of its range, or nothing was held back.
        InputError, EditionError, MissingError: as `open_model` and `View.open`.
    """
    for name, value, least, most in (
        ("bytes", size, 1, MOST_BYTES),
        ("questions", questions, 0, MOST_QUESTIONS),
        ("prompts", prompts, 0, MOST_PROMPTS),
        ("seed", seed, 0, 2**31 - 1),
    ):
        if not least <= value <= most:
            raise UsageError(f"{name} is {value:,}.", f"Give {least:,} to {most:,}.")
    opened = open_model(model)
    scorer = scorer_of(opened, device)
    with View.open(view, editions) as whole:
        parts = split_view(whole, _share(opened))
        if not len(parts.held):
            raise UsageError("Of this view nothing was held back.", "Train with --held-back above 0.")
        texts = parts.held.read(sampled_numbers(parts.held, size))
        held, costs = _measured(opened, scorer, texts, report)
        shares = windows_shared(texts, _learned(parts.learned, report) if contamination else ())
        clean = [number for number, share in enumerate(shares.tolist()) if share < SHARED] if contamination else []
        asked = cloze_questions((text.decode() for text in texts), questions, seed)
        choices = []
        for number, question in enumerate(asked):
            report("cloze", number, len(asked), "questions")
            choices.append(cloze_choice(question, scorer, opened.vocabulary))
        learned, unlearned = _by_heart(opened, parts, prompts, seed, report)
        told = opened.training.get("view")
        return LmEvaluation(
            model=opened.name,
            view=view.absolute().name,
            same_view=told.get("hash") == whole.hash if isinstance(told, dict) else None,
            held=held,
            beside=packed_beside(texts),
            shared=len(texts) - len(clean) if contamination else None,
            clean=bits_of([costs[each] for each in clean], [len(texts[each]) for each in clean]) if clean else None,
            cloze=cloze_scores(asked, choices),
            learned=learned,
            unlearned=unlearned,
            verbatim=None if verbatim is None else _written_share(opened, verbatim(whole), seed),
        )


def scorer_of(model: LanguageModel, device: str = "cpu") -> Scorer:
    """What says how much tokens cost: by torch where it is installed, else by numpy.

    Raises:
        MissingError: another device is asked for, and PyTorch is not installed or has none such.
    """
    if importlib.util.find_spec("torch") is None:
        if device not in ("cpu", "auto"):
            raise MissingError("A GPU needs PyTorch.", 'Install it: pip install "galactica[train]"')
        return PlainScorer(PlainDecoder(model.shape, model.tensors), model.end)
    from galactica.train.lm.devices import chosen_device
    from galactica.train.lm.torch_scoring import TorchScorer, loaded_decoder

    return TorchScorer(loaded_decoder(model.shape, model.tensors, chosen_device(device)), model.end)


def _written_share(model: LanguageModel, share: Callable[[str], float], seed: int) -> float:
    """Share of what a model writes, beginning with nothing, that stands in the view."""
    writer = TextWriter(model)
    texts = [
        writer.write("", tokens=WRITTEN_TOKENS, how=Choosing(seed=seed + number)).text for number in range(WRITTEN)
    ]
    sizes = [len(text.encode()) for text in texts]
    return sum(share(text) * size for text, size in zip(texts, sizes, strict=True)) / max(1, sum(sizes))


def _share(model: LanguageModel) -> float:
    plan = model.training.get("plan")
    share = plan.get("held") if isinstance(plan, dict) else None
    return share if isinstance(share, float) and 0 <= share <= 0.5 else SHARE


def _measured(
    model: LanguageModel, scorer: Scorer, texts: Sequence[bytes], report: Report
) -> tuple[BitsPerByte, list[NDArray[np.float64]]]:
    costs: list[NDArray[np.float64]] = []
    done, size = 0, sum(map(len, texts))
    for text in texts:
        report("measure", done, size, "B")
        costs += token_costs(scorer, [model.vocabulary.encode([text.decode()])[0].tolist()])
        done += len(text)
    report("measure", size, size, "B")
    return bits_of(costs, list(map(len, texts))), costs


def _learned(part: ViewPart, report: Report) -> Iterator[bytes]:
    done = 0
    for _, text in part.scan():
        report("contamination", done, part.length, "B")
        done += len(text)
        yield text


def _by_heart(
    model: LanguageModel, parts: TwoParts, prompts: int, seed: int, report: Report
) -> tuple[ByHeart, ByHeart]:
    decoder = PlainDecoder(model.shape, model.tensors)
    found = []
    for part in (parts.learned, parts.held):
        numbers = sampled_numbers(part, part.length)[:prompts] if len(part) else []
        texts = [text.decode() for text in part.read(numbers)]
        stretches = list(stretches_of(model.vocabulary.encode(texts), seed))
        if model.shape.context < PROMPT + GOES_ON:
            stretches = []
        report("memory", 0, len(stretches), "prompts")
        found.append(said_by_heart(decoder, stretches))
    return found[0], found[1]
