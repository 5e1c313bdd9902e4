"""The card of a language model: what it was made of and on what terms, how, what was measured, what it cannot do.

It names editions and files without their folders; the same training gives the same card, but for the times it took.
Headings follow M. Mitchell and others, "Model Cards for Model Reporting", FAT* 2019.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from galactica.train.card import as_markdown, shell_word

WIDTH = 118
MOST_SOURCES = 100
MOST_SAMPLES = 8

LIMITS = (
    "It is a small model of text: it goes on with a text as its sources might, and knows nothing. What it writes is "
    "often wrong, and reads as if it were right; names, numbers and dates are made up. Do not take it for an answer: "
    "`galactica ask` gives answers with their proof.",
    "It has what its sources have: their errors, their age, their gaps and their one-sidedness. Nothing was done to "
    "keep it from writing what hurts.",
    "What it repeats word for word is under the licence of where it stands; `galactica trace` finds such stretches. "
    "What the law says of models that are trained on a text is not said here.",
)


def lm_card(told: Mapping[str, Any]) -> str:
    """A card as Markdown.

    Args:
        told: what training.json says of the model.
    """
    return "\n\n".join(_filled(block) for block in _blocks(told)) + "\n"


def command_of(told: Mapping[str, Any], view: str, out: str) -> str:
    """What makes the model again.

    Args:
        told: what training.json says.
        view, out: names for the view and the new model.
    """
    plan = told["plan"]
    if told["replayed"]:
        return f"galactica train lm {shell_word(view)} {shell_word(out + '-again')} --again {shell_word(out)}"
    lines = [f"galactica train lm {shell_word(view)} {shell_word(out)} --size {plan['size']}"]
    lines += [f"--steps {told['steps']} --seed {plan['seed']} --batch {plan['batch']}"]
    lines += [f"--context {plan['shape']['context']} --rate {plan['rate']:g} --held-back {plan['held']:g}"]
    lines += [f"--precision {plan['exact']} --threads {told['threads']}"]
    if told["tokenizer_given"]:
        lines.append("--tokenizer tokenizer.json")
    if told["device"] != "cpu":
        lines.append(f"--device {told['device']}")
    return " \\\n    ".join(lines)


def _blocks(told: Mapping[str, Any]) -> Iterator[str]:
    plan, view, shape = told["plan"], told["view"], told["plan"]["shape"]
    yield f"# {as_markdown(told['name'])}"
    yield (
        f"A language model of {told['parameters'] / 1e6:.3g} million parameters, trained from nothing on "
        f"{view['documents']:,} documents ({view['bytes'] / 1e6:,.1f} MB of text) by {as_markdown(told['program'])}. "
        "`model.safetensors` and `config.json` open as a LlamaForCausalLM; `galactica generate` asks it to write."
    )
    yield "## What it was made of"
    yield _table(("edition", "root"), [(each["title"], each["root"]) for each in view["editions"]])
    yield (
        f"The view of them has the hash `{view['hash']}`. Of its documents {view['held']:,}, {plan['held']:.2%} by the "
        "hash of their text, were held back: nothing was learned from them, and what is measured is measured with them."
    )
    yield "## Licences, and what they ask"
    yield "\n".join(
        f"* {as_markdown(each['name'] or 'not stated')} ({each['documents']:,} documents): {' '.join(each['asks'])}"
        for each in told["licences"]
    )
    yield "## Attribution"
    yield "\n".join(f"* {_source(each)}" for each in told["sources"][:MOST_SOURCES])
    yield "## How"
    ranks = f"{told['ranks']} rank{'s' if told['ranks'] != 1 else ''}"
    yield (
        f"{told['steps']:,} steps of {plan['batch']:,} sequences of {shape['context']:,} tokens: {told['tokens']:,} "
        f"tokens, {told['epochs']:.2f} times through the text. Seed {plan['seed']}, rate {plan['rate']:g}, "
        f"{plan['exact']} on {as_markdown(told['device'])} with {ranks} and {told['threads']} threads, PyTorch "
        f"{as_markdown(told['torch'])}; {told['seconds']:,.0f} s, {told['tokens_per_second']:,.0f} tokens/s"
        f"{_mfu(told)}."
    )
    yield (
        f"Width {shape['width']}, {shape['layers']} layers, {shape['heads']} heads over {shape['groups']} keys, inner "
        f"width {shape['inner']}, {shape['vocabulary']:,} tokens; the table of tokens is tied."
    )
    yield "The same weights, on the same kind of processor with as many threads, come from"
    yield f"```\n{told['command']}\n```"
    yield "## What was measured"
    yield from _measured(told)
    yield "## Samples"
    yield from _samples(told["samples"])
    yield "## Limits"
    yield from LIMITS


def _measured(told: Mapping[str, Any]) -> Iterator[str]:
    held = told["held_back"]
    if held is None:
        yield "Nothing: no text was held back."
        return
    rows = [("this model", f"{held['bits']:.3f}"), *((each["name"], f"{each['bits']:.3f}") for each in held["beside"])]
    yield _table(("", "bits a byte"), rows)
    yield (
        f"On {held['documents']:,} documents that were held back, {held['bytes']:,} bytes. The model reads each by "
        f"itself and {told['plan']['shape']['context']:,} tokens at most at once; compressors have all of them in one "
        "file. The size of the model is not counted."
    )


def _samples(samples: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield "What it wrote, by chance and not chosen:"
    for each in samples[:MOST_SAMPLES]:
        text = re.sub(r"[`\x00-\x08\x0b-\x1f\x7f-\x9f]", "·", f"{each['prompt']}⟨…⟩{each['text']}")
        yield f"```text\n{text}\n```"


def _source(each: Mapping[str, Any]) -> str:
    said = (each["title"], each["publisher"], each["date"], each["licence"], each["url"], each["attribution"])
    return ", ".join(as_markdown(part) for part in dict.fromkeys(said) if part)


def _mfu(told: Mapping[str, Any]) -> str:
    return f", {told['mfu']:.1%} of what the device can compute (MFU)" if told["mfu"] is not None else ""


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    shown = [f"| {' | '.join(as_markdown(cell) for cell in row)} |" for row in rows]
    return "\n".join([f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}", *shown])


def _filled(block: str) -> str:
    if block.startswith(("#", "|", "```", "*")) or "```" in block:
        return block
    return textwrap.fill(" ".join(block.split()), WIDTH, break_long_words=False, break_on_hyphens=False)
