"""The model card of an encoder: what was trained, on what, without what, under which licence, how to do it again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from galactica.edition import EditionInfo
from galactica.train.card import MOST_LANGUAGES, MOST_TITLES, Card, as_markdown, shell_word

HARDLY = 0.01
"""Share of the articles below which a language counts as hardly seen."""

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

{editions}

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
class EncoderCard:
    """What the card of an encoder tells; see `training.train_encoder` for its parts.

    Attributes:
        card: what every card tells.
        words: of the table.
        teacher: "" for none.
        passages: that were learned from.
        validate: name of the file that was looked at; "" for none.
        seen: whether the validation questions were learned from too.
        looks: (steps, (recall@1, recall@5, recall@20)).
    """

    card: Card[Any]
    words: int
    teacher: str
    passages: int
    validate: str
    seen: bool
    looks: tuple[tuple[int, tuple[float, ...]], ...]


def encoder_card(told: EncoderCard) -> str:
    """The card as Markdown."""
    return told.card.text(
        TEXT,
        command=_command(told),
        words=told.words,
        dimensions=told.card.plan.dimensions,
        pairs=PAIRS,
        teacher=TEACHER if told.teacher else "There was no teacher.",
        teacher_licence=TEACHER_LICENCE if told.teacher else "",
        passages=told.passages,
        held=held_out_text(told.card),
        looks=looks_text(told),
        languages=_languages(told.card.material.infos),
    )


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


def _command(told: EncoderCard) -> str:
    plan = told.card.plan
    validate = [f"--validate {shell_word(told.validate)}"] if told.validate else []
    settings = f"--steps {plan.steps} --batch {plan.batch} --dimensions {plan.dimensions}"
    return told.card.command("encoder", *validate, f"--teacher {told.teacher or 'none'}", settings)


def held_out_text(card: Card[Any]) -> str:
    """What was held out, in a sentence."""
    if not card.held_files:
        return "Nothing was held out: whatever is measured on the texts above is too good."
    count = len(card.held_out)
    found = f"Articles that share text with the paragraphs of {card.held_files} were left out: {count:,}"
    if not count:
        return f"{found}."
    more = f"; and {count - MOST_TITLES:,} more" if count > MOST_TITLES else ""
    return f"{found}. {card.held_titles}{more}."


def looks_text(told: EncoderCard) -> str:
    """What was seen while it was trained."""
    if not told.looks:
        return "It was not looked at while it was trained."
    rows = [f"| {steps:,} | {' | '.join(f'{share:.3f}' for share in recalls)} |" for steps, recalls in told.looks]
    seen = (
        " They were learned from too, so the figures say how training went, not how good the encoder is."
        if told.seen
        else ""
    )
    return (
        f"Share of the questions of {as_markdown(told.validate)} whose own paragraph is the nearest, among the 5 "
        f"nearest, among the 20 nearest of all paragraphs of that file, while it was trained.{seen}\n\n"
        "| steps | recall@1 | recall@5 | recall@20 |\n| --- | --- | --- | --- |\n" + "\n".join(rows)
    )


def _languages(editions: Iterable[EditionInfo]) -> str:
    counts: Counter[str] = Counter()
    for each in editions:
        counts.update(dict(each.languages))
    total = max(1, counts.total())
    known = [
        f"{as_markdown(tag)} ({count / total:.0%})" for tag, count in counts.most_common() if count / total >= HARDLY
    ]
    rest = [as_markdown(tag) for tag, count in counts.most_common(MOST_LANGUAGES) if count / total < HARDLY]
    hardly = f"; it has hardly seen {', '.join(rest)}" if rest else ""
    return f"it was trained on articles in {', '.join(known)}{hardly}; it has seen no other."
