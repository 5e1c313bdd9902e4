"""The model card of an encoder: what was trained, on what, without what, under which licence, and how to do it again.

It lies beside the encoder's file and names files without their folders, so that it can go wherever the file goes. The
same training gives the same card.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from galactica.edition import EditionInfo
from galactica.model import Source
from galactica.train.table import Plan

WIDTH = 118
MOST_TITLES = 50
MOST_LANGUAGES = 30
HARDLY = 0.01
"""Share of the articles below which a language counts as hardly seen."""

MORE = "<!-- Measured since: add rows and tables here. -->"
"""Where whoever measures more adds it."""

TEXT = """\
# {name}

Vectors of texts, for the search by meaning: a question lies near the passages that answer it.

| | |
| --- | --- |
| kind | static encoder of Galactica: a table of word vectors, added up; no neural network runs |
| words | {words:,}, four bits a number |
| dimensions | {dimensions} |
| file | `{file}`, {bytes:,} bytes, safetensors |
| SHA-256 | `{digest}` |
| made with | {program} |
| licence | see below |

## What it is for

To find passages in editions of Galactica: `galactica encoder use {file}`, then `galactica index EDITION`. It says how
near two texts are in what they speak of. It knows no grammar and no order of words, so it is not for telling what a
text claims, whether two texts agree, or anything about the people they speak of.

## How it was made

```
{command}
```

All settings: `{plan}`. {pairs} {teacher}

## What it was trained on

{passages:,} passages of these editions:

| edition | root | articles | languages | licences |
| --- | --- | --- | --- | --- |
{editions}

Their sources:

{sources}

{questions}

## What was held out

{held}

## Licence

The vectors are statistics about which words stand together in the texts named above; none of these texts is in the
file or can be got back from it. The texts themselves are under the licences named with them, and the share-alike ones
ask that their sources be named: they are, above; please keep this card beside the file. As far as the project can, it
offers the file under the Apache License 2.0. {teacher_licence}

## How good it is

{looks}

{more}

## What it cannot do

* Languages: {languages} Words that it never learned are matched by their letters alone: it then finds the same words
  and their kin, as an index of words does, and no meaning.
* What its sources tell much about, and how they tell it, it knows better than what they leave out. It has their bias:
  of period, of region, of who is written about.
* A long passage that speaks of many things lies near none of them.
* Opposites lie near each other, for they stand in the same sentences.

## How to make it again

