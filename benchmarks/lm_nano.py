"""A nano language model on editions: what it learns in some steps, beside compressors, and whether transformers agrees.

    python -m benchmarks.lm_nano EDITION… --minutes 5 [--rates 0.002,0.004,0.008 --sweep-steps 100] [--against FILE]
    OMP_WAIT_POLICY=passive python -m benchmarks.lm_nano --view VIEW --free-minutes 5 --threads 2

The model is trained by `library.train_lm` on a view of the editions, on the processor alone; time is that of the
processor (`process_time`), for what else runs on the machine does not count there. Held-back text is measured by
`library.evaluate_lm`: bits a byte beside gzip -9, xz -9e and zstd -19 on the same text in the same run. Then the
exported folder is opened by transformers, and both go on with the same prompts, always by the likeliest token. With
`--rates` short trainings at several rates come first, each on the same text in the same order.

`--free-minutes` stands for `--minutes` where other programs have most of the machine: as many steps are trained as that
time would see on cores that are free. The thread that trains works on its share of every product and waits for the
others without computing, so that its processor time is what the clock would show; two short trainings, one of them
longer, say what it is for a step.
"""

from __future__ import annotations

import argparse
import dataclasses
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import results
from galactica import library
from galactica.train.lm.drawing import Choosing
from galactica.train.lm.generating import TextWriter
from galactica.train.lm.model import open_model
from galactica.train.views.filtering import ViewFilter
from galactica.train.views.header import read_view_header
from galactica.train.views.making import make_view

PROMPTS = ("The", "In the year", "Water is", "London", "", "中国", "A language", "The history of the", "He was born in")

TIMED = (10, 60)
"""Steps of the two short trainings."""


