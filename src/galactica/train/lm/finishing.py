"""The end of a training: the model is written, opened as anybody would, measured, asked to write, and told of."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from galactica.train.lm.drawing import Choosing
from galactica.train.lm.exporting import json_text, write_model
from galactica.train.lm.generating import TextWriter
from galactica.train.lm.keeping import LossPoint
from galactica.train.lm.lm_card import command_of, lm_card
from galactica.train.lm.loss_picture import loss_png
from galactica.train.lm.model import CARD, LOSS, TOKENIZER, TRAINING, WEIGHTS, open_model
from galactica.train.lm.rates import fall_of
from galactica.train.lm.scoring import BitsPerByte, Packed, bits_of, packed_beside, token_costs
from galactica.train.lm.starting import LmMaking, check_model_place, sampled_numbers
from galactica.train.material import PROGRAM
from galactica.train.views.licence_duties import duties
from galactica.train.views.view import View

if TYPE_CHECKING:
    from galactica.train.lm.running import TrainingRun

TRAINING_VERSION = 1
KIND = "galactica language model"

MEASURED = 300_000
"""Bytes of held-back text that are measured at the end; `galactica eval lm` takes more."""

SAMPLE_TOKENS = 120
BEGUN = 4
"""Samples that begin with the title of a document that was held back; two more begin with nothing."""

Traced = Callable[[str], Sequence[Mapping[str, Any]]]
"""A text → its stretches that stand in the view word for word, as JSON has them."""


def finish_training(making: LmMaking, run: TrainingRun, traced: Traced | None) -> dict[str, Any]:
    """Put the model of a training that has ended into its folder.

    Returns:
        What its training.json says.
    """
    folder = making.work / "model"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    write_model(folder, making.plan.shape, run.learner.tensors(), making.vocabulary)
    held = _held_back(making, run)
    told = _told(making, run, folder) | {"held_back": held, "samples": []}
    told["samples"] = _samples(making, run, folder, traced)
    told["command"] = command_of(told, told["view"]["name"], making.out.name)
    (folder / LOSS).write_bytes(loss_png(making.out.name, run.state.curve))
    (folder / CARD).write_text(lm_card(told), encoding="utf-8", newline="\n")
    (folder / TRAINING).write_text(json_text(told), encoding="ascii", newline="\n")
    check_model_place(making.out)
    folder.rename(making.out)
    return told


def measured_document(found: BitsPerByte, beside: Sequence[Packed]) -> dict[str, Any]:
    """What a text costs, as JSON has it."""
    return asdict(found) | {"beside": [asdict(each) for each in beside]}


def _held_back(making: LmMaking, run: TrainingRun) -> dict[str, Any] | None:
    from galactica.train.lm.torch_scoring import TorchScorer

    part = making.parts.held
    if not len(part):
        return None
    texts = part.read(sampled_numbers(part, MEASURED))
    scorer = TorchScorer(run.learner.decoder, making.vocabulary.end, making.plan.exact)
    costs = []
    done, size = 0, sum(map(len, texts))
    for text in texts:
        making.report("measure", done, size, "B")
        costs += token_costs(scorer, [making.vocabulary.encode([text.decode()])[0].tolist()])
        done += len(text)
    making.report("measure", size, size, "B")
    return measured_document(bits_of(costs, list(map(len, texts))), packed_beside(texts))


def _samples(making: LmMaking, run: TrainingRun, folder: Path, traced: Traced | None) -> list[dict[str, Any]]:
    from galactica.train.lm.torch_scoring import TorchReader

    part = making.parts.held
    numbers = sampled_numbers(part, part.length)[:BEGUN] if len(part) else []
    titles = [text.decode().partition("\n")[0] for text in part.read(numbers)]
    writer = TextWriter(open_model(folder), None if making.device == "cpu" else TorchReader(run.learner.decoder))
    found = []
    for number, prompt in enumerate(["", "", *(f"{title}\n\n" for title in titles)]):
        if len(making.vocabulary.encode([prompt])[0]) + 2 > making.plan.shape.context:
            continue
        wrote = writer.write(prompt, tokens=SAMPLE_TOKENS, how=Choosing(top_p=0.95, seed=number))
        spans = list(traced(wrote.text)) if traced else None
        found.append({"prompt": prompt, "text": wrote.text, "ended": wrote.ended, "spans": spans})
    return found


def _told(making: LmMaking, run: TrainingRun, folder: Path) -> dict[str, Any]:
    import torch

    from galactica.train.lm.devices import peak_of

    plan, state, view = making.plan, run.state, making.view
    tokens = state.steps * plan.tokens
    speed = tokens / state.seconds if state.seconds else 0.0
    peak = peak_of(making.device)
    corners = [] if state.fall is None else [list(corner) for corner in state.fall.corners]
    return {
        "kind": KIND,
        "version": TRAINING_VERSION,
        "name": making.out.name,
        "program": PROGRAM,
        "torch": str(torch.__version__),
        "plan": plan.written(),
        "parameters": plan.shape.parameters,
        "weights": _digest(folder / WEIGHTS),
        "bytes": (folder / WEIGHTS).stat().st_size,
        "tokenizer": _digest(folder / TOKENIZER),
        "tokenizer_given": making.wish.tokenizer is not None,
        "view": {
            "name": view.path.absolute().name,
            "hash": view.hash,
            "documents": len(view),
            "bytes": view.counts.bytes,
            "held": len(making.parts.held),
            "editions": [{"root": root, "title": title} for root, title in view.header.editions],
        },
        "licences": [
            {"name": name, "documents": documents, "bytes": size, "asks": list(duties(name))}
            for name, documents, size in view.counts.licences
        ],
        "sources": _sources(view),
        "steps": state.steps,
        "tokens": tokens,
        "epochs": _epochs(making),
        "corners": corners,
        "replayed": state.fall != fall_of(state.steps, plan.cool),
        "seconds": round(state.seconds, 3),
        "tokens_per_second": round(speed, 1),
        "mfu": None if peak is None else plan.shape.work(plan.shape.context) * speed / peak / making.ranks.world,
        "device": making.device.partition(":")[0],
        "threads": making.threads,
        "ranks": making.ranks.world,
        "curve": [_point(each) for each in state.curve],
    }


def _epochs(making: LmMaking) -> float:
    """How often the text was gone through, the mean over its groups by their share."""
    every = making.loader.epochs if making.loader is not None else ()
    return float(sum(share * times for share, times in zip(making.view.weights, every, strict=True)))


def _sources(view: View) -> list[dict[str, Any]]:
    """Where the text is from, those with most of it first, each with what it asks to be named by."""
    known = {source.key: source for edition in reversed(view.editions) for source in edition.sources}
    found = []
    for key, documents, size in sorted(view.counts.sources, key=lambda each: (-each[2], each[0])):
        source = known.get(key)
        told = {
            name: getattr(source, name, "") or ""
            for name in ("title", "publisher", "date", "licence", "url", "attribution")
        }
        found.append({"key": key, "documents": documents, "bytes": size, **told, "title": told["title"] or key})
    return found


def _point(point: LossPoint) -> dict[str, float | int | None]:
    return {
        "steps": point.steps,
        "tokens": point.tokens,
        "seconds": round(point.seconds, 2),
        "loss": round(point.loss, 5),
        "rate": point.rate,
        "norm": round(point.norm, 4),
        "held": None if point.held is None else round(point.held, 5),
    }


def _digest(file: Path) -> str:
    with file.open("rb") as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()