Build the editions from their sources (the roots above say whether they are the same), and run the command above in a
folder with the files it names. The table then comes out the same but for rounding in the last place, which differs from
machine to machine; that changes the digest, and next to nothing that is found.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedFile:
    """A file of questions that took part.

    Attributes:
        name: without its folder.
        digest: SHA-256, 64 hex digits.
        questions: in the file.
        used: of these, learned from.
        held_out: of these, left out because of what is held out.
    """

    name: str
    digest: str
    questions: int
    used: int = 0
    held_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a card tells; see `library.training.train_encoder` for its parts.

    Attributes:
        looks: (steps, recall@1, recall@5, recall@20).
        seen: whether the validation questions were learned from too.
    """

    file: str
    bytes: int
    digest: str
    words: int
    plan: Plan
    program: str
    teacher: str
    passages: int
    editions: tuple[EditionInfo, ...]
    edition_names: tuple[str, ...]
    questions: tuple[UsedFile, ...]
    hold_out: tuple[UsedFile, ...]
    held_out: tuple[str, ...]
    validate: str
    seen: bool
    looks: tuple[tuple[int, float, float, float], ...]


def written(card: Card) -> str:
    """The card as Markdown."""
    text = TEXT.format(
        name=said(card.file.removesuffix(".safetensors")),
        file=card.file.replace("`", "'"),
        words=card.words,
        dimensions=card.plan.dimensions,
        bytes=card.bytes,
        digest=card.digest,
        program=card.program,
        command=_command(card),
        plan=card.plan,
        pairs=PAIRS,
        teacher=TEACHER if card.teacher else "There was no teacher.",
        teacher_licence=TEACHER_LICENCE if card.teacher else "",
        passages=card.passages,
        editions="\n".join(edition_row(each) for each in card.editions),
        sources="\n".join(dict.fromkeys(source_line(source) for each in card.editions for source in each.sources)),
        questions=questions_table(card.questions),
        held=_held(card),
        looks=_looks(card),
        more=MORE,
        languages=_languages(card.editions),
    )
    return "\n\n".join(filled(block) for block in text.rstrip().split("\n\n")) + "\n"


def filled(block: str) -> str:
    """A paragraph in lines of even length; anything else as it is."""
    if block.startswith(("#", "|", "```", "*", "<!--")):
        return block
    return textwrap.fill(" ".join(block.split()), WIDTH, break_long_words=False, break_on_hyphens=False)


PAIRS = (
    "A question is made from each passage by taking words out of one of its sentences; question and passage are then "
    "drawn together, and apart from all others of the batch (docs/decisions/0005-the-encoder.md)."
)
TEACHER = (
    "Before training, each common English word has the direction that all-MiniLM-L6-v2 gives the word alone, mixed "
    "with a fixed pattern of its letters. Others trained that model on a billion pairs of texts, public sets of "
    "questions among them; of it, nothing but these directions of single words is used."
)
TEACHER_LICENCE = "The teacher, all-MiniLM-L6-v2 (sentence-transformers), is under the Apache License 2.0 too."


def _command(card: Card) -> str:
    lines = ["galactica train encoder", *(f"-e {word(name)}" for name in card.edition_names)]
    lines += [f"--questions {word(file.name)}" for file in card.questions]
    lines += [f"--hold-out {word(file.name)}" for file in card.hold_out]
    lines += [f"--validate {word(card.validate)}"] if card.validate else []
    lines.append(f"--teacher {card.teacher or 'none'}")
    plan = card.plan
    lines.append(f"--steps {plan.steps} --batch {plan.batch} --dimensions {plan.dimensions}")
    return " \\\n    ".join([*lines, f"--out {word(card.file)}"])


def word(name: str) -> str:
    """A name as a shell takes it; without what would end the block it stands in."""
    name = re.sub(r"[\x00-\x1f`]", "_", name)
    return name if re.fullmatch(r"[\w.,:+@-]+", name, re.ASCII) else "'" + name.replace("'", "'\\''") + "'"


def edition_row(info: EditionInfo) -> str:
    """An edition as a row of a table."""
    languages = ", ".join(f"{tag} {count:,}" for tag, count in info.languages[:MOST_LANGUAGES])
    licences = ", ".join(info.licences) or "not stated"
    cells = (info.title, info.root, f"{info.articles:,}", languages, licences)
    return f"| {' | '.join(said(cell) for cell in cells)} |"


def source_line(source: Source) -> str:
    """A source as an item of a list."""
    parts = (source.title, source.publisher, source.date, source.url, source.licence, source.attribution)
    return f"* {', '.join(said(part) for part in dict.fromkeys(parts) if part)}"


def questions_table(files: Sequence[UsedFile]) -> str:
    """Files of questions as a table, and a sentence about them."""
    if not files:
        return "There were no real questions, only those made from the passages."
    rows = [
        f"| {said(file.name)} | `{file.digest[:16]}` | {file.questions:,} | {file.used:,} | {file.held_out:,} |"
        for file in files
    ]
    head = "| file | SHA-256 begins | questions | used | left out, because held out |\n| --- | --- | --- | --- | --- |"
    return (
        "Real questions, each with its own paragraph or, where it has none, with a passage of the editions in which "
        f"its answer stands:\n\n{head}\n" + "\n".join(rows)
    )


def _held(card: Card) -> str:
    if not card.hold_out:
        return "Nothing was held out: whatever is measured on the texts above is too good."
    files = ", ".join(f"{said(file.name)} (`{file.digest[:16]}`)" for file in card.hold_out)
    count = len(card.held_out)
    found = f"Articles that share text with the paragraphs of {files} were left out: {count:,}"
    if not count:
        return f"{found}."
    titles = "; ".join(said(title) for title in card.held_out[:MOST_TITLES])
    more = f"; and {count - MOST_TITLES:,} more" if count > MOST_TITLES else ""
    return f"{found}. {titles}{more}."


def _looks(card: Card) -> str:
    if not card.looks:
        return "It was not looked at while it was trained."
    rows = [f"| {steps:,} | {one:.3f} | {five:.3f} | {twenty:.3f} |" for steps, one, five, twenty in card.looks]
    seen = (
        " They were learned from too, so the figures say how training went, not how good the encoder is."
        if card.seen
        else ""
    )
    return (
        f"Share of the questions of {said(card.validate)} whose own paragraph is the nearest, among the 5 nearest, "
        f"among the 20 nearest of all paragraphs of that file, while it was trained.{seen}\n\n"
        "| steps | recall@1 | recall@5 | recall@20 |\n| --- | --- | --- | --- |\n" + "\n".join(rows)
    )


def _languages(editions: Iterable[EditionInfo]) -> str:
    counts: Counter[str] = Counter()
    for each in editions:
        counts.update(dict(each.languages))
    total = max(1, counts.total())
    known = [f"{said(tag)} ({count / total:.0%})" for tag, count in counts.most_common() if count / total >= HARDLY]
    rest = [said(tag) for tag, count in counts.most_common(MOST_LANGUAGES) if count / total < HARDLY]
    hardly = f"; it has hardly seen {', '.join(rest)}" if rest else ""
    return f"it was trained on articles in {', '.join(known)}{hardly}; it has seen no other."


def said(text: str) -> str:
    """A text as Markdown shows it, on one line."""
    return re.sub(r"([\\`*_\[\]<>|])", r"\\\1", " ".join(text.split()))