def main() -> None:
    """Train, measure, compare, keep."""
    parser = results.arguments(argparse.ArgumentParser(description=__doc__))
    parser.add_argument("editions", nargs="*", type=Path)
    parser.add_argument("--view", type=Path, help="a view that is there, in place of editions")
    parser.add_argument("--steps", type=int)
    parser.add_argument("--minutes", type=float, help="of training, on the clock")
    parser.add_argument("--free-minutes", type=float, help="of training, on cores that nothing else uses")
    parser.add_argument("--tokenizer", type=Path)
    parser.add_argument("--rates", default="", help="rates to try first, with commas between them")
    parser.add_argument("--sweep-steps", type=int, default=100)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--precision", default="")
    parser.add_argument("--no-contamination", action="store_true", help="all text is read for it")
    parser.add_argument("--bytes", type=int, default=1_000_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        view = given.view or make_view(Path(folder) / "all.view", given.editions, ViewFilter()).path
        counts = read_view_header(view).counts
        figures: dict[str, Any] = {"documents": counts.documents, "bytes": counts.bytes}
        wish = library.TrainingWish(
            size="nano",
            steps=given.steps,
            minutes=given.minutes,
            tokenizer=given.tokenizer,
            device="cpu",
            threads=given.threads,
            precision=given.precision,
        )
        if given.free_minutes is not None:
            each = _seconds_of_a_step(view, Path(folder), wish)
            wish = dataclasses.replace(wish, steps=max(1, round(60 * given.free_minutes / each)), minutes=None)
            figures |= {"seconds of a step on free cores": each, "steps to train": wish.steps}
            print(f"{each:.4f} s a step: {wish.steps:,} steps", flush=True)
        for rate in filter(None, given.rates.split(",")):
            short = dataclasses.replace(wish, steps=given.sweep_steps, minutes=None, rate=float(rate))
            found = library.train_lm(view, Path(folder) / f"rate-{rate}", short, trace=False)
            figures[f"bits a byte at the rate {rate}"] = found.training["held_back"]["bits"]
            print(f"rate {rate}: {found.training['held_back']['bits']:.4f} bits a byte", flush=True)
        figures |= _trained(view, Path(folder) / "nano", wish, given.bytes, not given.no_contamination)
        figures |= _beside_transformers(Path(folder) / "nano")
    for name, value in figures.items():
        print(f"{name}: {value}")
    results.keep(__file__, given, figures)


def _seconds_of_a_step(view: Path, folder: Path, wish: library.TrainingWish) -> float:
    spent = []
    for steps in TIMED:
        begun = time.thread_time()
        out = folder / f"timed-{steps}"
        library.train_lm(view, out, dataclasses.replace(wish, steps=steps, minutes=None), trace=False)
        wish = dataclasses.replace(wish, tokenizer=out / "tokenizer.json")
        spent.append(time.thread_time() - begun)
    return (spent[1] - spent[0]) / (TIMED[1] - TIMED[0])


def _trained(view: Path, out: Path, wish: library.TrainingWish, size: int, contamination: bool) -> dict[str, Any]:
    begun, thread, clock = time.process_time(), time.thread_time(), time.monotonic()
    told = library.train_lm(view, out, wish, trace=False, tell=lambda line: print(line, flush=True)).training
    spent, passed = time.process_time() - begun, time.monotonic() - clock
    alone = time.thread_time() - thread
    found = library.evaluate_lm(out, view, size=size, contamination=contamination, trace=False)
    beside = {f"bits a byte, {each.name}": each.bits for each in found.beside}
    gaps = {f"gaps right, {each.kind or 'all'}": f"{each.right} of {each.questions}" for each in found.cloze}
    last = told["curve"][-1]
    return {
        "parameters": told["parameters"],
        "tokens": told["tokens"],
        "steps": told["steps"],
        "processor seconds, tokenizer and samples among them": spent,
        "share of one core that the machine gave": spent / passed,
        "processor seconds of the thread that trained": alone,
        "seconds of training": told["seconds"],
        "tokens to a second of training": told["tokens_per_second"],
        "tokens to a second of the processor": told["tokens"] / spent,
        "loss at the end": last["loss"],
        "held-back documents": found.held.documents,
        "held-back bytes": found.held.bytes,
        "bits a byte, nano": found.held.bits,
        **beside,
        "documents of it that stand in what was learned from": found.shared,
        "bits a byte, nano, without them": None if found.clean is None else found.clean.bits,
        **gaps,
        "said by heart of what was learned from": f"{found.learned.whole} of {found.learned.prompts}",
        "said by heart of what was not": f"{found.unlearned.whole} of {found.unlearned.prompts}",
        "curve": [[each["tokens"], each["loss"], each["held"]] for each in _some(told["curve"], 20)],
        "samples": [each["prompt"] + "|" + each["text"] for each in told["samples"][:3]],
    }


def _some(points: Sequence[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    every = [point for point in points if point["held"] is not None] or list(points)
    step = max(1, len(every) // count)
    return [*every[::step], every[-1]]


def _beside_transformers(folder: Path) -> dict[str, Any]:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    writer = TextWriter(open_model(folder))
    theirs, tokenizer = AutoModelForCausalLM.from_pretrained(folder), AutoTokenizer.from_pretrained(folder)
    same = tokens = 0
    for prompt in PROMPTS:
        found = writer.write(prompt, tokens=100, how=Choosing(temperature=0))
        given = tokenizer(prompt, return_tensors="pt")["input_ids"]
        with torch.no_grad():
            written = theirs.generate(
                input_ids=given,
                attention_mask=torch.ones_like(given),
                max_new_tokens=max(1, len(found.tokens)),
                do_sample=False,
                temperature=None,
                top_p=None,
            )[0, given.shape[1] :].tolist()
        tokens += len(found.tokens)
        same += sum(a == b for a, b in zip(found.tokens, written, strict=False))
    return {
        "opened by transformers as": type(theirs).__name__,
        "tokens of ours that transformers writes too": f"{same} of {tokens}",
    }


if __name__ == "__main__":
    main()
